// Softmax cross entropy with its gradients.
#include <cmath>
#include <string>

#include "check.h"
#include "dense-reference.h"

using namespace hyena;
using namespace hyena::test;

namespace {

constexpr double kTolerance = 3e-6;

struct Head {
  int64_t tokens, d, vocabulary;
  std::vector<float> x, weight, mask;
  std::vector<int32_t> targets;

  Head(int64_t t, int64_t width, int64_t v, uint64_t seed, float deviation = 1) : tokens(t), d(width), vocabulary(v) {
    Random random(seed);
    x = random.normals(t * d, deviation);
    weight = random.normals(v * d);
    for (int64_t i = 0; i < t; ++i) {
      targets.push_back(static_cast<int32_t>(random.integer(0, v - 1)));
      mask.push_back(random.integer(0, 3) == 0 ? 0.0f : random.integer(0, 3) == 0 ? 0.5f : 1.0f);
    }
  }
};

struct Answer {
  std::vector<float> loss = {0}, token_loss, grad_x, grad_weight;
};

Answer run(const Kernels& kernels, Runtime& runtime, const Head& h, bool gradients = true) {
  Answer answer;
  answer.token_loss.resize(static_cast<size_t>(h.tokens));
  if (gradients) {
    answer.grad_x.resize(h.x.size());
    answer.grad_weight.resize(h.weight.size());
  }
  kernels.cross_entropy(runtime, Precision::kFp32, h.tokens, h.d, h.vocabulary, h.x.data(), h.weight.data(),
                        h.targets.data(), h.mask.data(), answer.loss.data(), answer.token_loss.data(),
                        gradients ? answer.grad_x.data() : nullptr, gradients ? answer.grad_weight.data() : nullptr);
  return answer;
}

void check_head(const Kernels& kernels, Runtime& runtime, const Head& h, double tolerance = kTolerance) {
  Doubles logits = product(widened(h.x), transposed(widened(h.weight), h.vocabulary, h.d), h.tokens, h.d, h.vocabulary);
  Doubles token_loss;
  double mask_sum = 0, loss = 0;
  for (const float value : h.mask) mask_sum += value;
  for (int64_t t = 0; t < h.tokens; ++t) {
    double* row = logits.data() + t * h.vocabulary;
    double largest = row[0], sum = 0;
    for (int64_t v = 0; v < h.vocabulary; ++v) largest = std::max(largest, row[v]);
    for (int64_t v = 0; v < h.vocabulary; ++v) sum += std::exp(row[v] - largest);
    const double mask = h.mask[static_cast<size_t>(t)];
    const int32_t target = h.targets[static_cast<size_t>(t)];
    token_loss.push_back(std::log(sum) + largest - row[target]);
    loss += mask * token_loss.back();
    for (int64_t v = 0; v < h.vocabulary; ++v) {
      const double share = mask_sum == 0 ? 0 : mask / mask_sum;
      row[v] = share * (std::exp(row[v] - largest) / sum - (v == target ? 1 : 0));
    }
  }
  const Answer answer = run(kernels, runtime, h);
  EXPECT_CLOSE(answer.token_loss, token_loss, tolerance);
  EXPECT_CLOSE(answer.loss, Doubles{mask_sum == 0 ? 0 : loss / mask_sum}, tolerance);
  EXPECT_CLOSE(answer.grad_x, product(logits, widened(h.weight), h.tokens, h.vocabulary, h.d), tolerance);
  EXPECT_CLOSE(answer.grad_weight,
               product(transposed(logits, h.tokens, h.vocabulary), widened(h.x), h.vocabulary, h.tokens, h.d),
               tolerance);
  const Answer alone = run(kernels, runtime, h, false);
  EXPECT_SAME(alone.loss, answer.loss);
  EXPECT_SAME(alone.token_loss, answer.token_loss);
}

}  // namespace

TEST(cross_entropy_of_random_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    check_head(kernels, runtime, Head(1, 1, 1, 1));
    check_head(kernels, runtime, Head(1, 16, 256, 2));
    check_head(kernels, runtime, Head(1500, 5, 33, 3));    // more than one chunk
    check_head(kernels, runtime, Head(20, 3, 65003, 4));   // sums over many words
    check_head(kernels, runtime, Head(100, 64, 257, 5, 10), 5e-5);  // logits near 100: fp32 keeps 1e-5 of them
    Random random(6);
    for (int i = 0; i < 25; ++i) {
      check_head(kernels, runtime, Head(random.integer(1, 200), random.integer(1, 50), random.integer(1, 400),
                                        static_cast<uint64_t>(10 + i)));
    }
  });
}

TEST(cross_entropy_without_tokens_that_count) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Head h(20, 8, 30, 1);
    std::fill(h.mask.begin(), h.mask.end(), 0.0f);
    check_head(kernels, runtime, h);
    check_head(kernels, runtime, Head(0, 8, 30, 1));
  });
}

TEST(cross_entropy_names_a_target_outside_the_vocabulary) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const int32_t wrong : {30, -1, 2147483647}) {
      Head h(20, 8, 30, 1);
      h.targets[17] = wrong;
      std::string message;
      try {
        run(kernels, runtime, h);
      } catch (const KernelError& error) {
        message = error.what();
      }
      CHECK(message.find(std::to_string(wrong)) != std::string::npos && message.find("17") != std::string::npos);
    }
  });
}

TEST(cross_entropy_stays_finite_for_large_logits_and_passes_nan) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const Head large(50, 4, 100, 3, 1000);
    for (const float value : run(kernels, runtime, large).grad_x) CHECK(std::isfinite(value));
    check_head(kernels, runtime, large);

    Head h(9, 4, 100, 3);
    std::fill(h.mask.begin(), h.mask.end(), 1.0f);
    h.x[5 * 4 + 1] = NAN;
    const Answer answer = run(kernels, runtime, h);
    CHECK(std::isnan(answer.loss[0]));
    for (int64_t t = 0; t < h.tokens; ++t) {
      CHECK(std::isnan(answer.token_loss[static_cast<size_t>(t)]) == (t == 5));
      CHECK(std::isnan(answer.grad_x[static_cast<size_t>(t * 4)]) == (t == 5));
    }
  });
}

TEST(cross_entropy_is_the_same_on_any_number_of_threads) {
  const Head h(1300, 20, 300, 8);
  expect_deterministic([&](const Kernels& kernels, Runtime& runtime) {
    Answer answer = run(kernels, runtime, h);
    std::vector<float> all = answer.loss;
    for (const auto* part : {&answer.token_loss, &answer.grad_x, &answer.grad_weight}) {
      all.insert(all.end(), part->begin(), part->end());
    }
    return all;
  });
}
