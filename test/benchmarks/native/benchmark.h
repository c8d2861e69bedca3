// A small driver for timing kernels: BENCHMARK(name) { ... } registers a benchmark, the executable runs those whose name
// contains one of its arguments (all without).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "kernels.h"

namespace hyena::benchmark {

struct Registration {
  Registration(const char* name, void (*body)());
};
#define BENCHMARK(name)                                                                     \
  static void benchmark_##name();                                                           \
  static const hyena::benchmark::Registration registration_##name(#name, benchmark_##name); \
  static void benchmark_##name()

// The pool and the kernels that the benchmarks run on (HYENA_THREADS and HYENA_ISA choose).
Runtime& runtime();

// Median and least milliseconds of `body`: run for at least `seconds` and five times, after one run to warm up.
struct Timing {
  double median, least;
};
Timing time(const std::function<void()>& body, double seconds = 0.5);

// Prints one line: what, milliseconds, and a rate where `amount` says how much one run does (a GFLOP or GB).
void report(const char* what, const Timing& timing, double amount = 0, const char* unit = "");

std::vector<float> values(int64_t count, float deviation = 1);

}  // namespace hyena::benchmark
