// Products with small matrices whose operands are in cache already: no packing, no threads. For operands of the size of
// the filter network (width 64, a block of positions).
#pragma once

#include <cstdint>

#include "lanes.h"

namespace hyena::HYENA_ISA {

// a[i, k] at a[i * row + k * step].
struct SmallOperand {
  const float* values;
  int64_t row, step;
};

namespace small_product {

#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
inline constexpr int kRows = 8;
#else
inline constexpr int kRows = 4;
#endif

template <int rows, int vectors>
HYENA_INLINE void tile(int64_t depth, const float* a, int64_t row, int64_t step, const float* b, int64_t ldb, float* c,
                       int64_t ldc, const float* bias, bool accumulate) {
  Vec total[rows][vectors];
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < vectors; j++) {
      total[i][j] = accumulate ? load(c + i * ldc + j * kLanes) : bias ? splat(bias[i]) : Vec{};
    }
  }
  for (int64_t k = 0; k < depth; k++, a += step, b += ldb) {
    Vec right[vectors];
    for (int j = 0; j < vectors; j++) right[j] = load(b + j * kLanes);
    for (int i = 0; i < rows; i++) {
      const Vec left = splat(a[i * row]);
      for (int j = 0; j < vectors; j++) total[i][j] = fma(left, right[j], total[i][j]);
    }
  }
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < vectors; j++) store(c + i * ldc + j * kLanes, total[i][j]);
  }
}

template <int vectors>
inline void columns(int64_t m, int64_t depth, SmallOperand a, const float* b, int64_t ldb, float* c, int64_t ldc,
                    const float* bias, bool accumulate) {
  int64_t i = 0;
  for (; i + kRows <= m; i += kRows) {
    tile<kRows, vectors>(depth, a.values + i * a.row, a.row, a.step, b, ldb, c + i * ldc, ldc, bias ? bias + i : nullptr,
                         accumulate);
  }
  for (; i < m; i++) {
    tile<1, vectors>(depth, a.values + i * a.row, a.row, a.step, b, ldb, c + i * ldc, ldc, bias ? bias + i : nullptr,
                     accumulate);
  }
}

}  // namespace small_product

// c[m, n] (+)= a[m, k] b[k, n] (+ bias per row, where it is not accumulated); n a multiple of kLanes.
inline void multiply_small(int64_t m, int64_t n, int64_t k, SmallOperand a, const float* b, int64_t ldb, float* c,
                           int64_t ldc, const float* bias = nullptr, bool accumulate = false) {
  int64_t j = 0;
  for (; j + 2 * kLanes <= n; j += 2 * kLanes) {
    small_product::columns<2>(m, k, a, b + j, ldb, c + j, ldc, bias, accumulate);
  }
  if (j < n) small_product::columns<1>(m, k, a, b + j, ldb, c + j, ldc, bias, accumulate);
}

}  // namespace hyena::HYENA_ISA
