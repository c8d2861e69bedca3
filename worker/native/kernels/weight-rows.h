// Products of quantised weights with one vector, row by row: bound by the reading of the weights.
#pragma once

#include <algorithm>

#include "bf16-vector.h"
#include "matrix-vector.h"
#include "quantised.h"

namespace hyena::HYENA_ISA {

// A vector of k values as whole numbers, in chunks of as many words as a vector has lanes.
template <bool int4>
struct QuantisedVector {
  using Type = Quantised<int4>;
  int64_t groups, padded;  // padded: to whole vectors and chunks, of zeros
  int32_t* pairs;          // [chunks, kPlanes, kLanes]
  int32_t* starts;         // [chunks, kLanes]: what the sums of a chunk begin with, to make up for the offset
  float* scales;           // [padded]

  static int64_t padded_groups(int64_t k) { return round_up(weight_groups(k), std::max<int64_t>(kLanes, 8)); }
  static size_t bytes(int64_t k) {
    return static_cast<size_t>(padded_groups(k)) * (kPairs * sizeof(int32_t) + Type::kWords * sizeof(int32_t) + sizeof(float));
  }

  QuantisedVector(void* memory, int64_t k, const float* x)
      : groups(weight_groups(k)),
        padded(padded_groups(k)),
        pairs(static_cast<int32_t*>(memory)),
        starts(pairs + padded * kPairs),
        scales(reinterpret_cast<float*>(starts + padded * Type::kWords)) {
    for (int64_t index = 0; index < padded; ++index) {
      const QuantisedGroup group = quantise(x, k, index);
      scales[index] = group.scale;
      HYENA_UNROLL
      for (int word = 0; word < Type::kWords; ++word) {
        const int64_t place = index * Type::kWords + word, chunk = place / kLanes, lane = place % kLanes;
        int32_t sum = 0;
        HYENA_UNROLL
        for (int plane = 0; plane < Type::kPlanes; ++plane) {
          const int column = Type::column(word, plane);
          pairs[(chunk * Type::kPlanes + plane) * kLanes + lane] = pair_of(group, column);
          sum += group.numbers[column] + group.numbers[column + 2];
        }
        starts[place] = -Type::kOffset * sum;
      }
    }
  }
};

namespace weight_rows {

// Of the scales of kLanes groups those of each chunk in turn, in the lanes of its words.
template <bool int4>
class Spread {
  static constexpr int kWords = Quantised<int4>::kWords;

 public:
  HYENA_INLINE void next() { first_ += splat_int(kLanes); }
  HYENA_INLINE Vec operator()(Vec scales) const {
    const IntVec groups = first_ / kWords;
#if defined(HYENA_ISA_AVX512)
    return reinterpret_cast<Vec>(_mm512_permutexvar_ps(reinterpret_cast<__m512i>(groups), reinterpret_cast<__m512>(scales)));
#elif defined(HYENA_ISA_AVX2)
    return reinterpret_cast<Vec>(_mm256_permutevar8x32_ps(reinterpret_cast<__m256>(scales), reinterpret_cast<__m256i>(groups)));
#else
    return splat(scales[groups[0]]);  // a chunk is of one group
#endif
  }

 private:
  static IntVec lanes() {
    IntVec all;
    for (int i = 0; i < kLanes; ++i) all[i] = i;
    return all;
  }
  IntVec first_ = lanes();  // the word of each lane
};

// Rows of the weight from `row` on.
template <bool int4, bool vnni, int rows>
HYENA_INLINE void dots(const Weight& weight, int64_t all_rows, const QuantisedVector<int4>& x, int64_t row, const float* bias,
                       float* y) {
  using Type = Quantised<int4>;
  constexpr int kPlanes = Type::kPlanes;
  const int64_t groups = x.groups;
  const auto* matrix = static_cast<const uint8_t*>(weight.values) + row * groups * Type::kBytes;
  const uint16_t* row_scales = weight.scales + row * groups;
  Vec total[rows][1] = {};
  for (int64_t begin = 0; begin < groups; begin += kLanes) {
    const int64_t present = std::min<int64_t>(kLanes, groups - begin);
    Vec scales[rows];
    HYENA_UNROLL
    for (int r = 0; r < rows; r++) {
      // Beyond the row lie the scales of the next one, which are multiplied by 0; beyond the last one nothing.
      const int64_t there = (all_rows - row - r) * groups - begin;
      const uint16_t* from = row_scales + r * groups + begin;
      const Vec of_row = there >= kLanes ? widen_bf16(from, kWhole) : widen_bf16(from, present);
      scales[r] = of_row * load(x.scales + begin);
    }
    Spread<int4> spread;
    const auto chunk = [&](int64_t word, auto words) {
      const int32_t* pairs = x.pairs + word * kPlanes;
      IntVec right[kPlanes];
      HYENA_UNROLL
      for (int plane = 0; plane < kPlanes; plane++) right[plane] = load_pairs(pairs + plane * kLanes);
      const IntVec start = load_pairs(x.starts + word);
      HYENA_UNROLL
      for (int r = 0; r < rows; r++) {
        const uint8_t* from = matrix + r * groups * Type::kBytes + word * 4;
        matrix_vector::prefetch_ahead(from);
        IntVec left[kPlanes], sum = start;
        Type::unpack(matrix_vector::in_register(load_at(reinterpret_cast<const float*>(from), 0, words)), left);
        HYENA_UNROLL
        for (int plane = 0; plane < kPlanes; plane++) sum = add_products<vnni>(sum, left[plane], right[plane]);
        total[r][0] = fma(to_float(sum), spread(scales[r]), total[r][0]);
      }
      spread.next();
    };
    const int64_t end = (begin + present) * Type::kWords;
    int64_t word = begin * Type::kWords;
    for (; word + kLanes <= end; word += kLanes) chunk(word, kWhole);
    if (word < end) chunk(word, end - word);
  }
  matrix_vector::finish_rows(total, bias != nullptr ? bias + row : nullptr, y + row);
}

inline constexpr int kRows = 4;  // of a tile, whose sums registers hold beside what is multiplied

}  // namespace weight_rows

// y [rows] = weight x (+ bias); `memory` has room for the vector.
template <bool int4>
inline void multiply_rows(Runtime& runtime, int64_t rows, int64_t k, const Weight& weight, const float* bias, const float* x,
                          void* memory, float* y) {
  const QuantisedVector<int4> vector(memory, k, x);
  const int64_t step = matrix_vector::rows_of_task(rows, weight_row_bytes(weight.type, k));
  with_vnni([&]<bool vnni>() {
    runtime.parallel_ranges(rows, step, [&](int64_t begin, int64_t end) {
      matrix_vector::for_each_row<weight_rows::kRows>(begin, end, [&]<int count>(int64_t row) {
        weight_rows::dots<int4, vnni, count>(weight, rows, vector, row, bias, y);
      });
    });
  });
}

}  // namespace hyena::HYENA_ISA
