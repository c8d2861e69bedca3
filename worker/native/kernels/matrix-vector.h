// Products of a matrix [rows, k] with a few vectors: bound by the reading of the matrix, so that nothing is packed, and
// every row that has been read is used for all vectors.
#pragma once

#include <algorithm>
#include <cstdint>

#include "isa.h"
#include "lanes.h"
#include "rows.h"

namespace hyena::HYENA_ISA {

struct MatrixVector {
  int64_t rows, k, count;  // count: of vectors
  const float* matrix;
  const float* bias;  // may be null
  const float* x;     // [count, k]
  float* y;           // [count, rows]
};

namespace matrix_vector {

template <int rows, int vectors>
HYENA_INLINE void dots(const MatrixVector& p, int64_t row, int64_t vector) {
  Vec total[rows][vectors] = {};
  const float* matrix = p.matrix + row * p.k;
  const float* x = p.x + vector * p.k;
  for_each_vector(p.k, [&](int64_t i, auto count) {
    Vec right[vectors];
    for (int v = 0; v < vectors; v++) right[v] = load_at(x + v * p.k, i, count);
    for (int r = 0; r < rows; r++) {
      const Vec left = load_at(matrix + r * p.k, i, count);
      for (int v = 0; v < vectors; v++) total[r][v] = fma(left, right[v], total[r][v]);
    }
  });
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      p.y[(vector + v) * p.rows + row + r] = reduce_add(total[r][v]) + (p.bias ? p.bias[row + r] : 0.0f);
    }
  }
}

template <int vectors>
inline void range(const MatrixVector& p, int64_t begin, int64_t end, int64_t vector) {
  constexpr int kRows = vectors == 1 ? 8 : 4;
  int64_t row = begin;
  for (; row + kRows <= end; row += kRows) dots<kRows, vectors>(p, row, vector);
  for (; row < end; row++) dots<1, vectors>(p, row, vector);
}

}  // namespace matrix_vector

inline void multiply_vectors(Runtime& runtime, const MatrixVector& p) {
  constexpr int64_t kGrain = 65536;  // products that are worth a thread's waking
  const int64_t step = std::max<int64_t>(16, kGrain / std::max<int64_t>(1, p.k * p.count) / 16 * 16);
  runtime.parallel_ranges(p.rows, step, [&](int64_t begin, int64_t end) {
    int64_t vector = 0;
    for (; vector + 4 <= p.count; vector += 4) matrix_vector::range<4>(p, begin, end, vector);
    for (; vector + 2 <= p.count; vector += 2) matrix_vector::range<2>(p, begin, end, vector);
    for (; vector < p.count; vector++) matrix_vector::range<1>(p, begin, end, vector);
  });
}

}  // namespace hyena::HYENA_ISA
