// Products with weights in the types in which they are kept, against the numbers that they stand for.
#include <bit>
#include <cstring>
#include <limits>

#include "check.h"
#include "dense-reference.h"
#include "processor.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr WeightType kPackedTypes[] = {WeightType::kBf16, WeightType::kInt8, WeightType::kInt4};
constexpr double kTolerance = 3e-6;
// Vectors are taken as numbers of 16 bits where they are few.
constexpr double kVectorTolerance = 1e-4;

// A matrix of random bytes, scales that are bf16, and what both stand for by the layout that kernels.h describes.
struct Packed {
  int64_t rows, columns;
  WeightType type;
  std::vector<uint8_t> memory;
  std::vector<float> numbers;

  Weight weight() const { return {type, memory.data(), rows, columns}; }
};

uint16_t bf16(float value) { return static_cast<uint16_t>(std::bit_cast<uint32_t>(value) >> 16); }
float single(uint16_t half) { return std::bit_cast<float>(static_cast<uint32_t>(half) << 16); }

Packed make_packed(Random& random, WeightType type, int64_t rows, int64_t columns) {
  Packed p{rows, columns, type, {}, std::vector<float>(static_cast<size_t>(rows * columns))};
  p.memory.resize(static_cast<size_t>(weight_bytes(type, rows, columns)));
  if (type == WeightType::kBf16) {
    for (size_t i = 0; i < p.numbers.size(); ++i) {
      const uint16_t half = bf16(random.normal());
      std::memcpy(p.memory.data() + 2 * i, &half, 2);
      p.numbers[i] = single(half);
    }
    return p;
  }
  const int64_t groups = (columns + 31) / 32, bytes = type == WeightType::kInt8 ? 32 : 16;
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t group = 0; group < groups; ++group) {
      const uint16_t scale = bf16(0.05f * random.normal());
      std::memcpy(p.memory.data() + rows * groups * bytes + 2 * (row * groups + group), &scale, 2);
      uint8_t* values = p.memory.data() + (row * groups + group) * bytes;
      for (int64_t i = 0; i < 32; ++i) {
        const bool present = group * 32 + i < columns;
        int number = static_cast<int>(type == WeightType::kInt8 ? random.integer(-127, 127) : random.integer(-8, 7));
        if (!present) number = 0;
        if (type == WeightType::kInt8) {
          values[i] = static_cast<uint8_t>(number);
        } else if (i < 16) {
          values[i] = static_cast<uint8_t>(number + 8);
        } else {
          values[i - 16] = static_cast<uint8_t>(values[i - 16] | (number + 8) << 4);
        }
        if (present) p.numbers[row * columns + group * 32 + i] = static_cast<float>(number) * single(scale);
      }
    }
  }
  return p;
}

Doubles right_product(const std::vector<float>& x, const Packed& w, int64_t rows) {
  return product(widened(x), transposed(widened(w.numbers), w.rows, w.columns), rows, w.columns, w.rows);
}

}  // namespace

TEST(weights_widen_to_their_numbers) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(31);
    for (const WeightType type : kPackedTypes) {
      for (const int64_t columns : {1, 31, 32, 33, 100, 864}) {
        const Packed w = make_packed(random, type, 5, columns);
        std::vector<float> y(w.numbers.size());
        kernels.widen(runtime, w.weight(), w.rows, w.columns, y.data());
        EXPECT_SAME(y, w.numbers);
      }
    }
  });
}

TEST(weight_product_of_few_and_many_rows) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(32);
    for (const WeightType type : kPackedTypes) {
      for (const int64_t rows : {1, 2, 3, 4, 5, 7, 8, 9, 13, 40, 70}) {
        for (const auto& [in, out] : {std::pair{1, 1}, std::pair{31, 3}, std::pair{32, 70}, std::pair{864, 37},
                                      std::pair{1100, 9}, std::pair{65, 600}}) {
          const Packed w = make_packed(random, type, out, in);
          const std::vector<float> x = random.normals(rows * in);
          std::vector<float> y(static_cast<size_t>(rows * out), std::numeric_limits<float>::quiet_NaN());
          kernels.weight_product(runtime, rows, in, out, x.data(), w.weight(), y.data());
          EXPECT_CLOSE(y, right_product(x, w, rows), has_scales(type) && rows <= 8 ? kVectorTolerance : kTolerance);
        }
      }
    }
  });
}

// Sums of whole numbers are exact, however the processor takes them.
TEST(weight_product_is_the_same_without_vnni) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(41);
    for (const WeightType type : {WeightType::kInt8, WeightType::kInt4}) {
      for (const int64_t rows : {1, 3, 8}) {
        const Packed w = make_packed(random, type, 75, 1100);
        const std::vector<float> x = random.normals(rows * 1100);
        const auto multiplied = [&](bool vnni) {
          use_vnni(vnni);
          std::vector<float> y(static_cast<size_t>(rows * 75));
          kernels.weight_product(runtime, rows, 1100, 75, x.data(), w.weight(), y.data());
          use_vnni(true);
          return y;
        };
        EXPECT_SAME(multiplied(true), multiplied(false));
      }
    }
  });
}

// Numbers of very different sizes, and vectors of nothing.
TEST(weight_product_keeps_small_vectors) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(33);
    for (const WeightType type : kPackedTypes) {
      const Packed w = make_packed(random, type, 20, 96);
      for (const float size : {0.0f, 1e-20f, 1e20f}) {
        std::vector<float> x = random.normals(2 * 96, size);
        if (size == 0) std::fill(x.begin(), x.end(), 0.0f);
        std::vector<float> y(2 * 20);
        kernels.weight_product(runtime, 2, 96, 20, x.data(), w.weight(), y.data());
        const Doubles right = right_product(x, w, 2);
        if (size == 0) {
          EXPECT_SAME(y, std::vector<float>(2 * 20));
        } else {
          EXPECT_CLOSE(y, right, kVectorTolerance);
        }
      }
    }
  });
}

TEST(weight_product_of_numbers_that_are_not_finite) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(34);
    for (const WeightType type : kPackedTypes) {
      const Packed w = make_packed(random, type, 10, 70);
      for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        std::vector<float> x = random.normals(3 * 70);
        x[70 + 65] = bad;
        std::vector<float> y(3 * 10);
        kernels.weight_product(runtime, 3, 70, 10, x.data(), w.weight(), y.data());
        for (int64_t i = 0; i < 30; ++i) {
          // A weight may be zero, and infinity times it NaN.
          CHECK(std::isfinite(y[static_cast<size_t>(i)]) == (i / 10 != 1));
        }
      }
    }
  });
}

TEST(linear_with_packed_weights) {
  constexpr Layout kLayouts[] = {Layout::kTokens, Layout::kChannels};
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    Random random(35);
    for (const WeightType type : kPackedTypes) {
      for (const Layout input : kLayouts) {
        for (const Layout output : kLayouts) {
          for (const auto& [rows, in, out] : {std::tuple{1, 64, 40}, std::tuple{6, 33, 20}, std::tuple{50, 70, 129},
                                              std::tuple{12, 5000, 150}}) {
            const Packed w = make_packed(random, type, out, in);
            const std::vector<float> x = random.normals(rows * in), bias = random.normals(out);
            const std::vector<float> dy = random.normals(rows * out);
            const LinearShape s{rows, in, out, input, output, Precision::kFp32};
            const auto laid_out = [](const auto& values, int64_t n, int64_t channels, Layout layout) {
              const Doubles tokens(values.begin(), values.end());
              return layout == Layout::kTokens ? tokens : transposed(tokens, n, channels);
            };
            const auto given = [&](const std::vector<float>& values, int64_t channels, Layout layout) {
              const Doubles laid = laid_out(values, rows, channels, layout);
              return std::vector<float>(laid.begin(), laid.end());
            };
            Doubles right = right_product(x, w, rows);
            add_bias(right, widened(bias));
            std::vector<float> y(right.size());
            kernels.linear(runtime, s, given(x, in, input).data(), w.weight(), bias.data(), y.data());
            EXPECT_CLOSE(y, laid_out(right, rows, out, output), kVectorTolerance);
            std::vector<float> dx(x.size()), dw(w.numbers.size()), dbias(bias.size());
            kernels.linear_backward(runtime, s, given(dy, out, output).data(), given(x, in, input).data(), w.weight(),
                                    dx.data(), dw.data(), dbias.data());
            EXPECT_CLOSE(dx, laid_out(product(widened(dy), widened(w.numbers), rows, out, in), rows, in, input), kTolerance);
          }
        }
      }
    }
  });
}

// The other operations are what they are with the same numbers as fp32.
TEST(operations_with_packed_weights) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(36);
    for (const WeightType type : kPackedTypes) {
      for (const int64_t rows : {3, 30}) {
        const int64_t d = 40, inner = 100, vocabulary = 77;
        const Packed w1 = make_packed(random, type, inner, d), w2 = make_packed(random, type, d, inner);
        const Packed head = make_packed(random, type, vocabulary, d);
        const std::vector<float> before = random.normals(rows * inner);
        const std::vector<float> x = random.normals(rows * d), b1 = random.normals(inner), b2 = random.normals(d);
        const auto outputs = [&](const Weight& one, const Weight& two, const Weight& table) {
          const MlpShape s{rows, d, inner, Precision::kFp32};
          std::vector<float> hidden(rows * inner), y(rows * d), dx(rows * d), dw1(inner * d), dw2(inner * d), db1(inner);
          std::vector<float> db2(d), loss(1), token_loss(rows), grad_x(rows * d), grad_table(vocabulary * d), tokens(rows * d);
          std::vector<int32_t> ids;
          for (int64_t i = 0; i < rows; ++i) ids.push_back(static_cast<int32_t>(i * 7 % vocabulary));
          const std::vector<float> mask(rows, 1.0f);
          kernels.mlp(runtime, s, x.data(), one, b1.data(), two, b2.data(), y.data(), hidden.data());
          kernels.mlp_backward(runtime, s, x.data(), x.data(), one, two, before.data(), dx.data(), dw1.data(), db1.data(),
                               dw2.data(), db2.data());
          kernels.cross_entropy(runtime, Precision::kFp32, rows, d, vocabulary, x.data(), table, ids.data(), mask.data(),
                                loss.data(), token_loss.data(), grad_x.data(), grad_table.data());
          kernels.embedding(runtime, rows, d, vocabulary, ids.data(), table, tokens.data());
          return std::vector<std::vector<float>>{y, dx, loss, token_loss, grad_x, grad_table, tokens};
        };
        // Rounded logits of some tens move probabilities more than themselves.
        const double tolerance = has_scales(type) && rows <= 8 ? 3e-3 : 2e-5;
        const auto right = outputs(w1.numbers.data(), w2.numbers.data(), head.numbers.data());
        const auto found = outputs(w1.weight(), w2.weight(), head.weight());
        for (size_t i = 0; i < right.size(); ++i) EXPECT_CLOSE(found[i], widened(right[i]), tolerance);
      }
    }
  });
}

TEST(weight_product_deterministic) {
  for (const WeightType type : kPackedTypes) {
    for (const int64_t rows : {1, 5, 60}) {
      expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
        Random random(37);
        const Packed w = make_packed(random, type, 900, 300);
        const std::vector<float> x = random.normals(rows * 300);
        std::vector<float> y(static_cast<size_t>(rows * 900));
        kernels.weight_product(runtime, rows, 300, 900, x.data(), w.weight(), y.data());
        return y;
      });
    }
  }
}

TEST(memory_is_read_to_its_last_byte) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const int64_t bytes : {1, 511, 512, 513, 3000000}) {
      std::vector<uint8_t> memory(static_cast<size_t>(bytes));
      const auto sum = [&] {
        int32_t result = -1;
        kernels.read_memory(runtime, bytes, memory.data(), &result);
        return result;
      };
      CHECK(sum() == 0);
      for (const int64_t at : {int64_t{0}, bytes / 2, bytes - 1}) {
        memory[static_cast<size_t>(at)] = 1;
        CHECK(sum() != 0);
        memory[static_cast<size_t>(at)] = 0;
      }
    }
  });
}
