// The leaves of a transform (fft-plan.h): four pairs of vectors, in which the last six (kLanes 16), five (8) or four (4)
// halvings happen in registers. Two leaves side by side hide the latency of their long chains of operations.
#pragma once

#include "fft-passes.h"

namespace hyena::HYENA_ISA {

// How many leaves fill the registers.
#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
inline constexpr int kLeavesAtOnce = 2;
#else
inline constexpr int kLeavesAtOnce = 1;
#endif

// The twiddles of some leaves, made once for all the arrays that pass through them.
template <int leaves>
struct LeafSteps {
  const float* table;
  Complex twiddles[leaves][kPatterns];

  HYENA_INLINE LeafSteps(const Plan& plan, int64_t first) : table(plan.leaves + first * kLeafTwiddles) {
    // Which root each pattern goes with.
    constexpr int roots[4] = {0, kLanes == 8 ? 0 : 1, kLanes == 8 ? 1 : 2, kLanes == 8 ? 2 : 3};
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < kPatterns; k++) {
        const Complex root = broadcast_complex(node(i) + kLeafRoots + 2 * roots[k]);
        twiddles[i][k] = multiply(load_complex(plan.patterns + k * kPair), root);
      }
    }
  }
  HYENA_INLINE const float* node(int leaf) const { return table + leaf * kLeafTwiddles; }
};

template <int leaves>
struct Leaves {
  Complex x[leaves][4];

  HYENA_INLINE void read(const float* from) {
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k++) x[i][k] = load_complex(from + i * kLeafFloats + k * kPair);
    }
  }
  HYENA_INLINE void write(float* to) const {
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k++) store_complex(to + i * kLeafFloats + k * kPair, x[i][k]);
    }
  }

  HYENA_INLINE void forward(const LeafSteps<leaves>& steps) {
    for (int i = 0; i < leaves; i++) {
      const float* node = steps.node(i);
      forward_radix4(x[i], broadcast_complex(node + 2), broadcast_complex(node));
    }
#if defined(HYENA_ISA_AVX512)
    swap_quads();
    for (int i = 0; i < leaves; i++) forward_radix4(x[i], steps.twiddles[i][0], steps.twiddles[i][1]);
#elif defined(HYENA_ISA_AVX2)
    swap_quads();
    for (int i = 0; i < leaves; i++) {
      butterfly(x[i][0], x[i][1], steps.twiddles[i][0]);
      butterfly(x[i][2], x[i][3], steps.twiddles[i][1]);
    }
#endif
    swap_in_quads();
    for (int i = 0; i < leaves; i++) {
      forward_radix4(x[i], steps.twiddles[i][kPatterns - 2], steps.twiddles[i][kPatterns - 1]);
    }
  }

  HYENA_INLINE void inverse(const LeafSteps<leaves>& steps) {
    for (int i = 0; i < leaves; i++) {
      inverse_radix4(x[i], steps.twiddles[i][kPatterns - 2], steps.twiddles[i][kPatterns - 1]);
    }
    swap_in_quads();
#if defined(HYENA_ISA_AVX512)
    for (int i = 0; i < leaves; i++) inverse_radix4(x[i], steps.twiddles[i][0], steps.twiddles[i][1]);
    swap_quads();
#elif defined(HYENA_ISA_AVX2)
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k += 2) {
        const Complex sum = x[i][k] + x[i][k + 1], difference = x[i][k] - x[i][k + 1];
        x[i][k] = sum;
        x[i][k + 1] = multiply_conjugate(difference, steps.twiddles[i][k / 2]);
      }
    }
    swap_quads();
#endif
    for (int i = 0; i < leaves; i++) {
      inverse_radix4_untwisted(x[i]);
      const float* node = steps.node(i);
      for (int k = 1; k < 4; k++) x[i][k] = multiply_conjugate(x[i][k], broadcast_complex(node + 2 * (k - 1)));
    }
  }

 private:
  static HYENA_INLINE void inverse_radix4(Complex* x, Complex square_root, Complex fourth_root) {
    inverse_radix4_untwisted(x);
    x[1] = multiply_conjugate(x[1], fourth_root);
    x[2] = multiply_conjugate(x[2], square_root);
    x[3] = multiply_conjugate(multiply_conjugate(x[3], square_root), fourth_root);
  }

  HYENA_INLINE void swap_in_quads() {
    for (int i = 0; i < leaves; i++) {
      transpose_in_quads(x[i][0].re, x[i][1].re, x[i][2].re, x[i][3].re);
      transpose_in_quads(x[i][0].im, x[i][1].im, x[i][2].im, x[i][3].im);
    }
  }
#if defined(HYENA_ISA_AVX512)
  HYENA_INLINE void swap_quads() {
    for (int i = 0; i < leaves; i++) {
      transpose_quads(x[i][0].re, x[i][1].re, x[i][2].re, x[i][3].re);
      transpose_quads(x[i][0].im, x[i][1].im, x[i][2].im, x[i][3].im);
    }
  }
#elif defined(HYENA_ISA_AVX2)
  HYENA_INLINE void swap_quads() {
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k += 2) {
        transpose_quads(x[i][k].re, x[i][k + 1].re);
        transpose_quads(x[i][k].im, x[i][k + 1].im);
      }
    }
  }
#endif
};

}  // namespace hyena::HYENA_ISA
