// Causal attention in fp32; in bf16 if there is a unit for it.
#include "attention-rows.h"
#include "bf16-unit.h"

namespace hyena::HYENA_ISA {
namespace {

using namespace attending;

// A tile of kRows x kWidth in registers: sum += a b, with a[i, k] at a[i * row + k * step].
template <int kRows, int row, int step>
HYENA_INLINE void add_tile(int64_t depth, const float* a, const float* b, Vec (&sum)[kRows][kTileVectors]) {
  for (int64_t k = 0; k < depth; ++k, a += step, b += kWidth) {
    Vec right[kTileVectors];
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) right[v] = load(b + v * kLanes);
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      const Vec left = splat(a[i * row]);
      HYENA_UNROLL
      for (int v = 0; v < kTileVectors; ++v) sum[i][v] = fma(left, right[v], sum[i][v]);
    }
  }
}
template <int kRows>
HYENA_INLINE void load_tile(const float* c, int64_t ldc, Vec (&sum)[kRows][kTileVectors]) {
  HYENA_UNROLL
  for (int i = 0; i < kRows; ++i) {
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) sum[i][v] = load(c + i * ldc + v * kLanes);
  }
}
template <int kRows>
HYENA_INLINE void store_tile(float* c, int64_t ldc, const Vec (&sum)[kRows][kTileVectors]) {
  HYENA_UNROLL
  for (int i = 0; i < kRows; ++i) {
    HYENA_UNROLL
    for (int v = 0; v < kTileVectors; ++v) store(c + i * ldc + v * kLanes, sum[i][v]);
  }
}

// c [kRows, kWidth] += a' b, a packed k by k.
template <int kRows>
void add_packed(int64_t depth, const float* a, const float* b, float* c) {
  Vec sum[kRows][kTileVectors];
  load_tile<kRows>(c, kWidth, sum);
  add_tile<kRows, 1, kRows>(depth, a, b, sum);
  store_tile<kRows>(c, kWidth, sum);
}
using AddFunction = void (*)(int64_t, const float*, const float*, float*);
template <int... kIndex>
constexpr std::array<AddFunction, sizeof...(kIndex)> add_functions(std::integer_sequence<int, kIndex...>) {
  return {add_packed<kIndex + 1>...};
}
// By number of rows, from 1.
constexpr auto kAddFunctions = add_functions(std::make_integer_sequence<int, kTileRows>());

struct Fp32 {
  using Number = float;
  struct Session {
    Session() {}
  };
  static constexpr bool kOneForm = true;  // rows and pairs of weights are the same
  static constexpr bool kCoarse = false;
  static constexpr int64_t kKeys = kTileRows;
  static constexpr int64_t kKeyBlock = 56 / kKeys * kKeys;
  static constexpr int64_t kColumnPanel = kGroupQueries * kWidth;

  static int64_t keys_size(int64_t dims) { return kKeyBlock * dims; }
  static int64_t dims_size(int64_t dims) { return kKeyBlock * dims; }
  static int64_t queries_size(int64_t dims) { return kWidth * dims; }
  static int64_t query_dims_size(int64_t dims) { return kGroupQueries * round_up(dims, kWidth); }

  static void pack_keys(const Operand& rows, int64_t present, int64_t dims, float* to) {
    for (int64_t key = 0; key < kKeyBlock; key += kKeys) {
      pack_transposing(rows.from(key, 0), std::clamp<int64_t>(present - key, 0, kKeys), dims, kKeys, to + key * dims);
    }
  }
  static void pack_dims(const Operand& rows, int64_t present, int64_t dims, float* to) {
    const Partition parts = Partition::of_at_most(dims, kTileRows);
    for (int64_t part = 0; part < parts.count; ++part) {
      const int64_t first = parts.begin(part), height = parts.size(part);
      for (int64_t key = 0; key < kKeyBlock; ++key, to += height) {
        if (key < present) {
          std::copy_n(rows.at(key, first), height, to);
        } else {
          std::fill_n(to, height, 0.0f);
        }
      }
    }
  }
  static void pack_queries(const Operand& rows, int64_t present, int64_t dims, float* to) {
    pack_transposing(rows, present, dims, kWidth, to);
  }
  static void pack_query_dims(const Operand& rows, int64_t present, int64_t dims, float* to) {
    for (int64_t first = 0; first < dims; first += kWidth) {
      const int64_t width = std::min(kWidth, dims - first);
      for (int64_t query = 0; query < kGroupQueries; ++query, to += kWidth) {
        const int64_t count = query < present ? width : 0;
        if (count > 0) std::copy_n(rows.at(query, first), count, to);
        std::fill_n(to + count, kWidth - count, 0.0f);
      }
    }
  }

  static void scores(const float* keys, const float* queries, int64_t dims, int64_t count, float* scores) {
    for (int64_t key = 0; key < count; key += kKeys) {
      Vec sum[kTileRows][kTileVectors]{};
      add_tile<kTileRows, 1, kTileRows>(dims, keys + key * dims, queries, sum);
      store_tile<kTileRows>(scores + key * kWidth, kWidth, sum);
    }
  }
  // output [dims, kWidth] += dims of the block * weights [count, kWidth]
  static void add_values(const float* of_dims, const float* weights, int64_t count, int64_t dims, float* output) {
    const Partition parts = Partition::of_at_most(dims, kTileRows);
    for (int64_t part = 0; part < parts.count; ++part) {
      const int64_t first = parts.begin(part);
      kAddFunctions[static_cast<size_t>(parts.size(part) - 1)](count, of_dims + first * kKeyBlock, weights,
                                                               output + first * kWidth);
    }
  }
  // sums [count, round_up(dims, kWidth)] += rows of these panels * query dims
  static void add_rows(const float* rows, Range panels, const float* query_dims, int64_t count, int64_t dims,
                       float* sums) {
    const int64_t wide = round_up(dims, kWidth);
    for (int64_t first = 0; first < dims; first += kWidth, query_dims += kColumnPanel) {
      for (int64_t key = 0; key < count; key += kKeys) {
        Vec sum[kTileRows][kTileVectors];
        float* c = sums + key * wide + first;
        load_tile<kTileRows>(c, wide, sum);
        for (int64_t panel = panels.begin; panel < panels.end; ++panel) {
          add_tile<kTileRows, kWidth, 1>(kWidth, rows + (panel * kKeyBlock + key) * kWidth,
                                         query_dims + panel * kWidth * kWidth, sum);
        }
        store_tile<kTileRows>(c, wide, sum);
      }
    }
  }

  // Weights of the keys `key` and `key + 1`.
  HYENA_INLINE static void store_pairs(float* weights, int64_t key, const Vec (&values)[2][kTileVectors]) {
    store_tile<2>(weights + key * kWidth, kWidth, values);
  }
  HYENA_INLINE static void store_rows(float* rows, int64_t panel, int64_t key, const Vec (&values)[2][kTileVectors]) {
    store_tile<2>(rows + (panel * kKeyBlock + key) * kWidth, kWidth, values);
  }
  static void clear_rows(float* rows, int64_t panel, int64_t begin, int64_t end) {
    std::fill_n(rows + (panel * kKeyBlock + begin) * kWidth, (end - begin) * kWidth, 0.0f);
  }
};
static_assert(Fp32::kKeyBlock % 2 == 0 && Fp32::kKeys % 2 == 0);

}  // namespace

namespace {

// Pairs of a query's number and a key's that it sees.
double pairs_of(const AttentionShape& s) {
  double pairs = 0;
  for (int64_t i = 0; i < s.queries; ++i) {
    const int64_t seen = s.keys - s.queries + i + 1;
    pairs += static_cast<double>(s.window > 0 ? std::min(seen, s.window) : seen);
  }
  return pairs * static_cast<double>(s.batch * s.heads * s.head_dim);
}

}  // namespace

void attention(Runtime& runtime, const AttentionShape& s, const float* q, const float* k, const float* v, float* y,
               float* sums) {
  if (s.batch <= 0 || s.queries <= 0) return;
  const MeasuredProduct measured(runtime, 4 * pairs_of(s));
  // Limited by memory, so in fp32 always.
  if (s.queries <= kFewQueries) return Rows(runtime, s, q, k, v, y, sums).run();
  if (s.precision == Precision::kBf16Mixed && attend_by_unit(runtime, s, q, k, v, y, sums)) return;
  Forward<Fp32>(runtime, s, q, k, v, y, sums).run();
}

void attention_backward(Runtime& runtime, const AttentionShape& s, const float* dy, const float* q, const float* k,
                        const float* v, const float* y, const float* sums, const AttentionGradients& gradients) {
  const MeasuredProduct measured(runtime, 10 * pairs_of(s));
  if (s.precision == Precision::kBf16Mixed && differentiate_by_unit(runtime, s, dy, q, k, v, y, sums, gradients)) return;
  Backward<Fp32>(runtime, s, dy, q, k, v, y, sums, gradients).run();
}

}  // namespace hyena::HYENA_ISA
