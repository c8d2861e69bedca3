#include "openblas.h"

#include <cstdlib>

#if !defined(_WIN32)
#include <dlfcn.h>
#endif

namespace hyena::benchmark {
namespace {

using Gemm = void (*)(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float* a,
                      int lda, const float* b, int ldb, float beta, float* c, int ldc);
Gemm gemm = nullptr;

}  // namespace

bool find_openblas([[maybe_unused]] int threads) {
#if !defined(_WIN32)
  const char* named = std::getenv("HYENA_OPENBLAS");
  for (const char* name : {named, "libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"}) {
    if (name == nullptr) continue;
    void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) continue;
    gemm = reinterpret_cast<Gemm>(dlsym(library, "cblas_sgemm"));
    const auto set_threads = reinterpret_cast<void (*)(int)>(dlsym(library, "openblas_set_num_threads"));
    if (set_threads != nullptr) set_threads(threads);
    if (gemm != nullptr) return true;
  }
#endif
  return false;
}

void openblas_product(const MatrixProduct& p) {
  constexpr int kRowMajor = 101, kAsIs = 111, kTransposed = 112;
  const auto narrow = [](int64_t value) { return static_cast<int>(value); };
  gemm(kRowMajor, p.transpose_a ? kTransposed : kAsIs, p.transpose_b ? kTransposed : kAsIs, narrow(p.m), narrow(p.n),
       narrow(p.k), 1, p.a, narrow(p.lda), p.b, narrow(p.ldb), p.accumulate ? 1.0f : 0.0f, p.c, narrow(p.ldc));
}

}  // namespace hyena::benchmark
