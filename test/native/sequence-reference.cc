#include "sequence-reference.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "check.h"

namespace hyena::test {
namespace {

using Complexes = std::vector<std::complex<double>>;

void transform(Complexes& x, bool inverse) {
  const size_t n = x.size();
  if (n == 1) return;
  Complexes even(n / 2), odd(n / 2);
  for (size_t i = 0; i < n / 2; ++i) {
    even[i] = x[2 * i];
    odd[i] = x[2 * i + 1];
  }
  transform(even, inverse);
  transform(odd, inverse);
  for (size_t k = 0; k < n / 2; ++k) {
    const double angle = (inverse ? 2 : -2) * 3.14159265358979323846 * static_cast<double>(k) / static_cast<double>(n);
    const std::complex<double> turned = std::polar(1.0, angle) * odd[k];
    x[k] = even[k] + turned;
    x[k + n / 2] = even[k] - turned;
  }
}

// The whole product of two polynomials, by transforms.
Doubles full_product(const Doubles& a, const Doubles& b) {
  size_t n = 1;
  while (n < a.size() + b.size()) n *= 2;
  Complexes x(n), y(n);
  std::copy(a.begin(), a.end(), x.begin());
  std::copy(b.begin(), b.end(), y.begin());
  transform(x, false);
  transform(y, false);
  for (size_t i = 0; i < n; ++i) x[i] *= y[i];
  transform(x, true);
  Doubles product(a.size() + b.size());
  for (size_t i = 0; i < product.size(); ++i) product[i] = x[i].real() / static_cast<double>(n);
  return product;
}

Doubles direct_product(const Doubles& u, const Doubles& h) {
  Doubles out(u.size());
  for (size_t i = 0; i < u.size(); ++i) {
    for (size_t j = 0; j <= i && j < h.size(); ++j) out[i] += h[j] * u[i - j];
  }
  return out;
}

Doubles slice(const Doubles& from, int64_t row, int64_t length) {
  return Doubles(from.begin() + row * length, from.begin() + (row + 1) * length);
}
void put(Doubles& to, int64_t row, const Doubles& values) {
  std::copy(values.begin(), values.end(), to.begin() + row * static_cast<int64_t>(values.size()));
}
void add(Doubles& to, int64_t row, const Doubles& values) {
  for (size_t i = 0; i < values.size(); ++i) to[static_cast<size_t>(row) * values.size() + i] += values[i];
}

}  // namespace

Doubles widened(const std::vector<float>& values) { return Doubles(values.begin(), values.end()); }

Doubles causal_product(const Doubles& u, const Doubles& h) {
  if (u.size() * std::min(u.size(), h.size()) <= 1 << 21) return direct_product(u, h);
  Doubles out = full_product(u, h);
  out.resize(u.size());
  return out;
}

Doubles causal_correlation(const Doubles& a, const Doubles& b, int64_t count) {
  Doubles reversed(a.rbegin(), a.rend());
  Doubles out = causal_product(reversed, b);
  std::reverse(out.begin(), out.end());
  out.resize(static_cast<size_t>(count));
  return out;
}

ConvolutionResult long_convolution(int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                                   const Doubles& u, const Doubles& h, const Doubles& skip, const Doubles& dy) {
  ConvolutionResult result{Doubles(u.size()), Doubles(u.size()), Doubles(h.size()), Doubles(skip.size())};
  for (int64_t c = 0; c < channels; ++c) {
    const Doubles filter = slice(h, c, filter_length);
    const double factor = skip[static_cast<size_t>(c)];
    for (int64_t b = 0; b < batch; ++b) {
      const int64_t row = c * batch + b;
      const Doubles input = slice(u, row, length), upstream = slice(dy, row, length);
      Doubles y = causal_product(input, filter), du = causal_correlation(upstream, filter, length);
      for (size_t i = 0; i < input.size(); ++i) {
        y[i] += factor * input[i];
        du[i] += factor * upstream[i];
        result.dskip[static_cast<size_t>(c)] += upstream[i] * input[i];
      }
      put(result.y, row, y);
      put(result.du, row, du);
      add(result.dh, c, causal_correlation(upstream, input, filter_length));
    }
  }
  return result;
}

RecurrenceResult recurrence(const RecurrenceShape& shape, const Doubles& p, const Doubles& short_weight,
                            const Doubles& short_bias, const Doubles& h, const Doubles& skip, const Doubles& dy) {
  const auto [d_model, batch, length, filter_length, taps, order] = shape;
  const int64_t rows = d_model * batch, values = rows * length;
  // The projections after the short convolution: x0, ..., x(N-1), v, each [D, B, L].
  std::vector<Doubles> s(static_cast<size_t>(order + 1), Doubles(static_cast<size_t>(values)));
  for (int64_t c = 0; c < (order + 1) * d_model; ++c) {
    for (int64_t b = 0; b < batch; ++b) {
      for (int64_t i = 0; i < length; ++i) {
        double sum = short_bias[static_cast<size_t>(c)];
        for (int64_t k = 0; k < taps && k <= i; ++k) {
          sum += short_weight[static_cast<size_t>(c * taps + taps - 1 - k)] *
                 p[static_cast<size_t>((c * batch + b) * length + i - k)];
        }
        s[static_cast<size_t>(c / d_model)][static_cast<size_t>(((c % d_model) * batch + b) * length + i)] = sum;
      }
    }
  }
  const auto times = [](const Doubles& a, const Doubles& b) {
    Doubles out(a.size());
    for (size_t i = 0; i < a.size(); ++i) out[i] = a[i] * b[i];
    return out;
  };
  RecurrenceResult result;
  std::vector<Doubles> v{s[static_cast<size_t>(order)]}, inputs, filters, skips;
  for (int o = 0; o < order - 1; ++o) {
    inputs.push_back(times(v.back(), s[static_cast<size_t>(order - 1 - o)]));
    filters.push_back(slice(h, o, d_model * filter_length));
    skips.push_back(slice(skip, o, d_model));
    v.push_back(long_convolution(d_model, batch, length, filter_length, inputs.back(), filters.back(), skips.back(),
                                 Doubles(static_cast<size_t>(values))).y);
  }
  result.y = times(v.back(), s[0]);

  std::vector<Doubles> ds(s.size());
  ds[0] = times(dy, v.back());
  Doubles dv = times(dy, s[0]);
  result.dh.resize(h.size());
  result.dskip.resize(skip.size());
  for (int o = order - 2; o >= 0; --o) {
    const size_t at = static_cast<size_t>(o), gate = static_cast<size_t>(order - 1 - o);
    const ConvolutionResult back = long_convolution(d_model, batch, length, filter_length, inputs[at], filters[at],
                                                    skips[at], dv);
    put(result.dh, o, back.dh);
    put(result.dskip, o, back.dskip);
    ds[gate] = times(back.du, v[at]);
    dv = times(back.du, s[gate]);
  }
  ds[static_cast<size_t>(order)] = dv;

  result.dp.resize(p.size());
  result.dshort_weight.resize(short_weight.size());
  result.dshort_bias.resize(short_bias.size());
  for (int64_t c = 0; c < (order + 1) * d_model; ++c) {
    for (int64_t b = 0; b < batch; ++b) {
      for (int64_t i = 0; i < length; ++i) {
        const double d = ds[static_cast<size_t>(c / d_model)]
                           [static_cast<size_t>(((c % d_model) * batch + b) * length + i)];
        result.dshort_bias[static_cast<size_t>(c)] += d;
        for (int64_t k = 0; k < taps && k <= i; ++k) {
          const size_t from = static_cast<size_t>((c * batch + b) * length + i - k);
          const size_t weight = static_cast<size_t>(c * taps + taps - 1 - k);
          result.dp[from] += short_weight[weight] * d;
          result.dshort_weight[weight] += p[from] * d;
        }
      }
    }
  }
  return result;
}

}  // namespace hyena::test

TEST(reference_transform_agrees_with_direct_sums) {
  using namespace hyena::test;
  Random random(1);
  const std::vector<float> u = random.normals(300), h = random.normals(200);
  const Doubles direct = direct_product(widened(u), widened(h));
  const Doubles fast = full_product(widened(u), widened(h));
  for (size_t i = 0; i < direct.size(); ++i) CHECK(std::fabs(direct[i] - fast[i]) < 1e-11);
}
