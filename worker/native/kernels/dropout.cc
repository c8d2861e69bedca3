// Dropout by a hash of the element's index: no state, no mask to keep, the same on every device and any number of
// threads.
#include "isa.h"

namespace hyena::HYENA_ISA {
namespace {

inline uint32_t mix(uint32_t x) {  // as in main/contract/logic/random.ts
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

}  // namespace

void dropout(Runtime& runtime, const DropoutSettings& settings, int64_t count, const float* x, float* y) {
  const DropoutSettings s = settings;
  runtime.parallel_ranges(count, 16384, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const uint32_t bits = mix(mix(static_cast<uint32_t>(i) ^ s.first_key) ^ s.second_key);
      // A product, not a choice of 0: NaN and infinity stay visible where they are dropped, as in tensor form.
      y[i] = x[i] * (bits >> 8 >= s.threshold ? s.scale : 0.0f);
    }
  });
}

}  // namespace hyena::HYENA_ISA
