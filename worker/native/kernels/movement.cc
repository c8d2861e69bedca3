// Moving data: strided copies (transposes, slices, joins), gathers and their gradient.
#include <cstring>
#include <string>

#include "loops.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kTile = 32;

// The dimension along which x is contiguous where y is contiguous along another: a transpose. -1: none.
int transposed_dimension(const Loop& loop) {
  const int last = loop.rank - 1;
  if (last < 1 || loop.strides[0][last] != 1 || loop.strides[1][last] == 1) return -1;
  for (int d = 0; d < last; ++d) {
    if (loop.strides[1][d] == 1 && loop.dims[d] >= 4 && loop.dims[last] >= 4) return d;
  }
  return -1;
}

// In tiles, so that both sides stay in cache.
template <typename T>
void copy_transposed(Runtime& runtime, const Loop& loop, int across, const T* x, T* y) {
  const int last = loop.rank - 1;
  const int64_t rows = loop.dims[across], columns = loop.dims[last];
  const int64_t row_stride = loop.strides[0][across], column_stride = loop.strides[1][last];
  Loop outer;  // the other dimensions, with one of tiles last
  for (int d = 0; d < last; ++d) {
    if (d == across) continue;
    outer.dims[outer.rank] = loop.dims[d];
    for (int o = 0; o < 2; ++o) outer.strides[o][outer.rank] = loop.strides[o][d];
    ++outer.rank;
  }
  int64_t count = 1;
  for (int d = 0; d < outer.rank; ++d) count *= outer.dims[d];
  const int64_t tiles = (rows + kTile - 1) / kTile;
  runtime.parallel(count * tiles, [&](int64_t unit) {
    const T* from = x;
    T* to = y;
    int64_t rest = unit / tiles;
    for (int d = outer.rank - 1; d >= 0; --d) {
      const int64_t index = rest % outer.dims[d];
      rest /= outer.dims[d];
      to += index * outer.strides[0][d];
      from += index * outer.strides[1][d];
    }
    const int64_t first = unit % tiles * kTile, end = std::min(rows, first + kTile);
    for (int64_t column = 0; column < columns; column += kTile) {
      const int64_t column_end = std::min(columns, column + kTile);
      for (int64_t i = first; i < end; ++i) {
        for (int64_t j = column; j < column_end; ++j) to[i * row_stride + j] = from[i + j * column_stride];
      }
    }
  });
}

template <typename T>
void copy_rows(Runtime& runtime, const Loop& loop, const T* x, T* y) {
  const int across = transposed_dimension(loop);
  if (across >= 0) return copy_transposed(runtime, loop, across, x, y);
  const int64_t sy = inner_stride(loop, 0), sx = inner_stride(loop, 1);
  for_each_row(runtime, loop, 2, [&](const int64_t* at, int64_t count) {
    T* to = y + at[0];
    const T* from = x + at[1];
    if (sy == 1 && sx == 1) {
      std::memcpy(to, from, static_cast<size_t>(count) * sizeof(T));
    } else {
      for (int64_t i = 0; i < count; ++i) to[i * sy] = from[i * sx];
    }
  });
}

}  // namespace

void copy(Runtime& runtime, size_t element, const Loop& loop, const void* x, void* y) {
  if (element == 1) {
    copy_rows(runtime, loop, static_cast<const uint8_t*>(x), static_cast<uint8_t*>(y));
  } else {
    copy_rows(runtime, loop, static_cast<const uint32_t*>(x), static_cast<uint32_t*>(y));
  }
}

void fill(Runtime& runtime, size_t element, int64_t count, const void* value, void* y) {
  runtime.parallel_ranges(count, 4 * kGrain, [&](int64_t begin, int64_t end) {
    if (element == 1) {
      std::memset(static_cast<uint8_t*>(y) + begin, *static_cast<const uint8_t*>(value),
                  static_cast<size_t>(end - begin));
    } else {
      uint32_t word;
      std::memcpy(&word, value, sizeof word);
      std::fill(static_cast<uint32_t*>(y) + begin, static_cast<uint32_t*>(y) + end, word);
    }
  });
}

void gather(Runtime& runtime, size_t element, int64_t outer, int64_t rows, int64_t count, int64_t inner, const void* x,
            const int32_t* indices, void* y) {
  const auto* from = static_cast<const uint8_t*>(x);
  auto* to = static_cast<uint8_t*>(y);
  const size_t bytes = static_cast<size_t>(inner) * element;
  const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(inner, 1));
  runtime.parallel_ranges(outer * count, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int32_t index = indices[i % count];
      if (index < 0 || index >= rows) {
        throw KernelError("GatherV2: index " + std::to_string(index) + " is outside 0.." + std::to_string(rows - 1));
      }
      const int64_t source = i / count * rows + index;
      std::memcpy(to + static_cast<size_t>(i) * bytes, from + static_cast<size_t>(source) * bytes, bytes);
    }
  });
}

void one_hot(Runtime& runtime, int64_t count, int64_t depth, float on, float off, const int32_t* indices, float* y) {
  runtime.parallel_ranges(count, std::max<int64_t>(1, kGrain / std::max<int64_t>(depth, 1)),
                          [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      std::fill_n(y + i * depth, depth, off);
      if (indices[i] >= 0 && indices[i] < depth) y[i * depth + indices[i]] = on;
    }
  });
}

void segment_sum(Runtime& runtime, int64_t rows, int64_t inner, int64_t segments, const float* x, const int32_t* ids,
                 float* y) {
  // Each piece owns some columns: never two writers of a sum, always in the order of the rows.
  const int64_t columns = std::min<int64_t>(inner, 64);
  const int64_t pieces = columns > 0 ? (inner + columns - 1) / columns : 0;
  runtime.parallel(pieces, [&](int64_t piece) {
    const int64_t begin = piece * columns, end = std::min(inner, begin + columns);
    for (int64_t s = 0; s < segments; ++s) std::fill(y + s * inner + begin, y + s * inner + end, 0.0f);
    for (int64_t row = 0; row < rows; ++row) {
      const int64_t segment = ids[row];
      if (segment < 0 || segment >= segments) continue;
      for (int64_t c = begin; c < end; ++c) y[segment * inner + c] += x[row * inner + c];
    }
  });
}

}  // namespace hyena::HYENA_ISA
