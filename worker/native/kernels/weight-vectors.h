// Products of a weight matrix with a few vectors, in the type in which it is kept: bound by the reading of the matrix, of
// which every row that has been read is used for all vectors.
#pragma once

#include "matrix-vector.h"
#include "product.h"
#include "weight-panels.h"
#include "weight-rows.h"

namespace hyena::HYENA_ISA {

struct WeightVectors {
  int64_t rows, k, count;  // count: of vectors
  Weight weight;
  const float* bias;  // may be null
  const float* x;     // [count, k]
  float* y;           // [count, rows]
};

namespace weight_vectors {

inline constexpr int kSlot = 11;  // of scratch, which the callers leave alone

// Numbers that a word of 32 bits has two of: those of even places, then those of odd ones, of as many as two vectors hold.
inline constexpr int64_t kBoth = 2 * kLanes;

inline void split_pairs(const float* x, int64_t k, int64_t padded, float* to) {
  for (int64_t i = 0; i < padded; i++) {
    const int64_t place = i / kBoth * kBoth + i % 2 * kLanes + i % kBoth / 2;
    to[place] = i < k ? x[i] : 0.0f;
  }
}

// x [count, padded] as split_pairs leaves it.
template <int rows, int vectors>
inline void bf16_dots(const WeightVectors& p, const float* x, int64_t padded, int64_t row, int64_t vector) {
  Vec total[rows][vectors] = {};
  const auto* matrix = static_cast<const uint16_t*>(p.weight.values) + row * p.k;
  const float* of_vectors = x + vector * padded;
  const auto both = [&](int64_t i, auto words) {
    Vec even[rows], odd[rows];
    HYENA_UNROLL
    for (int r = 0; r < rows; r++) {
      const uint16_t* from = matrix + r * p.k + i;
      if (vector == 0) matrix_vector::prefetch_ahead(from);
      const IntVec pairs = matrix_vector::in_register(words(from));
      even[r] = reinterpret_cast<Vec>(pairs << 16);
      odd[r] = reinterpret_cast<Vec>(pairs & ~0xffff);
    }
    HYENA_UNROLL
    for (int v = 0; v < vectors; v++) {
      const float* at = of_vectors + v * padded + i;
      const Vec first = matrix_vector::in_register(load(at)), second = matrix_vector::in_register(load(at + kLanes));
      HYENA_UNROLL
      for (int r = 0; r < rows; r++) total[r][v] = fma(odd[r], second, fma(even[r], first, total[r][v]));
    }
  };
  int64_t i = 0;
  for (; i + kBoth <= p.k; i += kBoth) {
    both(i, [](const uint16_t* from) {
      IntVec pairs;
      std::memcpy(&pairs, from, sizeof pairs);
      return pairs;
    });
  }
  if (i < p.k) {
    both(i, [&](const uint16_t* from) {
      IntVec pairs{};
      std::memcpy(&pairs, from, sizeof(uint16_t) * static_cast<size_t>(p.k - i));
      return pairs;
    });
  }
  matrix_vector::finish(total, p.bias != nullptr ? p.bias + row : nullptr, p.y + vector * p.rows + row, p.rows);
}

inline void multiply_bf16_vectors(Runtime& runtime, const WeightVectors& p) {
  using namespace matrix_vector;
  const int64_t padded = round_up(p.k, kBoth);
  auto* x = static_cast<float*>(runtime.scratch(kSlot, sizeof(float) * static_cast<size_t>(p.count * padded)));
  for (int64_t v = 0; v < p.count; v++) split_pairs(p.x + v * p.k, p.k, padded, x + v * padded);
  const int64_t step = rows_of_task(p.rows, weight_row_bytes(WeightType::kBf16, p.k));
  runtime.parallel_ranges(p.rows, step, [&](int64_t begin, int64_t end) {
    constexpr int kRowsOfOne = 4;
    if (p.count == 1) {
      for_each_row<kRowsOfOne>(begin, end, [&]<int rows>(int64_t row) { bf16_dots<rows, 1>(p, x, padded, row, 0); });
    } else {
      for_each_row<kRowsOfSeveral>(begin, end, [&]<int rows>(int64_t row) {
        for_each_tile(p.count, [&]<int vectors>(int64_t v) { bf16_dots<rows, vectors>(p, x, padded, row, v); });
      });
    }
  });
}

template <bool int4>
inline void multiply_quantised_vectors(Runtime& runtime, const WeightVectors& p) {
  using weight_panels::Vectors;
  if (p.count <= kMostOfRows) {
    void* memory = runtime.scratch(kSlot, QuantisedVectors<int4>::bytes(p.count, p.k));
    multiply_rows<int4>(runtime, p.rows, p.k, p.count, p.weight, p.bias, p.x, memory, p.y);
  } else {
    void* memory = runtime.scratch(kSlot, Vectors::bytes(p.count, p.k));
    multiply_panels<int4>(runtime, p.rows, p.k, p.count, p.weight, p.bias, p.x, memory, p.y);
  }
}

}  // namespace weight_vectors

inline void multiply_weight_vectors(Runtime& runtime, const WeightVectors& p) {
  const MeasuredProduct measured(runtime, 2.0 * static_cast<double>(p.rows * p.count * p.k));
  switch (p.weight.type) {
    case WeightType::kFp32:
      return multiply_vectors(runtime,
                              {p.rows, p.k, p.count, static_cast<const float*>(p.weight.values), p.bias, p.x, p.y});
    case WeightType::kBf16: return weight_vectors::multiply_bf16_vectors(runtime, p);
    case WeightType::kInt8: return weight_vectors::multiply_quantised_vectors<false>(runtime, p);
    case WeightType::kInt4: return weight_vectors::multiply_quantised_vectors<true>(runtime, p);
  }
}

}  // namespace hyena::HYENA_ISA
