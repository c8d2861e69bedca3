// OpenBLAS, if the system has it: looked for when the benchmark runs, so that nothing depends on it.
#pragma once

#include "kernels.h"

namespace hyena::benchmark {

// Whether it was found (HYENA_OPENBLAS names the library; else the usual names), set to this many threads.
bool find_openblas(int threads);

// The same product by cblas_sgemm; without bias.
void openblas_product(const MatrixProduct& product);

}  // namespace hyena::benchmark
