// Causal convolution of rows with a long filter and its two gradients, one row at a time: the piece that
// `long_convolution` and `recurrence` share. By transforms, or by direct sums where the length or the filter is short.
#pragma once

#include <cstdint>

#include "fft-plan.h"

namespace hyena::HYENA_ISA {

class CausalConvolution {
 public:
  // Filters longer than the rows are cut: what lies beyond cannot act. Construct outside `parallel`.
  CausalConvolution(int64_t length, int64_t filter_length);

  // Rows passed in have row() readable values, those from `length` on zeros; rows passed out row() values, those from
  // `length` on without meaning.
  int64_t row() const { return row_; }
  int64_t length() const { return length_; }
  int64_t filter_length() const { return filter_length_; }
  // Floats that a spectrum takes, and the work area of a call. A spectrum is whatever this class makes of a row.
  int64_t spectrum() const { return spectrum_; }
  int64_t work() const { return work_; }

  // `filter` has filter_length() values; `room` holds a row.
  void filter_spectrum(const float* filter, float* room, float* spectrum) const;
  void input_spectrum(const float* row, float* spectrum) const;

  // out = filter * row, causally. out may be row.
  void forward(const float* row, const float* filter, float* work, float* out) const;
  // The same from the input's spectrum.
  void forward_from_spectrum(const float* input, const float* filter, float* work, float* out) const;
  // The gradient of a convolution's input from that of its output, `row`; adds to the filter's gradient, in the space
  // of spectra (`first` starts the sum). out may be row.
  void backward(const float* row, const float* filter, const float* input, float* sums, bool first, float* work,
                float* out) const;
  // The sums as a gradient of filter_length() values; `room` holds a row. Destroys the sums.
  void filter_gradient(float* sums, float* room, float* gradient) const;

 private:
  int64_t length_, filter_length_, row_, spectrum_, work_;
  const Plan* plan_;  // null: direct sums
};

}  // namespace hyena::HYENA_ISA
