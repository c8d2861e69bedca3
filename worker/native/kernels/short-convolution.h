// The short causal depthwise convolution of the Hyena operator on one row: s[i] = bias + sum over k of
// weight[K-1-k] p[i-k] (PyTorch's Conv1d with padding K-1, cut to the length), and its gradients.
#pragma once

#include <algorithm>
#include <cstdint>

#include "rows.h"

namespace hyena::HYENA_ISA {

// p[first + lane] for each lane, zero outside of [0, length).
HYENA_INLINE Vec load_within(const float* p, int64_t first, int64_t length) {
  if (first >= 0 && first + kLanes <= length) return load(p + first);
  float lanes[kLanes] = {};
  const int64_t begin = std::max<int64_t>(0, -first);
  const int64_t end = std::min<int64_t>(kLanes, length - first);
  if (begin < end) std::memcpy(lanes + begin, p + first + begin, sizeof(float) * (end - begin));
  return load(lanes);
}

// Calls body(i, value, count) for each vector of a padded row; `count` lanes lie within the length, as a constant for
// whole vectors, and the values beyond are zero.
template <class Body>
HYENA_INLINE void short_convolution(const float* p, int64_t length, int64_t row, const float* weight, int64_t taps,
                                    float bias, const Body& body) {
  const auto edge = [&](int64_t i) {
    Vec value = splat(bias);
    for (int64_t k = 0; k < taps; k++) {
      value = fma(splat(weight[taps - 1 - k]), load_within(p, i - k, length), value);
    }
    const int64_t count = std::clamp<int64_t>(length - i, 0, kLanes);
    float lanes[kLanes];
    store(lanes, value);
    body(i, load_partial(lanes, count), count);
  };
  int64_t i = 0;
  for (; i < row && i < taps - 1; i += kLanes) edge(i);
  if (taps == 3) {
    // The published operator's size, its weights in registers.
    const Vec w0 = splat(weight[2]), w1 = splat(weight[1]), w2 = splat(weight[0]), b = splat(bias);
    for (; i + kLanes <= length; i += kLanes) {
      body(i, fma(w2, load(p + i - 2), fma(w1, load(p + i - 1), fma(w0, load(p + i), b))), kWhole);
    }
  } else {
    for (; i + kLanes <= length; i += kLanes) {
      Vec value = splat(bias);
      for (int64_t k = 0; k < taps; k++) value = fma(splat(weight[taps - 1 - k]), load(p + i - k), value);
      body(i, value, kWhole);
    }
  }
  for (; i < row; i += kLanes) edge(i);
}

// From ds [length] to dp (which may be ds), and what this row adds to the gradients of the weight and the bias.
inline void short_convolution_backward(const float* p, const float* ds, int64_t length, const float* weight,
                                       int64_t taps, float* dp, float* dweight, float& dbias) {
  if (taps != 3) {
    // Before ds is overwritten. Lags beyond the length meet only zeros.
    for (int64_t k = 0; k < std::min(taps, length); k++) dweight[taps - 1 - k] += dot(ds + k, p, length - k);
    Vec bias_sum{};
    for (int64_t i = 0; i < length; i += kLanes) {
      Vec value{};
      for (int64_t k = 0; k < taps; k++) {
        value = fma(splat(weight[taps - 1 - k]), load_within(ds, i + k, length), value);
      }
      bias_sum += load_within(ds, i, length);
      store_at(dp, i, std::min<int64_t>(kLanes, length - i), value);
    }
    dbias += reduce_add(bias_sum);
    return;
  }
  const Vec w0 = splat(weight[2]), w1 = splat(weight[1]), w2 = splat(weight[0]);
  Vec sums[4] = {};
  for_each_block(length, [&](int64_t begin, int64_t end) {
    Vec part[4] = {};
    const auto step = [&](int64_t i, Vec d0, Vec d1, Vec d2, Vec p0, Vec p1, Vec p2, auto count) {
      store_at(dp, i, count, fma(w2, d2, fma(w1, d1, w0 * d0)));
      part[0] = fma(d0, p0, part[0]);
      part[1] = fma(d0, p1, part[1]);
      part[2] = fma(d0, p2, part[2]);
      part[3] += d0;
    };
    int64_t i = begin;
    const auto edge = [&] {
      step(i, load_within(ds, i, length), load_within(ds, i + 1, length), load_within(ds, i + 2, length),
           load_within(p, i, length), load_within(p, i - 1, length), load_within(p, i - 2, length),
           std::min<int64_t>(kLanes, length - i));
      i += kLanes;
    };
    if (i == 0) edge();
    for (; i < end && i + kLanes + 2 <= length; i += kLanes) {
      step(i, load(ds + i), load(ds + i + 1), load(ds + i + 2), load(p + i), load(p + i - 1), load(p + i - 2), kWhole);
    }
    while (i < end) edge();
    for (int k = 0; k < 4; k++) sums[k] += part[k];
  });
  for (int k = 0; k < 3; k++) dweight[2 - k] += reduce_add(sums[k]);
  dbias += reduce_add(sums[3]);
}

}  // namespace hyena::HYENA_ISA
