// The dense kernels once more, in the plainest form and in double precision.
#pragma once

#include <vector>

#include "kernels.h"

namespace hyena::test {

using Doubles = std::vector<double>;

// Row-major matrices: a [m, k], b [k, n].
Doubles product(const Doubles& a, const Doubles& b, int64_t m, int64_t k, int64_t n);
Doubles transposed(const Doubles& a, int64_t rows, int64_t columns);
// Adds bias[column] to every row.
void add_bias(Doubles& a, const Doubles& bias);
// Sum over the rows of a [rows, columns].
Doubles sum_of_rows(const Doubles& a, int64_t columns);

double gelu(double h);
double gelu_derivative(double h);

template <typename Values>
Doubles widened(const Values& values) {
  return Doubles(values.begin(), values.end());
}

}  // namespace hyena::test
