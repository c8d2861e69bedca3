// The linear layer and its gradient in all combinations of layouts.
#include "check.h"
#include "dense-reference.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr double kTolerance = 3e-6;

std::vector<float> laid_out(const std::vector<float>& tokens_by_channels, int64_t rows, int64_t channels, Layout layout) {
  if (layout == Layout::kTokens) return tokens_by_channels;
  const Doubles turned = transposed(widened(tokens_by_channels), rows, channels);
  return {turned.begin(), turned.end()};
}
Doubles laid_out(const Doubles& tokens_by_channels, int64_t rows, int64_t channels, Layout layout) {
  return layout == Layout::kTokens ? tokens_by_channels : transposed(tokens_by_channels, rows, channels);
}

void check_linear(const Kernels& kernels, Runtime& runtime, const LinearShape& s, uint64_t seed) {
  Random random(seed);
  const std::vector<float> x = random.normals(s.rows * s.in), w = random.normals(s.out * s.in, 0.3f);
  const std::vector<float> bias = random.normals(s.out), dy = random.normals(s.rows * s.out);

  Doubles y = product(widened(x), transposed(widened(w), s.out, s.in), s.rows, s.in, s.out);
  add_bias(y, widened(bias));
  const std::vector<float> x_laid = laid_out(x, s.rows, s.in, s.input);
  std::vector<float> result(y.size());
  kernels.linear(runtime, s, x_laid.data(), w.data(), bias.data(), result.data());
  EXPECT_CLOSE(result, laid_out(y, s.rows, s.out, s.output), kTolerance);

  const std::vector<float> dy_laid = laid_out(dy, s.rows, s.out, s.output);
  std::vector<float> dx(x.size()), dw(w.size()), dbias(bias.size());
  kernels.linear_backward(runtime, s, dy_laid.data(), x_laid.data(), w.data(), dx.data(), dw.data(), dbias.data());
  const Doubles dx_expected = product(widened(dy), widened(w), s.rows, s.out, s.in);
  EXPECT_CLOSE(dx, laid_out(dx_expected, s.rows, s.in, s.input), kTolerance);
  EXPECT_CLOSE(dw, product(transposed(widened(dy), s.rows, s.out), widened(x), s.out, s.rows, s.in), kTolerance);
  EXPECT_CLOSE(dbias, sum_of_rows(widened(dy), s.out), kTolerance);
}

constexpr Layout kLayouts[] = {Layout::kTokens, Layout::kChannels};

}  // namespace

TEST(linear_in_all_layouts) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    uint64_t seed = 1;
    for (const Layout input : kLayouts) {
      for (const Layout output : kLayouts) {
        for (const auto& [rows, in, out] :
             {std::tuple{1, 64, 192}, std::tuple{1, 1, 1}, std::tuple{7, 33, 20}, std::tuple{257, 31, 129},
              std::tuple{513, 128, 96}, std::tuple{3001, 17, 40}, std::tuple{3, 300, 5}, std::tuple{4, 67, 259}}) {
          check_linear(kernels, runtime, {rows, in, out, input, output, Precision::kFp32}, seed++);
        }
      }
    }
  });
}

TEST(linear_of_random_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(11);
    for (int i = 0; i < 40; ++i) {
      check_linear(kernels, runtime,
                   {random.integer(1, 400), random.integer(1, 90), random.integer(1, 90),
                    kLayouts[random.integer(0, 1)], kLayouts[random.integer(0, 1)], Precision::kFp32},
                   static_cast<uint64_t>(100 + i));
    }
  });
}

TEST(linear_backward_is_the_same_on_any_number_of_threads) {
  const LinearShape s{2500, 70, 90, Layout::kTokens, Layout::kChannels, Precision::kFp32};
  Random random(2);
  const std::vector<float> x = random.normals(s.rows * s.in), w = random.normals(s.out * s.in);
  const std::vector<float> dy = random.normals(s.rows * s.out);
  expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> all(x.size() + w.size() + static_cast<size_t>(s.out));
    kernels.linear_backward(runtime, s, dy.data(), x.data(), w.data(), all.data(), all.data() + x.size(),
                            all.data() + x.size() + w.size());
    return all;
  });
}
