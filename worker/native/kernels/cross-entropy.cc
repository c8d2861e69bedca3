// Softmax cross entropy of a language model's head, with the gradients of the mean loss, a chunk of tokens at a time: the
// logits of all tokens are never held.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "simd.h"
#include "weight-product.h"

namespace hyena::HYENA_ISA {
namespace {

// Logits of one chunk take at most this much, unless that would be fewer than kLeastTokens.
constexpr int64_t kLogitBytes = int64_t{48} << 20;
constexpr int64_t kLeastTokens = 64, kMostTokens = 1024;

void check_targets(int64_t tokens, int64_t vocabulary, const int32_t* targets) {
  for (int64_t i = 0; i < tokens; ++i) {
    if (targets[i] < 0 || targets[i] >= vocabulary) {
      throw KernelError("CrossEntropy: target " + std::to_string(targets[i]) + " at position " + std::to_string(i) +
                        " is outside the vocabulary of " + std::to_string(vocabulary));
    }
  }
}

float largest_of(const float* x, int64_t count) {
  float largest = -std::numeric_limits<float>::infinity();
  int64_t i = 0;
  if (count >= kLanes) {
    Vec most = load(x);
    for (i = kLanes; i + kLanes <= count; i += kLanes) {
      const Vec value = load(x + i);
      most = select(most > value, most, value);
    }
    largest = reduce_max(most);
  }
  for (; i < count; ++i) largest = std::max(largest, x[i]);
  return largest;
}

// Replaces x by e^(x - largest) and returns their sum. Vectors add up a block at a time, the blocks in double: over a
// vocabulary of 50,000 a plain sum in fp32 would lose digits.
double exponentials(float* x, int64_t count, float largest) {
  constexpr int64_t kBlock = 1024;
  double total = 0;
  for (int64_t begin = 0; begin < count; begin += kBlock) {
    const int64_t end = std::min(count, begin + kBlock);
    Vec even{}, odd{};
    int64_t i = begin;
    for (; i + 2 * kLanes <= end; i += 2 * kLanes) {
      const Vec first = exp(load(x + i) - largest), second = exp(load(x + i + kLanes) - largest);
      store(x + i, first);
      store(x + i + kLanes, second);
      even = even + first;
      odd = odd + second;
    }
    total += reduce_add(even + odd);
    for (; i < end; i += kLanes) {
      float values[kLanes];
      store(values, exp(load_up_to(x + i, end - i) - largest));
      for (int64_t j = 0; j < std::min<int64_t>(kLanes, end - i); ++j) {
        x[i + j] = values[j];
        total += values[j];
      }
    }
  }
  return total;
}

void scale(float* x, int64_t count, float factor) {
  for (int64_t i = 0; i < count; i += kLanes) store_up_to(x + i, load_up_to(x + i, count - i) * factor, count - i);
}

// The loss of a token from its logits, which become the gradient of weight * loss if `gradient`.
float token_loss_of(float* logits, int64_t vocabulary, int32_t target, float weight, bool gradient) {
  const float largest = largest_of(logits, vocabulary);
  const float of_target = logits[target];
  const double sum = exponentials(logits, vocabulary, largest);
  if (gradient) {
    scale(logits, vocabulary, static_cast<float>(weight / sum));
    logits[target] -= weight;
  }
  return static_cast<float>(std::log(sum) + (static_cast<double>(largest) - of_target));
}

}  // namespace

void cross_entropy(Runtime& runtime, Precision precision, int64_t tokens, int64_t d, int64_t vocabulary, const float* x,
                   const Weight& weight, const int32_t* targets, const float* mask, float* loss, float* token_loss,
                   float* grad_x, float* grad_weight) {
  check_targets(tokens, vocabulary, targets);
  double mask_sum = 0;
  for (int64_t i = 0; i < tokens; ++i) mask_sum += mask[i];
  const float share = mask_sum == 0 ? 0.0f : static_cast<float>(1 / mask_sum);
  const bool gradient = grad_x != nullptr || grad_weight != nullptr;

  const int64_t chunk = std::clamp<int64_t>(kLogitBytes / std::max<int64_t>(1, 4 * vocabulary), kLeastTokens, kMostTokens);
  const int64_t most = std::min(chunk, tokens);
  auto* logits = static_cast<float*>(
      runtime.scratch(kFirstFreeSlot, static_cast<size_t>(most * vocabulary) * sizeof(float)));
  if (grad_weight != nullptr && tokens == 0) std::fill_n(grad_weight, vocabulary * d, 0.0f);
  for (int64_t begin = 0; begin < tokens; begin += chunk) {
    const int64_t count = std::min(chunk, tokens - begin);
    const float* chunk_x = x + begin * d;
    multiply_weight(runtime, {count, vocabulary, d, {chunk_x, d, true}, {nullptr, d, true}, logits, vocabulary}, weight,
                    precision);
    runtime.parallel_ranges(count, 8, [&](int64_t first, int64_t end) {
      for (int64_t i = first; i < end; ++i) {
        const int64_t token = begin + i;
        token_loss[token] =
            token_loss_of(logits + i * vocabulary, vocabulary, targets[token], mask[token] * share, gradient);
      }
    });
    if (grad_x != nullptr) {
      multiply_weight(runtime,
                      {count, d, vocabulary, {logits, vocabulary, true}, {nullptr, d, false}, grad_x + begin * d, d}, weight,
                      precision);
    }
    if (grad_weight != nullptr) {
      multiply(runtime,
               {vocabulary, d, count, {logits, vocabulary, false}, {chunk_x, d, false}, grad_weight, d, begin > 0},
               precision);
    }
  }

  double total = 0;
  for (int64_t i = 0; i < tokens; ++i) total += static_cast<double>(mask[i]) * token_loss[i];
  *loss = mask_sum == 0 ? 0.0f : static_cast<float>(total / mask_sum);
}

}  // namespace hyena::HYENA_ISA
