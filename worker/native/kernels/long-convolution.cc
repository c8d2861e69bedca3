#include <algorithm>

#include "causal-convolution.h"
#include "rows.h"
#include "isa.h"

namespace hyena::HYENA_ISA {
namespace {

// Channels that one task takes: enough that handing tasks out costs nothing.
int64_t channels_per_task(int64_t values_per_channel) {
  return std::max<int64_t>(1, 8192 / std::max<int64_t>(1, values_per_channel));
}

// Rows of `length` values, none if there are no values at all.
template <class Body>
void for_each_channel(Runtime& runtime, int64_t channels, int64_t values, const Body& body) {
  const int64_t step = channels_per_task(values);
  runtime.parallel((channels + step - 1) / step, [&](int64_t task) {
    const int64_t end = std::min(channels, (task + 1) * step);
    for (int64_t channel = task * step; channel < end; channel++) body(channel);
  });
}

}  // namespace

void long_convolution(Runtime& runtime, int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                      const float* u, const float* h, const float* skip, float* y) {
  if (length == 0) return;
  const CausalConvolution convolution(length, filter_length);
  const int64_t row = convolution.row();
  const size_t floats = convolution.spectrum() + convolution.work() + 2 * row;
  runtime.work().operations += convolution.operations(channels * (2 * batch + 1));
  for_each_channel(runtime, channels, batch * length, [&](int64_t c) {
    float* filter = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* work = filter + convolution.spectrum();
    float* filter_room = work + convolution.work();
    float* room = filter_room + row;
    const float* filter_row = padded_row(h + c * filter_length, convolution.filter_length(), filter_room, row);
    for (int64_t b = 0; b < batch; b++) {
      const float* from = u + (c * batch + b) * length;
      float* to = y + (c * batch + b) * length;
      convolution.forward({padded_row(from, length, room, row), work}, {b == 0 ? filter_row : nullptr, filter}, work,
                          room);
      for_each_vector(length, [&](int64_t i, auto count) {
        store_at(to, i, count, fma(splat(skip[c]), load_at(from, i, count), load(room + i)));
      });
    }
  });
}

void long_convolution_backward(Runtime& runtime, int64_t channels, int64_t batch, int64_t length,
                               int64_t filter_length, const float* dy, const float* u, const float* h,
                               const float* skip, float* du, float* dh, float* dskip) {
  if (length == 0 || batch == 0) {
    std::fill(dh, dh + channels * filter_length, 0.0f);
    std::fill(dskip, dskip + channels, 0.0f);
    return;
  }
  const CausalConvolution convolution(length, filter_length);
  const int64_t row = convolution.row();
  const int64_t spectrum = convolution.spectrum();
  // If there is one row, the sums take the place of its spectrum.
  const int64_t sums_floats = batch == 1 ? 0 : spectrum;
  const size_t floats = 2 * spectrum + sums_floats + convolution.work() + 3 * row;
  runtime.work().operations += convolution.operations(channels * (3 * batch + 2));
  for_each_channel(runtime, channels, batch * length, [&](int64_t c) {
    float* filter = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* input = filter + spectrum;
    float* sums = batch == 1 ? input : input + spectrum;
    float* work = sums + spectrum;
    float* filter_room = work + convolution.work();
    float* input_room = filter_room + row;
    float* room = input_room + row;
    const float* filter_row = padded_row(h + c * filter_length, convolution.filter_length(), filter_room, row);
    float* gradient = dh + c * filter_length;
    for (int64_t b = 0; b < batch; b++) {
      const int64_t at = (c * batch + b) * length;
      convolution.backward({padded_row(dy + at, length, room, row),
                            {b == 0 ? filter_row : nullptr, filter},
                            {padded_row(u + at, length, input_room, row), input},
                            sums,
                            work,
                            room,
                            b == 0,
                            b == batch - 1 ? gradient : nullptr,
                            filter_room});
      for_each_vector(length, [&](int64_t i, auto count) {
        store_at(du + at, i, count, fma(splat(skip[c]), load_at(dy + at, i, count), load(room + i)));
      });
    }
    std::fill(gradient + convolution.filter_length(), gradient + filter_length, 0.0f);
    // The same sum: the skip is a filter of one tap.
    dskip[c] = gradient[0];
  });
}

}  // namespace hyena::HYENA_ISA
