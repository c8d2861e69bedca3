#include <cmath>
#include <limits>

#include "check.h"
#include "sequence-reference.h"

namespace hyena::test {
namespace {

struct Case {
  int64_t channels, batch, length, filter_length;
  std::vector<float> u, h, skip, dy;
};

Case make_case(Random& random, int64_t channels, int64_t batch, int64_t length, int64_t filter_length) {
  return {channels,
          batch,
          length,
          filter_length,
          random.normals(channels * batch * length),
          random.normals(channels * filter_length),
          random.normals(channels),
          random.normals(channels * batch * length)};
}

struct Outputs {
  std::vector<float> y, du, dh, dskip;
};

Outputs run(const Kernels& kernels, Runtime& runtime, const Case& c) {
  const float rubbish = std::numeric_limits<float>::quiet_NaN();
  Outputs out{std::vector<float>(c.u.size(), rubbish), std::vector<float>(c.u.size(), rubbish),
              std::vector<float>(c.h.size(), rubbish), std::vector<float>(c.skip.size(), rubbish)};
  kernels.long_convolution(runtime, c.channels, c.batch, c.length, c.filter_length, c.u.data(), c.h.data(),
                           c.skip.data(), out.y.data());
  kernels.long_convolution_backward(runtime, c.channels, c.batch, c.length, c.filter_length, c.dy.data(), c.u.data(),
                                    c.h.data(), c.skip.data(), out.du.data(), out.dh.data(), out.dskip.data());
  return out;
}

void expect_right(const Case& c, double tolerance) {
  const ConvolutionResult right = long_convolution(c.channels, c.batch, c.length, c.filter_length, widened(c.u),
                                                   widened(c.h), widened(c.skip), widened(c.dy));
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, c);
    EXPECT_CLOSE(out.y, right.y, tolerance);
    EXPECT_CLOSE(out.du, right.du, tolerance);
    EXPECT_CLOSE(out.dh, right.dh, tolerance);
    // Sums of many terms that may cancel: measured against what such a sum of random terms is.
    const double typical = std::sqrt(static_cast<double>(c.batch * c.length));
    for (size_t i = 0; i < c.skip.size(); ++i) CHECK(std::fabs(out.dskip[i] - right.dskip[i]) <= tolerance * typical);
  });
}

TEST(long_convolution_every_short_length) {
  Random random(2);
  for (int64_t length = 1; length <= 160; ++length) {
    expect_right(make_case(random, 2, 2, length, length), 1e-6);
  }
}

TEST(long_convolution_random_shapes) {
  Random random(3);
  for (int repeat = 0; repeat < 60 / kShorter; ++repeat) {
    const int64_t length = random.integer(1, random.integer(1, 5000));
    const int64_t filter_length = random.integer(0, 2) == 0 ? random.integer(1, 2 * length) : length;
    expect_right(make_case(random, random.integer(1, 5), random.integer(1, 7), length, filter_length),
                 1.5e-6);
  }
}

TEST(long_convolution_every_kind_of_plan) {
  Random random(4);
  for (const int64_t length : {64, 96, 128, 160, 192, 256, 320, 384, 512, 640, 768, 1024, 1280, 1536, 2048, 2560, 3072,
                               4096, 5120, 6144, 8191, 8192, 10007, 16384}) {
    expect_right(make_case(random, 1, 1, length, length), 1.5e-6);
  }
}

TEST(long_convolution_long_rows) {
  Random random(5);
  expect_right(make_case(random, 2, 1, 65536 / kShorter, 65536 / kShorter), 2e-6);
  expect_right(make_case(random, 1, 2, 99991 / kShorter, 70001 / kShorter), 2e-6);
  expect_right(make_case(random, 1, 1, 131072 / kShorter, 131072 / kShorter), 2e-6);
  expect_right(make_case(random, 1, 1, 262144, 20), 2e-6);
}

TEST(long_convolution_small_error_at_65536) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(6);
    const Case c = make_case(random, 1, 1, 65536 / kShorter, 65536 / kShorter);
    const Outputs out = run(kernels, runtime, c);
    const ConvolutionResult right =
        long_convolution(1, 1, c.length, c.filter_length, widened(c.u), widened(c.h), widened(c.skip), widened(c.dy));
    double error = 0, scale = 0;
    for (size_t i = 0; i < right.y.size(); ++i) {
      error += std::pow(out.y[i] - right.y[i], 2);
      scale += std::pow(right.y[i], 2);
    }
    CHECK(std::sqrt(error / scale) < 4e-7);
  });
}

TEST(long_convolution_passes_not_a_number_on) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(7);
    for (const int64_t length : {20, 300}) {
      Case c = make_case(random, 2, 2, length, length);
      c.u[static_cast<size_t>(length / 2)] = std::numeric_limits<float>::quiet_NaN();
      const Outputs out = run(kernels, runtime, c);
      CHECK(std::isnan(out.y[static_cast<size_t>(length / 2)]));
      CHECK(std::isnan(out.y[static_cast<size_t>(length - 1)]));
      // The other rows do not see it.
      for (size_t i = static_cast<size_t>(length); i < out.y.size(); ++i) CHECK(std::isfinite(out.y[i]));
      CHECK(std::isnan(out.dskip[0]) && std::isfinite(out.dskip[1]));
    }
  });
}

TEST(long_convolution_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    Random random(8);
    const Case c = make_case(random, 21, 3, 1000, 1000);
    Outputs out = run(kernels, runtime, c);
    for (const auto* more : {&out.du, &out.dh, &out.dskip}) out.y.insert(out.y.end(), more->begin(), more->end());
    return out.y;
  });
}

}  // namespace
}  // namespace hyena::test
