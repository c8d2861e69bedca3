// Causal attention by blocks, with an online softmax: what is held beside inputs and outputs grows with the length, not
// with its square. FlashAttention, Dao et al. 2022, arXiv 2205.14135, algorithms 1 and 4.
//
// All is computed transposed, for panels of kWidth queries that lie side by side in the lanes: scores are S' [keys,
// queries], outputs O' [head_dim, queries]. Maxima, sums and factors of rows then are element by element, and S' stands
// in memory as the second product wants its right operand. `Unit` is what computes the products: fp32 (attention.cc) or
// bf16 (attention-bf16.h), each with layouts of its own for
//   keys        a block of keys, as left operand with a row per key;
//   dims        a block of keys, as left operand with a row per dimension;
//   queries     a panel of queries, as right operand with a column per query;
//   query dims  a group of queries, as right operand with a column per dimension.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "micro-kernel.h"
#include "product.h"
#include "rows.h"

namespace hyena::HYENA_ISA::attending {

inline constexpr int64_t kWidth = kTileColumns;  // queries of a panel
inline constexpr int64_t kGroup = 4;             // panels that share what is read of the keys
inline constexpr int64_t kGroupQueries = kGroup * kWidth;
inline constexpr int64_t kScratchSlot = kFirstFreeSlot;
// Stands for the largest of no scores: finite, so that its difference to itself is 0.
inline constexpr float kLowest = -1e38f;
inline constexpr float kLog2OfE = 1.44269504088896341f;

HYENA_INLINE Vec maximum(Vec a, Vec b) {
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<Vec>(_mm512_max_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b)));
#elif defined(HYENA_ISA_AVX2)
  return reinterpret_cast<Vec>(_mm256_max_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b)));
#else
  return select(a > b, a, b);
#endif
}

// 2^x for x up to 126, within 2e-7 or, where it is `coarse`, within 8e-5 of the result (bf16 has 4e-3); 0 below -126.
// NaN stays NaN. The coefficients are those of the polynomial of least relative error on [-0.5, 0.5].
template <bool coarse>
HYENA_INLINE Vec exp2(Vec x) {
  const Vec shift = splat(12582912.0f);  // 1.5 * 2^23: adding it rounds to an integer, which stands in the low bits
  const Vec biased = x + shift;
  const Vec n = biased - shift;
  const Vec r = x - n;
  Vec p;
  if constexpr (coarse) {
    p = fma(splat(0.0551716704f), r, splat(0.242611143f));
    p = fma(p, r, splat(0.693260987f));
    p = fma(p, r, splat(0.999928072f));
  } else {
    p = fma(splat(0.00132764721f), r, splat(0.00967554166f));
    p = fma(p, r, splat(0.0555071328f));
    p = fma(p, r, splat(0.240221197f));
    p = fma(p, r, splat(0.693146967f));
    p = fma(p, r, splat(1.00000007f));
  }
#if defined(HYENA_ISA_AVX512)
  const __mmask16 kept = _mm512_cmp_ps_mask(reinterpret_cast<__m512>(x), _mm512_set1_ps(-126.0f), _CMP_NLT_UQ);
  return reinterpret_cast<Vec>(_mm512_maskz_scalef_ps(kept, reinterpret_cast<__m512>(p), reinterpret_cast<__m512>(n)));
#else
  const IntVec whole = reinterpret_cast<IntVec>(biased) - splat_int(0x4b400000);
  const Vec scaled = p * reinterpret_cast<Vec>((whole + 127) << 23);
  return select(x < splat(-126.0f), Vec{}, scaled);
#endif
}

// The sizes of a problem, and which keys who sees.
struct Problem {
  const AttentionShape& s;
  int64_t offset;  // position of the first query
  float scale;
  int64_t groups;

  explicit Problem(const AttentionShape& shape)
      : s(shape),
        offset(shape.keys - shape.queries),
        scale(1.0f / std::sqrt(static_cast<float>(shape.head_dim))),
        groups((shape.queries + kGroupQueries - 1) / kGroupQueries) {}

  int64_t per_kv_head() const { return s.heads / s.kv_heads; }
  Operand rows_of_head(const float* x, int64_t batch, int64_t length, int64_t heads, int64_t head) const {
    return {x + batch * length * heads * s.head_dim + head * s.head_dim, heads * s.head_dim, true};
  }
  Operand queries_of(const float* x, int64_t batch, int64_t head) const {
    return rows_of_head(x, batch, s.queries, s.heads, head);
  }
  Operand keys_of(const float* x, int64_t batch, int64_t kv_head) const {
    return rows_of_head(x, batch, s.keys, s.kv_heads, kv_head);
  }
  // Positions of the queries from `first` up to `count` of them.
  Range positions(int64_t first, int64_t count) const {
    return {offset + first, offset + std::min(s.queries, first + count)};
  }
  // Whether any of these positions sees any of these keys.
  bool sees(Range positions, Range keys) const {
    if (positions.begin >= positions.end || keys.begin >= positions.end) return false;
    return s.window == 0 || keys.end > positions.begin - s.window + 1;
  }
  bool all_see_all(Range positions, Range keys) const {
    if (keys.end - 1 > positions.begin) return false;
    return s.window == 0 || keys.begin > positions.end - 1 - s.window;
  }
  // The keys that any of these positions sees.
  Range seen(Range positions) const {
    return {s.window == 0 ? 0 : std::max<int64_t>(0, positions.begin - s.window + 1), positions.end};
  }
};

// Sets the scores of keys that a query does not see to minus infinity: rows are the keys from `key` on.
inline void mask_scores(const Problem& problem, int64_t position, int64_t key, int64_t rows, float* scores) {
  alignas(64) int32_t lanes[kWidth];
  for (int i = 0; i < kWidth; ++i) lanes[i] = i;
  const Vec hidden = splat(-std::numeric_limits<float>::infinity());
  // As distances from the first position, which are small wherever a mask matters.
  const auto distance = [&](int64_t to) {
    return splat_int(static_cast<int32_t>(std::clamp<int64_t>(to - position, -(1 << 30), 1 << 30)));
  };
  for (int64_t row = 0; row < rows; ++row) {
    const IntVec after = distance(key + row);
    const IntVec before = distance(key + row + problem.s.window);
    for (int v = 0; v < kTileVectors; ++v) {
      IntVec lane;
      std::memcpy(&lane, lanes + v * kLanes, sizeof lane);
      float* at = scores + row * kWidth + v * kLanes;
      IntVec hide = lane < after;
      if (problem.s.window != 0) hide = hide | (lane >= before);
      store(at, select(hide, hidden, load(at)));
    }
  }
}

// to[column][row] = factor * from[row][column] for `columns` queries (at most kWidth) of a panel [head_dim, kWidth];
// factors per column or, where null, the one given.
inline void store_panel(const float* from, int64_t dims, int64_t columns, const float* factors, float factor, float* to,
                        int64_t stride) {
  for (int v = 0; v < kTileVectors; ++v) {
    const int64_t present = std::min<int64_t>(kLanes, columns - v * kLanes);
    const Vec times = factors != nullptr ? load(factors + v * kLanes) : splat(factor);
    for (int64_t e = 0; e < dims; e += kLanes) {
      Vec square[kLanes];
      for (int i = 0; i < kLanes; ++i) {
        square[i] = e + i < dims ? load(from + (e + i) * kWidth + v * kLanes) * times : Vec{};
      }
      transpose(square);
      for (int64_t i = 0; i < present; ++i) {
        store_up_to(to + (v * kLanes + i) * stride + e, square[i], std::min<int64_t>(kLanes, dims - e));
      }
    }
  }
}

// What is packed of a block of keys lies together.
template <class Unit>
class Forward {
  using Number = typename Unit::Number;

 public:
  Forward(Runtime& runtime, const AttentionShape& shape, const float* q, const float* k, const float* v, float* y,
          float* sums)
      : runtime_(runtime), p_(shape), q_(q), k_(k), v_(v), y_(y), sums_(sums) {}

  void run() {
    pack();
    const int64_t heads = p_.s.batch * p_.s.heads;
    // The last groups, which see most, first.
    runtime_.parallel(heads * p_.groups, [&](int64_t task) {
      const typename Unit::Session session;
      run_group(task % heads, p_.groups - 1 - task / heads);
    });
  }

 private:
  struct Row {  // of each query of a panel
    alignas(64) float most[kWidth], sum[kWidth];
  };

  int64_t blocks() const { return (p_.s.keys + Unit::kKeyBlock - 1) / Unit::kKeyBlock; }
  int64_t block_size() const { return Unit::keys_size(p_.s.head_dim) + Unit::dims_size(p_.s.head_dim); }

  void pack() {
    const int64_t dims = p_.s.head_dim, tasks = p_.s.batch * p_.s.kv_heads * blocks();
    packed_ = static_cast<Number*>(
        runtime_.scratch(kScratchSlot, static_cast<size_t>(tasks * block_size()) * sizeof(Number)));
    runtime_.parallel(tasks, [&](int64_t task) {
      const int64_t head = task / blocks(), first = task % blocks() * Unit::kKeyBlock;
      const int64_t present = std::min(Unit::kKeyBlock, p_.s.keys - first);
      const int64_t batch = head / p_.s.kv_heads, kv_head = head % p_.s.kv_heads;
      Number* to = packed_ + task * block_size();
      Unit::pack_keys(p_.keys_of(k_, batch, kv_head).from(first, 0), present, dims, to);
      Unit::pack_dims(p_.keys_of(v_, batch, kv_head).from(first, 0), present, dims, to + Unit::keys_size(dims));
    });
  }

  void run_group(int64_t head, int64_t group) const {
    const int64_t dims = p_.s.head_dim, batch = head / p_.s.heads, of_batch = head % p_.s.heads;
    const int64_t output = dims * kWidth, scores = Unit::kKeyBlock * kWidth, queries = Unit::queries_size(dims);
    const int64_t floats = kGroup * output + scores;
    auto* outputs = static_cast<float*>(runtime_.thread_scratch(
        static_cast<size_t>(floats) * sizeof(float) + static_cast<size_t>(kGroup * queries + scores) * sizeof(Number)));
    Row rows[kGroup];
    float* const panel_scores = outputs + kGroup * output;
    Number* const panels = reinterpret_cast<Number*>(outputs + floats);
    Number* const weights = Unit::kOneForm ? reinterpret_cast<Number*>(panel_scores) : panels + kGroup * queries;

    const Range positions = p_.positions(group * kGroupQueries, kGroupQueries);
    const int64_t present = positions.end - positions.begin, used = (present + kWidth - 1) / kWidth;
    for (int64_t panel = 0; panel < used; ++panel) {
      const int64_t first = group * kGroupQueries + panel * kWidth;
      Unit::pack_queries(p_.queries_of(q_, batch, of_batch).from(first, 0), std::min(kWidth, p_.s.queries - first),
                         dims, panels + panel * queries);
      std::fill_n(rows[panel].most, kWidth, kLowest);
      std::fill_n(rows[panel].sum, kWidth, 0.0f);
      std::fill_n(outputs + panel * output, output, 0.0f);
    }
    const Range seen = p_.seen(positions);
    const int64_t kv_head = batch * p_.s.kv_heads + of_batch / p_.per_kv_head();
    for (int64_t block = seen.begin / Unit::kKeyBlock; block * Unit::kKeyBlock < seen.end; ++block) {
      const Number* keys = packed_ + (kv_head * blocks() + block) * block_size();
      for (int64_t panel = 0; panel < used; ++panel) {
        const int64_t first = group * kGroupQueries + panel * kWidth, key = block * Unit::kKeyBlock;
        const Range of_panel = p_.positions(first, kWidth);
        if (!p_.sees(of_panel, {key, key + Unit::kKeyBlock})) continue;
        const int64_t count = std::min(Unit::kKeyBlock, round_up(of_panel.end - key, Unit::kKeys));
        Unit::scores(keys, panels + panel * queries, dims, count, panel_scores);
        if (!p_.all_see_all({of_panel.begin, of_panel.begin + kWidth}, {key, key + count})) {
          mask_scores(p_, of_panel.begin, key, count, panel_scores);
        }
        weigh(count, dims, panel_scores, rows[panel], weights, outputs + panel * output);
        Unit::add_values(keys + Unit::keys_size(dims), weights, count, dims, outputs + panel * output);
      }
    }
    for (int64_t panel = 0; panel < used; ++panel) {
      finish(batch, of_batch, group * kGroupQueries + panel * kWidth, rows[panel], outputs + panel * output);
    }
  }

  // Scores to weights e^(score - most), with what is summed already brought to the new maximum.
  void weigh(int64_t count, int64_t dims, const float* scores, Row& row, Number* weights, float* output) const {
    const Vec unit = splat(p_.scale * kLog2OfE);
    Vec most[kTileVectors], base[kTileVectors], factor[kTileVectors], sum[kTileVectors];
    for (int v = 0; v < kTileVectors; ++v) most[v] = load(row.most + v * kLanes);
    for (int64_t i = 0; i < count; ++i) {
      for (int v = 0; v < kTileVectors; ++v) most[v] = maximum(load(scores + i * kWidth + v * kLanes), most[v]);
    }
    bool moved = false;
    for (int v = 0; v < kTileVectors; ++v) {
      const Vec before = load(row.most + v * kLanes);
      base[v] = -most[v] * unit;
      factor[v] = exp2<false>((before - most[v]) * unit);
      store(row.most + v * kLanes, most[v]);
      sum[v] = Vec{};
      for (int i = 0; i < kLanes; ++i) moved = moved || before[i] != most[v][i];
    }
    for (int64_t i = 0; i < count; i += 2) {
      Vec values[2][kTileVectors];
      HYENA_UNROLL
      for (int j = 0; j < 2; ++j) {
        HYENA_UNROLL
        for (int v = 0; v < kTileVectors; ++v) {
          values[j][v] = exp2<Unit::kCoarse>(fma(load(scores + (i + j) * kWidth + v * kLanes), unit, base[v]));
        }
      }
      HYENA_UNROLL
      for (int v = 0; v < kTileVectors; ++v) sum[v] = sum[v] + (values[0][v] + values[1][v]);
      Unit::store_pairs(weights, i, values);
    }
    for (int v = 0; v < kTileVectors; ++v) {
      store(row.sum + v * kLanes, fma(load(row.sum + v * kLanes), factor[v], sum[v]));
    }
    if (!moved) return;
    for (int64_t e = 0; e < dims; ++e) {
      for (int v = 0; v < kTileVectors; ++v) {
        float* at = output + e * kWidth + v * kLanes;
        store(at, load(at) * factor[v]);
      }
    }
  }

  void finish(int64_t batch, int64_t head, int64_t first, Row& row, const float* output) const {
    const int64_t present = std::min(kWidth, p_.s.queries - first);
    if (sums_ != nullptr) {
      float* to = sums_ + (batch * p_.s.heads + head) * p_.s.queries + first;
      for (int64_t i = 0; i < present; ++i) to[i] = row.most[i] * p_.scale + std::log(row.sum[i]);
    }
    for (int64_t i = 0; i < kWidth; ++i) row.sum[i] = 1.0f / row.sum[i];
    const int64_t stride = p_.s.heads * p_.s.head_dim;
    store_panel(output, p_.s.head_dim, present, row.sum, 1,
                y_ + (batch * p_.s.queries + first) * stride + head * p_.s.head_dim, stride);
  }

  Runtime& runtime_;
  Problem p_;
  const float *q_, *k_, *v_;
  float *y_, *sums_;
  Number* packed_ = nullptr;
};

// Gradients, from scores that are computed again. Work is cut into chunks of keys and of queries; a task takes a pair of
// them and adds to the gradients of both. In each stage no chunk is in two tasks, so that every sum has one order and
// nothing is held per task.
template <class Unit>
class Backward {
  using Number = typename Unit::Number;

 public:
  Backward(Runtime& runtime, const AttentionShape& shape, const float* dy, const float* q, const float* k,
           const float* v, const float* y, const float* sums, const AttentionGradients& gradients)
      : runtime_(runtime), p_(shape), dy_(dy), q_(q), k_(k), v_(v), y_(y), sums_(sums), to_(gradients) {
    const int64_t dims = shape.head_dim;
    keys_size_ = Unit::keys_size(dims);
    key_block_ = 2 * keys_size_ + Unit::dims_size(dims);
    queries_size_ = Unit::queries_size(dims);
    query_group_ = 2 * (kGroup * queries_size_ + Unit::query_dims_size(dims));
    group_floats_ = kGroupQueries * (dims + 2);
    blocks_ = (shape.keys + Unit::kKeyBlock - 1) / Unit::kKeyBlock;
  }

  void run() {
    const int64_t all = p_.s.batch * p_.s.kv_heads, per_head = p_.per_kv_head();
    const int64_t numbers = blocks_ * key_block_ + per_head * p_.groups * query_group_;
    const int64_t floats = per_head * p_.groups * group_floats_;
    const auto bytes = static_cast<int64_t>(numbers * sizeof(Number) + floats * sizeof(float));
    const int64_t together = std::clamp<int64_t>(kMostBytes / std::max<int64_t>(1, bytes), 1, all);
    for (first_ = 0; first_ < all; first_ += together) {
      count_ = std::min(together, all - first_);
      // Floats first: the number of either is a multiple of a cache line.
      floats_ = static_cast<float*>(runtime_.scratch(kScratchSlot, static_cast<size_t>(count_ * bytes)));
      groups_ = reinterpret_cast<Number*>(floats_ + count_ * floats);
      keys_ = groups_ + count_ * per_head * p_.groups * query_group_;
      pack();
      run_stages();
      finish();
    }
  }

 private:
  static constexpr int64_t kMostBytes = int64_t{64} << 20;
  static constexpr int64_t kChunkGroups = std::max<int64_t>(1, 512 / kGroupQueries);
  static constexpr int64_t kChunkBlocks = std::max<int64_t>(1, 512 / Unit::kKeyBlock);

  // The gradient of a group's queries, transposed, then -log-sum-exp in powers of 2 and sum(dy * y) of each.
  float* group_floats(int64_t head, int64_t group) const {
    return floats_ + (head * p_.groups + group) * group_floats_;
  }
  // Of a group: queries, those of dy, query dims, those of dy.
  Number* group_numbers(int64_t head, int64_t group) const {
    return groups_ + (head * p_.groups + group) * query_group_;
  }
  // Of a block: keys, those of v, dims.
  Number* block_numbers(int64_t kv_head, int64_t block) const {
    return keys_ + (kv_head * blocks_ + block) * key_block_;
  }

  void pack() {
    const int64_t per_head = p_.per_kv_head(), each = blocks_ + per_head * p_.groups;
    runtime_.parallel(count_ * each, [&](int64_t task) {
      const int64_t kv_head = task / each, part = task % each;
      if (part < blocks_) {
        pack_block(kv_head, part);
      } else {
        pack_group(kv_head * per_head + (part - blocks_) / p_.groups, (part - blocks_) % p_.groups);
      }
    });
  }

  void pack_block(int64_t kv_head, int64_t block) const {
    const int64_t batch = (first_ + kv_head) / p_.s.kv_heads, of_batch = (first_ + kv_head) % p_.s.kv_heads;
    const int64_t first = block * Unit::kKeyBlock, present = std::min(Unit::kKeyBlock, p_.s.keys - first);
    const int64_t dims = p_.s.head_dim;
    const Operand k = p_.keys_of(k_, batch, of_batch).from(first, 0);
    Number* to = block_numbers(kv_head, block);
    Unit::pack_keys(k, present, dims, to);
    Unit::pack_keys(p_.keys_of(v_, batch, of_batch).from(first, 0), present, dims, to + keys_size_);
    Unit::pack_dims(k, present, dims, to + 2 * keys_size_);
    const Operand dk = p_.keys_of(to_.k, batch, of_batch), dv = p_.keys_of(to_.v, batch, of_batch);
    for (int64_t row = first; row < first + present; ++row) {
      std::fill_n(const_cast<float*>(dk.at(row, 0)), dims, 0.0f);
      std::fill_n(const_cast<float*>(dv.at(row, 0)), dims, 0.0f);
    }
  }

  void pack_group(int64_t head, int64_t group) const {
    const int64_t per_head = p_.per_kv_head(), dims = p_.s.head_dim;
    const int64_t kv_head = first_ + head / per_head, batch = kv_head / p_.s.kv_heads;
    const int64_t of_batch = kv_head % p_.s.kv_heads * per_head + head % per_head;
    const int64_t first = group * kGroupQueries, present = std::min(kGroupQueries, p_.s.queries - first);
    const Operand q = p_.queries_of(q_, batch, of_batch).from(first, 0);
    const Operand dy = p_.queries_of(dy_, batch, of_batch).from(first, 0);
    const Operand y = p_.queries_of(y_, batch, of_batch).from(first, 0);
    Number* to = group_numbers(head, group);
    for (int64_t panel = 0; panel * kWidth < present; ++panel) {
      const int64_t row = panel * kWidth, rows = std::min(kWidth, present - row);
      Unit::pack_queries(q.from(row, 0), rows, dims, to + panel * queries_size_);
      Unit::pack_queries(dy.from(row, 0), rows, dims, to + (kGroup + panel) * queries_size_);
    }
    to += 2 * kGroup * queries_size_;
    Unit::pack_query_dims(q, present, dims, to);
    Unit::pack_query_dims(dy, present, dims, to + Unit::query_dims_size(dims));
    float* floats = group_floats(head, group);
    std::fill_n(floats, group_floats_, 0.0f);
    float *base = floats + kGroupQueries * dims, *delta = base + kGroupQueries;
    const float* sums = sums_ + (batch * p_.s.heads + of_batch) * p_.s.queries + first;
    for (int64_t i = 0; i < present; ++i) {
      base[i] = -sums[i] * kLog2OfE;
      delta[i] = dot(dy.at(i, 0), y.at(i, 0), dims);
    }
  }

  void run_stages() {
    const int64_t key_chunks = (blocks_ + kChunkBlocks - 1) / kChunkBlocks;
    const int64_t query_chunks = (p_.groups + kChunkGroups - 1) / kChunkGroups;
    const int64_t stages = std::max(key_chunks, query_chunks);
    constexpr int64_t kKeys = kChunkBlocks * Unit::kKeyBlock, kQueries = kChunkGroups * kGroupQueries;
    for (int64_t stage = 0; stage < stages; ++stage) {
      std::vector<int64_t> chunks;  // of keys
      for (int64_t c = 0; c < key_chunks; ++c) {
        const int64_t d = (c + stage) % stages;
        if (d >= query_chunks) continue;
        const Range keys{c * kKeys, std::min(p_.s.keys, (c + 1) * kKeys)};
        if (p_.sees(p_.positions(d * kQueries, kQueries), keys)) chunks.push_back(c);
      }
      const auto each = static_cast<int64_t>(chunks.size());
      runtime_.parallel(count_ * each, [&](int64_t task) {
        const typename Unit::Session session;
        const int64_t c = chunks[static_cast<size_t>(task % each)];
        run_pair(task / each, c, (c + stage) % stages);
      });
    }
  }

  // Buffers of a task.
  struct Room {
    float *scores, *slopes, *dk, *dv;
    Number *weights, *gradients, *pairs;
  };

  void run_pair(int64_t kv_head, int64_t key_chunk, int64_t query_chunk) const {
    const int64_t dims = p_.s.head_dim, wide = round_up(dims, kWidth);
    constexpr int64_t kScores = Unit::kKeyBlock * kWidth;
    const int64_t sums = Unit::kKeyBlock * wide, floats = 2 * kScores + 2 * sums;
    Room room{};
    room.scores = static_cast<float*>(runtime_.thread_scratch(
        static_cast<size_t>(floats) * sizeof(float) + static_cast<size_t>((2 * kGroup + 1) * kScores) * sizeof(Number)));
    room.slopes = room.scores + kScores;
    room.dk = room.slopes + kScores;
    room.dv = room.dk + sums;
    room.weights = reinterpret_cast<Number*>(room.dv + sums);
    room.gradients = room.weights + kGroup * kScores;
    room.pairs = room.gradients + kGroup * kScores;

    const int64_t per_head = p_.per_kv_head();
    const int64_t batch = (first_ + kv_head) / p_.s.kv_heads, of_batch = (first_ + kv_head) % p_.s.kv_heads;
    const Operand dk = p_.keys_of(to_.k, batch, of_batch), dv = p_.keys_of(to_.v, batch, of_batch);
    const int64_t last_block = std::min(blocks_, (key_chunk + 1) * kChunkBlocks);
    const int64_t last_group = std::min(p_.groups, (query_chunk + 1) * kChunkGroups);
    const Range positions = p_.positions(query_chunk * kChunkGroups * kGroupQueries, kChunkGroups * kGroupQueries);
    for (int64_t block = key_chunk * kChunkBlocks; block < last_block; ++block) {
      const int64_t key = block * Unit::kKeyBlock, present = std::min(Unit::kKeyBlock, p_.s.keys - key);
      if (!p_.sees(positions, {key, key + present})) continue;
      if (present < Unit::kKeyBlock || dims < wide) std::fill_n(room.dk, 2 * sums, 0.0f);
      for (int64_t row = 0; row < present; ++row) {
        std::copy_n(dk.at(key + row, 0), dims, room.dk + row * wide);
        std::copy_n(dv.at(key + row, 0), dims, room.dv + row * wide);
      }
      for (int64_t head = kv_head * per_head; head < (kv_head + 1) * per_head; ++head) {
        for (int64_t group = query_chunk * kChunkGroups; group < last_group; ++group) {
          run_block(room, block_numbers(kv_head, block), key, head, group);
        }
      }
      for (int64_t row = 0; row < present; ++row) {
        std::copy_n(room.dk + row * wide, dims, const_cast<float*>(dk.at(key + row, 0)));
        std::copy_n(room.dv + row * wide, dims, const_cast<float*>(dv.at(key + row, 0)));
      }
    }
  }

  void run_block(const Room& room, const Number* keys, int64_t key, int64_t head, int64_t group) const {
    const int64_t dims = p_.s.head_dim;
    const Number* numbers = group_numbers(head, group);
    float* const dq = group_floats(head, group);
    const float *base = dq + kGroupQueries * dims, *delta = base + kGroupQueries;
    Range panels{kGroup, 0};  // those that see any of the block
    int64_t counts[kGroup];
    for (int64_t panel = 0; panel < kGroup; ++panel) {
      const Range positions = p_.positions(group * kGroupQueries + panel * kWidth, kWidth);
      if (!p_.sees(positions, {key, std::min(p_.s.keys, key + Unit::kKeyBlock)})) continue;
      const int64_t count = std::min(Unit::kKeyBlock, round_up(positions.end - key, Unit::kKeys));
      Unit::scores(keys, numbers + panel * queries_size_, dims, count, room.scores);
      Unit::scores(keys + keys_size_, numbers + (kGroup + panel) * queries_size_, dims, count, room.slopes);
      if (!p_.all_see_all({positions.begin, positions.begin + kWidth}, {key, key + count})) {
        mask_scores(p_, positions.begin, key, count, room.scores);
      }
      Number* const pairs = Unit::kOneForm ? room.gradients + panel * Unit::kKeyBlock * kWidth : room.pairs;
      differentiate(room, pairs, panel, count, base + panel * kWidth, delta + panel * kWidth);
      Unit::add_values(keys + 2 * keys_size_, pairs, count, dims, dq + panel * kWidth * dims);
      panels = {std::min(panels.begin, panel), panel + 1};
      counts[panel] = count;
    }
    if (panels.begin >= panels.end) return;
    const int64_t most = counts[panels.end - 1];
    for (int64_t panel = panels.begin; panel < panels.end; ++panel) {
      Unit::clear_rows(room.weights, panel, counts[panel], most);
      Unit::clear_rows(room.gradients, panel, counts[panel], most);
    }
    const Number* query_dims = numbers + 2 * kGroup * queries_size_;
    Unit::add_rows(room.weights, panels, query_dims + Unit::query_dims_size(dims), most, dims, room.dv);
    Unit::add_rows(room.gradients, panels, query_dims, most, dims, room.dk);
  }

  // Weights P = e^(score - log-sum-exp), and the gradients of the scores P (slope - sum(dy * y)), but for the scale.
  void differentiate(const Room& room, Number* pairs, int64_t panel, int64_t count, const float* base,
                     const float* delta) const {
    const Vec unit = splat(p_.scale * kLog2OfE);
    Vec bases[kTileVectors], deltas[kTileVectors];
    for (int v = 0; v < kTileVectors; ++v) {
      bases[v] = load(base + v * kLanes);
      deltas[v] = load(delta + v * kLanes);
    }
    for (int64_t i = 0; i < count; i += 2) {
      Vec weights[2][kTileVectors], gradients[2][kTileVectors];
      HYENA_UNROLL
      for (int j = 0; j < 2; ++j) {
        HYENA_UNROLL
        for (int v = 0; v < kTileVectors; ++v) {
          const int64_t at = (i + j) * kWidth + v * kLanes;
          weights[j][v] = exp2<Unit::kCoarse>(fma(load(room.scores + at), unit, bases[v]));
          gradients[j][v] = weights[j][v] * (load(room.slopes + at) - deltas[v]);
        }
      }
      Unit::store_rows(room.weights, panel, i, weights);
      if constexpr (!Unit::kOneForm) Unit::store_rows(room.gradients, panel, i, gradients);
      Unit::store_pairs(pairs, i, gradients);
    }
  }

  // Gradients of queries to their place, and the scale of all.
  void finish() const {
    const int64_t per_head = p_.per_kv_head(), dims = p_.s.head_dim, each = blocks_ + per_head * p_.groups;
    runtime_.parallel(count_ * each, [&](int64_t task) {
      const int64_t part = task % each, kv_head = first_ + task / each;
      const int64_t batch = kv_head / p_.s.kv_heads, of_batch = kv_head % p_.s.kv_heads;
      if (part < blocks_) {
        const Operand dk = p_.keys_of(to_.k, batch, of_batch);
        const int64_t end = std::min(p_.s.keys, (part + 1) * Unit::kKeyBlock);
        for (int64_t row = part * Unit::kKeyBlock; row < end; ++row) {
          auto* at = const_cast<float*>(dk.at(row, 0));
          for (int64_t e = 0; e < dims; ++e) at[e] *= p_.scale;
        }
        return;
      }
      const int64_t of_kv = (part - blocks_) / p_.groups, group = (part - blocks_) % p_.groups;
      const int64_t stride = p_.s.heads * dims, head = of_batch * per_head + of_kv;
      const float* from = group_floats(task / each * per_head + of_kv, group);
      for (int64_t panel = 0; panel < kGroup; ++panel) {
        const int64_t first = group * kGroupQueries + panel * kWidth;
        if (first >= p_.s.queries) break;
        store_panel(from + panel * kWidth * dims, dims, std::min(kWidth, p_.s.queries - first), nullptr, p_.scale,
                    to_.q + (batch * p_.s.queries + first) * stride + head * dims, stride);
      }
    });
  }

  Runtime& runtime_;
  Problem p_;
  const float *dy_, *q_, *k_, *v_, *y_, *sums_;
  AttentionGradients to_;
  int64_t keys_size_, key_block_, queries_size_, query_group_, group_floats_, blocks_;
  int64_t first_ = 0, count_ = 0;  // kv heads that are worked on together
  float* floats_ = nullptr;
  Number *groups_ = nullptr, *keys_ = nullptr;
};

}  // namespace hyena::HYENA_ISA::attending
