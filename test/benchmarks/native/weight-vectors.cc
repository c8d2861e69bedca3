// Products of weight matrices with a few vectors, as a token of generation has them: by type, next to the bandwidth of the
// memory. The matrices of all layers of a model are used in turn, since a single one would stay in a cache.
#include <cstdio>
#include <cstring>
#include <string>

#include "benchmark.h"

using namespace hyena;
using namespace hyena::benchmark;

namespace {

constexpr int64_t kOut = 3456, kIn = 864;
constexpr int64_t kBytes = int64_t{512} << 20;

void time_type(const char* name, WeightType type) {
  const int64_t bytes = weight_bytes(type, kOut, kIn), count = kBytes / bytes;
  std::vector<uint8_t> memory(static_cast<size_t>(count * bytes));
  // Small numbers in every type, none of them NaN.
  for (size_t i = 0; i < memory.size(); ++i) memory[i] = static_cast<uint8_t>(i * 7 % 61);
  for (const int64_t vectors : {1, 2, 4, 8}) {
    const std::vector<float> x = values(vectors * kIn);
    std::vector<float> y(static_cast<size_t>(vectors * kOut));
    const std::string what = std::string(name) + ", vectors: " + std::to_string(vectors);
    report(what.c_str(), time([&] {
             for (int64_t i = 0; i < count; ++i) {
               kernels().weight_product(runtime(), vectors, kIn, kOut, x.data(),
                                        {type, memory.data() + i * bytes, kOut, kIn}, y.data());
             }
           }), 1e-9 * static_cast<double>(count * bytes), "GB");
  }
}

}  // namespace

BENCHMARK(weight_vectors) {
  const std::vector<uint8_t> memory(static_cast<size_t>(kBytes), 1);
  int32_t sum;
  report("reading memory", time([&] { kernels().read_memory(runtime(), kBytes, memory.data(), &sum); }),
         1e-9 * static_cast<double>(kBytes), "GB");
  time_type("fp32", WeightType::kFp32);
  time_type("bf16", WeightType::kBf16);
  time_type("int8", WeightType::kInt8);
  time_type("int4", WeightType::kInt4);
}
