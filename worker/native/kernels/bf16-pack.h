// Packing for products of bf16 numbers: converts to bf16 (to nearest, ties to even; NaN stays NaN; numbers below the
// smallest normal one become zero) and lays panels of 32 rows out in squares of 16 rows x 32 k, 1 KB each: for each step
// of 32 k the square of the panel's first 16 rows, then that of the others. Rows and k's beyond the operand are zero.
//
// The two sides of a product want their squares in different forms:
//   kRows  (A): 16 rows of 32 k's,
//   kPairs (B): 16 pairs of k's, each of 16 rows' two numbers.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "product.h"
#include "transpose.h"

namespace hyena::HYENA_ISA {

using Bf16 = uint16_t;

inline constexpr int64_t kPanelRows = 32;
inline constexpr int64_t kStep = 32;                       // k's of a square
inline constexpr int64_t kSquare = 16 * kStep;             // numbers of a square
inline constexpr int64_t kPanelStep = kPanelRows * kStep;  // numbers of a panel for one step

enum class Form { kRows, kPairs };

inline int64_t steps_of(int64_t k) { return (k + kStep - 1) / kStep; }
inline int64_t panels_of(int64_t rows) { return (rows + kPanelRows - 1) / kPanelRows; }
// Numbers of a packed operand.
inline int64_t packed_size(int64_t rows, int64_t k) { return panels_of(rows) * steps_of(k) * kPanelStep; }

// The 32 numbers of low, then high.
inline Vec to_bf16(Vec low, Vec high) { return std::bit_cast<Vec>(_mm512_cvtne2ps_pbh(high, low)); }

// Packs `rows` rows (at most 16) of `depth` k's (at most 32).
template <Form kForm>
inline void pack_square(const Operand& source, int64_t rows, int64_t depth, Bf16* square) {
  Vec lines[16];
  if (source.k_contiguous) {
    if (rows == 16 && depth == kStep) {
      HYENA_UNROLL
      for (int i = 0; i < 16; ++i) {
        const float* row = source.data + i * source.stride;
        lines[i] = to_bf16(load(row), load(row + 16));
      }
    } else {
      for (int64_t i = 0; i < 16; ++i) {
        const float* row = source.data + i * source.stride;
        lines[i] = i < rows ? to_bf16(load_up_to(row, depth), depth > 16 ? load_up_to(row + 16, depth - 16) : Vec{})
                            : Vec{};
      }
    }
    if constexpr (kForm == Form::kPairs) transpose(lines);
  } else {
    // 0, 16, 1, 17, ...: pairs from two k's of 16 rows.
    const __m512i pairs = _mm512_add_epi32(
        _mm512_set1_epi32(0x00100000),
        _mm512_mullo_epi32(_mm512_set1_epi32(0x00010001),
                           _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
    if (rows == 16 && depth == kStep) {
      HYENA_UNROLL
      for (int i = 0; i < 16; ++i) {
        const float* k = source.data + 2 * i * source.stride;
        lines[i] = to_bf16(load(k), load(k + source.stride));
      }
    } else {
      for (int64_t i = 0; i < 16; ++i) {
        const float* k = source.data + 2 * i * source.stride;
        lines[i] = to_bf16(2 * i < depth ? load_up_to(k, rows) : Vec{},
                           2 * i + 1 < depth ? load_up_to(k + source.stride, rows) : Vec{});
      }
    }
    HYENA_UNROLL
    for (int i = 0; i < 16; ++i) {
      lines[i] = std::bit_cast<Vec>(_mm512_permutexvar_epi16(pairs, std::bit_cast<__m512i>(lines[i])));
    }
    if constexpr (kForm == Form::kRows) transpose(lines);
  }
  HYENA_UNROLL
  for (int i = 0; i < 16; ++i) store(reinterpret_cast<float*>(square + i * kStep), lines[i]);
}

// Packs `panels` panels from row `row` on, for k's from `k` to `k + k_count`, of an operand of `rows` rows; panels are
// `panel_size` numbers apart. Where rows are contiguous for each k, all panels of a step together, so that the source is
// read along its rows.
template <Form kForm>
void pack_panels(const Operand& operand, int64_t rows, int64_t row, int64_t panels, int64_t k, int64_t k_count,
                 int64_t panel_size, Bf16* packed) {
  const int64_t steps = steps_of(k_count);
  const auto pack_step = [&](int64_t panel, int64_t step) {
    const int64_t depth = std::min(kStep, k_count - step * kStep);
    for (int64_t half = 0; half < 2; ++half) {
      const int64_t first = row + panel * kPanelRows + half * 16;
      Bf16* square = packed + panel * panel_size + step * kPanelStep + half * kSquare;
      const int64_t present = std::clamp<int64_t>(rows - first, 0, 16);
      if (present == 0) {
        std::fill_n(square, kSquare, Bf16{0});
        continue;
      }
      pack_square<kForm>(operand.from(first, k + step * kStep), present, depth, square);
    }
  };
  if (operand.k_contiguous) {
    for (int64_t panel = 0; panel < panels; ++panel) {
      for (int64_t step = 0; step < steps; ++step) pack_step(panel, step);
    }
  } else {
    for (int64_t step = 0; step < steps; ++step) {
      for (int64_t panel = 0; panel < panels; ++panel) pack_step(panel, step);
    }
  }
}

}  // namespace hyena::HYENA_ISA
