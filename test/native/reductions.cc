// Reductions, softmax and running sums against plain loops in double.
#include <algorithm>
#include <cmath>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

struct Sizes {
  int64_t outer, count, inner;
};
constexpr Sizes kSizes[] = {{1, 1, 1},  {3, 5, 1},    {1, 100, 1},  {7, 33, 4},     {2, 1000, 17},
                            {1, 3, 70}, {1, 5000, 3}, {40, 129, 1}, {1, 200000, 1}, {2, 70001, 1}};

template <typename Step>
std::vector<double> reduced(const std::vector<float>& x, const Sizes& s, double start, const Step& step) {
  std::vector<double> y(static_cast<size_t>(s.outer * s.inner), start);
  for (int64_t o = 0; o < s.outer; ++o) {
    for (int64_t k = 0; k < s.count; ++k) {
      for (int64_t i = 0; i < s.inner; ++i) {
        double& to = y[size_t(o * s.inner + i)];
        to = step(to, double{x[size_t((o * s.count + k) * s.inner + i)]});
      }
    }
  }
  return y;
}

}  // namespace

TEST(reductions_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(1);
    for (const Sizes& s : kSizes) {
      std::vector<float> x(static_cast<size_t>(s.outer * s.count * s.inner)), y(static_cast<size_t>(s.outer * s.inner));
      for (float& value : x) value = random.uniform(0.9f, 1.1f);
      const auto run = [&](Reduction op) {
        kernels.tensor.reduce(runtime, op, s.outer, s.count, s.inner, x.data(), y.data());
      };
      const std::vector<double> sums = reduced(x, s, 0, [](double a, double b) { return a + b; });
      run(Reduction::kSum);
      EXPECT_CLOSE(y, sums, 5e-7);
      std::vector<double> means = sums;
      for (double& value : means) value /= static_cast<double>(s.count);
      run(Reduction::kMean);
      EXPECT_CLOSE(y, means, 5e-7);
      run(Reduction::kMaximum);
      EXPECT_CLOSE(y, reduced(x, s, -INFINITY, [](double a, double b) { return a > b ? a : b; }), 0);
      run(Reduction::kMinimum);
      EXPECT_CLOSE(y, reduced(x, s, INFINITY, [](double a, double b) { return a < b ? a : b; }), 0);
      if (s.count > 1000) continue;
      run(Reduction::kProduct);
      EXPECT_CLOSE(y, reduced(x, s, 1, [](double a, double b) { return a * b; }), 1e-4);
    }
  });
}

TEST(reductions_pass_on_not_a_number) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> x(200, 1.0f), y(1);
    x[77] = NAN;
    for (const Reduction op : {Reduction::kSum, Reduction::kMean, Reduction::kMaximum, Reduction::kMinimum}) {
      kernels.tensor.reduce(runtime, op, 1, 200, 1, x.data(), y.data());
      CHECK(std::isnan(y[0]));
    }
    std::vector<float> soft(200);
    kernels.tensor.softmax(runtime, false, 1, 200, x.data(), soft.data());
    CHECK(std::isnan(soft[0]) && std::isnan(soft[199]));
  });
}

TEST(reductions_of_integers_and_flags) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const int32_t x[] = {3, -4, INT32_MAX, 1, 2, 3};
    int32_t y[2];
    kernels.tensor.reduce_int(runtime, Reduction::kSum, 2, 3, 1, x, y);
    CHECK(y[0] == INT32_MAX - 1 && y[1] == 6);
    kernels.tensor.reduce_int(runtime, Reduction::kMinimum, 2, 3, 1, x, y);
    CHECK(y[0] == -4 && y[1] == 1);
    kernels.tensor.reduce_int(runtime, Reduction::kProduct, 2, 3, 1, x, y);
    CHECK(y[1] == 6);
    const uint8_t flags[] = {1, 0, 1, 1, 1, 1};
    uint8_t answer[2];
    kernels.tensor.reduce(runtime, Reduction::kAll, 2, 3, 1, flags, answer);
    CHECK(answer[0] == 0 && answer[1] == 1);
    kernels.tensor.reduce(runtime, Reduction::kAny, 2, 3, 1, flags, answer);
    CHECK(answer[0] == 1 && answer[1] == 1);
  });
}

TEST(extremes_softmax_and_running_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(3);
    for (const int64_t count : {1, 2, 17, 1000}) {
      constexpr int64_t kRows = 9;
      const std::vector<float> x = random.normals(kRows * count, 5);
      std::vector<float> y(x.size());
      std::vector<int32_t> places(kRows);
      std::vector<double> soft, logarithms, sums, exclusive_from_end(x.size());
      for (int64_t row = 0; row < kRows; ++row) {
        const float* in = x.data() + row * count;
        const double largest = *std::max_element(in, in + count);
        double total = 0, running = 0;
        for (int64_t i = 0; i < count; ++i) total += std::exp(in[i] - largest);
        for (int64_t i = 0; i < count; ++i) {
          soft.push_back(std::exp(in[i] - largest) / total);
          logarithms.push_back(in[i] - largest - std::log(total));
          sums.push_back(running += in[i]);
        }
        running = 0;
        for (int64_t i = count - 1; i >= 0; --i) {
          exclusive_from_end[size_t(row * count + i)] = running;
          running += in[i];
        }
      }
      kernels.tensor.softmax(runtime, false, kRows, count, x.data(), y.data());
      EXPECT_CLOSE(y, soft, 1e-6);
      kernels.tensor.softmax(runtime, true, kRows, count, x.data(), y.data());
      EXPECT_CLOSE(y, logarithms, 1e-6);
      kernels.tensor.cumulative_sum(runtime, false, false, kRows, count, x.data(), y.data());
      EXPECT_CLOSE(y, sums, 1e-6);
      kernels.tensor.cumulative_sum(runtime, true, true, kRows, count, x.data(), y.data());
      EXPECT_CLOSE(y, exclusive_from_end, 1e-6);
      for (const bool smallest : {false, true}) {
        kernels.tensor.arg_extreme(runtime, smallest, kRows, count, x.data(), places.data());
        for (int64_t row = 0; row < kRows; ++row) {
          const float best = x[size_t(row * count + places[size_t(row)])];
          for (int64_t i = 0; i < count; ++i) {
            CHECK(smallest ? best <= x[size_t(row * count + i)] : best >= x[size_t(row * count + i)]);
          }
        }
      }
    }
    const float ties[] = {1, 3, 3, 2}, lost[] = {1, NAN, 3, NAN};
    int32_t place;
    kernels.tensor.arg_extreme(runtime, false, 1, 4, ties, &place);
    CHECK(place == 1);
    kernels.tensor.arg_extreme(runtime, false, 1, 4, lost, &place);
    CHECK(place == 1);
  });
}

TEST(sums_are_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    const std::vector<float> x = Random(5).normals(300007);
    std::vector<float> y(1 + 7);
    kernels.tensor.reduce(runtime, Reduction::kSum, 1, 300007, 1, x.data(), y.data());
    kernels.tensor.reduce(runtime, Reduction::kSum, 1, 300007 / 7, 7, x.data(), y.data() + 1);
    return y;
  });
}
