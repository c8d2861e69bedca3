// Products of matrices of which one is a weight, in whatever type it is kept.
#pragma once

#include "product.h"

namespace hyena::HYENA_ISA {

// The numbers of some rows of a weight with so many columns, as [count, columns].
void widen_rows(const Weight& weight, int64_t columns, int64_t first, int64_t count, float* to);

// `multiply`, where one operand is the weight: the one whose `data` is null, its stride the columns of the weight. Few rows
// are multiplied with the weight as it is; for many it is widened some rows at a time, which stay in the cache.
void multiply_weight(Runtime& runtime, Product product, const Weight& weight, Precision precision);

}  // namespace hyena::HYENA_ISA
