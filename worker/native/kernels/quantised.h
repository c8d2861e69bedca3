// Groups of quantised weights and of what they are multiplied with, as pairs of 16-bit numbers in lanes of 32 bits: sums of
// their products are exact in 32 bits, so that nothing is lost but what quantising lost.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "../processor.h"
#include "isa.h"
#include "lanes.h"
#include "rows.h"
#include "unroll.h"

namespace hyena::HYENA_ISA {

inline constexpr int kPairs = kWeightGroup / 2;  // of a group

HYENA_INLINE IntVec load_pairs(const int32_t* p) {
  IntVec v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
HYENA_INLINE void store_pairs(int32_t* p, IntVec v) { std::memcpy(p, &v, sizeof v); }

// How the numbers of a group lie in words of 32 bits, each of which holds kPlanes pairs.
template <bool int4>
struct Quantised {
  static constexpr int kBytes = int4 ? kWeightGroup / 2 : kWeightGroup;
  static constexpr int kWords = kBytes / 4;
  static constexpr int kPlanes = kPairs / kWords;
  static constexpr int kOffset = int4 ? 8 : 0;  // by how much the numbers are too large

  // The pairs of some words.
  static HYENA_INLINE void unpack(Vec words, IntVec (&pairs)[kPlanes]) {
    typedef uint16_t Shorts __attribute__((vector_size(4 * kLanes)));
    if constexpr (int4) {
      const auto bytes = reinterpret_cast<Shorts>(words);
      pairs[0] = reinterpret_cast<IntVec>(bytes & 15);
      pairs[1] = reinterpret_cast<IntVec>(bytes >> 4 & 15);
      pairs[2] = reinterpret_cast<IntVec>(bytes >> 8 & 15);
      pairs[3] = reinterpret_cast<IntVec>(bytes >> 12);
    } else {
      typedef int16_t Signed __attribute__((vector_size(4 * kLanes)));
      const auto lower = reinterpret_cast<Signed>(reinterpret_cast<Shorts>(words) << 8);
      pairs[0] = reinterpret_cast<IntVec>(lower >> 8);
      pairs[1] = reinterpret_cast<IntVec>(reinterpret_cast<Signed>(words) >> 8);
    }
  }
  // The column of the group that the first number of a pair has; the second one is two further.
  static constexpr int column(int word, int plane) {
    return int4 ? 4 * word + plane / 2 + plane % 2 * kWeightGroup / 2 : 4 * word + plane;
  }
};

// sum + the products of pairs, added up within each lane. A group's are at most 128 * 32767 * 32. vnni: by one instruction,
// which the processor must have; the file's instruction set does not.
template <bool vnni = false>
HYENA_INLINE IntVec add_products(IntVec sum, IntVec a, IntVec b) {
#if defined(HYENA_ISA_AVX512)
  if constexpr (vnni) {
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
    return sum;
  }
  return sum + reinterpret_cast<IntVec>(
                   _mm512_madd_epi16(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(HYENA_ISA_AVX2)
  return sum + reinterpret_cast<IntVec>(
                   _mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(HYENA_ISA_NEON)
  const auto left = reinterpret_cast<int16x8_t>(a), right = reinterpret_cast<int16x8_t>(b);
  const int32x4_t low = vmull_s16(vget_low_s16(left), vget_low_s16(right));
  return sum + reinterpret_cast<IntVec>(vpaddq_s32(low, vmull_high_s16(left, right)));
#else
  return sum + (a << 16 >> 16) * (b << 16 >> 16) + (a >> 16) * (b >> 16);
#endif
}

// Calls body.operator()<vnni>().
template <class Body>
void with_vnni(const Body& body) {
#if defined(HYENA_ISA_AVX512)
  if (uses_vnni()) return body.template operator()<true>();
#endif
  body.template operator()<false>();
}

// A group of a vector as whole numbers: value = number * scale. The scale of one that is not finite is NaN.
struct QuantisedGroup {
  int16_t numbers[kWeightGroup];
  float scale;
};

inline QuantisedGroup quantise(const float* x) {
  constexpr int kParts = kWeightGroup / kLanes;
  typedef int16_t Shorts __attribute__((vector_size(2 * kLanes)));
  QuantisedGroup group{};
  Vec values[kParts];
  // The bits of magnitudes order as they do; infinity and NaN come last.
  IntVec most{};
  for (int i = 0; i < kParts; ++i) {
    values[i] = load(x + i * kLanes);
    const IntVec magnitude = reinterpret_cast<IntVec>(values[i]) & 0x7fffffff;
    const IntVec larger = magnitude > most;
    most = (magnitude & larger) | (most & ~larger);
  }
  int32_t bits = 0;
  for (int lane = 0; lane < kLanes; ++lane) bits = most[lane] > bits ? most[lane] : bits;
  const float largest = std::bit_cast<float>(bits);
  if (bits >= 0x7f800000) {
    group.scale = std::nanf("");
    return group;
  }
  // Below 2^-100 nothing shows in a sum, and the inverse would be infinite.
  if (largest < 0x1p-100f) return group;
  group.scale = largest / 32767.0f;
  const Vec inverse = splat(32767.0f / largest);
  for (int i = 0; i < kParts; ++i) {
    // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits.
    const Vec biased = fma(values[i], inverse, splat(12582912.0f));
    const IntVec whole = reinterpret_cast<IntVec>(biased) - splat_int(0x4b400000);
    const Shorts shorts = __builtin_convertvector(whole, Shorts);
    std::memcpy(group.numbers + i * kLanes, &shorts, sizeof shorts);
  }
  return group;
}

// Group `index` of a vector of k values, filled up with zeros.
inline QuantisedGroup quantise(const float* x, int64_t k, int64_t index) {
  const int64_t first = index * kWeightGroup;
  if (first + kWeightGroup <= k) return quantise(x + first);
  float rest[kWeightGroup] = {};
  if (first < k) std::memcpy(rest, x + first, sizeof(float) * static_cast<size_t>(k - first));
  return quantise(rest);
}

// Two numbers as they lie in a lane.
HYENA_INLINE int32_t pair_of(const QuantisedGroup& group, int column) {
  return static_cast<int32_t>(static_cast<uint16_t>(group.numbers[column]) |
                              static_cast<uint32_t>(static_cast<uint16_t>(group.numbers[column + 2])) << 16);
}

}  // namespace hyena::HYENA_ISA
