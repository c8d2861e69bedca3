// Products of registers with nothing to wait for: what products of matrices can reach at best.
#include <numeric>
#include <vector>

#include "bf16-unit.h"
#include "product.h"
#include "simd.h"
#include "unroll.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int kSums = 10;  // enough to cover the latency, few enough for sixteen registers

// Returns the floating-point operations.
double multiply_in_registers(int64_t rounds, float* values) {
  Vec total[kSums];
  for (int i = 0; i < kSums; ++i) total[i] = load(values + i * kLanes);
  const Vec left = load(values + kSums * kLanes), right = load(values + (kSums + 1) * kLanes);
  for (int64_t round = 0; round < rounds; ++round) {
    HYENA_UNROLL
    for (int i = 0; i < kSums; ++i) total[i] = fma(left, right, total[i]);
  }
  for (int i = 0; i < kSums; ++i) store(values + i * kLanes, total[i]);
  return 2.0 * kSums * kLanes * static_cast<double>(rounds);
}

}  // namespace

void multiply_registers(Runtime& runtime, Precision precision, int64_t rounds, float* sum) {
  const int64_t tasks = 4 * runtime.threads();
  std::vector<double> operations(static_cast<size_t>(tasks));
  runtime.parallel(tasks, [&](int64_t task) {
    float values[kRegisterFloats] = {};
    __asm__ volatile("" ::"g"(values) : "memory");  // the compiler knows no longer that these are zeros
    double& done = operations[static_cast<size_t>(task)];
    if (precision != Precision::kBf16Mixed || !multiply_registers_by_unit(rounds, values, done)) {
      done = multiply_in_registers(rounds, values);
    }
    __asm__ volatile("" ::"g"(values) : "memory");
  });
  *sum = 0;
  runtime.work().product_operations += std::accumulate(operations.begin(), operations.end(), 0.0);
}

}  // namespace hyena::HYENA_ISA
