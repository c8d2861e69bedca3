// AdamW over all parameters: one pass for the norm of the gradients, one for the update. Memory-bound.
#include <algorithm>
#include <cmath>
#include <vector>

#include "isa.h"
#include "simd.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kPiece = 32768;

struct Piece {
  const AdamWParameter* parameter;
  int64_t begin, count;
};

// Parameters below each other in pieces of one size: small ones cost a piece each, large ones keep all threads busy.
std::vector<Piece> pieces_of(const AdamWParameter* parameters, int64_t count) {
  std::vector<Piece> pieces;
  for (int64_t p = 0; p < count; ++p) {
    for (int64_t begin = 0; begin < parameters[p].count; begin += kPiece) {
      pieces.push_back({&parameters[p], begin, std::min(kPiece, parameters[p].count - begin)});
    }
  }
  return pieces;
}

double sum_of_squares(const float* x, int64_t count) {
  constexpr int64_t kBlock = 1024;
  double total = 0;
  for (int64_t begin = 0; begin < count; begin += kBlock) {
    const int64_t end = std::min(count, begin + kBlock);
    Vec sum{};
    int64_t i = begin;
    for (; i + kLanes <= end; i += kLanes) sum = fma(load(x + i), load(x + i), sum);
    if (i < end) {
      const Vec rest = load_partial(x + i, end - i);
      sum = fma(rest, rest, sum);
    }
    total += static_cast<double>(reduce_add(sum));
  }
  return total;
}

// Made in double and rounded once: 1 - beta2 in fp32 would be off by 1e-6.
struct Factors {
  float gradient, beta1, rest1, beta2, rest2, decay, step, root, epsilon;
};

inline void update(const Factors& f, Vec& value, Vec g, Vec& first, Vec& second) {
  g = g * f.gradient;
  first = first * f.beta1 + g * f.rest1;
  second = second * f.beta2 + g * g * f.rest2;
  value = value * f.decay - f.step * first / (sqrt(second) * f.root + f.epsilon);
}

void update_piece(const Factors& f, const Piece& piece) {
  const AdamWParameter& p = *piece.parameter;
  const int64_t end = piece.begin + piece.count;
  int64_t i = piece.begin;
  for (; i + kLanes <= end; i += kLanes) {
    Vec value = load(p.value + i), first = load(p.first + i), second = load(p.second + i);
    update(f, value, load(p.gradient + i), first, second);
    store(p.value + i, value);
    store(p.first + i, first);
    store(p.second + i, second);
  }
  if (i == end) return;
  const int64_t rest = end - i;
  Vec value = load_partial(p.value + i, rest), first = load_partial(p.first + i, rest),
      second = load_partial(p.second + i, rest);
  update(f, value, load_partial(p.gradient + i, rest), first, second);
  store_partial(p.value + i, value, rest);
  store_partial(p.first + i, first, rest);
  store_partial(p.second + i, second, rest);
}

}  // namespace

float adamw(Runtime& runtime, const AdamWSettings& settings, const AdamWParameter* parameters, int64_t count) {
  const std::vector<Piece> pieces = pieces_of(parameters, count);
  std::vector<double> squares(pieces.size());
  runtime.parallel(static_cast<int64_t>(pieces.size()), [&](int64_t index) {
    const Piece& piece = pieces[static_cast<size_t>(index)];
    squares[static_cast<size_t>(index)] = sum_of_squares(piece.parameter->gradient + piece.begin, piece.count);
  });
  double total = 0;
  for (const double part : squares) total += part;
  const double norm = std::sqrt(total);
  if (!std::isfinite(norm)) return static_cast<float>(norm);
  const double clip = settings.clip > 0 ? std::min(1.0, settings.clip / (norm + 1e-6)) : 1.0;
  const double steps = static_cast<double>(settings.step);
  const double correction1 = 1 - std::pow(settings.beta1, steps);
  const double correction2 = 1 - std::pow(settings.beta2, steps);
  runtime.parallel(static_cast<int64_t>(pieces.size()), [&](int64_t index) {
    const Piece& piece = pieces[static_cast<size_t>(index)];
    const AdamWParameter& p = *piece.parameter;
    if (p.value == nullptr) return;
    update_piece({.gradient = static_cast<float>(clip),
                  .beta1 = static_cast<float>(settings.beta1),
                  .rest1 = static_cast<float>(1 - settings.beta1),
                  .beta2 = static_cast<float>(settings.beta2),
                  .rest2 = static_cast<float>(1 - settings.beta2),
                  .decay = static_cast<float>(1 - p.learning_rate * p.weight_decay),
                  .step = static_cast<float>(p.learning_rate / correction1),
                  .root = static_cast<float>(1 / std::sqrt(correction2)),
                  .epsilon = static_cast<float>(settings.epsilon)},
                 piece);
  });
  return static_cast<float>(norm);
}

}  // namespace hyena::HYENA_ISA
