// Causal long convolutions and the Hyena recurrence, forward and backward: checked against direct sums in double
// precision at a few positions, then timed. compare_convolution.py times the same shapes by torch.fft.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "benchmark.h"

namespace hyena::benchmark {
namespace {

void expect(const char* what, double actual, double expected, double scale) {
  if (std::fabs(actual - expected) <= 1e-5 * scale) return;
  std::printf("%s is wrong: %.9g, expected %.9g\n", what, actual, expected);
  std::exit(1);
}

// Positions to check: some at both ends, some between.
std::vector<int64_t> positions(int64_t length) {
  std::vector<int64_t> result{0, 1, length / 3, length / 2 + 7, length - 2, length - 1};
  std::erase_if(result, [&](int64_t i) { return i < 0 || i >= length; });
  return result;
}

void convolution(int64_t batch, int64_t channels, int64_t length) {
  const int64_t count = batch * channels * length;
  const std::vector<float> u = values(count), dy = values(count), h = values(channels * length, 0.05f),
                           skip = values(channels);
  std::vector<float> y(u.size()), du(u.size()), dh(h.size()), dskip(skip.size());
  const auto forward = [&] {
    kernels().long_convolution(runtime(), channels, batch, length, length, u.data(), h.data(), skip.data(), y.data());
  };
  const auto backward = [&] {
    kernels().long_convolution_backward(runtime(), channels, batch, length, length, dy.data(), u.data(), h.data(),
                                        skip.data(), du.data(), dh.data(), dskip.data());
  };
  forward();
  backward();
  for (const int64_t c : {int64_t{0}, channels - 1}) {
    const float* filter = h.data() + c * length;
    const double scale = std::sqrt(static_cast<double>(length * batch));
    const int64_t row = (c * batch + batch - 1) * length;
    for (const int64_t i : positions(length)) {
      double right_y = double{skip[c]} * u[row + i], right_du = double{skip[c]} * dy[row + i], right_dh = 0;
      for (int64_t j = 0; j <= i; ++j) right_y += double{filter[j]} * u[row + i - j];
      for (int64_t j = i; j < length; ++j) right_du += double{filter[j - i]} * dy[row + j];
      for (int64_t b = 0; b < batch; ++b) {
        const int64_t at = (c * batch + b) * length;
        for (int64_t j = i; j < length; ++j) right_dh += double{dy[at + j]} * u[at + j - i];
      }
      expect("y", y[row + i], right_y, scale);
      expect("du", du[row + i], right_du, scale);
      expect("dh", dh[c * length + i], right_dh, scale);
    }
  }

  char name[80];
  std::snprintf(name, sizeof name, "long convolution [%d, %d, %d]", int(batch), int(channels), int(length));
  const Timing forward_timing = time(forward), both = time([&] {
                 forward();
                 backward();
               });
  report((std::string(name) + " forward").c_str(), forward_timing);
  report((std::string(name) + " forward and backward").c_str(), both);
}

void recurrence(const char* preset, int64_t d, int64_t batch, int64_t length, int order) {
  const RecurrenceShape shape{d, batch, length, length, 3, order};
  const int64_t projections = (order + 1) * d, filters = (order - 1) * d;
  const std::vector<float> p = values(projections * batch * length), weight = values(projections * 3),
                           bias = values(projections), h = values(filters * length, 0.05f), skip = values(filters),
                           dy = values(d * batch * length);
  std::vector<float> y(dy.size()), dp(p.size()), dweight(weight.size()), dbias(bias.size()), dh(h.size()),
      dskip(skip.size());
  const RecurrenceInputs inputs{p.data(), weight.data(), bias.data(), h.data(), skip.data()};
  const auto forward = [&] { kernels().recurrence(runtime(), shape, inputs, y.data()); };
  const auto backward = [&] {
    kernels().recurrence_backward(runtime(), shape, inputs, dy.data(),
                                  {dp.data(), dweight.data(), dbias.data(), dh.data(), dskip.data()});
  };
  forward();
  if (order == 2) {
    const int64_t row = ((d - 1) * batch + batch - 1) * length;
    const auto projection = [&](int part, int64_t i) {
      const int64_t c = part * d + d - 1;
      double sum = bias[c];
      for (int64_t k = 0; k < 3 && k <= i; ++k) {
        sum += double{weight[c * 3 + 2 - k]} * p[(c * batch + batch - 1) * length + i - k];
      }
      return sum;
    };
    for (const int64_t i : positions(length)) {
      double sum = skip[d - 1] * projection(1, i) * projection(2, i);
      for (int64_t j = 0; j <= i; ++j) sum += h[(d - 1) * length + j] * projection(1, i - j) * projection(2, i - j);
      expect("y", y[row + i], sum * projection(0, i), std::sqrt(static_cast<double>(length)));
    }
  }
  char name[96];
  std::snprintf(name, sizeof name, "recurrence %s (D %d, B %d, L %d, order %d)", preset, int(d), int(batch),
                int(length), order);
  const Timing forward_timing = time(forward), backward_timing = time(backward);
  report((std::string(name) + " forward").c_str(), forward_timing);
  report((std::string(name) + " backward").c_str(), backward_timing);
}

}  // namespace

BENCHMARK(convolution) {
  convolution(4, 256, 2048);
  convolution(1, 256, 16384);
  convolution(1, 256, 65536);
}

BENCHMARK(recurrence) {
  recurrence("small", 128, 8, 1024, 2);
  recurrence("base", 256, 4, 2048, 2);
  recurrence("long", 256, 1, 16384, 2);
  recurrence("64k", 256, 1, 65536, 2);
  recurrence("base", 256, 4, 2048, 3);
}

}  // namespace hyena::benchmark
