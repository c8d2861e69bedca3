#include "check.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>

namespace hyena::test {
namespace {

struct Test {
  const char* name;
  void (*body)();
};
std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string context;

}  // namespace

Registration::Registration(const char* name, void (*body)()) { tests().push_back({name, body}); }

void fail(const std::string& message, const char* file, int line) {
  throw Failure(std::string(file) + ":" + std::to_string(line) + ": " + context + message);
}

uint64_t Random::bits() {  // splitmix64
  state_ += 0x9e3779b97f4a7c15u;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

int64_t Random::integer(int64_t low, int64_t high) {
  return low + static_cast<int64_t>(bits() % static_cast<uint64_t>(high - low + 1));
}

float Random::uniform(float low, float high) {
  return low + (high - low) * static_cast<float>(static_cast<double>(bits() >> 11) * 0x1p-53);
}

float Random::normal() {
  const double u = static_cast<double>((bits() >> 11) + 1) * 0x1p-53;
  const double v = static_cast<double>(bits() >> 11) * 0x1p-53;
  return static_cast<float>(std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.14159265358979323846 * v));
}

std::vector<float> Random::normals(int64_t count, float deviation) {
  std::vector<float> values(static_cast<size_t>(count));
  for (float& value : values) value = deviation * normal();
  return values;
}

double relative_error(const float* actual, const double* expected, int64_t count, int64_t* where) {
  double scale = 0, largest = -1;
  for (int64_t i = 0; i < count; ++i) {
    if (std::isfinite(expected[i])) scale = std::max(scale, std::fabs(expected[i]));
  }
  for (int64_t i = 0; i < count; ++i) {
    const double a = actual[i], e = expected[i];
    double error = std::fabs(a - e);
    if (!std::isfinite(a) || !std::isfinite(e)) {
      error = (std::isnan(a) && std::isnan(e)) || a == e ? 0 : INFINITY;
    }
    if (error > largest) {
      largest = error;
      if (where != nullptr) *where = i;
    }
  }
  if (largest <= 0) return 0;
  return scale > 0 ? largest / scale : largest;
}

void expect_close(const char* what, const std::vector<float>& actual, const std::vector<double>& expected,
                  double tolerance, const char* file, int line) {
  if (actual.size() != expected.size()) {
    fail(std::string(what) + " has " + std::to_string(actual.size()) + " values, expected " +
             std::to_string(expected.size()), file, line);
  }
  int64_t where = 0;
  const double error = relative_error(actual.data(), expected.data(), static_cast<int64_t>(actual.size()), &where);
  if (error > tolerance) {
    char text[256];
    std::snprintf(text, sizeof text, "%s[%lld] is %.9g, expected %.9g (relative error %.3g, allowed %.3g)", what,
                  static_cast<long long>(where), static_cast<double>(actual[static_cast<size_t>(where)]),
                  expected[static_cast<size_t>(where)], error, tolerance);
    fail(text, file, line);
  }
}

void expect_same(const char* what, const std::vector<float>& actual, const std::vector<float>& expected,
                 const char* file, int line) {
  if (actual.size() != expected.size()) fail(std::string(what) + " has another size", file, line);
  for (size_t i = 0; i < actual.size(); ++i) {
    if (std::memcmp(&actual[i], &expected[i], sizeof(float)) != 0) {
      fail(std::string(what) + "[" + std::to_string(i) + "] is " + std::to_string(actual[i]) + ", expected the bits of " +
               std::to_string(expected[i]), file, line);
    }
  }
}

void for_each_set(const std::function<void(const Kernels&, Runtime&)>& body) {
  Runtime runtime(2);
  for (const Kernels* table : available_kernels()) {
    context = std::string(table->name) + ": ";
    body(*table, runtime);
  }
  context.clear();
}

void expect_deterministic(const std::function<std::vector<float>(const Kernels&, Runtime&)>& body) {
  for (const Kernels* table : available_kernels()) {
    std::vector<float> first;
    for (const int threads : {1, 2, 3, 3}) {
      context = std::string(table->name) + " on " + std::to_string(threads) + " threads: ";
      Runtime runtime(threads);
      const std::vector<float> result = body(*table, runtime);
      if (first.empty()) first = result;
      expect_same("result", result, first, __FILE__, __LINE__);
    }
  }
  context.clear();
}

}  // namespace hyena::test

int main(int argc, char** argv) {
  using namespace hyena::test;
  int run = 0, failed = 0;
  for (const Test& test : tests()) {
    bool wanted = argc == 1;
    for (int i = 1; i < argc; ++i) wanted = wanted || std::strstr(test.name, argv[i]) != nullptr;
    if (!wanted) continue;
    ++run;
    const auto start = std::chrono::steady_clock::now();
    try {
      test.body();
      const auto spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - start);
      std::printf("ok    %s (%.2f s)\n", test.name, spent.count());
    } catch (const std::exception& error) {
      ++failed;
      std::printf("FAIL  %s: %s\n", test.name, error.what());
    }
    context.clear();
    std::fflush(stdout);
  }
  std::printf("%d tests, %d failed\n", run, failed);
  return failed > 0 || run == 0 ? 1 : 0;
}
