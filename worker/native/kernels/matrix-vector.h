// Products of a matrix [rows, k] with a few vectors: bound by the reading of the matrix, so that nothing is packed, and
// every row that has been read is used for all vectors.
#pragma once

#include <algorithm>
#include <cstdint>

#include "isa.h"
#include "lanes.h"
#include "rows.h"
#include "unroll.h"

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
inline constexpr int64_t kAhead = 12288;

// A vector that stays in its register: compilers take a load that is used several times for as many memory operands.
template <class Any>
HYENA_INLINE Any in_register(Any v) {
#if defined(HYENA_ISA_AVX512)
  __asm__("" : "+v"(v));
#elif defined(HYENA_ISA_AVX2)
  __asm__("" : "+x"(v));
#endif
  return v;
}

HYENA_INLINE void prefetch_ahead(const void* from) {
  __builtin_prefetch(static_cast<const char*>(from) + kAhead, 0, 2);
}

// Rows of a piece of work: bytes that are worth a thread's waking, and of a large matrix more, since what is fetched at
// the end of a piece is the beginning of another's.
inline int64_t rows_of_task(int64_t rows, int64_t row_bytes) {
  const int64_t bytes = std::clamp(rows * row_bytes / 64, int64_t{1} << 16, int64_t{1} << 19);
  return std::max<int64_t>(16, bytes / std::max<int64_t>(1, row_bytes) / 16 * 16);
}

// Rows and vectors of a tile, whose sums registers hold beside what is multiplied.
#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
inline constexpr int kRowsOfSeveral = 3, kVectors = 8;
#else
inline constexpr int kRowsOfSeveral = 2, kVectors = 4;
#endif

// The sums of the lanes of four vectors.
HYENA_INLINE void reduce_four(Vec a, Vec b, Vec c, Vec d, float (&sums)[4]) {
  transpose_in_quads(a, b, c, d);
  const Vec total = (a + b) + (c + d);  // in each quad of lanes, a part of all four sums
  typedef float Quad __attribute__((vector_size(16)));
  Quad parts[kLanes / 4];
  std::memcpy(parts, &total, sizeof parts);
  for (int i = 1; i < kLanes / 4; i++) parts[0] += parts[i];
  std::memcpy(sums, parts, sizeof sums);
}

// The sums of the lanes of each row of a tile with each of its vectors, to y[vector * stride + row].
template <int rows, int vectors>
HYENA_INLINE void finish(const Vec (&total)[rows][vectors], const float* bias, float* y, int64_t stride) {
  constexpr int kAll = rows * vectors, kTogether = kAll / 4 * 4;
  const auto of = [&](int i) { return total[i % rows][i / rows]; };
  const auto put = [&](int i, float sum) {
    const int r = i % rows;
    y[i / rows * stride + r] = sum + (bias != nullptr ? bias[r] : 0.0f);
  };
  HYENA_UNROLL
  for (int i = 0; i < kTogether; i += 4) {
    float sums[4];
    reduce_four(of(i), of(i + 1), of(i + 2), of(i + 3), sums);
    HYENA_UNROLL
    for (int j = 0; j < 4; j++) put(i + j, sums[j]);
  }
  HYENA_UNROLL
  for (int i = kTogether; i < kAll; i++) put(i, reduce_add(of(i)));
}

// All vectors in tiles of kVectors and fewer: tile.operator()<vectors>(first).
template <class Tile>
HYENA_INLINE void for_each_tile(int64_t count, const Tile& tile) {
  int64_t v = 0;
  for (; v + kVectors <= count; v += kVectors) tile.template operator()<kVectors>(v);
  for (; v + 4 <= count; v += 4) tile.template operator()<4>(v);
  for (; v + 2 <= count; v += 2) tile.template operator()<2>(v);
  for (; v < count; v++) tile.template operator()<1>(v);
}

// All rows in tiles: tile.operator()<rows>(row).
template <int most, class Tile>
HYENA_INLINE void for_each_row(int64_t begin, int64_t end, const Tile& tile) {
  int64_t row = begin;
  for (; row + most <= end; row += most) tile.template operator()<most>(row);
  for (; row < end; row++) tile.template operator()<1>(row);
}

template <int rows, int vectors>
inline void dots(const MatrixVector& p, int64_t row, int64_t vector) {
  Vec total[rows][vectors] = {};
  const float* matrix = p.matrix + row * p.k;
  const float* x = p.x + vector * p.k;
  for_each_vector(p.k, [&](int64_t i, auto count) {
    Vec left[rows];
    HYENA_UNROLL
    for (int r = 0; r < rows; r++) {
      if (vector == 0) prefetch_ahead(matrix + r * p.k + i);
      left[r] = load_at(matrix + r * p.k, i, count);
    }
    HYENA_UNROLL
    for (int v = 0; v < vectors; v++) {
      const Vec right = in_register(load_at(x + v * p.k, i, count));
      HYENA_UNROLL
      for (int r = 0; r < rows; r++) total[r][v] = fma(left[r], right, total[r][v]);
    }
  });
  finish(total, p.bias != nullptr ? p.bias + row : nullptr, p.y + vector * p.rows + row, p.rows);
}

}  // namespace matrix_vector

inline void multiply_vectors(Runtime& runtime, const MatrixVector& p) {
  using namespace matrix_vector;
  const int64_t step = rows_of_task(p.rows, p.k * static_cast<int64_t>(sizeof(float)));
  runtime.parallel_ranges(p.rows, step, [&](int64_t begin, int64_t end) {
    constexpr int kRowsOfOne = 8;
    if (p.count == 1) {
      for_each_row<kRowsOfOne>(begin, end, [&]<int rows>(int64_t row) { dots<rows, 1>(p, row, 0); });
    } else {
      for_each_row<kRowsOfSeveral>(begin, end, [&]<int rows>(int64_t row) {
        for_each_tile(p.count, [&]<int vectors>(int64_t v) { dots<rows, vectors>(p, row, v); });
      });
    }
  });
}

}  // namespace hyena::HYENA_ISA
