// Reductions along one dimension, softmax and running sums. Sums go by blocks of fp32 into double, in an order that
// depends on the sizes alone.
#include <cmath>
#include <limits>

#include "loops.h"
#include "simd.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kBlock = 1024;

double sum_of(const float* x, int64_t count) {
  double total = 0;
  for (int64_t begin = 0; begin < count; begin += kBlock) {
    const int64_t n = std::min(kBlock, count - begin);
    const float* p = x + begin;
    Vec a{}, b{};
    int64_t i = 0;
    for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
      a += load(p + i);
      b += load(p + i + kLanes);
    }
    for (; i < n; i += kLanes) a += load_partial(p + i, std::min<int64_t>(kLanes, n - i));
    total += static_cast<double>(reduce_add(a + b));
  }
  return total;
}

template <typename T>
struct Combine {
  T start;
  T (*step)(T, T);
};

float larger(float p, float q) { return p > q || p != p ? p : q; }
float smaller(float p, float q) { return p < q || p != p ? p : q; }

// Any reduction, element by element, over x [outer, count, inner]; pieces are of outer rows or of inner columns.
template <typename T>
void generic(Runtime& runtime, const Combine<T>& c, int64_t outer, int64_t count, int64_t inner, const T* x, T* y) {
  const int64_t width = std::min<int64_t>(inner, 256);
  const int64_t pieces = (inner + width - 1) / width;
  const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(1, count * width));
  runtime.parallel_ranges(outer * pieces, grain, [&](int64_t begin, int64_t end) {
    for (int64_t unit = begin; unit < end; ++unit) {
      const int64_t row = unit / pieces, first = unit % pieces * width, last = std::min(inner, first + width);
      T* out = y + row * inner;
      for (int64_t i = first; i < last; ++i) out[i] = c.start;
      for (int64_t k = 0; k < count; ++k) {
        const T* in = x + (row * count + k) * inner;
        for (int64_t i = first; i < last; ++i) out[i] = c.step(out[i], in[i]);
      }
    }
  });
}

// Sums over the rows of each [count, inner] block: columns in strips, rows in blocks that add up in double.
void sum_columns(Runtime& runtime, double scale, int64_t outer, int64_t count, int64_t inner, const float* x, float* y) {
  constexpr int64_t kWidth = 64, kRows = 256;
  const int64_t pieces = (inner + kWidth - 1) / kWidth;
  runtime.parallel(outer * pieces, [&](int64_t unit) {
    const int64_t row = unit / pieces, first = unit % pieces * kWidth, width = std::min(kWidth, inner - first);
    double total[kWidth] = {};
    for (int64_t begin = 0; begin < count; begin += kRows) {
      float part[kWidth] = {};
      const int64_t end = std::min(count, begin + kRows);
      for (int64_t k = begin; k < end; ++k) {
        const float* in = x + (row * count + k) * inner + first;
        for (int64_t i = 0; i < width; ++i) part[i] += in[i];
      }
      for (int64_t i = 0; i < width; ++i) total[i] += static_cast<double>(part[i]);
    }
    for (int64_t i = 0; i < width; ++i) y[row * inner + first + i] = static_cast<float>(total[i] * scale);
  });
}

void sum(Runtime& runtime, double scale, int64_t outer, int64_t count, int64_t inner, const float* x, float* y) {
  if (inner != 1) return sum_columns(runtime, scale, outer, count, inner, x, y);
  // Long rows are summed in pieces of a fixed length, in parallel, and the pieces then in order.
  constexpr int64_t kPiece = 65536;
  const int64_t pieces = std::max<int64_t>(1, (count + kPiece - 1) / kPiece);
  auto* parts = static_cast<double*>(runtime.scratch(0, static_cast<size_t>(outer * pieces) * sizeof(double)));
  const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(1, std::min(count, kPiece)));
  runtime.parallel_ranges(outer * pieces, grain, [&](int64_t begin, int64_t end) {
    for (int64_t unit = begin; unit < end; ++unit) {
      const int64_t first = unit % pieces * kPiece;
      parts[unit] = sum_of(x + unit / pieces * count + first, std::min(kPiece, count - first));
    }
  });
  for (int64_t row = 0; row < outer; ++row) {
    double total = 0;
    for (int64_t piece = 0; piece < pieces; ++piece) total += parts[row * pieces + piece];
    y[row] = static_cast<float>(total * scale);
  }
}

}  // namespace

void reduce(Runtime& runtime, Reduction op, int64_t outer, int64_t count, int64_t inner, const void* x, void* y) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const auto* floats = static_cast<const float*>(x);
  const auto* bytes = static_cast<const uint8_t*>(x);
  auto* out = static_cast<float*>(y);
  auto* flags = static_cast<uint8_t*>(y);
  switch (op) {
    case Reduction::kSum: return sum(runtime, 1, outer, count, inner, floats, out);
    case Reduction::kMean: return sum(runtime, 1 / static_cast<double>(count), outer, count, inner, floats, out);
    case Reduction::kProduct:
      return generic<float>(runtime, {1, [](float p, float q) { return p * q; }}, outer, count, inner, floats, out);
    case Reduction::kMaximum: return generic<float>(runtime, {-kInfinity, larger}, outer, count, inner, floats, out);
    case Reduction::kMinimum: return generic<float>(runtime, {kInfinity, smaller}, outer, count, inner, floats, out);
    case Reduction::kAll:
      return generic<uint8_t>(runtime, {1, [](uint8_t p, uint8_t q) { return uint8_t{p != 0 && q != 0}; }}, outer,
                              count, inner, bytes, flags);
    case Reduction::kAny:
      return generic<uint8_t>(runtime, {0, [](uint8_t p, uint8_t q) { return uint8_t{p != 0 || q != 0}; }}, outer,
                              count, inner, bytes, flags);
  }
}

void reduce_int(Runtime& runtime, Reduction op, int64_t outer, int64_t count, int64_t inner, const int32_t* x,
                int32_t* y) {
  const auto add = [](int32_t p, int32_t q) {
    return static_cast<int32_t>(static_cast<uint32_t>(p) + static_cast<uint32_t>(q));
  };
  const auto multiply = [](int32_t p, int32_t q) {
    return static_cast<int32_t>(static_cast<uint32_t>(p) * static_cast<uint32_t>(q));
  };
  using Limits = std::numeric_limits<int32_t>;
  switch (op) {
    case Reduction::kProduct: return generic<int32_t>(runtime, {1, multiply}, outer, count, inner, x, y);
    case Reduction::kMaximum:
      return generic<int32_t>(runtime, {Limits::min(), [](int32_t p, int32_t q) { return p > q ? p : q; }}, outer,
                              count, inner, x, y);
    case Reduction::kMinimum:
      return generic<int32_t>(runtime, {Limits::max(), [](int32_t p, int32_t q) { return p < q ? p : q; }}, outer,
                              count, inner, x, y);
    default: return generic<int32_t>(runtime, {0, add}, outer, count, inner, x, y);
  }
}

void arg_extreme(Runtime& runtime, bool smallest, int64_t outer, int64_t count, const float* x, int32_t* y) {
  runtime.parallel_ranges(outer, std::max<int64_t>(1, kGrain / std::max<int64_t>(1, count)),
                          [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* in = x + row * count;
      int64_t best = 0;
      for (int64_t i = 1; i < count && in[best] == in[best]; ++i) {
        if (smallest ? !(in[i] >= in[best]) : !(in[i] <= in[best])) best = i;
      }
      y[row] = static_cast<int32_t>(best);
    }
  });
}

void softmax(Runtime& runtime, bool logarithm, int64_t rows, int64_t count, const float* x, float* y) {
  runtime.parallel_ranges(rows, std::max<int64_t>(1, kGrain / std::max<int64_t>(1, count)),
                          [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      const float* in = x + row * count;
      float* out = y + row * count;
      float largest = -std::numeric_limits<float>::infinity();
      for (int64_t i = 0; i < count; ++i) largest = larger(in[i], largest);
      for (int64_t i = 0; i < count; i += kLanes) {
        const int64_t n = std::min<int64_t>(kLanes, count - i);
        store_partial(out + i, exp(load_partial(in + i, n) - largest), n);
      }
      const double total = sum_of(out, count);
      if (logarithm) {
        const auto shift = static_cast<float>(std::log(total)) + largest;
        for (int64_t i = 0; i < count; ++i) out[i] = in[i] - shift;
      } else {
        const auto scale = static_cast<float>(1 / total);
        for (int64_t i = 0; i < count; ++i) out[i] *= scale;
      }
    }
  });
}

void cumulative_sum(Runtime& runtime, bool exclusive, bool reverse, int64_t rows, int64_t count, const float* x,
                    float* y) {
  runtime.parallel_ranges(rows, std::max<int64_t>(1, kGrain / std::max<int64_t>(1, count)),
                          [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      double total = 0;
      for (int64_t k = 0; k < count; ++k) {
        const int64_t i = row * count + (reverse ? count - 1 - k : k);
        const double before = total;
        total += static_cast<double>(x[i]);
        y[i] = static_cast<float>(exclusive ? before : total);
      }
    }
  });
}

}  // namespace hyena::HYENA_ISA
