// Layer norm, with and without the residual sum, and its gradient, against the formula in double.
#include <cmath>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

using Doubles = std::vector<double>;
constexpr double kTolerance = 4e-6;
constexpr double kEpsilon = 1e-5;

struct Expected {
  Doubles y, dx, dgamma, dbeta;
};

// What layer norm of the rows of `sum` is, and its gradients for dy with `added` on top of dx.
Expected expected_of(int64_t rows, int64_t d, const std::vector<float>& sum, const std::vector<float>& gamma,
                     const std::vector<float>& beta, const std::vector<float>& dy, const std::vector<float>& added) {
  const auto n = static_cast<size_t>(d), all = static_cast<size_t>(rows) * n;
  Expected e{Doubles(all), Doubles(all), Doubles(n), Doubles(n)};
  for (size_t row = 0; row < static_cast<size_t>(rows); ++row) {
    const float* x = sum.data() + row * n;
    double mean = 0, variance = 0, first = 0, second = 0;
    for (size_t i = 0; i < n; ++i) mean += x[i] / static_cast<double>(d);
    for (size_t i = 0; i < n; ++i) variance += (x[i] - mean) * (x[i] - mean) / static_cast<double>(d);
    const double scale = 1 / std::sqrt(variance + kEpsilon);
    const auto normal = [&](size_t i) { return (x[i] - mean) * scale; };
    for (size_t i = 0; i < n; ++i) {
      const double g = dy[row * n + i];
      e.y[row * n + i] = normal(i) * gamma[i] + beta[i];
      e.dgamma[i] += g * normal(i);
      e.dbeta[i] += g;
      first += g * gamma[i] / static_cast<double>(d);
      second += g * gamma[i] * normal(i) / static_cast<double>(d);
    }
    for (size_t i = 0; i < n; ++i) {
      e.dx[row * n + i] = (double{dy[row * n + i]} * gamma[i] - first - normal(i) * second) * scale + added[row * n + i];
    }
  }
  return e;
}

void check_layer_norm(const Kernels& kernels, Runtime& runtime, int64_t rows, int64_t d, bool with_residual) {
  Random random(static_cast<uint64_t>(rows * 10007 + d));
  const std::vector<float> x = random.normals(rows * d, 2), residual = random.normals(rows * d);
  const std::vector<float> gamma = random.normals(d), beta = random.normals(d), dy = random.normals(rows * d);
  std::vector<float> added = random.normals(rows * d);
  std::vector<float> sum(x.size()), y(x.size()), dx(x.size()), dgamma(gamma.size()), dbeta(gamma.size());
  kernels.layer_norm(runtime, rows, d, kEpsilon, x.data(), with_residual ? residual.data() : nullptr, gamma.data(),
                     beta.data(), with_residual ? sum.data() : nullptr, y.data());
  std::vector<float> normed = x;
  if (with_residual) {
    for (size_t i = 0; i < x.size(); ++i) normed[i] = x[i] + residual[i];
    EXPECT_SAME(sum, normed);
  } else {
    std::fill(added.begin(), added.end(), 0.0f);
  }
  kernels.layer_norm_backward(runtime, rows, d, kEpsilon, dy.data(), with_residual ? added.data() : nullptr,
                              normed.data(), gamma.data(), dx.data(), dgamma.data(), dbeta.data());
  const Expected e = expected_of(rows, d, normed, gamma, beta, dy, added);
  // Two values that are nearly equal lose most of their digits in the difference from their mean.
  EXPECT_CLOSE(y, e.y, d > 2 ? kTolerance : 1e-4);
  EXPECT_CLOSE(dgamma, e.dgamma, kTolerance);
  EXPECT_CLOSE(dbeta, e.dbeta, kTolerance);
  // One or two channels are always normalised to the same values: their gradient is rounding alone.
  if (d > 2) EXPECT_CLOSE(dx, e.dx, 5 * kTolerance);
}

}  // namespace

TEST(layer_norm_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(3);
    for (const int64_t d : {1, 2, 7, 15, 16, 17, 33, 64, 128, 257}) {
      for (const int64_t rows : {int64_t{1}, int64_t{3}, random.integer(4, 300)}) {
        for (const bool with_residual : {false, true}) check_layer_norm(kernels, runtime, rows, d, with_residual);
      }
    }
  });
}

TEST(layer_norm_is_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    constexpr int64_t kRows = 700, kWidth = 48;
    Random random(5);
    const auto x = random.normals(kRows * kWidth), dy = random.normals(kRows * kWidth), gamma = random.normals(kWidth);
    std::vector<float> result(static_cast<size_t>((kRows + 2) * kWidth));
    kernels.layer_norm_backward(runtime, kRows, kWidth, 1e-5f, dy.data(), nullptr, x.data(), gamma.data(),
                                result.data(), result.data() + kRows * kWidth, result.data() + (kRows + 1) * kWidth);
    return result;
  });
}

TEST(layer_norm_keeps_not_a_number_in_its_row) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    constexpr int64_t kWidth = 20;
    std::vector<float> x = Random(7).normals(3 * kWidth), y(x.size());
    const std::vector<float> ones(kWidth, 1.0f), zeros(kWidth, 0.0f);
    x[kWidth + 3] = NAN;
    kernels.layer_norm(runtime, 3, kWidth, 1e-5f, x.data(), nullptr, ones.data(), zeros.data(), nullptr, y.data());
    for (int64_t i = 0; i < 3 * kWidth; ++i) {
      CHECK(std::isnan(y[static_cast<size_t>(i)]) == (i / kWidth == 1));
    }
  });
}
