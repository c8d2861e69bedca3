// Decoding token by token, exactly (Flash Inference, arXiv 2410.12982). A convolution's output at a position is the sum
// of what the prompt adds (known since it was read), what earlier blocks of generated tokens add (tiles, in
// `decode_advance`), and what the tokens of the present block add (tap by tap, in `decode_step`). The blocks are tiled so
// that L tokens cost O(L log² L): before block n the last U tokens, U being the largest power of two that divides the
// tokens so far, are convolved with 2U taps and added to the U positions that follow.
#include <algorithm>
#include <cstring>
#include <string>

#include "activation.h"
#include "causal-convolution.h"
#include "isa.h"
#include "rows.h"
#include "weight-product.h"
#include "weight-vectors.h"

namespace hyena::HYENA_ISA {
namespace {

// One layer's recurrence at one position, channels [begin, end): from the projections to what goes to the output layer.
void mix(const DecodeShape& s, const DecodeLayer& layer, const DecodeState& state, int64_t place,
         const float* projections, float* y, int64_t begin, int64_t end) {
  constexpr int64_t kMost = 256;
  float value[kMost], gate[kMost];
  const int64_t width = (s.order + 1) * s.d, filters = (s.order - 1) * s.d, taps = s.short_length;
  const int64_t count = end - begin;
  const auto project = [&](int part, float* to) {
    const int64_t first = part * s.d + begin;
    for (int64_t i = 0; i < count; i++) {
      const int64_t channel = first + i;
      const float* weight = layer.short_weight + channel * taps;
      float sum = layer.short_bias[channel] + weight[taps - 1] * projections[channel];
      for (int64_t k = 0; k + 1 < taps; k++) sum += weight[k] * state.window[k * width + channel];
      to[i] = sum;
    }
  };
  project(s.order, value);
  for (int o = 0; o < s.order - 1; o++) {
    const int64_t first = o * s.d + begin;
    project(s.order - 1 - o, gate);
    float* now = state.block_inputs + place * filters + first;
    for_each_vector(count, [&](int64_t i, auto lanes) {
      const Vec input = load_at(value, i, lanes) * load_at(gate, i, lanes);
      store_at(now, i, lanes, input);
      Vec sum = fma(load_at(layer.near_taps + first, i, lanes) + load_at(layer.skip + first, i, lanes), input,
                    load_at(state.block_base + place * filters + first, i, lanes));
      for (int64_t back = 1; back <= place; back++) {
        sum = fma(load_at(layer.near_taps + back * filters + first, i, lanes),
                  load_at(state.block_inputs + (place - back) * filters + first, i, lanes), sum);
      }
      store_at(value, i, lanes, sum);
    });
  }
  project(0, gate);
  for (int64_t i = 0; i < count; i++) y[begin + i] = value[i] * gate[i];
}

// The present projections of channels [begin, end) become the newest of the last ones.
void store_projections(const DecodeShape& s, float* window, const float* projections, int64_t begin, int64_t end) {
  const int64_t width = (s.order + 1) * s.d;
  const size_t bytes = sizeof(float) * static_cast<size_t>(end - begin);
  for (int64_t first = begin; first < width; first += s.d) {
    for (int64_t k = 0; k + 1 < s.short_length; k++) {
      const float* next = k + 2 < s.short_length ? window + (k + 1) * width : projections;
      std::memcpy(window + k * width + first, next + first, bytes);
    }
  }
}

}  // namespace

void decode_step(Runtime& runtime, const DecodeShape& s, const DecodeModel& model, const DecodeText* texts,
                 int64_t count, float* logits) {
  const int64_t width = (s.order + 1) * s.d;
  const size_t floats = static_cast<size_t>(count * (4 * s.d + width + s.inner));
  float* x = static_cast<float*>(runtime.scratch(0, sizeof(float) * floats));
  float* normal = x + count * s.d;
  float* mixed = normal + count * s.d;
  float* added = mixed + count * s.d;
  float* projections = added + count * s.d;
  float* hidden = projections + count * width;
  const auto multiply = [&](const Weight& weight, const float* bias, int64_t rows, int64_t k, const float* from,
                            float* to) { multiply_weight_vectors(runtime, {rows, k, count, weight, bias, from, to}); };
  const auto normalise = [&](const float* weight, const float* bias) {
    layer_norm(runtime, count, s.d, s.epsilon, x, nullptr, weight, bias, nullptr, normal);
  };
  const auto add = [&] {
    for_each_vector(count * s.d,
                    [&](int64_t i, auto lanes) { store_at(x, i, lanes, load_at(x, i, lanes) + load_at(added, i, lanes)); });
  };

  for (int64_t t = 0; t < count; t++) {
    const int64_t id = texts[t].id;
    if (id < 0 || id >= s.vocabulary) throw KernelError("decodeStep: there is no token " + std::to_string(id));
    widen_rows(model.embedding, s.d, id, 1, x + t * s.d);
  }
  constexpr int64_t kChannels = 256;       // of `mix`
  constexpr int64_t kActivations = 4096;  // worth a thread's waking
  const int64_t pieces = (s.d + kChannels - 1) / kChannels;
  for (int64_t l = 0; l < s.layers; l++) {
    const DecodeLayer& layer = model.layers[l];
    normalise(layer.norm1_weight, layer.norm1_bias);
    multiply(layer.in_weight, layer.in_bias, width, s.d, normal, projections);
    runtime.parallel(count * pieces, [&](int64_t task) {
      const int64_t t = task / pieces, begin = task % pieces * kChannels, end = std::min(s.d, begin + kChannels);
      const DecodeState& state = texts[t].states[l];
      mix(s, layer, state, texts[t].place, projections + t * width, mixed + t * s.d, begin, end);
      store_projections(s, state.window, projections + t * width, begin, end);
    });
    multiply(layer.out_weight, layer.out_bias, s.d, s.d, mixed, added);
    add();
    normalise(layer.norm2_weight, layer.norm2_bias);
    multiply(layer.fc1_weight, layer.fc1_bias, s.inner, s.d, normal, hidden);
    runtime.parallel_ranges(count * s.inner, kActivations, [&](int64_t begin, int64_t end) {
      float* values = hidden + begin;
      for_each_vector(end - begin,
                      [&](int64_t i, auto lanes) { store_at(values, i, lanes, gelu(load_at(values, i, lanes))); });
    });
    multiply(layer.fc2_weight, layer.fc2_bias, s.d, s.inner, hidden, added);
    add();
  }
  normalise(model.norm_weight, model.norm_bias);
  multiply(model.head, nullptr, s.vocabulary, s.d, normal, logits);
}

void decode_advance(Runtime& runtime, const DecodeAdvance& a) {
  const int64_t generated = a.generated;
  const int64_t tile = generated & -generated;  // 0 at the start
  const CausalConvolution convolution(2 * std::max<int64_t>(tile, 1), a.taps);
  const int64_t row = convolution.row(), spectrum = convolution.spectrum();
  const size_t floats = static_cast<size_t>(spectrum + convolution.work() + 3 * row);
  const auto advance = [&](int64_t c) {
    float* inputs = a.inputs + c * a.room;
    float* tile_sums = a.tile_sums + c * a.room;
    if (tile > 0) {
      float* block = inputs + generated - kDecodeBlock;
      for (int64_t i = 0; i < kDecodeBlock; i++) block[i] = a.block_inputs[i * a.channels + c];
      float* filter = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
      float* work = filter + spectrum;
      float* input = work + convolution.work();
      float* out = input + row;
      float* room = out + row;
      pad_row(inputs + generated - tile, tile, input, row);
      const float* taps = padded_row(a.filters + c * a.taps, convolution.filter_length(), room, row);
      convolution.forward({input, work}, {taps, filter}, work, out);
      for_each_vector(tile, [&](int64_t i, auto lanes) {
        store_at(tile_sums + generated, i, lanes,
                 load_at(tile_sums + generated, i, lanes) + load_at(out + tile, i, lanes));
      });
    }
    for (int64_t i = 0; i < kDecodeBlock; i++) {
      const float before = generated + i < a.ahead ? a.lookahead[c * a.ahead + generated + i] : 0.0f;
      a.block_base[i * a.channels + c] = before + tile_sums[generated + i];
    }
  };
  runtime.parallel_ranges(a.channels, std::max<int64_t>(1, 8192 / (2 * std::max<int64_t>(tile, kDecodeBlock))),
                          [&](int64_t begin, int64_t end) {
                            for (int64_t c = begin; c < end; c++) advance(c);
                          });
}

}  // namespace hyena::HYENA_ISA
