// Products of bf16 numbers on every unit that the processor has: exactly the fp32 products of rounded operands, but for
// the rounding of sums.
#include "bf16.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "check.h"
#include "dense-reference.h"

using namespace hyena;
using namespace hyena::test;

namespace {

// To nearest, ties to even.
float rounded(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  if (std::isnan(value)) return value;
  bits += 0x7fff + (bits >> 16 & 1);
  return std::bit_cast<float>(bits & 0xffff0000u);
}

void for_each_unit(const std::function<void(const Kernels&, Runtime&)>& body) {
  const Bf16Unit before = bf16_unit();
  for (const Bf16Unit unit : available_bf16_units()) {
    if (unit == Bf16Unit::kNone) continue;
    use_bf16_unit(unit);
    Runtime runtime(2);
    for (const Kernels* table : available_kernels()) {
      if (std::strcmp(table->name, "avx512") == 0) body(*table, runtime);
    }
  }
  use_bf16_unit(before);
}

struct Case {
  int64_t m, n, k;
  bool transpose_a, transpose_b, accumulate, row_bias, column_bias;
};

void check_case(const Kernels& kernels, Runtime& runtime, const Case& c, uint64_t seed) {
  Random random(seed);
  const int64_t gap = static_cast<int64_t>(seed % 3), ldc = c.n + gap;
  const std::vector<float> a = random.normals(c.m * c.k), b = random.normals(c.n * c.k);
  const std::vector<float> row_bias = random.normals(c.m), column_bias = random.normals(c.n);
  std::vector<float> result = random.normals(c.m * ldc);
  std::vector<double> expected(result.begin(), result.end());
  for (int64_t i = 0; i < c.m; ++i) {
    for (int64_t j = 0; j < c.n; ++j) {
      double sum = c.accumulate ? expected[static_cast<size_t>(i * ldc + j)] : 0;
      for (int64_t k = 0; k < c.k; ++k) {
        sum += static_cast<double>(rounded(a[static_cast<size_t>(c.transpose_a ? k * c.m + i : i * c.k + k)])) *
               static_cast<double>(rounded(b[static_cast<size_t>(c.transpose_b ? j * c.k + k : k * c.n + j)]));
      }
      if (c.row_bias) sum += row_bias[static_cast<size_t>(i)];
      if (c.column_bias) sum += column_bias[static_cast<size_t>(j)];
      expected[static_cast<size_t>(i * ldc + j)] = sum;
    }
  }
  kernels.matrix_product(runtime, {c.m, c.n, c.k, a.data(), c.transpose_a ? c.m : c.k, c.transpose_a, b.data(),
                                   c.transpose_b ? c.k : c.n, c.transpose_b, result.data(), ldc, c.accumulate,
                                   c.row_bias ? row_bias.data() : nullptr, c.column_bias ? column_bias.data() : nullptr,
                                   Precision::kBf16Mixed});
  EXPECT_CLOSE(result, expected, 1e-6 + 1e-7 * std::sqrt(static_cast<double>(c.k)));
}

}  // namespace

TEST(bf16_products_of_random_shapes) {
  for_each_unit([](const Kernels& kernels, Runtime& runtime) {
    Random random(3);
    for (int i = 0; i < 120; ++i) {
      static constexpr int64_t kOdd[] = {1, 2, 15, 16, 17, 31, 32, 33, 64, 65, 96, 128, 255, 256};
      const auto size = [&] { return random.integer(0, 1) == 0 ? kOdd[random.integer(0, 13)] : random.integer(1, 200); };
      check_case(kernels, runtime,
                 {size(), size(), size(), random.integer(0, 1) == 1, random.integer(0, 1) == 1,
                  random.integer(0, 1) == 1, random.integer(0, 2) == 1, random.integer(0, 1) == 1},
                 static_cast<uint64_t>(i));
    }
    for (int flags = 0; flags < 8; ++flags) {
      check_case(kernels, runtime,
                 {37, 70, 2500 + 31 * flags, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, true, true},
                 static_cast<uint64_t>(flags));
    }
    check_case(kernels, runtime, {3, 5, 0, false, false, true, true, true}, 1);
  });
}

TEST(bf16_rounds_to_nearest_even_and_passes_nan_and_infinity) {
  for_each_unit([](const Kernels& kernels, Runtime& runtime) {
    Random random(5);
    std::vector<float> x = {1.00390625f, 1.01171875f, 0x1.01p0f, 0x1.03p0f, -0x1.01p0f, 0x1.fffffep127f, NAN, HUGE_VALF,
                            -HUGE_VALF, 0.0f, -0.0f, 1e-30f};
    for (int i = 0; i < 500; ++i) x.push_back(random.normal() * std::exp2(static_cast<float>(random.integer(-60, 60))));
    const auto count = static_cast<int64_t>(x.size());
    const float one = 1;
    for (const bool transposed : {false, true}) {  // as a column, then as a row
      std::vector<float> y(x.size());
      if (transposed) {
        kernels.matrix_product(runtime, {1, count, 1, &one, 1, false, x.data(), count, false, y.data(), count, false,
                                         nullptr, nullptr, Precision::kBf16Mixed});
      } else {
        kernels.matrix_product(runtime, {count, 1, 1, x.data(), 1, false, &one, 1, false, y.data(), 1, false, nullptr,
                                         nullptr, Precision::kBf16Mixed});
      }
      for (size_t i = 0; i < x.size(); ++i) CHECK(std::isnan(x[i]) ? std::isnan(y[i]) : y[i] == rounded(x[i]));
    }
  });
}

TEST(bf16_products_are_the_same_on_any_number_of_threads) {
  const Bf16Unit before = bf16_unit();
  for (const Bf16Unit unit : available_bf16_units()) {
    use_bf16_unit(unit);
    for (const auto& [m, n, k] : {std::tuple{700, 130, 300}, std::tuple{130, 700, 300}, std::tuple{60, 50, 9000}}) {
      Random random(3);
      const std::vector<float> a = random.normals(m * k), b = random.normals(n * k);
      expect_deterministic([&, m = m, n = n, k = k](const Kernels& kernels, Runtime& runtime) {
        std::vector<float> c(static_cast<size_t>(m * n));
        kernels.matrix_product(runtime, {m, n, k, a.data(), k, false, b.data(), k, true, c.data(), n, false, nullptr,
                                         nullptr, Precision::kBf16Mixed});
        return c;
      });
    }
  }
  use_bf16_unit(before);
}
