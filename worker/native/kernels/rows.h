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

// The caller's row itself where it is long enough, else a padded copy in `room`.
inline const float* padded_row(const float* from, int64_t length, float* room, int64_t row) {
  if (length == row) return from;
  pad_row(from, length, room, row);
  return room;
}

inline void zero_tail(float* values, int64_t length, int64_t row) {
  std::memset(values + length, 0, sizeof(float) * (row - length));
}

// Calls body(i, count) for each vector of a row of `length` values; count < kLanes in the last one only.
template <class Body>
HYENA_INLINE void for_each_vector(int64_t length, Body body) {
  int64_t i = 0;
  for (; i + kLanes <= length; i += kLanes) body(i, static_cast<int64_t>(kLanes));
  if (i < length) body(i, length - i);
}
HYENA_INLINE Vec load_at(const float* from, int64_t i, int64_t count) {
  return count == kLanes ? load(from + i) : load_partial(from + i, count);
}
HYENA_INLINE void store_at(float* to, int64_t i, int64_t count, Vec value) {
  if (count == kLanes) {
    store(to + i, value);
  } else {
    store_partial(to + i, value, count);
  }
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

// to += scale * from
inline void add_scaled(const float* from, float scale, float* to, int64_t length) {
  const Vec factor = splat(scale);
  for_each_vector(length, [&](int64_t i, int64_t count) {
    store_at(to, i, count, fma(factor, load_at(from, i, count), load_at(to, i, count)));
  });
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
    for_each_vector(end - i, [&](int64_t j, int64_t count) {
      even = fma(load_at(a, i + j, count), load_at(b, i + j, count), even);
    });
    total += even + odd;
  });
  return reduce_add(total);
}

// The same as for_each_block where vectors come one by one: the sum of products over a row.
struct LongSum {
  Vec total{}, part{};
  HYENA_INLINE void add(int64_t i, Vec a, Vec b) {
    part = fma(a, b, part);
    if ((i / kLanes & 63) == 63) {
      total += part;
      part = Vec{};
    }
  }
  HYENA_INLINE float value() const { return reduce_add(total + part); }
};

}  // namespace hyena::HYENA_ISA
