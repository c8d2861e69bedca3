#include "isa.h"

#include <algorithm>
#include <cstring>

#include "filter-block.h"

namespace hyena::HYENA_ISA {
namespace {

// The gradients of all parameters, weights with their rows rounded up to whole vectors, as one stretch of memory.
class Gradients {
 public:
  explicit Gradients(const FilterSizes& sizes) : sizes_(sizes) {
    for (int layer = 0; layer <= sizes.layers; layer++) total_ += weight_floats(layer);
    total_ += (sizes.layers + 1) * sizes.width;
  }

  int64_t floats() const { return total_; }
  int64_t frequency() const { return 0; }
  int64_t bias(int layer) const { return (layer + 1) * sizes_.width; }
  int64_t weight(int layer) const {
    int64_t at = (sizes_.layers + 1) * sizes_.width;
    for (int before = 0; before < layer; before++) at += weight_floats(before);
    return at;
  }

 private:
  int64_t weight_floats(int layer) const { return sizes_.outputs(layer) * sizes_.padded_inputs(layer); }
  const FilterSizes& sizes_;
  int64_t total_ = 0;
};

// Asks for a block of a [channel, position] array ahead of its use: its rows are far apart, which no hardware foresees.
template <int write>
void prefetch(const float* values, int64_t length, int64_t first_channel, int64_t channels, int64_t first,
              int64_t count) {
  constexpr int64_t kLine = 16;
  for (int64_t i = 0; i < channels; i++) {
    const float* row = values + (first_channel + i) * length + first;
    for (int64_t j = 0; j < count; j += kLine) __builtin_prefetch(row + j, write, 3);
  }
}

// What the backward pass of one block needs beside the activations.
struct Work {
  static size_t floats(const FilterSizes& s) {
    return static_cast<size_t>((kChannels + 2 * s.width + 2 * std::max(s.width, s.features)) * kPositions);
  }
  Work(const FilterSizes& s, float* memory)
      : upstream(memory), below(upstream + kChannels * kPositions), above(below + s.width * kPositions),
        transposed(above + s.width * kPositions),
        features(transposed + std::max(s.width, s.features) * kPositions) {
    std::fill_n(memory, floats(s), 0.0f);
  }
  float *upstream;           // [channel, position]: the gradient of the filters before the window
  float *below, *above;      // [width, position]: gradients of a layer's inputs and outputs
  float *transposed;         // [position, feature]: a layer's inputs
  float *features;           // [feature, position]: the gradient of z
};

void last_layer_backward(const FilterSizes& sizes, const FilterWeights& weights, const FilterBlock& block,
                         const float* t, int64_t first, int64_t count, const float* dh, Work& work, float* weight) {
  const FilterShape& shape = sizes.shape;
  const float* last = weights.weights[sizes.layers];
  transpose_into(block.input(sizes.layers), sizes.width, kPositions, work.transposed);
  for (int64_t c = 0; c < shape.channels; c += kChannels) {
    const int64_t channels = std::min(kChannels, shape.channels - c);
    for (int64_t i = 0; i < channels; i++) {
      const float* from = dh + (c + i) * shape.length + first;
      float* to = work.upstream + i * kPositions;
      for (int64_t j = 0; j < kPositions; j += kLanes) {
        Vec value = load_partial(from + j, std::clamp<int64_t>(count - j, 0, kLanes));
        if (shape.modulate) value *= filter_window(shape, load(t + j), weights.deltas[c + i]);
        store(to + j, value);
      }
    }
    if (c + kChannels < shape.channels) {
      prefetch<0>(dh, shape.length, c + kChannels, std::min(kChannels, shape.channels - c - kChannels), first, count);
    } else {
      const int64_t next = std::min(first + kPositions, shape.length);
      prefetch<0>(dh, shape.length, 0, std::min(kChannels, shape.channels), next,
                  std::min(kPositions, shape.length - next));
    }
    multiply_small(channels, sizes.width, kPositions, {work.upstream, kPositions, 1}, work.transposed, sizes.width,
                   weight + c * sizes.width, sizes.width, nullptr, true);
    multiply_small(shape.width, kPositions, channels, {last + c * shape.width, 1, shape.width}, work.upstream,
                   kPositions, work.below, kPositions, nullptr, c > 0);
  }
}

// From the gradient of the sines in work.above to that of the layer's inputs in work.below (or of z).
void sine_layer_backward(const FilterSizes& sizes, const FilterWeights& weights, const FilterBlock& block, int layer,
                         Work& work, float* frequency, float* bias, float* weight) {
  for (int64_t i = 0; i < sizes.shape.width; i++) {
    const float freq = weights.freq[i];
    Vec frequency_sum{}, bias_sum{};
    for (int64_t j = i * kPositions; j < (i + 1) * kPositions; j += kLanes) {
      const Vec turned = load(work.above + j) * load(block.cosine(layer) + j);
      const Vec argument = turned * splat(freq);
      frequency_sum = fma(turned, load(block.argument(layer) + j), frequency_sum);
      bias_sum += argument;
      store(work.above + j, argument);
    }
    frequency[i] += reduce_add(frequency_sum);
    bias[i] += reduce_add(bias_sum);
  }
  const int64_t inputs = sizes.inputs(layer), padded = sizes.padded_inputs(layer);
  const float* right = block.features();
  if (layer > 0) {
    transpose_into(block.input(layer), padded, kPositions, work.transposed);
    right = work.transposed;
  }
  multiply_small(sizes.shape.width, padded, kPositions, {work.above, kPositions, 1}, right, padded, weight, padded,
                 nullptr, true);
  multiply_small(inputs, kPositions, sizes.shape.width, {weights.weights[layer], 1, inputs}, work.above, kPositions,
                 layer > 0 ? work.below : work.features, kPositions);
}

// Groups of blocks whose gradients are summed apart: many enough for many cores, few enough for the memory. Depends on
// the shape alone.
int64_t group_count(const FilterSizes& sizes, int64_t gradient_floats) {
  constexpr int64_t kMost = 64, kMemory = int64_t{1} << 22;
  return std::min(sizes.blocks(), std::clamp<int64_t>(kMemory / gradient_floats, 4, kMost));
}

// Floating-point operations of the network's products.
double operations_of(const FilterShape& s) {
  return 2.0 * static_cast<double>(s.length) * static_cast<double>(s.width) *
         static_cast<double>(s.features + s.inner * s.width + s.channels);
}

void load_times(const FilterWeights& weights, int64_t first, int64_t count, float* t) {
  pad_row(weights.t + first, count, t, kPositions);
}

}  // namespace

void implicit_filter(Runtime& runtime, const FilterShape& shape, const FilterWeights& weights, float* h) {
  const FilterSizes sizes(shape);
  const size_t floats = FilterBlock::floats(sizes) + (kChannels + 1) * kPositions;
  runtime.work().operations += operations_of(shape);
  // A few blocks a task: the memory is cleared once.
  constexpr int64_t kBlocks = 4;
  runtime.parallel_ranges(sizes.blocks(), kBlocks, [&](int64_t begin, int64_t end) {
    float* out = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    float* t = out + kChannels * kPositions;
    FilterBlock block(sizes, weights, t + kPositions);
    for (int64_t index = begin; index < end; index++) {
      const int64_t first = index * kPositions;
      const int64_t count = std::min(kPositions, shape.length - first);
      block.forward(first, count);
      load_times(weights, first, count, t);
      for (int64_t c = 0; c < shape.channels; c += kChannels) {
        const int64_t channels = std::min(kChannels, shape.channels - c);
        prefetch<1>(h, shape.length, c, channels, first, count);
        multiply_small(channels, kPositions, shape.width, {weights.weights[sizes.layers] + c * shape.width, shape.width, 1},
                       block.input(sizes.layers), kPositions, out, kPositions);
        for (int64_t i = 0; i < channels; i++) {
          for_each_vector(count, [&](int64_t j, auto lanes) {
            Vec value = load(out + i * kPositions + j);
            if (shape.modulate) value *= filter_window(shape, load(t + j), weights.deltas[c + i]);
            store_at(h + (c + i) * shape.length + first, j, lanes, value);
          });
        }
      }
    }
  });
}

void implicit_filter_backward(Runtime& runtime, const FilterShape& shape, const FilterWeights& weights, const float* dh,
                              const FilterGradients& gradients) {
  const FilterSizes sizes(shape);
  const Gradients layout(sizes);
  const int64_t groups = group_count(sizes, layout.floats());
  auto* partial = static_cast<float*>(runtime.scratch(0, sizeof(float) * std::max<int64_t>(groups, 1) * layout.floats()));
  const size_t floats = FilterBlock::floats(sizes) + Work::floats(sizes) + kPositions;
  runtime.work().operations += 3 * operations_of(shape);
  runtime.parallel(groups, [&](int64_t group) {
    float* t = static_cast<float*>(runtime.thread_scratch(sizeof(float) * floats));
    Work work(sizes, t + kPositions);
    FilterBlock block(sizes, weights, t + kPositions + Work::floats(sizes));
    float* sums = partial + group * layout.floats();
    std::fill_n(sums, layout.floats(), 0.0f);
    for (int64_t index = group * sizes.blocks() / groups; index < (group + 1) * sizes.blocks() / groups; index++) {
      const int64_t first = index * kPositions;
      const int64_t count = std::min(kPositions, shape.length - first);
      block.forward(first, count);
      load_times(weights, first, count, t);
      last_layer_backward(sizes, weights, block, t, first, count, dh, work, sums + layout.weight(sizes.layers));
      for (int layer = sizes.layers - 1; layer >= 0; layer--) {
        std::swap(work.above, work.below);
        sine_layer_backward(sizes, weights, block, layer, work, sums + layout.frequency(), sums + layout.bias(layer),
                            sums + layout.weight(layer));
      }
      transpose_into(work.features, sizes.features, kPositions, work.transposed);
      for (int64_t i = 0; i < count; i++) {
        std::copy_n(work.transposed + i * sizes.features, shape.features, gradients.z + (first + i) * shape.features);
      }
    }
  });

  // Adds the groups up, in their order.
  const auto reduce = [&](int64_t at, int64_t rows, int64_t columns, int64_t padded, float* to) {
    for (int64_t i = 0; i < rows; i++) {
      for (int64_t j = 0; j < columns; j++) {
        float total = 0;
        for (int64_t group = 0; group < groups; group++) total += partial[group * layout.floats() + at + i * padded + j];
        to[i * columns + j] = total;
      }
    }
  };
  reduce(layout.frequency(), 1, shape.width, sizes.width, gradients.freq);
  for (int layer = 0; layer <= sizes.layers; layer++) {
    const int64_t inputs = sizes.inputs(layer), padded = sizes.padded_inputs(layer);
    if (layer < sizes.layers) reduce(layout.bias(layer), 1, shape.width, sizes.width, gradients.biases[layer]);
    runtime.parallel_ranges(sizes.outputs(layer), 16, [&](int64_t begin, int64_t end) {
      reduce(layout.weight(layer) + begin * padded, end - begin, inputs, padded,
             gradients.weights[layer] + begin * inputs);
    });
  }
}

}  // namespace hyena::HYENA_ISA
