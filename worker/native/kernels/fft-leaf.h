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

  // From coefficients to values, for the leaves from number `first` on.
  HYENA_INLINE void forward(const Plan& plan, int64_t first) {
    for (int i = 0; i < leaves; i++) {
      const float* node = plan.leaf_nodes + (first + i) * kNodeTwiddles;
      forward_radix4(x[i], broadcast_complex(node + 2), broadcast_complex(node));
    }
    const float* tables = plan.leaves + first * kLeafTwiddles;
#if defined(HYENA_ISA_AVX512)
    swap_quads();
    for (int i = 0; i < leaves; i++) {
      const float* table = tables + i * kLeafTwiddles;
      forward_radix4(x[i], load_complex(table), load_complex(table + kPair));
    }
#elif defined(HYENA_ISA_AVX2)
    swap_quads();
    for (int i = 0; i < leaves; i++) {
      const float* table = tables + i * kLeafTwiddles;
      butterfly(x[i][0], x[i][1], load_complex(table));
      butterfly(x[i][2], x[i][3], load_complex(table + kPair));
    }
#endif
    swap_in_quads();
    for (int i = 0; i < leaves; i++) {
      const float* table = tables + i * kLeafTwiddles + kLastTable;
      forward_radix4(x[i], load_complex(table), load_complex(table + kPair));
    }
  }

  HYENA_INLINE void inverse(const Plan& plan, int64_t first) {
    const float* tables = plan.leaves + first * kLeafTwiddles;
    for (int i = 0; i < leaves; i++) inverse_radix4(x[i], tables + i * kLeafTwiddles + kLastTable);
    swap_in_quads();
#if defined(HYENA_ISA_AVX512)
    for (int i = 0; i < leaves; i++) inverse_radix4(x[i], tables + i * kLeafTwiddles);
    swap_quads();
#elif defined(HYENA_ISA_AVX2)
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k += 2) {
        const Complex sum = x[i][k] + x[i][k + 1], difference = x[i][k] - x[i][k + 1];
        x[i][k] = sum;
        x[i][k + 1] = multiply_conjugate(difference, load_complex(tables + i * kLeafTwiddles + k / 2 * kPair));
      }
    }
    swap_quads();
#endif
    for (int i = 0; i < leaves; i++) {
      inverse_radix4_untwisted(x[i]);
      const float* node = plan.leaf_nodes + (first + i) * kNodeTwiddles;
      for (int k = 1; k < 4; k++) x[i][k] = multiply_conjugate(x[i][k], broadcast_complex(node + 2 * (k - 1)));
    }
  }

 private:
  // Where a leaf's twiddles of the last step start.
  static constexpr int64_t kLastTable = kLanes >= 8 ? 2 * kPair : 0;

  // With the square root and the fourth root of the constants, one for each lane.
  static HYENA_INLINE void inverse_radix4(Complex* x, const float* table) {
    const Complex square_root = load_complex(table), fourth_root = load_complex(table + kPair);
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
