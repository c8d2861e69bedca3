// Element by element: unary functions, and binary ones with broadcasting.
#include <cmath>
#include <cstring>

#include "loops.h"
#include "simd.h"

namespace hyena::HYENA_ISA {
namespace {

template <typename Body>
void vectors(Runtime& runtime, int64_t count, const float* x, float* y, const Body& body) {
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    int64_t i = begin;
    for (; i + kLanes <= end; i += kLanes) store(y + i, body(load(x + i)));
    if (i < end) store_partial(y + i, body(load_partial(x + i, end - i)), end - i);
  });
}

template <typename From, typename To, typename Body>
void scalars(Runtime& runtime, int64_t count, const From* x, To* y, const Body& body) {
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) y[i] = body(x[i]);
  });
}

// As in JavaScript: halves go to the even neighbour, which is also what tfjs does.
float round_half_even(float v) { return std::nearbyint(v); }

Vec sigmoid(Vec v) { return 1.0f / (1.0f + exp(-v)); }

// One row of a binary function: contiguous, with either side broadcast, or strided.
template <typename In, typename Out, typename Body>
void binary_rows(Runtime& runtime, const Loop& loop, const In* a, const In* b, Out* y, const Body& body) {
  const int64_t sy = inner_stride(loop, 0), sa = inner_stride(loop, 1), sb = inner_stride(loop, 2);
  for_each_row(runtime, loop, 3, [&](const int64_t* at, int64_t count) {
    Out* out = y + at[0];
    const In* left = a + at[1];
    const In* right = b + at[2];
    if (sy == 1 && sa == 1 && sb == 1) {
      for (int64_t i = 0; i < count; ++i) out[i] = body(left[i], right[i]);
    } else if (sy == 1 && sa == 1 && sb == 0) {
      const In value = *right;
      for (int64_t i = 0; i < count; ++i) out[i] = body(left[i], value);
    } else if (sy == 1 && sa == 0 && sb == 1) {
      const In value = *left;
      for (int64_t i = 0; i < count; ++i) out[i] = body(value, right[i]);
    } else {
      for (int64_t i = 0; i < count; ++i) out[i * sy] = body(left[i * sa], right[i * sb]);
    }
  });
}

float modulo(float a, float b) {  // the sign of the divisor, as tfjs's Mod
  const float remainder = std::fmod(a, b);
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

// Integers wrap around like the typed arrays of JavaScript, without undefined behaviour.
int32_t wrap(uint32_t value) {
  int32_t result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}
int32_t floor_divide(int32_t a, int32_t b) {
  if (b == 0) return 0;
  if (b == -1) return wrap(0u - static_cast<uint32_t>(a));
  const int32_t quotient = a / b;
  return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
int32_t power(int32_t base, int32_t exponent) {
  if (exponent < 0) return static_cast<int32_t>(std::pow(static_cast<double>(base), exponent));
  uint32_t result = 1, factor = static_cast<uint32_t>(base);
  for (uint32_t e = static_cast<uint32_t>(exponent); e > 0; e >>= 1) {
    if (e & 1) result *= factor;
    factor *= factor;
  }
  return wrap(result);
}

template <typename In>
void compare_rows(Runtime& runtime, Comparison op, const Loop& loop, const In* a, const In* b, uint8_t* y) {
  switch (op) {
    case Comparison::kEqual:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p == q}; });
    case Comparison::kNotEqual:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p != q}; });
    case Comparison::kLess:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p < q}; });
    case Comparison::kLessEqual:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p <= q}; });
    case Comparison::kGreater:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p > q}; });
    case Comparison::kGreaterEqual:
      return binary_rows(runtime, loop, a, b, y, [](In p, In q) { return uint8_t{p >= q}; });
  }
}

template <typename T>
void select_rows(Runtime& runtime, const Loop& loop, const uint8_t* condition, const T* a, const T* b, T* y) {
  const int64_t sy = inner_stride(loop, 0), sc = inner_stride(loop, 1), sa = inner_stride(loop, 2),
                sb = inner_stride(loop, 3);
  for_each_row(runtime, loop, 4, [&](const int64_t* at, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      y[at[0] + i * sy] = condition[at[1] + i * sc] != 0 ? a[at[2] + i * sa] : b[at[3] + i * sb];
    }
  });
}

// Towards zero; what no int32 holds becomes 0 or the nearest bound.
int32_t to_int32(float v) {
  if (v != v) return 0;
  if (v >= 2147483648.0f) return INT32_MAX;
  if (v < -2147483648.0f) return INT32_MIN;
  return static_cast<int32_t>(v);
}

}  // namespace

void unary(Runtime& runtime, Unary op, int64_t count, const float* x, float* y) {
  switch (op) {
    case Unary::kNegate: return vectors(runtime, count, x, y, [](Vec v) { return -v; });
    case Unary::kAbs: return scalars(runtime, count, x, y, [](float v) { return std::fabs(v); });
    case Unary::kSquare: return vectors(runtime, count, x, y, [](Vec v) { return v * v; });
    case Unary::kSqrt: return vectors(runtime, count, x, y, [](Vec v) { return sqrt(v); });
    case Unary::kRsqrt: return vectors(runtime, count, x, y, [](Vec v) { return 1.0f / sqrt(v); });
    case Unary::kReciprocal: return vectors(runtime, count, x, y, [](Vec v) { return 1.0f / v; });
    case Unary::kExp: return vectors(runtime, count, x, y, [](Vec v) { return exp(v); });
    case Unary::kExpm1: return scalars(runtime, count, x, y, [](float v) { return std::expm1(v); });
    case Unary::kLog: return scalars(runtime, count, x, y, [](float v) { return std::log(v); });
    case Unary::kLog1p: return scalars(runtime, count, x, y, [](float v) { return std::log1p(v); });
    case Unary::kTanh: return vectors(runtime, count, x, y, [](Vec v) { return tanh(v); });
    case Unary::kSigmoid: return vectors(runtime, count, x, y, [](Vec v) { return sigmoid(v); });
    case Unary::kSin: return scalars(runtime, count, x, y, [](float v) { return std::sin(v); });
    case Unary::kCos: return scalars(runtime, count, x, y, [](float v) { return std::cos(v); });
    case Unary::kErf: return scalars(runtime, count, x, y, [](float v) { return std::erf(v); });
    case Unary::kRelu: return scalars(runtime, count, x, y, [](float v) { return v < 0 ? 0.0f : v; });
    case Unary::kStep: return scalars(runtime, count, x, y, [](float v) { return v != v ? v : v > 0 ? 1.0f : 0.0f; });
    case Unary::kSign:
      return scalars(runtime, count, x, y, [](float v) { return v < 0 ? -1.0f : v > 0 ? 1.0f : v == 0 ? 0.0f : v; });
    case Unary::kFloor: return scalars(runtime, count, x, y, [](float v) { return std::floor(v); });
    case Unary::kCeil: return scalars(runtime, count, x, y, [](float v) { return std::ceil(v); });
    case Unary::kRound: return scalars(runtime, count, x, y, round_half_even);
    case Unary::kSoftplus:
      return scalars(runtime, count, x, y,
                     [](float v) { return v > 20 ? v : v < -20 ? std::exp(v) : std::log1p(std::exp(v)); });
  }
}

void test(Runtime& runtime, Test op, int64_t count, const float* x, uint8_t* y) {
  switch (op) {
    case Test::kNan: return scalars(runtime, count, x, y, [](float v) { return uint8_t{v != v}; });
    case Test::kFinite: return scalars(runtime, count, x, y, [](float v) { return uint8_t{std::fabs(v) <= 3.4028235e38f}; });
    case Test::kInfinite: return scalars(runtime, count, x, y, [](float v) { return uint8_t{std::fabs(v) > 3.4028235e38f}; });
  }
}

void clip(Runtime& runtime, int64_t count, float low, float high, const float* x, float* y) {
  vectors(runtime, count, x, y, [=](Vec v) { return clamp(v, low, high); });
}

void cast(Runtime& runtime, DataType from, DataType to, int64_t count, const void* x, void* y) {
  const auto* floats = static_cast<const float*>(x);
  const auto* ints = static_cast<const int32_t*>(x);
  const auto* bytes = static_cast<const uint8_t*>(x);
  switch (to) {
    case DataType::kFloat32: {
      auto* out = static_cast<float*>(y);
      if (from == DataType::kInt32) return scalars(runtime, count, ints, out, [](int32_t v) { return static_cast<float>(v); });
      if (from == DataType::kBool) return scalars(runtime, count, bytes, out, [](uint8_t v) { return v != 0 ? 1.0f : 0.0f; });
      return scalars(runtime, count, floats, out, [](float v) { return v; });
    }
    case DataType::kInt32: {
      auto* out = static_cast<int32_t*>(y);
      if (from == DataType::kFloat32) return scalars(runtime, count, floats, out, to_int32);
      if (from == DataType::kBool) return scalars(runtime, count, bytes, out, [](uint8_t v) { return v != 0 ? 1 : 0; });
      return scalars(runtime, count, ints, out, [](int32_t v) { return v; });
    }
    case DataType::kBool: {
      auto* out = static_cast<uint8_t*>(y);
      if (from == DataType::kFloat32) return scalars(runtime, count, floats, out, [](float v) { return uint8_t{v != 0}; });
      if (from == DataType::kInt32) return scalars(runtime, count, ints, out, [](int32_t v) { return uint8_t{v != 0}; });
      return scalars(runtime, count, bytes, out, [](uint8_t v) { return v; });
    }
    case DataType::kPacked: throw KernelError("cast: weights are packed otherwise");
  }
}

void binary(Runtime& runtime, Binary op, const Loop& loop, const float* a, const float* b, float* y) {
  const auto rows = [&](const auto& body) { binary_rows(runtime, loop, a, b, y, body); };
  switch (op) {
    case Binary::kAdd: return rows([](float p, float q) { return p + q; });
    case Binary::kSubtract: return rows([](float p, float q) { return p - q; });
    case Binary::kMultiply: return rows([](float p, float q) { return p * q; });
    case Binary::kDivide: return rows([](float p, float q) { return p / q; });
    case Binary::kMaximum: return rows([](float p, float q) { return p > q || p != p ? p : q; });
    case Binary::kMinimum: return rows([](float p, float q) { return p < q || p != p ? p : q; });
    case Binary::kPower: return rows([](float p, float q) { return std::pow(p, q); });
    case Binary::kSquaredDifference: return rows([](float p, float q) { return (p - q) * (p - q); });
    case Binary::kModulo: return rows(modulo);
    case Binary::kFloorDivide: return rows([](float p, float q) { return std::floor(p / q); });
  }
}

void binary_int(Runtime& runtime, Binary op, const Loop& loop, const int32_t* a, const int32_t* b, int32_t* y) {
  const auto rows = [&](const auto& body) { binary_rows(runtime, loop, a, b, y, body); };
  using Word = uint32_t;
  switch (op) {
    case Binary::kAdd: return rows([](int32_t p, int32_t q) { return wrap(Word(p) + Word(q)); });
    case Binary::kSubtract: return rows([](int32_t p, int32_t q) { return wrap(Word(p) - Word(q)); });
    case Binary::kMultiply: return rows([](int32_t p, int32_t q) { return wrap(Word(p) * Word(q)); });
    case Binary::kDivide: return rows([](int32_t p, int32_t q) { return q == 0 ? 0 : q == -1 ? wrap(0u - Word(p)) : p / q; });
    case Binary::kMaximum: return rows([](int32_t p, int32_t q) { return p > q ? p : q; });
    case Binary::kMinimum: return rows([](int32_t p, int32_t q) { return p < q ? p : q; });
    case Binary::kPower: return rows(power);
    case Binary::kSquaredDifference:
      return rows([](int32_t p, int32_t q) { return wrap((Word(p) - Word(q)) * (Word(p) - Word(q))); });
    case Binary::kModulo:
      return rows([](int32_t p, int32_t q) { return wrap(Word(p) - Word(floor_divide(p, q)) * Word(q)); });
    case Binary::kFloorDivide: return rows(floor_divide);
  }
}

void compare(Runtime& runtime, Comparison op, const Loop& loop, const float* a, const float* b, uint8_t* y) {
  compare_rows(runtime, op, loop, a, b, y);
}
void compare_int(Runtime& runtime, Comparison op, const Loop& loop, const int32_t* a, const int32_t* b, uint8_t* y) {
  compare_rows(runtime, op, loop, a, b, y);
}

void logical(Runtime& runtime, Logical op, const Loop& loop, const uint8_t* a, const uint8_t* b, uint8_t* y) {
  switch (op) {
    case Logical::kAnd:
      return binary_rows(runtime, loop, a, b, y, [](uint8_t p, uint8_t q) { return uint8_t{p != 0 && q != 0}; });
    case Logical::kOr:
      return binary_rows(runtime, loop, a, b, y, [](uint8_t p, uint8_t q) { return uint8_t{p != 0 || q != 0}; });
    case Logical::kNot: return binary_rows(runtime, loop, a, b, y, [](uint8_t p, uint8_t) { return uint8_t{p == 0}; });
  }
}

void select(Runtime& runtime, size_t element, const Loop& loop, const uint8_t* condition, const void* a, const void* b,
            void* y) {
  if (element == 1) {
    select_rows(runtime, loop, condition, static_cast<const uint8_t*>(a), static_cast<const uint8_t*>(b),
                static_cast<uint8_t*>(y));
  } else {
    select_rows(runtime, loop, condition, static_cast<const uint32_t*>(a), static_cast<const uint32_t*>(b),
                static_cast<uint32_t*>(y));
  }
}

}  // namespace hyena::HYENA_ISA
