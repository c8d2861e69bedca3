// Matrix products in fp32: how a product is cut into tasks, and a task into tiles.
//
// As in GotoBLAS: a block of A is packed to stay in the second-level cache and a panel of B to stay in the first while a
// column of tiles is computed. What is cut where depends on the shapes alone, so that sums are always taken in the same
// order.
#include <algorithm>

#include "bf16-unit.h"
#include "matrix-vector.h"
#include "micro-kernel.h"
#include "partial-sums.h"
#include "product.h"

namespace hyena::HYENA_ISA {
namespace {

// How far k runs in one go: a panel of B (32 KB at 32 columns) fits the first-level cache.
constexpr int64_t kDepth = 256;
// Rows of A that are packed at once (about 230 KB).
constexpr int64_t kBlockPanels = 224 / kTileRows;
// A shared B that is larger than this for a block of k does not stay in the second-level cache from task to task.
constexpr int64_t kNearFloats = int64_t{128} << 10;

enum class Slot : int { kPacked = 0, kPartial = 1 };

struct Problem {
  const Product& product;
  Partition rows, columns, depth;  // panels of A, panels of B, blocks of k
  const float* packed_a = nullptr;  // the whole operand, where it was packed beforehand
  const float* packed_b = nullptr;

  explicit Problem(const Product& p)
      : product(p),
        rows(Partition::of_at_most(p.m, kTileRows)),
        columns{p.n, (p.n + kTileColumns - 1) / kTileColumns},
        depth(Partition::of_at_most(p.k, kDepth)) {}

  int64_t padded_columns() const { return columns.count * kTileColumns; }
};

using CopyFunction = void (*)(const Operand&, int64_t, int64_t, float*);
template <int... kIndex>
constexpr std::array<CopyFunction, sizeof...(kIndex)> copy_functions(std::integer_sequence<int, kIndex...>) {
  return {pack_copying<kIndex + 1>...};
}
using RowsFunction = void (*)(const Operand&, int64_t, float*);
template <int... kIndex>
constexpr std::array<RowsFunction, sizeof...(kIndex)> rows_functions(std::integer_sequence<int, kIndex...>) {
  return {pack_rows<kIndex + 1>...};
}
// By number of rows of a panel, from 1.
constexpr auto kCopyFunctions = copy_functions(std::make_integer_sequence<int, kTileRows>());
constexpr auto kRowsFunctions = rows_functions(std::make_integer_sequence<int, kTileRows>());

void pack_a(const Problem& problem, Range panels, int64_t k, int64_t k_count, float* packed) {
  const Operand& a = problem.product.a;
  int64_t panel = panels.begin;
  while (panel < panels.end) {
    const int64_t height = problem.rows.size(panel);
    if (a.k_contiguous) {
      kRowsFunctions[static_cast<size_t>(height - 1)](a.from(problem.rows.begin(panel), k), k_count, packed);
      ++panel;
      packed += height * k_count;
    } else {
      int64_t equal = 1;
      while (panel + equal < panels.end && problem.rows.size(panel + equal) == height) ++equal;
      kCopyFunctions[static_cast<size_t>(height - 1)](a.from(problem.rows.begin(panel), k), equal, k_count, packed);
      panel += equal;
      packed += equal * height * k_count;
    }
  }
}

void pack_b(const Problem& problem, Range panels, int64_t k, int64_t k_count, float* packed) {
  const Product& p = problem.product;
  const int64_t whole = std::min(panels.end, p.n / kTileColumns);
  if (!p.b.k_contiguous && whole > panels.begin) {
    pack_copying<kTileColumns>(p.b.from(panels.begin * kTileColumns, k), whole - panels.begin, k_count, packed);
    packed += (whole - panels.begin) * kTileColumns * k_count;
    panels.begin = whole;
  }
  for (int64_t panel = panels.begin; panel < panels.end; ++panel) {
    const int64_t column = panel * kTileColumns;
    const int64_t rows = std::min<int64_t>(kTileColumns, p.n - column);
    if (p.b.k_contiguous) {
      pack_transposing(p.b.from(column, k), rows, k_count, kTileColumns, packed);
    } else {
      pack_incomplete(p.b.from(column, k), rows, k_count, kTileColumns, packed);
    }
    packed += kTileColumns * k_count;
  }
}

// Packs all of an operand, for several tasks to share.
const float* pack_shared(Runtime& runtime, const Problem& problem, bool a) {
  const Product& p = problem.product;
  const int64_t width = a ? p.m : problem.padded_columns();
  const Partition& panels = a ? problem.rows : problem.columns;
  auto* packed = static_cast<float*>(
      runtime.scratch(static_cast<int>(Slot::kPacked), static_cast<size_t>(width * p.k) * sizeof(float)));
  const Partition parts = Partition::of_at_most(panels.count, 8);
  runtime.parallel(parts.count * problem.depth.count, [&](int64_t task) {
    const int64_t part = task % parts.count, block = task / parts.count;
    const int64_t k = problem.depth.begin(block), k_count = problem.depth.size(block);
    const Range range = parts.range(part);
    if (a) {
      pack_a(problem, range, k, k_count, packed + k * width + panels.begin(range.begin) * k_count);
    } else {
      pack_b(problem, range, k, k_count, packed + k * width + range.begin * kTileColumns * k_count);
    }
  });
  return packed;
}

// The part of C in these panels, summed over these blocks of k, on this thread.
void multiply_part(Runtime& runtime, const Problem& problem, Range rows, Range columns, Range blocks, float* c,
                   int64_t ldc, bool accumulate, bool with_bias) {
  const Product& p = problem.product;
  const int64_t b_floats = problem.packed_b != nullptr ? 0 : (columns.end - columns.begin) * kTileColumns * kDepth;
  const int64_t a_floats = problem.packed_a != nullptr ? 0 : kBlockPanels * kTileRows * kDepth;
  auto* local_b = static_cast<float*>(runtime.thread_scratch(static_cast<size_t>(a_floats + b_floats) * sizeof(float)));
  float* local_a = local_b + b_floats;
  for (int64_t block = blocks.begin; block < blocks.end; ++block) {
    const int64_t k = problem.depth.begin(block), k_count = problem.depth.size(block);
    const float* b = local_b;
    if (problem.packed_b != nullptr) {
      b = problem.packed_b + k * problem.padded_columns() + columns.begin * kTileColumns * k_count;
    } else {
      pack_b(problem, columns, k, k_count, local_b);
    }
    const bool first = block == blocks.begin;
    const bool far = problem.packed_b != nullptr && problem.padded_columns() * k_count > kNearFloats;
    const auto& multiply_tiles = far ? kAskingTileFunctions : kTileFunctions;
    for (int64_t row_panel = rows.begin; row_panel < rows.end; row_panel += kBlockPanels) {
      const Range panels{row_panel, std::min(rows.end, row_panel + kBlockPanels)};
      const float* a = local_a;
      if (problem.packed_a != nullptr) {
        a = problem.packed_a + k * p.m + problem.rows.begin(row_panel) * k_count;
      } else {
        pack_a(problem, panels, k, k_count, local_a);
      }
      for (int64_t column_panel = columns.begin; column_panel < columns.end; ++column_panel) {
        const int64_t column = column_panel * kTileColumns;
        const float* b_panel = b + (column_panel - columns.begin) * kTileColumns * k_count;
        const float* next = column_panel + 1 < columns.end ? b_panel + kTileColumns * k_count : b;
        const int64_t next_step = kTileColumns / (panels.end - panels.begin);  // the tiles share the next panel out
        const float* a_panel = a;
        for (int64_t panel = panels.begin; panel < panels.end; ++panel) {
          const int64_t row = problem.rows.begin(panel), height = problem.rows.size(panel);
          const Tile tile{k_count,
                          a_panel,
                          b_panel,
                          c + row * ldc + column,
                          ldc,
                          std::min<int64_t>(kTileColumns, p.n - column),
                          accumulate || !first,
                          with_bias && first && p.bias_per_row != nullptr ? p.bias_per_row + row : nullptr,
                          with_bias && first && p.bias_per_column != nullptr ? p.bias_per_column + column : nullptr,
                          next + (panel - panels.begin) * next_step * k_count,
                          next_step};
          multiply_tiles[static_cast<size_t>(height - 1)](tile);
          a_panel += height * k_count;
        }
      }
    }
  }
}

// C is large in one direction: the other operand is packed once and shared, tasks take parts of the large one.
void multiply_by_parts(Runtime& runtime, Problem& problem) {
  const Product& p = problem.product;
  const Range all_rows{0, problem.rows.count}, all_columns{0, problem.columns.count}, all_k{0, problem.depth.count};
  const bool by_rows = p.m >= p.n;
  if (by_rows) {
    problem.packed_b = pack_shared(runtime, problem, false);
  } else {
    problem.packed_a = pack_shared(runtime, problem, true);
  }
  const Partition tasks = by_rows ? Partition::of_at_most(problem.rows.count, kBlockPanels / 2)
                                  : Partition::of_at_most(problem.columns.count, 256 / kTileColumns);
  runtime.parallel(tasks.count, [&](int64_t task) {
    const Range part = tasks.range(task);
    multiply_part(runtime, problem, by_rows ? part : all_rows, by_rows ? all_columns : part, all_k, p.c, p.ldc,
                  p.accumulate, true);
  });
}

// C is small and k is long (gradients of weights): tasks take slices of k, the first into C, the others into partial
// sums that are added in order.
void multiply_by_slices(Runtime& runtime, Problem& problem, const Partition& slices) {
  const Product& p = problem.product;
  auto* partials = static_cast<float*>(
      runtime.scratch(static_cast<int>(Slot::kPartial), static_cast<size_t>((slices.count - 1) * p.m * p.n) * sizeof(float)));
  // Every group packs its slice of B again, so that there are only as many as keep some more cores busy.
  const int64_t groups_wanted = std::max<int64_t>(1, 16 / slices.count);
  const Partition groups{problem.rows.count, std::clamp<int64_t>(problem.rows.count / kBlockPanels, 1, groups_wanted)};
  runtime.parallel(slices.count * groups.count, [&](int64_t task) {
    const int64_t slice = task / groups.count;
    const bool into_c = slice == 0;
    multiply_part(runtime, problem, groups.range(task % groups.count), {0, problem.columns.count},
                  slices.range(slice), into_c ? p.c : partials + (slice - 1) * p.m * p.n, into_c ? p.ldc : p.n,
                  into_c && p.accumulate, into_c);
  });
  add_partials(runtime, p, partials, slices.count - 1);
}

void fill_with_bias(const Product& p) {
  for (int64_t i = 0; i < p.m; ++i) {
    for (int64_t j = 0; j < p.n; ++j) {
      float value = p.bias_per_row != nullptr ? p.bias_per_row[i] : 0.0f;
      if (p.bias_per_column != nullptr) value += p.bias_per_column[j];
      float& c = p.c[i * p.ldc + j];
      c = p.accumulate ? c + value : value;
    }
  }
}

// Rows of an operand that lie one after another, each along k; null where they do not.
const float* contiguous_rows(const Operand& operand, int64_t rows, int64_t k) {
  if (rows == 1) return operand.k_contiguous || operand.stride == 1 ? operand.data : nullptr;
  return operand.k_contiguous && operand.stride == k ? operand.data : nullptr;
}

// Products with a few vectors, as a step of decoding has them, pack nothing. False where this is none of them.
bool multiply_few(Runtime& runtime, const Product& p) {
  constexpr int64_t kFew = 8;
  const float *a = contiguous_rows(p.a, p.m, p.k), *b = contiguous_rows(p.b, p.n, p.k);
  if (a == nullptr || b == nullptr || p.accumulate) return false;
  if (p.m <= kFew && p.bias_per_row == nullptr && (p.m == 1 || p.ldc == p.n)) {
    multiply_vectors(runtime, {p.n, p.k, p.m, b, p.bias_per_column, a, p.c});
    return true;
  }
  if (p.n == 1 && p.bias_per_column == nullptr && p.ldc == 1) {
    multiply_vectors(runtime, {p.m, p.k, 1, a, p.bias_per_row, b, p.c});
    return true;
  }
  return false;
}

}  // namespace

void multiply(Runtime& runtime, const Product& product, Precision precision) {
  if (product.m <= 0 || product.n <= 0) return;
  if (product.k <= 0) return fill_with_bias(product);
  const MeasuredProduct measured(runtime, 2.0 * static_cast<double>(product.m * product.n * product.k));
  if (precision == Precision::kBf16Mixed && multiply_by_unit(runtime, product)) return;
  if (multiply_few(runtime, product)) return;
  Problem problem(product);
  // Slices of about 1,024, and no more than 16 MB of partial sums.
  const int64_t most = std::max<int64_t>(1, (int64_t{4} << 20) / (product.m * product.n));
  const int64_t slices = std::min(most, product.k / 1024);
  if (slices > 1 && product.k >= 2 * std::max(product.m, product.n)) {
    multiply_by_slices(runtime, problem, {problem.depth.count, slices});
  } else {
    multiply_by_parts(runtime, problem);
  }
}

void matrix_product(Runtime& runtime, const MatrixProduct& p) {
  multiply(runtime,
           {p.m,
            p.n,
            p.k,
            {p.a, p.lda, !p.transpose_a},
            {p.b, p.ldb, p.transpose_b},
            p.c,
            p.ldc,
            p.accumulate,
            p.bias_per_row,
            p.bias_per_column},
           p.precision);
}

}  // namespace hyena::HYENA_ISA
