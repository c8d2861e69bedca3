// Walks a Loop in parallel: the innermost dimension is left to the caller.
#pragma once

#include <algorithm>

#include "../tensor-kernels.h"
#include "isa.h"

namespace hyena::HYENA_ISA {

// About this many elements are one piece of work.
constexpr int64_t kGrain = 16384;

// Calls body(offsets, count, begin) for pieces of rows of the innermost dimension: offsets[o] is where operand o stands.
template <typename Body>
void for_each_row(Runtime& runtime, const Loop& loop, int operands, const Body& body) {
  const int last = loop.rank - 1;
  const int64_t inner = loop.rank == 0 ? 1 : loop.dims[last];
  int64_t rows = 1;
  for (int d = 0; d < last; ++d) rows *= loop.dims[d];
  if (rows == 0 || inner == 0) return;
  const int64_t pieces = (inner + kGrain - 1) / kGrain;  // of a row
  const int64_t length = pieces == 1 ? inner : kGrain;
  const int64_t grain = std::max<int64_t>(1, kGrain / length);
  runtime.parallel_ranges(rows * pieces, grain, [&](int64_t begin, int64_t end) {
    int64_t index[Loop::kMaxRank] = {};
    int64_t row = begin / pieces;
    for (int d = last - 1; d >= 0; --d) {
      index[d] = row % loop.dims[d];
      row /= loop.dims[d];
    }
    int64_t offsets[Loop::kMaxOperands] = {};
    for (int o = 0; o < operands; ++o) {
      for (int d = 0; d < last; ++d) offsets[o] += index[d] * loop.strides[o][d];
    }
    int64_t piece = begin % pieces;
    for (int64_t i = begin; i < end; ++i) {
      const int64_t start = piece * length;
      int64_t here[Loop::kMaxOperands];
      for (int o = 0; o < operands; ++o) {
        here[o] = offsets[o] + (loop.rank == 0 ? 0 : start * loop.strides[o][last]);
      }
      body(here, std::min(length, inner - start));
      if (++piece < pieces) continue;
      piece = 0;
      for (int d = last - 1; d >= 0; --d) {
        for (int o = 0; o < operands; ++o) offsets[o] += loop.strides[o][d];
        if (++index[d] < loop.dims[d]) break;
        for (int o = 0; o < operands; ++o) offsets[o] -= loop.strides[o][d] * loop.dims[d];
        index[d] = 0;
      }
    }
  });
}

// The stride of an operand along the innermost dimension.
inline int64_t inner_stride(const Loop& loop, int operand) {
  return loop.rank == 0 ? 0 : loop.strides[operand][loop.rank - 1];
}

}  // namespace hyena::HYENA_ISA
