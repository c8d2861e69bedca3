// Element-wise work on rows: `length` values of the caller's, padded with zeros to a multiple of the vector width.
#pragma once

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

// The first `count` lanes of memory that may end there; zeros in the others.
HYENA_INLINE Lanes load_first(const float* from, int64_t count) {
  float lanes[kLanes] = {};
  std::memcpy(lanes, from, sizeof(float) * count);
  return load(lanes);
}
HYENA_INLINE void store_first(float* to, Lanes value, int64_t count) {
  float lanes[kLanes];
  store(lanes, value);
  std::memcpy(to, lanes, sizeof(float) * count);
}

// Calls body(i, count) for each vector of a row of `length` values; count < kLanes in the last one only.
template <class Body>
HYENA_INLINE void for_each_vector(int64_t length, Body body) {
  int64_t i = 0;
  for (; i + kLanes <= length; i += kLanes) body(i, static_cast<int64_t>(kLanes));
  if (i < length) body(i, length - i);
}
HYENA_INLINE Lanes load_at(const float* from, int64_t i, int64_t count) {
  return count == kLanes ? load(from + i) : load_first(from + i, count);
}
HYENA_INLINE void store_at(float* to, int64_t i, int64_t count, Lanes value) {
  if (count == kLanes) {
    store(to + i, value);
  } else {
    store_first(to + i, value, count);
  }
}

// to += scale * from
inline void add_scaled(const float* from, float scale, float* to, int64_t length) {
  const Lanes factor = broadcast(scale);
  for_each_vector(length, [&](int64_t i, int64_t count) {
    store_at(to, i, count, fma(factor, load_at(from, i, count), load_at(to, i, count)));
  });
}

inline float dot(const float* a, const float* b, int64_t length) {
  Lanes even{}, odd{};
  int64_t i = 0;
  for (; i + 2 * kLanes <= length; i += 2 * kLanes) {
    even = fma(load(a + i), load(b + i), even);
    odd = fma(load(a + i + kLanes), load(b + i + kLanes), odd);
  }
  for_each_vector(length - i, [&](int64_t j, int64_t count) {
    even = fma(load_at(a, i + j, count), load_at(b, i + j, count), even);
  });
  return sum(even + odd);
}

}  // namespace hyena::HYENA_ISA
