// One vector of fp32 as wide as the instruction set has, and the few operations that the kernels need beside the
// arithmetic operators. One source serves every instruction set: GCC and Clang vector extensions, with intrinsics only
// where a fused multiply-add must be certain.
#pragma once

#include <cstdint>

#if defined(__AVX512F__) || defined(__AVX2__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#ifndef HYENA_ISA
#error "compile with -DHYENA_ISA=name, once for each instruction set"
#endif
#define HYENA_INLINE inline __attribute__((always_inline))

namespace hyena::HYENA_ISA {

#if defined(__AVX512F__)
inline constexpr int kLanes = 16;
#elif defined(__AVX2__)
inline constexpr int kLanes = 8;
#else
inline constexpr int kLanes = 4;
#endif

typedef float Lanes __attribute__((vector_size(kLanes * 4)));
typedef float UnalignedLanes __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));
typedef int32_t IntLanes __attribute__((vector_size(kLanes * 4)));

HYENA_INLINE Lanes load(const float* from) { return *reinterpret_cast<const UnalignedLanes*>(from); }
HYENA_INLINE void store(float* to, Lanes value) { *reinterpret_cast<UnalignedLanes*>(to) = value; }
HYENA_INLINE Lanes broadcast(float value) { return value - Lanes{}; }

// a * b + c, c - a * b and a * b - c.
#if defined(__AVX512F__)
HYENA_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps(a, b, c); }
HYENA_INLINE Lanes fnma(Lanes a, Lanes b, Lanes c) { return _mm512_fnmadd_ps(a, b, c); }
HYENA_INLINE Lanes fms(Lanes a, Lanes b, Lanes c) { return _mm512_fmsub_ps(a, b, c); }
#elif defined(__AVX2__)
HYENA_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return _mm256_fmadd_ps(a, b, c); }
HYENA_INLINE Lanes fnma(Lanes a, Lanes b, Lanes c) { return _mm256_fnmadd_ps(a, b, c); }
HYENA_INLINE Lanes fms(Lanes a, Lanes b, Lanes c) { return _mm256_fmsub_ps(a, b, c); }
#elif defined(__aarch64__)
HYENA_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return vfmaq_f32(c, a, b); }
HYENA_INLINE Lanes fnma(Lanes a, Lanes b, Lanes c) { return vfmsq_f32(c, a, b); }
HYENA_INLINE Lanes fms(Lanes a, Lanes b, Lanes c) { return -vfmsq_f32(c, a, b); }
#else
HYENA_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return a * b + c; }
HYENA_INLINE Lanes fnma(Lanes a, Lanes b, Lanes c) { return c - a * b; }
HYENA_INLINE Lanes fms(Lanes a, Lanes b, Lanes c) { return a * b - c; }
#endif

// The sum of all lanes, pairwise, in an order that depends on the width alone.
HYENA_INLINE float sum(Lanes value) {
  float lanes[kLanes];
  store(lanes, value);
  for (int width = kLanes / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) lanes[i] += lanes[i + width];
  }
  return lanes[0];
}

// A shuffle of the lanes of a and b by constant indices (b's start at kLanes).
#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define HYENA_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#endif
#endif
#ifndef HYENA_SHUFFLE
#define HYENA_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, IntLanes{__VA_ARGS__})
#endif

#if defined(__AVX512F__)
#define HYENA_EACH_QUAD(x, y, z, w) \
  x, y, z, w, x + 4, y + 4, z + 4, w + 4, x + 8, y + 8, z + 8, w + 8, x + 12, y + 12, z + 12, w + 12
#elif defined(__AVX2__)
#define HYENA_EACH_QUAD(x, y, z, w) x, y, z, w, x + 4, y + 4, z + 4, w + 4
#else
#define HYENA_EACH_QUAD(x, y, z, w) x, y, z, w
#endif

// Within each quad of lanes: transposes the 4x4 block that four vectors hold there.
HYENA_INLINE void transpose_in_quads(Lanes& a, Lanes& b, Lanes& c, Lanes& d) {
  constexpr int second = kLanes;
  const Lanes ab_low = HYENA_SHUFFLE(a, b, HYENA_EACH_QUAD(0, second, 1, second + 1));
  const Lanes ab_high = HYENA_SHUFFLE(a, b, HYENA_EACH_QUAD(2, second + 2, 3, second + 3));
  const Lanes cd_low = HYENA_SHUFFLE(c, d, HYENA_EACH_QUAD(0, second, 1, second + 1));
  const Lanes cd_high = HYENA_SHUFFLE(c, d, HYENA_EACH_QUAD(2, second + 2, 3, second + 3));
  a = HYENA_SHUFFLE(ab_low, cd_low, HYENA_EACH_QUAD(0, 1, second, second + 1));
  b = HYENA_SHUFFLE(ab_low, cd_low, HYENA_EACH_QUAD(2, 3, second + 2, second + 3));
  c = HYENA_SHUFFLE(ab_high, cd_high, HYENA_EACH_QUAD(0, 1, second, second + 1));
  d = HYENA_SHUFFLE(ab_high, cd_high, HYENA_EACH_QUAD(2, 3, second + 2, second + 3));
}

#if defined(__AVX512F__)
// Transposes the 4x4 block of quads that four vectors hold.
HYENA_INLINE void transpose_quads(Lanes& a, Lanes& b, Lanes& c, Lanes& d) {
  const Lanes ab_low = HYENA_SHUFFLE(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const Lanes ab_high = HYENA_SHUFFLE(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  const Lanes cd_low = HYENA_SHUFFLE(c, d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  const Lanes cd_high = HYENA_SHUFFLE(c, d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  a = HYENA_SHUFFLE(ab_low, cd_low, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  b = HYENA_SHUFFLE(ab_low, cd_low, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  c = HYENA_SHUFFLE(ab_high, cd_high, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  d = HYENA_SHUFFLE(ab_high, cd_high, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}
#elif defined(__AVX2__)
// Transposes the 2x2 block of quads that two vectors hold.
HYENA_INLINE void transpose_quads(Lanes& a, Lanes& b) {
  const Lanes low = HYENA_SHUFFLE(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
  b = HYENA_SHUFFLE(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  a = low;
}
#endif

}  // namespace hyena::HYENA_ISA
