// Adds up what tasks made of slices of k.
#pragma once

#include "product.h"
#include "simd.h"

namespace hyena::HYENA_ISA {

// c [m, n] += partials[0] + partials[1] + ..., each [m, n], in this order.
inline void add_partials(Runtime& runtime, const Product& p, const float* partials, int64_t count) {
  if (count == 0) return;
  const int64_t grain = std::max<int64_t>(1, 16384 / p.n);
  runtime.parallel_ranges(p.m, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      float* c = p.c + row * p.ldc;
      const float* partial = partials + row * p.n;
      for (int64_t column = 0; column < p.n; column += kLanes) {
        const int64_t present = p.n - column;
        Vec sum = load_up_to(c + column, present);
        for (int64_t i = 0; i < count; ++i) sum = sum + load_up_to(partial + i * p.m * p.n + column, present);
        store_up_to(c + column, sum, present);
      }
    }
  });
}

}  // namespace hyena::HYENA_ISA
