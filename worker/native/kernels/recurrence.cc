// The core of the Hyena operator (arXiv 2302.10866, definition 3.1), one channel at a time: everything between the
// projections stays in cache, and the backward pass recomputes what it needs instead of keeping it.
#include <algorithm>

#include "causal-convolution.h"
#include "rows.h"
#include "isa.h"
#include "short-convolution.h"

namespace hyena::HYENA_ISA {
namespace {

// Asks for a row that is wanted after the next transform, unless it is so long that it would drive out what is used
// before.
template <int write>
void prefetch(const float* row, int64_t length) {
  constexpr int64_t kMost = 16384;
  if (length <= kMost) prefetch_row<write>(row, length);
}

// One channel's view of the inputs: projection `part` is x0, ..., x(N-1), v.
struct Channel {
  const RecurrenceShape& shape;
  const RecurrenceInputs& in;
  int64_t d;

  int64_t channel(int part) const { return part * shape.d + d; }
  int64_t at(int part, int64_t b) const { return (channel(part) * shape.batch + b) * shape.length; }
  const float* weight(int part) const { return in.short_weight + channel(part) * shape.short_length; }
  const float* filter(int o) const { return in.h + channel(o) * shape.filter_length; }
  float skip(int o) const { return in.skip[channel(o)]; }

  // Calls body(i, value, count) as `short_convolution` does.
  template <class Body>
  HYENA_INLINE void projection(int part, int64_t b, int64_t row, const Body& body) const {
    short_convolution(in.p + at(part, b), shape.length, row, weight(part), shape.short_length,
                      in.short_bias[channel(part)], body);
  }
};

}  // namespace

void recurrence(Runtime& runtime, const RecurrenceShape& shape, const RecurrenceInputs& inputs, float* y) {
  const int64_t length = shape.length;
  if (length == 0 || shape.batch == 0) return;
  const CausalConvolution convolution(length, shape.filter_length);
  const int convolutions = shape.order - 1;
  const int64_t row = convolution.row();
  const int64_t spectrum = convolution.spectrum();
  const size_t floats = convolutions * spectrum + convolution.work() + 3 * row;
  runtime.work().operations += convolution.operations(shape.d * convolutions * (2 * shape.batch + 1));
  runtime.parallel(shape.d, [&](int64_t d) {
    const Channel channel{shape, inputs, d};
    float* filters = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* work = filters + convolutions * spectrum;
    float* input = work + convolution.work();
    float* out = input + row;
    float* room = out + row;
    for (int64_t b = 0; b < shape.batch; b++) {
      channel.projection(shape.order, b, row, [&](int64_t i, Vec s, auto) { store(out + i, s); });
      for (int o = 0; o < convolutions; o++) {
        // The input of the convolution before, times its skip, is added where its output is used.
        const Vec skip = o == 0 ? Vec{} : splat(channel.skip(o - 1));
        channel.projection(shape.order - 1 - o, b, row, [&](int64_t i, Vec s, auto) {
          const Vec v = o == 0 ? load(out + i) : fma(skip, load(input + i), load(out + i));
          store(input + i, s * v);
        });
        const float* filter =
            b == 0 ? padded_row(channel.filter(o), convolution.filter_length(), room, row) : nullptr;
        prefetch<0>(inputs.p + channel.at(o + 1 == convolutions ? 0 : shape.order - 2 - o, b), length);
        convolution.forward({input, work}, {filter, filters + o * spectrum}, work, out);
        zero_tail(out, length, row);
      }
      const Vec skip = splat(channel.skip(convolutions - 1));
      float* to = y + (d * shape.batch + b) * length;
      channel.projection(0, b, row, [&](int64_t i, Vec s, auto count) {
        store_at(to, i, count, s * fma(skip, load(input + i), load(out + i)));
      });
    }
  });
}

void recurrence_backward(Runtime& runtime, const RecurrenceShape& shape, const RecurrenceInputs& inputs,
                         const float* dy, const RecurrenceGradients& gradients) {
  const int order = shape.order;
  const int convolutions = order - 1;
  const int64_t length = shape.length;
  const int64_t taps = shape.short_length;
  if (length == 0 || shape.batch == 0) {
    std::fill_n(gradients.short_weight, (order + 1) * shape.d * taps, 0.0f);
    std::fill_n(gradients.short_bias, (order + 1) * shape.d, 0.0f);
    std::fill_n(gradients.h, convolutions * shape.d * shape.filter_length, 0.0f);
    std::fill_n(gradients.skip, convolutions * shape.d, 0.0f);
    return;
  }
  const CausalConvolution convolution(length, shape.filter_length);
  const int64_t row = convolution.row();
  const int64_t spectrum = convolution.spectrum();
  // If there is one row, the sums of the filters' gradients take the place of the inputs' spectra.
  const bool single = shape.batch == 1;
  const size_t floats = (single ? 2 : 3) * convolutions * spectrum + convolution.work() + (order + 2) * row;
  runtime.work().operations += convolution.operations(shape.d * convolutions * (4 * shape.batch + 2));
  runtime.parallel(shape.d, [&](int64_t d) {
    const Channel channel{shape, inputs, d};
    float* filters = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* spectra = filters + convolutions * spectrum;  // of the convolutions' inputs
    float* sums = single ? spectra : spectra + convolutions * spectrum;
    float* work = sums + convolutions * spectrum;
    float* v = work + convolution.work();  // order rows: v after 0, 1, ... convolutions
    float* change = v + order * row;       // the input of a convolution, or its gradient
    float* room = change + row;

    for (int part = 0; part <= order; part++) {
      std::fill_n(gradients.short_weight + channel.channel(part) * taps, taps, 0.0f);
      gradients.short_bias[channel.channel(part)] = 0;
    }
    const auto short_backward = [&](int part, int64_t b, const float* ds) {
      const int64_t at = channel.at(part, b);
      short_convolution_backward(inputs.p + at, ds, length, channel.weight(part), taps, gradients.p + at,
                                 gradients.short_weight + channel.channel(part) * taps,
                                 gradients.short_bias[channel.channel(part)]);
    };

    for (int64_t b = 0; b < shape.batch; b++) {
      const bool first = b == 0;
      channel.projection(order, b, row, [&](int64_t i, Vec s, auto) { store(v + i, s); });
      for (int o = 0; o < convolutions; o++) {
        float* from = v + o * row;
        float* to = v + (o + 1) * row;
        const Vec skip = o == 0 ? Vec{} : splat(channel.skip(o - 1));
        channel.projection(order - 1 - o, b, row, [&](int64_t i, Vec s, auto) {
          Vec value = load(from + i);
          if (o > 0) {
            value = fma(skip, load(change + i), value);
            store(from + i, value);
          }
          store(change + i, s * value);
        });
        const float* filter =
            first ? padded_row(channel.filter(o), convolution.filter_length(), room, row) : nullptr;
        if (o + 1 == convolutions) {
          prefetch<0>(inputs.p + channel.at(0, b), length);
          prefetch<0>(dy + (d * shape.batch + b) * length, length);
          prefetch<1>(gradients.p + channel.at(0, b), length);
        }
        convolution.forward({change, spectra + o * spectrum}, {filter, filters + o * spectrum}, work, to);
        zero_tail(to, length, row);
      }

      // The gradient of the last v takes its place; those of the projections go where those of p will be.
      float* dv = v + convolutions * row;
      const float* upstream = dy + (d * shape.batch + b) * length;
      float* ds = gradients.p + channel.at(0, b);
      const Vec last_skip = splat(channel.skip(convolutions - 1));
      channel.projection(0, b, row, [&](int64_t i, Vec s, auto count) {
        const Vec gradient = load_at(upstream, i, count);
        store_at(ds, i, count, gradient * fma(last_skip, load(change + i), load(dv + i)));
        store(dv + i, gradient * s);
      });
      short_backward(0, b, ds);

      for (int o = convolutions - 1; o >= 0; o--) {
        const int part = order - 1 - o;
        const float* from = v + o * row;
        const bool last = b == shape.batch - 1;
        float* gradient = gradients.h + channel.channel(o) * shape.filter_length;
        prefetch<1>(gradients.p + channel.at(part, b), length);
        if (o == 0) prefetch<1>(gradients.p + channel.at(order, b), length);
        convolution.backward({dv,
                              {nullptr, filters + o * spectrum},
                              {nullptr, spectra + o * spectrum},
                              sums + o * spectrum,
                              work,
                              change,
                              first,
                              last ? gradient : nullptr,
                              room});
        if (last) {
          std::fill(gradient + convolution.filter_length(), gradient + shape.filter_length, 0.0f);
          // The same sum: the skip is a filter of one tap.
          gradients.skip[channel.channel(o)] = gradient[0];
        }
        const Vec skip = splat(channel.skip(o));
        ds = gradients.p + channel.at(part, b);
        channel.projection(part, b, row, [&](int64_t i, Vec s, auto count) {
          const Vec d_in = fma(skip, load(dv + i), load(change + i));
          store_at(ds, i, count, d_in * load(from + i));
          store(dv + i, d_in * s);
        });
        zero_tail(dv, length, row);
        short_backward(part, b, ds);
      }
      short_backward(order, b, dv);
    }
  });
}

}  // namespace hyena::HYENA_ISA
