// Layer norm over the last dimension, with the residual sum before it, and its gradient. Memory-bound: each row is read
// once from memory and stays in cache for the second and third look.
#include <cmath>

#include "isa.h"
#include "simd.h"
#include "unroll.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kRows = 16;        // a piece of work of the forward pass
constexpr int64_t kGradientRows = 128;  // one partial sum of the gradients of gamma and beta

struct Moments {
  float mean, scale;  // scale: 1 / sqrt(variance + epsilon)
};

// Calls body(offset, lanes) over a row; lanes is below kLanes only at the end.
template <typename Body>
inline void over(int64_t d, const Body& body) {
  int64_t i = 0;
  for (; i + kLanes <= d; i += kLanes) body(i, kLanes);
  if (i < d) body(i, static_cast<int>(d - i));
}

inline Vec load_lanes(const float* p, int lanes) { return lanes == kLanes ? load(p) : load_partial(p, lanes); }
inline void store_lanes(float* p, Vec v, int lanes) {
  if (lanes == kLanes) {
    store(p, v);
  } else {
    store_partial(p, v, lanes);
  }
}

// The sum of what body(offset, lanes) gives over a row, in chains that do not wait for one another.
template <typename Body>
inline float sum_over(int64_t d, const Body& body) {
  constexpr int kChains = 4;
  Vec chain[kChains] = {};
  int64_t i = 0;
  for (; i + kChains * kLanes <= d; i += kChains * kLanes) {
    HYENA_UNROLL
    for (int c = 0; c < kChains; ++c) chain[c] += body(i + c * kLanes, kLanes);
  }
  for (; i + kLanes <= d; i += kLanes) chain[0] += body(i, kLanes);
  if (i < d) chain[1] += body(i, static_cast<int>(d - i));
  return reduce_add((chain[0] + chain[1]) + (chain[2] + chain[3]));
}

// The variance from the differences, not from the squares, which would cancel.
inline Moments moments_of(const float* row, int64_t d, float total, float epsilon) {
  const float mean = total / static_cast<float>(d);
  const int64_t whole = d / kLanes * kLanes;
  float squares = sum_over(whole, [&](int64_t i, int) {
    const Vec difference = load(row + i) - mean;
    return difference * difference;
  });
  for (int64_t i = whole; i < d; ++i) squares += (row[i] - mean) * (row[i] - mean);
  return {mean, 1.0f / std::sqrt(squares / static_cast<float>(d) + epsilon)};
}

inline float sum_of(const float* row, int64_t d) {
  return sum_over(d, [&](int64_t i, int n) { return load_lanes(row + i, n); });
}

}  // namespace

void layer_norm(Runtime& runtime, int64_t rows, int64_t d, float epsilon, const float* x, const float* residual,
                const float* gamma, const float* beta, float* sum, float* y) {
  runtime.parallel_ranges(rows, kRows, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* in = x + row * d;
      float total;
      if (residual != nullptr) {
        const float *first = in, *other = residual + row * d;
        float* both = sum + row * d;
        total = sum_over(d, [&](int64_t i, int n) {
          const Vec value = load_lanes(first + i, n) + load_lanes(other + i, n);
          store_lanes(both + i, value, n);
          return value;
        });
        in = both;
      } else {
        total = sum_of(in, d);
      }
      const Moments m = moments_of(in, d, total, epsilon);
      float* out = y + row * d;
      over(d, [&](int64_t i, int n) {
        const Vec normal = (load_lanes(in + i, n) - m.mean) * m.scale;
        store_lanes(out + i, fma(normal, load_lanes(gamma + i, n), load_lanes(beta + i, n)), n);
      });
    }
  });
}

void layer_norm_backward(Runtime& runtime, int64_t rows, int64_t d, float epsilon, const float* dy,
                         const float* sum_gradient, const float* sum, const float* gamma, float* dx, float* dgamma,
                         float* dbeta) {
  const int64_t pieces = (rows + kGradientRows - 1) / kGradientRows;
  auto* partial = static_cast<float*>(runtime.scratch(0, static_cast<size_t>(pieces * 2 * d) * sizeof(float)));
  runtime.parallel_ranges(rows, kGradientRows, [&](int64_t begin, int64_t end) {
    float* gamma_sum = partial + begin / kGradientRows * 2 * d;
    float* beta_sum = gamma_sum + d;
    for (int64_t i = 0; i < 2 * d; ++i) gamma_sum[i] = 0;
    for (int64_t row = begin; row < end; ++row) {
      const float* in = sum + row * d;
      const float* gradient = dy + row * d;
      const Moments m = moments_of(in, d, sum_of(in, d), epsilon);
      Vec first{}, second{};
      over(d, [&](int64_t i, int n) {
        const Vec g = load_lanes(gradient + i, n);
        const Vec normal = (load_lanes(in + i, n) - m.mean) * m.scale;
        store_lanes(gamma_sum + i, fma(g, normal, load_lanes(gamma_sum + i, n)), n);
        store_lanes(beta_sum + i, g + load_lanes(beta_sum + i, n), n);
        const Vec weighted = g * load_lanes(gamma + i, n);  // 0 beyond the row
        first += weighted;
        second = fma(weighted, normal, second);
      });
      const float mean_first = reduce_add(first) / static_cast<float>(d);
      const float mean_second = reduce_add(second) / static_cast<float>(d);
      const float* add = sum_gradient == nullptr ? nullptr : sum_gradient + row * d;
      float* out = dx + row * d;
      over(d, [&](int64_t i, int n) {
        const Vec normal = (load_lanes(in + i, n) - m.mean) * m.scale;
        const Vec weighted = load_lanes(gradient + i, n) * load_lanes(gamma + i, n);
        Vec value = (weighted - mean_first - normal * mean_second) * m.scale;
        if (add != nullptr) value += load_lanes(add + i, n);
        store_lanes(out + i, value, n);
      });
    }
  });
  runtime.parallel_ranges(2 * d, 64, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      double total = 0;
      for (int64_t piece = 0; piece < pieces; ++piece) total += static_cast<double>(partial[piece * 2 * d + i]);
      (i < d ? dgamma[i] : dbeta[i - d]) = static_cast<float>(total);
    }
  });
}

}  // namespace hyena::HYENA_ISA
