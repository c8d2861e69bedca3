#include "dense-reference.h"

#include <cmath>

namespace hyena::test {

Doubles product(const Doubles& a, const Doubles& b, int64_t m, int64_t k, int64_t n) {
  Doubles c(static_cast<size_t>(m * n));
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t x = 0; x < k; ++x) {
      const double factor = a[static_cast<size_t>(i * k + x)];
      for (int64_t j = 0; j < n; ++j) c[static_cast<size_t>(i * n + j)] += factor * b[static_cast<size_t>(x * n + j)];
    }
  }
  return c;
}

Doubles transposed(const Doubles& a, int64_t rows, int64_t columns) {
  Doubles result(a.size());
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) {
      result[static_cast<size_t>(j * rows + i)] = a[static_cast<size_t>(i * columns + j)];
    }
  }
  return result;
}

void add_bias(Doubles& a, const Doubles& bias) {
  for (size_t i = 0; i < a.size(); ++i) a[i] += bias[i % bias.size()];
}

Doubles sum_of_rows(const Doubles& a, int64_t columns) {
  Doubles sums(static_cast<size_t>(columns));
  for (size_t i = 0; i < a.size(); ++i) sums[i % static_cast<size_t>(columns)] += a[i];
  return sums;
}

namespace {
const double kFactor = std::sqrt(2 / 3.14159265358979323846);
}

double gelu(double h) { return 0.5 * h * (1 + std::tanh(kFactor * (h + 0.044715 * h * h * h))); }

double gelu_derivative(double h) {
  const double t = std::tanh(kFactor * (h + 0.044715 * h * h * h));
  return 0.5 * (1 + t) + 0.5 * h * (1 - t * t) * kFactor * (1 + 3 * 0.044715 * h * h);
}

}  // namespace hyena::test
