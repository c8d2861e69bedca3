// Products of weight matrices with a few vectors, as a token of generation has them: by type, next to the bandwidth of the
// memory. All matrices of a model in turn, since fewer would stay in a cache: those of 18 layers of width 864 and a
// vocabulary of 50,264.
#include <cstdio>
#include <string>

#include "aligned.h"
#include "benchmark.h"

using namespace hyena;
using namespace hyena::benchmark;

namespace {

constexpr int64_t kWidth = 864, kLayers = 18, kVocabulary = 50264;
constexpr int64_t kMostVectors = 8;

struct Matrix {
  int64_t rows, columns;
};

std::vector<Matrix> matrices() {
  std::vector<Matrix> all;
  for (int64_t layer = 0; layer < kLayers; ++layer) {
    for (const Matrix& matrix : {Matrix{3 * kWidth, kWidth}, Matrix{kWidth, kWidth}, Matrix{4 * kWidth, kWidth},
                                 Matrix{kWidth, 4 * kWidth}}) {
      all.push_back(matrix);
    }
  }
  all.push_back({kVocabulary, kWidth});
  return all;
}

int64_t bytes_of(WeightType type) {
  int64_t bytes = 0;
  for (const auto& [rows, columns] : matrices()) bytes += weight_bytes(type, rows, columns);
  return bytes;
}

void time_type(const char* name, WeightType type, const uint8_t* memory) {
  const std::vector<Matrix> all = matrices();
  const std::vector<float> x = values(kMostVectors * 4 * kWidth);
  std::vector<float> y(static_cast<size_t>(kMostVectors * kVocabulary));
  for (const int64_t vectors : {1, 2, 4, 8}) {
    const std::string what = std::string(name) + ", vectors: " + std::to_string(vectors);
    const Timing timing = time([&] {
      const uint8_t* at = memory;
      for (const auto& [rows, columns] : all) {
        kernels().weight_product(runtime(), vectors, columns, rows, x.data(), {type, at, rows, columns}, y.data());
        at += weight_bytes(type, rows, columns);
      }
    });
    report(what.c_str(), timing, 1e-9 * static_cast<double>(bytes_of(type)), "GB");
  }
}

}  // namespace

BENCHMARK(weight_vectors) {
  const int64_t bytes = bytes_of(WeightType::kFp32);
  auto* memory = static_cast<uint8_t*>(aligned_allocate(static_cast<size_t>(bytes)));
  // Small numbers in every type, none of them NaN, nor so small that the processor takes much longer for them.
  for (int64_t i = 0; i < bytes; ++i) memory[i] = static_cast<uint8_t>(32 + i * 7 % 29);
  int32_t sum;
  report("reading memory", time([&] { kernels().read_memory(runtime(), bytes, memory, &sum); }),
         1e-9 * static_cast<double>(bytes), "GB");
  time_type("fp32", WeightType::kFp32, memory);
  time_type("bf16", WeightType::kBf16, memory);
  time_type("int8", WeightType::kInt8, memory);
  time_type("int4", WeightType::kInt4, memory);
  aligned_release(memory, static_cast<size_t>(bytes));
}
