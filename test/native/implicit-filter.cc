#include <cmath>
#include <limits>

#include "check.h"

namespace hyena::test {
namespace {

using Doubles = std::vector<double>;

struct Case {
  FilterShape shape;
  std::vector<float> z, t, deltas, freq;
  std::vector<std::vector<float>> weights, biases;
  std::vector<float> dh;
};

int64_t inputs_of(const FilterShape& s, int layer) { return layer == 0 ? s.features : s.width; }
int64_t outputs_of(const FilterShape& s, int layer) { return layer > s.inner ? s.channels : s.width; }

// As a freshly made model has them: PyTorch's default weights, frequency `w`, decays of the published range.
Case make_case(Random& random, const FilterShape& s, float w) {
  Case c{s, random.normals(s.length * s.features), {}, {}, {}, {}, {}, random.normals(s.channels * s.length)};
  for (int64_t i = 0; i < s.length; ++i) c.t.push_back(static_cast<float>(i) / static_cast<float>(s.length));
  for (int64_t i = 0; i < s.channels; ++i) c.deltas.push_back(random.uniform(-15.4f, -3.07f));
  for (int64_t i = 0; i < s.width; ++i) c.freq.push_back(w + 0.1f * random.normal());
  for (int layer = 0; layer < s.inner + 2; ++layer) {
    const float bound = 1 / std::sqrt(static_cast<float>(inputs_of(s, layer)));
    c.weights.emplace_back();
    for (int64_t i = 0; i < inputs_of(s, layer) * outputs_of(s, layer); ++i) {
      c.weights.back().push_back(random.uniform(-bound, bound));
    }
    if (layer <= s.inner) c.biases.push_back(random.normals(s.width, 0.3f));
  }
  return c;
}

struct Outputs {
  std::vector<float> h, dz, dfreq;
  std::vector<std::vector<float>> dweights, dbiases;
};

Outputs run(const Kernels& kernels, Runtime& runtime, const Case& c) {
  const float rubbish = std::numeric_limits<float>::quiet_NaN();
  Outputs out{std::vector<float>(c.dh.size(), rubbish), std::vector<float>(c.z.size(), rubbish),
              std::vector<float>(c.freq.size(), rubbish), c.weights, c.biases};
  std::vector<const float*> weights, biases;
  std::vector<float*> dweights, dbiases;
  for (const auto& weight : c.weights) weights.push_back(weight.data());
  for (const auto& bias : c.biases) biases.push_back(bias.data());
  for (auto& weight : out.dweights) dweights.push_back(weight.data());
  for (auto& bias : out.dbiases) dbiases.push_back(bias.data());
  const FilterWeights in{c.z.data(), c.t.data(), c.deltas.data(), c.freq.data(), weights.data(), biases.data()};
  kernels.implicit_filter(runtime, c.shape, in, out.h.data());
  kernels.implicit_filter_backward(runtime, c.shape, in, c.dh.data(),
                                   {out.dz.data(), out.dfreq.data(), dweights.data(), dbiases.data()});
  return out;
}

struct Right {
  Doubles h, dz, dfreq;
  std::vector<Doubles> dweights, dbiases;
};

// One position at a time, in double precision.
Right reference(const Case& c) {
  const FilterShape& s = c.shape;
  Right r{Doubles(c.dh.size()), Doubles(c.z.size()), Doubles(c.freq.size()), {}, {}};
  for (const auto& weight : c.weights) r.dweights.emplace_back(weight.size());
  for (const auto& bias : c.biases) r.dbiases.emplace_back(bias.size());
  for (int64_t i = 0; i < s.length; ++i) {
    std::vector<Doubles> x{Doubles(c.z.begin() + i * s.features, c.z.begin() + (i + 1) * s.features)}, arguments;
    for (int layer = 0; layer <= s.inner; ++layer) {
      Doubles argument(c.biases[layer].begin(), c.biases[layer].end()), sine(argument.size());
      for (int64_t o = 0; o < s.width; ++o) {
        for (size_t k = 0; k < x[layer].size(); ++k) argument[o] += double{c.weights[layer][o * x[layer].size() + k]} * x[layer][k];
        sine[o] = std::sin(c.freq[o] * argument[o]);
      }
      arguments.push_back(argument);
      x.push_back(sine);
    }
    Doubles above(s.width);
    for (int64_t channel = 0; channel < s.channels; ++channel) {
      const double window =
          s.modulate ? std::exp(-double{c.t[i]} * std::fabs(double{c.deltas[channel]})) + s.shift : 1;
      const double upstream = c.dh[channel * s.length + i] * window;
      for (int64_t k = 0; k < s.width; ++k) {
        const double weight = c.weights.back()[channel * s.width + k];
        r.h[channel * s.length + i] += weight * x.back()[k] * window;
        r.dweights.back()[channel * s.width + k] += upstream * x.back()[k];
        above[k] += upstream * weight;
      }
    }
    for (int layer = s.inner; layer >= 0; --layer) {
      Doubles below(x[layer].size());
      for (int64_t o = 0; o < s.width; ++o) {
        const double turned = above[o] * std::cos(c.freq[o] * arguments[layer][o]);
        r.dfreq[o] += turned * arguments[layer][o];
        r.dbiases[layer][o] += turned * c.freq[o];
        for (size_t k = 0; k < below.size(); ++k) {
          r.dweights[layer][o * below.size() + k] += turned * c.freq[o] * x[layer][k];
          below[k] += turned * c.freq[o] * c.weights[layer][o * below.size() + k];
        }
      }
      above = below;
    }
    std::copy(above.begin(), above.end(), r.dz.begin() + i * s.features);
  }
  return r;
}

void expect_right(const Case& c, double tolerance) {
  const Right right = reference(c);
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, c);
    EXPECT_CLOSE(out.h, right.h, tolerance);
    EXPECT_CLOSE(out.dz, right.dz, tolerance);
    EXPECT_CLOSE(out.dfreq, right.dfreq, tolerance);
    for (size_t layer = 0; layer < right.dweights.size(); ++layer) {
      EXPECT_CLOSE(out.dweights[layer], right.dweights[layer], tolerance);
      if (layer < right.dbiases.size()) EXPECT_CLOSE(out.dbiases[layer], right.dbiases[layer], tolerance);
    }
  });
}

// sin(z) as filter and cos(z) as gradient: a network of one feature, one unit, no inner layer.
Case only_sine(const std::vector<float>& z) {
  const int64_t length = static_cast<int64_t>(z.size());
  return {{length, 1, 1, 1, 0, 0, false},
          z, std::vector<float>(z.size()), {0}, {1}, {{1}, {1}}, {{0}}, std::vector<float>(z.size(), 1)};
}

TEST(filter_published_shapes) {
  // Sines of such steep arguments magnify the rounding of the layer before: three of them to about 1e-4, in any fp32.
  Random random(21);
  expect_right(make_case(random, {1024, 33, 64, 128, 2, 0, true}, 14), 3e-4);
  expect_right(make_case(random, {300, 5, 64, 64, 2, 0.05f, true}, 10), 3e-4);
}

TEST(filter_random_shapes) {
  Random random(22);
  for (int repeat = 0; repeat < 40; ++repeat) {
    const FilterShape shape{random.integer(1, 400), random.integer(1, 40), random.integer(1, 70),
                            random.integer(1, 150), static_cast<int>(random.integer(0, 3)),
                            random.uniform(0, 0.1f), random.integer(0, 3) != 0};
    expect_right(make_case(random, shape, random.uniform(0.5f, 2)), 1e-5);
  }
}

TEST(filter_long) {
  Random random(23);
  expect_right(make_case(random, {20011, 17, 24, 40, 1, 0, true}, 2), 1e-5);
}

TEST(filter_sine_is_accurate) {
  std::vector<float> z;
  Random random(24);
  for (const float range : {1.0f, 10.0f, 1000.0f, 5000.0f, 1e5f, 2e6f, 1e9f}) {
    for (int i = 0; i < 20000; ++i) z.push_back(random.uniform(-range, range));
  }
  for (int i = -4000; i < 4000; ++i) z.push_back(static_cast<float>(i * 0.78539816339744831));
  const Case c = only_sine(z);
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, c);
    for (size_t i = 0; i < z.size(); ++i) {
      CHECK(std::fabs(out.h[i] - std::sin(double{z[i]})) < 1e-7);
      CHECK(std::fabs(out.dz[i] - std::cos(double{z[i]})) < 1e-7);
    }
  });
}

TEST(filter_sine_of_special_values) {
  const float infinity = std::numeric_limits<float>::infinity();
  std::vector<float> z(100, 0.5f);
  z[3] = infinity;
  z[17] = -infinity;
  z[40] = std::numeric_limits<float>::quiet_NaN();
  z[50] = 0;
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, only_sine(z));
    for (size_t i = 0; i < z.size(); ++i) {
      CHECK(std::isnan(out.h[i]) == (i == 3 || i == 17 || i == 40));
      CHECK(std::isnan(out.dz[i]) == (i == 3 || i == 17 || i == 40));
    }
    CHECK(out.h[50] == 0 && out.dz[50] == 1);
  });
}

TEST(filter_window_is_accurate) {
  // sin(π/2) everywhere, so that only the window is left.
  const int64_t length = 3000, channels = 3;
  Case c{{length, 1, 1, channels, 0, 0, true}, std::vector<float>(length, 1.57079632f), {}, {-15.35f, 40.0f, 0.0f}, {1},
         {{1}, {1, 1, 1}}, {{0}}, std::vector<float>(length * channels)};
  for (int64_t i = 0; i < length; ++i) c.t.push_back(static_cast<float>(i) * 1e-3f);
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, c);
    for (int64_t channel = 0; channel < channels; ++channel) {
      for (int64_t i = 0; i < length; ++i) {
        const double x = -double{c.t[i]} * std::fabs(double{c.deltas[channel]});
        // The product in the exponent is rounded to fp32.
        CHECK(std::fabs(out.h[channel * length + i] / std::exp(x) - 1) < 3e-7 + 6e-8 * std::fabs(x) ||
              std::exp(x) < 1e-37);
      }
    }
  });
}

TEST(filter_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    Random random(25);
    Outputs out = run(kernels, runtime, make_case(random, {1500, 9, 20, 30, 2, 0, true}, 5));
    for (const auto* more : {&out.dz, &out.dfreq}) out.h.insert(out.h.end(), more->begin(), more->end());
    for (const auto& more : out.dweights) out.h.insert(out.h.end(), more.begin(), more.end());
    for (const auto& more : out.dbiases) out.h.insert(out.h.end(), more.begin(), more.end());
    return out.h;
  });
}

}  // namespace
}  // namespace hyena::test
