// The MLP block whose matrices have low-rank adapters: the same as the block with w + scale * b a, and the gradients of the
// factors by those of that sum.
#include <cmath>

#include "check.h"
#include "dense-reference.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr double kTolerance = 3e-6;

struct Factors {
  int64_t rank, in, out;
  std::vector<float> a, b;

  Factors(Random& random, int64_t rank, int64_t in, int64_t out)
      : rank(rank),
        in(in),
        out(out),
        a(random.normals(rank * in, 1 / std::sqrt(static_cast<float>(in)))),
        b(random.normals(out * rank, 0.5f)) {}

  LowRank low_rank() const { return {rank, a.data(), b.data()}; }

  // weight [out, in] + scale * b a.
  Doubles added_to(const std::vector<float>& weight, double scale) const {
    Doubles sum = product(widened(b), widened(a), out, rank, in);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] = weight[i] + scale * sum[i];
    return sum;
  }
  // Of the gradient of the sum, [out, in].
  Doubles a_gradient(const Doubles& of_sum, double scale) const {
    Doubles gradient = product(transposed(widened(b), out, rank), of_sum, rank, out, in);
    for (double& value : gradient) value *= scale;
    return gradient;
  }
  Doubles b_gradient(const Doubles& of_sum, double scale) const {
    Doubles gradient = product(of_sum, transposed(widened(a), rank, in), out, in, rank);
    for (double& value : gradient) value *= scale;
    return gradient;
  }
};

struct AdaptedMlp {
  MlpShape shape;
  float scale;
  std::vector<float> x, w1, b1, w2, b2, dy;
  Factors first, second;

  AdaptedMlp(const MlpShape& s, int64_t first_rank, int64_t second_rank, float scale, Random random)
      : shape(s),
        scale(scale),
        x(random.normals(s.rows * s.d)),
        w1(random.normals(s.inner * s.d, 1.5f / std::sqrt(static_cast<float>(s.d)))),
        b1(random.normals(s.inner)),
        w2(random.normals(s.inner * s.d, 1 / std::sqrt(static_cast<float>(s.inner)))),
        b2(random.normals(s.d)),
        dy(random.normals(s.rows * s.d)),
        first(random, first_rank, s.d, s.inner),
        second(random, second_rank, s.inner, s.d) {}

  MlpAdapters adapters() const { return {scale, first.low_rank(), second.low_rank()}; }
};

struct Gradients {
  std::vector<float> x, bias1, bias2, first_a, first_b, second_a, second_b;

  explicit Gradients(const AdaptedMlp& m)
      : x(m.x.size(), NAN),
        bias1(m.b1.size(), NAN),
        bias2(m.b2.size(), NAN),
        first_a(m.first.a.size(), NAN),
        first_b(m.first.b.size(), NAN),
        second_a(m.second.a.size(), NAN),
        second_b(m.second.b.size(), NAN) {}

  AdaptedMlpGradients all() {
    return {x.data(), bias1.data(), bias2.data(), {first_a.data(), first_b.data()}, {second_a.data(), second_b.data()}};
  }
};

void run(const Kernels& kernels, Runtime& runtime, const AdaptedMlp& m, std::vector<float>& y, std::vector<float>& hidden,
         const AdaptedMlpGradients& gradients) {
  y.assign(m.x.size(), NAN);
  hidden.assign(static_cast<size_t>(m.shape.rows * m.shape.inner), NAN);
  kernels.adapted_mlp(runtime, m.shape, m.adapters(), m.x.data(), m.w1.data(), m.b1.data(), m.w2.data(), m.b2.data(),
                      y.data(), hidden.data());
  kernels.adapted_mlp_backward(runtime, m.shape, m.adapters(), m.dy.data(), m.x.data(), m.w1.data(), m.w2.data(),
                               hidden.data(), gradients);
}

void check_adapted(const Kernels& kernels, Runtime& runtime, const AdaptedMlp& m) {
  const MlpShape& s = m.shape;
  const Doubles w1 = m.first.added_to(m.w1, m.scale), w2 = m.second.added_to(m.w2, m.scale);
  Doubles hidden = product(widened(m.x), transposed(w1, s.inner, s.d), s.rows, s.d, s.inner);
  add_bias(hidden, widened(m.b1));
  Doubles activation = hidden;
  for (double& value : activation) value = gelu(value);
  Doubles y = product(activation, transposed(w2, s.d, s.inner), s.rows, s.inner, s.d);
  add_bias(y, widened(m.b2));

  std::vector<float> found, kept;
  Gradients gradients(m);
  run(kernels, runtime, m, found, kept, gradients.all());
  EXPECT_CLOSE(found, y, kTolerance);
  EXPECT_CLOSE(kept, hidden, kTolerance);

  Doubles inner = product(widened(m.dy), w2, s.rows, s.d, s.inner);
  for (size_t i = 0; i < inner.size(); ++i) inner[i] *= gelu_derivative(hidden[i]);
  const Doubles dw1 = product(transposed(inner, s.rows, s.inner), widened(m.x), s.inner, s.rows, s.d);
  const Doubles dw2 = product(transposed(widened(m.dy), s.rows, s.d), activation, s.d, s.rows, s.inner);
  EXPECT_CLOSE(gradients.x, product(inner, w1, s.rows, s.inner, s.d), kTolerance);
  EXPECT_CLOSE(gradients.bias1, sum_of_rows(inner, s.inner), kTolerance);
  EXPECT_CLOSE(gradients.bias2, sum_of_rows(widened(m.dy), s.d), kTolerance);
  EXPECT_CLOSE(gradients.first_a, m.first.a_gradient(dw1, m.scale), kTolerance);
  EXPECT_CLOSE(gradients.first_b, m.first.b_gradient(dw1, m.scale), kTolerance);
  EXPECT_CLOSE(gradients.second_a, m.second.a_gradient(dw2, m.scale), kTolerance);
  EXPECT_CLOSE(gradients.second_b, m.second.b_gradient(dw2, m.scale), kTolerance);
}

}  // namespace

TEST(adapted_mlp_of_random_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    check_adapted(kernels, runtime, {{1, 1, 1, Precision::kFp32}, 1, 1, 1.0f, Random(1)});
    check_adapted(kernels, runtime, {{1, 64, 256, Precision::kFp32}, 8, 4, 2.0f, Random(2)});
    // More rows than are computed in one go.
    check_adapted(kernels, runtime, {{2303, 8, 24, Precision::kFp32}, 2, 3, 0.5f, Random(3)});
    Random random(4);
    for (int i = 0; i < 20; ++i) {
      const MlpShape shape{random.integer(1, 200), random.integer(1, 70), random.integer(1, 300), Precision::kFp32};
      const int64_t first = random.integer(1, 20), second = random.integer(1, 20);
      check_adapted(kernels, runtime, {shape, first, second, random.uniform(-2, 2), Random(static_cast<uint64_t>(10 + i))});
    }
  });
}

TEST(adapted_mlp_computes_only_the_gradients_that_are_wanted) {
  const AdaptedMlp m({150, 20, 33, Precision::kFp32}, 4, 5, 1.5f, Random(5));
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> y, hidden;
    Gradients whole(m);
    run(kernels, runtime, m, y, hidden, whole.all());
    const auto same_without = [&](const std::function<void(AdaptedMlpGradients&, Gradients&)>& leave_out) {
      Gradients some(m), expected = whole;
      AdaptedMlpGradients wanted = some.all();
      leave_out(wanted, expected);
      run(kernels, runtime, m, y, hidden, wanted);
      const auto written = [](const std::vector<float>& values) { return !std::isnan(values[0]); };
      if (written(expected.x)) EXPECT_SAME(some.x, expected.x);
      CHECK(written(some.x) == written(expected.x));
      CHECK(written(some.bias1) == written(expected.bias1));
      CHECK(written(some.bias2) == written(expected.bias2));
      CHECK(written(some.first_a) == written(expected.first_a));
      CHECK(written(some.first_b) == written(expected.first_b));
      CHECK(written(some.second_a) == written(expected.second_a));
      CHECK(written(some.second_b) == written(expected.second_b));
      if (written(expected.second_b)) EXPECT_SAME(some.second_b, expected.second_b);
    };
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.x = nullptr, e.x[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.bias1 = nullptr, e.bias1[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.bias2 = nullptr, e.bias2[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.first.a = nullptr, e.first_a[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.first.b = nullptr, e.first_b[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.second.a = nullptr, e.second_a[0] = NAN; });
    same_without([](AdaptedMlpGradients& g, Gradients& e) { g.second.b = nullptr, e.second_b[0] = NAN; });
  });
}

TEST(adapted_mlp_without_rows_has_no_gradients) {
  const AdaptedMlp m({0, 5, 7, Precision::kFp32}, 2, 3, 1.0f, Random(6));
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> y, hidden;
    Gradients gradients(m);
    run(kernels, runtime, m, y, hidden, gradients.all());
    for (const std::vector<float>* values : {&gradients.bias1, &gradients.bias2, &gradients.first_a, &gradients.first_b,
                                             &gradients.second_a, &gradients.second_b}) {
      EXPECT_SAME(*values, std::vector<float>(values->size(), 0.0f));
    }
  });
}

TEST(adapted_mlp_is_the_same_on_any_number_of_threads) {
  const AdaptedMlp m({2100, 40, 160, Precision::kFp32}, 8, 8, 2.0f, Random(7));
  expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> all, hidden;
    Gradients gradients(m);
    run(kernels, runtime, m, all, hidden, gradients.all());
    for (const std::vector<float>* values : {&gradients.x, &gradients.bias1, &gradients.bias2, &gradients.first_a,
                                             &gradients.first_b, &gradients.second_a, &gradients.second_b}) {
      all.insert(all.end(), values->begin(), values->end());
    }
    return all;
  });
}
