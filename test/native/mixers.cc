// Grouped convolutions, modal filters and their recurrence, and averages by keys, against direct sums in double.
#include <algorithm>
#include <cmath>
#include <complex>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

namespace {

using Floats = std::vector<float>;
using Doubles = std::vector<double>;

struct Convolution {
  GroupedConvolutionShape shape;
  Floats u, filter, bias, skip, dy;

  explicit Convolution(const GroupedConvolutionShape& s) : shape(s) {
    Random random(static_cast<uint64_t>(s.channels * 7919 + s.length * 31 + s.taps));
    u = random.normals(s.channels * s.batch * (s.lead + s.length));
    filter = random.normals(s.groups * s.taps);
    bias = random.normals(s.channels);
    skip = random.normals(s.channels);
    dy = random.normals(s.channels * s.batch * s.length);
  }
};

struct ConvolutionResults {
  Floats y, du, dfilter, dbias, dskip;
};
ConvolutionResults run(const Kernels& kernels, Runtime& runtime, const Convolution& c) {
  ConvolutionResults r{Floats(c.dy.size(), NAN), Floats(c.u.size(), NAN), Floats(c.filter.size(), NAN),
                       Floats(c.bias.size(), NAN), Floats(c.skip.size(), NAN)};
  kernels.grouped_convolution(runtime, c.shape, c.u.data(), c.filter.data(), c.bias.data(), c.skip.data(), r.y.data());
  kernels.grouped_convolution_backward(runtime, c.shape, c.dy.data(), c.u.data(), c.filter.data(), c.skip.data(),
                                       {r.du.data(), r.dfilter.data(), r.dbias.data(), r.dskip.data()});
  return r;
}

void check_convolution(const Kernels& kernels, Runtime& runtime, const GroupedConvolutionShape& s) {
  const Convolution c(s);
  const ConvolutionResults r = run(kernels, runtime, c);
  Doubles y(c.dy.size()), du(c.u.size()), dfilter(c.filter.size()), dbias(c.bias.size()), dskip(c.skip.size());
  for (int64_t channel = 0; channel < s.channels; ++channel) {
    const int64_t group = channel / (s.channels / s.groups);
    for (int64_t b = 0; b < s.batch; ++b) {
      for (int64_t i = 0; i < s.length; ++i) {
        const int64_t out = (channel * s.batch + b) * s.length + i;
        const int64_t in = (channel * s.batch + b) * (s.lead + s.length) + s.lead + i;
        y[out] = c.bias[channel] + double{c.skip[channel]} * c.u[in];
        du[in] += double{c.skip[channel]} * c.dy[out];
        dbias[channel] += c.dy[out];
        dskip[channel] += double{c.dy[out]} * c.u[in];
        for (int64_t k = 0; k < s.taps && k <= s.lead + i; ++k) {
          const int64_t tap = group * s.taps + (s.present_last ? s.taps - 1 - k : k);
          y[out] += double{c.filter[tap]} * c.u[in - k];
          du[in - k] += double{c.filter[tap]} * c.dy[out];
          dfilter[tap] += double{c.dy[out]} * c.u[in - k];
        }
      }
    }
  }
  EXPECT_CLOSE(r.y, y, 3e-6);
  EXPECT_CLOSE(r.du, du, 3e-6);
  EXPECT_CLOSE(r.dfilter, dfilter, 5e-6);
  EXPECT_CLOSE(r.dbias, dbias, 5e-6);
  EXPECT_CLOSE(r.dskip, dskip, 5e-6);
}

// channels, groups, batch, lead, length, taps, present_last
const GroupedConvolutionShape kConvolutions[] = {
    {1, 1, 1, 0, 1, 1, true},   {6, 3, 2, 0, 5, 7, true},        {6, 3, 2, 6, 5, 7, false},    {4, 4, 1, 2, 100, 3, true},
    {8, 2, 2, 0, 1025, 7, true}, {4, 1, 1, 127, 1, 128, false}, {4, 2, 2, 90, 2100, 128, false}, {2, 2, 1, 0, 64, 200, true},
};

struct Modal {
  ModalShape shape;
  Floats poles, residues, dh;

  explicit Modal(const ModalShape& s) : shape(s) {
    Random random(static_cast<uint64_t>(s.groups * 7919 + s.length * 31 + s.modes));
    residues = random.normals(s.groups * s.modes * 2);
    dh = random.normals(s.groups * s.length);
    for (int64_t m = 0; m < s.groups * s.modes; ++m) {
      const double modulus = m % 3 == 0 ? 0.9999 : random.uniform(0, 1), angle = random.uniform(-3.2f, 3.2f);
      const double re = modulus * std::cos(angle), im = modulus * std::sin(angle);
      const auto high_re = static_cast<float>(re), high_im = static_cast<float>(im);
      poles.insert(poles.end(), {high_re, high_im, static_cast<float>(re - high_re), static_cast<float>(im - high_im)});
    }
  }
  std::complex<double> pole(int64_t m) const {
    return {double{poles[4 * m]} + poles[4 * m + 2], double{poles[4 * m + 1]} + poles[4 * m + 3]};
  }
  std::complex<double> residue(int64_t m) const { return {residues[2 * m], residues[2 * m + 1]}; }
  std::complex<double> power(int64_t m, int64_t t) const {
    const auto steps = static_cast<double>(t);
    return std::polar(std::pow(std::abs(pole(m)), steps), std::arg(pole(m)) * steps);
  }
};

const ModalShape kModals[] = {{1, 1, 1}, {2, 3, 5}, {3, 4, 64}, {2, 17, 65}, {1, 5, 1000}, {2, 6, 5000}};

Floats filter_of(const Kernels& kernels, Runtime& runtime, const Modal& c) {
  Floats h(static_cast<size_t>(c.shape.groups * c.shape.length), NAN);
  kernels.modal_filter(runtime, c.shape, c.poles.data(), c.residues.data(), h.data());
  return h;
}
Doubles exact_filter(const Modal& c) {
  Doubles h(static_cast<size_t>(c.shape.groups * c.shape.length));
  for (int64_t m = 0; m < c.shape.groups * c.shape.modes; ++m) {
    for (int64_t t = 0; t < c.shape.length; ++t) {
      h[m / c.shape.modes * c.shape.length + t] += (c.residue(m) * c.power(m, t)).real();
    }
  }
  return h;
}

}  // namespace

TEST(grouped_convolution_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const GroupedConvolutionShape& shape : kConvolutions) check_convolution(kernels, runtime, shape);
  });
}

TEST(grouped_convolution_without_bias_and_skip) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const Convolution c({4, 2, 2, 3, 50, 7, true});
    Convolution without = c;
    std::fill(without.bias.begin(), without.bias.end(), 0.0f);
    std::fill(without.skip.begin(), without.skip.end(), 0.0f);
    const ConvolutionResults expected = run(kernels, runtime, without);
    Floats y(c.dy.size(), NAN), du(c.u.size(), NAN), dfilter(c.filter.size(), NAN);
    kernels.grouped_convolution(runtime, c.shape, c.u.data(), c.filter.data(), nullptr, nullptr, y.data());
    kernels.grouped_convolution_backward(runtime, c.shape, c.dy.data(), c.u.data(), c.filter.data(), nullptr,
                                         {du.data(), dfilter.data(), nullptr, nullptr});
    EXPECT_SAME(y, expected.y);
    EXPECT_SAME(du, expected.du);
    EXPECT_SAME(dfilter, expected.dfilter);
  });
}

TEST(grouped_convolution_is_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    ConvolutionResults r = run(kernels, runtime, Convolution({16, 2, 2, 5, 1500, 7, true}));
    for (const Floats* part : {&r.du, &r.dfilter, &r.dbias, &r.dskip}) r.y.insert(r.y.end(), part->begin(), part->end());
    return r.y;
  });
}

TEST(modal_filter_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const ModalShape& s : kModals) {
      const Modal c(s);
      EXPECT_CLOSE(filter_of(kernels, runtime, c), exact_filter(c), 1e-6);
      Floats dpoles(c.poles.size(), NAN), dresidues(c.residues.size(), NAN);
      kernels.modal_filter_backward(runtime, s, c.dh.data(), c.poles.data(), c.residues.data(), dpoles.data(),
                                    dresidues.data());
      Doubles poles(c.poles.size()), residues(c.residues.size());
      for (int64_t m = 0; m < s.groups * s.modes; ++m) {
        std::complex<double> sum, slope;
        for (int64_t t = 0; t < s.length; ++t) {
          const double gradient = c.dh[m / s.modes * s.length + t];
          sum += gradient * c.power(m, t);
          if (t > 0) slope += gradient * static_cast<double>(t) * c.power(m, t - 1);
        }
        slope *= c.residue(m);
        residues[2 * m] = sum.real();
        residues[2 * m + 1] = -sum.imag();
        poles[4 * m] = slope.real();
        poles[4 * m + 1] = -slope.imag();
      }
      EXPECT_CLOSE(dresidues, residues, 1e-6);
      if (s.length > 1) EXPECT_CLOSE(dpoles, poles, 1e-6);
    }
  });
}

TEST(modal_scan_is_the_convolution_whole_and_in_parts) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const ModalShape& s : kModals) {
      const Modal c(s);
      const int64_t shared = 2, batch = 2, channels = s.groups * shared;
      Random random(5);
      const Floats u = random.normals(channels * batch * s.length), skip = random.normals(s.groups);
      const Doubles h = exact_filter(c);
      Doubles expected(u.size());
      for (int64_t row = 0; row < channels * batch; ++row) {
        const int64_t group = row / batch / shared;
        for (int64_t i = 0; i < s.length; ++i) {
          double sum = double{skip[group]} * u[row * s.length + i];
          for (int64_t j = 0; j <= i; ++j) sum += h[group * s.length + j] * u[row * s.length + i - j];
          expected[row * s.length + i] = sum;
        }
      }
      const auto states = static_cast<size_t>(channels * batch * s.modes * 4);
      Floats y(u.size(), NAN), after(states, NAN);
      kernels.modal_scan(runtime, {channels, s.groups, s.modes, batch, s.length}, u.data(), c.poles.data(),
                         c.residues.data(), skip.data(), nullptr, y.data(), after.data());
      EXPECT_CLOSE(y, expected, 1e-6);

      Floats state;
      Floats parts(u.size(), NAN);
      for (int64_t begin = 0, count = 1; begin < s.length; begin += count, count = begin % 3 == 0 ? 1 : begin) {
        count = std::min(count, s.length - begin);
        Floats now(static_cast<size_t>(channels * batch * count)), out(now.size(), NAN), next(states, NAN);
        for (int64_t row = 0; row < channels * batch; ++row) {
          std::copy_n(u.data() + row * s.length + begin, count, now.data() + row * count);
        }
        kernels.modal_scan(runtime, {channels, s.groups, s.modes, batch, count}, now.data(), c.poles.data(),
                           c.residues.data(), skip.data(), state.empty() ? nullptr : state.data(), out.data(),
                           next.data());
        for (int64_t row = 0; row < channels * batch; ++row) {
          std::copy_n(out.data() + row * count, count, parts.data() + row * s.length + begin);
        }
        state = next;
      }
      EXPECT_CLOSE(parts, expected, 1e-6);
    }
  });
}

namespace {

struct Wkv {
  WkvShape shape;
  Floats k, v, rate, bonus, dy;

  Wkv(const WkvShape& s, float spread) : shape(s) {
    Random random(static_cast<uint64_t>(s.width * 7919 + s.length * 31 + s.batch));
    const int64_t all = s.batch * s.length * s.width;
    k = random.normals(all, spread);
    v = random.normals(all);
    for (int64_t c = 0; c < s.width; ++c) rate.push_back(random.uniform(0, 1));
    bonus = random.normals(s.width);
    dy = random.normals(all);
  }
  WkvInputs inputs() const { return {k.data(), v.data(), rate.data(), bonus.data()}; }
};

struct WkvResults {
  Floats y, after, dk, dv, drate, dbonus;
};
WkvResults run(const Kernels& kernels, Runtime& runtime, const Wkv& c) {
  const auto width = static_cast<size_t>(c.shape.width), state = static_cast<size_t>(3 * c.shape.batch) * width;
  WkvResults r{Floats(c.k.size(), NAN), Floats(state, NAN), Floats(c.k.size(), NAN),
               Floats(c.k.size(), NAN), Floats(width, NAN), Floats(width, NAN)};
  kernels.wkv(runtime, c.shape, c.inputs(), nullptr, r.y.data(), r.after.data());
  kernels.wkv_backward(runtime, c.shape, c.inputs(), c.dy.data(),
                       {r.dk.data(), r.dv.data(), r.drate.data(), r.dbonus.data()});
  return r;
}

// Every position by all before it.
void check_wkv(const Kernels& kernels, Runtime& runtime, const Wkv& c, double tolerance) {
  const WkvShape& s = c.shape;
  const WkvResults r = run(kernels, runtime, c);
  Doubles y(c.k.size()), dk(c.k.size()), dv(c.k.size()), drate(c.rate.size()), dbonus(c.bonus.size());
  for (int64_t b = 0; b < s.batch; ++b) {
    for (int64_t channel = 0; channel < s.width; ++channel) {
      const auto at = [&](int64_t t) { return (b * s.length + t) * s.width + channel; };
      for (int64_t t = 0; t < s.length; ++t) {
        const auto lag = [&](int64_t i) { return static_cast<double>(t - 1 - i); };
        Doubles shares;
        for (int64_t i = 0; i < t; ++i) shares.push_back(c.k[at(i)] - lag(i) * c.rate[channel]);
        shares.push_back(double{c.k[at(t)]} + c.bonus[channel]);
        const double top = *std::max_element(shares.begin(), shares.end());
        double total = 0;
        for (double& share : shares) total += share = std::exp(share - top);
        for (int64_t i = 0; i <= t; ++i) y[at(t)] += (shares[i] /= total) * c.v[at(i)];
        for (int64_t i = 0; i <= t; ++i) {
          const double change = c.dy[at(t)] * shares[i] * (c.v[at(i)] - y[at(t)]);
          dv[at(i)] += c.dy[at(t)] * shares[i];
          dk[at(i)] += change;
          if (i == t) dbonus[channel] += change;
          if (i < t) drate[channel] -= lag(i) * change;
        }
      }
    }
  }
  EXPECT_CLOSE(r.y, y, tolerance);
  EXPECT_CLOSE(r.dv, dv, tolerance);
  // Where one value has nearly all the weight, the other gradients are next to 0: they are held to the largest of all.
  Floats all = r.dv;
  for (const Floats* part : {&r.dk, &r.dbonus, &r.drate}) all.insert(all.end(), part->begin(), part->end());
  for (const Doubles* part : {&dk, &dbonus, &drate}) dv.insert(dv.end(), part->begin(), part->end());
  EXPECT_CLOSE(all, dv, tolerance);
}

const WkvShape kWkv[] = {{1, 1, 1}, {2, 2, 5}, {3, 9, 17}, {1, 70, 33}, {2, 1000, 16}, {1, 130, 1}};

}  // namespace

TEST(wkv_of_many_shapes) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    for (const WkvShape& s : kWkv) check_wkv(kernels, runtime, Wkv(s, 1), 3e-6);
  });
}

TEST(wkv_of_keys_beyond_what_fp32_has_exponentials_of) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    // An exponent of 500 is rounded by 3e-5 at every position.
    for (const WkvShape& s : kWkv) check_wkv(kernels, runtime, Wkv(s, 150), 2e-3);
  });
}

TEST(wkv_continues_a_sequence_in_parts_as_the_whole) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    const Wkv c({2, 40, 19}, 3);
    const WkvResults whole = run(kernels, runtime, c);
    const int64_t width = c.shape.width;
    Floats state, y(c.k.size(), NAN);
    for (int64_t begin = 0, end = 1; begin < c.shape.length; begin = end, end = std::min(c.shape.length, 2 * end + 1)) {
      const WkvShape part{2, end - begin, width};
      const auto cut = [&](const Floats& x) {
        Floats rows;
        for (int64_t b = 0; b < 2; ++b) {
          const auto from = x.begin() + (b * c.shape.length + begin) * width;
          rows.insert(rows.end(), from, from + part.length * width);
        }
        return rows;
      };
      const Floats k = cut(c.k), v = cut(c.v);
      Floats rows(k.size(), NAN), next(static_cast<size_t>(6 * width), NAN);
      kernels.wkv(runtime, part, {k.data(), v.data(), c.rate.data(), c.bonus.data()},
                  state.empty() ? nullptr : state.data(), rows.data(), next.data());
      for (int64_t b = 0; b < 2; ++b) {
        std::copy_n(rows.begin() + b * part.length * width, part.length * width,
                    y.begin() + (b * c.shape.length + begin) * width);
      }
      state = next;
    }
    EXPECT_SAME(y, whole.y);
    EXPECT_SAME(state, whole.after);
  });
}

TEST(wkv_is_deterministic) {
  expect_deterministic([](const Kernels& kernels, Runtime& runtime) {
    WkvResults r = run(kernels, runtime, Wkv({3, 200, 70}, 1));
    for (const Floats* part : {&r.dk, &r.dv, &r.drate, &r.dbonus}) r.y.insert(r.y.end(), part->begin(), part->end());
    return r.y;
  });
}

TEST(wkv_of_no_number_is_none) {
  for_each_set([](const Kernels& kernels, Runtime& runtime) {
    Wkv c({1, 5, 3}, 1);
    c.k[2 * 3 + 1] = NAN;
    const WkvResults r = run(kernels, runtime, c);
    for (int64_t t = 0; t < 5; ++t) {
      CHECK(std::isfinite(r.y[3 * t]) && std::isfinite(r.y[3 * t + 2]));
      CHECK(std::isfinite(r.y[3 * t + 1]) == (t < 2));
    }
  });
}
