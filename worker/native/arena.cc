#include "arena.h"

#include <algorithm>
#include <new>

#include "aligned.h"

namespace hyena {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kSmall = size_t{64} << 10;
constexpr size_t kSmallSegment = size_t{1} << 20;
constexpr size_t kLargeSegment = size_t{32} << 20;
constexpr size_t kPage = size_t{4} << 10;

size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

}  // namespace

struct Arena::Segment {
  Pool* pool;
  char* memory;
  size_t bytes;
  Block* first;
};

Arena::Arena(size_t limit, std::function<void(char*, size_t)> release)
    : limit_(limit), release_(std::move(release)), small_{kSmallSegment, {}}, large_{kLargeSegment, {}} {}

Arena::~Arena() {
  for (const auto& segment : segments_) {
    for (Block* block = segment->first; block != nullptr;) {
      Block* after = block->after;
      delete block;
      block = after;
    }
    release_(segment->memory, segment->bytes);
  }
}

Arena::Pool& Arena::pool_for(size_t bytes) { return bytes <= kSmall ? small_ : large_; }

Arena::Block* Arena::allocate(size_t bytes) {
  if (bytes > SIZE_MAX / 4) throw OutOfMemory{bytes, in_use_, limit_};
  const size_t size = round_up(std::max<size_t>(bytes, 1), kLine);
  if (limit_ > 0 && in_use_ + size > limit_) throw OutOfMemory{bytes, in_use_, limit_};
  Pool& pool = pool_for(size);
  Block wanted{nullptr, size, false, nullptr, nullptr, nullptr, 0};
  const auto found = pool.free_blocks.lower_bound(&wanted);
  Block* block;
  if (found != pool.free_blocks.end()) {
    block = *found;
    pool.free_blocks.erase(found);
  } else {
    // The shapes have changed: what lies empty and is too small for this is unlikely to be of use.
    trim();
    block = new_segment(pool, size);
  }
  if (block->bytes > size) {
    auto* rest = new Block{block->memory + size, block->bytes - size, false, block->segment, block, block->after, 0};
    if (rest->after != nullptr) rest->after->before = rest;
    block->after = rest;
    block->bytes = size;
    insert_free(rest);
  }
  block->used = true;
  in_use_ += size;
  peak_ = std::max(peak_, in_use_);
  return block;
}

void Arena::free(Block* block) {
  in_use_ -= block->bytes;
  block->used = false;
  Pool& pool = *block->segment->pool;
  if (block->after != nullptr && !block->after->used) {
    pool.free_blocks.erase(block->after);
    block = join(block, block->after);
  }
  if (block->before != nullptr && !block->before->used) {
    pool.free_blocks.erase(block->before);
    block = join(block->before, block);
  }
  insert_free(block);
}

void Arena::trim() {
  const auto empty = [](const std::unique_ptr<Segment>& segment) {
    return !segment->first->used && segment->first->after == nullptr;
  };
  for (const auto& segment : segments_) {
    if (!empty(segment)) continue;
    segment->pool->free_blocks.erase(segment->first);
    reserved_ -= segment->bytes;
    release_(segment->memory, segment->bytes);
  }
  const auto gone = std::stable_partition(segments_.begin(), segments_.end(),
                                          [&](const auto& segment) { return !empty(segment); });
  for (auto segment = gone; segment != segments_.end(); ++segment) delete (*segment)->first;
  segments_.erase(gone, segments_.end());
}

Arena::Block* Arena::new_segment(Pool& pool, size_t bytes) {
  const size_t size = std::max(pool.segment_bytes, round_up(bytes, kPage));
  auto segment = std::make_unique<Segment>();
  try {
    segment->memory = static_cast<char*>(aligned_allocate(size));
  } catch (const std::bad_alloc&) {
    throw OutOfMemory{bytes, in_use_, 0};
  }
  segment->pool = &pool;
  segment->bytes = size;
  segment->first = new Block{segment->memory, size, false, segment.get(), nullptr, nullptr, 0};
  reserved_ += size;
  segments_.push_back(std::move(segment));
  return segments_.back()->first;
}

void Arena::insert_free(Block* block) {
  block->order = next_order_++;
  block->segment->pool->free_blocks.insert(block);
}

Arena::Block* Arena::join(Block* first, Block* second) {
  first->bytes += second->bytes;
  first->after = second->after;
  if (first->after != nullptr) first->after->before = first;
  delete second;
  return first;
}

}  // namespace hyena
