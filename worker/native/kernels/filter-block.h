// The filter network (Hyena, arXiv 2302.10866, section 3.3) on one block of positions, which stays in cache from the
// features to the filters: activations are [feature, position], so that filters come out channel-major.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "isa.h"
#include "rows.h"
#include "sine.h"
#include "small-product.h"

namespace hyena::HYENA_ISA {

inline constexpr int64_t kPositions = 128;  // of a block; the last one is filled up with zeros
inline constexpr int64_t kChannels = 32;   // of the last layer, at once

// Sizes of the network, features and width rounded up to whole vectors.
struct FilterSizes {
  explicit FilterSizes(const FilterShape& s)
      : shape(s), features(round_up(s.features, kLanes)), width(round_up(s.width, kLanes)), layers(s.inner + 1) {}

  int64_t inputs(int layer) const { return layer == 0 ? shape.features : shape.width; }
  int64_t padded_inputs(int layer) const { return layer == 0 ? features : width; }
  int64_t outputs(int layer) const { return layer == layers ? shape.channels : shape.width; }
  int64_t blocks() const { return (shape.length + kPositions - 1) / kPositions; }

  FilterShape shape;
  int64_t features, width;
  int layers;  // sine layers; the last, linear one has the number `layers`
};

// The activations of one block, in memory that the caller gives: floats(sizes) of it.
class FilterBlock {
 public:
  static size_t floats(const FilterSizes& s) {
    return static_cast<size_t>((s.features * 2 + 3 * s.layers * s.width) * kPositions);
  }

  FilterBlock(const FilterSizes& sizes, const FilterWeights& weights, float* memory)
      : sizes_(sizes), weights_(weights), features_(memory), input_(features_ + sizes.features * kPositions),
        layers_(input_ + sizes.features * kPositions) {
    // Rows that only fill up a vector are never written again.
    std::fill_n(memory, floats(sizes), 0.0f);
  }

  // Computes all sine layers for positions [first, first + count).
  void forward(int64_t first, int64_t count) {
    const int64_t features = sizes_.shape.features;
    std::fill_n(features_, sizes_.features * kPositions, 0.0f);
    for (int64_t i = 0; i < count; i++) {
      std::copy_n(weights_.z + (first + i) * features, features, features_ + i * sizes_.features);
    }
    transpose_into(features_, kPositions, sizes_.features, input_);
    for (int layer = 0; layer < sizes_.layers; layer++) {
      const int64_t inputs = sizes_.inputs(layer);
      multiply_small(sizes_.shape.width, kPositions, inputs, {weights_.weights[layer], inputs, 1}, input(layer),
                     kPositions, argument(layer), kPositions, weights_.biases[layer]);
      for (int64_t i = 0; i < sizes_.shape.width; i++) activate(layer, i);
    }
  }

  // The block's features as they came, [position, feature]; the input of a layer, [feature, position].
  const float* features() const { return features_; }
  const float* input(int layer) const { return layer == 0 ? input_ : sine(layer - 1); }
  // Of a sine layer, [width, position]: the argument before it is multiplied by the frequency, sine and cosine.
  float* argument(int layer) const { return layers_ + 3 * layer * sizes_.width * kPositions; }
  float* sine(int layer) const { return argument(layer) + sizes_.width * kPositions; }
  float* cosine(int layer) const { return argument(layer) + 2 * sizes_.width * kPositions; }

 private:
  void activate(int layer, int64_t i) {
    const Vec frequency = splat(weights_.freq[i]);
    for (int64_t j = i * kPositions; j < (i + 1) * kPositions; j += kLanes) {
      const SineCosine value = sine_cosine(frequency * load(argument(layer) + j));
      store(sine(layer) + j, value.sine);
      store(cosine(layer) + j, value.cosine);
    }
  }

  const FilterSizes& sizes_;
  const FilterWeights& weights_;
  float *features_, *input_, *layers_;
};

// The window of one channel at the positions whose t is given: exp(-t |delta|) + shift, or 1.
HYENA_INLINE Vec filter_window(const FilterShape& shape, Vec t, float delta) {
  return exp(t * splat(-std::fabs(delta))) + splat(shape.shift);
}

}  // namespace hyena::HYENA_ISA
