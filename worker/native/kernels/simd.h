// Vectors of the instruction set that a source is compiled for: `Vec` holds kLanes floats, `IntVec` as many int32. The
// operators + - * / and comparisons (which give an IntVec of 0 and -1) are the compiler's own. NaN passes through all
// of these.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_AVX2)
#include <immintrin.h>
#elif defined(HYENA_ISA_NEON)
#include <arm_neon.h>
#endif

namespace hyena::HYENA_ISA {

#if defined(HYENA_ISA_AVX512)
constexpr int kLanes = 16;
#elif defined(HYENA_ISA_AVX2)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

typedef float Vec __attribute__((vector_size(4 * kLanes)));
typedef int32_t IntVec __attribute__((vector_size(4 * kLanes)));

inline Vec load(const float* p) {
  Vec v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, Vec v) { std::memcpy(p, &v, sizeof v); }

// A difference, since x + 0 is an addition to the compiler (it turns -0 into 0), but x - 0 is x.
inline Vec splat(float value) { return value - Vec{}; }
inline IntVec splat_int(int32_t value) { return IntVec{} + value; }

// The first n lanes (0 <= n <= kLanes) from memory, the others 0; nothing beyond them is touched.
inline Vec load_partial(const float* p, int64_t n) {
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<Vec>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1), p));
#else
  Vec v{};
  if (n > 0) std::memcpy(&v, p, static_cast<size_t>(n) * sizeof(float));
  return v;
#endif
}
inline void store_partial(float* p, Vec v, int64_t n) {
#if defined(HYENA_ISA_AVX512)
  _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1), reinterpret_cast<__m512>(v));
#else
  if (n > 0) std::memcpy(p, &v, static_cast<size_t>(n) * sizeof(float));
#endif
}

// The first n lanes, or all where n is larger.
inline Vec load_up_to(const float* p, int64_t n) { return n >= kLanes ? load(p) : load_partial(p, n); }
inline void store_up_to(float* p, Vec v, int64_t n) {
  if (n >= kLanes) {
    store(p, v);
  } else {
    store_partial(p, v, n);
  }
}

// a * b + c, rounded once where the CPU can.
inline Vec fma(Vec a, Vec b, Vec c) {
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<Vec>(_mm512_fmadd_ps(reinterpret_cast<__m512>(a), reinterpret_cast<__m512>(b),
                                               reinterpret_cast<__m512>(c)));
#elif defined(HYENA_ISA_AVX2)
  return reinterpret_cast<Vec>(_mm256_fmadd_ps(reinterpret_cast<__m256>(a), reinterpret_cast<__m256>(b),
                                               reinterpret_cast<__m256>(c)));
#elif defined(HYENA_ISA_NEON)
  return reinterpret_cast<Vec>(vfmaq_f32(reinterpret_cast<float32x4_t>(c), reinterpret_cast<float32x4_t>(a),
                                         reinterpret_cast<float32x4_t>(b)));
#else
  return a * b + c;
#endif
}

// Lanes of a where the condition is true (-1), of b where it is false (0).
inline Vec select(IntVec condition, Vec a, Vec b) {
#if defined(HYENA_ISA_AVX512)
  // Written out, since compilers take comparisons of vectors apart otherwise.
  const __mmask16 mask = _mm512_movepi32_mask(reinterpret_cast<__m512i>(condition));
  return reinterpret_cast<Vec>(_mm512_mask_mov_ps(reinterpret_cast<__m512>(b), mask, reinterpret_cast<__m512>(a)));
#else
  return reinterpret_cast<Vec>((reinterpret_cast<IntVec>(a) & condition) |
                               (reinterpret_cast<IntVec>(b) & ~condition));
#endif
}

// x limited to [low, high]; NaN stays NaN.
inline Vec clamp(Vec x, float low, float high) {
#if defined(HYENA_ISA_AVX512)
  const __m512 at_least = _mm512_max_ps(_mm512_set1_ps(low), reinterpret_cast<__m512>(x));
  return reinterpret_cast<Vec>(_mm512_min_ps(_mm512_set1_ps(high), at_least));
#elif defined(HYENA_ISA_AVX2)
  const __m256 at_least = _mm256_max_ps(_mm256_set1_ps(low), reinterpret_cast<__m256>(x));
  return reinterpret_cast<Vec>(_mm256_min_ps(_mm256_set1_ps(high), at_least));
#else
  x = select(x < splat(low), splat(low), x);
  return select(x > splat(high), splat(high), x);
#endif
}

inline Vec sqrt(Vec x) {
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<Vec>(_mm512_sqrt_ps(reinterpret_cast<__m512>(x)));
#elif defined(HYENA_ISA_AVX2)
  return reinterpret_cast<Vec>(_mm256_sqrt_ps(reinterpret_cast<__m256>(x)));
#else
  for (int i = 0; i < kLanes; ++i) x[i] = std::sqrt(x[i]);
  return x;
#endif
}

inline float reduce_add(Vec v) {
#if defined(HYENA_ISA_AVX512)
  return _mm512_reduce_add_ps(reinterpret_cast<__m512>(v));
#else
  float sum[kLanes];
  std::memcpy(sum, &v, sizeof v);
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) sum[i] += sum[i + half];
  }
  return sum[0];
#endif
}

inline float reduce_max(Vec v) {
  float largest = v[0];
  for (int i = 1; i < kLanes; ++i) largest = v[i] > largest || v[i] != v[i] ? v[i] : largest;
  return largest;
}

inline Vec to_float(IntVec v) { return __builtin_convertvector(v, Vec); }

// e^x within 2 ulp; 0 and infinity beyond the range of fp32 (results below the smallest normal number are 0 or rounded).
inline Vec exp(Vec x) {
  const Vec limited = clamp(x, -104.0f, 89.0f);
  // x = n ln 2 + r, |r| <= ln 2 / 2. Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits.
  const Vec shift = splat(12582912.0f);
  const Vec biased = fma(limited, splat(1.44269504088896341f), shift);
  const Vec n = biased - shift;
  Vec r = fma(n, splat(-0.693145751953125f), limited);
  r = fma(n, splat(-1.42860682030941723212e-6f), r);
  Vec p = splat(1.9875691500e-4f);
  p = fma(p, r, splat(1.3981999507e-3f));
  p = fma(p, r, splat(8.3334519073e-3f));
  p = fma(p, r, splat(4.1665795894e-2f));
  p = fma(p, r, splat(1.6666665459e-1f));
  p = fma(p, r, splat(5.0000001201e-1f));
  p = fma(p * r, r, r) + 1.0f;
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<Vec>(_mm512_scalef_ps(reinterpret_cast<__m512>(p), reinterpret_cast<__m512>(n)));
#else
  // 2^n in two factors, since n reaches beyond the exponents of normal numbers. The low bits of `biased` hold n; where
  // x is NaN they hold anything, and NaN times that is NaN.
  const IntVec whole = reinterpret_cast<IntVec>(biased) - splat_int(0x4b400000);
  const IntVec half = whole >> 1;
  const Vec first = reinterpret_cast<Vec>((half + 127) << 23);
  const Vec second = reinterpret_cast<Vec>((whole - half + 127) << 23);
  return p * first * second;
#endif
}

// tanh(x) within 4 ulp of the largest result, by e^(2x) away from 0 and by its series near 0.
inline Vec tanh(Vec x) {
  const Vec limited = clamp(x, -10.0f, 10.0f);
  const Vec e = exp(limited + limited);
  const Vec far = (e - 1.0f) / (e + 1.0f);
  const Vec square = limited * limited;
  Vec p = splat(-5.70498872745e-3f);
  p = fma(p, square, splat(2.06390887954e-2f));
  p = fma(p, square, splat(-5.37397155531e-2f));
  p = fma(p, square, splat(1.33314422036e-1f));
  p = fma(p, square, splat(-3.33332819422e-1f));
  const Vec near = fma(p * square, limited, limited);
  return select(square < splat(0.390625f), near, far);
}

}  // namespace hyena::HYENA_ISA
