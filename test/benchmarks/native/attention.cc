// Causal attention, forward and backward, in fp32 and bf16. The rate counts the products of what is seen: 2 forward and 5
// backward.
#include <cstdio>

#include "benchmark.h"

using namespace hyena;
using namespace hyena::benchmark;

namespace {

void attention(int64_t length, int64_t heads, int64_t head_dim, Precision precision) {
  const AttentionShape shape{1, length, length, heads, heads, head_dim, 0, precision};
  const int64_t count = length * heads * head_dim;
  const std::vector<float> q = values(count), k = values(count), v = values(count), dy = values(count);
  std::vector<float> y(q.size()), dq(q.size()), dk(q.size()), dv(q.size()), sums(static_cast<size_t>(length * heads));
  const double product = 2.0 * 0.5 * static_cast<double>(length) * static_cast<double>(length * heads * head_dim) * 1e-9;
  char name[80];
  const auto line = [&](const char* pass, const Timing& timing, double amount) {
    std::snprintf(name, sizeof name, "attention %s, L %d, %d heads of %d, %s", pass, int(length), int(heads),
                  int(head_dim), precision == Precision::kFp32 ? "fp32" : "bf16");
    report(name, timing, amount, "GFLOP");
  };
  line("forward", time([&] {
         kernels().attention(runtime(), shape, q.data(), k.data(), v.data(), y.data(), sums.data());
       }),
       2 * product);
  line("backward", time([&] {
         kernels().attention_backward(runtime(), shape, dy.data(), q.data(), k.data(), v.data(), y.data(), sums.data(),
                                      {dq.data(), dk.data(), dv.data()});
       }),
       5 * product);
}

void attention(int64_t length) {
  for (const int64_t head_dim : {32, 64}) {
    for (const Precision precision : {Precision::kFp32, Precision::kBf16Mixed}) {
      attention(length, 8, head_dim, precision);
    }
  }
}

// A step of decoding: one query, all keys. The rate is that of reading keys and values.
void step(int64_t length, int64_t heads, int64_t kv_heads, int64_t head_dim) {
  const AttentionShape shape{1, 1, length, heads, kv_heads, head_dim, 0, Precision::kFp32};
  const std::vector<float> q = values(heads * head_dim), k = values(length * kv_heads * head_dim), v = k;
  std::vector<float> y(q.size());
  char name[80];
  std::snprintf(name, sizeof name, "attention step, L %d, %d heads of %d, %d kv", int(length), int(heads), int(head_dim),
                int(kv_heads));
  report(name, time([&] {
           kernels().attention(runtime(), shape, q.data(), k.data(), v.data(), y.data(), nullptr);
         }),
         static_cast<double>(8 * length * kv_heads * head_dim) * 1e-9, "GB");
}

}  // namespace

BENCHMARK(attention_step) {
  step(2048, 8, 8, 32);
  step(16384, 8, 8, 64);
  step(16384, 8, 2, 64);
}
BENCHMARK(attention_2048) { attention(2048); }
BENCHMARK(attention_16384) { attention(16384); }
