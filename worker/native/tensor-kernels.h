// The kernels of an ordinary tensor library, for what is not worth its own operation: element by element with
// broadcasting, moving data, reductions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime.h"

namespace hyena {

enum class Unary : int {
  kNegate, kAbs, kSquare, kSqrt, kRsqrt, kReciprocal, kExp, kExpm1, kLog, kLog1p, kTanh, kSigmoid, kSin, kCos, kErf,
  kRelu, kStep, kSign, kFloor, kCeil, kRound, kSoftplus,
};
enum class Binary : int {
  kAdd, kSubtract, kMultiply, kDivide, kMaximum, kMinimum, kPower, kSquaredDifference, kModulo, kFloorDivide,
};
enum class Comparison : int { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
enum class Logical : int { kAnd, kOr, kNot };
enum class Reduction : int { kSum, kProduct, kMaximum, kMinimum, kMean, kAll, kAny };
enum class Test : int { kNan, kFinite, kInfinite };
// kPacked: bytes of a weight matrix in one of the packed types (kernels.h).
enum class DataType : int { kFloat32, kInt32, kBool, kPacked };

constexpr size_t size_of(DataType type) { return type == DataType::kBool || type == DataType::kPacked ? 1 : 4; }

// A loop over `dims`, outermost first, in which operand o moves by strides[o][d] elements (0: it is broadcast, negative:
// backwards).
struct Loop {
  static constexpr int kMaxRank = 8;
  static constexpr int kMaxOperands = 4;
  int rank = 0;
  int64_t dims[kMaxRank] = {};
  int64_t strides[kMaxOperands][kMaxRank] = {};
};

struct TensorKernels {
  void (*unary)(Runtime&, Unary, int64_t count, const float* x, float* y);
  void (*test)(Runtime&, Test, int64_t count, const float* x, uint8_t* y);
  void (*clip)(Runtime&, int64_t count, float low, float high, const float* x, float* y);
  void (*cast)(Runtime&, DataType from, DataType to, int64_t count, const void* x, void* y);
  // Operands of the loop: y, a, b.
  void (*binary)(Runtime&, Binary, const Loop&, const float* a, const float* b, float* y);
  void (*binary_int)(Runtime&, Binary, const Loop&, const int32_t* a, const int32_t* b, int32_t* y);
  void (*compare)(Runtime&, Comparison, const Loop&, const float* a, const float* b, uint8_t* y);
  void (*compare_int)(Runtime&, Comparison, const Loop&, const int32_t* a, const int32_t* b, uint8_t* y);
  void (*logical)(Runtime&, Logical, const Loop&, const uint8_t* a, const uint8_t* b, uint8_t* y);
  // Operands of the loop: y, condition, a, b; values of 4 bytes or 1.
  void (*select)(Runtime&, size_t element, const Loop&, const uint8_t* condition, const void* a, const void* b, void* y);

  // Operands of the loop: y, x. Transposes, slices, reversals, tiles and joins are all this.
  void (*copy)(Runtime&, size_t element, const Loop&, const void* x, void* y);
  // `value` points to one element.
  void (*fill)(Runtime&, size_t element, int64_t count, const void* value, void* y);
  // x [outer, rows, inner] -> y [outer, count, inner]. Throws KernelError where an index is outside 0..rows-1.
  void (*gather)(Runtime&, size_t element, int64_t outer, int64_t rows, int64_t count, int64_t inner, const void* x,
                 const int32_t* indices, void* y);
  // y [count, depth]: `on` where the column is the index of the row, else `off`; other indices give a row of `off`.
  void (*one_hot)(Runtime&, int64_t count, int64_t depth, float on, float off, const int32_t* indices, float* y);
  // y [segments, inner] = sums of the rows of x [rows, inner] by segment id, in the order of the rows; ids below 0 or
  // from `segments` on are dropped.
  void (*segment_sum)(Runtime&, int64_t rows, int64_t inner, int64_t segments, const float* x, const int32_t* ids,
                      float* y);

  // x [outer, count, inner] -> y [outer, inner]. kAll and kAny take and give bytes, the others fp32.
  void (*reduce)(Runtime&, Reduction, int64_t outer, int64_t count, int64_t inner, const void* x, void* y);
  void (*reduce_int)(Runtime&, Reduction, int64_t outer, int64_t count, int64_t inner, const int32_t* x, int32_t* y);
  // The index of the first largest (or smallest) value of each row of x [outer, count]; NaN counts as largest, and
  // smallest.
  void (*arg_extreme)(Runtime&, bool smallest, int64_t outer, int64_t count, const float* x, int32_t* y);
  void (*softmax)(Runtime&, bool logarithm, int64_t rows, int64_t count, const float* x, float* y);
  void (*cumulative_sum)(Runtime&, bool exclusive, bool reverse, int64_t rows, int64_t count, const float* x, float* y);
};

}  // namespace hyena
