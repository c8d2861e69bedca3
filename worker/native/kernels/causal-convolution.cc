#include "causal-convolution.h"

#include <algorithm>
#include <cstring>

#include "fft.h"
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

void CausalConvolution::filter_spectrum(const float* filter, float* room, float* spectrum) const {
  if (plan_) {
    transform(*plan_, padded_row(filter, filter_length_, room, row_), spectrum);
  } else {
    pad_row(filter, filter_length_, spectrum, row_);
  }
}

void CausalConvolution::input_spectrum(const float* row, float* spectrum) const {
  if (plan_) {
    transform(*plan_, row, spectrum);
  } else {
    std::memcpy(spectrum, row, sizeof(float) * row_);
  }
}

void CausalConvolution::forward(const float* row, const float* filter, float* work, float* out) const {
  if (plan_) {
    convolve(*plan_, row, filter, work, out);
  } else {
    forward_from_spectrum(row, filter, work, out);
  }
}

void CausalConvolution::forward_from_spectrum(const float* input, const float* filter, float* work, float* out) const {
  if (plan_) return convolve_spectrum(*plan_, input, filter, work, out);
  std::memset(work, 0, sizeof(float) * row_);
  std::memcpy(work + row_, input, sizeof(float) * row_);
  slide<-1>(work + row_, filter, filter_length_, out, row_);
}

void CausalConvolution::backward(const float* row, const float* filter, const float* input, float* sums, bool first,
                                 float* work, float* out) const {
  if (plan_) return correlate(*plan_, row, filter, input, sums, first, work, out);
  std::memcpy(work, row, sizeof(float) * row_);
  std::memset(work + row_, 0, sizeof(float) * row_);
  for (int64_t k = 0; k < filter_length_; k++) {
    const float lag = dot(row + k, input, length_ - k);
    sums[k] = first ? lag : sums[k] + lag;
  }
  slide<1>(work, filter, filter_length_, out, row_);
}

void CausalConvolution::filter_gradient(float* sums, float* room, float* gradient) const {
  if (plan_) {
    inverse_transform(*plan_, sums, room);
    sums = room;
  }
  std::memcpy(gradient, sums, sizeof(float) * filter_length_);
}

}  // namespace hyena::HYENA_ISA
