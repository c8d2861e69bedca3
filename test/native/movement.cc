// Strided copies, gathers and their gradient, against loops over all indices.
#include <cstring>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

// Copies one element after another.
void copy_plainly(const Loop& loop, const float* x, float* y) {
  int64_t index[Loop::kMaxRank] = {};
  for (;;) {
    int64_t to = 0, from = 0;
    for (int d = 0; d < loop.rank; ++d) {
      to += index[d] * loop.strides[0][d];
      from += index[d] * loop.strides[1][d];
    }
    y[to] = x[from];
    int d = loop.rank - 1;
    while (d >= 0 && ++index[d] == loop.dims[d]) index[d--] = 0;
    if (d < 0) return;
  }
}

}  // namespace

TEST(copies_of_any_strides) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(1);
    for (int trial = 0; trial < 300; ++trial) {
      Loop loop;
      loop.rank = static_cast<int>(random.integer(0, 4));
      int64_t count = 1;
      for (int d = 0; d < loop.rank; ++d) count *= loop.dims[d] = random.integer(1, trial % 3 == 0 ? 40 : 9);
      if (count > 200000) continue;
      // y in order; x in a random order of the dimensions, some of them backwards or standing still.
      int64_t step = 1;
      for (int d = loop.rank - 1; d >= 0; step *= loop.dims[d--]) loop.strides[0][d] = step;
      std::vector<int> order;
      for (int d = 0; d < loop.rank; ++d) order.insert(order.begin() + random.integer(0, d), d);
      int64_t offset = 0, extent = 1;
      for (const int d : order) {
        const int64_t kind = random.integer(0, 5);
        loop.strides[1][d] = kind == 0 ? 0 : kind == 1 ? -extent : extent;
        if (kind == 0) continue;
        if (kind == 1) offset += (loop.dims[d] - 1) * extent;
        extent *= loop.dims[d];
      }
      const std::vector<float> x = random.normals(extent);
      std::vector<float> y(static_cast<size_t>(count)), expected(y.size());
      copy_plainly(loop, x.data() + offset, expected.data());
      kernels.tensor.copy(runtime, 4, loop, x.data() + offset, y.data());
      EXPECT_SAME(y, expected);
    }
  });
}

TEST(copies_of_bytes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    constexpr int64_t kRows = 70, kColumns = 45;
    std::vector<uint8_t> x(kRows * kColumns), y(x.size());
    for (size_t i = 0; i < x.size(); ++i) x[i] = static_cast<uint8_t>(i * 7);
    Loop loop;
    loop.rank = 2;
    loop.dims[0] = kColumns;
    loop.dims[1] = kRows;
    loop.strides[0][0] = kRows;
    loop.strides[0][1] = 1;
    loop.strides[1][0] = 1;
    loop.strides[1][1] = kColumns;
    kernels.tensor.copy(runtime, 1, loop, x.data(), y.data());
    for (int64_t i = 0; i < kRows; ++i) {
      for (int64_t j = 0; j < kColumns; ++j) CHECK(y[size_t(j * kRows + i)] == x[size_t(i * kColumns + j)]);
    }
    const uint8_t nine = 9;
    kernels.tensor.fill(runtime, 1, 100, &nine, y.data());
    CHECK(y[0] == 9 && y[99] == 9 && y[100] == x[size_t(100 % kRows * kColumns + 100 / kRows)]);
  });
}

TEST(gathers_and_segment_sums) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Random random(4);
    for (const int64_t inner : {1, 3, 64, 200}) {
      const int64_t outer = random.integer(1, 4), rows = random.integer(1, 50), count = random.integer(1, 300);
      std::vector<int32_t> ids(static_cast<size_t>(count));
      for (int32_t& id : ids) id = static_cast<int32_t>(random.integer(0, rows - 1));
      const std::vector<float> x = random.normals(outer * rows * inner), dy = random.normals(count * inner);
      std::vector<float> y(static_cast<size_t>(outer * count * inner)), expected(y.size());
      for (int64_t o = 0; o < outer; ++o) {
        for (int64_t i = 0; i < count; ++i) {
          std::memcpy(&expected[size_t((o * count + i) * inner)], &x[size_t((o * rows + ids[size_t(i)]) * inner)],
                      size_t(inner) * sizeof(float));
        }
      }
      kernels.tensor.gather(runtime, 4, outer, rows, count, inner, x.data(), ids.data(), y.data());
      EXPECT_SAME(y, expected);
      ids[0] = -1;
      ids.back() = static_cast<int32_t>(rows);
      std::vector<float> sums(static_cast<size_t>(rows * inner), NAN), expected_sums(sums.size());
      for (int64_t i = 0; i < count; ++i) {
        const int64_t id = ids[size_t(i)];
        if (id < 0 || id >= rows) continue;
        for (int64_t c = 0; c < inner; ++c) expected_sums[size_t(id * inner + c)] += dy[size_t(i * inner + c)];
      }
      kernels.tensor.segment_sum(runtime, count, inner, rows, dy.data(), ids.data(), sums.data());
      EXPECT_SAME(sums, expected_sums);
      bool refused = false;
      try {
        kernels.tensor.gather(runtime, 4, outer, rows, count, inner, x.data(), ids.data(), y.data());
      } catch (const KernelError&) {
        refused = true;
      }
      CHECK(refused);
    }
    const int32_t hot[] = {2, -1, 0, 3};
    std::vector<float> y(12);
    kernels.tensor.one_hot(runtime, 4, 3, 1, -1, hot, y.data());
    EXPECT_SAME(y, (std::vector<float>{-1, -1, 1, -1, -1, -1, 1, -1, -1, -1, -1, -1}));
  });
}
