// The kernels of tensor-kernels.h as functions of JavaScript. Shapes come as arrays, outermost dimension first.
#include <cstring>

#include "call.h"

namespace hyena {
namespace {

using Shape = std::vector<int64_t>;

const TensorKernels& tensor_kernels() { return kernels().tensor; }

// The position of a name in a list of them, as the value of an enumeration in that order.
template <typename Enumeration, size_t kCount>
Enumeration named(const Call& call, size_t index, const char* const (&names)[kCount]) {
  const std::string name = call.text(index, "operation");
  for (size_t i = 0; i < kCount; ++i) {
    if (name == names[i]) return static_cast<Enumeration>(i);
  }
  call.refuse("there is no operation '" + name + "'");
}

constexpr const char* kUnaryNames[] = {"negate", "abs",  "square",  "sqrt", "rsqrt", "reciprocal", "exp",  "expm1",
                                       "log",    "log1p", "tanh",   "sigmoid", "sin", "cos",       "erf",  "relu",
                                       "step",   "sign", "floor",   "ceil", "round", "softplus"};
constexpr const char* kBinaryNames[] = {"add",     "subtract", "multiply",          "divide", "maximum",
                                        "minimum", "power",    "squaredDifference", "modulo", "floorDivide"};
constexpr const char* kComparisonNames[] = {"equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"};
constexpr const char* kLogicalNames[] = {"and", "or", "not"};
constexpr const char* kReductionNames[] = {"sum", "product", "maximum", "minimum", "mean", "all", "any"};
constexpr const char* kTestNames[] = {"nan", "finite", "infinite"};

float* floats_of(const Call& call, const Tensor& tensor, const char* what) {
  return static_cast<float*>(call.memory(tensor, what, DataType::kFloat32, tensor.count));
}

int64_t count_of(const Call& call, const Shape& shape) {
  int64_t count = 1;
  for (const int64_t size : shape) count = product(call, {count, size});
  return count;
}

// A loop over the shape of the result (operand 0) with the others broadcast to it, neighbouring dimensions merged where
// all operands allow it.
Loop broadcast_loop(const Call& call, const Shape& result, const std::vector<Shape>& operands) {
  const auto rank = result.size();
  if (rank > Loop::kMaxRank) call.refuse("more than 8 dimensions");
  std::vector<Shape> strides(operands.size() + 1, Shape(rank));
  int64_t step = 1;
  for (size_t d = rank; d-- > 0; step *= result[d]) strides[0][d] = step;
  for (size_t o = 0; o < operands.size(); ++o) {
    const Shape& shape = operands[o];
    if (shape.size() > rank) call.refuse("an operand has more dimensions than the result");
    const size_t missing = rank - shape.size();
    step = 1;
    for (size_t d = rank; d-- > missing; step *= shape[d - missing]) {
      const int64_t size = shape[d - missing];
      if (size != result[d] && size != 1) call.refuse("the shapes do not broadcast to that of the result");
      strides[o + 1][d] = size == 1 ? 0 : step;
    }
  }
  Loop loop;
  for (size_t d = 0; d < rank; ++d) {
    if (result[d] == 1) continue;
    bool merges = loop.rank > 0;
    for (size_t o = 0; merges && o < strides.size(); ++o) {
      merges = loop.strides[o][loop.rank - 1] == strides[o][d] * result[d];
    }
    if (!merges) loop.dims[loop.rank++] = 1;
    loop.dims[loop.rank - 1] *= result[d];
    for (size_t o = 0; o < strides.size(); ++o) loop.strides[o][loop.rank - 1] = strides[o][d];
  }
  return loop;
}


void check_extent(const Call& call, const Loop& loop, int operand, int64_t offset, int64_t count) {
  int64_t low = offset, high = offset;
  for (int d = 0; d < loop.rank; ++d) {
    if (loop.dims[d] == 0) return;
    const int64_t reach = product(call, {loop.dims[d] - 1, std::abs(loop.strides[operand][d])});
    (loop.strides[operand][d] < 0 ? low : high) += loop.strides[operand][d] < 0 ? -reach : reach;
  }
  if (low < 0 || high >= count) call.refuse("would leave the tensor");
}

// unary(operation, x, y)
napi_value unary(Call& call) {
  call.expect_count(3);
  const auto op = named<Unary>(call, 0, kUnaryNames);
  const Tensor& out = call.tensor(2, "y");
  float* y = floats_of(call, out, "y");
  const float* x = call.floats(1, "x", out.count);
  call.run([=, n = out.count](Runtime& runtime) { tensor_kernels().unary(runtime, op, n, x, y); });
  return nullptr;
}

// test(operation, x, y)
napi_value test(Call& call) {
  call.expect_count(3);
  const auto op = named<Test>(call, 0, kTestNames);
  const Tensor& in = call.tensor(1, "x");
  const float* x = floats_of(call, in, "x");
  auto* y = static_cast<uint8_t*>(call.memory(call.tensor(2, "y"), "y", DataType::kBool, in.count));
  call.run([=, n = in.count](Runtime& runtime) { tensor_kernels().test(runtime, op, n, x, y); });
  return nullptr;
}

// clip(low, high, x, y)
napi_value clip(Call& call) {
  call.expect_count(4);
  const auto low = static_cast<float>(call.number(0, "low")), high = static_cast<float>(call.number(1, "high"));
  const Tensor& in = call.tensor(2, "x");
  const float* x = floats_of(call, in, "x");
  float* y = call.floats(3, "y", in.count);
  call.run([=, n = in.count](Runtime& runtime) { tensor_kernels().clip(runtime, n, low, high, x, y); });
  return nullptr;
}

// cast(x, y)
napi_value cast(Call& call) {
  call.expect_count(2);
  const Tensor &in = call.tensor(0, "x"), &out = call.tensor(1, "y");
  const void* x = in.block->memory;
  void* y = call.memory(out, "y", out.type, in.count);
  call.run([=, n = in.count, from = in.type, to = out.type](Runtime& runtime) {
    tensor_kernels().cast(runtime, from, to, n, x, y);
  });
  return nullptr;
}

struct Operands {
  Loop loop;
  DataType type;
  void *a, *b, *y;
};

// Arguments from the second on: a, shape of a, b, shape of b, y, shape of y.
Operands operands_of(const Call& call, bool gives_bool) {
  call.expect_count(7);
  const Shape a = call.sizes(2, "shape of a"), b = call.sizes(4, "shape of b"), y = call.sizes(6, "shape of y");
  Operands result{};
  result.type = call.tensor(1, "a").type;
  result.a = call.memory(call.tensor(1, "a"), "a", result.type, count_of(call, a));
  result.b = call.memory(call.tensor(3, "b"), "b", result.type, count_of(call, b));
  result.y = call.memory(call.tensor(5, "y"), "y", gives_bool ? DataType::kBool : result.type, count_of(call, y));
  result.loop = broadcast_loop(call, y, {a, b});
  return result;
}

// binary(operation, a, shape, b, shape, y, shape)
napi_value binary(Call& call) {
  const Operands o = operands_of(call, false);
  const auto op = named<Binary>(call, 0, kBinaryNames);
  if (o.type == DataType::kBool) call.refuse("has no form for bool");
  call.run([=](Runtime& runtime) {
    if (o.type == DataType::kInt32) {
      tensor_kernels().binary_int(runtime, op, o.loop, static_cast<int32_t*>(o.a), static_cast<int32_t*>(o.b),
                                  static_cast<int32_t*>(o.y));
    } else {
      tensor_kernels().binary(runtime, op, o.loop, static_cast<float*>(o.a), static_cast<float*>(o.b),
                              static_cast<float*>(o.y));
    }
  });
  return nullptr;
}

// compare(operation, a, shape, b, shape, y, shape)
napi_value compare(Call& call) {
  const Operands o = operands_of(call, true);
  const auto op = named<Comparison>(call, 0, kComparisonNames);
  if (o.type == DataType::kBool) call.refuse("has no form for bool");
  call.run([=](Runtime& runtime) {
    if (o.type == DataType::kInt32) {
      tensor_kernels().compare_int(runtime, op, o.loop, static_cast<int32_t*>(o.a), static_cast<int32_t*>(o.b),
                                   static_cast<uint8_t*>(o.y));
    } else {
      tensor_kernels().compare(runtime, op, o.loop, static_cast<float*>(o.a), static_cast<float*>(o.b),
                               static_cast<uint8_t*>(o.y));
    }
  });
  return nullptr;
}

// logical(operation, a, shape, b, shape, y, shape)
napi_value logical(Call& call) {
  const Operands o = operands_of(call, true);
  const auto op = named<Logical>(call, 0, kLogicalNames);
  if (o.type != DataType::kBool) call.refuse("takes bool");
  call.run([=](Runtime& runtime) {
    tensor_kernels().logical(runtime, op, o.loop, static_cast<uint8_t*>(o.a), static_cast<uint8_t*>(o.b),
                             static_cast<uint8_t*>(o.y));
  });
  return nullptr;
}

// select(condition, shape, a, shape, b, shape, y, shape)
napi_value select(Call& call) {
  call.expect_count(8);
  const Shape shapes[] = {call.sizes(1, "shape of condition"), call.sizes(3, "shape of a"), call.sizes(5, "shape of b"),
                          call.sizes(7, "shape of y")};
  const DataType type = call.tensor(2, "a").type;
  const auto* condition = static_cast<const uint8_t*>(
      call.memory(call.tensor(0, "condition"), "condition", DataType::kBool, count_of(call, shapes[0])));
  const void* a = call.memory(call.tensor(2, "a"), "a", type, count_of(call, shapes[1]));
  const void* b = call.memory(call.tensor(4, "b"), "b", type, count_of(call, shapes[2]));
  void* y = call.memory(call.tensor(6, "y"), "y", type, count_of(call, shapes[3]));
  const Loop loop = broadcast_loop(call, shapes[3], {shapes[0], shapes[1], shapes[2]});
  call.run([=](Runtime& runtime) { tensor_kernels().select(runtime, size_of(type), loop, condition, a, b, y); });
  return nullptr;
}

// copy(dims, x, offset, strides, y, offset, strides), in elements
napi_value copy(Call& call) {
  call.expect_count(7);
  const Shape dims = call.sizes(0, "dims"), from = call.sizes(3, "strides of x"), to = call.sizes(6, "strides of y");
  if (dims.size() > Loop::kMaxRank || from.size() != dims.size() || to.size() != dims.size()) {
    call.refuse("needs a stride of each operand for each of at most 8 dimensions");
  }
  Loop loop;
  loop.rank = static_cast<int>(dims.size());
  for (size_t d = 0; d < dims.size(); ++d) {
    if (dims[d] < 0) call.refuse("'dims' must not be negative");
    if (dims[d] == 0) return nullptr;
    loop.dims[d] = dims[d];
    loop.strides[0][d] = to[d];
    loop.strides[1][d] = from[d];
  }
  const Tensor &in = call.tensor(1, "x"), &out = call.tensor(4, "y");
  const int64_t in_offset = call.size(2, "offset of x"), out_offset = call.size(5, "offset of y");
  check_extent(call, loop, 0, out_offset, out.count);
  check_extent(call, loop, 1, in_offset, in.count);
  const size_t element = size_of(in.type);
  const char* x = static_cast<char*>(call.memory(in, "x", out.type, in.count)) + in_offset * int64_t(element);
  char* y = out.block->memory + out_offset * int64_t(element);
  call.run([=](Runtime& runtime) { tensor_kernels().copy(runtime, element, loop, x, y); });
  return nullptr;
}

// fill(value, y)
napi_value fill(Call& call) {
  call.expect_count(2);
  const double value = call.number(0, "value");
  const Tensor& out = call.tensor(1, "y");
  uint32_t word = 0;
  if (out.type == DataType::kFloat32) {
    const auto typed = static_cast<float>(value);
    std::memcpy(&word, &typed, sizeof typed);
  } else if (out.type == DataType::kInt32) {
    if (!(std::abs(value) <= 2147483648.0)) call.refuse("'value' is no int32");
    const auto typed = static_cast<int32_t>(static_cast<int64_t>(value));
    std::memcpy(&word, &typed, sizeof typed);
  } else {
    *reinterpret_cast<uint8_t*>(&word) = value != 0;
  }
  void* y = out.block->memory;
  call.run([=, element = size_of(out.type), n = out.count](Runtime& runtime) {
    tensor_kernels().fill(runtime, element, n, &word, y);
  });
  return nullptr;
}

// gather(x, indices, y, outer, rows, inner)
napi_value gather(Call& call) {
  call.expect_count(6);
  const int64_t outer = call.size(3, "outer"), rows = call.size(4, "rows"), inner = call.size(5, "inner");
  const Tensor &in = call.tensor(0, "x"), &index = call.tensor(1, "indices");
  const int64_t n = index.count;
  const void* x = call.memory(in, "x", in.type, product(call, {outer, rows, inner}));
  const int32_t* indices = call.ints(1, "indices", n);
  void* y = call.memory(call.tensor(2, "y"), "y", in.type, product(call, {outer, n, inner}));
  call.run([=, element = size_of(in.type)](Runtime& runtime) {
    tensor_kernels().gather(runtime, element, outer, rows, n, inner, x, indices, y);
  });
  return nullptr;
}

// oneHot(indices, y, depth, on, off)
napi_value one_hot(Call& call) {
  call.expect_count(5);
  const int64_t depth = call.size(2, "depth"), n = call.tensor(0, "indices").count;
  const auto on = static_cast<float>(call.number(3, "on")), off = static_cast<float>(call.number(4, "off"));
  const int32_t* indices = call.ints(0, "indices", n);
  float* y = call.floats(1, "y", product(call, {n, depth}));
  call.run([=](Runtime& runtime) { tensor_kernels().one_hot(runtime, n, depth, on, off, indices, y); });
  return nullptr;
}

// segmentSum(x, ids, y, inner, segments)
napi_value segment_sum(Call& call) {
  call.expect_count(5);
  const int64_t rows = call.tensor(1, "ids").count, inner = call.size(3, "inner"), segments = call.size(4, "segments");
  const float* x = call.floats(0, "x", product(call, {rows, inner}));
  const int32_t* ids = call.ints(1, "ids", rows);
  float* y = call.floats(2, "y", product(call, {segments, inner}));
  call.run([=](Runtime& runtime) { tensor_kernels().segment_sum(runtime, rows, inner, segments, x, ids, y); });
  return nullptr;
}

// reduce(operation, x, y, outer, count, inner)
napi_value reduce(Call& call) {
  call.expect_count(6);
  const auto op = named<Reduction>(call, 0, kReductionNames);
  const int64_t outer = call.size(3, "outer"), count = call.size(4, "count"), inner = call.size(5, "inner");
  const Tensor& in = call.tensor(1, "x");
  const bool boolean = op == Reduction::kAll || op == Reduction::kAny;
  if ((in.type == DataType::kBool) != boolean || (op == Reduction::kMean && in.type != DataType::kFloat32)) {
    call.refuse("has no form for this type");
  }
  const void* x = call.memory(in, "x", in.type, product(call, {outer, count, inner}));
  void* y = call.memory(call.tensor(2, "y"), "y", in.type, product(call, {outer, inner}));
  call.run([=, type = in.type](Runtime& runtime) {
    if (type == DataType::kInt32) {
      tensor_kernels().reduce_int(runtime, op, outer, count, inner, static_cast<const int32_t*>(x),
                                  static_cast<int32_t*>(y));
    } else {
      tensor_kernels().reduce(runtime, op, outer, count, inner, x, y);
    }
  });
  return nullptr;
}

// argExtreme(smallest, x, y, outer, count)
napi_value arg_extreme(Call& call) {
  call.expect_count(5);
  const bool smallest = call.boolean(0, "smallest");
  const int64_t outer = call.size(3, "outer"), count = call.integer(4, "count", 1, INT32_MAX);
  const float* x = call.floats(1, "x", product(call, {outer, count}));
  int32_t* y = call.ints(2, "y", outer);
  call.run([=](Runtime& runtime) { tensor_kernels().arg_extreme(runtime, smallest, outer, count, x, y); });
  return nullptr;
}

// softmax(logarithm, x, y, rows, count)
napi_value softmax(Call& call) {
  call.expect_count(5);
  const bool logarithm = call.boolean(0, "logarithm");
  const int64_t rows = call.size(3, "rows"), count = call.size(4, "count");
  const float* x = call.floats(1, "x", product(call, {rows, count}));
  float* y = call.floats(2, "y", product(call, {rows, count}));
  call.run([=](Runtime& runtime) { tensor_kernels().softmax(runtime, logarithm, rows, count, x, y); });
  return nullptr;
}

// cumulativeSum(exclusive, reverse, x, y, rows, count)
napi_value cumulative_sum(Call& call) {
  call.expect_count(6);
  const bool exclusive = call.boolean(0, "exclusive"), reverse = call.boolean(1, "reverse");
  const int64_t rows = call.size(4, "rows"), count = call.size(5, "count");
  const float* x = call.floats(2, "x", product(call, {rows, count}));
  float* y = call.floats(3, "y", product(call, {rows, count}));
  call.run([=](Runtime& runtime) {
    tensor_kernels().cumulative_sum(runtime, exclusive, reverse, rows, count, x, y);
  });
  return nullptr;
}

// matrixProduct(a, b, y, batch, m, n, k, transposeA, transposeB, strideA, strideB): a stride of 0 uses one matrix for
// the whole batch.
napi_value matrix_product(Call& call) {
  call.expect_count(11);
  const int64_t batch = call.size(3, "batch"), m = call.size(4, "m"), n = call.size(5, "n"), k = call.size(6, "k");
  const bool transpose_a = call.boolean(7, "transposeA"), transpose_b = call.boolean(8, "transposeB");
  const bool many_a = call.size(9, "strideA") != 0, many_b = call.size(10, "strideB") != 0;
  const int64_t size_a = product(call, {m, k}), size_b = product(call, {k, n}), size_y = product(call, {m, n});
  const float* a = call.floats(0, "a", product(call, {many_a ? batch : 1, size_a}));
  const float* b = call.floats(1, "b", product(call, {many_b ? batch : 1, size_b}));
  float* y = call.floats(2, "y", product(call, {batch, size_y}));
  call.run([=](Runtime& runtime) {
    for (int64_t i = 0; i < batch; ++i) {
      MatrixProduct p{};
      p.m = m;
      p.n = n;
      p.k = k;
      p.a = a + (many_a ? i * size_a : 0);
      p.lda = transpose_a ? m : k;
      p.transpose_a = transpose_a;
      p.b = b + (many_b ? i * size_b : 0);
      p.ldb = transpose_b ? k : n;
      p.transpose_b = transpose_b;
      p.c = y + i * size_y;
      p.ldc = n;
      p.precision = Precision::kFp32;
      kernels().matrix_product(runtime, p);
    }
  });
  return nullptr;
}

}  // namespace

std::vector<Function> tensor_functions() {
  return {{"unary", unary},
          {"test", test},
          {"clip", clip},
          {"cast", cast},
          {"binary", binary},
          {"compare", compare},
          {"logical", logical},
          {"select", select},
          {"copy", copy},
          {"fill", fill},
          {"gather", gather},
          {"oneHot", one_hot},
          {"segmentSum", segment_sum},
          {"reduce", reduce},
          {"argExtreme", arg_extreme},
          {"softmax", softmax},
          {"cumulativeSum", cumulative_sum},
          {"matrixProduct", matrix_product}};
}

}  // namespace hyena
