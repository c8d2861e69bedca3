// Two linear layers with tanh-GELU between them, a chunk of rows at a time: what lies between the products stays in the
// cache, and scratch memory does not grow with the number of rows.
#include <algorithm>

#include "activation.h"
#include "sums.h"
#include "weight-product.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kGrain = 16384;
constexpr int64_t kChunkNumbers = int64_t{2} << 20;  // of the activation
constexpr int64_t kLeastRows = 256;

int64_t chunk_rows(const MlpShape& s) {
  return std::min(s.rows, std::max(kLeastRows, kChunkNumbers / std::max<int64_t>(1, s.inner)));
}

float* chunk_scratch(Runtime& runtime, int slot, const MlpShape& s) {
  return static_cast<float*>(runtime.scratch(slot, static_cast<size_t>(chunk_rows(s) * s.inner) * sizeof(float)));
}

}  // namespace

void mlp(Runtime& runtime, const MlpShape& s, const float* x, const Weight& w1, const float* b1, const Weight& w2,
         const float* b2, float* y, float* hidden) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  const int64_t chunk = chunk_rows(s);
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    float* before = hidden != nullptr ? hidden + row * s.inner : activation;
    multiply_weight(
        runtime, {rows, s.inner, s.d, {x + row * s.d, s.d, true}, {nullptr, s.d, true}, before, s.inner, false, nullptr, b1},
        w1, s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        store_up_to(activation + i, gelu(load_up_to(before + i, end - i)), end - i);
      }
    });
    multiply_weight(runtime,
                    {rows, s.d, s.inner, {activation, s.inner, true}, {nullptr, s.inner, true}, y + row * s.d, s.d, false,
                     nullptr, b2},
                    w2, s.precision);
  }
}

void mlp_backward(Runtime& runtime, const MlpShape& s, const float* dy, const float* x, const Weight& w1,
                  const Weight& w2, const float* hidden, float* dx, float* dw1, float* db1, float* dw2, float* db2) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  float* gradient = chunk_scratch(runtime, kFirstFreeSlot + 1, s);
  const int64_t chunk = chunk_rows(s);
  if (s.rows == 0) {
    std::fill_n(dw1, s.inner * s.d, 0.0f);
    std::fill_n(dw2, s.inner * s.d, 0.0f);
    std::fill_n(db1, s.inner, 0.0f);
  }
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    const bool further = row > 0;
    const float* chunk_dy = dy + row * s.d;
    const float* chunk_hidden = hidden + row * s.inner;
    multiply_weight(runtime, {rows, s.inner, s.d, {chunk_dy, s.d, true}, {nullptr, s.inner, false}, gradient, s.inner}, w2,
                    s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        Vec derivative;
        store_up_to(activation + i, gelu_with_derivative(load_up_to(chunk_hidden + i, end - i), derivative), end - i);
        store_up_to(gradient + i, load_up_to(gradient + i, end - i) * derivative, end - i);
      }
    });
    multiply_weight(runtime, {rows, s.d, s.inner, {gradient, s.inner, true}, {nullptr, s.d, false}, dx + row * s.d, s.d},
                    w1, s.precision);
    multiply(runtime,
             {s.inner, s.d, rows, {gradient, s.inner, false}, {x + row * s.d, s.d, false}, dw1, s.d, further},
             s.precision);
    multiply(runtime,
             {s.d, s.inner, rows, {chunk_dy, s.d, false}, {activation, s.inner, false}, dw2, s.inner, further},
             s.precision);
    sum_rows(runtime, rows, s.inner, gradient, db1, kFirstFreeSlot + 2, further);
  }
  sum_rows(runtime, s.rows, s.d, dy, db2, kFirstFreeSlot + 2);
}

}  // namespace hyena::HYENA_ISA
