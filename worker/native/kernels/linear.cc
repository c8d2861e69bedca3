// A linear layer, y = x W^T + bias, between the two layouts of activations: tokens [rows, C] and channels [C, rows].
#include "sums.h"
#include "weight-product.h"

namespace hyena::HYENA_ISA {
namespace {

// Activations [rows, channels] in either layout, as an operand whose rows are tokens, or whose rows are channels.
Operand by_tokens(const float* x, Layout layout, int64_t rows, int64_t channels) {
  const bool tokens = layout == Layout::kTokens;
  return {x, tokens ? channels : rows, tokens};
}
Operand by_channels(const float* x, Layout layout, int64_t rows, int64_t channels) {
  const bool tokens = layout == Layout::kTokens;
  return {x, tokens ? channels : rows, !tokens};
}

}  // namespace

void linear(Runtime& runtime, const LinearShape& s, const float* x, const Weight& w, const float* bias, float* y) {
  const Operand activations = by_tokens(x, s.input, s.rows, s.in);
  const Operand weights{nullptr, s.in, true};
  if (s.output == Layout::kTokens) {
    multiply_weight(runtime, {s.rows, s.out, s.in, activations, weights, y, s.out, false, nullptr, bias}, w, s.precision);
  } else {
    multiply_weight(runtime, {s.out, s.rows, s.in, weights, activations, y, s.rows, false, bias, nullptr}, w, s.precision);
  }
}

void linear_backward(Runtime& runtime, const LinearShape& s, const float* dy, const float* x, const Weight& w, float* dx,
                     float* dw, float* dbias) {
  if (dx != nullptr) {
    const Operand gradient = by_tokens(dy, s.output, s.rows, s.out);
    const Operand weights{nullptr, s.in, false};
    if (s.input == Layout::kTokens) {
      multiply_weight(runtime, {s.rows, s.in, s.out, gradient, weights, dx, s.in}, w, s.precision);
    } else {
      multiply_weight(runtime, {s.in, s.rows, s.out, weights, gradient, dx, s.rows}, w, s.precision);
    }
  }
  if (dw != nullptr) {
    multiply(runtime,
             {s.out, s.in, s.rows, by_channels(dy, s.output, s.rows, s.out), by_channels(x, s.input, s.rows, s.in), dw,
              s.in},
             s.precision);
  }
  if (dbias != nullptr) {
    if (s.output == Layout::kTokens) {
      sum_rows(runtime, s.rows, s.out, dy, dbias, kFirstFreeSlot);
    } else {
      sum_columns(runtime, s.out, s.rows, dy, dbias);
    }
  }
}

}  // namespace hyena::HYENA_ISA
