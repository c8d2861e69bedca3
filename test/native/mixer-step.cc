// Steps of mixers against sums over all positions so far, in double.
#include "mixer-step.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <memory>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

using Floats = std::vector<float>;
using Doubles = std::vector<double>;
using Rows = std::vector<Doubles>;  // by position

constexpr int64_t kSteps = 9;

Doubles projected(const StepProjection& p, int64_t in, int64_t out, const Doubles& x) {
  Doubles y(static_cast<size_t>(out));
  const auto* weight = static_cast<const float*>(p.weight.values);
  for (int64_t i = 0; i < out; ++i) {
    y[i] = p.bias == nullptr ? 0 : p.bias[i];
    for (int64_t j = 0; j < in; ++j) y[i] += double{weight[i * in + j]} * x[j];
  }
  return y;
}

// The present of the filters over all inputs so far.
Doubles filtered(const StepFilters& f, int64_t channels, const Rows& u) {
  if (f.weight == nullptr) return u.back();
  Doubles y(static_cast<size_t>(channels));
  const auto now = static_cast<int64_t>(u.size()) - 1;
  for (int64_t c = 0; c < channels; ++c) {
    const float* taps = f.weight + c / (channels / f.groups) * f.taps;
    if (f.bias != nullptr) y[c] += f.bias[c];
    if (f.skip != nullptr) y[c] += double{f.skip[c]} * u[now][c];
    for (int64_t lag = 0; lag < f.taps && lag <= now; ++lag) {
      y[c] += double{taps[f.present_last ? f.taps - 1 - lag : lag]} * u[now - lag][c];
    }
  }
  return y;
}

Doubles summed_modes(const StepModes& m, int64_t channels, const Rows& u) {
  Doubles y(static_cast<size_t>(channels));
  const auto now = static_cast<int64_t>(u.size()) - 1;
  for (int64_t c = 0; c < channels; ++c) {
    const int64_t group = c / (channels / m.groups);
    y[c] = double{m.skip[group]} * u[now][c];
    for (int64_t s = group * m.modes; s < (group + 1) * m.modes; ++s) {
      const std::complex<double> pole(m.poles[4 * s], m.poles[4 * s + 1]);
      const std::complex<double> residue(m.residues[2 * s], m.residues[2 * s + 1]);
      for (int64_t lag = 0; lag <= now; ++lag) {
        y[c] += (residue * std::pow(pole, static_cast<double>(lag))).real() * u[now - lag][c];
      }
    }
  }
  return y;
}

Doubles part(const Doubles& x, int64_t index, int64_t size) {
  return {x.begin() + index * size, x.begin() + (index + 1) * size};
}
Doubles times(Doubles a, const Doubles& b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] *= b[i];
  return a;
}

// Weights that live as long as the case.
class Weights {
 public:
  explicit Weights(uint64_t seed) : random_(seed) {}
  const float* some(int64_t count, float deviation = 0.5f) {
    all_.push_back(std::make_unique<Floats>(random_.normals(count, deviation)));
    return all_.back()->data();
  }
  StepModes modes(int64_t groups, int64_t count) {
    auto poles = std::make_unique<Floats>();
    for (int64_t i = 0; i < groups * count; ++i) {
      const double angle = 0.7 * static_cast<double>(i);
      for (const double value : {0.9 * std::cos(angle), 0.9 * std::sin(angle), 0.0, 0.0}) {
        poles->push_back(static_cast<float>(value));
      }
    }
    all_.push_back(std::move(poles));
    const float* first = all_.back()->data();
    return {groups, count, first, some(groups * count * 2), some(groups)};
  }

 private:
  Random random_;
  std::vector<std::unique_ptr<Floats>> all_;
};

// Runs `step` for inputs [texts, d] of each position, and compares with `expected` of all inputs of a text so far.
template <class Step, class Expected>
void check_steps(int64_t texts, int64_t d, const Step& step, const Expected& expected, double tolerance = 3e-6) {
  Random random(5);
  std::vector<Rows> inputs(static_cast<size_t>(texts));
  for (int64_t position = 0; position < kSteps; ++position) {
    const Floats x = random.normals(texts * d);
    Floats y(x.size(), NAN);
    step(x.data(), y.data());
    Doubles all;
    for (int64_t t = 0; t < texts; ++t) {
      inputs[t].emplace_back(x.begin() + t * d, x.begin() + (t + 1) * d);
      const Doubles one = expected(inputs[t]);
      all.insert(all.end(), one.begin(), one.end());
    }
    EXPECT_CLOSE(y, all, tolerance);
  }
}

struct GatedSizes {
  int64_t texts, d;
  int gate;
  int64_t short_taps, groups, taps;
  bool present_last, plain;  // plain: no biases, no skip
  int64_t modes;
};
const GatedSizes kGated[] = {
    {1, 8, 0, 3, 4, 7, true, true, 0}, {3, 6, 0, 3, 2, 40, false, false, 0}, {2, 5, 1, 1, 5, 3, true, false, 0},
    {1, 4, 2, 2, 1, 1, false, false, 0}, {2, 6, 0, 3, 6, 1, true, true, 5},   {1, 3, 0, 1, 3, 1, true, false, 16},
    {9, 17, 0, 4, 17, 19, true, false, 0},
};

}  // namespace

TEST(gated_steps_are_the_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const GatedSizes& z : kGated) {
      Weights w(static_cast<uint64_t>(z.d * 31 + z.taps));
      const auto bias = [&](int64_t count) { return z.plain ? nullptr : w.some(count); };
      GatedStep s{z.texts, z.d, z.gate, {w.some(3 * z.d * z.d), bias(3 * z.d)}, {w.some(z.d * z.d), bias(z.d)}, {}, {}, {}};
      const bool shortened = z.short_taps > 1;
      s.short_filter = {3 * z.d, z.short_taps, true, shortened ? w.some(3 * z.d * z.short_taps) : nullptr,
                        shortened ? bias(3 * z.d) : nullptr, nullptr};
      if (z.modes > 0) {
        s.modes = w.modes(z.groups, z.modes);
      } else {
        s.filter = {z.groups, z.taps, z.present_last, w.some(z.groups * z.taps), bias(z.d), bias(z.d)};
      }
      const int64_t inputs = z.modes > 0 ? z.d * z.modes * 4 : z.d * (z.taps - 1);
      std::vector<Floats> memory;
      std::vector<GatedStepState> states;
      for (int64_t t = 0; t < z.texts; ++t) {
        memory.emplace_back(static_cast<size_t>(3 * z.d * (z.short_taps - 1)));
        memory.emplace_back(static_cast<size_t>(inputs));
      }
      for (int64_t t = 0; t < z.texts; ++t) states.push_back({memory[2 * t].data(), memory[2 * t + 1].data()});
      check_steps(z.texts, z.d, [&](const float* x, float* y) { gated_step(kernels, runtime, s, states.data(), x, y); },
                  [&](const Rows& x) {
                    Rows projections, products;
                    Doubles gate;
                    for (const Doubles& row : x) {
                      projections.push_back(projected(s.in, z.d, 3 * z.d, row));
                      const Doubles all = filtered(s.short_filter, 3 * z.d, projections);
                      Rows factors;
                      for (int third = 0; third < 3; ++third) {
                        if (third != z.gate) factors.push_back(part(all, third, z.d));
                      }
                      gate = part(all, z.gate, z.d);
                      products.push_back(times(factors[0], factors[1]));
                    }
                    const Doubles y =
                        z.modes > 0 ? summed_modes(s.modes, z.d, products) : filtered(s.filter, z.d, products);
                    return projected(s.out, z.d, z.d, times(y, gate));
                  });
    }
  });
}

TEST(h3_steps_are_the_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const auto& [texts, d, size, taps, modes] : {std::array<int64_t, 5>{1, 6, 2, 4, 3}, {2, 4, 1, 1, 2}}) {
      Weights w(static_cast<uint64_t>(d));
      const auto projection = [&] { return StepProjection{w.some(d * d), w.some(d)}; };
      const int64_t heads = d / size;
      const H3Step s{texts, d, size, projection(), projection(), projection(), projection(),
                     {d, taps, true, w.some(d * taps), nullptr, w.some(d)}, w.modes(heads, modes)};
      std::vector<Floats> memory;
      for (int64_t t = 0; t < texts; ++t) {
        memory.emplace_back(static_cast<size_t>(d * (taps - 1)));
        memory.emplace_back(static_cast<size_t>(d * size * modes * 4));
      }
      std::vector<H3StepState> states;
      for (int64_t t = 0; t < texts; ++t) states.push_back({memory[2 * t].data(), memory[2 * t + 1].data()});
      check_steps(texts, d, [&](const float* x, float* y) { h3_step(kernels, runtime, s, states.data(), x, y); },
                  [&](const Rows& x) {
                    Rows keys, products;
                    for (const Doubles& row : x) {
                      keys.push_back(projected(s.k, d, d, row));
                      const Doubles key = filtered(s.shift, d, keys), value = projected(s.v, d, d, row);
                      Doubles outer;
                      for (int64_t c = 0; c < d; ++c) {
                        for (int64_t e = 0; e < size; ++e) outer.push_back(key[c] * value[c / size * size + e]);
                      }
                      products.push_back(outer);
                    }
                    const Doubles scanned = summed_modes(s.modes, d * size, products), q = projected(s.q, d, d, x.back());
                    Doubles mixed(static_cast<size_t>(d));
                    for (int64_t c = 0; c < d; ++c) {
                      for (int64_t e = 0; e < size; ++e) mixed[e * heads + c / size] += q[c] * scanned[c * size + e];
                    }
                    return projected(s.out, d, d, mixed);
                  });
    }
  });
}

TEST(s4d_steps_are_the_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const int64_t texts = 3, d = 5, modes = 4;
    Weights w(3);
    const S4dStep s{texts, d, w.modes(d, modes), {w.some(2 * d * d), w.some(2 * d)}};
    std::vector<Floats> memory(static_cast<size_t>(texts), Floats(static_cast<size_t>(d * modes * 4)));
    std::vector<float*> states;
    for (Floats& one : memory) states.push_back(one.data());
    check_steps(texts, d, [&](const float* x, float* y) { s4d_step(kernels, runtime, s, states.data(), x, y); },
                [&](const Rows& x) {
                  Doubles y = summed_modes(s.modes, d, x);
                  for (double& value : y) value *= 0.5 * std::erfc(-value / std::sqrt(2.0));
                  const Doubles halves = projected(s.out, d, 2 * d, y);
                  Doubles out = part(halves, 0, d);
                  for (int64_t c = 0; c < d; ++c) out[c] /= 1 + std::exp(-halves[d + c]);
                  return out;
                });
  });
}

TEST(rwkv_steps_are_the_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const auto& [texts, d, spread] : {std::array<int64_t, 3>{1, 5, 1}, {3, 18, 1}, {2, 7, 120}}) {
      Weights w(static_cast<uint64_t>(d));
      const auto projection = [&](float deviation) { return StepProjection{w.some(d * d, deviation), w.some(d)}; };
      // Keys that are exponents far beyond those of fp32.
      const RwkvStep s{texts, d, projection(static_cast<float>(spread)), projection(0.5f), projection(0.5f),
                       projection(0.5f), w.some(d), w.some(d), w.some(d), w.some(d), w.some(d)};
      std::vector<Floats> memory;
      for (int64_t t = 0; t < texts; ++t) {
        memory.emplace_back(static_cast<size_t>(d));
        memory.emplace_back(static_cast<size_t>(3 * d));
      }
      std::vector<RwkvStepState> states;
      for (int64_t t = 0; t < texts; ++t) states.push_back({memory[2 * t].data(), memory[2 * t + 1].data()});
      check_steps(texts, d, [&](const float* x, float* y) { rwkv_step(kernels, runtime, s, states.data(), x, y); },
                  [&](const Rows& x) {
                    const auto now = static_cast<int64_t>(x.size()) - 1;
                    const auto shifted = [&](const StepProjection& p, const float* mix, int64_t at) {
                      Doubles row(static_cast<size_t>(d));
                      for (int64_t c = 0; c < d; ++c) {
                        row[c] = double{mix[c]} * x[at][c] + (at > 0 ? (1 - double{mix[c]}) * x[at - 1][c] : 0);
                      }
                      return projected(p, d, d, row);
                    };
                    Rows keys, values;
                    for (int64_t at = 0; at <= now; ++at) {
                      keys.push_back(shifted(s.k, s.mix_k, at));
                      values.push_back(shifted(s.v, s.mix_v, at));
                    }
                    Doubles y = shifted(s.r, s.mix_r, now);
                    for (int64_t c = 0; c < d; ++c) {
                      const double rate = std::exp(double{s.decay[c]});
                      Doubles exponents;
                      for (int64_t at = 0; at < now; ++at) {
                        exponents.push_back(keys[at][c] - static_cast<double>(now - 1 - at) * rate);
                      }
                      exponents.push_back(keys[now][c] + s.bonus[c]);
                      const double top = *std::max_element(exponents.begin(), exponents.end());
                      double sum = 0, weights = 0;
                      for (int64_t at = 0; at <= now; ++at) {
                        const double weight = std::exp(exponents[at] - top);
                        sum += weight * values[at][c];
                        weights += weight;
                      }
                      y[c] = sum / weights / (1 + std::exp(-y[c]));
                    }
                    return projected(s.out, d, d, y);
                  },
                  // A key of 100 is exact to 1e-5, and so is what it is the exponent of.
                  spread > 1 ? 1e-4 : 3e-6);
    }
  });
}

TEST(mamba2_steps_are_the_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const auto& [texts, d, heads, size, count, taps] :
         {std::array<int64_t, 6>{1, 6, 2, 3, 4, 4}, {3, 5, 1, 17, 19, 2}, {2, 4, 4, 1, 1, 1}}) {
      Weights w(static_cast<uint64_t>(d));
      const int64_t inner = heads * size, convolved = inner + 2 * count, width = inner + convolved + heads;
      const Mamba2Step s{texts, d, inner, heads, count, 1e-5f, {w.some(width * d), w.some(width)},
                         {w.some(d * inner), w.some(d)},
                         {convolved, taps, true, w.some(convolved * taps), w.some(convolved), nullptr},
                         w.some(heads), w.some(heads), w.some(heads), w.some(inner)};
      std::vector<Floats> memory;
      for (int64_t t = 0; t < texts; ++t) {
        memory.emplace_back(static_cast<size_t>(convolved * (taps - 1)));
        memory.emplace_back(static_cast<size_t>(inner * count));
      }
      std::vector<Mamba2StepState> states;
      for (int64_t t = 0; t < texts; ++t) states.push_back({memory[2 * t].data(), memory[2 * t + 1].data()});
      check_steps(texts, d, [&](const float* x, float* y) { mamba2_step(kernels, runtime, s, states.data(), x, y); },
                  [&](const Rows& x) {
                    const auto silu = [](double value) { return value / (1 + std::exp(-value)); };
                    Rows inputs, mixed, steps;
                    Doubles z;
                    for (const Doubles& row : x) {
                      const Doubles all = projected(s.in, d, width, row);
                      z = {all.begin(), all.begin() + inner};
                      inputs.emplace_back(all.begin() + inner, all.begin() + inner + convolved);
                      mixed.push_back(filtered(s.convolution, convolved, inputs));
                      for (double& value : mixed.back()) value = silu(value);
                      steps.emplace_back(all.end() - heads, all.end());
                      for (int64_t h = 0; h < heads; ++h) {
                        steps.back()[h] = std::log1p(std::exp(steps.back()[h] + s.dt_bias[h]));
                      }
                    }
                    const auto now = static_cast<int64_t>(x.size()) - 1;
                    Doubles y(static_cast<size_t>(inner));
                    for (int64_t i = 0; i < inner; ++i) {
                      const int64_t h = i / size;
                      y[i] = double{s.skip[h]} * mixed[now][i];
                      double passed = 0;
                      for (int64_t at = now; at >= 0; --at) {
                        double products = 0;
                        for (int64_t n = 0; n < count; ++n) {
                          products += mixed[now][inner + count + n] * mixed[at][inner + n];
                        }
                        y[i] += std::exp(-std::exp(double{s.a_log[h]}) * passed) * products * steps[at][h] * mixed[at][i];
                        passed += steps[at][h];
                      }
                    }
                    double squares = 0;
                    for (int64_t i = 0; i < inner; ++i) {
                      y[i] *= silu(z[i]);
                      squares += y[i] * y[i];
                    }
                    for (int64_t i = 0; i < inner; ++i) {
                      y[i] *= s.norm[i] / std::sqrt(squares / static_cast<double>(inner) + s.epsilon);
                    }
                    return projected(s.out, inner, d, y);
                  });
    }
  });
}
