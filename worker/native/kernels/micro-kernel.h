// The innermost part of a matrix product: a tile of C held in registers while k runs.
#pragma once

#include <array>
#include <utility>

#include "pack.h"

namespace hyena::HYENA_ISA {

// Tiles of C are kTileRows x kTileColumns. All but a few registers hold the tile; of the rest, two or three hold a row of
// B and one the element of A that it is multiplied with.
#if defined(HYENA_ISA_AVX512)
inline constexpr int kTileRows = 14;
inline constexpr int kTileVectors = 2;
#elif defined(HYENA_ISA_AVX2)
inline constexpr int kTileRows = 6;
inline constexpr int kTileVectors = 2;
#elif defined(HYENA_ISA_NEON)
inline constexpr int kTileRows = 8;
inline constexpr int kTileVectors = 3;
#else
inline constexpr int kTileRows = 4;
inline constexpr int kTileVectors = 2;
#endif
inline constexpr int kTileColumns = kTileVectors * kLanes;

// One tile: C[i][j] = sum over k of a[i][k] b[k][j], then the bias, then the old C where `accumulate`.
struct Tile {
  int64_t k;
  const float* a;  // packed: a panel as high as the tile
  const float* b;  // packed: a panel of kTileColumns
  float* c;
  int64_t ldc;
  int64_t columns;  // how many of the tile's columns exist in C
  bool accumulate;
  const float* bias_per_row;     // null: none
  const float* bias_per_column;  // null: none
  const float* next;  // of what a later tile reads: as many floats for each k as `next_step` says
  int64_t next_step;
};

template <int kRows>
inline void finish_tile(const Tile& tile, Vec (&sum)[kRows][kTileVectors]) {
  if (tile.bias_per_row != nullptr) {
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      HYENA_UNROLL
      for (int v = 0; v < kTileVectors; ++v) sum[i][v] = sum[i][v] + splat(tile.bias_per_row[i]);
    }
  }
  if (tile.columns == kTileColumns) {
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) {
      if (tile.bias_per_column != nullptr) {
        const Vec bias = load(tile.bias_per_column + v * kLanes);
        HYENA_UNROLL
        for (int i = 0; i < kRows; ++i) sum[i][v] = sum[i][v] + bias;
      }
      if (tile.accumulate) {
        HYENA_UNROLL
        for (int i = 0; i < kRows; ++i) sum[i][v] = sum[i][v] + load(tile.c + i * tile.ldc + v * kLanes);
      }
    }
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      HYENA_UNROLL
      for (int v = 0; v < kTileVectors; ++v) store(tile.c + i * tile.ldc + v * kLanes, sum[i][v]);
    }
    return;
  }
  HYENA_UNROLL
  for (int v = 0; v < kTileVectors; ++v) {
    const int64_t present = tile.columns - v * kLanes;
    if (present <= 0) break;
    const Vec bias =
        tile.bias_per_column != nullptr ? load_up_to(tile.bias_per_column + v * kLanes, present) : splat(0);
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      float* c = tile.c + i * tile.ldc + v * kLanes;
      Vec value = sum[i][v] + bias;
      if (tile.accumulate) value = value + load_up_to(c, present);
      store_up_to(c, value, present);
    }
  }
}

// kAsks: whether it asks for `next` as it runs, so that the tile which reads that need not wait.
template <int kRows, bool kAsks>
void multiply_tile(const Tile& tile) {
  Vec sum[kRows][kTileVectors];
  HYENA_UNROLL
  for (int i = 0; i < kRows; ++i) {
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) sum[i][v] = splat(0);
  }
  // C comes from afar, row by row: ask for it now, it is needed when the loop is done.
  HYENA_UNROLL
  for (int i = 0; i < kRows; ++i) {
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) __builtin_prefetch(tile.c + i * tile.ldc + v * kLanes, 1);
  }
  const float* a = tile.a;
  const float* b = tile.b;
  [[maybe_unused]] const float* next = tile.next;
  for (int64_t k = tile.k; k > 0; --k) {
    if constexpr (kAsks) {
      __builtin_prefetch(next, 0, 2);
      next += tile.next_step;
    }
    Vec row[kTileVectors];
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) row[v] = load(b + v * kLanes);
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      const Vec factor = splat(a[i]);
      HYENA_UNROLL
      for (int v = 0; v < kTileVectors; ++v) sum[i][v] = fma(factor, row[v], sum[i][v]);
    }
    a += kRows;
    b += kTileColumns;
  }
  finish_tile<kRows>(tile, sum);
}

using TileFunction = void (*)(const Tile&);

template <bool kAsks, int... kIndex>
constexpr std::array<TileFunction, sizeof...(kIndex)> tile_functions(std::integer_sequence<int, kIndex...>) {
  return {multiply_tile<kIndex + 1, kAsks>...};
}
// By number of rows, from 1.
inline constexpr auto kTileFunctions = tile_functions<false>(std::make_integer_sequence<int, kTileRows>());
#if defined(HYENA_ISA_AVX512)
inline constexpr auto kAskingTileFunctions = tile_functions<true>(std::make_integer_sequence<int, kTileRows>());
#else
inline constexpr auto& kAskingTileFunctions = kTileFunctions;  // measured with AVX-512 alone
#endif

}  // namespace hyena::HYENA_ISA
