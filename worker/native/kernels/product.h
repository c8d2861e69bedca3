// Matrix products for the other kernels: like `matrix_product`, by operands instead of flags.
#pragma once

#include "pack.h"

namespace hyena::HYENA_ISA {

// C[m,n] (+)= A B (+ bias), where A is m x k and B, seen from its n columns, n x k.
struct Product {
  int64_t m, n, k;
  Operand a, b;
  float* c;
  int64_t ldc;
  bool accumulate = false;
  const float* bias_per_row = nullptr;
  const float* bias_per_column = nullptr;
};

// Scratch slots from kFirstFreeSlot on are left alone by `multiply`.
inline constexpr int kFirstFreeSlot = 2;

void multiply(Runtime& runtime, const Product& product, Precision precision);

}  // namespace hyena::HYENA_ISA
