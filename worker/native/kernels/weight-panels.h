// Products of quantised weights with several vectors. Some rows of the weight at a time are turned, so that each lane of a
// register has a row of its own: the numbers of a group are taken apart once for all vectors, sums of whole numbers run over
// the group, and nothing has to be added up across lanes.
#pragma once

#include <algorithm>

#include "bf16-vector.h"
#include "matrix-vector.h"
#include "quantised.h"

namespace hyena::HYENA_ISA {
namespace weight_panels {

inline constexpr int kTiles = 2;
inline constexpr int kRows = kTiles * kLanes;
// Vectors whose sums registers hold, with those of kTiles rows in each lane.
#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
inline constexpr int kVectors = 8;
#else
inline constexpr int kVectors = 4;
#endif
inline constexpr int kMostVectors = 32;  // for which a tile is taken apart once

// Columns of a panel of vectors: `rest` of them are left.
inline int width_of(int64_t rest) {
  if constexpr (kVectors > 4) {
    if (rest > 6) return 8;
    if (rest > 4) return 6;
  }
  return rest > 2 ? 4 : 2;
}

// Vectors [count, k] as whole numbers, in panels of kVectors neighbours, the last one perhaps of fewer, with zeros for those
// that are missing.
struct Vectors {
  int64_t groups, count;
  int32_t* pairs;   // [panels][groups, kPairs, width]
  int32_t* starts;  // [panels][groups, width]: what the sums of a group begin with, to make up for the offset
  float* scales;    // [panels][groups, width]

  static int64_t padded(int64_t count) { return round_up(count, kVectors); }
  static size_t bytes(int64_t count, int64_t k) {
    return static_cast<size_t>(padded(count) * weight_groups(k)) *
           (kPairs * sizeof(int32_t) + sizeof(int32_t) + sizeof(float));
  }
  Vectors(void* memory, int64_t count, int64_t k)
      : groups(weight_groups(k)),
        count(count),
        pairs(static_cast<int32_t*>(memory)),
        starts(pairs + padded(count) * groups * kPairs),
        scales(reinterpret_cast<float*>(starts + padded(count) * groups)) {}

  // Groups [begin, end) of all vectors.
  template <bool int4>
  void quantise_groups(int64_t k, const float* x, int64_t begin, int64_t end) {
    using Type = Quantised<int4>;
    for (int64_t first = 0; first < count; first += kVectors) {
      const int width = width_of(count - first);
      for (int64_t index = begin; index < end; ++index) {
        const int64_t place = first * groups + index * width;
        for (int v = 0; v < width; ++v) {
          const bool present = first + v < count;
          const QuantisedGroup group = present ? quantise(x + (first + v) * k, k, index) : QuantisedGroup{};
          int32_t* to = pairs + place * kPairs + v;
          int32_t sum = 0;
          HYENA_UNROLL
          for (int pair = 0; pair < kPairs; ++pair) {
            const int column = Type::column(pair / Type::kPlanes, pair % Type::kPlanes);
            to[pair * width] = pair_of(group, column);
            sum += group.numbers[column] + group.numbers[column + 2];
          }
          starts[place + v] = -Type::kOffset * sum;
          scales[place + v] = group.scale;
        }
      }
    }
  }
};

// What a thread works in.
template <bool int4>
struct Block {
  using Type = Quantised<int4>;
  static constexpr int kGroups = std::max(1, kLanes / Type::kWords);
  static constexpr int kChunks = kGroups * Type::kWords / kLanes;
  alignas(64) int32_t pairs[kGroups][kPairs][kRows];
  static constexpr int kScales = 2 * kLanes;  // groups whose scales are turned together
  alignas(64) int32_t scales[kLanes][kRows];  // bf16, of two groups each
  alignas(64) float totals[kMostVectors][kRows];

  // kGroups groups of kRows rows, of which so many words are there.
  HYENA_INLINE void unpack(const uint8_t* const* rows, int64_t at, int64_t words) {
    for (int tile = 0; tile < kTiles; ++tile) {
      HYENA_UNROLL
      for (int chunk = 0; chunk < kChunks; ++chunk) {
        Vec square[kLanes];
        HYENA_UNROLL
        for (int r = 0; r < kLanes; ++r) {
          const uint8_t* from = rows[tile * kLanes + r] + at + chunk * 4 * kLanes;
          square[r] = load_up_to(reinterpret_cast<const float*>(from), words - chunk * kLanes);
        }
        transpose_square(square);
        HYENA_UNROLL
        for (int j = 0; j < kLanes; ++j) {
          const int place = chunk * kLanes + j, group = place / Type::kWords, word = place % Type::kWords;
          IntVec planes[Type::kPlanes];
          Type::unpack(square[j], planes);
          HYENA_UNROLL
          for (int plane = 0; plane < Type::kPlanes; ++plane) {
            store_pairs(pairs[group][word * Type::kPlanes + plane] + tile * kLanes, planes[plane]);
          }
        }
      }
    }
  }

  // Scales of the groups [at, at + count), at most kScales.
  void turn_scales(const uint16_t* const* rows, int64_t at, int64_t count) {
    for (int tile = 0; tile < kTiles; ++tile) {
      Vec square[kLanes];
      HYENA_UNROLL
      for (int r = 0; r < kLanes; ++r) {
        square[r] = reinterpret_cast<Vec>(load_bf16_pairs(rows[tile * kLanes + r] + at, count));
      }
      transpose_square(square);
      HYENA_UNROLL
      for (int i = 0; i < kLanes; ++i) store_pairs(scales[i] + tile * kLanes, reinterpret_cast<IntVec>(square[i]));
    }
  }
  // Of kLanes rows the scales of a group, by its place among those that were turned.
  HYENA_INLINE Vec scales_of(int group, int tile) const {
    const IntVec both = load_pairs(scales[group / 2] + tile * kLanes);
    return reinterpret_cast<Vec>(group % 2 == 0 ? both << 16 : both & ~0xffff);
  }

  // A group with a panel of vectors. The memory at `ahead` is fetched meanwhile, of the size of a group of all rows: a line
  // now and then, since many together would keep everything else waiting.
  template <bool vnni, int width>
  HYENA_INLINE void multiply(int group, int scale, const int32_t* vectors, const int32_t* starts,
                             const float* vector_scales, float (*to)[kRows], const uint8_t* ahead) {
    IntVec sum[kTiles][width];
    HYENA_UNROLL
    for (int v = 0; v < width; ++v) {
      HYENA_UNROLL
      for (int tile = 0; tile < kTiles; ++tile) sum[tile][v] = splat_int(starts[v]);
    }
    // In a loop, compilers move all sums to other registers in each round and keep one in memory.
    HYENA_UNROLL
    for (int pair = 0; pair < kPairs; ++pair) {
      __builtin_prefetch(ahead + pair * (kRows * Type::kBytes / kPairs), 0, 2);
      IntVec left[kTiles];
      HYENA_UNROLL
      for (int tile = 0; tile < kTiles; ++tile) left[tile] = load_pairs(pairs[group][pair] + tile * kLanes);
      HYENA_UNROLL
      for (int v = 0; v < width; ++v) {
        const IntVec right = splat_int(vectors[pair * width + v]);
        HYENA_UNROLL
        for (int tile = 0; tile < kTiles; ++tile) sum[tile][v] = add_products<vnni>(sum[tile][v], left[tile], right);
      }
    }
    HYENA_UNROLL
    for (int tile = 0; tile < kTiles; ++tile) {
      const Vec of_rows = scales_of(scale, tile);
      HYENA_UNROLL
      for (int v = 0; v < width; ++v) {
        float* total = to[v] + tile * kLanes;
        store(total, fma(to_float(sum[tile][v]) * splat(vector_scales[v]), of_rows, load(total)));
      }
    }
  }
};

// kRows rows from `row` on, or as many as there are, with the vectors [first, first + count).
template <bool int4, bool vnni>
void tile(const Weight& weight, int64_t all_rows, const Vectors& x, int64_t row, int64_t first, int64_t count,
          const float* bias, float* y) {
  using Type = Quantised<int4>;
  using Panels = Block<int4>;
  const int64_t groups = x.groups, row_bytes = groups * Type::kBytes;
  const auto* values = static_cast<const uint8_t*>(weight.values);
  const uint8_t* rows[kRows];
  const uint16_t* scales[kRows];
  for (int r = 0; r < kRows; ++r) {
    const int64_t there = std::min(row + r, all_rows - 1);
    rows[r] = values + there * row_bytes;
    scales[r] = weight.scales + there * groups;
  }
  Panels block;
  std::fill_n(block.totals[0], round_up(count, kVectors) * kRows, 0.0f);
  const uint8_t* ahead = values + (row + kRows) * row_bytes;
  for (int64_t at = 0; at < groups; at += Panels::kGroups, ahead += Panels::kGroups * kRows * Type::kBytes) {
    if (at % Panels::kScales == 0) block.turn_scales(scales, at, std::min<int64_t>(Panels::kScales, groups - at));
    const int64_t present = std::min<int64_t>(Panels::kGroups, groups - at);
    block.unpack(rows, at * Type::kBytes, present * Type::kWords);
    for (int64_t v = 0; v < count; v += kVectors) {
      const int width = width_of(count - v);
      for (int g = 0; g < present; ++g) {
        const int64_t place = (first + v) * groups + (at + g) * width;
        const auto multiply = [&]<int columns>() {
          block.template multiply<vnni, columns>(g, static_cast<int>((at + g) % Panels::kScales), x.pairs + place * kPairs,
                                                 x.starts + place, x.scales + place, block.totals + v,
                                                 ahead + g * kRows * Type::kBytes);
        };
        switch (width) {
          case 2: multiply.template operator()<2>(); break;
          case 4: multiply.template operator()<4>(); break;
          case 6: multiply.template operator()<std::min(6, kVectors)>(); break;
          default: multiply.template operator()<kVectors>();
        }
      }
    }
  }
  const int64_t valid = std::min<int64_t>(kRows, all_rows - row);
  for (int64_t v = 0; v < count; ++v) {
    float* to = y + (first + v) * all_rows + row;
    for_each_vector(valid, [&](int64_t i, auto lanes) {
      const Vec sum = load_at(block.totals[v], i, lanes);
      store_at(to, i, lanes, bias != nullptr ? sum + load_at(bias + row, i, lanes) : sum);
    });
  }
}

}  // namespace weight_panels

// y [count, rows] = x [count, k] weight^T (+ bias); `memory` has room for the vectors.
template <bool int4>
inline void multiply_panels(Runtime& runtime, int64_t rows, int64_t k, int64_t count, const Weight& weight,
                            const float* bias, const float* x, void* memory, float* y) {
  using namespace weight_panels;
  Vectors vectors(memory, count, k);
  constexpr int64_t kQuantised = 96;  // groups of one vector that are worth a thread's waking
  runtime.parallel_ranges(vectors.groups, std::max<int64_t>(1, kQuantised / count), [&](int64_t begin, int64_t end) {
    vectors.quantise_groups<int4>(k, x, begin, end);
  });
  const int64_t step = round_up(matrix_vector::rows_of_task(rows, weight_row_bytes(weight.type, k)), kRows);
  with_vnni([&]<bool vnni>() {
    runtime.parallel_ranges(rows, step, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row += kRows) {
        for (int64_t first = 0; first < count; first += kMostVectors) {
          const int64_t some = std::min<int64_t>(kMostVectors, count - first);
          tile<int4, vnni>(weight, rows, vectors, row, first, some, bias, y);
        }
      }
    });
  });
}

}  // namespace hyena::HYENA_ISA
