// Products of quantised weights with one vector or a few, row by row.
#pragma once

#include <algorithm>

#include "bf16-vector.h"
#include "matrix-vector.h"
#include "quantised.h"

namespace hyena::HYENA_ISA {

// Vectors [count, k] as whole numbers, in chunks of as many words as a register has lanes.
template <bool int4>
struct QuantisedVectors {
  using Type = Quantised<int4>;
  int64_t count, groups, padded;  // padded: to whole registers and chunks, of zeros
  int32_t* pairs;                 // [chunks, count, kPlanes, kLanes]
  int32_t* starts;                // [chunks, count, kLanes]: what the sums of a chunk begin with, to make up for the offset
  float* scales;                  // [chunks, count, kLanes]: of the group of each word

  static int64_t padded_groups(int64_t k) { return round_up(weight_groups(k), std::max<int64_t>(kLanes, 8)); }
  static size_t bytes(int64_t count, int64_t k) {
    return static_cast<size_t>(count * padded_groups(k)) *
           (kPairs * sizeof(int32_t) + Type::kWords * (sizeof(int32_t) + sizeof(float)));
  }

  QuantisedVectors(void* memory, int64_t count, int64_t k)
      : count(count),
        groups(weight_groups(k)),
        padded(padded_groups(k)),
        pairs(static_cast<int32_t*>(memory)),
        starts(pairs + count * padded * kPairs),
        scales(reinterpret_cast<float*>(starts + count * padded * Type::kWords)) {}

  // Groups [begin, end) of all vectors.
  void quantise_groups(int64_t k, const float* x, int64_t begin, int64_t end) {
    for (int64_t v = 0; v < count; ++v) {
      for (int64_t index = begin; index < end; ++index) {
        const QuantisedGroup group = quantise(x + v * k, k, index);
        HYENA_UNROLL
        for (int word = 0; word < Type::kWords; ++word) {
          const int64_t place = index * Type::kWords + word, chunk = place / kLanes * count + v, lane = place % kLanes;
          int32_t sum = 0;
          HYENA_UNROLL
          for (int plane = 0; plane < Type::kPlanes; ++plane) {
            const int column = Type::column(word, plane);
            pairs[(chunk * Type::kPlanes + plane) * kLanes + lane] = pair_of(group, column);
            sum += group.numbers[column] + group.numbers[column + 2];
          }
          starts[chunk * kLanes + lane] = -Type::kOffset * sum;
          scales[chunk * kLanes + lane] = group.scale;
        }
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

// Rows of the weight from `row` on, with all vectors: what a chunk of a row is taken apart into is used for each of them.
template <bool int4, bool vnni, int rows, int vectors>
HYENA_INLINE void dots(const Weight& weight, int64_t all_rows, const QuantisedVectors<int4>& x, int64_t row, const float* bias,
                       float* y) {
  using Type = Quantised<int4>;
  constexpr int kPlanes = Type::kPlanes;
  const int64_t groups = x.groups;
  const auto* matrix = static_cast<const uint8_t*>(weight.values) + row * groups * Type::kBytes;
  const uint16_t* row_scales = weight.scales + row * groups;
  Vec total[rows][vectors] = {};
  for (int64_t begin = 0; begin < groups; begin += kLanes) {
    const int64_t present = std::min<int64_t>(kLanes, groups - begin);
    Vec of_rows[rows];
    HYENA_UNROLL
    for (int r = 0; r < rows; r++) {
      // Beyond the row lie the scales of the next one, which are multiplied by 0; beyond the last one nothing.
      const int64_t there = (all_rows - row - r) * groups - begin;
      const uint16_t* from = row_scales + r * groups + begin;
      of_rows[r] = there >= kLanes ? widen_bf16(from, kWhole) : widen_bf16(from, present);
    }
    Spread<int4> spread;
    const auto chunk = [&](int64_t word, auto words) {
      IntVec left[rows][kPlanes];
      Vec of_row[rows];
      HYENA_UNROLL
      for (int r = 0; r < rows; r++) {
        const uint8_t* from = matrix + r * groups * Type::kBytes + word * 4;
        matrix_vector::prefetch_ahead(from);
        Type::unpack(matrix_vector::in_register(load_at(reinterpret_cast<const float*>(from), 0, words)), left[r]);
        of_row[r] = spread(of_rows[r]);
      }
      HYENA_UNROLL
      for (int v = 0; v < vectors; v++) {
        const int64_t place = word * vectors + v * kLanes;
        IntVec right[kPlanes];
        HYENA_UNROLL
        for (int plane = 0; plane < kPlanes; plane++) right[plane] = load_pairs(x.pairs + place * kPlanes + plane * kLanes);
        const IntVec start = Type::kOffset != 0 ? load_pairs(x.starts + place) : IntVec{};
        const Vec of_vector = load(x.scales + place);
        HYENA_UNROLL
        for (int r = 0; r < rows; r++) {
          IntVec sum = start;
          HYENA_UNROLL
          for (int plane = 0; plane < kPlanes; plane++) sum = add_products<vnni>(sum, left[r][plane], right[plane]);
          total[r][v] = fma(to_float(sum) * of_vector, of_row[r], total[r][v]);
        }
      }
      spread.next();
    };
    const int64_t end = (begin + present) * Type::kWords;
    int64_t word = begin * Type::kWords;
    for (; word + kLanes <= end; word += kLanes) chunk(word, kWhole);
    if (word < end) chunk(word, end - word);
  }
  matrix_vector::finish(total, bias != nullptr ? bias + row : nullptr, y + row, all_rows);
}

// Rows of a tile, whose sums registers hold beside what the rows are taken apart into.
#if defined(HYENA_ISA_AVX512) || defined(HYENA_ISA_NEON)
template <bool int4>
inline constexpr int kRows = int4 ? 2 : 4;
#else
template <bool int4>
inline constexpr int kRows = 2;
#endif

template <bool int4, int vectors>
inline void multiply(Runtime& runtime, int64_t rows, int64_t k, const Weight& weight, const float* bias,
                     const QuantisedVectors<int4>& x, float* y) {
  const int64_t step = matrix_vector::rows_of_task(rows, weight_row_bytes(weight.type, k));
  with_vnni([&]<bool vnni>() {
    runtime.parallel_ranges(rows, step, [&](int64_t begin, int64_t end) {
      matrix_vector::for_each_row<kRows<int4>>(begin, end, [&]<int some>(int64_t row) {
        dots<int4, vnni, some, vectors>(weight, rows, x, row, bias, y);
      });
    });
  });
}

}  // namespace weight_rows

inline constexpr int64_t kMostOfRows = 5;  // vectors, beyond which turning the rows pays

// y [count, rows] = x [count, k] weight^T (+ bias), of at most kMostOfRows vectors; `memory` has room for them.
template <bool int4>
inline void multiply_rows(Runtime& runtime, int64_t rows, int64_t k, int64_t count, const Weight& weight, const float* bias,
                          const float* x, void* memory, float* y) {
  QuantisedVectors<int4> vectors(memory, count, k);
  constexpr int64_t kQuantised = 96;  // groups of one vector that are worth a thread's waking
  runtime.parallel_ranges(vectors.padded, std::max<int64_t>(1, kQuantised / count), [&](int64_t begin, int64_t end) {
    vectors.quantise_groups(k, x, begin, end);
  });
  const auto multiply = [&]<int columns>() {
    weight_rows::multiply<int4, columns>(runtime, rows, k, weight, bias, vectors, y);
  };
  switch (count) {
    case 1: return multiply.template operator()<1>();
    case 2: return multiply.template operator()<2>();
    case 3: return multiply.template operator()<3>();
    case 4: return multiply.template operator()<4>();
    default: return multiply.template operator()<kMostOfRows>();
  }
}

}  // namespace hyena::HYENA_ISA
