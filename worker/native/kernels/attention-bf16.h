// Causal attention whose products are of bf16 numbers, with sums in fp32; included by the sources of the units that
// compute tiles of them.
#pragma once

#include "attention.h"
#include "bf16-product.h"

namespace hyena::HYENA_ISA {

struct Bf16Attention {
  using Number = Bf16;
  using Session = Bf16Session;
  static constexpr bool kOneForm = false;
  static constexpr bool kCoarse = true;
  static constexpr int64_t kKeys = kPanelRows;
  static constexpr int64_t kKeyBlock = 128;
  static constexpr int64_t kBlockSteps = kKeyBlock / kStep;
  static constexpr int64_t kGroup = attending::kGroup;
  static_assert(attending::kWidth == kPanelRows && kStep == kPanelRows);

  static int64_t keys_size(int64_t dims) { return packed_size(kKeyBlock, dims); }
  static int64_t dims_size(int64_t dims) { return packed_size(dims, kKeyBlock); }
  static int64_t queries_size(int64_t dims) { return packed_size(kPanelRows, dims); }
  static int64_t query_dims_size(int64_t dims) { return packed_size(dims, kGroup * kPanelRows); }

  static void pack_keys(const Operand& rows, int64_t present, int64_t dims, Bf16* to) {
    pack_panels<Form::kRows>(rows, present, 0, kKeyBlock / kPanelRows, 0, dims, steps_of(dims) * kPanelStep, to);
  }
  static void pack_dims(const Operand& rows, int64_t present, int64_t dims, Bf16* to) {
    pack_panels<Form::kRows>(turned(rows), dims, 0, panels_of(dims), 0, present, kBlockSteps * kPanelStep, to);
  }
  static void pack_queries(const Operand& rows, int64_t present, int64_t dims, Bf16* to) {
    pack_panels<Form::kPairs>(rows, present, 0, 1, 0, dims, steps_of(dims) * kPanelStep, to);
  }
  static void pack_query_dims(const Operand& rows, int64_t present, int64_t dims, Bf16* to) {
    pack_panels<Form::kPairs>(turned(rows), dims, 0, panels_of(dims), 0, present, kGroup * kPanelStep, to);
  }

  static void scores(const Bf16* keys, const Bf16* queries, int64_t dims, int64_t count, float* scores) {
    const int64_t steps = steps_of(dims);
    for (int64_t panel = 0; panel < count / kPanelRows; ++panel) {
      multiply_bf16_tile({steps, keys + panel * steps * kPanelStep, queries, scores + panel * kPanelRows * kPanelRows,
                          kPanelRows, kPanelRows, kPanelRows, false, nullptr, nullptr});
    }
  }
  static void add_values(const Bf16* of_dims, const Bf16* weights, int64_t count, int64_t dims, float* output) {
    for (int64_t panel = 0; panel < panels_of(dims); ++panel) {
      multiply_bf16_tile({count / kStep, of_dims + panel * kBlockSteps * kPanelStep, weights,
                          output + panel * kPanelRows * kPanelRows, kPanelRows,
                          std::min(kPanelRows, dims - panel * kPanelRows), kPanelRows, true, nullptr, nullptr});
    }
  }
  static void add_rows(const Bf16* rows, Range panels, const Bf16* query_dims, int64_t count, int64_t dims,
                       float* sums) {
    const int64_t columns = panels_of(dims);
    for (int64_t column = 0; column < columns; ++column) {
      for (int64_t panel = 0; panel < count / kPanelRows; ++panel) {
        multiply_bf16_tile({panels.end - panels.begin, rows + (panel * kGroup + panels.begin) * kPanelStep,
                            query_dims + (column * kGroup + panels.begin) * kPanelStep,
                            sums + (panel * columns * kPanelRows + column) * kPanelRows, columns * kPanelRows,
                            kPanelRows, kPanelRows, true, nullptr, nullptr});
      }
    }
  }

  HYENA_INLINE static void store_pairs(Bf16* weights, int64_t key, const Vec (&values)[2][kTileVectors]) {
    // 0, 16, 1, 17, ...
    const __m512i pairs = _mm512_add_epi32(
        _mm512_set1_epi32(0x00100000),
        _mm512_mullo_epi32(_mm512_set1_epi32(0x00010001),
                           _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
    Bf16* to = weights + key / kStep * kPanelStep + key % kStep / 2 * kStep;
    HYENA_UNROLL
    for (int v = 0; v < 2; ++v) {
      const auto both = std::bit_cast<__m512i>(to_bf16(values[0][v], values[1][v]));
      _mm512_store_si512(to + v * kSquare, _mm512_permutexvar_epi16(pairs, both));
    }
  }
  HYENA_INLINE static void store_rows(Bf16* rows, int64_t panel, int64_t key, const Vec (&values)[2][kTileVectors]) {
    Bf16* to = row(rows, panel, key);
    HYENA_UNROLL
    for (int i = 0; i < 2; ++i) store(reinterpret_cast<float*>(to + i * kStep), to_bf16(values[i][0], values[i][1]));
  }
  static void clear_rows(Bf16* rows, int64_t panel, int64_t begin, int64_t end) {
    for (int64_t key = begin; key < end; key += kPanelRows) std::fill_n(row(rows, panel, key), kPanelStep, Bf16{0});
  }

 private:
  // Dimensions as rows.
  static Operand turned(const Operand& rows) { return {rows.data, rows.stride, false}; }
  static Bf16* row(Bf16* rows, int64_t panel, int64_t key) {
    return rows + (key / kPanelRows * kGroup + panel) * kPanelStep + key % kPanelRows / 16 * kSquare + key % 16 * kStep;
  }
};

}  // namespace hyena::HYENA_ISA
