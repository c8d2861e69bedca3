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

// How far ahead the matrix is fetched, bytes: rows are short, so that the processor's own prefetching finds each too late.
inline constexpr int64_t kAhead = 4096;

HYENA_INLINE void prefetch_ahead(const void* from) {
  __builtin_prefetch(static_cast<const char*>(from) + kAhead, 0, 2);
}

// Rows of a piece of work: bytes that are worth a thread's waking, and of a large matrix more, since what is fetched at
// the end of a piece is the beginning of another's.
inline int64_t rows_of_task(int64_t rows, int64_t row_bytes) {
  const int64_t bytes = std::clamp(rows * row_bytes / 64, int64_t{1} << 16, int64_t{1} << 19);
  return std::max<int64_t>(16, bytes / std::max<int64_t>(1, row_bytes) / 16 * 16);
}

// Rows of a tile for one vector and for several, whose sums registers hold beside what is multiplied.
#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
inline constexpr int kRowsOfSeveral = 4;
#else
inline constexpr int kRowsOfSeveral = 2;
#endif
inline constexpr int kRowsOfOne = 8;

template <int rows, int vectors>
HYENA_INLINE void dots(const MatrixVector& p, int64_t row, int64_t vector) {
  Vec total[rows][vectors] = {};
  const float* matrix = p.matrix + row * p.k;
  const float* x = p.x + vector * p.k;
  for_each_vector(p.k, [&](int64_t i, auto count) {
    Vec right[vectors];
    for (int v = 0; v < vectors; v++) right[v] = load_at(x + v * p.k, i, count);
    for (int r = 0; r < rows; r++) {
      prefetch_ahead(matrix + r * p.k + i);
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

// All vectors with a tile of rows, while it is in the first-level cache.
template <int rows>
inline void tile(const MatrixVector& p, int64_t row) {
  int64_t vector = 0;
  for (; vector + 4 <= p.count; vector += 4) dots<rows, 4>(p, row, vector);
  for (; vector + 2 <= p.count; vector += 2) dots<rows, 2>(p, row, vector);
  for (; vector < p.count; vector++) dots<rows, 1>(p, row, vector);
}

inline void range_of_one(const MatrixVector& p, int64_t begin, int64_t end) {
  int64_t row = begin;
  for (; row + kRowsOfOne <= end; row += kRowsOfOne) dots<kRowsOfOne, 1>(p, row, 0);
  for (; row < end; row++) dots<1, 1>(p, row, 0);
}

inline void range_of_several(const MatrixVector& p, int64_t begin, int64_t end) {
  int64_t row = begin;
  for (; row + kRowsOfSeveral <= end; row += kRowsOfSeveral) tile<kRowsOfSeveral>(p, row);
  for (; row < end; row++) tile<1>(p, row);
}

}  // namespace matrix_vector

inline void multiply_vectors(Runtime& runtime, const MatrixVector& p) {
  const int64_t step = matrix_vector::rows_of_task(p.rows, p.k * static_cast<int64_t>(sizeof(float)));
  runtime.parallel_ranges(p.rows, step, [&](int64_t begin, int64_t end) {
    if (p.count == 1) {
      matrix_vector::range_of_one(p, begin, end);
    } else {
      matrix_vector::range_of_several(p, begin, end);
    }
  });
}

}  // namespace hyena::HYENA_ISA
