// Where tensors live: blocks cut from large segments, joined again when they are freed. Best fit, so that the tensors of
// one training step settle into the places of the step before. Used by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace hyena {

struct OutOfMemory {
  size_t asked, in_use, limit;  // limit 0: the system refused
};

class Arena {
 public:
  struct Segment;
  struct Block {
    char* memory;
    size_t bytes;
    bool used;
    Segment* segment;
    Block *before, *after;  // neighbours in the segment
    uint64_t order;         // of blocks of one size the oldest is taken, so that runs repeat
  };

  // limit: bytes that tensors may take together, 0 for none. `release` gets segments that are no longer needed; it may
  // hold them back until nothing runs on them.
  Arena(size_t limit, std::function<void(char* memory, size_t bytes)> release);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // 64-byte aligned, contents undefined. Throws OutOfMemory.
  Block* allocate(size_t bytes);
  void free(Block* block);
  // Gives back the segments in which nothing is used.
  void trim();

  size_t in_use() const { return in_use_; }
  size_t peak() const { return peak_; }  // the most that was in use
  size_t reserved() const { return reserved_; }

 private:
  struct BySize {
    bool operator()(const Block* a, const Block* b) const {
      return a->bytes != b->bytes ? a->bytes < b->bytes : a->order < b->order;
    }
  };
  struct Pool {  // small tensors apart, so that one of them does not hold on to a large segment
    size_t segment_bytes;
    std::set<Block*, BySize> free_blocks;
  };

  Pool& pool_for(size_t bytes);
  Block* new_segment(Pool& pool, size_t bytes);
  void insert_free(Block* block);
  Block* join(Block* first, Block* second);

  size_t limit_, in_use_ = 0, peak_ = 0, reserved_ = 0;
  uint64_t next_order_ = 0;
  std::function<void(char*, size_t)> release_;
  Pool small_, large_;
  std::vector<std::unique_ptr<Segment>> segments_;
};

}  // namespace hyena
