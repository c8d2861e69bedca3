// A small test driver for C++: TEST(name) { ... } registers a test, the executable runs those whose name contains one
// of its arguments (all without). Results are compared relative to the largest value that was expected.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kernels.h"

namespace hyena::test {

// What the longest tests are divided by: under a sanitizer they would take tens of minutes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int64_t kShorter = 8;
#else
constexpr int64_t kShorter = 1;
#endif

struct Registration {
  Registration(const char* name, void (*body)());
};
#define TEST(name)                                                      \
  static void test_##name();                                            \
  static const hyena::test::Registration registration_##name(#name, test_##name); \
  static void test_##name()

// Fails the running test with a message; the test ends.
[[noreturn]] void fail(const std::string& message, const char* file, int line);
#define CHECK(condition) \
  ((condition) ? void() : hyena::test::fail("not true: " #condition, __FILE__, __LINE__))

// Counter-based random numbers: the same on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u) {}
  uint64_t bits();
  int64_t integer(int64_t low, int64_t high);  // both included
  float uniform(float low, float high);
  float normal();
  std::vector<float> normals(int64_t count, float deviation = 1);

 private:
  uint64_t state_;
};

// Largest difference over the largest expected magnitude; infinite where one is NaN or infinite and the other is not the
// same.
double relative_error(const float* actual, const double* expected, int64_t count, int64_t* where = nullptr);

void expect_close(const char* what, const std::vector<float>& actual, const std::vector<double>& expected,
                  double tolerance, const char* file, int line);
#define EXPECT_CLOSE(actual, expected, tolerance) \
  hyena::test::expect_close(#actual, actual, expected, tolerance, __FILE__, __LINE__)

// Equal bit for bit.
void expect_same(const char* what, const std::vector<float>& actual, const std::vector<float>& expected,
                 const char* file, int line);
#define EXPECT_SAME(actual, expected) hyena::test::expect_same(#actual, actual, expected, __FILE__, __LINE__)

// Calls `body` with the kernels of every instruction set that this processor has and a pool of two threads.
void for_each_set(const std::function<void(const Kernels&, Runtime&)>& body);

// The same on pools of 1, 2 and 3 threads and twice on the last: what `body` returns must be the same bits.
void expect_deterministic(const std::function<std::vector<float>(const Kernels&, Runtime&)>& body);

}  // namespace hyena::test
