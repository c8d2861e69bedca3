// Reading memory and doing next to nothing with it: what products with weights can reach at best.
#include <atomic>
#include <cstring>

#include "isa.h"
#include "lanes.h"

namespace hyena::HYENA_ISA {

void read_memory(Runtime& runtime, int64_t bytes, const void* memory, int32_t* sum) {
  constexpr int64_t kStreams = 8, kStride = kStreams * static_cast<int64_t>(sizeof(IntVec)), kGrain = int64_t{1} << 20;
  std::atomic<uint32_t> total{0};
  runtime.parallel_ranges(bytes, kGrain, [&](int64_t begin, int64_t end) {
    const char* from = static_cast<const char*>(memory);
    IntVec sums[kStreams] = {};
    int64_t at = begin;
    for (; at + kStride <= end; at += kStride) {
      for (int64_t stream = 0; stream < kStreams; ++stream) {
        IntVec values;
        std::memcpy(&values, from + at + stream * static_cast<int64_t>(sizeof values), sizeof values);
        sums[stream] += values;
      }
    }
    uint32_t own = 0;
    for (; at < end; ++at) own += static_cast<uint8_t>(from[at]);
    for (const IntVec& one : sums) {
      for (int lane = 0; lane < kLanes; ++lane) own += static_cast<uint32_t>(one[lane]);
    }
    total += own;
  });
  *sum = static_cast<int32_t>(total.load());
}

}  // namespace hyena::HYENA_ISA
