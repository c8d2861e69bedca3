#include "device.h"

#include "aligned.h"

namespace hyena {
namespace {

// A handle is slot + generation * 2^32; 20 bits of generation keep it an exact integer in JavaScript.
constexpr uint32_t kGenerations = 1u << 20;

}  // namespace

Device::Device(int threads, size_t limit)
    : arena_(std::make_unique<Arena>(limit, [this](char* memory, size_t bytes) { give_back(memory, bytes); })),
      queue_(std::make_unique<Queue>(threads)) {}

void Device::give_back(char* memory, size_t bytes) {
  // Freed when the command is done with, or dropped.
  const std::shared_ptr<char> held(memory, [bytes](char* p) { aligned_release(p, bytes); });
  if (queue_) queue_->always([held](const std::optional<Failure>&) {});
}

int64_t Device::create(DataType type, int64_t count, Packing packing) {
  Arena::Block* block = arena_->allocate(static_cast<size_t>(count) * size_of(type));
  uint32_t index;
  if (free_slots_.empty()) {
    index = static_cast<uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_slots_.back();
    free_slots_.pop_back();
  }
  Slot& slot = slots_[index];
  slot.used = true;
  slot.tensor = {type, count, block, packing};
  ++tensors_;
  return static_cast<int64_t>(slot.generation) << 32 | index;
}

const Tensor* Device::find(int64_t handle) const {
  const auto index = static_cast<size_t>(handle & 0xffffffff);
  if (handle < 0 || index >= slots_.size()) return nullptr;
  const Slot& slot = slots_[index];
  return slot.used && slot.generation == static_cast<uint64_t>(handle) >> 32 ? &slot.tensor : nullptr;
}

void Device::release(int64_t handle) {
  const auto index = static_cast<uint32_t>(handle & 0xffffffff);
  Slot& slot = slots_[index];
  arena_->free(slot.tensor.block);
  slot.used = false;
  slot.generation = slot.generation + 1 < kGenerations ? slot.generation + 1 : 1;
  free_slots_.push_back(index);
  --tensors_;
}

}  // namespace hyena
