// Passes work in bf16 on to the unit that the CPU has.
#pragma once

#include "../bf16.h"
#include "product.h"

namespace hyena {

inline constexpr int64_t kRegisterFloats = 32 * 16;

// Defined in tiles.amx.cc and dot-products.avx512bf16.cc, which are compiled once, with those instructions.
namespace amx {
// `kRegisterFloats` values that the compiler does not know; the floating-point operations.
void multiply_registers(int64_t rounds, float* values, double& operations);
void multiply_bf16(Runtime& runtime, const Product& product);
void attention_bf16(Runtime& runtime, const AttentionShape& shape, const float* q, const float* k, const float* v,
                    float* y, float* sums);
void attention_backward_bf16(Runtime& runtime, const AttentionShape& shape, const float* dy, const float* q,
                             const float* k, const float* v, const float* y, const float* sums,
                             const AttentionGradients& gradients);
}
namespace avx512bf16 {
void multiply_registers(int64_t rounds, float* values, double& operations);
void multiply_bf16(Runtime& runtime, const Product& product);
void attention_bf16(Runtime& runtime, const AttentionShape& shape, const float* q, const float* k, const float* v,
                    float* y, float* sums);
void attention_backward_bf16(Runtime& runtime, const AttentionShape& shape, const float* dy, const float* q,
                             const float* k, const float* v, const float* y, const float* sums,
                             const AttentionGradients& gradients);
}

}  // namespace hyena

namespace hyena::HYENA_ISA {

// These are false if there is no unit for bf16: the caller computes in fp32 then.
#if defined(HYENA_ISA_AVX512) && defined(HYENA_WITH_AMX)
#define HYENA_ON_TILES(call) \
  case Bf16Unit::kTiles:     \
    amx::call;               \
    return true;
#else
#define HYENA_ON_TILES(call)
#endif
#if defined(HYENA_ISA_AVX512) && defined(HYENA_WITH_AVX512BF16)
#define HYENA_ON_DOT_PRODUCTS(call) \
  case Bf16Unit::kDotProducts:      \
    avx512bf16::call;               \
    return true;
#else
#define HYENA_ON_DOT_PRODUCTS(call)
#endif
#define HYENA_ON_UNIT(call)       \
  switch (bf16_unit()) {          \
    HYENA_ON_TILES(call)          \
    HYENA_ON_DOT_PRODUCTS(call)   \
    default:                      \
      return false;               \
  }

inline bool multiply_registers_by_unit([[maybe_unused]] int64_t rounds, [[maybe_unused]] float* values,
                                       [[maybe_unused]] double& operations) {
  HYENA_ON_UNIT(multiply_registers(rounds, values, operations))
}
inline bool multiply_by_unit([[maybe_unused]] Runtime& runtime, [[maybe_unused]] const Product& product) {
  HYENA_ON_UNIT(multiply_bf16(runtime, product))
}
inline bool attend_by_unit([[maybe_unused]] Runtime& runtime, [[maybe_unused]] const AttentionShape& shape,
                           [[maybe_unused]] const float* q, [[maybe_unused]] const float* k,
                           [[maybe_unused]] const float* v, [[maybe_unused]] float* y, [[maybe_unused]] float* sums) {
  HYENA_ON_UNIT(attention_bf16(runtime, shape, q, k, v, y, sums))
}
inline bool differentiate_by_unit([[maybe_unused]] Runtime& runtime, [[maybe_unused]] const AttentionShape& shape,
                                  [[maybe_unused]] const float* dy, [[maybe_unused]] const float* q,
                                  [[maybe_unused]] const float* k, [[maybe_unused]] const float* v,
                                  [[maybe_unused]] const float* y, [[maybe_unused]] const float* sums,
                                  [[maybe_unused]] const AttentionGradients& gradients) {
  HYENA_ON_UNIT(attention_backward_bf16(runtime, shape, dy, q, k, v, y, sums, gradients))
}

#undef HYENA_ON_UNIT
#undef HYENA_ON_DOT_PRODUCTS
#undef HYENA_ON_TILES

}  // namespace hyena::HYENA_ISA
