// GELU in its tanh form, 0.5 h (1 + tanh(u)) with u = sqrt(2/pi) (h + 0.044715 h^3), by 0.5 (1 + tanh(u)) = 1 / (1 + e^-2u).
#pragma once

#include "isa.h"
#include "simd.h"

namespace hyena::HYENA_ISA {

// 1 / x within 2 ulp, for x between 1 and 2^126.
inline Vec reciprocal(Vec x) {
#if defined(HYENA_ISA_AVX512)
  // A third of the time of a division.
  const Vec guess = _mm512_maskz_rcp14_ps(0xffff, x);
  return guess * fma(-x, guess, splat(2.0f));
#else
  return 1.0f / x;
#endif
}

inline constexpr float kTwiceRootOfTwoOverPi = 1.5957691216057308f;
inline constexpr float kCubic = 0.044715f;

// What GELU and its derivative share. Beyond +-10 GELU is h or 0 in fp32.
struct Gate {
  Vec limited;      // h in [-10, 10]
  Vec exponential;  // e^-2u
  Vec open;         // 1 / (1 + e^-2u)
};

inline Gate gelu_gate(Vec h) {
  Gate gate;
  gate.limited = clamp(h, -10.0f, 10.0f);
  const Vec twice_u = gate.limited * fma(gate.limited * gate.limited, splat(kTwiceRootOfTwoOverPi * kCubic),
                                         splat(kTwiceRootOfTwoOverPi));
  gate.exponential = exp(-twice_u);
  gate.open = select(h < splat(-10.0f), splat(0), reciprocal(gate.exponential + 1.0f));
  return gate;
}

inline Vec gelu(Vec h) { return h * gelu_gate(h).open; }

// GELU and its derivative open + h open (1 - open) 2u'.
inline Vec gelu_with_derivative(Vec h, Vec& derivative) {
  const Gate gate = gelu_gate(h);
  const Vec slope =
      fma(gate.limited * gate.limited, splat(3 * kTwiceRootOfTwoOverPi * kCubic), splat(kTwiceRootOfTwoOverPi));
  // 1 - open is exponential * open, without the cancellation.
  derivative = fma(gate.limited * gate.open * (gate.exponential * gate.open), slope, gate.open);
  return h * gate.open;
}

}  // namespace hyena::HYENA_ISA
