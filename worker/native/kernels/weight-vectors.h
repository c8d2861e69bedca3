// Products of a weight matrix with a few vectors, in the type in which it is kept: bound by the reading of the matrix, of
// which every row that has been read is used for all vectors.
#pragma once

#include <algorithm>
#include <type_traits>

#include "matrix-vector.h"
#include "product.h"
#include "quantised.h"
#include "unroll.h"

namespace hyena::HYENA_ISA {

struct WeightVectors {
  int64_t rows, k, count;  // count: of vectors
  Weight weight;
  const float* bias;  // may be null
  const float* x;     // [count, k]
  float* y;           // [count, rows]
};

namespace weight_vectors {

using matrix_vector::prefetch_ahead;

// Rows of a tile for one vector and for several, whose sums registers hold beside what is multiplied.
inline constexpr int kRowsOfOne = 4;
inline constexpr int kRowsOfSeveral = 2;

inline void finish(const WeightVectors& p, int64_t vector, int64_t row, float sum) {
  p.y[vector * p.rows + row] = sum + (p.bias != nullptr ? p.bias[row] : 0.0f);
}

template <int rows, int vectors>
HYENA_INLINE void bf16_dots(const WeightVectors& p, int64_t row, int64_t vector) {
  Vec total[rows][vectors] = {};
  const auto* matrix = static_cast<const uint16_t*>(p.weight.values) + row * p.k;
  const float* x = p.x + vector * p.k;
  for_each_vector(p.k, [&](int64_t i, auto count) {
    Vec right[vectors];
    for (int v = 0; v < vectors; v++) right[v] = load_at(x + v * p.k, i, count);
    for (int r = 0; r < rows; r++) {
      prefetch_ahead(matrix + r * p.k + i);
      const Vec left = widen_bf16(matrix + r * p.k + i, count);
      for (int v = 0; v < vectors; v++) total[r][v] = fma(left, right[v], total[r][v]);
    }
  });
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) finish(p, vector + v, row + r, reduce_add(total[r][v]));
  }
}

// Groups whose scales are multiplied beforehand.
inline constexpr int64_t kScaled = 32;

template <bool int4, int rows, int vectors>
HYENA_INLINE void quantised_dots(const WeightVectors& p, const QuantisedVectors& q, int64_t row, int64_t vector) {
  constexpr int64_t kBytes = int4 ? kWeightGroup / 2 : kWeightGroup;  // of a group
  const int64_t groups = q.groups;
  const auto* matrix = static_cast<const uint8_t*>(p.weight.values) + row * groups * kBytes;
  const uint16_t* row_scales = p.weight.scales + row * groups;
  Vec total[rows][vectors] = {};
  alignas(64) float scales[rows][vectors][kScaled];
  for (int64_t begin = 0; begin < groups; begin += kScaled) {
    const int64_t end = std::min(groups, begin + kScaled);
    HYENA_UNROLL
    for (int r = 0; r < rows; r++) {
      for (int64_t i = 0; i < end - begin; i += kLanes) {
        // Beyond the row lie the scales of the next one, which are multiplied by 0; beyond the last one nothing.
        const int64_t there = (p.rows - row - r) * groups - begin - i;
        const uint16_t* from = row_scales + r * groups + begin + i;
        const Vec of_row = there >= kLanes ? widen_bf16(from, kWhole) : widen_bf16(from, end - begin - i);
        for (int v = 0; v < vectors; v++) {
          const int64_t at = (vector + v) * q.padded + begin + i;
          store(scales[r][v] + i, of_row * load(q.scales + at));
          if constexpr (int4) total[r][v] = fma(of_row, load(q.int4_shift + at), total[r][v]);
        }
      }
    }
#if defined(HYENA_INT4_BLOCKS)
    if constexpr (int4) {
      const auto block = [&](int64_t group, auto present) {
        HYENA_UNROLL
        for (int r = 0; r < rows; r++) {
          const uint8_t* from = matrix + (r * groups + group) * kBytes;
          prefetch_ahead(from);
          const Int4Block left = unpack_int4_block(from, present);
          HYENA_UNROLL
          for (int v = 0; v < vectors; v++) {
            const Vec scale = spread_scales(scales[r][v] + group - begin);
            total[r][v] = fma(to_float(block_products(left, q.at(vector + v, group))), scale, total[r][v]);
          }
        }
      };
      int64_t group = begin;
      for (; group + kBlockGroups <= end; group += kBlockGroups) {
        block(group, std::integral_constant<int64_t, kBlockGroups>());
      }
      if (group < end) block(group, end - group);
      continue;
    }
#endif
    for (int64_t group = begin; group < end; group++) {
      Numbers right[vectors];
      HYENA_UNROLL
      for (int v = 0; v < vectors; v++) right[v] = load_numbers(q.at(vector + v, group));
      HYENA_UNROLL
      for (int r = 0; r < rows; r++) {
        const uint8_t* from = matrix + (r * groups + group) * kBytes;
        prefetch_ahead(from);
        const Numbers left = int4 ? unpack_int4(from) : unpack_int8(from);
        HYENA_UNROLL
        for (int v = 0; v < vectors; v++) {
          total[r][v] = fma(to_float(products(left, right[v])), splat(scales[r][v][group - begin]), total[r][v]);
        }
      }
    }
  }
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) finish(p, vector + v, row + r, reduce_add(total[r][v]));
  }
}

template <int rows, int vectors>
HYENA_INLINE void dots(const WeightVectors& p, const QuantisedVectors& q, int64_t row, int64_t vector) {
  switch (p.weight.type) {
    case WeightType::kInt8: return quantised_dots<false, rows, vectors>(p, q, row, vector);
    case WeightType::kInt4: return quantised_dots<true, rows, vectors>(p, q, row, vector);
    default: return bf16_dots<rows, vectors>(p, row, vector);
  }
}

// All vectors with a tile of rows, while it is in the first-level cache.
template <int rows>
inline void tile(const WeightVectors& p, const QuantisedVectors& q, int64_t row) {
  int64_t vector = 0;
  for (; vector + 4 <= p.count; vector += 4) dots<rows, 4>(p, q, row, vector);
  for (; vector + 2 <= p.count; vector += 2) dots<rows, 2>(p, q, row, vector);
  for (; vector < p.count; vector++) dots<rows, 1>(p, q, row, vector);
}

inline void range_of_one(const WeightVectors& p, const QuantisedVectors& q, int64_t begin, int64_t end) {
  int64_t row = begin;
  for (; row + kRowsOfOne <= end; row += kRowsOfOne) dots<kRowsOfOne, 1>(p, q, row, 0);
  for (; row < end; row++) dots<1, 1>(p, q, row, 0);
}

inline void range_of_several(const WeightVectors& p, const QuantisedVectors& q, int64_t begin, int64_t end) {
  int64_t row = begin;
  for (; row + kRowsOfSeveral <= end; row += kRowsOfSeveral) tile<kRowsOfSeveral>(p, q, row);
  for (; row < end; row++) tile<1>(p, q, row);
}

inline constexpr int kSlot = 11;  // of scratch, which the callers leave alone

}  // namespace weight_vectors

inline void multiply_weight_vectors(Runtime& runtime, const WeightVectors& p) {
  const MeasuredProduct measured(runtime, 2.0 * static_cast<double>(p.rows * p.count * p.k));
  if (p.weight.type == WeightType::kFp32) {
    return multiply_vectors(runtime,
                            {p.rows, p.k, p.count, static_cast<const float*>(p.weight.values), p.bias, p.x, p.y});
  }
  const bool quantised = has_scales(p.weight.type);
  QuantisedVectors q(quantised ? runtime.scratch(weight_vectors::kSlot, QuantisedVectors::bytes(p.count, p.k)) : nullptr,
                     p.count, p.k, p.weight.type == WeightType::kInt4);
  if (quantised) {
    for (int64_t v = 0; v < p.count; v++) q.quantise(v, p.k, p.x + v * p.k);
  }
  const int64_t step = matrix_vector::rows_of_task(p.rows, weight_row_bytes(p.weight.type, p.k));
  runtime.parallel_ranges(p.rows, step, [&](int64_t begin, int64_t end) {
    if (p.count == 1) {
      weight_vectors::range_of_one(p, q, begin, end);
    } else {
      weight_vectors::range_of_several(p, q, begin, end);
    }
  });
}

}  // namespace hyena::HYENA_ISA
