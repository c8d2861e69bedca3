// Activations with and without a factor: values and gradients against sums in double, and what lies far out.
#include <cmath>
#include <limits>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

double value(ActivationKind kind, double x) {
  switch (kind) {
    case ActivationKind::kGelu: return x * 0.5 * std::erfc(-x * M_SQRT1_2);
    case ActivationKind::kSilu: return x / (1 + std::exp(-x));
    case ActivationKind::kNone: return x;
  }
  return 0;
}

double slope(ActivationKind kind, double x) {
  switch (kind) {
    case ActivationKind::kGelu:
      return 0.5 * std::erfc(-x * M_SQRT1_2) + x * std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
    case ActivationKind::kSilu: {
      const double open = 1 / (1 + std::exp(-x));
      return open * (1 + x * (1 - open));
    }
    case ActivationKind::kNone: return 1;
  }
  return 0;
}

constexpr ActivationKind kKinds[] = {ActivationKind::kGelu, ActivationKind::kSilu, ActivationKind::kNone};

}  // namespace

TEST(activation_is_its_formula_and_so_is_its_gradient) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(5);
    for (const int64_t count : {int64_t{1}, int64_t{15}, int64_t{37}, int64_t{40000} / kShorter}) {
      const std::vector<float> h = random.normals(count, 3), factor = random.normals(count), dy = random.normals(count);
      for (const ActivationKind kind : kKinds) {
        for (const bool gated : {false, true}) {
          std::vector<float> y(count), dh(count), dfactor(count);
          kernels.activation(runtime, kind, count, h.data(), gated ? factor.data() : nullptr, y.data());
          kernels.activation_backward(runtime, kind, count, dy.data(), h.data(), gated ? factor.data() : nullptr,
                                      dh.data(), gated ? dfactor.data() : nullptr);
          std::vector<double> wanted(count), wanted_dh(count), wanted_dfactor(count);
          for (int64_t i = 0; i < count; ++i) {
            const double f = gated ? factor[i] : 1;
            wanted[i] = f * value(kind, h[i]);
            wanted_dh[i] = dy[i] * f * slope(kind, h[i]);
            wanted_dfactor[i] = gated ? dy[i] * value(kind, h[i]) : 0;
          }
          EXPECT_CLOSE(y, wanted, 1e-6);
          EXPECT_CLOSE(dh, wanted_dh, 1e-6);
          EXPECT_CLOSE(dfactor, wanted_dfactor, 1e-6);
        }
      }
    }
  });
}

TEST(activation_takes_what_lies_far_out_and_keeps_nan) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const float infinity = std::numeric_limits<float>::infinity();
    const std::vector<float> h = {0, -0.0f, 1e30f, -1e30f, infinity, -infinity, NAN, 60, -60};
    const auto count = static_cast<int64_t>(h.size());
    const std::vector<float> dy(h.size(), 1.0f);
    for (const ActivationKind kind : {ActivationKind::kGelu, ActivationKind::kSilu}) {
      std::vector<float> y(h.size()), dh(h.size());
      kernels.activation(runtime, kind, count, h.data(), nullptr, y.data());
      kernels.activation_backward(runtime, kind, count, dy.data(), h.data(), nullptr, dh.data(), nullptr);
      CHECK(y[0] == 0 && y[1] == 0 && y[2] == 1e30f && y[3] == 0 && y[4] == infinity && y[5] == 0);
      CHECK(std::isnan(y[6]) && std::isnan(dh[6]));
      CHECK(dh[0] == 0.5f && dh[2] == 1 && dh[3] == 0 && dh[4] == 1 && dh[5] == 0);
      CHECK(y[7] == 60 && dh[7] == 1 && std::fabs(y[8]) < 1e-20f && std::fabs(dh[8]) < 1e-20f);
    }
  });
}
