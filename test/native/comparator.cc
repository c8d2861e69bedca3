// The comparator that all numerical tests rely on has to reject what a broken kernel gives.
#include <cmath>

#include "check.h"

using namespace hyena::test;

TEST(comparator_accepts_rounding_and_rejects_what_is_wrong) {
  constexpr double kTolerance = 1e-5;
  Random random(1);
  const std::vector<float> right = random.normals(1000);
  const std::vector<double> expected(right.begin(), right.end());
  const auto error_of = [&](auto change) {
    std::vector<float> actual = right;
    for (size_t i = 0; i < actual.size(); ++i) actual[i] = change(i, actual[i]);
    return relative_error(actual.data(), expected.data(), static_cast<int64_t>(actual.size()));
  };
  CHECK(error_of([](size_t, float x) { return x; }) == 0);
  CHECK(error_of([](size_t, float x) { return x * 1.000001f; }) < kTolerance);
  CHECK(error_of([](size_t, float x) { return x * 1.01f; }) > kTolerance);
  CHECK(error_of([](size_t, float) { return 0.0f; }) > kTolerance);
  CHECK(error_of([](size_t i, float x) { return i == 500 ? NAN : x; }) > kTolerance);
  CHECK(error_of([](size_t i, float x) { return i == 999 ? INFINITY : x; }) > kTolerance);
  CHECK(error_of([](size_t i, float x) { return i == 0 ? x + 0.01f : x; }) > kTolerance);

  const std::vector<double> infinite = {1, HUGE_VAL, -HUGE_VAL, NAN};
  const std::vector<float> same = {1, HUGE_VALF, -HUGE_VALF, NAN}, flipped = {1, -HUGE_VALF, -HUGE_VALF, NAN};
  CHECK(relative_error(same.data(), infinite.data(), 4) == 0);
  CHECK(relative_error(flipped.data(), infinite.data(), 4) > kTolerance);
}
