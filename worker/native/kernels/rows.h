// Element-wise work on rows: `length` values of the caller's, padded with zeros to a multiple of the vector width.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "lanes.h"

namespace hyena::HYENA_ISA {

HYENA_INLINE int64_t round_up(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

inline void pad_row(const float* from, int64_t length, float* to, int64_t row) {
  std::memcpy(to, from, sizeof(float) * length);
  std::memset(to + length, 0, sizeof(float) * (row - length));
}

// Asks for a row ahead of its use, to be read or written (write 0 or 1).
template <int write>
inline void prefetch_row(const float* values, int64_t length) {
  constexpr int64_t kLine = 16;
  for (int64_t i = 0; i < length; i += kLine) __builtin_prefetch(values + i, write, 2);
}

// The caller's row itself where it is long enough, else a padded copy in `room`.
inline const float* padded_row(const float* from, int64_t length, float* room, int64_t row) {
  if (length == row) return from;
  pad_row(from, length, room, row);
  return room;
}

inline void zero_tail(float* values, int64_t length, int64_t row) {
  std::memset(values + length, 0, sizeof(float) * (row - length));
}

// A count of lanes that is known to be all of them when the code is compiled.
struct Whole {
  constexpr operator int64_t() const { return kLanes; }
};
inline constexpr Whole kWhole;

HYENA_INLINE Vec load_at(const float* from, int64_t i, Whole) { return load(from + i); }
HYENA_INLINE Vec load_at(const float* from, int64_t i, int64_t count) { return load_partial(from + i, count); }
HYENA_INLINE void store_at(float* to, int64_t i, Whole, Vec value) { store(to + i, value); }
HYENA_INLINE void store_at(float* to, int64_t i, int64_t count, Vec value) { store_partial(to + i, value, count); }

// Calls body(i, count) for each vector of a row of `length` values.
template <class Body>
HYENA_INLINE void for_each_vector(int64_t length, const Body& body) {
  int64_t i = 0;
  for (; i + kLanes <= length; i += kLanes) body(i, kWhole);
  if (i < length) body(i, length - i);
}

// to[column, row] = from[row, column]; rows and columns are multiples of kLanes.
inline void transpose_into(const float* from, int64_t rows, int64_t columns, float* to) {
  for (int64_t i = 0; i < rows; i += kLanes) {
    for (int64_t j = 0; j < columns; j += kLanes) {
      Vec square[kLanes];
      for (int k = 0; k < kLanes; k++) square[k] = load(from + (i + k) * columns + j);
      transpose_square(square);
      for (int k = 0; k < kLanes; k++) store(to + (j + k) * rows + i, square[k]);
    }
  }
}

// Calls body(begin, end) for each stretch of a row that a sum may run over before it is added to a total: in two
// levels, rounding grows slowly with the length.
template <class Body>
HYENA_INLINE void for_each_block(int64_t length, Body body) {
  constexpr int64_t kBlock = 64 * kLanes;
  for (int64_t begin = 0; begin < length; begin += kBlock) body(begin, std::min(length, begin + kBlock));
}

inline float dot(const float* a, const float* b, int64_t length) {
  Vec total{};
  for_each_block(length, [&](int64_t begin, int64_t end) {
    Vec even{}, odd{};
    int64_t i = begin;
    for (; i + 2 * kLanes <= end; i += 2 * kLanes) {
      even = fma(load(a + i), load(b + i), even);
      odd = fma(load(a + i + kLanes), load(b + i + kLanes), odd);
    }
    for_each_vector(end - i, [&](int64_t j, auto count) {
      even = fma(load_at(a, i + j, count), load_at(b, i + j, count), even);
    });
    total += even + odd;
  });
  return reduce_add(total);
}

}  // namespace hyena::HYENA_ISA
