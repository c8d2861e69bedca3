// Sums over the rows or columns of a matrix, in an order that depends on its shape alone.
#pragma once

#include "isa.h"

namespace hyena::HYENA_ISA {

// sums[column] = sum over the rows of x [rows, columns], added to what is there where `accumulate`. Uses scratch slot
// `slot`.
void sum_rows(Runtime& runtime, int64_t rows, int64_t columns, const float* x, float* sums, int slot,
              bool accumulate = false);
// sums[row] = sum of the row of x [rows, columns].
void sum_columns(Runtime& runtime, int64_t rows, int64_t columns, const float* x, float* sums);

}  // namespace hyena::HYENA_ISA
