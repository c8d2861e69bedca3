#include "weight-product.h"

#include <algorithm>
#include <bit>

#include "weight-vectors.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int kSlot = 10;                           // of scratch, which the callers and `multiply` leave alone
constexpr int64_t kWidened = int64_t{1} << 18;      // numbers that are widened at a time (1 MB), unless rows are longer
constexpr int64_t kLeastRows = 64;
constexpr int64_t kFew = 8;                         // rows that are multiplied with the weight as it is

void widen_quantised(const uint8_t* values, const uint16_t* scales, bool int4, int64_t columns, float* to) {
  for (int64_t group = 0; group * kWeightGroup < columns; ++group) {
    const int64_t first = group * kWeightGroup, count = std::min(kWeightGroup, columns - first);
    const float scale = std::bit_cast<float>(static_cast<uint32_t>(scales[group]) << 16);
    float numbers[kWeightGroup];
    if (int4) {
      const uint8_t* from = values + group * (kWeightGroup / 2);
      for (int i = 0; i < kWeightGroup / 2; ++i) {
        numbers[i] = static_cast<float>((from[i] & 15) - 8) * scale;
        numbers[i + kWeightGroup / 2] = static_cast<float>((from[i] >> 4) - 8) * scale;
      }
    } else {
      for (int i = 0; i < kWeightGroup; ++i) numbers[i] = static_cast<float>(static_cast<int8_t>(values[first + i])) * scale;
    }
    std::copy_n(numbers, count, to + first);
  }
}

// y = x w^T (+ bias) with few rows of x. False where this is none of those.
bool multiply_few(Runtime& runtime, const Product& p, const Weight& weight) {
  const bool is_a = p.a.data == nullptr;
  const Operand &own = is_a ? p.a : p.b, &other = is_a ? p.b : p.a;
  const int64_t vectors = is_a ? p.n : p.m, rows = is_a ? p.m : p.n;
  if (!own.k_contiguous || p.accumulate || vectors > kFew) return false;
  // The vectors lie one after another, and so does what comes out.
  const bool in_rows = vectors == 1 ? other.k_contiguous || other.stride == 1 : other.k_contiguous && other.stride == p.k;
  const bool out_rows = vectors == 1 ? !is_a || p.ldc == 1 : !is_a && p.ldc == rows;
  const float* bias = is_a ? p.bias_per_row : p.bias_per_column;
  if (!in_rows || !out_rows || (is_a ? p.bias_per_column : p.bias_per_row) != nullptr) return false;
  multiply_weight_vectors(runtime, {rows, p.k, vectors, weight, bias, other.data, p.c});
  return true;
}

}  // namespace

void widen_rows(const Weight& weight, int64_t columns, int64_t first, int64_t count, float* to) {
  const int64_t groups = weight_groups(columns), row_bytes = weight_row_bytes(weight.type, columns);
  for (int64_t row = first; row < first + count; ++row, to += columns) {
    const auto* values = static_cast<const uint8_t*>(weight.values) + row * row_bytes;
    switch (weight.type) {
      case WeightType::kFp32: std::memcpy(to, values, static_cast<size_t>(row_bytes)); break;
      case WeightType::kBf16: {
        const auto* halves = reinterpret_cast<const uint16_t*>(values);
        for_each_vector(columns, [&](int64_t i, auto lanes) { store_at(to, i, lanes, widen_bf16(halves + i, lanes)); });
        break;
      }
      default:
        widen_quantised(values, weight.scales + row * groups, weight.type == WeightType::kInt4, columns, to);
    }
  }
}

void multiply_weight(Runtime& runtime, Product p, const Weight& weight, Precision precision) {
  const bool is_a = p.a.data == nullptr;
  Operand& own = is_a ? p.a : p.b;
  if (weight.type == WeightType::kFp32) {
    own.data = static_cast<const float*>(weight.values);
    return multiply(runtime, p, precision);
  }
  if (multiply_few(runtime, p, weight)) return;
  // Along k the weight's rows are summed over, else they are rows or columns of the result.
  const int64_t rows = own.k_contiguous ? (is_a ? p.m : p.n) : p.k, columns = own.stride;
  const int64_t chunk = std::min(rows, std::max(kLeastRows, kWidened / std::max<int64_t>(1, columns)));
  auto* widened = static_cast<float*>(runtime.scratch(kSlot, static_cast<size_t>(chunk * columns) * sizeof(float)));
  for (int64_t first = 0; first < rows; first += chunk) {
    const int64_t count = std::min(chunk, rows - first);
    runtime.parallel_ranges(count, std::max<int64_t>(1, 16384 / std::max<int64_t>(1, columns)),
                            [&](int64_t begin, int64_t end) {
                              widen_rows(weight, columns, first + begin, end - begin, widened + begin * columns);
                            });
    Product part = p;
    (is_a ? part.a : part.b).data = widened;
    if (!own.k_contiguous) {
      part.k = count;
      Operand& other = is_a ? part.b : part.a;
      other = other.from(0, first);
      part.accumulate = p.accumulate || first > 0;
      if (first > 0) part.bias_per_row = part.bias_per_column = nullptr;
    } else if (is_a) {
      part.m = count;
      part.c += first * p.ldc;
      if (p.bias_per_row != nullptr) part.bias_per_row = p.bias_per_row + first;
    } else {
      part.n = count;
      part.c += first;
      if (p.bias_per_column != nullptr) part.bias_per_column = p.bias_per_column + first;
    }
    multiply(runtime, part, precision);
  }
}

void weight_product(Runtime& runtime, int64_t rows, int64_t in, int64_t out, const float* x, const Weight& w, float* y) {
  multiply_weight(runtime, {rows, out, in, {x, in, true}, {nullptr, in, true}, y, out}, w, Precision::kFp32);
}

void widen(Runtime& runtime, const Weight& weight, int64_t rows, int64_t columns, float* y) {
  runtime.parallel_ranges(rows, std::max<int64_t>(1, 16384 / std::max<int64_t>(1, columns)),
                          [&](int64_t begin, int64_t end) {
                            widen_rows(weight, columns, begin, end - begin, y + begin * columns);
                          });
}

}  // namespace hyena::HYENA_ISA
