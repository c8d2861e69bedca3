// Rotary embedding in its half-split form. Angles are taken in double: at position 1,000,000 fp32 would be off by 0.06.
#include <cmath>

#include "isa.h"
#include "rows.h"

namespace hyena::HYENA_ISA {

void rotary(Runtime& runtime, const RotaryShape& s, const float* x, float* y) {
  const int64_t half = s.head_dim / 2, width = s.heads * s.head_dim;
  auto* rates = static_cast<double*>(runtime.scratch(0, static_cast<size_t>(half) * sizeof(double)));
  for (int64_t j = 0; j < half; ++j) {
    rates[j] = std::pow(s.base, -2.0 * static_cast<double>(j) / static_cast<double>(s.head_dim)) / s.interpolation;
  }
  constexpr int64_t kPositions = 16;
  runtime.parallel_ranges(s.length, kPositions, [&](int64_t begin, int64_t end) {
    auto* cosines = static_cast<float*>(runtime.thread_scratch(static_cast<size_t>(2 * half) * sizeof(float)));
    float* sines = cosines + half;
    for (int64_t t = begin; t < end; ++t) {
      for (int64_t j = 0; j < half; ++j) {
        const double angle = static_cast<double>(s.offset + t) * rates[j];
        cosines[j] = static_cast<float>(std::cos(angle));
        sines[j] = static_cast<float>(s.back ? -std::sin(angle) : std::sin(angle));
      }
      for (int64_t batch = 0; batch < s.batch; ++batch) {
        for (int64_t head = 0; head < s.heads; ++head) {
          const int64_t at = (batch * s.length + t) * width + head * s.head_dim;
          const float *first = x + at, *second = first + half;
          float* out = y + at;
          for_each_vector(half, [&](int64_t i, auto count) {
            const Vec a = load_at(first, i, count), b = load_at(second, i, count);
            const Vec cosine = load_at(cosines, i, count), sine = load_at(sines, i, count);
            store_at(out, i, count, fnma(b, sine, a * cosine));
            store_at(out + half, i, count, fma(b, cosine, a * sine));
          });
        }
      }
    }
  });
}

}  // namespace hyena::HYENA_ISA
