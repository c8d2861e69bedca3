// How a product of bf16 numbers is cut into tasks; included by the sources of the units that compute tiles of it.
//
// The smaller operand is packed once for all; tasks take groups of panels of the larger one, pack them into the cache of
// their core, and where C is small and k is long, a slice of k each. The cut depends on the shapes alone.
#pragma once

#include "bf16-pack.h"
#include "partial-sums.h"

namespace hyena::HYENA_ISA {

// One tile of C, 32 x 32: the product of a panel of A (form kRows) and a panel of B (form kPairs).
struct Bf16Tile {
  int64_t steps;
  const Bf16 *a, *b;
  float* c;
  int64_t ldc;
  int64_t rows, columns;  // how much of the tile exists in C
  bool accumulate;
  const float* bias_per_row;     // null: none
  const float* bias_per_column;  // null: none
};

// Of the unit: what a thread does before and after a group of tiles, and a tile.
struct Bf16Session {
  Bf16Session();
  ~Bf16Session();
  Bf16Session(const Bf16Session&) = delete;
  Bf16Session& operator=(const Bf16Session&) = delete;
};
void multiply_bf16_tile(const Bf16Tile& tile);

// Puts a whole tile from `sums` [32, 32] into what exists of it in C, with all that a unit has not dealt with.
inline void finish_bf16_tile(const Bf16Tile& tile, const float* sums) {
  for (int64_t i = 0; i < tile.rows; ++i) {
    for (int64_t j = 0; j < tile.columns; j += kLanes) {
      const int64_t present = tile.columns - j;
      float* c = tile.c + i * tile.ldc + j;
      Vec value = load(sums + i * kPanelRows + j);
      if (tile.bias_per_row != nullptr) value = value + tile.bias_per_row[i];
      if (tile.bias_per_column != nullptr) value = value + load_up_to(tile.bias_per_column + j, present);
      if (tile.accumulate) value = value + load_up_to(c, present);
      store_up_to(c, value, present);
    }
  }
}

class Bf16Product {
 public:
  Bf16Product(Runtime& runtime, const Product& product)
      : runtime_(runtime), p_(product), by_rows_(product.m >= product.n), depth_{steps_of(product.k), 1} {}

  void run() {
    const int64_t large = panels_of(by_rows_ ? p_.m : p_.n);
    // Slices of about 1,024 k's, and no more than 16 MB of partial sums.
    const int64_t most = std::max<int64_t>(1, (int64_t{4} << 20) / (p_.m * p_.n));
    const bool sliced = p_.k >= 2 * std::max(p_.m, p_.n);
    const Partition slices{depth_.total, sliced ? std::max<int64_t>(1, std::min(most, p_.k / 1024)) : 1};
    const Partition groups = Partition::of_at_most(large, sliced ? kSlicedGroup : kGroup);
    pack_shared();
    float* partials = nullptr;
    if (slices.count > 1) {
      partials = static_cast<float*>(
          runtime_.scratch(1, static_cast<size_t>((slices.count - 1) * p_.m * p_.n) * sizeof(float)));
    }
    runtime_.parallel(slices.count * groups.count, [&](int64_t task) {
      const int64_t slice = task / groups.count;
      const bool into_c = slice == 0;
      run_part(groups.range(task % groups.count), slices.range(slice),
               into_c ? p_.c : partials + (slice - 1) * p_.m * p_.n, into_c ? p_.ldc : p_.n, into_c && p_.accumulate,
               into_c);
    });
    add_partials(runtime_, p_, partials, slices.count - 1);
  }

 private:
  static constexpr int64_t kGroup = 4;        // panels of the large operand that a task packs
  static constexpr int64_t kSlicedGroup = 8;
  static constexpr int64_t kBlockSteps = 32;  // steps of k that it packs at once

  const Operand& large() const { return by_rows_ ? p_.a : p_.b; }
  const Operand& small() const { return by_rows_ ? p_.b : p_.a; }
  int64_t large_rows() const { return by_rows_ ? p_.m : p_.n; }
  int64_t small_rows() const { return by_rows_ ? p_.n : p_.m; }

  // Packs panels of one side for these steps of k.
  void pack(bool of_large, Range panels, Range steps, int64_t panel_size, Bf16* to) const {
    const Operand& operand = of_large ? large() : small();
    const int64_t rows = of_large ? large_rows() : small_rows(), row = panels.begin * kPanelRows;
    const int64_t count = panels.end - panels.begin;
    const int64_t k = steps.begin * kStep, k_count = std::min(p_.k, steps.end * kStep) - k;
    if (of_large == by_rows_) {
      pack_panels<Form::kRows>(operand, rows, row, count, k, k_count, panel_size, to);
    } else {
      pack_panels<Form::kPairs>(operand, rows, row, count, k, k_count, panel_size, to);
    }
  }

  void pack_shared() {
    shared_ = static_cast<Bf16*>(runtime_.scratch(0, static_cast<size_t>(packed_size(small_rows(), p_.k)) * sizeof(Bf16)));
    const Partition parts = Partition::of_at_most(depth_.total, 8);
    const Partition groups = Partition::of_at_most(panels_of(small_rows()), 8);
    runtime_.parallel(parts.count * groups.count, [&](int64_t task) {
      const Range panels = groups.range(task / parts.count), steps = parts.range(task % parts.count);
      const int64_t panel_size = depth_.total * kPanelStep;
      pack(false, panels, steps, panel_size, shared_ + panels.begin * panel_size + steps.begin * kPanelStep);
    });
  }

  void run_part(Range group, Range steps, float* c, int64_t ldc, bool accumulate, bool with_bias) const {
    const int64_t panels = group.end - group.begin, small_panels = panels_of(small_rows());
    const Partition blocks = Partition::of_at_most(steps.end - steps.begin, kBlockSteps);
    auto* local = static_cast<Bf16*>(
        runtime_.thread_scratch(static_cast<size_t>(panels * blocks.size(0) * kPanelStep) * sizeof(Bf16)));
    const Bf16Session session;
    for (int64_t block = 0; block < blocks.count; ++block) {
      const Range part{steps.begin + blocks.begin(block), steps.begin + blocks.begin(block) + blocks.size(block)};
      const int64_t length = part.end - part.begin;
      pack(true, group, part, length * kPanelStep, local);
      const bool first = block == 0;
      // Along the rows of C, whose memory is then requested in order.
      const int64_t outer = by_rows_ ? panels : small_panels, inner = by_rows_ ? small_panels : panels;
      for (int64_t row_panel = 0; row_panel < outer; ++row_panel) {
        for (int64_t column_panel = 0; column_panel < inner; ++column_panel) {
          const int64_t i = by_rows_ ? row_panel : column_panel, j = by_rows_ ? column_panel : row_panel;
          const Bf16* of_small = shared_ + (j * depth_.total + part.begin) * kPanelStep;
          const Bf16* of_large = local + i * length * kPanelStep;
          const int64_t row = (by_rows_ ? group.begin + i : j) * kPanelRows;
          const int64_t column = (by_rows_ ? j : group.begin + i) * kPanelRows;
          const bool biased = with_bias && first;
          multiply_bf16_tile({length, by_rows_ ? of_large : of_small, by_rows_ ? of_small : of_large,
                              c + row * ldc + column, ldc, std::min(kPanelRows, p_.m - row),
                              std::min(kPanelRows, p_.n - column), accumulate || !first,
                              biased && p_.bias_per_row != nullptr ? p_.bias_per_row + row : nullptr,
                              biased && p_.bias_per_column != nullptr ? p_.bias_per_column + column : nullptr});
        }
      }
    }
  }

  Runtime& runtime_;
  const Product& p_;
  bool by_rows_;     // the large operand is A
  Partition depth_;  // total: steps of all k
  Bf16* shared_ = nullptr;
};

}  // namespace hyena::HYENA_ISA
