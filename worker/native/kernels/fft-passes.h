// The butterflies of a right-angle transform (fft-plan.h): one node, all of its elements, decimated downwards on the
// way to the spectrum and upwards on the way back. The inverse passes do not divide by the radix.
#pragma once

#include <cstdint>

#include "fft-plan.h"
#include "lanes.h"

namespace hyena::HYENA_ISA {

struct Complex {
  Vec re, im;
};

HYENA_INLINE Complex load_complex(const float* from) { return {load(from), load(from + kLanes)}; }
HYENA_INLINE void store_complex(float* to, Complex value) {
  store(to, value.re);
  store(to + kLanes, value.im);
}
HYENA_INLINE Complex broadcast_complex(const float* from) { return {splat(from[0]), splat(from[1])}; }

HYENA_INLINE Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
HYENA_INLINE Complex operator-(Complex a, Complex b) { return {a.re - b.re, a.im - b.im}; }
HYENA_INLINE Complex times_minus_i(Complex a) { return {a.im, -a.re}; }
HYENA_INLINE Complex multiply(Complex a, Complex b) {
  return {fnma(a.im, b.im, a.re * b.re), fma(a.im, b.re, a.re * b.im)};
}
// a times the conjugate of b.
HYENA_INLINE Complex multiply_conjugate(Complex a, Complex b) {
  return {fma(a.im, b.im, a.re * b.re), fnma(a.re, b.im, a.im * b.re)};
}
HYENA_INLINE Complex multiply_add(Complex a, Complex b, Complex c) {
  return {fnma(a.im, b.im, fma(a.re, b.re, c.re)), fma(a.im, b.re, fma(a.re, b.im, c.im))};
}
HYENA_INLINE Complex multiply_conjugate_add(Complex a, Complex b, Complex c) {
  return {fma(a.im, b.im, fma(a.re, b.re, c.re)), fnma(a.re, b.im, fma(a.im, b.re, c.im))};
}

// (a, b) <- (a + w b, a - w b) in six fused operations; the second is 2a minus the first.
HYENA_INLINE void butterfly(Complex& a, Complex& b, Complex w) {
  const Vec two = splat(2.0f);
  const Complex sum = multiply_add(b, w, a);
  b = {fms(two, a.re, sum.re), fms(two, a.im, sum.im)};
  a = sum;
}
// The same with i·w.
HYENA_INLINE void butterfly_i(Complex& a, Complex& b, Complex w) {
  const Vec two = splat(2.0f);
  const Complex sum = {fnma(b.re, w.im, fnma(b.im, w.re, a.re)), fma(b.re, w.re, fnma(b.im, w.im, a.im))};
  b = {fms(two, a.re, sum.re), fms(two, a.im, sum.im)};
  a = sum;
}

HYENA_INLINE void forward_radix4(Complex* x, Complex square_root, Complex fourth_root) {
  butterfly(x[0], x[2], square_root);
  butterfly(x[1], x[3], square_root);
  butterfly(x[0], x[1], fourth_root);
  butterfly_i(x[2], x[3], fourth_root);
}

// x times conj of the powers 1, 2, 3 of the fourth root are left to the caller.
HYENA_INLINE void inverse_radix4_untwisted(Complex* x) {
  const Complex a = x[0] + x[1], b = x[0] - x[1], c = x[2] + x[3], d = times_minus_i(x[2] - x[3]);
  x[0] = a + c;
  x[1] = b + d;
  x[2] = a - c;
  x[3] = b - d;
}
// The last two halvings of radix 8, after the first.
HYENA_INLINE void forward_radix8_tail(Complex* x, Complex fourth_root, Complex eighth_root, Complex eighth_root_turned) {
  butterfly(x[0], x[2], fourth_root);
  butterfly(x[1], x[3], fourth_root);
  butterfly_i(x[4], x[6], fourth_root);
  butterfly_i(x[5], x[7], fourth_root);
  butterfly(x[0], x[1], eighth_root);
  butterfly_i(x[2], x[3], eighth_root);
  butterfly(x[4], x[5], eighth_root_turned);
  butterfly_i(x[6], x[7], eighth_root_turned);
}

HYENA_INLINE void inverse_radix8_untwisted(Complex* x) {
  const Vec half_root = splat(0.70710678118654752f);
  const Complex t0 = x[0] + x[1], t1 = x[0] - x[1], t2 = x[2] + x[3], t3 = times_minus_i(x[2] - x[3]);
  const Complex t4 = x[4] + x[5], t5 = x[4] - x[5], t6 = x[6] + x[7], t7 = times_minus_i(x[6] - x[7]);
  const Complex u0 = t0 + t2, u1 = t1 + t3, u2 = t0 - t2, u3 = t1 - t3;
  const Complex v0 = t4 + t6, v1 = t5 + t7, v2 = times_minus_i(t4 - t6), v3 = t5 - t7;
  x[0] = u0 + v0;
  x[4] = u0 - v0;
  x[2] = u2 + v2;
  x[6] = u2 - v2;
  // e^(-iπ/4) v1 and -i e^(-iπ/4) v3, their factor sqrt(1/2) fused into the sums.
  const Complex r1 = {v1.re + v1.im, v1.im - v1.re};
  const Complex r3 = {v3.im - v3.re, -(v3.re + v3.im)};
  x[1] = {fma(half_root, r1.re, u1.re), fma(half_root, r1.im, u1.im)};
  x[5] = {fnma(half_root, r1.re, u1.re), fnma(half_root, r1.im, u1.im)};
  x[3] = {fma(half_root, r3.re, u3.re), fma(half_root, r3.im, u3.im)};
  x[7] = {fnma(half_root, r3.re, u3.re), fnma(half_root, r3.im, u3.im)};
}

template <int radix>
HYENA_INLINE void inverse_untwisted(Complex* x) {
  if constexpr (radix == 2) {
    const Complex a = x[0] + x[1], b = x[0] - x[1];
    x[0] = a;
    x[1] = b;
  } else if constexpr (radix == 4) {
    inverse_radix4_untwisted(x);
  } else {
    inverse_radix8_untwisted(x);
  }
}

// One node whose children have `stride` pairs each; in place.
template <int radix>
inline void forward_node(float* data, int64_t stride, const float* twiddles) {
  const Complex s1 = broadcast_complex(twiddles);
  const Complex s2 = broadcast_complex(twiddles + 2);
  const Complex s4 = broadcast_complex(twiddles + 6);
  const Complex turned = broadcast_complex(twiddles + 14);
  for (int64_t q = 0; q < stride; q++, data += kPair) {
    Complex x[radix];
    for (int k = 0; k < radix; k++) x[k] = load_complex(data + k * stride * kPair);
    if constexpr (radix == 8) {
      for (int k = 0; k < 4; k++) butterfly(x[k], x[k + 4], s4);
      forward_radix8_tail(x, s2, s1, turned);
    } else if constexpr (radix == 4) {
      forward_radix4(x, s2, s1);
    } else {
      butterfly(x[0], x[1], s1);
    }
    for (int k = 0; k < radix; k++) store_complex(data + k * stride * kPair, x[k]);
  }
}

template <int radix>
inline void inverse_node(float* data, int64_t stride, const float* twiddles) {
  for (int64_t q = 0; q < stride; q++, data += kPair) {
    Complex x[radix];
    for (int k = 0; k < radix; k++) x[k] = load_complex(data + k * stride * kPair);
    inverse_untwisted<radix>(x);
    store_complex(data, x[0]);
    for (int k = 1; k < radix; k++) {
      const Complex w = broadcast_complex(twiddles + 2 * (k - 1));
      store_complex(data + k * stride * kPair, multiply_conjugate(x[k], w));
    }
  }
}

// The root, from a real row of radix * stride vectors to complex data.
template <int radix>
inline void forward_root(const float* row, float* data, int64_t stride, const float* twiddles) {
  const Complex s1 = broadcast_complex(twiddles);
  const Complex s2 = broadcast_complex(twiddles + 2);
  const Complex s4 = broadcast_complex(twiddles + 6);
  const Complex turned = broadcast_complex(twiddles + 14);
  const Complex first = radix == 8 ? s4 : radix == 4 ? s2 : s1;
  constexpr int half = radix / 2;
  for (int64_t q = 0; q < stride; q++, row += kLanes, data += kPair) {
    Complex x[radix];
    for (int k = 0; k < half; k++) {
      const Vec a = load(row + k * stride * kLanes);
      const Vec b = load(row + (k + half) * stride * kLanes);
      const Vec im = first.im * b;
      x[k] = {fma(first.re, b, a), im};
      x[k + half] = {fnma(first.re, b, a), -im};
    }
    if constexpr (radix == 8) forward_radix8_tail(x, s2, s1, turned);
    if constexpr (radix == 4) {
      butterfly(x[0], x[1], s1);
      butterfly_i(x[2], x[3], s1);
    }
    for (int k = 0; k < radix; k++) store_complex(data + k * stride * kPair, x[k]);
  }
}

// The root of the inverse: only the real part is wanted; `scale` makes up for the divisions left out.
template <int radix>
inline void inverse_root(const float* data, float* row, int64_t stride, const float* twiddles, float scale) {
  for (int64_t q = 0; q < stride; q++, row += kLanes, data += kPair) {
    Complex x[radix];
    for (int k = 0; k < radix; k++) x[k] = load_complex(data + k * stride * kPair);
    inverse_untwisted<radix>(x);
    store(row, x[0].re * splat(scale));
    for (int k = 1; k < radix; k++) {
      const Vec re = splat(twiddles[2 * (k - 1)] * scale);
      const Vec im = splat(twiddles[2 * (k - 1) + 1] * scale);
      store(row + k * stride * kLanes, fma(x[k].im, im, x[k].re * re));
    }
  }
}

// Radix 3 and 5 at the root, by their matrix of powers.
template <int radix>
inline void forward_root_odd(const float* row, float* data, int64_t stride, const float* matrix) {
  for (int64_t q = 0; q < stride; q++, row += kLanes, data += kPair) {
    Vec a[radix];
    for (int k = 0; k < radix; k++) a[k] = load(row + k * stride * kLanes);
    for (int j = 0; j < radix; j++) {
      Complex r = {a[0], Vec{}};
      for (int k = 1; k < radix; k++) {
        const Complex w = broadcast_complex(matrix + 2 * (j * radix + k));
        r = {fma(w.re, a[k], r.re), fma(w.im, a[k], r.im)};
      }
      store_complex(data + j * stride * kPair, r);
    }
  }
}

template <int radix>
inline void inverse_root_odd(const float* data, float* row, int64_t stride, const float* matrix, float scale) {
  for (int64_t q = 0; q < stride; q++, row += kLanes, data += kPair) {
    Complex r[radix];
    for (int j = 0; j < radix; j++) r[j] = load_complex(data + j * stride * kPair);
    for (int k = 0; k < radix; k++) {
      Vec a{};
      for (int j = 0; j < radix; j++) {
        const Complex w = broadcast_complex(matrix + 2 * (j * radix + k));
        a = fma(r[j].im, w.im, fma(r[j].re, w.re, a));
      }
      store(row + k * stride * kLanes, a * splat(scale));
    }
  }
}

}  // namespace hyena::HYENA_ISA
