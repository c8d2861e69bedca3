#include "fft.h"

#include "fft-passes.h"

namespace hyena::HYENA_ISA {
namespace {

// What happens to a leaf between the ways down and up; which of the two are gone, and whether the data is read at all.
struct Keep {
  static constexpr bool kReads = true, kDown = true, kUp = false;
  HYENA_INLINE void operator()(Complex*, int64_t) const {}
};

struct Restore {
  static constexpr bool kReads = true, kDown = false, kUp = true;
  HYENA_INLINE void operator()(Complex*, int64_t) const {}
};

struct Convolve {
  static constexpr bool kReads = true, kDown = true, kUp = true;
  const float* filter;
  HYENA_INLINE void operator()(Complex* x, int64_t at) const {
    for (int k = 0; k < 4; k++) x[k] = multiply(x[k], load_complex(filter + at + k * kPair));
  }
};

struct ConvolveSpectrum {
  static constexpr bool kReads = false, kDown = false, kUp = true;
  const float *spectrum, *filter;
  HYENA_INLINE void operator()(Complex* x, int64_t at) const {
    for (int k = 0; k < 4; k++) {
      x[k] = multiply(load_complex(spectrum + at + k * kPair), load_complex(filter + at + k * kPair));
    }
  }
};

// At points on the unit circle the conjugate of a real row's value is that of the row reversed: a correlation, whose
// negative lags wrap round into the imaginary part.
template <bool first>
struct Correlate {
  static constexpr bool kReads = true, kDown = true, kUp = true;
  const float *filter, *input;
  float* sums;
  HYENA_INLINE void operator()(Complex* x, int64_t at) const {
    for (int k = 0; k < 4; k++) {
      const int64_t i = at + k * kPair;
      const Complex u = load_complex(input + i);
      store_complex(sums + i,
                    first ? multiply_conjugate(x[k], u) : multiply_conjugate_add(x[k], u, load_complex(sums + i)));
      x[k] = multiply_conjugate(x[k], load_complex(filter + i));
    }
  }
};

template <class Action>
inline void pass_leaf(const Plan& plan, int64_t leaf, float* data, const Action& action) {
  const float* node = plan.leaf_nodes + leaf * kNodeTwiddles;
  const float* tables = plan.leaves + leaf * kLeafTwiddles;
  Leaf values;
  if constexpr (Action::kReads) values.read(data + leaf * kLeafFloats);
  if constexpr (Action::kDown) values.forward(node, tables);
  action(values.x, leaf * kLeafFloats);
  if constexpr (Action::kUp) values.inverse(node, tables);
  values.write(data + leaf * kLeafFloats);
}

template <class Action>
void pass_node(const Plan& plan, int depth, int64_t node, float* data, const Action& action) {
  if (depth == plan.levels) return pass_leaf(plan, node, data, action);
  const PlanLevel& level = plan.level[depth];
  const float* twiddles = level.twiddles + node * kNodeTwiddles;
  float* start = data + node * level.radix * level.stride * kPair;
  if constexpr (Action::kDown) {
    switch (level.radix) {
      case 8: forward_node<8>(start, level.stride, twiddles); break;
      case 4: forward_node<4>(start, level.stride, twiddles); break;
      default: forward_node<2>(start, level.stride, twiddles);
    }
  }
  for (int j = 0; j < level.radix; j++) pass_node(plan, depth + 1, node * level.radix + j, data, action);
  if constexpr (Action::kUp) {
    switch (level.radix) {
      case 8: inverse_node<8>(start, level.stride, twiddles); break;
      case 4: inverse_node<4>(start, level.stride, twiddles); break;
      default: inverse_node<2>(start, level.stride, twiddles);
    }
  }
}

void root_down(const Plan& plan, const float* row, float* data) {
  const int64_t stride = plan.root_stride;
  switch (plan.root_radix) {
    case 8: return forward_root<8>(row, data, stride, plan.root);
    case 5: return forward_root_odd<5>(row, data, stride, plan.root_matrix);
    case 4: return forward_root<4>(row, data, stride, plan.root);
    case 3: return forward_root_odd<3>(row, data, stride, plan.root_matrix);
    case 2: return forward_root<2>(row, data, stride, plan.root);
    default:
      for (int64_t q = 0; q < stride; q++) store_complex(data + q * kPair, {load(row + q * kLanes), Vec{}});
  }
}

void root_up(const Plan& plan, const float* data, float* row) {
  const int64_t stride = plan.root_stride;
  const float scale = static_cast<float>(1.0 / static_cast<double>(plan.length));
  switch (plan.root_radix) {
    case 8: return inverse_root<8>(data, row, stride, plan.root, scale);
    case 5: return inverse_root_odd<5>(data, row, stride, plan.root_matrix, scale);
    case 4: return inverse_root<4>(data, row, stride, plan.root, scale);
    case 3: return inverse_root_odd<3>(data, row, stride, plan.root_matrix, scale);
    case 2: return inverse_root<2>(data, row, stride, plan.root, scale);
    default:
      for (int64_t q = 0; q < stride; q++) store(row + q * kLanes, load(data + q * kPair) * splat(scale));
  }
}

template <class Action>
void pass(const Plan& plan, const float* row, float* data, float* out, const Action& action) {
  if constexpr (Action::kDown) root_down(plan, row, data);
  for (int j = 0; j < plan.root_radix; j++) pass_node(plan, 0, j, data, action);
  if constexpr (Action::kUp) root_up(plan, data, out);
}

}  // namespace

void transform(const Plan& plan, const float* row, float* spectrum) {
  pass(plan, row, spectrum, nullptr, Keep{});
}

void convolve(const Plan& plan, const float* row, const float* filter, float* work, float* out) {
  pass(plan, row, work, out, Convolve{filter});
}

void convolve_spectrum(const Plan& plan, const float* spectrum, const float* filter, float* work, float* out) {
  pass(plan, nullptr, work, out, ConvolveSpectrum{spectrum, filter});
}

void correlate(const Plan& plan, const float* row, const float* filter, const float* input, float* sums, bool first,
               float* work, float* out) {
  if (first) {
    pass(plan, row, work, out, Correlate<true>{filter, input, sums});
  } else {
    pass(plan, row, work, out, Correlate<false>{filter, input, sums});
  }
}

void inverse_transform(const Plan& plan, float* spectrum, float* out) { pass(plan, nullptr, spectrum, out, Restore{}); }

}  // namespace hyena::HYENA_ISA
