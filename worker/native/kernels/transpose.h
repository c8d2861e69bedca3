// Transposes a square of kLanes x kLanes floats held in registers.
#pragma once

#include "isa.h"
#include "simd.h"
#include "unroll.h"

namespace hyena::HYENA_ISA {

#if defined(HYENA_ISA_AVX512)

// With a full zeroing mask, since GCC 12 takes the plain intrinsics for uses of an uninitialised variable.
inline void transpose(Vec (&r)[16]) {
  Vec t[16];
  HYENA_UNROLL
  for (int i = 0; i < 16; i += 2) {  // pairs of rows, within 128-bit lanes
    t[i] = _mm512_maskz_unpacklo_ps(0xffff, r[i], r[i + 1]);
    t[i + 1] = _mm512_maskz_unpackhi_ps(0xffff, r[i], r[i + 1]);
  }
  HYENA_UNROLL
  for (int i = 0; i < 16; i += 4) {  // 4x4 squares
    r[i] = _mm512_maskz_shuffle_ps(0xffff, t[i], t[i + 2], 0x44);
    r[i + 1] = _mm512_maskz_shuffle_ps(0xffff, t[i], t[i + 2], 0xee);
    r[i + 2] = _mm512_maskz_shuffle_ps(0xffff, t[i + 1], t[i + 3], 0x44);
    r[i + 3] = _mm512_maskz_shuffle_ps(0xffff, t[i + 1], t[i + 3], 0xee);
  }
  HYENA_UNROLL
  for (int i = 0; i < 4; ++i) {  // the 128-bit lanes as elements of a 4x4 square
    const Vec low = _mm512_maskz_shuffle_f32x4(0xffff, r[i], r[i + 4], 0x88);
    const Vec high = _mm512_maskz_shuffle_f32x4(0xffff, r[i], r[i + 4], 0xdd);
    const Vec low2 = _mm512_maskz_shuffle_f32x4(0xffff, r[i + 8], r[i + 12], 0x88);
    const Vec high2 = _mm512_maskz_shuffle_f32x4(0xffff, r[i + 8], r[i + 12], 0xdd);
    t[i] = _mm512_maskz_shuffle_f32x4(0xffff, low, low2, 0x88);
    t[i + 8] = _mm512_maskz_shuffle_f32x4(0xffff, low, low2, 0xdd);
    t[i + 4] = _mm512_maskz_shuffle_f32x4(0xffff, high, high2, 0x88);
    t[i + 12] = _mm512_maskz_shuffle_f32x4(0xffff, high, high2, 0xdd);
  }
  HYENA_UNROLL
  for (int i = 0; i < 16; ++i) r[i] = t[i];
}

#elif defined(HYENA_ISA_AVX2)

inline void transpose(Vec (&r)[8]) {
  Vec t[8];
  HYENA_UNROLL
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
  HYENA_UNROLL
  for (int i = 0; i < 8; i += 4) {
    r[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
    r[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xee);
    r[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
    r[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xee);
  }
  HYENA_UNROLL
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x20);
    t[i + 4] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x31);
  }
  HYENA_UNROLL
  for (int i = 0; i < 8; ++i) r[i] = t[i];
}

#else

inline void transpose(Vec (&r)[4]) {
  const Vec a = r[0], b = r[1], c = r[2], d = r[3];
  r[0] = Vec{a[0], b[0], c[0], d[0]};
  r[1] = Vec{a[1], b[1], c[1], d[1]};
  r[2] = Vec{a[2], b[2], c[2], d[2]};
  r[3] = Vec{a[3], b[3], c[3], d[3]};
}

#endif

}  // namespace hyena::HYENA_ISA
