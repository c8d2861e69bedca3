// Causal convolution of rows with a long filter and its two gradients, one row at a time: the piece that
// `long_convolution` and `recurrence` share. By transforms, or by direct sums where the length or the filter is short.
#pragma once

#include <cstdint>

#include "fft.h"

namespace hyena::HYENA_ISA {

class CausalConvolution {
 public:
  // Filters longer than the rows are cut: what lies beyond cannot act. Construct outside `parallel`.
  CausalConvolution(int64_t length, int64_t filter_length);

  // Rows passed in have row() readable values, those from length() on zeros; rows passed out row() values, those from
  // length() on without meaning. An operand is such a row with its spectrum, as in fft.h.
  int64_t row() const { return row_; }
  int64_t length() const { return length_; }
  int64_t filter_length() const { return filter_length_; }
  // Floats that a spectrum takes, and the work area of a call.
  int64_t spectrum() const { return spectrum_; }
  int64_t work() const { return work_; }
  // Floating-point operations of so many transforms of a row, counted as 5 n log2 n each; or of the direct sums instead.
  double operations(int64_t transforms) const;

  // out = filter * input, causally. The input's spectrum may be `work` if it is not wanted afterwards.
  void forward(const Transformed& input, const Transformed& filter, float* work, float* out) const;

  // The gradient of a convolution's input, `out`, from that of its output, `upstream`. Adds to that of the filter in
  // `sums` (a spectrum): `first` starts the sum, and the last call, which passes filter_gradient, writes it there as
  // filter_length() values; `room` holds a row. Where a call is first and last, sums may be the input's spectrum.
  struct Backward {
    const float* upstream;
    Transformed filter, input;
    float *sums, *work, *out;
    bool first;
    float *filter_gradient, *room;
  };
  void backward(const Backward& arguments) const;

 private:
  void forward_directly(const Transformed& input, const Transformed& filter, float* work, float* out) const;
  void backward_directly(const Backward& arguments) const;

  int64_t length_, filter_length_, row_, spectrum_, work_;
  const Plan* plan_;  // null: direct sums
};

}  // namespace hyena::HYENA_ISA
