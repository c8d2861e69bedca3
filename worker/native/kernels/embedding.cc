// Rows of a table by token id, and the gradient of the table.
#include <algorithm>
#include <cstring>
#include <string>

#include "weight-product.h"

namespace hyena::HYENA_ISA {

void embedding(Runtime& runtime, int64_t tokens, int64_t d, int64_t vocabulary, const int32_t* ids, const Weight& weight,
               float* y) {
  runtime.parallel_ranges(tokens, std::max<int64_t>(1, 16384 / std::max<int64_t>(d, 1)),
                          [&](int64_t begin, int64_t end) {
    for (int64_t token = begin; token < end; ++token) {
      const int64_t id = ids[token];
      if (id < 0 || id >= vocabulary) {
        throw KernelError("Embedding: token id " + std::to_string(id) + " is outside 0.." +
                          std::to_string(vocabulary - 1));
      }
      widen_rows(weight, d, id, 1, y + token * d);
    }
  });
}

// Each piece owns some columns and adds the tokens in their order, so the sums are the same bits on any number of
// threads; atomic adds or a sum for each thread would not be.
void embedding_backward(Runtime& runtime, int64_t tokens, int64_t d, int64_t vocabulary, const int32_t* ids,
                        const float* dy, float* dweight) {
  for (int64_t token = 0; token < tokens; ++token) {
    if (ids[token] < 0 || ids[token] >= vocabulary) {
      throw KernelError("EmbeddingBackward: token id " + std::to_string(ids[token]) + " is outside 0.." +
                        std::to_string(vocabulary - 1));
    }
  }
  runtime.parallel_ranges(d, 32, [&](int64_t begin, int64_t end) {
    const int64_t width = end - begin;
    for (int64_t row = 0; row < vocabulary; ++row) std::fill_n(dweight + row * d + begin, width, 0.0f);
    for (int64_t token = 0; token < tokens; ++token) {
      const float* from = dy + token * d + begin;
      float* to = dweight + static_cast<int64_t>(ids[token]) * d + begin;
      for (int64_t i = 0; i < width; ++i) to[i] += from[i];
    }
  });
}

}  // namespace hyena::HYENA_ISA
