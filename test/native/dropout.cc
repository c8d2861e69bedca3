// Dropout: the share that is dropped, and that the hash is a function of key and index alone.
#include <cmath>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

TEST(dropout_keeps_the_share_it_should) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    constexpr int64_t kCount = 100003;
    const std::vector<float> ones(kCount, 1.0f);
    std::vector<float> y(kCount), again(kCount), start(1000), other(kCount);
    const double rate = 0.3;
    const DropoutSettings settings = {0x12345678, 0x9abcdef0, static_cast<uint32_t>(std::lround(rate * (1 << 24))),
                                      static_cast<float>(1 / (1 - rate))};
    kernels.dropout(runtime, settings, kCount, ones.data(), y.data());
    int64_t kept = 0;
    for (const float value : y) {
      CHECK(value == 0 || value == settings.scale);
      kept += value != 0;
    }
    CHECK(std::fabs(static_cast<double>(kept) / kCount - (1 - rate)) < 0.01);
    kernels.dropout(runtime, settings, kCount, ones.data(), again.data());
    EXPECT_SAME(again, y);
    kernels.dropout(runtime, settings, 1000, ones.data(), start.data());
    EXPECT_SAME(start, std::vector<float>(y.begin(), y.begin() + 1000));
    kernels.dropout(runtime, {0x12345679, 0x9abcdef0, settings.threshold, settings.scale}, kCount, ones.data(),
                    other.data());
    CHECK(other != y);
  });
}
