// Groups of quantised weights and of what they are multiplied with, as 16-bit numbers: a product of two groups is exact in
// 32 bits, so that nothing is lost but what quantising lost.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "bf16-vector.h"
#include "isa.h"
#include "lanes.h"
#include "rows.h"

namespace hyena::HYENA_ISA {

// Numbers of a group, kWeightGroup of 16 bits.
struct Numbers {
#if defined(HYENA_ISA_AVX512)
  __m512i all;
#elif defined(HYENA_ISA_AVX2)
  __m256i low, high;
#elif defined(HYENA_ISA_NEON)
  int16x8_t part[4];
#else
  int16_t each[kWeightGroup];
#endif
};

HYENA_INLINE Numbers load_numbers(const int16_t* p) {
#if defined(HYENA_ISA_AVX512)
  return {_mm512_loadu_si512(p)};
#elif defined(HYENA_ISA_AVX2)
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)),
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 16))};
#elif defined(HYENA_ISA_NEON)
  return {{vld1q_s16(p), vld1q_s16(p + 8), vld1q_s16(p + 16), vld1q_s16(p + 24)}};
#else
  Numbers numbers;
  std::memcpy(numbers.each, p, sizeof numbers.each);
  return numbers;
#endif
}

// A group of int8.
HYENA_INLINE Numbers unpack_int8(const uint8_t* p) {
#if defined(HYENA_ISA_AVX512)
  return {_mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
#elif defined(HYENA_ISA_AVX2)
  return {_mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))),
          _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16)))};
#elif defined(HYENA_ISA_NEON)
  const int8x16_t low = vld1q_s8(reinterpret_cast<const int8_t*>(p));
  const int8x16_t high = vld1q_s8(reinterpret_cast<const int8_t*>(p + 16));
  return {{vmovl_s8(vget_low_s8(low)), vmovl_s8(vget_high_s8(low)), vmovl_s8(vget_low_s8(high)),
           vmovl_s8(vget_high_s8(high))}};
#else
  Numbers numbers;
  for (int i = 0; i < kWeightGroup; ++i) numbers.each[i] = static_cast<int8_t>(p[i]);
  return numbers;
#endif
}

// A group of int4, each number plus 8: from 0 to 15.
HYENA_INLINE Numbers unpack_int4(const uint8_t* p) {
#if defined(HYENA_ISA_AVX512)
  const __m256i both = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  const __m512i apart = _mm512_inserti64x4(_mm512_castsi256_si512(both), _mm256_srli_epi16(both, 4), 1);
  return {_mm512_and_si512(apart, _mm512_set1_epi16(15))};
#elif defined(HYENA_ISA_AVX2)
  const __m256i both = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  return {_mm256_and_si256(both, _mm256_set1_epi16(15)), _mm256_srli_epi16(both, 4)};
#elif defined(HYENA_ISA_NEON)
  const uint8x16_t both = vld1q_u8(p);
  const uint8x16_t low = vandq_u8(both, vdupq_n_u8(15)), high = vshrq_n_u8(both, 4);
  return {{vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(low))), vreinterpretq_s16_u16(vmovl_u8(vget_high_u8(low))),
           vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(high))), vreinterpretq_s16_u16(vmovl_u8(vget_high_u8(high)))}};
#else
  Numbers numbers;
  for (int i = 0; i < 16; ++i) {
    numbers.each[i] = static_cast<int16_t>(p[i] & 15);
    numbers.each[i + 16] = static_cast<int16_t>(p[i] >> 4);
  }
  return numbers;
#endif
}

// The products of two groups, added up into kLanes sums. At most 127 * 32767 * 32, which 32 bits hold.
HYENA_INLINE IntVec products(const Numbers& a, const Numbers& b) {
#if defined(HYENA_ISA_AVX512)
  return reinterpret_cast<IntVec>(_mm512_madd_epi16(a.all, b.all));
#elif defined(HYENA_ISA_AVX2)
  return reinterpret_cast<IntVec>(
      _mm256_add_epi32(_mm256_madd_epi16(a.low, b.low), _mm256_madd_epi16(a.high, b.high)));
#elif defined(HYENA_ISA_NEON)
  int32x4_t sum = vmull_s16(vget_low_s16(a.part[0]), vget_low_s16(b.part[0]));
  sum = vmlal_high_s16(sum, a.part[0], b.part[0]);
  for (int i = 1; i < 4; ++i) {
    sum = vmlal_s16(sum, vget_low_s16(a.part[i]), vget_low_s16(b.part[i]));
    sum = vmlal_high_s16(sum, a.part[i], b.part[i]);
  }
  return reinterpret_cast<IntVec>(sum);
#else
  IntVec sum{};
  for (int i = 0; i < kWeightGroup; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) sum[lane] += int32_t{a.each[i + lane]} * b.each[i + lane];
  }
  return sum;
#endif
}

#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_AVX2)
// Where the numbers of a vector of int4 are taken apart by shifts alone. A block is as many groups as a vector holds bytes
// of; its four planes are the lower and the upper halves of the even and of the odd bytes of all of them, as 16-bit numbers.
#define HYENA_INT4_BLOCKS 1
inline constexpr int kBlockGroups = kLanes / 4;

#if defined(HYENA_ISA_AVX512)
typedef __m512i Plane;
HYENA_INLINE Plane load_plane(const void* p) { return _mm512_loadu_si512(p); }
HYENA_INLINE Plane load_groups(const uint8_t* p, int64_t groups) {
  return _mm512_maskz_loadu_epi32(static_cast<__mmask16>((1u << 4 * groups) - 1), p);
}
template <int bits>
HYENA_INLINE Plane shift_down(Plane a) { return _mm512_srli_epi16(a, bits); }
HYENA_INLINE Plane lowest_four(Plane a) { return _mm512_and_si512(a, _mm512_set1_epi16(15)); }
HYENA_INLINE Plane multiply_add(Plane a, Plane b) { return _mm512_madd_epi16(a, b); }
HYENA_INLINE Plane add(Plane a, Plane b) { return _mm512_add_epi32(a, b); }
// The scale of each group in the lanes of its sums.
HYENA_INLINE Vec spread_scales(const float* p) {
  const __m512i lanes = _mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0);
  return reinterpret_cast<Vec>(_mm512_permutexvar_ps(lanes, _mm512_castps128_ps512(_mm_loadu_ps(p))));
}
#else
typedef __m256i Plane;
HYENA_INLINE Plane load_plane(const void* p) { return _mm256_loadu_si256(static_cast<const __m256i*>(p)); }
HYENA_INLINE Plane load_groups(const uint8_t* p, int64_t) {
  return _mm256_zextsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
template <int bits>
HYENA_INLINE Plane shift_down(Plane a) { return _mm256_srli_epi16(a, bits); }
HYENA_INLINE Plane lowest_four(Plane a) { return _mm256_and_si256(a, _mm256_set1_epi16(15)); }
HYENA_INLINE Plane multiply_add(Plane a, Plane b) { return _mm256_madd_epi16(a, b); }
HYENA_INLINE Plane add(Plane a, Plane b) { return _mm256_add_epi32(a, b); }
HYENA_INLINE Vec spread_scales(const float* p) {
  return reinterpret_cast<Vec>(_mm256_set_m128(_mm_set1_ps(p[1]), _mm_set1_ps(p[0])));
}
#endif

struct Int4Block {
  Plane planes[4];
};
// Of the groups at p, of which there are so many; kBlockGroups of them are a whole block.
HYENA_INLINE Int4Block unpack_int4_block(const uint8_t* p, int64_t groups) {
  const Plane bytes = groups == kBlockGroups ? load_plane(p) : load_groups(p, groups);
  return {{lowest_four(bytes), lowest_four(shift_down<4>(bytes)), lowest_four(shift_down<8>(bytes)),
           shift_down<12>(bytes)}};
}

// The products of a block with the planes of a vector's block, added up into kLanes sums, four for each group.
HYENA_INLINE IntVec block_products(const Int4Block& block, const int16_t* numbers) {
  constexpr int kPlane = kBlockGroups * kWeightGroup / 4;
  const auto of = [&](int plane) { return multiply_add(block.planes[plane], load_plane(numbers + plane * kPlane)); };
  return reinterpret_cast<IntVec>(add(add(of(0), of(1)), add(of(2), of(3))));
}
#else
inline constexpr int kBlockGroups = 1;
#endif

// Vectors [count, k] in groups of 16-bit numbers, each with its scale: value = number * scale. A group that is not finite
// has a scale of NaN.
struct QuantisedVectors {
  int64_t groups, padded;  // padded: to whole vectors, of zeros
  bool int4;
  int16_t* numbers;        // [count, padded, kWeightGroup]; for int4 the planes of blocks, where there are such
  float* scales;           // [count, padded]
  float* int4_shift;       // [count, padded]: -8 * scale * the sum of the numbers, what int4's 8 adds too much

  static int64_t padded_groups(int64_t k) { return (weight_groups(k) + kLanes - 1) / kLanes * kLanes; }
  static size_t bytes(int64_t count, int64_t k) {
    return static_cast<size_t>(count * padded_groups(k)) * (kWeightGroup * sizeof(int16_t) + 2 * sizeof(float));
  }
  QuantisedVectors(void* memory, int64_t count, int64_t k, bool int4)
      : groups(weight_groups(k)),
        padded(padded_groups(k)),
        int4(int4),
        numbers(static_cast<int16_t*>(memory)),
        scales(reinterpret_cast<float*>(numbers + count * padded * kWeightGroup)),
        int4_shift(scales + count * padded) {}

  void quantise(int64_t vector, int64_t k, const float* x) {
    const int64_t whole = k / kWeightGroup;
    for (int64_t group = 0; group < whole; ++group) one(vector, group, x + group * kWeightGroup);
    if (whole < groups) {
      float rest[kWeightGroup] = {};
      std::memcpy(rest, x + whole * kWeightGroup, sizeof(float) * static_cast<size_t>(k - whole * kWeightGroup));
      one(vector, whole, rest);
    }
    for (int64_t group = groups; group < padded; ++group) {
      scales[vector * padded + group] = int4_shift[vector * padded + group] = 0.0f;
      const int16_t nothing[kWeightGroup] = {};
      place(vector, group, nothing);
    }
  }

  const int16_t* at(int64_t vector, int64_t group) const { return numbers + (vector * padded + group) * kWeightGroup; }

 private:
  static constexpr int kParts = kWeightGroup / kLanes;

  // Puts the numbers of a group where they are multiplied.
  void place(int64_t vector, int64_t group, const int16_t* from) {
    const int64_t first = group / kBlockGroups * kBlockGroups;
    int16_t* block = numbers + (vector * padded + first) * kWeightGroup;
#if defined(HYENA_INT4_BLOCKS)
    if (int4) {
      constexpr int kOfGroup = kWeightGroup / 4, kPlane = kBlockGroups * kOfGroup;
      int16_t* to = block + (group - first) * kOfGroup;
      for (int i = 0; i < kOfGroup; ++i) {
        to[i] = from[2 * i];
        to[kPlane + i] = from[2 * i + 16];
        to[2 * kPlane + i] = from[2 * i + 1];
        to[3 * kPlane + i] = from[2 * i + 17];
      }
      return;
    }
#endif
    std::memcpy(block + (group - first) * kWeightGroup, from, sizeof(int16_t) * kWeightGroup);
  }

  void one(int64_t vector, int64_t group, const float* x) {
    const int64_t place_of_scale = vector * padded + group;
    typedef int16_t Shorts __attribute__((vector_size(2 * kLanes)));
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
    float largest;
    std::memcpy(&largest, &bits, sizeof largest);
    // Below 2^-100 nothing shows in a sum, and the inverse would be infinite.
    const bool finite = bits < 0x7f800000, zero = largest < 0x1p-100f;
    int16_t rounded[kWeightGroup] = {};
    if (!finite || zero) {
      place(vector, group, rounded);
      scales[place_of_scale] = int4_shift[place_of_scale] = finite ? 0.0f : std::nanf("");
      return;
    }
    const float scale = largest / 32767.0f;
    const Vec inverse = splat(32767.0f / largest);
    IntVec sums{};
    for (int i = 0; i < kParts; ++i) {
      // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the low bits.
      const Vec biased = fma(values[i], inverse, splat(12582912.0f));
      const IntVec whole = reinterpret_cast<IntVec>(biased) - splat_int(0x4b400000);
      sums += whole;
      const Shorts shorts = __builtin_convertvector(whole, Shorts);
      std::memcpy(rounded + i * kLanes, &shorts, sizeof shorts);
    }
    place(vector, group, rounded);
    int32_t sum = 0;
    for (int lane = 0; lane < kLanes; ++lane) sum += sums[lane];
    scales[place_of_scale] = scale;
    int4_shift[place_of_scale] = -8.0f * scale * static_cast<float>(sum);
  }
};

}  // namespace hyena::HYENA_ISA
