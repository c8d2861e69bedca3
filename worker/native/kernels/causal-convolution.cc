#include "causal-convolution.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "rows.h"

namespace hyena::HYENA_ISA {
namespace {

// Below this many products a value, summing directly is faster than two transforms.
constexpr int64_t kDirectTerms = 48;

// out[i] = sum over j < terms of coefficients[j] * source[i + direction * j] for whole vectors of i up to `row`.
template <int direction>
void slide(const float* source, const float* coefficients, int64_t terms, float* out, int64_t row) {
  int64_t i = 0;
  for (; i + 4 * kLanes <= row; i += 4 * kLanes) {
    Vec total[4] = {};
    const float* from = source + i;
    for (int64_t j = 0; j < terms; j++, from += direction) {
      const Vec factor = splat(coefficients[j]);
      for (int k = 0; k < 4; k++) total[k] = fma(factor, load(from + k * kLanes), total[k]);
    }
    for (int k = 0; k < 4; k++) store(out + i + k * kLanes, total[k]);
  }
  for (; i < row; i += kLanes) {
    Vec total{};
    const float* from = source + i;
    for (int64_t j = 0; j < terms; j++, from += direction) total = fma(splat(coefficients[j]), load(from), total);
    store(out + i, total);
  }
}

}  // namespace

CausalConvolution::CausalConvolution(int64_t length, int64_t filter_length)
    : length_(length), filter_length_(std::min(length, filter_length)), plan_(nullptr) {
  if (filter_length_ <= kDirectTerms) {
    // A spectrum is the row itself, and the work area a row with as many zeros before or behind it.
    row_ = round_up(length_, kLanes);
    spectrum_ = row_;
    work_ = 2 * row_;
  } else {
    plan_ = &plan_for(length_);
    row_ = plan_->length;
    spectrum_ = work_ = 2 * row_;
  }
}

double CausalConvolution::operations(int64_t transforms) const {
  const auto row = static_cast<double>(row_);
  const double each = plan_ ? 5 * row * std::log2(row) : row * static_cast<double>(filter_length_);
  return static_cast<double>(transforms) * each;
}

void CausalConvolution::forward(const Transformed& input, const Transformed& filter, float* work, float* out) const {
  if (plan_) {
    convolve(*plan_, input, filter, work, out);
  } else {
    forward_directly(input, filter, work, out);
  }
}

void CausalConvolution::backward(const Backward& a) const {
  if (!plan_) return backward_directly(a);
  // By way of `room`: transforms write several places of a row at once, which caches do not like of memory far away.
  correlate(*plan_, {{a.upstream, a.work}, a.filter, a.input, a.out, a.sums, a.first,
                     a.filter_gradient ? a.room : nullptr});
  if (a.filter_gradient) std::memcpy(a.filter_gradient, a.room, sizeof(float) * filter_length_);
}

// Without transforms a "spectrum" is the row itself.
void CausalConvolution::forward_directly(const Transformed& input, const Transformed& filter, float* work,
                                         float* out) const {
  if (filter.row) std::memcpy(filter.spectrum, filter.row, sizeof(float) * row_);
  // Copied first, since the spectrum may be the work area.
  float* behind_zeros = work + row_;
  std::memcpy(behind_zeros, input.row ? input.row : input.spectrum, sizeof(float) * row_);
  if (input.row && input.spectrum != work) std::memcpy(input.spectrum, input.row, sizeof(float) * row_);
  std::memset(work, 0, sizeof(float) * row_);
  slide<-1>(behind_zeros, filter.spectrum, filter_length_, out, row_);
}

void CausalConvolution::backward_directly(const Backward& a) const {
  if (a.filter.row) std::memcpy(a.filter.spectrum, a.filter.row, sizeof(float) * row_);
  const float* input = a.input.row ? a.input.row : a.input.spectrum;
  std::memcpy(a.work, a.upstream, sizeof(float) * row_);
  std::memset(a.work + row_, 0, sizeof(float) * row_);
  for (int64_t k = 0; k < filter_length_; k++) {
    const float lag = dot(a.work + k, input, length_ - k);
    float* total = a.filter_gradient ? a.filter_gradient : a.sums;
    total[k] = a.first ? lag : a.sums[k] + lag;
  }
  slide<1>(a.work, a.filter.spectrum, filter_length_, a.out, row_);
}

}  // namespace hyena::HYENA_ISA
