// Embedding and its gradient: exact, since one only copies and the other adds in a fixed order.
#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

std::vector<int32_t> random_ids(Random& random, int64_t tokens, int64_t vocabulary) {
  std::vector<int32_t> ids(static_cast<size_t>(tokens));
  for (int32_t& id : ids) id = static_cast<int32_t>(random.integer(0, vocabulary - 1));
  return ids;
}

}  // namespace

TEST(embedding_copies_rows_and_adds_gradients_in_order) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(11);
    for (const int64_t d : {1, 5, 16, 31, 33, 100}) {
      const int64_t tokens = random.integer(1, 700), vocabulary = random.integer(1, 90);
      const std::vector<int32_t> ids = random_ids(random, tokens, vocabulary);
      const std::vector<float> weight = random.normals(vocabulary * d), dy = random.normals(tokens * d);
      std::vector<float> y(dy.size()), expected(dy.size()), dweight(weight.size(), NAN), sums(weight.size());
      for (int64_t token = 0; token < tokens; ++token) {
        for (int64_t i = 0; i < d; ++i) {
          const int64_t from = ids[static_cast<size_t>(token)] * d + i;
          expected[static_cast<size_t>(token * d + i)] = weight[static_cast<size_t>(from)];
          sums[static_cast<size_t>(from)] += dy[static_cast<size_t>(token * d + i)];
        }
      }
      kernels.embedding(runtime, tokens, d, vocabulary, ids.data(), weight.data(), y.data());
      EXPECT_SAME(y, expected);
      kernels.embedding_backward(runtime, tokens, d, vocabulary, ids.data(), dy.data(), dweight.data());
      EXPECT_SAME(dweight, sums);
    }
  });
}

TEST(embedding_refuses_ids_outside_the_vocabulary) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    std::vector<float> table(12), y(8);
    for (const int32_t wrong : {-1, 3, INT32_MAX, INT32_MIN}) {
      const int32_t ids[] = {0, wrong};
      for (const bool backward : {false, true}) {
        std::string message;
        try {
          if (backward) {
            kernels.embedding_backward(runtime, 2, 4, 3, ids, y.data(), table.data());
          } else {
            kernels.embedding(runtime, 2, 4, 3, ids, table.data(), y.data());
          }
        } catch (const KernelError& error) {
          message = error.what();
        }
        CHECK(message.find("Embedding") == 0 && message.find(std::to_string(wrong)) != std::string::npos);
      }
    }
  });
}
