// Vectors of numbers that memory holds in bf16.
#pragma once

#include "lanes.h"
#include "rows.h"

namespace hyena::HYENA_ISA {

HYENA_INLINE Vec widen_bf16(const uint16_t* p, int64_t count) {
#if defined(HYENA_ISA_AVX512)
  const __m256i some = _mm256_maskz_loadu_epi16(static_cast<__mmask16>((1u << count) - 1), p);
  return reinterpret_cast<Vec>(_mm512_slli_epi32(_mm512_cvtepu16_epi32(some), 16));
#else
  typedef uint16_t Halves __attribute__((vector_size(2 * kLanes)));
  Halves halves{};
  std::memcpy(&halves, p, sizeof(uint16_t) * static_cast<size_t>(count));
  return reinterpret_cast<Vec>(__builtin_convertvector(halves, IntVec) << 16);
#endif
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

// As many numbers as 2 kLanes, unchanged: two in a lane, 0 beyond `count`.
HYENA_INLINE IntVec load_bf16_pairs(const uint16_t* p, int64_t count) {
  IntVec pairs{};
  if (count >= 2 * kLanes) {
    std::memcpy(&pairs, p, sizeof pairs);
  } else {
#if defined(HYENA_ISA_AVX512)
    return reinterpret_cast<IntVec>(_mm512_maskz_loadu_epi16(static_cast<__mmask32>((uint64_t{1} << count) - 1), p));
#else
    std::memcpy(&pairs, p, sizeof(uint16_t) * static_cast<size_t>(count));
#endif
  }
  return pairs;
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
