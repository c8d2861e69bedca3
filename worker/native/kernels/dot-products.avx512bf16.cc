// Products of bf16 numbers by AVX512_BF16: pairs of k's at a time, 16 columns wide.
#include "attention-bf16.h"
#include "bf16-product.h"
#include "bf16-unit.h"

namespace hyena::avx512bf16 {
namespace {

constexpr int kRows = 8;  // of the tile at a time: 16 sums in registers cover the latency of the dot product

}  // namespace

Bf16Session::Bf16Session() = default;
Bf16Session::~Bf16Session() = default;

void multiply_bf16_tile(const Bf16Tile& tile) {
  alignas(64) float sums[kPanelRows * kPanelRows];
  // A whole tile with nothing to add but the old one needs no way round.
  const bool direct = tile.rows == kPanelRows && tile.columns == kPanelRows && tile.bias_per_row == nullptr &&
                      tile.bias_per_column == nullptr;
  float* const to = direct ? tile.c : sums;
  const int64_t stride = direct ? tile.ldc : kPanelRows;
  for (int64_t row = 0; row < tile.rows; row += kRows) {
    __m512 sum[kRows][2];
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) sum[i][0] = sum[i][1] = _mm512_setzero_ps();
    const Bf16* a = tile.a + row / 16 * kSquare + row % 16 * kStep;
    const Bf16* b = tile.b;
    for (int64_t step = tile.steps; step > 0; --step) {
      for (int64_t pair = 0; pair < kStep; pair += 2) {
        const auto left = std::bit_cast<__m512bh>(_mm512_load_si512(b + pair * 16));
        const auto right = std::bit_cast<__m512bh>(_mm512_load_si512(b + kSquare + pair * 16));
        HYENA_UNROLL
        for (int i = 0; i < kRows; ++i) {
          int32_t both;
          std::memcpy(&both, a + i * kStep + pair, sizeof both);
          const auto factor = std::bit_cast<__m512bh>(_mm512_set1_epi32(both));
          sum[i][0] = _mm512_dpbf16_ps(sum[i][0], factor, left);
          sum[i][1] = _mm512_dpbf16_ps(sum[i][1], factor, right);
        }
      }
      a += kPanelStep;
      b += kPanelStep;
    }
    if (direct && tile.accumulate) {
      HYENA_UNROLL
      for (int i = 0; i < kRows; ++i) {
        sum[i][0] += load(to + (row + i) * stride);
        sum[i][1] += load(to + (row + i) * stride + 16);
      }
    }
    HYENA_UNROLL
    for (int i = 0; i < kRows; ++i) {
      store(to + (row + i) * stride, sum[i][0]);
      store(to + (row + i) * stride + 16, sum[i][1]);
    }
  }
  if (!direct) finish_bf16_tile(tile, sums);
}

void multiply_registers(int64_t rounds, float* values, double& operations) {
  constexpr int kSums = 24;
  __m512 total[kSums];
  for (int i = 0; i < kSums; ++i) total[i] = _mm512_loadu_ps(values + i * 16);
  const auto left = std::bit_cast<__m512bh>(_mm512_loadu_ps(values + kSums * 16));
  const auto right = std::bit_cast<__m512bh>(_mm512_loadu_ps(values + (kSums + 1) * 16));
  for (int64_t round = 0; round < rounds; ++round) {
    HYENA_UNROLL
    for (int i = 0; i < kSums; ++i) total[i] = _mm512_dpbf16_ps(total[i], left, right);
  }
  for (int i = 0; i < kSums; ++i) _mm512_storeu_ps(values + i * 16, total[i]);
  operations = 4.0 * 16 * kSums * static_cast<double>(rounds);
}

void multiply_bf16(Runtime& runtime, const Product& product) { Bf16Product(runtime, product).run(); }

void attention_bf16(Runtime& runtime, const AttentionShape& shape, const float* q, const float* k, const float* v,
                    float* y, float* sums) {
  attending::Forward<Bf16Attention>(runtime, shape, q, k, v, y, sums).run();
}
void attention_backward_bf16(Runtime& runtime, const AttentionShape& shape, const float* dy, const float* q,
                             const float* k, const float* v, const float* y, const float* sums,
                             const AttentionGradients& gradients) {
  attending::Backward<Bf16Attention>(runtime, shape, dy, q, k, v, y, sums, gradients).run();
}

}  // namespace hyena::avx512bf16
