// Causal depthwise convolution with explicit filters that groups of neighbouring channels share, as direct sums: up to
// some hundred taps, where a transform would cost more than it saves.
#include <algorithm>
#include <cstring>

#include "isa.h"
#include "rows.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kBlock = 1024;  // positions at once: they and what their taps reach stay in the first cache
constexpr int kVectors = 4;       // sums kept in registers
constexpr int kLags = 8;          // lags whose products with one row are summed at once

// Channels that one task takes.
int64_t channels_per_task(const GroupedConvolutionShape& s) {
  const int64_t products = std::max<int64_t>(1, s.batch * s.length * s.taps);
  return std::max<int64_t>(1, 65536 / products);
}

template <class Body>
void for_each_channel(Runtime& runtime, const GroupedConvolutionShape& s, const Body& body) {
  runtime.parallel_ranges(s.channels, channels_per_task(s), [&](int64_t begin, int64_t end) {
    for (int64_t channel = begin; channel < end; ++channel) body(channel);
  });
}

// to[i] = from[first + i] for i below count, zero outside of [0, length); then zeros that whole vectors may be read from.
void copy_window(const float* from, int64_t length, int64_t first, int64_t count, float* to) {
  const int64_t begin = std::clamp<int64_t>(-first, 0, count);
  const int64_t end = std::clamp<int64_t>(length - first, begin, count);
  std::fill_n(to, begin, 0.0f);
  if (begin < end) std::memcpy(to + begin, from + first + begin, sizeof(float) * static_cast<size_t>(end - begin));
  std::fill(to + end, to + count + kVectors * kLanes, 0.0f);
}
int64_t window_floats(const GroupedConvolutionShape& s) { return s.taps + kBlock + (kVectors + 1) * kLanes; }

// Calls body(i, value, lanes) for value[i] = start + sum over j of weights[j] window[i + j], i below count.
template <class Body>
HYENA_INLINE void correlate(const float* window, const float* weights, int64_t taps, int64_t count, float start,
                            const Body& body) {
  for (int64_t i = 0; i < count; i += kVectors * kLanes) {
    Vec sums[kVectors];
    for (Vec& sum : sums) sum = splat(start);
    for (int64_t j = 0; j < taps; ++j) {
      const Vec weight = splat(weights[j]);
      for (int v = 0; v < kVectors; ++v) sums[v] = fma(weight, load(window + i + j + v * kLanes), sums[v]);
    }
    for (int v = 0; v < kVectors; ++v) {
      const int64_t at = i + v * kLanes;
      if (at + kLanes <= count) {
        body(at, sums[v], kWhole);
      } else if (at < count) {
        body(at, sums[v], count - at);
      }
    }
  }
}

// Taps of a channel: the first is the one that reaches back farthest, or the one of the present.
void ordered_taps(const GroupedConvolutionShape& s, const float* filter, int64_t channel, bool farthest_first,
                  float* to) {
  const float* from = filter + channel * s.groups / s.channels * s.taps;
  if (s.present_last == farthest_first) {
    std::copy_n(from, s.taps, to);
  } else {
    std::reverse_copy(from, from + s.taps, to);
  }
}

}  // namespace

void grouped_convolution(Runtime& runtime, const GroupedConvolutionShape& s, const float* u, const float* filter,
                         const float* bias, const float* skip, float* y) {
  const int64_t columns = s.lead + s.length;
  for_each_channel(runtime, s, [&](int64_t c) {
    auto* window = static_cast<float*>(
        runtime.thread_scratch(static_cast<size_t>(window_floats(s) + s.taps) * sizeof(float)));
    float* weights = window + window_floats(s);
    ordered_taps(s, filter, c, true, weights);
    const Vec factor = splat(skip == nullptr ? 0.0f : skip[c]);
    for (int64_t b = 0; b < s.batch; ++b) {
      const float* from = u + (c * s.batch + b) * columns;
      float* to = y + (c * s.batch + b) * s.length;
      for (int64_t begin = 0; begin < s.length; begin += kBlock) {
        const int64_t count = std::min(kBlock, s.length - begin);
        copy_window(from, columns, s.lead + begin - (s.taps - 1), s.taps - 1 + count, window);
        const float* present = window + s.taps - 1;
        correlate(window, weights, s.taps, count, bias == nullptr ? 0.0f : bias[c],
                  [&](int64_t i, Vec value, auto lanes) {
                    // Without a skip nothing is added: the product of 0 and infinity would be NaN.
                    if (skip != nullptr) value = fma(factor, load(present + i), value);
                    store_at(to, begin + i, lanes, value);
                  });
      }
    }
  });
}

void grouped_convolution_backward(Runtime& runtime, const GroupedConvolutionShape& s, const float* dy, const float* u,
                                  const float* filter, const float* skip, const GroupedConvolutionGradients& gradients) {
  const int64_t columns = s.lead + s.length, taps = s.taps;
  // Of each channel, by lag; then groups are summed up in order.
  auto* by_lag = static_cast<float*>(runtime.scratch(0, static_cast<size_t>(s.channels * taps) * sizeof(float)));
  for_each_channel(runtime, s, [&](int64_t c) {
    const int64_t floats = window_floats(s);
    auto* window = static_cast<float*>(
        runtime.thread_scratch(static_cast<size_t>(2 * floats + taps) * sizeof(float)));
    float* slopes = window + floats;
    float* weights = slopes + floats;
    ordered_taps(s, filter, c, false, weights);
    float* sums = by_lag + c * taps;
    std::fill_n(sums, taps, 0.0f);
    float bias_sum = 0;
    for (int64_t b = 0; b < s.batch; ++b) {
      const float* slope = dy + (c * s.batch + b) * s.length;
      const float* from = u + (c * s.batch + b) * columns;
      float* to = gradients.u + (c * s.batch + b) * columns;
      for (int64_t begin = 0; begin < columns; begin += kBlock) {
        const int64_t count = std::min(kBlock, columns - begin);
        copy_window(slope, s.length, begin - s.lead, taps - 1 + count, window);
        correlate(window, weights, taps, count, 0.0f, [&](int64_t i, Vec value, auto lanes) {
          if (skip != nullptr) value = fma(splat(skip[c]), load(window + i), value);
          store_at(to, begin + i, lanes, value);
        });
      }
      for (int64_t begin = 0; begin < s.length; begin += kBlock) {
        const int64_t count = std::min(kBlock, s.length - begin);
        copy_window(slope, s.length, begin, count, slopes);
        copy_window(from, columns, s.lead + begin - (taps - 1), taps - 1 + count, window);
        const float* present = window + taps - 1;
        // Lags whose inputs all lie before the sequence add nothing.
        const int64_t reach = std::min(taps, s.lead + begin + count);
        for (int64_t first = 0; first < reach; first += kLags) {
          const int64_t lags = std::min<int64_t>(kLags, reach - first);
          Vec parts[kLags] = {};
          for (int64_t i = 0; i < count; i += kLanes) {
            const Vec gradient = load(slopes + i);
            for (int64_t k = 0; k < lags; ++k) parts[k] = fma(gradient, load(present + i - first - k), parts[k]);
          }
          for (int64_t k = 0; k < lags; ++k) sums[first + k] += reduce_add(parts[k]);
        }
        Vec total{};
        for (int64_t i = 0; i < count; i += kLanes) total += load(slopes + i);
        bias_sum += reduce_add(total);
      }
    }
    if (gradients.bias != nullptr) gradients.bias[c] = bias_sum;
    if (gradients.skip != nullptr) gradients.skip[c] = sums[0];  // the same sum
  });
  const int64_t shared = s.channels / s.groups;
  runtime.parallel_ranges(s.groups * taps, 4096, [&](int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; ++at) {
      const int64_t group = at / taps, tap = at % taps, lag = s.present_last ? taps - 1 - tap : tap;
      double sum = 0;
      for (int64_t c = group * shared; c < (group + 1) * shared; ++c) sum += by_lag[c * taps + lag];
      gradients.filter[at] = static_cast<float>(sum);
    }
  });
}

}  // namespace hyena::HYENA_ISA
