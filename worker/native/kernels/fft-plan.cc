#include "fft-plan.h"

#include <atomic>
#include <cmath>
#include <new>

namespace hyena::HYENA_ISA {
namespace {

constexpr double kTwoPi = 6.283185307179586476925286766559;

// Angles are in turns: the constant c of a node is e^(2πi·angle).
void put(float* to, double angle) {
  to[0] = static_cast<float>(std::cos(kTwoPi * angle));
  to[1] = static_cast<float>(std::sin(kTwoPi * angle));
}

// The angle of child j, in the order in which repeated halving meets them.
double child_angle(double angle, int radix, int j) {
  static const int order[8] = {0, 4, 2, 6, 1, 5, 3, 7};
  switch (radix) {
    case 2: return angle / 2 + j * 0.5;
    case 4: return angle / 4 + order[2 * j] * 0.25;
    case 8: return angle / 8 + order[j] * 0.125;
    default: return (angle + j) / radix;
  }
}

void node_twiddles(float* to, double angle, int radix) {
  for (int power = 1; power < radix; power++) put(to + 2 * (power - 1), power * angle / radix);
  if (radix == 8) put(to + 14, angle / 8 + 0.125);
}

void leaf_twiddles(float* to, double angle) {
  node_twiddles(to, angle, 4);
  for (int root = 0; root < 4; root++) put(to + kLeafRoots + 2 * root, angle / (8 << root));
}

// Writes one lane of the twiddles of a radix-4 step (square and fourth root) or a radix-2 step (square root) for a node
// of this angle.
void put_lane(float* to, int lane, double angle, int radix) {
  for (int divisor = 2; divisor <= radix; divisor *= 2, to += kPair) {
    float root[2];
    put(root, angle / divisor);
    to[lane] = root[0];
    to[kLanes + lane] = root[1];
  }
}

// The twiddles of the leaf with constant 1, after its first radix-4 step: the way of the data through `Leaves::forward`.
void leaf_patterns(float* to) {
  double node[4];
  for (int j = 0; j < 4; j++) node[j] = child_angle(0, 4, j);
  for (int lane = 0; lane < kLanes; lane++) {
    const int quad = lane / 4, within = lane % 4;
    if constexpr (kLanes == 16) {
      put_lane(to, lane, node[quad], 4);
      put_lane(to + 2 * kPair, lane, child_angle(node[quad], 4, within), 4);
    } else if constexpr (kLanes == 8) {
      for (int pair = 0; pair < 2; pair++) put_lane(to + pair * kPair, lane, node[2 * pair + quad], 2);
      put_lane(to + 2 * kPair, lane, child_angle(node[within / 2 * 2 + quad], 2, within % 2), 4);
    } else {
      put_lane(to, lane, node[lane], 4);
    }
  }
}

struct Factors {
  int radix[kMaximumLevels + 1];
  int count;
};

// odd · 2^exponent leaves: the odd factor first, then as few passes as possible.
Factors factors_of(int odd, int exponent) {
  Factors factors{{}, 0};
  if (odd > 1) factors.radix[factors.count++] = odd;
  int fours = exponent % 3 == 0 ? 0 : exponent % 3 == 2 ? 1 : 2;
  if (exponent == 1) {
    factors.radix[factors.count++] = 2;
    return factors;
  }
  for (int eights = (exponent - 2 * fours) / 3; eights > 0; eights--) factors.radix[factors.count++] = 8;
  for (; fours > 0; fours--) factors.radix[factors.count++] = 4;
  if (factors.count == 0) factors.radix[factors.count++] = 1;
  return factors;
}

// Room for the matrix of an odd root, in whole cache lines.
constexpr int64_t kMatrix = 64;

Plan* make_plan(int odd, int exponent) {
  const Factors factors = factors_of(odd, exponent);
  const int64_t leaves = static_cast<int64_t>(odd) << exponent;
  int64_t nodes = 0;
  for (int64_t level = 1, count = 1; level <= factors.count; level++) nodes += count *= factors.radix[level - 1];

  const int64_t floats = kNodeTwiddles + kMatrix + kPatterns * kPair + kNodeTwiddles * nodes + kLeafTwiddles * leaves;
  auto* tables = static_cast<float*>(::operator new(sizeof(float) * floats, std::align_val_t{64}));
  double* angle_memory = nullptr;
  Plan* plan = nullptr;
  try {
    angle_memory = new double[2 * leaves];
    plan = new Plan{};
  } catch (...) {
    delete[] angle_memory;
    ::operator delete(tables, std::align_val_t{64});
    throw;
  }
  double* angles = angle_memory;
  double* children = angle_memory + leaves;

  float* next = tables;
  plan->length = leaves * kLeafLength;
  plan->root_radix = factors.radix[0];
  plan->root = next;
  if (plan->root_radix % 2 == 0) node_twiddles(next, 0.25, plan->root_radix);
  next += kNodeTwiddles;
  plan->root_matrix = next;
  if (odd > 1) {
    for (int j = 0; j < odd; j++) {
      for (int k = 0; k < odd; k++) put(next + 2 * (j * odd + k), child_angle(0.25, odd, j) * k);
    }
  }
  next += kMatrix;
  leaf_patterns(next);
  plan->patterns = next;
  next += kPatterns * kPair;

  int64_t count = 1;
  angles[0] = 0.25;
  int64_t stride = plan->length / kLanes;
  for (int level = 0; level < factors.count; level++) {
    const int radix = factors.radix[level];
    stride /= radix;
    if (level == 0) {
      plan->root_stride = stride;
    } else {
      plan->level[plan->levels++] = {radix, stride, next};
      for (int64_t node = 0; node < count; node++, next += kNodeTwiddles) node_twiddles(next, angles[node], radix);
    }
    for (int64_t node = 0; node < count; node++) {
      for (int j = 0; j < radix; j++) children[radix * node + j] = child_angle(angles[node], radix, j);
    }
    double* previous = angles;
    angles = children;
    children = previous;
    count *= radix;
  }
  plan->leaves = next;
  for (int64_t leaf = 0; leaf < leaves; leaf++, next += kLeafTwiddles) leaf_twiddles(next, angles[leaf]);
  delete[] angle_memory;
  return plan;
}

constexpr int kOdd[3] = {1, 3, 5};
constexpr int kExponents = 40;
// One slot for each size; a plan is published once and never freed.
std::atomic<const Plan*> plans[3][kExponents];

}  // namespace

const Plan& plan_for(int64_t length) {
  int best_odd = 0;
  int best_exponent = 0;
  int64_t best = INT64_MAX;
  for (int odd = 0; odd < 3; odd++) {
    int exponent = 0;
    while ((static_cast<int64_t>(kOdd[odd]) << exponent) * kLeafLength < length) exponent++;
    const int64_t size = (static_cast<int64_t>(kOdd[odd]) << exponent) * kLeafLength;
    if (size < best) {
      best = size;
      best_odd = odd;
      best_exponent = exponent;
    }
  }
  if (best_exponent >= kExponents) throw std::bad_alloc();
  std::atomic<const Plan*>& slot = plans[best_odd][best_exponent];
  const Plan* plan = slot.load(std::memory_order_acquire);
  if (plan) return *plan;
  Plan* made = make_plan(kOdd[best_odd], best_exponent);
  if (slot.compare_exchange_strong(plan, made, std::memory_order_acq_rel)) return *made;
  ::operator delete(const_cast<float*>(made->root), std::align_val_t{64});
  delete made;
  return *plan;
}

}  // namespace hyena::HYENA_ISA
