// Packing: copies part of an operand into panels, in the order in which the micro-kernel reads them, so that it loads
// from consecutive addresses whatever the layout of the matrix. A panel of `width` rows is stored k by k:
// panel[k * width + row].
#pragma once

#include <algorithm>

#include "product.h"
#include "transpose.h"

namespace hyena::HYENA_ISA {

// Packs `rows` rows (at most `width`) of `k_count` columns, contiguous along k; the panel's further rows become zero. Asks
// for the rows that follow, which the next panel is made of.
inline void pack_transposing(const Operand& source, int64_t rows, int64_t k_count, int64_t width, float* panel) {
  for (int64_t row = 0; row < width; row += kLanes) {
    const int64_t columns = std::min<int64_t>(kLanes, width - row);
    const int64_t present = std::clamp<int64_t>(rows - row, 0, kLanes);
    const float* from = source.data + row * source.stride;
    float* to = panel + row;
    for (int64_t k = 0; k < k_count; k += kLanes) {
      const int64_t depth = std::min<int64_t>(kLanes, k_count - k);
      Vec square[kLanes];
      if (present == kLanes && depth == kLanes) {
        HYENA_UNROLL
        for (int i = 0; i < kLanes; ++i) {
          __builtin_prefetch(from + (i + width) * source.stride + k);
          square[i] = load(from + i * source.stride + k);
        }
      } else {
        HYENA_UNROLL
        for (int i = 0; i < kLanes; ++i) {
          square[i] = i < present ? load_up_to(from + i * source.stride + k, depth) : splat(0);
        }
      }
      transpose(square);
      if (columns == kLanes && depth == kLanes) {
        HYENA_UNROLL
        for (int i = 0; i < kLanes; ++i) store(to + (k + i) * width, square[i]);
      } else {
        HYENA_UNROLL
        for (int i = 0; i < kLanes; ++i) {
          if (i < depth) store_up_to(to + (k + i) * width, square[i], columns);
        }
      }
    }
  }
}

// The same for a panel of kRows rows, all of which there are.
template <int kRows>
void pack_rows(const Operand& source, int64_t k_count, float* panel) {
  int64_t k = 0;
  if constexpr (kRows < kLanes) {
    for (; k + kLanes <= k_count; k += kLanes) {
      Vec square[kLanes];
      HYENA_UNROLL
      for (int i = 0; i < kLanes; ++i) {
        if (i < kRows) {
          const float* from = source.data + i * source.stride + k;
          __builtin_prefetch(from + kRows * source.stride);
          square[i] = load(from);
        } else {
          square[i] = splat(0);
        }
      }
      transpose(square);
      HYENA_UNROLL
      for (int i = 0; i < kLanes; ++i) store_partial(panel + (k + i) * kRows, square[i], kRows);
    }
  }
  if (k < k_count) pack_transposing(source.from(0, k), kRows, k_count - k, kRows, panel + k * kRows);
}

// Copies kRows floats.
template <int kRows>
inline void copy_floats(float* to, const float* from) {
#if defined(HYENA_ISA_AVX512)
  HYENA_UNROLL
  for (int i = 0; i < kRows; i += kLanes) {
    if (kRows - i >= kLanes) {
      store(to + i, load(from + i));
    } else {
      store_partial(to + i, load_partial(from + i, kRows - i), kRows - i);
    }
  }
#else
  std::memcpy(to, from, kRows * sizeof(float));
#endif
}

// Packs `count` panels of kRows rows each, contiguous for each k. Some k's of all panels at a time: reads then run along
// the source's rows, and writes do not alternate between panels at distances that share sets of the cache.
template <int kRows>
void pack_copying(const Operand& source, int64_t count, int64_t k_count, float* packed) {
  constexpr int64_t kTogether = 8;
  for (int64_t begin = 0; begin < k_count; begin += kTogether) {
    const int64_t end = std::min(k_count, begin + kTogether);
    for (int64_t panel = 0; panel < count; ++panel) {
      const float* from = source.data + panel * kRows;
      float* to = packed + panel * k_count * kRows;
      for (int64_t k = begin; k < end; ++k) {
        const float* next = from + std::min(k + kTogether, k_count - 1) * source.stride;
        HYENA_UNROLL
        for (int i = 0; i < kRows; i += 16) __builtin_prefetch(next + i);
        copy_floats<kRows>(to + k * kRows, from + k * source.stride);
      }
    }
  }
}

// The same for one panel of `width` of which only `rows` exist.
inline void pack_incomplete(const Operand& source, int64_t rows, int64_t k_count, int64_t width, float* panel) {
  for (int64_t k = 0; k < k_count; ++k) {
    const float* from = source.data + k * source.stride;
    std::copy_n(from, rows, panel + k * width);
    std::fill_n(panel + k * width + rows, width - rows, 0.0f);
  }
}

}  // namespace hyena::HYENA_ISA
