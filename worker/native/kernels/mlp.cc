// Two linear layers with tanh-GELU between them.
#include "activation.h"
#include "product.h"
#include "sums.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kGrain = 16384;

}  // namespace

void mlp(Runtime& runtime, const MlpShape& s, const float* x, const float* w1, const float* b1, const float* w2,
         const float* b2, float* y, float* hidden) {
  const int64_t count = s.rows * s.inner;
  auto* activation = static_cast<float*>(runtime.scratch(kFirstFreeSlot, static_cast<size_t>(count) * sizeof(float)));
  float* before = hidden != nullptr ? hidden : activation;
  multiply(runtime, {s.rows, s.inner, s.d, {x, s.d, true}, {w1, s.d, true}, before, s.inner, false, nullptr, b1},
           s.precision);
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i += kLanes) {
      store_up_to(activation + i, gelu(load_up_to(before + i, end - i)), end - i);
    }
  });
  multiply(runtime,
           {s.rows, s.d, s.inner, {activation, s.inner, true}, {w2, s.inner, true}, y, s.d, false, nullptr, b2},
           s.precision);
}

void mlp_backward(Runtime& runtime, const MlpShape& s, const float* dy, const float* x, const float* w1, const float* w2,
                  const float* hidden, float* dx, float* dw1, float* db1, float* dw2, float* db2) {
  const int64_t count = s.rows * s.inner;
  const size_t bytes = static_cast<size_t>(count) * sizeof(float);
  auto* activation = static_cast<float*>(runtime.scratch(kFirstFreeSlot, bytes));
  auto* gradient = static_cast<float*>(runtime.scratch(kFirstFreeSlot + 1, bytes));
  multiply(runtime, {s.rows, s.inner, s.d, {dy, s.d, true}, {w2, s.inner, false}, gradient, s.inner}, s.precision);
  runtime.parallel_ranges(count, kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i += kLanes) {
      Vec derivative;
      const Vec value = gelu_with_derivative(load_up_to(hidden + i, end - i), derivative);
      store_up_to(activation + i, value, end - i);
      store_up_to(gradient + i, load_up_to(gradient + i, end - i) * derivative, end - i);
    }
  });
  multiply(runtime, {s.rows, s.d, s.inner, {gradient, s.inner, true}, {w1, s.d, false}, dx, s.d}, s.precision);
  multiply(runtime, {s.inner, s.d, s.rows, {gradient, s.inner, false}, {x, s.d, false}, dw1, s.d}, s.precision);
  multiply(runtime, {s.d, s.inner, s.rows, {dy, s.d, false}, {activation, s.inner, false}, dw2, s.inner}, s.precision);
  sum_rows(runtime, s.rows, s.inner, gradient, db1, kFirstFreeSlot + 2);
  sum_rows(runtime, s.rows, s.d, dy, db2, kFirstFreeSlot + 2);
}

}  // namespace hyena::HYENA_ISA
