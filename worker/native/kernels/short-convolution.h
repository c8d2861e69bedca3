// The short causal depthwise convolution of the Hyena operator on one row: s[i] = bias + sum over k of
// weight[K-1-k] p[i-k] (PyTorch's Conv1d with padding K-1, cut to the length), and its gradients.
#pragma once

#include <algorithm>
#include <cstdint>

#include "rows.h"

namespace hyena::HYENA_ISA {

// p[first + lane] for each lane, zero outside of [0, length).
HYENA_INLINE Lanes load_within(const float* p, int64_t first, int64_t length) {
  if (first >= 0 && first + kLanes <= length) return load(p + first);
  float lanes[kLanes] = {};
  const int64_t begin = std::max<int64_t>(0, -first);
  const int64_t end = std::min<int64_t>(kLanes, length - first);
  if (begin < end) std::memcpy(lanes + begin, p + first + begin, sizeof(float) * (end - begin));
  return load(lanes);
}

// Calls body(i, value) for each vector of a padded row, values beyond the length being zero.
template <class Body>
HYENA_INLINE void short_convolution(const float* p, int64_t length, int64_t row, const float* weight, int64_t taps,
                                    float bias, Body body) {
  const auto edge = [&](int64_t i) {
    Lanes value = broadcast(bias);
    for (int64_t k = 0; k < taps; k++) {
      value = fma(broadcast(weight[taps - 1 - k]), load_within(p, i - k, length), value);
    }
    body(i, load_within(reinterpret_cast<const float*>(&value), 0, std::min<int64_t>(kLanes, length - i)));
  };
  int64_t i = 0;
  for (; i < row && i < taps - 1; i += kLanes) edge(i);
  if (taps == 3) {
    // The published operator's size, its weights in registers.
    const Lanes w0 = broadcast(weight[2]), w1 = broadcast(weight[1]), w2 = broadcast(weight[0]), b = broadcast(bias);
    for (; i + kLanes <= length; i += kLanes) {
      body(i, fma(w2, load(p + i - 2), fma(w1, load(p + i - 1), fma(w0, load(p + i), b))));
    }
  } else {
    for (; i + kLanes <= length; i += kLanes) {
      Lanes value = broadcast(bias);
      for (int64_t k = 0; k < taps; k++) value = fma(broadcast(weight[taps - 1 - k]), load(p + i - k), value);
      body(i, value);
    }
  }
  for (; i < row; i += kLanes) edge(i);
}

// From ds, a padded row followed by at least taps - 1 zeros: dp, and what this row adds to the gradients of the weight
// and the bias.
inline void short_convolution_backward(const float* p, const float* ds, int64_t length, const float* weight,
                                       int64_t taps, float* dp, float* dweight, float& dbias) {
  if (taps == 3) {
    const Lanes w0 = broadcast(weight[2]), w1 = broadcast(weight[1]), w2 = broadcast(weight[0]);
    Lanes sums[4] = {};
    for (int64_t i = 0; i < length; i += kLanes) {
      const Lanes d = load(ds + i);
      const Lanes value = fma(w2, load(ds + i + 2), fma(w1, load(ds + i + 1), w0 * d));
      store_at(dp, i, std::min<int64_t>(kLanes, length - i), value);
      for (int k = 0; k < 3; k++) sums[k] = fma(d, load_within(p, i - k, length), sums[k]);
      sums[3] += d;
    }
    for (int k = 0; k < 3; k++) dweight[2 - k] += sum(sums[k]);
    dbias += sum(sums[3]);
    return;
  }
  Lanes bias_sum{};
  for (int64_t i = 0; i < length; i += kLanes) {
    Lanes value{};
    for (int64_t k = 0; k < taps; k++) value = fma(broadcast(weight[taps - 1 - k]), load(ds + i + k), value);
    store_at(dp, i, std::min<int64_t>(kLanes, length - i), value);
    bias_sum += load(ds + i);
  }
  dbias += sum(bias_sum);
  for (int64_t k = 0; k < std::min(taps, length); k++) dweight[taps - 1 - k] += dot(ds + k, p, length - k);
}

}  // namespace hyena::HYENA_ISA
