// Sine and cosine together, to about 1e-7 (absolute) for any argument; infinity gives NaN.
#pragma once

#include <cmath>

#include "lanes.h"

namespace hyena::HYENA_ISA {

// Up to here the reduction below is exact enough; larger arguments, infinity and NaN take the library's functions.
inline constexpr float kSineLimit = 1e6f;

struct SineCosine {
  Vec sine, cosine;
};

// x - n π/2 for an integer n.
HYENA_INLINE Vec reduce_by_quarter_turns(Vec x, Vec n) {
#if defined(HYENA_ISA_PLAIN)
  // Without a fused multiply-add the products would have to be exact: double precision is simpler.
  typedef double Doubles __attribute__((vector_size(8 * kLanes)));
  const Doubles turns = __builtin_convertvector(n, Doubles);
  return __builtin_convertvector(__builtin_convertvector(x, Doubles) - turns * 1.57079632679489661923, Vec);
#else
  // π/2 in three parts: the first difference is exact, since its terms agree in their leading bits.
  x = fnma(n, splat(0x1.921fb6p0f), x);
  x = fma(n, splat(0x1.777a5cp-25f), x);
  return fma(n, splat(0x1.ee59dap-50f), x);
#endif
}

__attribute__((noinline)) inline SineCosine sine_cosine_far(Vec x, SineCosine near) {
  for (int i = 0; i < kLanes; i++) {
    if (std::fabs(x[i]) <= kSineLimit) continue;
    near.sine[i] = static_cast<float>(std::sin(static_cast<double>(x[i])));
    near.cosine[i] = static_cast<float>(std::cos(static_cast<double>(x[i])));
  }
  return near;
}

HYENA_INLINE bool any_beyond(Vec x, float limit) {
#if defined(HYENA_ISA_AVX512)
  return _mm512_cmp_ps_mask(_mm512_abs_ps(x), _mm512_set1_ps(limit), _CMP_NLE_UQ) != 0;
#else
  const IntVec within = (x <= splat(limit)) & (x >= splat(-limit));
  int32_t all = -1;
  for (int i = 0; i < kLanes; i++) all &= within[i];
  return all == 0;
#endif
}

HYENA_INLINE SineCosine sine_cosine(Vec x) {
  // Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits.
  const Vec shift = splat(12582912.0f);
  const Vec biased = fma(x, splat(0.636619772367581343f), shift);
  const IntVec quarter = reinterpret_cast<IntVec>(biased);
  const Vec r = reduce_by_quarter_turns(x, biased - shift);
  const Vec square = r * r;
  // Minimax polynomials on [-π/4, π/4] (Cephes, sinf and cosf).
  Vec s = fma(square, splat(-1.9515295891e-4f), splat(8.3321608736e-3f));
  s = fma(square, s, splat(-1.6666654611e-1f));
  s = fma(s * square, r, r);
  Vec c = fma(square, splat(2.443315711809948e-5f), splat(-1.388731625493765e-3f));
  c = fma(square, c, splat(4.166664568298827e-2f));
  c = fma(square * square, c, fnma(splat(0.5f), square, splat(1.0f)));
  const IntVec odd = -(quarter & 1);
  const IntVec sine_sign = (quarter & 2) << 30;
  const IntVec cosine_sign = ((quarter + 1) & 2) << 30;
  SineCosine result = {
      reinterpret_cast<Vec>(reinterpret_cast<IntVec>(select(odd, c, s)) ^ sine_sign),
      reinterpret_cast<Vec>(reinterpret_cast<IntVec>(select(odd, s, c)) ^ cosine_sign),
  };
  if (__builtin_expect(any_beyond(x, kSineLimit), 0)) result = sine_cosine_far(x, result);
  return result;
}

}  // namespace hyena::HYENA_ISA
