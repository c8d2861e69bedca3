// Simple forms of the kernels that have no source of their own yet; weak, so that a real one replaces them.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "isa.h"

#define HYENA_WEAK __attribute__((weak))

namespace hyena::HYENA_ISA {

HYENA_WEAK void matrix_product(Runtime& runtime, const MatrixProduct& p) {
  runtime.parallel_ranges(p.m, 16, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t j = 0; j < p.n; ++j) {
        float sum = 0;
        for (int64_t k = 0; k < p.k; ++k) {
          const float a = p.transpose_a ? p.a[k * p.lda + i] : p.a[i * p.lda + k];
          const float b = p.transpose_b ? p.b[j * p.ldb + k] : p.b[k * p.ldb + j];
          sum += a * b;
        }
        if (p.bias_per_row != nullptr) sum += p.bias_per_row[i];
        if (p.bias_per_column != nullptr) sum += p.bias_per_column[j];
        float& c = p.c[i * p.ldc + j];
        c = p.accumulate ? c + sum : sum;
      }
    }
  });
}

HYENA_WEAK void linear(Runtime&, const LinearShape&, const float*, const float*, const float*, float*) { throw KernelError("linear is missing"); }
HYENA_WEAK void linear_backward(Runtime&, const LinearShape&, const float*, const float*, const float*, float*, float*, float*) { throw KernelError("linear_backward is missing"); }
HYENA_WEAK void mlp(Runtime&, const MlpShape&, const float*, const float*, const float*, const float*, const float*, float*, float*) { throw KernelError("mlp is missing"); }
HYENA_WEAK void mlp_backward(Runtime&, const MlpShape&, const float*, const float*, const float*, const float*, const float*, float*, float*, float*, float*, float*) { throw KernelError("mlp_backward is missing"); }
HYENA_WEAK void cross_entropy(Runtime&, Precision, int64_t, int64_t, int64_t, const float*, const float*, const int32_t*, const float*, float*, float*, float*, float*) { throw KernelError("cross_entropy is missing"); }
HYENA_WEAK void implicit_filter(Runtime&, const FilterShape&, const FilterWeights&, float*) { throw KernelError("implicit_filter is missing"); }
HYENA_WEAK void implicit_filter_backward(Runtime&, const FilterShape&, const FilterWeights&, const float*, const FilterGradients&) { throw KernelError("implicit_filter_backward is missing"); }
HYENA_WEAK void long_convolution(Runtime&, int64_t, int64_t, int64_t, int64_t, const float*, const float*, const float*, float*) { throw KernelError("long_convolution is missing"); }
HYENA_WEAK void long_convolution_backward(Runtime&, int64_t, int64_t, int64_t, int64_t, const float*, const float*, const float*, const float*, float*, float*, float*) { throw KernelError("long_convolution_backward is missing"); }
HYENA_WEAK void recurrence(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, float*) { throw KernelError("recurrence is missing"); }
HYENA_WEAK void recurrence_backward(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, const float*, const RecurrenceGradients&) { throw KernelError("recurrence_backward is missing"); }
HYENA_WEAK void dropout(Runtime&, int64_t, float, uint64_t, const float*, float*) { throw KernelError("dropout is missing"); }

}  // namespace hyena::HYENA_ISA
