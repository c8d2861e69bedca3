// Causal attention of a few queries, as a step of decoding has them: nothing is packed, since each key is used but a few
// times. A task takes a span of the keys; the spans are then joined in their order.
#pragma once

#include "attention.h"

namespace hyena::HYENA_ISA::attending {

inline constexpr int64_t kFewQueries = 4;
inline constexpr int64_t kSpan = 512;       // keys of a task
inline constexpr int64_t kSpanBlock = 64;  // keys whose scores are held at a time
static_assert(kSpanBlock % kLanes == 0 && kSpan % kSpanBlock == 0);

// Of a row of queries and some keys: the largest score, the sum of weights, then that of weighted values.
inline int64_t partial_size(int64_t dims) { return 2 + round_up(dims, kLanes); }
inline void clear_partial(int64_t dims, float* partial) {
  partial[0] = kLowest;
  std::fill_n(partial + 1, partial_size(dims) - 1, 0.0f);
}

// Scores of the keys `from` to `until` (at most kSpanBlock), minus infinity up to the next vector.
inline void score(const float* query, const Operand& k, int64_t from, int64_t until, int64_t dims, float* scores) {
  for (int64_t key = from; key < until; key += kLanes) {
    Vec square[kLanes];
    const int64_t present = std::min<int64_t>(kLanes, until - key);
    for (int i = 0; i < kLanes; ++i) {
      Vec sum{};
      if (i < present) {
        const float* row = k.at(key + i, 0);
        for (int64_t e = 0; e < dims; e += kLanes) {
          sum = fma(load_up_to(query + e, dims - e), load_up_to(row + e, dims - e), sum);
        }
      }
      square[i] = sum;
    }
    transpose(square);
    for (int half = kLanes / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) square[i] = square[i] + square[i + half];
    }
    store(scores + key - from, square[0]);
  }
  for (int64_t i = until - from; i < round_up(until - from, kLanes); ++i) {
    scores[i] = -std::numeric_limits<float>::infinity();
  }
}

// Adds the keys `from` to `until` (at most kSpanBlock, at least one) to the partial of a row. @param unit of scores, for 2^x
inline void add_keys(const float* query, const Operand& k, const Operand& v, int64_t from, int64_t until, int64_t dims,
                     float unit, float* partial) {
  alignas(64) float scores[kSpanBlock];
  score(query, k, from, until, dims, scores);
  const int64_t count = until - from;
  Vec largest = splat(partial[0]);
  for (int64_t i = 0; i < count; i += kLanes) largest = maximum(load(scores + i), largest);
  const float most = reduce_max(largest);
  const Vec base = splat(-most * unit);
  Vec sum{};
  for (int64_t i = 0; i < count; i += kLanes) {
    const Vec weight = exp2<false>(fma(load(scores + i), splat(unit), base));
    store(scores + i, weight);
    sum = sum + weight;
  }
  const float factor = exp2<false>(splat((partial[0] - most) * unit))[0];
  partial[0] = most;
  partial[1] = partial[1] * factor + reduce_add(sum);
  for (int64_t e = 0; e < dims; e += kLanes) {
    Vec even = load(partial + 2 + e) * splat(factor), odd{};
    const int64_t lanes = dims - e;
    int64_t i = 0;
    for (; i + 1 < count; i += 2) {
      even = fma(splat(scores[i]), load_up_to(v.at(from + i, e), lanes), even);
      odd = fma(splat(scores[i + 1]), load_up_to(v.at(from + i + 1, e), lanes), odd);
    }
    if (i < count) even = fma(splat(scores[i]), load_up_to(v.at(from + i, e), lanes), even);
    store(partial + 2 + e, even + odd);
  }
}

struct RowTotal {
  float most, sum;
};
// y [dims] from the partials of a row, in their order, `step` apart.
inline RowTotal join_partials(const float* partials, int64_t count, int64_t step, int64_t dims, float unit, float* y) {
  RowTotal total{kLowest, 0};
  for (int64_t i = 0; i < count; ++i) {
    const float other = partials[i * step];
    total.most = other > total.most || other != other ? other : total.most;
  }
  std::fill_n(y, dims, 0.0f);
  for (int64_t i = 0; i < count; ++i) {
    const float* part = partials + i * step;
    const float factor = exp2<false>(splat((part[0] - total.most) * unit))[0];
    total.sum += part[1] * factor;
    for (int64_t e = 0; e < dims; ++e) y[e] += part[2 + e] * factor;
  }
  for (int64_t e = 0; e < dims; ++e) y[e] /= total.sum;
  return total;
}

class Rows {
 public:
  Rows(Runtime& runtime, const AttentionShape& shape, const float* q, const float* k, const float* v, float* y,
       float* sums)
      : runtime_(runtime), p_(shape), q_(q), k_(k), v_(v), y_(y), sums_(sums) {}

  void run() {
    const AttentionShape& s = p_.s;
    rows_ = p_.per_kv_head() * s.queries;
    spans_ = (s.keys + kSpan - 1) / kSpan;
    const int64_t kv_heads = s.batch * s.kv_heads;
    partials_ = static_cast<float*>(runtime_.scratch(
        kScratchSlot, static_cast<size_t>(kv_heads * spans_ * rows_ * partial_size(s.head_dim)) * sizeof(float)));
    // Heads of a span one after another, since they share its pages.
    runtime_.parallel(kv_heads * spans_, [&](int64_t task) { run_span(task % kv_heads, task / kv_heads); });
    runtime_.parallel_ranges(kv_heads * rows_, 16, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; ++row) join(row / rows_, row % rows_);
    });
  }

 private:
  float* partial(int64_t kv_head, int64_t span, int64_t row) const {
    return partials_ + ((kv_head * spans_ + span) * rows_ + row) * partial_size(p_.s.head_dim);
  }
  // Rows are those of the first head's queries, then the next one's.
  int64_t head_of(int64_t kv_head, int64_t row) const {
    return kv_head % p_.s.kv_heads * p_.per_kv_head() + row / p_.s.queries;
  }
  Range seen_by(int64_t row) const {
    const int64_t position = p_.offset + row % p_.s.queries;
    return p_.seen({position, position + 1});
  }

  void run_span(int64_t kv_head, int64_t span) const {
    const int64_t batch = kv_head / p_.s.kv_heads, dims = p_.s.head_dim;
    const Operand k = p_.keys_of(k_, batch, kv_head % p_.s.kv_heads), v = p_.keys_of(v_, batch, kv_head % p_.s.kv_heads);
    const float unit = p_.scale * kLog2OfE;
    for (int64_t row = 0; row < rows_; ++row) clear_partial(dims, partial(kv_head, span, row));
    const int64_t end = std::min(p_.s.keys, (span + 1) * kSpan);
    for (int64_t first = span * kSpan; first < end; first += kSpanBlock) {
      for (int64_t row = 0; row < rows_; ++row) {
        const Range seen = seen_by(row);
        const int64_t from = std::max(first, seen.begin), until = std::min({first + kSpanBlock, end, seen.end});
        if (from >= until) continue;
        const float* query = p_.queries_of(q_, batch, head_of(kv_head, row)).at(row % p_.s.queries, 0);
        add_keys(query, k, v, from, until, dims, unit, partial(kv_head, span, row));
      }
    }
  }

  void join(int64_t kv_head, int64_t row) const {
    const int64_t dims = p_.s.head_dim, batch = kv_head / p_.s.kv_heads, head = head_of(kv_head, row);
    const int64_t query = row % p_.s.queries;
    float* y = y_ + ((batch * p_.s.queries + query) * p_.s.heads + head) * dims;
    const RowTotal total = join_partials(partial(kv_head, 0, row), spans_, rows_ * partial_size(dims), dims,
                                         p_.scale * kLog2OfE, y);
    if (sums_ != nullptr) {
      sums_[(batch * p_.s.heads + head) * p_.s.queries + query] = total.most * p_.scale + std::log(total.sum);
    }
  }

  Runtime& runtime_;
  Problem p_;
  const float *q_, *k_, *v_;
  float *y_, *sums_;
  float* partials_ = nullptr;
  int64_t rows_ = 0, spans_ = 0;
};

}  // namespace hyena::HYENA_ISA::attending
