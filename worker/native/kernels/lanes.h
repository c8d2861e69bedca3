// What transforms need beside simd.h: fused subtractions, and shuffles that transpose small blocks of lanes.
#pragma once

#include "simd.h"

#define HYENA_INLINE inline __attribute__((always_inline))

namespace hyena::HYENA_ISA {

// c - a * b and a * b - c, rounded once where the CPU can.
#if defined(HYENA_ISA_AVX512)
HYENA_INLINE Vec fnma(Vec a, Vec b, Vec c) { return _mm512_fnmadd_ps(a, b, c); }
HYENA_INLINE Vec fms(Vec a, Vec b, Vec c) { return _mm512_fmsub_ps(a, b, c); }
#elif defined(HYENA_ISA_AVX2)
HYENA_INLINE Vec fnma(Vec a, Vec b, Vec c) { return _mm256_fnmadd_ps(a, b, c); }
HYENA_INLINE Vec fms(Vec a, Vec b, Vec c) { return _mm256_fmsub_ps(a, b, c); }
#elif defined(HYENA_ISA_NEON)
HYENA_INLINE Vec fnma(Vec a, Vec b, Vec c) { return vfmsq_f32(c, a, b); }
HYENA_INLINE Vec fms(Vec a, Vec b, Vec c) { return -vfmsq_f32(c, a, b); }
#else
HYENA_INLINE Vec fnma(Vec a, Vec b, Vec c) { return c - a * b; }
HYENA_INLINE Vec fms(Vec a, Vec b, Vec c) { return a * b - c; }
#endif

// A shuffle of the lanes of a and b by constant indices (b's start at kLanes).
#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define HYENA_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#endif
#endif
#ifndef HYENA_SHUFFLE
#define HYENA_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, IntVec{__VA_ARGS__})
#endif

#if defined(HYENA_ISA_AVX512)
#define HYENA_EACH_QUAD(x, y, z, w) \
  x, y, z, w, x + 4, y + 4, z + 4, w + 4, x + 8, y + 8, z + 8, w + 8, x + 12, y + 12, z + 12, w + 12
#elif defined(HYENA_ISA_AVX2)
#define HYENA_EACH_QUAD(x, y, z, w) x, y, z, w, x + 4, y + 4, z + 4, w + 4
#else
#define HYENA_EACH_QUAD(x, y, z, w) x, y, z, w
#endif

// Within each quad of lanes: transposes the 4x4 block that four vectors hold there.
HYENA_INLINE void transpose_in_quads(Vec& a, Vec& b, Vec& c, Vec& d) {
  constexpr int second = kLanes;
  const Vec ab_low = HYENA_SHUFFLE(a, b, HYENA_EACH_QUAD(0, second, 1, second + 1));
  const Vec ab_high = HYENA_SHUFFLE(a, b, HYENA_EACH_QUAD(2, second + 2, 3, second + 3));
  const Vec cd_low = HYENA_SHUFFLE(c, d, HYENA_EACH_QUAD(0, second, 1, second + 1));
  const Vec cd_high = HYENA_SHUFFLE(c, d, HYENA_EACH_QUAD(2, second + 2, 3, second + 3));
  a = HYENA_SHUFFLE(ab_low, cd_low, HYENA_EACH_QUAD(0, 1, second, second + 1));
  b = HYENA_SHUFFLE(ab_low, cd_low, HYENA_EACH_QUAD(2, 3, second + 2, second + 3));
  c = HYENA_SHUFFLE(ab_high, cd_high, HYENA_EACH_QUAD(0, 1, second, second + 1));
  d = HYENA_SHUFFLE(ab_high, cd_high, HYENA_EACH_QUAD(2, 3, second + 2, second + 3));
}

#if defined(HYENA_ISA_AVX512)
// Transposes the 4x4 block of quads that four vectors hold.
HYENA_INLINE void transpose_quads(Vec& a, Vec& b, Vec& c, Vec& d) {
  const Vec ab_low = HYENA_SHUFFLE(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const Vec ab_high = HYENA_SHUFFLE(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  const Vec cd_low = HYENA_SHUFFLE(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const Vec cd_high = HYENA_SHUFFLE(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  a = HYENA_SHUFFLE(ab_low, cd_low, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  b = HYENA_SHUFFLE(ab_low, cd_low, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  c = HYENA_SHUFFLE(ab_high, cd_high, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  d = HYENA_SHUFFLE(ab_high, cd_high, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}
#elif defined(HYENA_ISA_AVX2)
// Transposes the 2x2 block of quads that two vectors hold.
HYENA_INLINE void transpose_quads(Vec& a, Vec& b) {
  const Vec low = HYENA_SHUFFLE(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
  b = HYENA_SHUFFLE(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  a = low;
}
#endif

// Transposes the square of kLanes x kLanes floats that kLanes vectors hold.
HYENA_INLINE void transpose_square(Vec* rows) {
  for (int i = 0; i < kLanes; i += 4) transpose_in_quads(rows[i], rows[i + 1], rows[i + 2], rows[i + 3]);
#if defined(HYENA_ISA_AVX512)
  for (int i = 0; i < 4; i++) transpose_quads(rows[i], rows[4 + i], rows[8 + i], rows[12 + i]);
#elif defined(HYENA_ISA_AVX2)
  for (int i = 0; i < 4; i++) transpose_quads(rows[i], rows[4 + i]);
#endif
}

}  // namespace hyena::HYENA_ISA
