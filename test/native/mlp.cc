// The MLP block and its gradient.
#include <bit>
#include <cmath>

#include "check.h"
#include "dense-reference.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr double kTolerance = 3e-6;

struct Mlp {
  MlpShape shape;
  std::vector<float> x, w1, b1, w2, b2, dy;

  explicit Mlp(const MlpShape& s, uint64_t seed) : shape(s) {
    Random random(seed);
    x = random.normals(s.rows * s.d);
    w1 = random.normals(s.inner * s.d, 1.5f / std::sqrt(static_cast<float>(s.d)));
    b1 = random.normals(s.inner);
    w2 = random.normals(s.inner * s.d, 1 / std::sqrt(static_cast<float>(s.inner)));
    b2 = random.normals(s.d);
    dy = random.normals(s.rows * s.d);
  }
};

void check_mlp(const Kernels& kernels, Runtime& runtime, const MlpShape& s, uint64_t seed) {
  const Mlp m(s, seed);
  Doubles hidden = product(widened(m.x), transposed(widened(m.w1), s.inner, s.d), s.rows, s.d, s.inner);
  add_bias(hidden, widened(m.b1));
  Doubles activation = hidden;
  for (double& value : activation) value = gelu(value);
  Doubles y = product(activation, transposed(widened(m.w2), s.d, s.inner), s.rows, s.inner, s.d);
  add_bias(y, widened(m.b2));

  std::vector<float> result(y.size()), kept(hidden.size()), alone(y.size());
  kernels.mlp(runtime, s, m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(), result.data(), kept.data());
  EXPECT_CLOSE(result, y, kTolerance);
  EXPECT_CLOSE(kept, hidden, kTolerance);
  kernels.mlp(runtime, s, m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(), alone.data(), nullptr);
  EXPECT_SAME(alone, result);

  Doubles gradient = product(widened(m.dy), widened(m.w2), s.rows, s.d, s.inner);
  for (size_t i = 0; i < gradient.size(); ++i) gradient[i] *= gelu_derivative(hidden[i]);
  std::vector<float> dx(m.x.size()), dw1(m.w1.size()), db1(m.b1.size()), dw2(m.w2.size()), db2(m.b2.size());
  kernels.mlp_backward(runtime, s, m.dy.data(), m.x.data(), m.w1.data(), m.w2.data(), kept.data(), dx.data(),
                       dw1.data(), db1.data(), dw2.data(), db2.data());
  EXPECT_CLOSE(dx, product(gradient, widened(m.w1), s.rows, s.inner, s.d), kTolerance);
  EXPECT_CLOSE(dw1, product(transposed(gradient, s.rows, s.inner), widened(m.x), s.inner, s.rows, s.d), kTolerance);
  EXPECT_CLOSE(db1, sum_of_rows(gradient, s.inner), kTolerance);
  EXPECT_CLOSE(dw2, product(transposed(widened(m.dy), s.rows, s.d), activation, s.d, s.rows, s.inner), kTolerance);
  EXPECT_CLOSE(db2, sum_of_rows(widened(m.dy), s.d), kTolerance);
}

// The same with the values before the activation kept in bf16, of which the gradients alone depend.
void check_kept_bf16(const Kernels& kernels, Runtime& runtime, MlpShape s, uint64_t seed) {
  const Mlp m(s, seed);
  s.precision = Precision::kBf16Mixed;
  const auto count = static_cast<size_t>(s.rows * s.inner);
  Doubles hidden = product(widened(m.x), transposed(widened(m.w1), s.inner, s.d), s.rows, s.d, s.inner);
  add_bias(hidden, widened(m.b1));
  std::vector<float> y(m.x.size()), alone(m.x.size());
  std::vector<uint16_t> kept(count + 1, 0xabcd);
  kernels.mlp(runtime, s, m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(), y.data(), kept.data());
  CHECK(kept[count] == 0xabcd);
  kernels.mlp(runtime, s, m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(), alone.data(), nullptr);
  EXPECT_SAME(alone, y);
  std::vector<float> read(count);
  for (size_t i = 0; i < count; ++i) read[i] = std::bit_cast<float>(static_cast<uint32_t>(kept[i]) << 16);
  EXPECT_CLOSE(read, hidden, 2e-2);

  Doubles activation = hidden, gradient = product(widened(m.dy), widened(m.w2), s.rows, s.d, s.inner);
  for (double& value : activation) value = gelu(value);
  for (size_t i = 0; i < count; ++i) gradient[i] *= gelu_derivative(hidden[i]);
  std::vector<float> dx(m.x.size()), dw1(m.w1.size()), db1(m.b1.size()), dw2(m.w2.size()), db2(m.b2.size());
  kernels.mlp_backward(runtime, s, m.dy.data(), m.x.data(), m.w1.data(), m.w2.data(), kept.data(), dx.data(),
                       dw1.data(), db1.data(), dw2.data(), db2.data());
  EXPECT_CLOSE(dx, product(gradient, widened(m.w1), s.rows, s.inner, s.d), 2e-2);
  EXPECT_CLOSE(dw1, product(transposed(gradient, s.rows, s.inner), widened(m.x), s.inner, s.rows, s.d), 2e-2);
  EXPECT_CLOSE(dw2, product(transposed(widened(m.dy), s.rows, s.d), activation, s.d, s.rows, s.inner), 2e-2);
}

// The activation alone: one channel in, weights 1, so that hidden is x.
std::vector<float> gelu_of(const Kernels& kernels, Runtime& runtime, const std::vector<float>& x,
                           std::vector<float>* derivative = nullptr) {
  const MlpShape s{static_cast<int64_t>(x.size()), 1, 1, Precision::kFp32};
  const float one = 1, zero = 0;
  std::vector<float> y(x.size()), hidden(x.size());
  kernels.mlp(runtime, s, x.data(), &one, &zero, &one, &zero, y.data(), hidden.data());
  if (derivative != nullptr) {
    const std::vector<float> dy(x.size(), 1);
    float dw1, db1, dw2, db2;
    derivative->resize(x.size());
    kernels.mlp_backward(runtime, s, dy.data(), x.data(), &one, &one, hidden.data(), derivative->data(), &dw1, &db1,
                         &dw2, &db2);
  }
  return y;
}

}  // namespace

TEST(mlp_of_random_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    check_mlp(kernels, runtime, {1, 1, 1, Precision::kFp32}, 1);
    check_mlp(kernels, runtime, {1, 64, 256, Precision::kFp32}, 2);
    check_mlp(kernels, runtime, {300, 128, 512, Precision::kFp32}, 3);
    check_mlp(kernels, runtime, {2303, 8, 24, Precision::kFp32}, 4);
    Random random(5);
    for (int i = 0; i < 25; ++i) {
      check_mlp(kernels, runtime,
                {random.integer(1, 300), random.integer(1, 70), random.integer(1, 300), Precision::kFp32},
                static_cast<uint64_t>(10 + i));
    }
  });
}

TEST(mlp_keeps_bf16_in_bf16_mixed) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    check_kept_bf16(kernels, runtime, {1, 64, 257, Precision::kFp32}, 41);
    check_kept_bf16(kernels, runtime, {301, 40, 100, Precision::kFp32}, 42);
    check_kept_bf16(kernels, runtime, {2303, 8, 23, Precision::kFp32}, 43);
  });
}

TEST(mlp_passes_nan_through_bf16) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const MlpShape s{4, 1, 1, Precision::kBf16Mixed};
    const std::vector<float> x{NAN, -NAN, std::bit_cast<float>(0x7fffffffu), HUGE_VALF};
    const float one = 1, zero = 0;
    std::vector<float> y(x.size());
    std::vector<uint16_t> kept(x.size());
    kernels.mlp(runtime, s, x.data(), &one, &zero, &one, &zero, y.data(), kept.data());
    for (size_t i = 0; i < 3; ++i) CHECK(std::isnan(std::bit_cast<float>(static_cast<uint32_t>(kept[i]) << 16)));
    CHECK(kept[3] == 0x7f80);
  });
}

TEST(gelu_is_accurate_everywhere) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> x, derivative;
    for (int i = -24000; i <= 24000; ++i) x.push_back(static_cast<float>(i) * 0.0005f);
    for (const float tiny : {0.0f, -0.0f, 1e-30f, -1e-30f, 1e-42f, 3e38f, 1e20f, -1e20f, -3e38f}) x.push_back(tiny);
    const std::vector<float> y = gelu_of(kernels, runtime, x, &derivative);
    for (size_t i = 0; i < x.size(); ++i) {
      const double expected = std::fabs(x[i]) > 20 ? (x[i] > 0 ? x[i] : 0) : gelu(x[i]);
      const double slope = std::fabs(x[i]) > 20 ? (x[i] > 0 ? 1 : 0) : gelu_derivative(x[i]);
      // Relative for moderate x; far below zero GELU falls like e^-x^2 and so does what counts as accurate.
      const double tolerance = x[i] > -4 ? 2e-6 * std::fabs(expected) : 1e-7;
      CHECK(std::fabs(y[i] - expected) <= tolerance);
      CHECK(std::fabs(derivative[i] - slope) <= 1e-6);
    }
  });
}

TEST(mlp_passes_nan_and_infinity) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> derivative;
    const std::vector<float> y = gelu_of(kernels, runtime, {NAN, HUGE_VALF, -HUGE_VALF, 1}, &derivative);
    CHECK(std::isnan(y[0]) && std::isnan(derivative[0]));
    CHECK(y[1] == HUGE_VALF);
    CHECK(std::isnan(y[2]));  // 0.5 * -infinity * (1 + tanh(-infinity)), as IEEE says
    CHECK(std::fabs(y[3] - 0.841192f) < 1e-6f);
  });
}

TEST(mlp_backward_is_the_same_on_any_number_of_threads) {
  const Mlp m({2100, 40, 160, Precision::kFp32}, 9);
  const MlpShape& s = m.shape;
  expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> y(m.x.size()), hidden(static_cast<size_t>(s.rows * s.inner));
    kernels.mlp(runtime, s, m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(), y.data(), hidden.data());
    std::vector<float> all(m.x.size() + 2 * m.w1.size() + m.b1.size() + m.b2.size());
    float *dx = all.data(), *dw1 = dx + m.x.size(), *dw2 = dw1 + m.w1.size(), *db1 = dw2 + m.w2.size();
    kernels.mlp_backward(runtime, s, m.dy.data(), m.x.data(), m.w1.data(), m.w2.data(), hidden.data(), dx, dw1, db1,
                         dw2, db1 + m.b1.size());
    all.insert(all.end(), y.begin(), y.end());
    return all;
  });
}
