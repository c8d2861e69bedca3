// The average of RWKV's time mixing (arXiv 2305.13048, equation 14), some channels at a time. Exponents are relative to the
// largest so far, so that no key overflows.
#include <algorithm>

#include "isa.h"
#include "rows.h"
#include "simd.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr float kLeast = -1e30f;  // below all exponents: of what was never seen

HYENA_INLINE Vec larger(Vec a, Vec b) { return select(a > b, a, b); }

// Sums of weighted values and of weights, both relative to e^exponent.
struct Sums {
  Vec values{}, weights{}, exponent = splat(kLeast);
};

// What the present makes of the sums before it.
struct Mean {
  Vec y, top, past, now, total;
};
HYENA_INLINE Mean mean_of(const Sums& sums, Vec key, Vec value, Vec bonus) {
  const Vec present = key + bonus, top = larger(sums.exponent, present);
  const Vec past = exp(sums.exponent - top), now = exp(present - top);
  const Vec total = fma(past, sums.weights, now);
  return {fma(past, sums.values, now * value) / total, top, past, now, total};
}

// How sums fade by a position, and what is added to them.
struct Shares {
  Vec exponent, kept, added;
};
HYENA_INLINE Shares shares_of(Vec exponent, Vec rate, Vec key) {
  const Vec faded = exponent - rate, next = larger(faded, key);
  return {next, exp(faded - next), exp(key - next)};
}

// Some neighbouring channels of one sequence.
struct Channels {
  int64_t row, first, count;  // of the sequence; of the channels
  int64_t at(const WkvShape& s, int64_t t) const { return (row * s.length + t) * s.width + first; }
};

template <class Body>
void for_each_channels(Runtime& runtime, const WkvShape& s, const Body& body) {
  const int64_t groups = (s.width + kLanes - 1) / kLanes;
  runtime.parallel(s.batch * groups, [&](int64_t task) {
    const int64_t first = task % groups * kLanes;
    body(Channels{task / groups, first, std::min<int64_t>(kLanes, s.width - first)});
  });
}

}  // namespace

void wkv(Runtime& runtime, const WkvShape& s, const WkvInputs& in, const float* before, float* y, float* after) {
  const int64_t size = s.batch * s.width;
  for_each_channels(runtime, s, [&](const Channels& c) {
    const auto read = [&](const float* from) { return load_up_to(from, c.count); };
    const Vec rate = read(in.rate + c.first), bonus = read(in.bonus + c.first);
    const int64_t state = c.row * s.width + c.first;
    Sums sums;
    if (before != nullptr) {
      sums.values = read(before + state);
      sums.weights = read(before + size + state);
      sums.exponent = select(sums.weights > splat(0), read(before + 2 * size + state), sums.exponent);
    }
    for (int64_t t = 0; t < s.length; ++t) {
      const int64_t at = c.at(s, t);
      const Vec key = read(in.k + at), value = read(in.v + at);
      store_up_to(y + at, mean_of(sums, key, value, bonus).y, c.count);
      const Shares shares = shares_of(sums.exponent, rate, key);
      sums = {fma(shares.kept, sums.values, shares.added * value), fma(shares.kept, sums.weights, shares.added),
              shares.exponent};
    }
    store_up_to(after + state, sums.values, c.count);
    store_up_to(after + size + state, sums.weights, c.count);
    store_up_to(after + 2 * size + state, sums.exponent, c.count);
  });
}

void wkv_backward(Runtime& runtime, const WkvShape& s, const WkvInputs& in, const float* dy,
                  const WkvGradients& gradients) {
  const int64_t size = s.batch * s.width;
  // Of each sequence what it says of the rates and of the bonuses.
  auto* parts = static_cast<float*>(runtime.scratch(0, static_cast<size_t>(2 * size) * sizeof(float)));
  for_each_channels(runtime, s, [&](const Channels& c) {
    const auto read = [&](const float* from) { return load_up_to(from, c.count); };
    const Vec rate = read(in.rate + c.first), bonus = read(in.bonus + c.first);
    // Of each position the mean, what it is relative to, and its gradient over the total.
    auto* kept = static_cast<float*>(
        runtime.thread_scratch(static_cast<size_t>(3 * s.length * kLanes) * sizeof(float)));
    const int64_t block = s.length * kLanes;
    Sums sums;
    Vec lag_values{}, lag_weights{};  // each times how many positions ago it was
    Vec of_rate{}, of_bonus{}, rate_part{}, bonus_part{};
    constexpr int64_t kPart = 64;  // positions that are added by themselves first, for accuracy
    for (int64_t t = 0; t < s.length; ++t) {
      const int64_t at = c.at(s, t);
      const Vec key = read(in.k + at), value = read(in.v + at);
      const Mean mean = mean_of(sums, key, value, bonus);
      const Vec slope = read(dy + at) / mean.total;
      rate_part -= slope * mean.past * fma(-mean.y, lag_weights, lag_values);
      bonus_part += slope * mean.now * (value - mean.y);
      if (t % kPart == kPart - 1 || t == s.length - 1) {
        of_rate += rate_part;
        of_bonus += bonus_part;
        rate_part = bonus_part = Vec{};
      }
      float* to = kept + t * kLanes;
      store(to, mean.y);
      store(to + block, mean.top);
      store(to + 2 * block, slope);
      const Shares shares = shares_of(sums.exponent, rate, key);
      lag_values = shares.kept * (lag_values + sums.values);
      lag_weights = shares.kept * (lag_weights + sums.weights);
      sums = {fma(shares.kept, sums.values, shares.added * value), fma(shares.kept, sums.weights, shares.added),
              shares.exponent};
    }
    const int64_t part = c.row * s.width + c.first;
    store_up_to(parts + part, of_rate, c.count);
    store_up_to(parts + size + part, of_bonus, c.count);

    // From the end: what later positions say of a value, and the same times their means.
    Vec slopes{}, means{}, exponent = splat(kLeast);
    for (int64_t t = s.length - 1; t >= 0; --t) {
      const int64_t at = c.at(s, t);
      const Vec key = read(in.k + at), value = read(in.v + at);
      const float* from = kept + t * kLanes;
      const Vec y = load(from), top = load(from + block), slope = load(from + 2 * block);
      const Vec weight = exp(key + exponent), share = slope * exp(key + bonus - top);
      store_up_to(gradients.v + at, fma(weight, slopes, share), c.count);
      store_up_to(gradients.k + at, fma(weight, fma(value, slopes, -means), share * (value - y)), c.count);
      const Shares shares = shares_of(exponent, rate, -top);
      slopes = fma(shares.kept, slopes, shares.added * slope);
      means = fma(shares.kept, means, shares.added * slope * y);
      exponent = shares.exponent;
    }
  });
  for (int64_t c = 0; c < s.width; ++c) {
    double of_rate = 0, of_bonus = 0;
    for (int64_t b = 0; b < s.batch; ++b) {
      of_rate += parts[b * s.width + c];
      of_bonus += parts[size + b * s.width + c];
    }
    gradients.rate[c] = static_cast<float>(of_rate);
    gradients.bonus[c] = static_cast<float>(of_bonus);
  }
}

}  // namespace hyena::HYENA_ISA
