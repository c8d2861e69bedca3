// Element by element, against the functions of the standard library in double.
#include <cmath>
#include <limits>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct UnaryCase {
  Unary op;
  double (*expected)(double);
  float low, high;  // of the arguments
};

const UnaryCase kUnaryCases[] = {
    {Unary::kNegate, [](double v) { return -v; }, -9, 9},
    {Unary::kAbs, [](double v) { return std::fabs(v); }, -9, 9},
    {Unary::kSquare, [](double v) { return v * v; }, -9, 9},
    {Unary::kSqrt, [](double v) { return std::sqrt(v); }, 0, 9},
    {Unary::kRsqrt, [](double v) { return 1 / std::sqrt(v); }, 0.5f, 9},
    {Unary::kReciprocal, [](double v) { return 1 / v; }, 0.5f, 9},
    {Unary::kExp, [](double v) { return std::exp(v); }, -20, 20},
    {Unary::kExpm1, [](double v) { return std::expm1(v); }, -2, 2},
    {Unary::kLog, [](double v) { return std::log(v); }, 0.01f, 9},
    {Unary::kLog1p, [](double v) { return std::log1p(v); }, -0.9f, 9},
    {Unary::kTanh, [](double v) { return std::tanh(v); }, -9, 9},
    {Unary::kSigmoid, [](double v) { return 1 / (1 + std::exp(-v)); }, -9, 9},
    {Unary::kSin, [](double v) { return std::sin(v); }, -90, 90},
    {Unary::kCos, [](double v) { return std::cos(v); }, -90, 90},
    {Unary::kErf, [](double v) { return std::erf(v); }, -3, 3},
    {Unary::kRelu, [](double v) { return v > 0 ? v : 0; }, -9, 9},
    {Unary::kStep, [](double v) { return v > 0 ? 1.0 : 0.0; }, -9, 9},
    {Unary::kSign, [](double v) { return v > 0 ? 1.0 : v < 0 ? -1.0 : 0.0; }, -9, 9},
    {Unary::kFloor, [](double v) { return std::floor(v); }, -9, 9},
    {Unary::kCeil, [](double v) { return std::ceil(v); }, -9, 9},
    {Unary::kRound, [](double v) { return std::nearbyint(v); }, -9, 9},
    {Unary::kSoftplus, [](double v) { return std::log1p(std::exp(v)); }, -30, 30},
};

// The loop over rows and columns with each operand either whole, a column, a row or a number.
Loop broadcast(int64_t rows, int64_t columns, std::initializer_list<std::pair<bool, bool>> operands) {
  Loop loop;
  loop.rank = 2;
  loop.dims[0] = rows;
  loop.dims[1] = columns;
  loop.strides[0][0] = columns;
  loop.strides[0][1] = 1;
  int o = 1;
  for (const auto& [has_rows, has_columns] : operands) {
    loop.strides[o][0] = has_rows ? (has_columns ? columns : 1) : 0;
    loop.strides[o][1] = has_columns ? 1 : 0;
    ++o;
  }
  return loop;
}

float at(const std::vector<float>& values, const Loop& loop, int operand, int64_t row, int64_t column) {
  return values[static_cast<size_t>(row * loop.strides[operand][0] + column * loop.strides[operand][1])];
}

}  // namespace

TEST(unary_functions) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(1);
    for (const UnaryCase& c : kUnaryCases) {
      for (const int64_t count : {0, 1, 5, 16, 33, 20011}) {
        std::vector<float> x(static_cast<size_t>(count)), y(x.size());
        std::vector<double> expected;
        for (float& value : x) value = random.uniform(c.low, c.high);
        for (const float value : x) expected.push_back(c.expected(value));
        kernels.tensor.unary(runtime, c.op, count, x.data(), y.data());
        EXPECT_CLOSE(y, expected, 5e-7);
      }
    }
  });
}

TEST(unary_functions_pass_on_what_is_not_finite) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const std::vector<float> x = {NAN, kInfinity, -kInfinity, 200, -200, 0};
    std::vector<float> y(x.size());
    for (const UnaryCase& c : kUnaryCases) {
      kernels.tensor.unary(runtime, c.op, 6, x.data(), y.data());
      CHECK(std::isnan(y[0]));
    }
    kernels.tensor.unary(runtime, Unary::kExp, 6, x.data(), y.data());
    CHECK(y[1] == kInfinity && y[2] == 0 && y[3] == kInfinity && y[4] == 0 && y[5] == 1);
    kernels.tensor.unary(runtime, Unary::kTanh, 6, x.data(), y.data());
    CHECK(y[1] == 1 && y[2] == -1 && y[5] == 0);
    kernels.tensor.clip(runtime, 6, -3, 4, x.data(), y.data());
    CHECK(std::isnan(y[0]) && y[1] == 4 && y[2] == -3 && y[5] == 0);
  });
}

TEST(binary_functions_broadcast) {
  using Function = double (*)(double, double);
  const std::pair<Binary, Function> cases[] = {
      {Binary::kAdd, [](double a, double b) { return a + b; }},
      {Binary::kSubtract, [](double a, double b) { return a - b; }},
      {Binary::kMultiply, [](double a, double b) { return a * b; }},
      {Binary::kDivide, [](double a, double b) { return a / b; }},
      {Binary::kMaximum, [](double a, double b) { return a > b ? a : b; }},
      {Binary::kMinimum, [](double a, double b) { return a < b ? a : b; }},
      {Binary::kPower, [](double a, double b) { return std::pow(a, b); }},
      {Binary::kSquaredDifference, [](double a, double b) { return (a - b) * (a - b); }},
      {Binary::kFloorDivide, [](double a, double b) { return std::floor(a / b); }},
      {Binary::kModulo, [](double a, double b) { return a - b * std::floor(a / b); }},
  };
  for_each_set([&](const Kernels& kernels, Runtime& runtime) {
    Random random(2);
    for (const int64_t columns : {1, 7, 40, 20000}) {
      const int64_t rows = columns > 1000 ? 3 : 37;
      for (const bool a_rows : {false, true}) {
        for (const bool b_columns : {false, true}) {
          const Loop loop = broadcast(rows, columns, {{a_rows, true}, {true, b_columns}});
          std::vector<float> a(static_cast<size_t>(rows * columns)), b(a.size()), y(a.size());
          for (float& value : a) value = random.uniform(0.3f, 9);
          for (float& value : b) value = random.uniform(0.5f, 2);
          for (const auto& [op, expected_of] : cases) {
            kernels.tensor.binary(runtime, op, loop, a.data(), b.data(), y.data());
            std::vector<double> expected;
            for (int64_t i = 0; i < rows; ++i) {
              for (int64_t j = 0; j < columns; ++j) {
                const float p = at(a, loop, 1, i, j), q = at(b, loop, 2, i, j);
                const bool rounds = op == Binary::kFloorDivide;
                expected.push_back(rounds ? std::floor(double{p / q}) : expected_of(p, q));
              }
            }
            // What lies on an edge of the remainder in fp32 may be on either side of it.
            if (op != Binary::kModulo) EXPECT_CLOSE(y, expected, 1e-6);
          }
        }
      }
    }
    const float odd[] = {5, -5, 5, -5, 7.5f}, by[] = {3, 3, -3, -3, 2};
    float remainders[5];
    kernels.tensor.binary(runtime, Binary::kModulo, broadcast(1, 5, {{true, true}, {true, true}}), odd, by, remainders);
    CHECK(remainders[0] == 2 && remainders[1] == 1 && remainders[2] == -1 && remainders[3] == -2 && remainders[4] == 1.5f);
  });
}

TEST(maximum_and_comparisons_know_not_a_number) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const float a[] = {NAN, 1, NAN, 2}, b[] = {1, NAN, NAN, 1};
    const Loop loop = broadcast(1, 4, {{true, true}, {true, true}});
    float y[4];
    uint8_t flags[4];
    for (const Binary op : {Binary::kMaximum, Binary::kMinimum}) {
      kernels.tensor.binary(runtime, op, loop, a, b, y);
      CHECK(std::isnan(y[0]) && std::isnan(y[1]) && std::isnan(y[2]) && !std::isnan(y[3]));
    }
    kernels.tensor.compare(runtime, Comparison::kNotEqual, loop, a, b, flags);
    CHECK(flags[0] == 1 && flags[1] == 1 && flags[2] == 1 && flags[3] == 1);
    for (const Comparison op : {Comparison::kEqual, Comparison::kLess, Comparison::kLessEqual}) {
      kernels.tensor.compare(runtime, op, loop, a, b, flags);
      CHECK(flags[0] == 0 && flags[1] == 0 && flags[2] == 0 && flags[3] == 0);
    }
    kernels.tensor.compare(runtime, Comparison::kGreater, loop, a, b, flags);
    CHECK(flags[2] == 0 && flags[3] == 1);
    kernels.tensor.test(runtime, Test::kNan, 4, a, flags);
    CHECK(flags[0] == 1 && flags[1] == 0 && flags[2] == 1 && flags[3] == 0);
  });
}

TEST(integers_wrap_and_divide_without_faults) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    constexpr int32_t kLeast = INT32_MIN;
    const int32_t a[] = {INT32_MAX, kLeast, 7, -7, 5}, b[] = {1, -1, 0, 2, -3};
    const Loop loop = broadcast(1, 5, {{true, true}, {true, true}});
    int32_t y[5];
    const auto run = [&](Binary op) { kernels.tensor.binary_int(runtime, op, loop, a, b, y); };
    run(Binary::kAdd);
    CHECK(y[0] == kLeast && y[4] == 2);
    run(Binary::kFloorDivide);
    CHECK(y[0] == INT32_MAX && y[1] == kLeast && y[2] == 0 && y[3] == -4 && y[4] == -2);
    run(Binary::kDivide);
    CHECK(y[3] == -3 && y[4] == -1);
    run(Binary::kModulo);
    CHECK(y[3] == 1 && y[4] == -1);
    run(Binary::kMultiply);
    CHECK(y[1] == kLeast && y[3] == -14);
    run(Binary::kPower);
    CHECK(y[0] == INT32_MAX && y[2] == 1 && y[3] == 49);
    run(Binary::kSquaredDifference);
    CHECK(y[3] == 81 && y[4] == 64);
  });
}

TEST(casts_and_choices) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const float x[] = {1.9f, -1.9f, NAN, 3e9f, -3e9f, 0};
    int32_t ints[6];
    uint8_t flags[6];
    float floats[6];
    kernels.tensor.cast(runtime, DataType::kFloat32, DataType::kInt32, 6, x, ints);
    CHECK(ints[0] == 1 && ints[1] == -1 && ints[2] == 0 && ints[3] == INT32_MAX && ints[4] == INT32_MIN);
    kernels.tensor.cast(runtime, DataType::kFloat32, DataType::kBool, 6, x, flags);
    CHECK(flags[0] == 1 && flags[2] == 1 && flags[5] == 0);
    kernels.tensor.cast(runtime, DataType::kBool, DataType::kFloat32, 6, flags, floats);
    CHECK(floats[0] == 1 && floats[5] == 0);
    const uint8_t condition[] = {1, 0, 2, 0, 1, 0};
    const float zero = 0;
    kernels.tensor.select(runtime, 4, broadcast(1, 6, {{true, true}, {true, true}, {false, false}}), condition, x,
                          &zero, floats);
    CHECK(floats[0] == 1.9f && floats[1] == 0 && std::isnan(floats[2]) && floats[3] == 0 && floats[4] == -3e9f);
    kernels.tensor.logical(runtime, Logical::kAnd, broadcast(1, 6, {{true, true}, {true, true}}), condition, flags,
                           flags);
    CHECK(flags[0] == 1 && flags[1] == 0 && flags[2] == 1 && flags[4] == 1 && flags[5] == 0);
  });
}
