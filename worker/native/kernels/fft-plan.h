// The factor tree of a right-angle transform.
//
// A row of n real values is a polynomial; the transform evaluates it at the n roots of x^n = i by halving the modulus
// again and again: x^m - c = (x^(m/2) - s)(x^(m/2) + s) with s² = c. Every node of the tree has one constant c, so its
// twiddles are the same for all of its elements, no permutation is ever needed, and a product modulo x^n - i of two real
// rows has the causal convolution as its real part (what wraps round comes back multiplied by i). A transform of n
// complex values thus does the work of a zero-padded real one of length 2n.
#pragma once

#include <cstdint>

#include "lanes.h"

namespace hyena::HYENA_ISA {

inline constexpr int kMaximumLevels = 16;

// Complex data is stored in pairs of vectors: kLanes real parts, then kLanes imaginary parts.
inline constexpr int kPair = 2 * kLanes;
// A leaf is a node of 4 * kLanes elements, which fits the registers.
inline constexpr int64_t kLeafLength = 4 * kLanes;
inline constexpr int64_t kLeafFloats = 4 * kPair;

struct PlanLevel {
  int radix;
  int64_t stride;         // of the children, in pairs
  const float* twiddles;  // kNodeTwiddles floats a node
};

// Twiddles of a radix-8 node with constant c: the powers 1 to 7 of the eighth root s of c as (re, im), then s·e^(iπ/4);
// radix 4 and 2 use the fourth or second root and fewer powers. One cache line.
inline constexpr int kNodeTwiddles = 16;

// A leaf of constant c = e^(iθ) has its own cache line too: three powers as for a radix-4 node, then (re, im) of
// e^(iθ/8), e^(iθ/16), e^(iθ/32), e^(iθ/64). The twiddles of its steps are these times a pattern over the lanes, which
// is the same for all leaves; a table of the products would take as much memory as the data.
inline constexpr int kLeafTwiddles = 16;
inline constexpr int kLeafRoots = 6;  // where the roots start
inline constexpr int kPatterns = kLanes >= 8 ? 4 : 2;

struct Plan {
  int64_t length;
  int root_radix;           // 1, 2, 4, 8, 3 or 5
  int64_t root_stride;      // in pairs
  const float* root;        // radix 8, 4, 2: as a node's
  const float* root_matrix;  // radix 3 and 5: [radix, radix] of (re, im), forward
  int levels;
  PlanLevel level[kMaximumLevels];
  const float* leaves;    // kLeafTwiddles floats a leaf
  const float* patterns;  // kPatterns pairs of vectors
};

// The plan for the smallest transform of at least `length` elements; plans live as long as the process. Call it
// outside `parallel`. Throws std::bad_alloc.
const Plan& plan_for(int64_t length);

}  // namespace hyena::HYENA_ISA
