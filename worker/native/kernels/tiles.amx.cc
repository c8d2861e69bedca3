// Products of bf16 numbers by AMX: tile registers of 16 rows x 64 bytes.
#include "attention-bf16.h"
#include "bf16-product.h"
#include "bf16-unit.h"

namespace hyena::amx {
namespace {

// What `ldtilecfg` reads: all eight tiles whole.
struct alignas(64) Configuration {
  uint8_t palette = 1, start_row = 0;
  uint8_t reserved[14] = {};
  uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(Configuration) == 64);

// The intrinsics do not tell the compiler what memory they read.
inline void settle_memory() { __asm__ volatile("" ::: "memory"); }

constexpr int64_t kSquareBytes = 64;  // between the rows of a square

inline void run_steps(const Bf16Tile& tile) {
  const Bf16 *a = tile.a, *b = tile.b;
  for (int64_t step = tile.steps; step > 0; --step) {
    _tile_loadd(4, a, kSquareBytes);
    _tile_loadd(6, b, kSquareBytes);
    _tile_loadd(7, b + kSquare, kSquareBytes);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_loadd(5, a + kSquare, kSquareBytes);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
    a += kPanelStep;
    b += kPanelStep;
  }
}

}  // namespace

Bf16Session::Bf16Session() {
  const Configuration configuration;
  settle_memory();
  _tile_loadconfig(&configuration);
}
Bf16Session::~Bf16Session() { _tile_release(); }

void multiply_bf16_tile(const Bf16Tile& tile) {
  settle_memory();
  // C comes from afar, row by row: ask for it now, it is needed when the steps are done.
  for (int64_t i = 0; i < tile.rows; ++i) {
    __builtin_prefetch(tile.c + i * tile.ldc, 1);
    __builtin_prefetch(tile.c + i * tile.ldc + 16, 1);
  }
  const int64_t stride = tile.ldc * static_cast<int64_t>(sizeof(float));
  const bool whole = tile.rows == kPanelRows && tile.columns == kPanelRows;
  const bool biased = tile.bias_per_row != nullptr || tile.bias_per_column != nullptr;
  if (whole && tile.bias_per_row == nullptr && !(biased && tile.accumulate)) {
    if (tile.accumulate) {
      _tile_loadd(0, tile.c, stride);
      _tile_loadd(1, tile.c + 16, stride);
      _tile_loadd(2, tile.c + 16 * tile.ldc, stride);
      _tile_loadd(3, tile.c + 16 * tile.ldc + 16, stride);
    } else if (biased) {  // every row begins as the bias
      _tile_loadd(0, tile.bias_per_column, 0);
      _tile_loadd(1, tile.bias_per_column + 16, 0);
      _tile_loadd(2, tile.bias_per_column, 0);
      _tile_loadd(3, tile.bias_per_column + 16, 0);
    } else {
      _tile_zero(0);
      _tile_zero(1);
      _tile_zero(2);
      _tile_zero(3);
    }
    run_steps(tile);
    _tile_stored(0, tile.c, stride);
    _tile_stored(1, tile.c + 16, stride);
    _tile_stored(2, tile.c + 16 * tile.ldc, stride);
    _tile_stored(3, tile.c + 16 * tile.ldc + 16, stride);
    settle_memory();
    return;
  }
  alignas(64) float sums[kPanelRows * kPanelRows];
  constexpr int64_t kStride = kPanelRows * sizeof(float);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  run_steps(tile);
  _tile_stored(0, sums, kStride);
  _tile_stored(1, sums + 16, kStride);
  _tile_stored(2, sums + 16 * kPanelRows, kStride);
  _tile_stored(3, sums + 16 * kPanelRows + 16, kStride);
  settle_memory();
  finish_bf16_tile(tile, sums);
}

void multiply_registers(int64_t rounds, float* values, double& operations) {
  const Bf16Session session;
  for (int64_t round = 0; round < rounds; ++round) {
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, values, kSquareBytes);
  operations = 4.0 * 2 * 16 * 16 * 32 * static_cast<double>(rounds);
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

}  // namespace hyena::amx
