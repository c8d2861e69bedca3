#include "benchmark.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace hyena::benchmark {
namespace {

struct Benchmark {
  const char* name;
  void (*body)();
};
std::vector<Benchmark>& all() {
  static std::vector<Benchmark> benchmarks;
  return benchmarks;
}

}  // namespace

Registration::Registration(const char* name, void (*body)()) { all().push_back({name, body}); }

Runtime& runtime() {
  static Runtime instance;
  return instance;
}

Timing time(const std::function<void()>& body, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto since = [](Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); };
  body();
  std::vector<double> runs;
  const auto start = Clock::now();
  while (runs.size() < 5 || since(start) < seconds) {
    const auto begin = Clock::now();
    body();
    runs.push_back(since(begin) * 1e3);
  }
  std::sort(runs.begin(), runs.end());
  return {runs[runs.size() / 2], runs.front()};
}

void report(const char* what, const Timing& timing, double amount, const char* unit) {
  std::printf("%-56s %9.3f ms (least %.3f)", what, timing.median, timing.least);
  if (amount > 0) std::printf("  %8.1f %s/s", amount / (timing.median * 1e-3), unit);
  std::printf("\n");
  std::fflush(stdout);
}

std::vector<float> values(int64_t count, float deviation) {
  std::vector<float> result(static_cast<size_t>(count));
  uint32_t state = 12345;
  for (float& value : result) {
    state = state * 1664525u + 1013904223u;
    value = deviation * (static_cast<float>(state >> 8) * 0x1p-23f - 1);
  }
  return result;
}

}  // namespace hyena::benchmark

int main(int argc, char** argv) {
  using namespace hyena::benchmark;
  std::printf("%s, %d threads\n", hyena::kernels().name, runtime().threads());
  for (const Benchmark& benchmark : all()) {
    bool wanted = argc == 1;
    for (int i = 1; i < argc; ++i) wanted = wanted || std::strstr(benchmark.name, argv[i]) != nullptr;
    if (wanted) benchmark.body();
  }
}
