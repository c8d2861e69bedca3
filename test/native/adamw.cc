// AdamW against its definition in double: decoupled decay, bias correction, clipping by the global norm.
#include <cmath>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

struct Parameter {
  std::vector<float> value, gradient, first, second;
  double rate, decay;
};

std::vector<Parameter> some_parameters(uint64_t seed) {
  Random random(seed);
  std::vector<Parameter> parameters;
  for (const int64_t count : {1, 3, 16, 17, 1000, 40000}) {
    Parameter p{random.normals(count), random.normals(count), random.normals(count, 0.1f), random.normals(count, 0.1f),
                1e-2 * static_cast<double>(random.uniform(0, 1)), 0.1};
    for (float& value : p.second) value = std::fabs(value);
    parameters.push_back(std::move(p));
  }
  parameters[3].rate = 0;
  return parameters;
}

std::vector<AdamWParameter> pointers(std::vector<Parameter>& parameters) {
  std::vector<AdamWParameter> result;
  for (Parameter& p : parameters) {
    result.push_back({p.value.data(), p.gradient.data(), p.first.data(), p.second.data(),
                      static_cast<int64_t>(p.value.size()), p.rate, p.decay});
  }
  return result;
}

void check_step(const Kernels& kernels, Runtime& runtime, const AdamWSettings& s) {
  std::vector<Parameter> parameters = some_parameters(static_cast<uint64_t>(s.step));
  const std::vector<Parameter> before = parameters;
  double squares = 0;
  for (const Parameter& p : parameters) {
    for (const float g : p.gradient) squares += double{g} * g;
  }
  auto list = pointers(parameters);
  // Updated in another way: it counts in the norm.
  std::vector<float> other = Random(5).normals(1001);
  for (const float g : other) squares += double{g} * g;
  list.push_back({nullptr, other.data(), nullptr, nullptr, 1001, 0, 0});
  const float norm = kernels.adamw(runtime, s, list.data(), static_cast<int64_t>(list.size()));
  CHECK(std::fabs(norm - std::sqrt(squares)) <= 1e-6 * std::sqrt(squares));
  const double clip = s.clip > 0 ? std::fmin(1, s.clip / (std::sqrt(squares) + 1e-6)) : 1;
  for (size_t k = 0; k < parameters.size(); ++k) {
    const Parameter &p = parameters[k], &old = before[k];
    EXPECT_SAME(p.gradient, old.gradient);
    // A rate of 0 leaves the parameter, and moves its moments.
    if (p.rate == 0) EXPECT_SAME(p.value, old.value);
    std::vector<double> value, first, second;
    for (size_t i = 0; i < p.value.size(); ++i) {
      const double g = old.gradient[i] * clip;
      first.push_back(s.beta1 * old.first[i] + (1 - s.beta1) * g);
      second.push_back(s.beta2 * old.second[i] + (1 - s.beta2) * g * g);
      const double unbiased = first[i] / (1 - std::pow(s.beta1, s.step));
      const double root = std::sqrt(second[i] / (1 - std::pow(s.beta2, s.step))) + s.epsilon;
      value.push_back(old.value[i] * (1 - p.rate * p.decay) - p.rate * unbiased / root);
    }
    EXPECT_CLOSE(p.value, value, 1e-6);
    EXPECT_CLOSE(p.first, first, 1e-6);
    EXPECT_CLOSE(p.second, second, 1e-6);
  }
}

}  // namespace

TEST(adamw_follows_its_definition) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    check_step(kernels, runtime, {0.9, 0.98, 1e-8, 1, 0});
    check_step(kernels, runtime, {0.9, 0.98, 1e-8, 2, 1});
    check_step(kernels, runtime, {0.8, 0.999, 1e-6, 1000, 1e9});
  });
}

TEST(adamw_changes_nothing_where_the_norm_is_not_finite) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const float bad : {NAN, INFINITY, 3e38f}) {
      std::vector<Parameter> parameters = some_parameters(1);
      for (const size_t place : {size_t{0}, size_t{20000}, size_t{39999}}) parameters.back().gradient[place] = bad;
      if (bad == 3e38f) parameters.front().gradient[0] = INFINITY;
      const std::vector<Parameter> before = parameters;
      const auto list = pointers(parameters);
      const float norm = kernels.adamw(runtime, {0.9, 0.98, 1e-8, 1, 1}, list.data(), static_cast<int64_t>(list.size()));
      CHECK(!std::isfinite(norm));
      for (size_t k = 0; k < parameters.size(); ++k) {
        EXPECT_SAME(parameters[k].value, before[k].value);
        EXPECT_SAME(parameters[k].first, before[k].first);
        EXPECT_SAME(parameters[k].second, before[k].second);
      }
    }
  });
}

TEST(adamw_is_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    std::vector<Parameter> parameters = some_parameters(9);
    const auto list = pointers(parameters);
    std::vector<float> result = {
        kernels.adamw(runtime, {0.9, 0.98, 1e-8, 3, 1}, list.data(), static_cast<int64_t>(list.size()))};
    for (const Parameter& p : parameters) result.insert(result.end(), p.value.begin(), p.value.end());
    return result;
  });
}
