// The Hyena recurrence at positions that follow others, and what all of them add to the positions to come (Flash
// Inference, arXiv 2410.12982): one causal convolution per channel as long as the filter is requested.
#include <algorithm>
#include <cstring>

#include "causal-convolution.h"
#include "isa.h"
#include "rows.h"
#include "short-convolution.h"

namespace hyena::HYENA_ISA {

void prefill(Runtime& runtime, const PrefillShape& s, const RecurrenceInputs& in, const float* conv_inputs,
               const PrefillOutputs& out) {
  if (s.length == 0 || s.d == 0) return;
  const CausalConvolution convolution(s.reach, s.reach);
  const int64_t row = convolution.row(), spectrum = convolution.spectrum();
  const int64_t columns = s.lead + s.length, ahead = s.reach - s.past - s.length;
  const int64_t line = round_up(columns, kLanes);
  const size_t floats = static_cast<size_t>(spectrum + convolution.work() + 3 * row + 2 * line);
  runtime.parallel(s.d, [&](int64_t d) {
    float* filter = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* work = filter + spectrum;
    float* input = work + convolution.work();
    float* result = input + row;
    float* room = result + row;
    float* value = room + row;
    float* gate = value + line;
    const auto project = [&](int part, float* to) {
      const int64_t channel = part * s.d + d;
      short_convolution(in.p + channel * columns, columns, line, in.short_weight + channel * s.short_length,
                        s.short_length, in.short_bias[channel], [&](int64_t i, Vec v, auto) { store(to + i, v); });
    };
    project(s.order, value);
    for (int o = 0; o < s.order - 1; o++) {
      const int64_t channel = o * s.d + d;
      project(s.order - 1 - o, gate);
      if (s.past > 0) std::memcpy(input, conv_inputs + channel * s.past, sizeof(float) * s.past);
      float* now = input + s.past;
      for_each_vector(s.length, [&](int64_t i, auto count) {
        store_at(now, i, count, load_at(value + s.lead, i, count) * load_at(gate + s.lead, i, count));
      });
      std::memcpy(out.inputs + channel * s.length, now, sizeof(float) * s.length);
      zero_tail(input, s.past + s.length, row);
      const float* taps = padded_row(in.h + channel * s.reach, s.reach, room, row);
      convolution.forward({input, work}, {taps, filter}, work, result);
      const Vec skip = splat(in.skip[channel]);
      for_each_vector(s.length, [&](int64_t i, auto count) {
        store_at(value + s.lead, i, count,
                 fma(skip, load_at(now, i, count), load_at(result + s.past, i, count)));
      });
      if (ahead > 0)
        std::memcpy(out.lookahead + channel * ahead, result + s.past + s.length, sizeof(float) * ahead);
    }
    project(0, gate);
    for_each_vector(s.length, [&](int64_t i, auto count) {
      store_at(out.y + d * s.length, i, count,
               load_at(value + s.lead, i, count) * load_at(gate + s.lead, i, count));
    });
  });
}

}  // namespace hyena::HYENA_ISA
