#include <cmath>
#include <limits>

#include "check.h"
#include "sequence-reference.h"

namespace hyena::test {
namespace {

struct Case {
  RecurrenceShape shape;
  std::vector<float> p, short_weight, short_bias, h, skip, dy;
};

Case make_case(Random& random, const RecurrenceShape& s) {
  const int64_t projections = (s.order + 1) * s.d, filters = (s.order - 1) * s.d;
  const float filter_scale = 1 / std::sqrt(static_cast<float>(s.filter_length));
  return {s,
          random.normals(projections * s.batch * s.length),
          random.normals(projections * s.short_length, 0.5f),
          random.normals(projections, 0.5f),
          random.normals(filters * s.filter_length, filter_scale),
          random.normals(filters),
          random.normals(s.d * s.batch * s.length)};
}

struct Outputs {
  std::vector<float> y, dp, dshort_weight, dshort_bias, dh, dskip;
};

Outputs run(const Kernels& kernels, Runtime& runtime, const Case& c) {
  const float rubbish = std::numeric_limits<float>::quiet_NaN();
  Outputs out{std::vector<float>(c.dy.size(), rubbish),         std::vector<float>(c.p.size(), rubbish),
              std::vector<float>(c.short_weight.size(), rubbish), std::vector<float>(c.short_bias.size(), rubbish),
              std::vector<float>(c.h.size(), rubbish),          std::vector<float>(c.skip.size(), rubbish)};
  const RecurrenceInputs inputs{c.p.data(), c.short_weight.data(), c.short_bias.data(), c.h.data(), c.skip.data()};
  kernels.recurrence(runtime, c.shape, inputs, out.y.data());
  kernels.recurrence_backward(runtime, c.shape, inputs, c.dy.data(),
                              {out.dp.data(), out.dshort_weight.data(), out.dshort_bias.data(), out.dh.data(),
                               out.dskip.data()});
  return out;
}

void expect_right(const Case& c, double tolerance) {
  const RecurrenceResult right = recurrence(c.shape, widened(c.p), widened(c.short_weight), widened(c.short_bias),
                                            widened(c.h), widened(c.skip), widened(c.dy));
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    const Outputs out = run(kernels, runtime, c);
    EXPECT_CLOSE(out.y, right.y, tolerance);
    EXPECT_CLOSE(out.dp, right.dp, tolerance);
    EXPECT_CLOSE(out.dshort_weight, right.dshort_weight, tolerance);
    EXPECT_CLOSE(out.dshort_bias, right.dshort_bias, tolerance);
    EXPECT_CLOSE(out.dh, right.dh, tolerance);
    EXPECT_CLOSE(out.dskip, right.dskip, tolerance);
  });
}

TEST(recurrence_short_lengths) {
  Random random(11);
  for (int64_t length = 1; length <= 70; ++length) {
    expect_right(make_case(random, {3, 2, length, length, 3, 2}), 2e-6);
  }
}

TEST(recurrence_random_shapes) {
  Random random(12);
  for (int repeat = 0; repeat < 60 / kShorter; ++repeat) {
    const int64_t length = random.integer(1, random.integer(1, 5000));
    const int64_t filter_length = random.integer(0, 3) == 0 ? random.integer(1, 2 * length) : length;
    const int64_t taps = random.integer(0, 1) == 0 ? 3 : random.integer(1, 40);
    const RecurrenceShape shape{random.integer(1, 3), random.integer(1, 7),
                                length,               filter_length,
                                taps,                 static_cast<int>(random.integer(2, 5))};
    expect_right(make_case(random, shape), 5e-6);
  }
}

TEST(recurrence_long_rows) {
  Random random(13);
  expect_right(make_case(random, {2, 1, 16384 / kShorter, 16384 / kShorter, 3, 2}), 4e-6);
  expect_right(make_case(random, {1, 1, 65536 / kShorter, 65536 / kShorter, 3, 3}), 4e-6);
}

TEST(recurrence_rubbish_in_one_row_stays_there) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(14);
    for (const int64_t length : {37, 300}) {
      Case c = make_case(random, {2, 2, length, length, 3, 3});
      c.p[0] = std::numeric_limits<float>::infinity();
      const Outputs out = run(kernels, runtime, c);
      CHECK(!std::isfinite(out.y[0]));
      for (size_t i = static_cast<size_t>(length); i < out.y.size(); ++i) CHECK(std::isfinite(out.y[i]));
      for (size_t i = 0; i < out.dp.size(); ++i) {
        const bool same_row = (i / static_cast<size_t>(length)) % 4 == 0;
        CHECK(same_row || std::isfinite(out.dp[i]));
      }
    }
  });
}

TEST(recurrence_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    Random random(15);
    const Case c = make_case(random, {11, 3, 700, 700, 3, 3});
    Outputs out = run(kernels, runtime, c);
    for (const auto* more : {&out.dp, &out.dshort_weight, &out.dshort_bias, &out.dh, &out.dskip}) {
      out.y.insert(out.y.end(), more->begin(), more->end());
    }
    return out.y;
  });
}

}  // namespace
}  // namespace hyena::test
