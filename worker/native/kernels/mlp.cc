// Two linear layers, with or without adapters of low rank, with tanh-GELU between them, a chunk of rows at a time: what
// lies between the products stays in the cache, and scratch memory does not grow with the number of rows.
#include <algorithm>

#include "activation.h"
#include "bf16-vector.h"
#include "sums.h"
#include "weight-product.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int64_t kGrain = 16384;
constexpr int64_t kChunkNumbers = int64_t{2} << 20;  // of the activation
constexpr int64_t kLeastRows = 256;

int64_t chunk_rows(const MlpShape& s) {
  return std::min(s.rows, std::max(kLeastRows, kChunkNumbers / std::max<int64_t>(1, s.inner)));
}

float* chunk_scratch(Runtime& runtime, int slot, const MlpShape& s) {
  return static_cast<float*>(runtime.scratch(slot, static_cast<size_t>(chunk_rows(s) * s.inner) * sizeof(float)));
}

// What the backward pass is given of the values before the activation: in fp32, or in bf16 with products in bf16.
class Hidden {
 public:
  Hidden(const MlpShape& s, const void* memory) : bf16_(s.precision == Precision::kBf16Mixed), memory_(memory) {}

  bool bf16() const { return bf16_; }
  Vec load(int64_t i, int64_t count) const {
    return bf16_ ? load_bf16_up_to(static_cast<const uint16_t*>(memory_) + i, count)
                 : load_up_to(static_cast<const float*>(memory_) + i, count);
  }

 private:
  bool bf16_;
  const void* memory_;
};

}  // namespace

void mlp(Runtime& runtime, const MlpShape& s, const float* x, const Weight& w1, const float* b1, const Weight& w2,
         const float* b2, float* y, void* hidden) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  const bool narrow = hidden != nullptr && Hidden(s, hidden).bf16();
  const int64_t chunk = chunk_rows(s);
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    const bool apart = hidden != nullptr && !narrow;
    float* before = apart ? static_cast<float*>(hidden) + row * s.inner : activation;
    uint16_t* kept = narrow ? static_cast<uint16_t*>(hidden) + row * s.inner : nullptr;
    multiply_weight(
        runtime, {rows, s.inner, s.d, {x + row * s.d, s.d, true}, {nullptr, s.d, true}, before, s.inner, false, nullptr, b1},
        w1, s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        const Vec value = load_up_to(before + i, end - i);
        if (kept != nullptr) store_bf16(kept + i, value, end - i);
        store_up_to(activation + i, gelu(value), end - i);
      }
    });
    multiply_weight(runtime,
                    {rows, s.d, s.inner, {activation, s.inner, true}, {nullptr, s.inner, true}, y + row * s.d, s.d, false,
                     nullptr, b2},
                    w2, s.precision);
  }
}

void mlp_backward(Runtime& runtime, const MlpShape& s, const float* dy, const float* x, const Weight& w1,
                  const Weight& w2, const void* hidden, float* dx, float* dw1, float* db1, float* dw2, float* db2) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  float* gradient = chunk_scratch(runtime, kFirstFreeSlot + 1, s);
  const Hidden values(s, hidden);
  const int64_t chunk = chunk_rows(s);
  if (s.rows == 0) {
    if (dw1 != nullptr) std::fill_n(dw1, s.inner * s.d, 0.0f);
    if (dw2 != nullptr) std::fill_n(dw2, s.inner * s.d, 0.0f);
    if (db1 != nullptr) std::fill_n(db1, s.inner, 0.0f);
  }
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    const bool further = row > 0;
    const float* chunk_dy = dy + row * s.d;
    const int64_t at = row * s.inner;
    multiply_weight(runtime, {rows, s.inner, s.d, {chunk_dy, s.d, true}, {nullptr, s.inner, false}, gradient, s.inner}, w2,
                    s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        Vec derivative;
        store_up_to(activation + i, gelu_with_derivative(values.load(at + i, end - i), derivative), end - i);
        store_up_to(gradient + i, load_up_to(gradient + i, end - i) * derivative, end - i);
      }
    });
    if (dx != nullptr) {
      multiply_weight(runtime,
                      {rows, s.d, s.inner, {gradient, s.inner, true}, {nullptr, s.d, false}, dx + row * s.d, s.d}, w1,
                      s.precision);
    }
    if (dw1 != nullptr) {
      multiply(runtime,
               {s.inner, s.d, rows, {gradient, s.inner, false}, {x + row * s.d, s.d, false}, dw1, s.d, further},
               s.precision);
    }
    if (dw2 != nullptr) {
      multiply(runtime,
               {s.d, s.inner, rows, {chunk_dy, s.d, false}, {activation, s.inner, false}, dw2, s.inner, further},
               s.precision);
    }
    if (db1 != nullptr) sum_rows(runtime, rows, s.inner, gradient, db1, kFirstFreeSlot + 2, further);
  }
  if (db2 != nullptr) sum_rows(runtime, s.rows, s.d, dy, db2, kFirstFreeSlot + 2);
}

namespace {

constexpr int kNarrowSlot = kFirstFreeSlot + 3;

// narrow [rows, rank] = scale * x m, where x is [rows, width] and `m`, seen from its columns, rank x width.
void narrowed(Runtime& runtime, int64_t rows, int64_t rank, int64_t width, const float* x, Operand m, float scale,
              float* narrow, Precision precision) {
  multiply(runtime, {rows, rank, width, {x, width, true}, m, narrow, rank}, precision);
  runtime.parallel_ranges(rows * rank, kGrain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i += kLanes) {
      store_up_to(narrow + i, load_up_to(narrow + i, end - i) * scale, end - i);
    }
  });
}

// y [rows, out] += scale * (x a^T) b^T.
void add_adapted(Runtime& runtime, int64_t rows, int64_t in, int64_t out, const LowRank& m, float scale,
                 const float* x, float* narrow, float* y, Precision precision) {
  narrowed(runtime, rows, m.rank, in, x, {m.a, in, true}, scale, narrow, precision);
  multiply(runtime, {rows, out, m.rank, {narrow, m.rank, true}, {m.b, m.rank, true}, y, out, true}, precision);
}

// The gradients of the factors of `add_adapted` by dy [rows, out], added to what is there where `accumulate`; and what
// dx [rows, in] gets, which is added to it; each where it is wanted.
void adapted_gradients(Runtime& runtime, int64_t rows, int64_t in, int64_t out, const LowRank& m, float scale,
                       const float* dy, const float* x, float* narrow, float* dx, const LowRankGradients& gradients,
                       bool accumulate, Precision precision) {
  if (gradients.b != nullptr) {
    narrowed(runtime, rows, m.rank, in, x, {m.a, in, true}, scale, narrow, precision);
    multiply(runtime,
             {out, m.rank, rows, {dy, out, false}, {narrow, m.rank, false}, gradients.b, m.rank, accumulate},
             precision);
  }
  if (gradients.a == nullptr && dx == nullptr) return;
  narrowed(runtime, rows, m.rank, out, dy, {m.b, m.rank, false}, scale, narrow, precision);
  if (gradients.a != nullptr) {
    multiply(runtime, {m.rank, in, rows, {narrow, m.rank, false}, {x, in, false}, gradients.a, in, accumulate},
             precision);
  }
  if (dx != nullptr) {
    multiply(runtime, {rows, in, m.rank, {narrow, m.rank, true}, {m.a, in, false}, dx, in, true}, precision);
  }
}

float* narrow_scratch(Runtime& runtime, const MlpShape& s, const MlpAdapters& adapters) {
  const int64_t rank = std::max(adapters.first.rank, adapters.second.rank);
  return static_cast<float*>(
      runtime.scratch(kNarrowSlot, static_cast<size_t>(chunk_rows(s) * rank) * sizeof(float)));
}

}  // namespace

void adapted_mlp(Runtime& runtime, const MlpShape& s, const MlpAdapters& adapters, const float* x, const Weight& w1,
                 const float* bias1, const Weight& w2, const float* bias2, float* y, float* hidden) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  float* narrow = narrow_scratch(runtime, s, adapters);
  const auto& [scale, first, second] = adapters;
  const int64_t chunk = chunk_rows(s);
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    const float* from = x + row * s.d;
    float* before = hidden + row * s.inner;
    float* to = y + row * s.d;
    multiply_weight(
        runtime, {rows, s.inner, s.d, {from, s.d, true}, {nullptr, s.d, true}, before, s.inner, false, nullptr, bias1}, w1,
        s.precision);
    add_adapted(runtime, rows, s.d, s.inner, first, scale, from, narrow, before, s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        store_up_to(activation + i, gelu(load_up_to(before + i, end - i)), end - i);
      }
    });
    multiply_weight(
        runtime,
        {rows, s.d, s.inner, {activation, s.inner, true}, {nullptr, s.inner, true}, to, s.d, false, nullptr, bias2}, w2,
        s.precision);
    add_adapted(runtime, rows, s.inner, s.d, second, scale, activation, narrow, to, s.precision);
  }
}

void adapted_mlp_backward(Runtime& runtime, const MlpShape& s, const MlpAdapters& adapters, const float* dy,
                          const float* x, const Weight& w1, const Weight& w2, const float* hidden,
                          const AdaptedMlpGradients& gradients) {
  float* activation = chunk_scratch(runtime, kFirstFreeSlot, s);
  float* gradient = chunk_scratch(runtime, kFirstFreeSlot + 1, s);
  float* narrow = narrow_scratch(runtime, s, adapters);
  const auto& [scale, first, second] = adapters;
  const auto clear = [](float* values, int64_t count) {
    if (values != nullptr) std::fill_n(values, count, 0.0f);
  };
  if (s.rows == 0) {
    clear(gradients.bias1, s.inner);
    clear(gradients.first.a, first.rank * s.d);
    clear(gradients.first.b, first.rank * s.inner);
    clear(gradients.second.a, second.rank * s.inner);
    clear(gradients.second.b, second.rank * s.d);
  }
  const int64_t chunk = chunk_rows(s);
  for (int64_t row = 0; row < s.rows; row += chunk) {
    const int64_t rows = std::min(chunk, s.rows - row);
    const bool further = row > 0;
    const float* chunk_dy = dy + row * s.d;
    const float* chunk_x = x + row * s.d;
    const float* chunk_hidden = hidden + row * s.inner;
    float* dx = gradients.x == nullptr ? nullptr : gradients.x + row * s.d;
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        store_up_to(activation + i, gelu(load_up_to(chunk_hidden + i, end - i)), end - i);
      }
    });
    multiply_weight(runtime, {rows, s.inner, s.d, {chunk_dy, s.d, true}, {nullptr, s.inner, false}, gradient, s.inner},
                    w2, s.precision);
    adapted_gradients(runtime, rows, s.inner, s.d, second, scale, chunk_dy, activation, narrow, gradient,
                      gradients.second, further, s.precision);
    runtime.parallel_ranges(rows * s.inner, kGrain, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i += kLanes) {
        Vec derivative;
        gelu_with_derivative(load_up_to(chunk_hidden + i, end - i), derivative);
        store_up_to(gradient + i, load_up_to(gradient + i, end - i) * derivative, end - i);
      }
    });
    if (dx != nullptr) {
      multiply_weight(runtime, {rows, s.d, s.inner, {gradient, s.inner, true}, {nullptr, s.d, false}, dx, s.d}, w1,
                      s.precision);
    }
    adapted_gradients(runtime, rows, s.d, s.inner, first, scale, gradient, chunk_x, narrow, dx, gradients.first, further,
                      s.precision);
    if (gradients.bias1 != nullptr) {
      sum_rows(runtime, rows, s.inner, gradient, gradients.bias1, kFirstFreeSlot + 2, further);
    }
  }
  if (gradients.bias2 != nullptr) sum_rows(runtime, s.rows, s.d, dy, gradients.bias2, kFirstFreeSlot + 2);
}

}  // namespace hyena::HYENA_ISA
