// Matrix products of every instruction set against sums in double precision.
#include <cmath>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

// The matrices of one product with gaps between their rows, which hold NaN where a kernel must not read and a marker
// where it must not write.
struct Case {
  int64_t m, n, k;
  bool transpose_a, transpose_b, accumulate, row_bias, column_bias;
  int64_t gap;
};

constexpr float kMarker = 12345.5f;

std::vector<float> with_gaps(Random& random, int64_t rows, int64_t columns, int64_t stride, float filling) {
  std::vector<float> values(static_cast<size_t>(rows > 0 ? (rows - 1) * stride + columns : 0), filling);
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) values[static_cast<size_t>(i * stride + j)] = random.normal();
  }
  return values;
}

void check_case(const Kernels& kernels, Runtime& runtime, const Case& c, uint64_t seed) {
  Random random(seed);
  const int64_t a_rows = c.transpose_a ? c.k : c.m, a_columns = c.transpose_a ? c.m : c.k;
  const int64_t b_rows = c.transpose_b ? c.n : c.k, b_columns = c.transpose_b ? c.k : c.n;
  const int64_t lda = a_columns + c.gap, ldb = b_columns + 2 * c.gap, ldc = c.n + c.gap;
  const std::vector<float> a = with_gaps(random, a_rows, a_columns, lda, NAN);
  const std::vector<float> b = with_gaps(random, b_rows, b_columns, ldb, NAN);
  std::vector<float> result = with_gaps(random, c.m, c.n, ldc, kMarker);
  const std::vector<float> row_bias = random.normals(c.m), column_bias = random.normals(c.n);
  std::vector<double> expected(result.begin(), result.end());
  for (int64_t i = 0; i < c.m; ++i) {
    for (int64_t j = 0; j < c.n; ++j) {
      double sum = c.accumulate ? expected[static_cast<size_t>(i * ldc + j)] : 0;
      for (int64_t k = 0; k < c.k; ++k) {
        sum += static_cast<double>(a[static_cast<size_t>(c.transpose_a ? k * lda + i : i * lda + k)]) *
               static_cast<double>(b[static_cast<size_t>(c.transpose_b ? j * ldb + k : k * ldb + j)]);
      }
      if (c.row_bias) sum += row_bias[static_cast<size_t>(i)];
      if (c.column_bias) sum += column_bias[static_cast<size_t>(j)];
      expected[static_cast<size_t>(i * ldc + j)] = sum;
    }
  }
  kernels.matrix_product(runtime, {c.m, c.n, c.k, a.data(), lda, c.transpose_a, b.data(), ldb, c.transpose_b,
                                   result.data(), ldc, c.accumulate, c.row_bias ? row_bias.data() : nullptr,
                                   c.column_bias ? column_bias.data() : nullptr, Precision::kFp32});
  // The marks first: they would drown an error of the product.
  for (int64_t i = 0; i + 1 < c.m; ++i) {
    for (int64_t j = c.n; j < ldc; ++j) {
      CHECK(result[static_cast<size_t>(i * ldc + j)] == kMarker);
      result[static_cast<size_t>(i * ldc + j)] = 0;
      expected[static_cast<size_t>(i * ldc + j)] = 0;
    }
  }
  EXPECT_CLOSE(result, expected, 1e-6 + 1e-7 * std::sqrt(static_cast<double>(c.k)));
}

int64_t size(Random& random) {
  static constexpr int64_t kOdd[] = {1, 2, 3, 5, 7, 13, 14, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 97, 127, 131, 255, 256, 257};
  return random.integer(0, 2) == 0 ? random.integer(1, 300) : kOdd[random.integer(0, std::size(kOdd) - 1)];
}

}  // namespace

TEST(matrix_product_of_random_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(7);
    for (int i = 0; i < 150; ++i) {
      const Case c{size(random), size(random), size(random), random.integer(0, 1) == 1, random.integer(0, 1) == 1,
                   random.integer(0, 1) == 1, random.integer(0, 1) == 1, random.integer(0, 1) == 1,
                   random.integer(0, 1) * random.integer(0, 9)};
      check_case(kernels, runtime, c, static_cast<uint64_t>(i));
    }
  });
}

TEST(matrix_product_of_few_rows_or_columns) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    uint64_t seed = 1;
    for (const int64_t few : {1, 2, 3, 4, 5, 8}) {
      for (int flags = 0; flags < 4; ++flags) {
        for (const auto& [m, n] : {std::pair{few, int64_t{301}}, std::pair{int64_t{301}, few}}) {
          check_case(kernels, runtime, {m, n, 259, (flags & 1) != 0, (flags & 2) != 0, seed % 2 == 0, true, true, 3},
                     seed);
          ++seed;
        }
      }
    }
  });
}

TEST(matrix_product_of_many_terms) {  // sums that are cut into slices
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    uint64_t seed = 1;
    for (const int64_t k : {2047, 4096, 5003}) {
      for (int flags = 0; flags < 8; ++flags) {
        check_case(kernels, runtime,
                   {37, 53, k, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, true, true, flags % 3}, seed++);
      }
    }
  });
}

TEST(matrix_product_of_nothing) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const bool accumulate : {false, true}) {
      check_case(kernels, runtime, {5, 7, 0, false, false, accumulate, true, true, 1}, 1);
      check_case(kernels, runtime, {0, 7, 3, false, false, accumulate, true, true, 0}, 1);
      check_case(kernels, runtime, {5, 0, 3, false, false, accumulate, true, true, 0}, 1);
    }
  });
}

TEST(matrix_product_passes_nan_and_infinity) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const int64_t size = 67;
    std::vector<float> a(size * size, 1), b(size * size, 1), c(size * size);
    a[3 * size + 5] = NAN;
    a[40 * size + 66] = HUGE_VALF;
    b[66 * size + 2] = 0;  // infinity times zero
    kernels.matrix_product(runtime, {size, size, size, a.data(), size, false, b.data(), size, false, c.data(), size,
                                     false, nullptr, nullptr, Precision::kFp32});
    for (int64_t i = 0; i < size; ++i) {
      for (int64_t j = 0; j < size; ++j) {
        const float value = c[static_cast<size_t>(i * size + j)];
        if (i == 3 || (i == 40 && j == 2)) {
          CHECK(std::isnan(value));
        } else {
          CHECK(value == (i == 40 ? HUGE_VALF : static_cast<float>(j == 2 ? size - 1 : size)));
        }
      }
    }
  });
}

TEST(matrix_product_is_the_same_on_any_number_of_threads) {
  for (const auto& [m, n, k] : {std::tuple{700, 130, 300}, std::tuple{130, 700, 300}, std::tuple{60, 50, 9000}}) {
    Random random(3);
    const std::vector<float> a = random.normals(m * k), b = random.normals(n * k);
    expect_deterministic([&, m = m, n = n, k = k](const Kernels& kernels, Runtime& runtime) {
      std::vector<float> c(static_cast<size_t>(m * n));
      kernels.matrix_product(runtime, {m, n, k, a.data(), k, false, b.data(), k, true, c.data(), n, false, nullptr,
                                       nullptr, Precision::kFp32});
      return c;
    });
  }
}
