#include "fft.h"

#include "fft-leaf.h"
#include "rows.h"

namespace hyena::HYENA_ISA {
namespace {

// What happens at the leaves of a traversal, to arrays that were taken down the tree and that are taken up again.
struct ConvolveLeaves {
  float *input, *filter, *work;
  bool input_down, filter_down;

  template <int leaves>
  HYENA_INLINE void run(const Plan& plan, int64_t first) const {
    const int64_t at = first * kLeafFloats;
    const LeafSteps<leaves> steps(plan, first);
    Leaves<leaves> values;
    if (filter_down) {
      values.read(filter + at);
      values.forward(steps);
      values.write(filter + at);
    }
    values.read(input + at);
    if (input_down) {
      values.forward(steps);
      if (work != input) values.write(input + at);
    }
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k++) {
        values.x[i][k] = multiply(values.x[i][k], load_complex(filter + at + i * kLeafFloats + k * kPair));
      }
    }
    values.inverse(steps);
    values.write(work + at);
  }
};

// At points on the unit circle the conjugate of a real row's value is that of the row reversed: products with it are
// correlations, whose negative lags wrap round into the imaginary part.
struct CorrelateLeaves {
  float *upstream, *filter, *input, *sums;
  bool filter_down, input_down, first_call, last_call;

  template <int leaves>
  HYENA_INLINE void run(const Plan& plan, int64_t first) const {
    const int64_t at = first * kLeafFloats;
    const LeafSteps<leaves> steps(plan, first);
    Leaves<leaves> values;
    if (filter_down) {
      values.read(filter + at);
      values.forward(steps);
      values.write(filter + at);
    }
    if (input_down) {
      values.read(input + at);
      values.forward(steps);
      values.write(input + at);
    }
    values.read(upstream + at);
    values.forward(steps);
    for (int i = 0; i < leaves; i++) {
      for (int k = 0; k < 4; k++) {
        const int64_t pair = at + i * kLeafFloats + k * kPair;
        const Complex u = load_complex(input + pair);
        store_complex(sums + pair, first_call
                                       ? multiply_conjugate(values.x[i][k], u)
                                       : multiply_conjugate_add(values.x[i][k], u, load_complex(sums + pair)));
        values.x[i][k] = multiply_conjugate(values.x[i][k], load_complex(filter + pair));
      }
    }
    values.inverse(steps);
    values.write(upstream + at);
    if (last_call) {
      values.read(sums + at);
      values.inverse(steps);
      values.write(sums + at);
    }
  }
};

// The arrays that a traversal takes down and up again.
struct Arrays {
  float* down[3];
  int downs;
  float* up[2];
  int ups;
};

template <class LeafWork>
void visit_leaves(const Plan& plan, int64_t first, int64_t count, const LeafWork& work) {
  int64_t leaf = first;
  for (; leaf + kLeavesAtOnce <= first + count; leaf += kLeavesAtOnce) work.template run<kLeavesAtOnce>(plan, leaf);
  if constexpr (kLeavesAtOnce > 1) {
    for (; leaf < first + count; leaf++) work.template run<1>(plan, leaf);
  }
}

void node_down(const PlanLevel& level, const float* twiddles, float* start) {
  switch (level.radix) {
    case 8: return forward_node<8>(start, level.stride, twiddles);
    case 4: return forward_node<4>(start, level.stride, twiddles);
    default: return forward_node<2>(start, level.stride, twiddles);
  }
}

void node_up(const PlanLevel& level, const float* twiddles, float* start) {
  switch (level.radix) {
    case 8: return inverse_node<8>(start, level.stride, twiddles);
    case 4: return inverse_node<4>(start, level.stride, twiddles);
    default: return inverse_node<2>(start, level.stride, twiddles);
  }
}

// One node and all below it, depth first: what is below soon fits the nearest cache.
template <class LeafWork>
void visit_node(const Plan& plan, int depth, int64_t node, const Arrays& arrays, const LeafWork& work) {
  const PlanLevel& level = plan.level[depth];
  const float* twiddles = level.twiddles + node * kNodeTwiddles;
  const int64_t start = node * level.radix * level.stride * kPair;
  for (int k = 0; k < arrays.downs; k++) node_down(level, twiddles, arrays.down[k] + start);
  if (depth + 1 == plan.levels) {
    visit_leaves(plan, node * level.radix, level.radix, work);
  } else {
    for (int j = 0; j < level.radix; j++) visit_node(plan, depth + 1, node * level.radix + j, arrays, work);
  }
  for (int k = 0; k < arrays.ups; k++) node_up(level, twiddles, arrays.up[k] + start);
}

template <class LeafWork>
void visit(const Plan& plan, const Arrays& arrays, const LeafWork& work) {
  if (plan.levels == 0) return visit_leaves(plan, 0, plan.root_radix, work);
  for (int j = 0; j < plan.root_radix; j++) visit_node(plan, 0, j, arrays, work);
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

// Takes an operand's row through the root, if it has one. A long row is brought nearer first: the root reads several
// places of it at once, which no hardware foresees.
void enter(const Plan& plan, const Transformed& operand, Arrays& arrays) {
  constexpr int64_t kLong = 4096;
  if (!operand.row) return;
  if (plan.length > kLong) prefetch_row<0>(operand.row, plan.length);
  root_down(plan, operand.row, operand.spectrum);
  arrays.down[arrays.downs++] = operand.spectrum;
}

}  // namespace

void convolve(const Plan& plan, Transformed input, Transformed filter, float* work, float* out) {
  Arrays arrays{{}, 0, {work}, 1};
  enter(plan, input, arrays);
  enter(plan, filter, arrays);
  visit(plan, arrays,
        ConvolveLeaves{input.spectrum, filter.spectrum, work, input.row != nullptr, filter.row != nullptr});
  root_up(plan, work, out);
}

void correlate(const Plan& plan, const Correlation& c) {
  Arrays arrays{{}, 0, {c.upstream.spectrum, c.sums}, c.sums_out ? 2 : 1};
  enter(plan, c.upstream, arrays);
  enter(plan, c.filter, arrays);
  enter(plan, c.input, arrays);
  visit(plan, arrays,
        CorrelateLeaves{c.upstream.spectrum, c.filter.spectrum, c.input.spectrum, c.sums, c.filter.row != nullptr,
                        c.input.row != nullptr, c.first, c.sums_out != nullptr});
  root_up(plan, c.upstream.spectrum, c.out);
  if (c.sums_out) root_up(plan, c.sums, c.sums_out);
}

}  // namespace hyena::HYENA_ISA
