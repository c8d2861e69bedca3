// Activations between matrix products, act(h) or act(h)·factor, and their gradients, each in one pass over memory.
#include "activation.h"
#include "isa.h"
#include "rows.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kGrain = 16384;

struct Value {
  Vec y, slope;
};

// Phi(x) by Abramowitz and Stegun 7.1.26, as worker/ops/activation/contract.ts has it: half of the tail beyond |x| is
// exact where it is small.
struct Gelu {
  static Value of(Vec x) {
    const Vec size = select(x < splat(0), -x, x);
    const Vec t = 1.0f / fma(size, splat(0.3275911f * 0.70710678118654752f), splat(1));
    Vec series = splat(1.061405429f);
    series = fma(series, t, splat(-1.453152027f));
    series = fma(series, t, splat(1.421413741f));
    series = fma(series, t, splat(-0.284496736f));
    series = fma(series, t, splat(0.254829592f));
    const Vec bell = exp(x * x * -0.5f);
    const Vec tail = series * t * bell * 0.5f;
    const Vec cumulative = select(x < splat(0), tail, 1.0f - tail);
    // Where the bell is 0, so is its product with a large x; an infinite one would make it NaN.
    const Vec limited = clamp(x, -64.0f, 64.0f);
    return {select(x < splat(-64.0f), splat(0), x * cumulative),
            fma(limited * bell, splat(0.39894228040143268f), cumulative)};
  }
};

struct Silu {
  static Value of(Vec x) {
    const Vec open = 1.0f / (exp(-x) + 1.0f);
    const Vec limited = clamp(x, -104.0f, 104.0f);
    return {select(x < splat(-104.0f), splat(0), x * open), open * fma(limited, 1.0f - open, splat(1))};
  }
};

struct Identity {
  static Value of(Vec x) { return {x, splat(1)}; }
};

template <typename Activation>
void forward(Runtime& runtime, int64_t count, const float* h, const float* factor, float* y) {
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    for_each_vector(end - begin, [&](int64_t i, auto lanes) {
      const Vec value = Activation::of(load_at(h + begin, i, lanes)).y;
      store_at(y + begin, i, lanes, factor ? value * load_at(factor + begin, i, lanes) : value);
    });
  });
}

template <typename Activation>
void backward(Runtime& runtime, int64_t count, const float* dy, const float* h, const float* factor, float* dh,
              float* dfactor) {
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    for_each_vector(end - begin, [&](int64_t i, auto lanes) {
      const Value value = Activation::of(load_at(h + begin, i, lanes));
      const Vec gradient = load_at(dy + begin, i, lanes);
      const Vec slope = gradient * value.slope;
      store_at(dh + begin, i, lanes, factor ? slope * load_at(factor + begin, i, lanes) : slope);
      if (dfactor) store_at(dfactor + begin, i, lanes, gradient * value.y);
    });
  });
}

}  // namespace

void activation(Runtime& runtime, ActivationKind kind, int64_t count, const float* h, const float* factor, float* y) {
  switch (kind) {
    case ActivationKind::kGelu: return forward<Gelu>(runtime, count, h, factor, y);
    case ActivationKind::kSilu: return forward<Silu>(runtime, count, h, factor, y);
    case ActivationKind::kNone: return forward<Identity>(runtime, count, h, factor, y);
  }
}

void activation_backward(Runtime& runtime, ActivationKind kind, int64_t count, const float* dy, const float* h,
                         const float* factor, float* dh, float* dfactor) {
  switch (kind) {
    case ActivationKind::kGelu: return backward<Gelu>(runtime, count, dy, h, factor, dh, dfactor);
    case ActivationKind::kSilu: return backward<Silu>(runtime, count, dy, h, factor, dh, dfactor);
    case ActivationKind::kNone: return backward<Identity>(runtime, count, dy, h, factor, dh, dfactor);
  }
}

}  // namespace hyena::HYENA_ISA
