#include "mixer-step.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace hyena {
namespace {

constexpr int kSlot = 12;  // of scratch, which the kernels called here leave alone

// Rows [texts, in] to [texts, out].
void project(const Kernels& kernels, Runtime& runtime, int64_t texts, int64_t in, int64_t out,
             const StepProjection& projection, const float* x, float* y) {
  kernels.linear(runtime, {texts, in, out, Layout::kTokens, Layout::kTokens, Precision::kFp32}, x, projection.weight,
                 projection.bias, y);
}

// In lanes, so that the compiler may add them side by side.
float dot(const float* a, const float* b, int64_t count) {
  constexpr int64_t kLanes = 16;
  float sums[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  float rest = 0;
  for (; i < count; ++i) rest += a[i] * b[i];
  for (int64_t half = kLanes / 2; half > 0; half /= 2) {
    for (int64_t lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
  }
  return sums[0] + rest;
}

// The filters at the present inputs u [channels], which become the newest of `window` [channels, taps - 1]. y may be u.
void filter_present(const StepFilters& f, int64_t channels, float* window, const float* u, float* y) {
  const int64_t kept = f.taps - 1, shared = channels / f.groups;
  std::vector<float> turned(f.present_last ? 0 : static_cast<size_t>(f.taps));
  for (int64_t c = 0; c < channels; ++c) {
    const float* taps = f.weight + c / shared * f.taps;
    if (!f.present_last) {
      if (c % shared == 0) std::reverse_copy(taps, taps + f.taps, turned.begin());
      taps = turned.data();
    }
    float* row = window + c * kept;
    const float input = u[c];
    float sum = dot(row, taps, kept) + taps[kept] * input;
    if (f.bias != nullptr) sum += f.bias[c];
    // Without a skip nothing is added: the product of 0 and infinity would be NaN.
    if (f.skip != nullptr) sum += f.skip[c] * input;
    if (kept > 0) {
      std::memmove(row, row + 1, static_cast<size_t>(kept - 1) * sizeof(float));
      row[kept - 1] = input;
    }
    y[c] = sum;
  }
}

void scan(const Kernels& kernels, Runtime& runtime, const StepModes& m, int64_t channels, float* state, const float* u,
          float* y) {
  kernels.modal_scan(runtime, {channels, m.groups, m.modes, 1, 1}, u, m.poles, m.residues, m.skip, state, y, state);
}

float* scratch(Runtime& runtime, int64_t floats) {
  return static_cast<float*>(runtime.scratch(kSlot, static_cast<size_t>(floats) * sizeof(float)));
}

}  // namespace

void gated_step(const Kernels& kernels, Runtime& runtime, const GatedStep& s, const GatedStepState* states, const float* x,
                float* y) {
  const int64_t d = s.d;
  float* projections = scratch(runtime, s.texts * 4 * d);
  float* mixed = projections + s.texts * 3 * d;
  project(kernels, runtime, s.texts, d, 3 * d, s.in, x, projections);
  const int64_t a = s.gate == 0 ? 1 : 0, b = s.gate == 2 ? 1 : 2;
  for (int64_t t = 0; t < s.texts; ++t) {
    float *p = projections + t * 3 * d, *to = mixed + t * d;
    if (s.short_filter.weight != nullptr) filter_present(s.short_filter, 3 * d, states[t].projections, p, p);
    for (int64_t c = 0; c < d; ++c) p[a * d + c] *= p[b * d + c];
    if (s.modes.modes > 0) {
      scan(kernels, runtime, s.modes, d, states[t].inputs, p + a * d, to);
    } else {
      filter_present(s.filter, d, states[t].inputs, p + a * d, to);
    }
    for (int64_t c = 0; c < d; ++c) to[c] *= p[s.gate * d + c];
  }
  project(kernels, runtime, s.texts, d, d, s.out, mixed, y);
}

void h3_step(const Kernels& kernels, Runtime& runtime, const H3Step& s, const H3StepState* states, const float* x,
             float* y) {
  const int64_t d = s.d, size = s.size, heads = d / size, all = s.texts * d;
  float* q = scratch(runtime, 4 * all + 2 * d * size);
  float *k = q + all, *v = k + all, *mixed = v + all, *products = mixed + all, *scanned = products + d * size;
  project(kernels, runtime, s.texts, d, d, s.q, x, q);
  project(kernels, runtime, s.texts, d, d, s.k, x, k);
  project(kernels, runtime, s.texts, d, d, s.v, x, v);
  for (int64_t t = 0; t < s.texts; ++t) {
    const float *query = q + t * d, *value = v + t * d;
    float *key = k + t * d, *to = mixed + t * d;
    filter_present(s.shift, d, states[t].keys, key, key);
    for (int64_t c = 0; c < d; ++c) {
      const float* of_head = value + c / size * size;
      for (int64_t e = 0; e < size; ++e) products[c * size + e] = key[c] * of_head[e];
    }
    scan(kernels, runtime, s.modes, d * size, states[t].modes, products, scanned);
    // Channels of the output lie as [size][heads].
    for (int64_t h = 0; h < heads; ++h) {
      for (int64_t e = 0; e < size; ++e) {
        float sum = 0;
        for (int64_t c = h * size; c < (h + 1) * size; ++c) sum += query[c] * scanned[c * size + e];
        to[e * heads + h] = sum;
      }
    }
  }
  project(kernels, runtime, s.texts, d, d, s.out, mixed, y);
}

void s4d_step(const Kernels& kernels, Runtime& runtime, const S4dStep& s, float* const* states, const float* x,
              float* y) {
  const int64_t d = s.d;
  float* scanned = scratch(runtime, s.texts * 3 * d);
  float* halves = scanned + s.texts * d;
  for (int64_t t = 0; t < s.texts; ++t) {
    float* to = scanned + t * d;
    scan(kernels, runtime, s.modes, d, states[t], x + t * d, to);
    for (int64_t c = 0; c < d; ++c) to[c] *= 0.5f * std::erfc(to[c] * -0.70710678118654752f);
  }
  project(kernels, runtime, s.texts, d, 2 * d, s.out, scanned, halves);
  for (int64_t t = 0; t < s.texts; ++t) {
    const float *a = halves + t * 2 * d, *b = a + d;
    for (int64_t c = 0; c < d; ++c) y[t * d + c] = a[c] / (1 + std::exp(-b[c]));
  }
}

void rwkv_step(const Kernels& kernels, Runtime& runtime, const RwkvStep& s, const RwkvStepState* states, const float* x,
               float* y) {
  const int64_t d = s.d, all = s.texts * d;
  float* mixture = scratch(runtime, 4 * all);
  float *k = mixture + all, *v = k + all, *r = v + all;
  const auto shifted = [&](const float* mix, const StepProjection& projection, float* to) {
    for (int64_t t = 0; t < s.texts; ++t) {
      const float *now = x + t * d, *last = states[t].last;
      for (int64_t c = 0; c < d; ++c) mixture[t * d + c] = last[c] + mix[c] * (now[c] - last[c]);
    }
    project(kernels, runtime, s.texts, d, d, projection, mixture, to);
  };
  shifted(s.mix_k, s.k, k);
  shifted(s.mix_v, s.v, v);
  shifted(s.mix_r, s.r, r);
  constexpr float kLeast = -1e30f;  // below all exponents: of what was never seen
  for (int64_t t = 0; t < s.texts; ++t) {
    float *sums = states[t].sums, *weights = sums + d, *exponents = weights + d;
    for (int64_t c = 0; c < d; ++c) {
      const float key = k[t * d + c], value = v[t * d + c];
      const float before = weights[c] > 0 ? exponents[c] : kLeast;
      const float present = key + s.bonus[c], top = std::max(before, present);
      const float past = std::exp(before - top), now = std::exp(present - top);
      const float mean = (past * sums[c] + now * value) / (past * weights[c] + now);
      r[t * d + c] = mean / (1 + std::exp(-r[t * d + c]));
      const float faded = before - std::exp(s.decay[c]), next = std::max(faded, key);
      const float kept = std::exp(faded - next), added = std::exp(key - next);
      sums[c] = kept * sums[c] + added * value;
      weights[c] = kept * weights[c] + added;
      exponents[c] = next;
    }
    std::copy_n(x + t * d, d, states[t].last);
  }
  project(kernels, runtime, s.texts, d, d, s.out, r, y);
}

void mamba2_step(const Kernels& kernels, Runtime& runtime, const Mamba2Step& s, const Mamba2StepState* states,
                 const float* x, float* y) {
  const int64_t convolved = s.inner + 2 * s.states, width = s.inner + convolved + s.heads, size = s.inner / s.heads;
  float* projections = scratch(runtime, s.texts * (width + s.inner));
  float* mixed = projections + s.texts * width;
  const auto silu = [](float value) { return value / (1 + std::exp(-value)); };
  project(kernels, runtime, s.texts, s.d, width, s.in, x, projections);
  for (int64_t t = 0; t < s.texts; ++t) {
    float *z = projections + t * width, *u = z + s.inner, *to = mixed + t * s.inner;
    const float *b = u + s.inner, *c = b + s.states, *dt = c + s.states;
    filter_present(s.convolution, convolved, states[t].inputs, u, u);
    for (int64_t i = 0; i < convolved; ++i) u[i] = silu(u[i]);
    for (int64_t h = 0; h < s.heads; ++h) {
      const float raw = dt[h] + s.dt_bias[h];
      const float step = std::max(raw, 0.0f) + std::log1p(std::exp(-std::fabs(raw)));
      const float decay = std::exp(-std::exp(s.a_log[h]) * step);
      const float* value = u + h * size;
      float *row = states[t].state + h * s.states * size, *sum = to + h * size;
      for (int64_t e = 0; e < size; ++e) sum[e] = s.skip[h] * value[e];
      for (int64_t n = 0; n < s.states; ++n, row += size) {
        const float scale = b[n] * step, seen = c[n];
        for (int64_t e = 0; e < size; ++e) {
          row[e] = decay * row[e] + scale * value[e];
          sum[e] += seen * row[e];
        }
      }
    }
    double squares = 0;
    for (int64_t i = 0; i < s.inner; ++i) {
      to[i] *= silu(z[i]);
      squares += double{to[i]} * to[i];
    }
    const auto scale = static_cast<float>(1 / std::sqrt(squares / static_cast<double>(s.inner) + s.epsilon));
    for (int64_t i = 0; i < s.inner; ++i) to[i] *= scale * s.norm[i];
  }
  project(kernels, runtime, s.texts, s.inner, s.d, s.out, mixed, y);
}

}  // namespace hyena
