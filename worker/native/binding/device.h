// The device of one JavaScript environment: tensors by handle, and the queue that works on them. Used by the thread of
// that environment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "arena.h"
#include "kernels.h"
#include "queue.h"
#include "tensor-kernels.h"

namespace hyena {

// What the bytes of a packed tensor are.
struct Packing {
  WeightType type = WeightType::kFp32;
  int64_t rows = 0, columns = 0;
};

struct Tensor {
  DataType type;
  int64_t count;
  Arena::Block* block;
  Packing packing{};

  size_t bytes() const { return static_cast<size_t>(count) * size_of(type); }
};

class Device {
 public:
  // limit: bytes that tensors may take together, 0 for none.
  Device(int threads, size_t limit);
  // Ends the queue, then gives the memory back, which asks whether there still is a queue.
  ~Device() {
    queue_.reset();
    arena_.reset();
  }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // A number for a new tensor, never 0 and never used again while the device lives. Throws OutOfMemory.
  int64_t create(DataType type, int64_t count, Packing packing = {});
  // The tensor of a handle, nullptr if there is none (any more).
  const Tensor* find(int64_t handle) const;
  // Gives the memory back for what is enqueued from now on: what was enqueued before runs before.
  void release(int64_t handle);

  Queue& queue() { return *queue_; }
  const Arena& arena() const { return *arena_; }
  Arena& arena() { return *arena_; }
  int64_t tensors() const { return tensors_; }

 private:
  struct Slot {
    uint32_t generation = 1;
    bool used = false;
    Tensor tensor{};
  };

  void give_back(char* memory, size_t bytes);

  std::unique_ptr<Arena> arena_;
  std::unique_ptr<Queue> queue_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> free_slots_;
  int64_t tensors_ = 0;
};

}  // namespace hyena
