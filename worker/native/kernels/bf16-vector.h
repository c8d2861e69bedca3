// Vectors of numbers that memory holds in bf16.
#pragma once

#include "lanes.h"
#include "rows.h"

namespace hyena::HYENA_ISA {

HYENA_INLINE Vec widen_bf16(const uint16_t* p, int64_t count) {
  typedef uint16_t Halves __attribute__((vector_size(2 * kLanes)));
  Halves halves{};
  std::memcpy(&halves, p, sizeof(uint16_t) * static_cast<size_t>(count));
  return reinterpret_cast<Vec>(__builtin_convertvector(halves, IntVec) << 16);
}
HYENA_INLINE Vec widen_bf16(const uint16_t* p, Whole) {
#if defined(HYENA_ISA_AVX512)
  const __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
  return reinterpret_cast<Vec>(_mm512_slli_epi32(wide, 16));
#elif defined(HYENA_ISA_AVX2)
  const __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  return reinterpret_cast<Vec>(_mm256_slli_epi32(wide, 16));
#elif defined(HYENA_ISA_NEON)
  return reinterpret_cast<Vec>(vshll_n_u16(vld1_u16(p), 16));
#else
  return widen_bf16(p, int64_t{kLanes});
#endif
}

// The first `count` lanes, or all, to nearest, ties to even; NaN stays NaN.
HYENA_INLINE void store_bf16(uint16_t* p, Vec value, int64_t count) {
  typedef uint32_t Words __attribute__((vector_size(4 * kLanes)));
  typedef uint16_t Halves __attribute__((vector_size(2 * kLanes)));
  const Words bits = reinterpret_cast<Words>(value);
  const Words rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
  const Words number = reinterpret_cast<Words>(value == value);
  const Words chosen = (rounded & number) | (~number & 0x7fc0u);
  const Halves halves = __builtin_convertvector(chosen, Halves);
  if (count >= kLanes) {
    std::memcpy(p, &halves, sizeof halves);
  } else {
    std::memcpy(p, &halves, sizeof(uint16_t) * static_cast<size_t>(count));
  }
}
HYENA_INLINE Vec load_bf16_up_to(const uint16_t* p, int64_t count) {
  return count >= kLanes ? widen_bf16(p, kWhole) : widen_bf16(p, count);
}

}  // namespace hyena::HYENA_ISA
