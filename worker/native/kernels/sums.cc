#include "sums.h"

#include <algorithm>

#include "simd.h"

namespace hyena::HYENA_ISA {

void sum_rows(Runtime& runtime, int64_t rows, int64_t columns, const float* x, float* sums, int slot,
              bool accumulate) {
  constexpr int64_t kRows = 256;
  const int64_t parts = (rows + kRows - 1) / kRows;
  auto* partials = static_cast<float*>(runtime.scratch(slot, static_cast<size_t>(parts * columns) * sizeof(float)));
  runtime.parallel(parts, [&](int64_t part) {
    const int64_t begin = part * kRows, end = std::min(rows, begin + kRows);
    float* partial = partials + part * columns;
    std::fill_n(partial, columns, 0.0f);
    for (int64_t row = begin; row < end; ++row) {
      const float* from = x + row * columns;
      int64_t column = 0;
      for (; column + kLanes <= columns; column += kLanes) store(partial + column, load(partial + column) + load(from + column));
      for (; column < columns; ++column) partial[column] += from[column];
    }
  });
  if (!accumulate) std::fill_n(sums, columns, 0.0f);
  for (int64_t part = 0; part < parts; ++part) {
    for (int64_t column = 0; column < columns; ++column) sums[column] += partials[part * columns + column];
  }
}

void sum_columns(Runtime& runtime, int64_t rows, int64_t columns, const float* x, float* sums) {
  runtime.parallel_ranges(rows, 8, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* from = x + row * columns;
      constexpr int kChains = 4;
      Vec chain[kChains] = {};
      int64_t column = 0;
      for (; column + kChains * kLanes <= columns; column += kChains * kLanes) {
        for (int i = 0; i < kChains; ++i) chain[i] = chain[i] + load(from + column + i * kLanes);
      }
      for (; column < columns; column += kLanes) chain[0] = chain[0] + load_up_to(from + column, columns - column);
      sums[row] = reduce_add((chain[0] + chain[1]) + (chain[2] + chain[3]));
    }
  });
}

}  // namespace hyena::HYENA_ISA
