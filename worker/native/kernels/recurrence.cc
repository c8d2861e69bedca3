// The core of the Hyena operator (arXiv 2302.10866, definition 3.1), one channel at a time: everything between the
// projections stays in cache, and the backward pass recomputes what it needs instead of keeping it.
#include <algorithm>

#include "causal-convolution.h"
#include "rows.h"
#include "isa.h"
#include "short-convolution.h"

namespace hyena::HYENA_ISA {
namespace {

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

  template <class Body>
  HYENA_INLINE void projection(int part, int64_t b, int64_t row, Body body) const {
    short_convolution(in.p + at(part, b), shape.length, row, weight(part), shape.short_length,
                      in.short_bias[channel(part)], body);
  }
};

}  // namespace

void recurrence(Runtime& runtime, const RecurrenceShape& shape, const RecurrenceInputs& inputs, float* y) {
  if (shape.length == 0 || shape.batch == 0) return;
  const CausalConvolution convolution(shape.length, shape.filter_length);
  const int convolutions = shape.order - 1;
  const int64_t row = convolution.row();
  const int64_t spectrum = convolution.spectrum();
  const size_t floats = convolutions * spectrum + convolution.work() + 2 * row;
  runtime.parallel(shape.d, [&](int64_t d) {
    const Channel channel{shape, inputs, d};
    float* filters = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* work = filters + convolutions * spectrum;
    float* v = work + convolution.work();
    float* out = v + row;
    for (int o = 0; o < convolutions; o++) {
      convolution.filter_spectrum(channel.filter(o), out, filters + o * spectrum);
    }
    for (int64_t b = 0; b < shape.batch; b++) {
      channel.projection(shape.order, b, row, [&](int64_t i, Vec s) { store(v + i, s); });
      for (int o = 0; o < convolutions; o++) {
        const int gate = shape.order - 1 - o;
        channel.projection(gate, b, row, [&](int64_t i, Vec s) { store(v + i, s * load(v + i)); });
        convolution.forward(v, filters + o * spectrum, work, out);
        add_scaled(v, channel.skip(o), out, row);
        zero_tail(out, shape.length, row);
        std::swap(v, out);
      }
      float* to = y + (d * shape.batch + b) * shape.length;
      channel.projection(0, b, row, [&](int64_t i, Vec s) {
        if (i < shape.length) store_at(to, i, std::min<int64_t>(kLanes, shape.length - i), s * load(v + i));
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
  const int64_t ds_row = row + round_up(taps, kLanes);  // zeros behind, for the short convolution's gradient
  const size_t floats = 3 * convolutions * spectrum + convolution.work() + 2 * order * row + row + ds_row;
  runtime.parallel(shape.d, [&](int64_t d) {
    const Channel channel{shape, inputs, d};
    float* filters = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* spectra = filters + convolutions * spectrum;  // of the convolutions' inputs
    float* sums = spectra + convolutions * spectrum;     // of the filters' gradients
    float* work = sums + convolutions * spectrum;
    float* x = work + convolution.work();  // order rows: the gates
    float* v = x + order * row;            // order rows: v after 0, 1, ... convolutions
    float* dv = v + order * row;
    float* ds = dv + row;
    std::fill_n(ds, ds_row, 0.0f);

    for (int o = 0; o < convolutions; o++) {
      convolution.filter_spectrum(channel.filter(o), dv, filters + o * spectrum);
      gradients.skip[channel.channel(o)] = 0;
    }
    for (int part = 0; part <= order; part++) {
      std::fill_n(gradients.short_weight + channel.channel(part) * taps, taps, 0.0f);
      gradients.short_bias[channel.channel(part)] = 0;
    }
    const auto short_backward = [&](int part, int64_t b, const float* from) {
      const int64_t at = channel.at(part, b);
      short_convolution_backward(inputs.p + at, from, length, channel.weight(part), taps, gradients.p + at,
                                 gradients.short_weight + channel.channel(part) * taps,
                                 gradients.short_bias[channel.channel(part)]);
    };

    for (int64_t b = 0; b < shape.batch; b++) {
      for (int part = 0; part <= order; part++) {
        float* to = part == order ? v : x + part * row;
        channel.projection(part, b, row, [&](int64_t i, Vec s) { store(to + i, s); });
      }
      for (int o = 0; o < convolutions; o++) {
        const float* gate = x + (order - 1 - o) * row;
        const float* from = v + o * row;
        float* to = v + (o + 1) * row;
        for (int64_t i = 0; i < row; i += kLanes) store(dv + i, load(gate + i) * load(from + i));
        convolution.input_spectrum(dv, spectra + o * spectrum);
        convolution.forward_from_spectrum(spectra + o * spectrum, filters + o * spectrum, work, to);
        add_scaled(dv, channel.skip(o), to, row);
        zero_tail(to, length, row);
      }

      const float* last = v + convolutions * row;
      const float* upstream = dy + (d * shape.batch + b) * length;
      for_each_vector(length, [&](int64_t i, int64_t count) {
        const Vec gradient = load_at(upstream, i, count);
        store(ds + i, gradient * load(last + i));
        store(dv + i, gradient * load(x + i));
      });
      zero_tail(ds, length, row);
      zero_tail(dv, length, row);
      short_backward(0, b, ds);

      for (int o = convolutions - 1; o >= 0; o--) {
        const int part = order - 1 - o;
        const float* gate = x + part * row;
        const float* from = v + o * row;
        convolution.backward(dv, filters + o * spectrum, spectra + o * spectrum, sums + o * spectrum, b == 0, work, ds);
        const Vec skip = splat(channel.skip(o));
        Vec skip_sum{};
        for_each_block(row, [&](int64_t begin, int64_t end) {
          Vec part{};
          for (int64_t i = begin; i < end; i += kLanes) {
            const Vec g = load(gate + i), value = load(from + i), d_out = load(dv + i);
            const Vec d_in = fma(skip, d_out, load(ds + i));
            part = fma(d_out, g * value, part);
            store(ds + i, d_in * value);
            store(dv + i, d_in * g);
          }
          skip_sum += part;
        });
        gradients.skip[channel.channel(o)] += reduce_add(skip_sum);
        zero_tail(ds, length, row);
        zero_tail(dv, length, row);
        short_backward(part, b, ds);
      }
      std::memcpy(ds, dv, sizeof(float) * row);
      short_backward(order, b, ds);
    }
    for (int o = 0; o < convolutions; o++) {
      float* gradient = gradients.h + channel.channel(o) * shape.filter_length;
      convolution.filter_gradient(sums + o * spectrum, dv, gradient);
      std::fill(gradient + convolution.filter_length(), gradient + shape.filter_length, 0.0f);
    }
  });
}

}  // namespace hyena::HYENA_ISA
