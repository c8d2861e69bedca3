// Packing: copies part of a matrix into panels, in the order in which the micro-kernel reads them, so that it loads from
// consecutive addresses whatever the layout of the matrix.
//
// An operand of a product is seen as rows x k, where k is the dimension that is summed over. A panel of `width` rows is
// stored k by k: panel[k * width + row].
#pragma once

#include <algorithm>

#include "transpose.h"

namespace hyena::HYENA_ISA {

struct Operand {
  const float* data;
  int64_t stride;     // between rows if rows are contiguous along k, else between the k's
  bool k_contiguous;  // rows are contiguous along k

  inline const float* at(int64_t row, int64_t k) const {
    return data + (k_contiguous ? row * stride + k : k * stride + row);
  }
  // The part that begins at (row, k).
  inline Operand from(int64_t row, int64_t k) const { return {at(row, k), stride, k_contiguous}; }
};

// Divides `total` into `count` parts that differ by at most one; the first are the larger.
struct Partition {
  int64_t total, count;

  static Partition of_at_most(int64_t total, int64_t size) { return {total, (total + size - 1) / size}; }
  inline int64_t begin(int64_t part) const { return part * (total / count) + std::min(part, total % count); }
  inline int64_t size(int64_t part) const { return total / count + (part < total % count ? 1 : 0); }
};

// Packs `rows` rows (at most `width`) of `k_count` columns, contiguous along k; the panel's further rows become zero.
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
        for (int i = 0; i < kLanes; ++i) square[i] = load(from + i * source.stride + k);
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

// The same for rows that are contiguous for each k.
inline void pack_copying(const Operand& source, int64_t rows, int64_t k_count, int64_t width, float* panel) {
  for (int64_t k = 0; k < k_count; ++k) {
    const float* from = source.data + k * source.stride;
    float* to = panel + k * width;
    for (int64_t row = 0; row < width; row += kLanes) {
      const int64_t present = std::clamp<int64_t>(rows - row, 0, kLanes);
      store_up_to(to + row, load_up_to(from + row, present), width - row);
    }
  }
}

inline void pack_panel(const Operand& source, int64_t rows, int64_t k_count, int64_t width, float* panel) {
  if (source.k_contiguous) {
    pack_transposing(source, rows, k_count, width, panel);
  } else {
    pack_copying(source, rows, k_count, width, panel);
  }
}

}  // namespace hyena::HYENA_ISA
