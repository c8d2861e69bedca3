// What computes products of bf16 numbers with sums in fp32 on this processor.
#pragma once

#include <vector>

namespace hyena {

enum class Bf16Unit : int {
  kNone = 0,         // fp32 instead
  kDotProducts = 1,  // AVX512_BF16
  kTiles = 2,        // AMX
};

// All that this processor and this build have, best first; kNone is always among them.
std::vector<Bf16Unit> available_bf16_units();

// The unit in use: the best, unless HYENA_BF16 in the environment (tiles, dot-products, none) or the call below chose
// another of the available ones. Not to be changed while kernels run.
Bf16Unit bf16_unit();
void use_bf16_unit(Bf16Unit unit);

// Whether bf16-mixed differs from fp32 here, with the kernels in use.
bool bf16_supported();

}  // namespace hyena
