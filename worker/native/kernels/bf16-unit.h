// Passes work in bf16 on to the unit that the processor has.
#pragma once

#include "../bf16.h"
#include "product.h"

namespace hyena {

// Defined in tiles.amx.cc and dot-products.avx512bf16.cc, which are compiled once, with those instructions.
namespace amx {
void multiply_bf16(Runtime& runtime, const Product& product);
}
namespace avx512bf16 {
void multiply_bf16(Runtime& runtime, const Product& product);
}

}  // namespace hyena

namespace hyena::HYENA_ISA {

// False where there is no unit for bf16: the caller computes in fp32 then.
inline bool multiply_by_unit([[maybe_unused]] Runtime& runtime, [[maybe_unused]] const Product& product) {
#if defined(HYENA_ISA_AVX512)
  switch (bf16_unit()) {
#if defined(HYENA_WITH_AMX)
    case Bf16Unit::kTiles:
      amx::multiply_bf16(runtime, product);
      return true;
#endif
#if defined(HYENA_WITH_AVX512BF16)
    case Bf16Unit::kDotProducts:
      avx512bf16::multiply_bf16(runtime, product);
      return true;
#endif
    default:
      return false;
  }
#else
  return false;
#endif
}

}  // namespace hyena::HYENA_ISA
