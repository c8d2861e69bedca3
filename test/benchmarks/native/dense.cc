// The dense layers of `base` as training calls them, forward and backward.
#include "benchmark.h"
#include "bf16.h"

using namespace hyena;
using namespace hyena::benchmark;

namespace {

void time_layers(Precision precision) {
  const int64_t rows = 8192, d = 256, inner = 1024, vocabulary = 4096, channels = 3 * d;
  const auto zeros = [](int64_t count) { return std::vector<float>(static_cast<size_t>(count)); };
  const std::vector<float> x = values(rows * d), w1 = values(inner * d, 0.1f), b1 = values(inner), b2 = values(d);
  const std::vector<float> w2 = values(inner * d, 0.1f), dy = values(rows * channels), head = values(vocabulary * d, 0.1f);
  std::vector<float> y = zeros(rows * channels), hidden = zeros(rows * inner), dx = zeros(rows * d), dw1 = zeros(inner * d);
  std::vector<float> db1 = zeros(inner), dw2 = zeros(inner * d), db2 = zeros(d), dhead = zeros(vocabulary * d);
  const double rows_d = static_cast<double>(rows * d);

  const MlpShape mlp{rows, d, inner, precision};
  report("mlp", time([&] {
           kernels().mlp(runtime(), mlp, x.data(), w1.data(), b1.data(), w2.data(), b2.data(), y.data(), hidden.data());
         }), 4e-9 * rows_d * inner, "GFLOP");
  report("mlp_backward", time([&] {
           kernels().mlp_backward(runtime(), mlp, dy.data(), x.data(), w1.data(), w2.data(), hidden.data(), dx.data(),
                                  dw1.data(), db1.data(), dw2.data(), db2.data());
         }), 8e-9 * rows_d * inner, "GFLOP");

  const LinearShape projection{rows, d, channels, Layout::kTokens, Layout::kChannels, precision};
  report("linear, tokens to channels", time([&] {
           kernels().linear(runtime(), projection, x.data(), w1.data(), b1.data(), y.data());
         }), 2e-9 * rows_d * channels, "GFLOP");
  report("linear_backward", time([&] {
           kernels().linear_backward(runtime(), projection, dy.data(), x.data(), w1.data(), dx.data(), dw1.data(),
                                     db1.data());
         }), 4e-9 * rows_d * channels, "GFLOP");

  std::vector<int32_t> targets(static_cast<size_t>(rows));
  for (int64_t i = 0; i < rows; ++i) targets[static_cast<size_t>(i)] = static_cast<int32_t>(i * 31 % vocabulary);
  const std::vector<float> mask(static_cast<size_t>(rows), 1.0f);
  std::vector<float> token_loss = zeros(rows);
  float loss = 0;
  report("cross_entropy with gradients", time([&] {
           kernels().cross_entropy(runtime(), precision, rows, d, vocabulary, x.data(), head.data(), targets.data(),
                                   mask.data(), &loss, token_loss.data(), dx.data(), dhead.data());
         }), 6e-9 * rows_d * vocabulary, "GFLOP");

  // A token of generation: bound by reading the weights.
  const MlpShape one{1, d, inner, precision};
  report("mlp of one row", time([&] {
           kernels().mlp(runtime(), one, x.data(), w1.data(), b1.data(), w2.data(), b2.data(), y.data(), nullptr);
         }, 0.2));
}

}  // namespace

BENCHMARK(dense_fp32) { time_layers(Precision::kFp32); }
BENCHMARK(dense_bf16) {
  if (bf16_supported()) time_layers(Precision::kBf16Mixed);
}
