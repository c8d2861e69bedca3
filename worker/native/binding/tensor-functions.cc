// The kernels of tensor-kernels.h as functions of JavaScript. What each takes is in worker/devices/native/calls.ts.
#include <cstring>

#include "call.h"

namespace hyena {
namespace {

using Shape = std::vector<int64_t>;

const TensorKernels& tensor_kernels() { return kernels().tensor; }

// Names of the enumerations in tensor-kernels.h, in their order.
constexpr const char* kUnaryNames[] = {"negate", "abs",  "square",  "sqrt", "rsqrt", "reciprocal", "exp",  "expm1",
                                       "log",    "log1p", "tanh",   "sigmoid", "sin", "cos",       "erf",  "relu",
                                       "step",   "sign", "floor",   "ceil", "round", "softplus"};
constexpr const char* kBinaryNames[] = {"add",     "subtract", "multiply",          "divide", "maximum",
                                        "minimum", "power",    "squaredDifference", "modulo", "floorDivide"};
constexpr const char* kComparisonNames[] = {"equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"};
constexpr const char* kLogicalNames[] = {"and", "or", "not"};
constexpr const char* kReductionNames[] = {"sum", "product", "maximum", "minimum", "mean", "all", "any"};
constexpr const char* kTestNames[] = {"nan", "finite", "infinite"};

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

// Refuses a box that begins at the offset of a tensor of `count` values and would leave it.
void check_extent(const Call& call, const char* name, const Loop& loop, int operand, int64_t offset, int64_t count) {
  int64_t low = offset, high = offset;
  for (int d = 0; d < loop.rank; ++d) {
    if (loop.dims[d] == 0) return;
    const int64_t reach = product(call, {loop.dims[d] - 1, std::abs(loop.strides[operand][d])});
    (loop.strides[operand][d] < 0 ? low : high) += loop.strides[operand][d] < 0 ? -reach : reach;
  }
  if (low < 0 || high >= count) {
    call.refuse(std::string("'") + name + "' has " + std::to_string(count) + " values, which the box would leave");
  }
}

napi_value unary(Call& call) {
  const auto op = call.choice<Unary>("operation", kUnaryNames);
  const Tensor& out = call.tensor("y");
  float* y = call.floats(out, "y", out.count);
  const float* x = call.floats("x", out.count);
  call.run([=, n = out.count](Runtime& runtime) { tensor_kernels().unary(runtime, op, n, x, y); });
  return nullptr;
}

napi_value test(Call& call) {
  const auto op = call.choice<Test>("operation", kTestNames);
  const Tensor& in = call.tensor("x");
  const float* x = call.floats(in, "x", in.count);
  auto* y = static_cast<uint8_t*>(call.memory(call.tensor("y"), "y", DataType::kBool, in.count));
  call.run([=, n = in.count](Runtime& runtime) { tensor_kernels().test(runtime, op, n, x, y); });
  return nullptr;
}

napi_value clip(Call& call) {
  const auto low = static_cast<float>(call.number("low")), high = static_cast<float>(call.number("high"));
  const Tensor& in = call.tensor("x");
  const float* x = call.floats(in, "x", in.count);
  float* y = call.floats("y", in.count);
  call.run([=, n = in.count](Runtime& runtime) { tensor_kernels().clip(runtime, n, low, high, x, y); });
  return nullptr;
}

napi_value cast(Call& call) {
  const Tensor &in = call.tensor("x"), &out = call.tensor("y");
  const void* x = call.memory(in, "x", in.type, in.count);
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

Operands operands_of(const Call& call, bool gives_bool) {
  const Shape a = call.sizes("aShape"), b = call.sizes("bShape"), y = call.sizes("yShape");
  Operands result{};
  const Tensor& first = call.tensor("a");
  result.type = first.type;
  result.a = call.memory(first, "a", result.type, count_of(call, a));
  result.b = call.memory(call.tensor("b"), "b", result.type, count_of(call, b));
  result.y = call.memory(call.tensor("y"), "y", gives_bool ? DataType::kBool : result.type, count_of(call, y));
  result.loop = broadcast_loop(call, y, {a, b});
  return result;
}

napi_value binary(Call& call) {
  const Operands o = operands_of(call, false);
  const auto op = call.choice<Binary>("operation", kBinaryNames);
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

napi_value compare(Call& call) {
  const Operands o = operands_of(call, true);
  const auto op = call.choice<Comparison>("operation", kComparisonNames);
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

napi_value logical(Call& call) {
  const Operands o = operands_of(call, true);
  const auto op = call.choice<Logical>("operation", kLogicalNames);
  if (o.type != DataType::kBool) call.refuse("takes bool");
  call.run([=](Runtime& runtime) {
    tensor_kernels().logical(runtime, op, o.loop, static_cast<uint8_t*>(o.a), static_cast<uint8_t*>(o.b),
                             static_cast<uint8_t*>(o.y));
  });
  return nullptr;
}

napi_value select(Call& call) {
  const Shape shapes[] = {call.sizes("conditionShape"), call.sizes("aShape"), call.sizes("bShape"),
                          call.sizes("yShape")};
  const Tensor& first = call.tensor("a");
  const DataType type = first.type;
  const auto* condition = static_cast<const uint8_t*>(
      call.memory(call.tensor("condition"), "condition", DataType::kBool, count_of(call, shapes[0])));
  const void* a = call.memory(first, "a", type, count_of(call, shapes[1]));
  const void* b = call.memory(call.tensor("b"), "b", type, count_of(call, shapes[2]));
  void* y = call.memory(call.tensor("y"), "y", type, count_of(call, shapes[3]));
  const Loop loop = broadcast_loop(call, shapes[3], {shapes[0], shapes[1], shapes[2]});
  call.run([=](Runtime& runtime) { tensor_kernels().select(runtime, size_of(type), loop, condition, a, b, y); });
  return nullptr;
}

napi_value copy(Call& call) {
  const Shape dims = call.sizes("dims"), from = call.sizes("xStrides"), to = call.sizes("yStrides");
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
  const Tensor &in = call.tensor("x"), &out = call.tensor("y");
  const int64_t in_offset = call.size("xOffset"), out_offset = call.size("yOffset");
  check_extent(call, "y", loop, 0, out_offset, out.count);
  check_extent(call, "x", loop, 1, in_offset, in.count);
  const size_t element = size_of(in.type);
  const char* x = static_cast<char*>(call.memory(in, "x", out.type, in.count)) + in_offset * int64_t(element);
  char* y = out.block->memory + out_offset * int64_t(element);
  call.run([=](Runtime& runtime) { tensor_kernels().copy(runtime, element, loop, x, y); });
  return nullptr;
}

napi_value fill(Call& call) {
  const double value = call.number("value");
  const Tensor& out = call.tensor("y");
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

napi_value gather(Call& call) {
  const int64_t outer = call.size("outer"), rows = call.size("rows"), inner = call.size("inner");
  const int64_t n = call.size("count");
  const Tensor& in = call.tensor("x");
  const void* x = call.memory(in, "x", in.type, product(call, {outer, rows, inner}));
  const int32_t* indices = call.ints("indices", n);
  void* y = call.memory(call.tensor("y"), "y", in.type, product(call, {outer, n, inner}));
  call.run([=, element = size_of(in.type)](Runtime& runtime) {
    tensor_kernels().gather(runtime, element, outer, rows, n, inner, x, indices, y);
  });
  return nullptr;
}

napi_value one_hot(Call& call) {
  const int64_t depth = call.size("depth"), n = call.size("count");
  const auto on = static_cast<float>(call.number("on")), off = static_cast<float>(call.number("off"));
  const int32_t* indices = call.ints("indices", n);
  float* y = call.floats("y", product(call, {n, depth}));
  call.run([=](Runtime& runtime) { tensor_kernels().one_hot(runtime, n, depth, on, off, indices, y); });
  return nullptr;
}

napi_value segment_sum(Call& call) {
  const int64_t rows = call.size("rows"), inner = call.size("inner"), segments = call.size("segments");
  const float* x = call.floats("x", product(call, {rows, inner}));
  const int32_t* ids = call.ints("ids", rows);
  float* y = call.floats("y", product(call, {segments, inner}));
  call.run([=](Runtime& runtime) { tensor_kernels().segment_sum(runtime, rows, inner, segments, x, ids, y); });
  return nullptr;
}

napi_value reduce(Call& call) {
  const auto op = call.choice<Reduction>("operation", kReductionNames);
  const int64_t outer = call.size("outer"), count = call.size("count"), inner = call.size("inner");
  const Tensor& in = call.tensor("x");
  const bool boolean = op == Reduction::kAll || op == Reduction::kAny;
  if ((in.type == DataType::kBool) != boolean || (op == Reduction::kMean && in.type != DataType::kFloat32)) {
    call.refuse("has no form for this type");
  }
  const void* x = call.memory(in, "x", in.type, product(call, {outer, count, inner}));
  void* y = call.memory(call.tensor("y"), "y", in.type, product(call, {outer, inner}));
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

napi_value arg_extreme(Call& call) {
  const bool smallest = call.boolean("smallest");
  const int64_t outer = call.size("outer"), count = call.integer("count", 1, INT32_MAX);
  const float* x = call.floats("x", product(call, {outer, count}));
  int32_t* y = call.ints("y", outer);
  call.run([=](Runtime& runtime) { tensor_kernels().arg_extreme(runtime, smallest, outer, count, x, y); });
  return nullptr;
}

napi_value softmax(Call& call) {
  const bool logarithm = call.boolean("logarithm");
  const int64_t rows = call.size("rows"), count = call.size("count");
  const float* x = call.floats("x", product(call, {rows, count}));
  float* y = call.floats("y", product(call, {rows, count}));
  call.run([=](Runtime& runtime) { tensor_kernels().softmax(runtime, logarithm, rows, count, x, y); });
  return nullptr;
}

napi_value cumulative_sum(Call& call) {
  const bool exclusive = call.boolean("exclusive"), reverse = call.boolean("reverse");
  const int64_t rows = call.size("rows"), count = call.size("count");
  const float* x = call.floats("x", product(call, {rows, count}));
  float* y = call.floats("y", product(call, {rows, count}));
  call.run([=](Runtime& runtime) {
    tensor_kernels().cumulative_sum(runtime, exclusive, reverse, rows, count, x, y);
  });
  return nullptr;
}

napi_value matrix_product(Call& call) {
  const int64_t batch = call.size("batch"), m = call.size("m"), n = call.size("n"), k = call.size("k");
  const bool transpose_a = call.boolean("transposeA"), transpose_b = call.boolean("transposeB");
  const int64_t a_batch = call.size("aBatch"), b_batch = call.size("bBatch");
  if (a_batch != 1 && a_batch != batch) call.refuse("'aBatch' must be 1 or 'batch'");
  if (b_batch != 1 && b_batch != batch) call.refuse("'bBatch' must be 1 or 'batch'");
  const int64_t size_a = product(call, {m, k}), size_b = product(call, {k, n}), size_y = product(call, {m, n});
  const float* a = call.floats("a", product(call, {a_batch, size_a}));
  const float* b = call.floats("b", product(call, {b_batch, size_b}));
  float* y = call.floats("y", product(call, {batch, size_y}));
  call.run([=](Runtime& runtime) {
    for (int64_t i = 0; i < batch; ++i) {
      MatrixProduct p{};
      p.m = m;
      p.n = n;
      p.k = k;
      p.a = a + (a_batch == 1 ? 0 : i * size_a);
      p.lda = transpose_a ? m : k;
      p.transpose_a = transpose_a;
      p.b = b + (b_batch == 1 ? 0 : i * size_b);
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
  return {
      {"unary", unary, {"operation", "x", "y"}},
      {"test", test, {"operation", "x", "y"}},
      {"clip", clip, {"low", "high", "x", "y"}},
      {"cast", cast, {"x", "y"}},
      {"binary", binary, {"operation", "a", "aShape", "b", "bShape", "y", "yShape"}},
      {"compare", compare, {"operation", "a", "aShape", "b", "bShape", "y", "yShape"}},
      {"logical", logical, {"operation", "a", "aShape", "b", "bShape", "y", "yShape"}},
      {"select", select, {"condition", "conditionShape", "a", "aShape", "b", "bShape", "y", "yShape"}},
      {"copy", copy, {"dims", "x", "xOffset", "xStrides", "y", "yOffset", "yStrides"}},
      {"fill", fill, {"value", "y"}},
      {"gather", gather, {"x", "indices", "y", "outer", "rows", "inner", "count"}},
      {"oneHot", one_hot, {"indices", "y", "count", "depth", "on", "off"}},
      {"segmentSum", segment_sum, {"x", "ids", "y", "rows", "inner", "segments"}},
      {"reduce", reduce, {"operation", "x", "y", "outer", "count", "inner"}},
      {"argExtreme", arg_extreme, {"smallest", "x", "y", "outer", "count"}},
      {"softmax", softmax, {"logarithm", "x", "y", "rows", "count"}},
      {"cumulativeSum", cumulative_sum, {"exclusive", "reverse", "x", "y", "rows", "count"}},
      {"matrixProduct",
       matrix_product,
       {"a", "b", "y", "batch", "m", "n", "k", "transposeA", "transposeB", "aBatch", "bBatch"}},
  };
}

}  // namespace hyena
