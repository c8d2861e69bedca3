// The matrix products of the presets `small`, `base` and `long`: checked against OpenBLAS or sums in double precision,
// then timed in turns with OpenBLAS where there is one. Prints a Markdown table.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "benchmark.h"
#include "bf16.h"
#include "openblas.h"

using namespace hyena;
using namespace hyena::benchmark;

namespace {

struct Shape {
  const char* name;
  int64_t m, n, k;
  bool transpose_a, transpose_b;
};

constexpr Shape kShapes[] = {
    {"square", 1024, 1024, 1024, false, false},
    {"base in_proj", 768, 8192, 256, false, true},
    {"base in_proj, gradient of x", 8192, 256, 768, true, false},
    {"base in_proj, gradient of W", 768, 256, 8192, false, false},
    {"base out_proj", 8192, 256, 256, true, true},
    {"base out_proj, gradient of x", 256, 8192, 256, true, true},
    {"base out_proj, gradient of W", 256, 256, 8192, true, true},
    {"base fc1", 8192, 1024, 256, false, true},
    {"base fc1, gradient of x", 8192, 256, 1024, false, false},
    {"base fc1, gradient of W", 1024, 256, 8192, true, false},
    {"base fc2", 8192, 256, 1024, false, true},
    {"base fc2, gradient of x", 8192, 1024, 256, false, false},
    {"base fc2, gradient of W", 256, 1024, 8192, true, false},
    {"base head, a chunk", 1024, 4096, 256, false, true},
    {"base head, gradient of x", 1024, 256, 4096, false, false},
    {"base head, gradient of W", 4096, 256, 1024, true, false},
    {"small fc1", 8192, 512, 128, false, true},
    {"small fc1, gradient of W", 512, 128, 8192, true, false},
    {"small fc2", 8192, 128, 512, false, true},
    {"small in_proj", 384, 8192, 128, false, true},
    {"long fc1", 16384, 1024, 256, false, true},
    {"long fc1, gradient of W", 1024, 256, 16384, true, false},
};

// With one thread the CPU time of the process, which other programs hardly change.
double seconds_of(const std::function<void()>& body) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t start_of_cpu = std::clock();
  body();
  if (runtime().threads() == 1) return static_cast<double>(std::clock() - start_of_cpu) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Stops the program where a result is wrong: a wrong product is no faster or slower than another.
void check(const Shape& s, const MatrixProduct& p, double tolerance) {
  double scale = 0, largest = 0;
  for (int64_t sample = 0; sample < 500; ++sample) {
    const int64_t i = sample * 7919 % s.m, j = sample * 104729 % s.n;
    double sum = 0;
    for (int64_t k = 0; k < s.k; ++k) {
      sum += static_cast<double>(s.transpose_a ? p.a[k * s.m + i] : p.a[i * s.k + k]) *
             static_cast<double>(s.transpose_b ? p.b[j * s.k + k] : p.b[k * s.n + j]);
    }
    scale = std::max(scale, std::fabs(sum));
    const double error = std::fabs(sum - static_cast<double>(p.c[i * s.n + j]));
    largest = error <= largest ? largest : error;
  }
  if (!(largest <= tolerance * scale)) {
    std::fprintf(stderr, "%s is wrong: error %g at scale %g\n", s.name, largest, scale);
    std::exit(1);
  }
}

void compare(Precision precision) {
  const bool rival = find_openblas(runtime().threads());
  const bool bf16 = precision == Precision::kBf16Mixed;
  std::printf("%s, %d threads; medians, GFLOP/s%s\n", bf16 ? "bf16, sums in fp32" : "fp32", runtime().threads(),
              rival ? "; OpenBLAS in fp32" : "; no OpenBLAS found");
  std::printf("| product | m x n x k | native | OpenBLAS | ratio |\n|---|---|---|---|---|\n");
  double ours_total = 0, rival_total = 0;
  for (const Shape& s : kShapes) {
    const std::vector<float> a = values(s.m * s.k), b = values(s.n * s.k);
    std::vector<float> c(static_cast<size_t>(s.m * s.n));
    const MatrixProduct p{s.m, s.n, s.k, a.data(), s.transpose_a ? s.m : s.k, s.transpose_a, b.data(),
                          s.transpose_b ? s.k : s.n, s.transpose_b, c.data(), s.n, false, nullptr, nullptr, precision};
    const auto ours = [&] { kernels().matrix_product(runtime(), p); };
    const auto theirs = [&] { openblas_product(p); };
    if (rival) {
      theirs();
      check(s, p, 1e-5);
    }
    ours();
    check(s, p, bf16 ? 2e-2 : 1e-5);
    std::vector<double> our_runs, their_runs, ratios;
    for (int run = 0; run < 15; ++run) {
      our_runs.push_back(seconds_of(ours));
      if (!rival) continue;
      their_runs.push_back(seconds_of(theirs));
      ratios.push_back(their_runs.back() / our_runs.back());
    }
    const double work = 2e-9 * static_cast<double>(s.m * s.n * s.k);
    std::printf("| %s | %lld x %lld x %lld | %.0f |", s.name, static_cast<long long>(s.m), static_cast<long long>(s.n),
                static_cast<long long>(s.k), work / median(our_runs));
    ours_total += median(our_runs);
    if (rival) {
      rival_total += median(their_runs);
      std::printf(" %.0f | %.2f |\n", work / median(their_runs), median(ratios));
    } else {
      std::printf(" | |\n");
    }
    std::fflush(stdout);
  }
  std::printf("| all of them | | %.1f ms | %.1f ms | %.2f |\n\n", ours_total * 1e3, rival_total * 1e3,
              rival ? rival_total / ours_total : 0.0);
}

}  // namespace

BENCHMARK(matrix_product_fp32) { compare(Precision::kFp32); }

BENCHMARK(matrix_product_bf16) {
  if (bf16_supported()) {
    compare(Precision::kBf16Mixed);
  } else {
    std::printf("no bf16 on this processor\n");
  }
}
