// Filters that are sums of modes, h[t] = Re sum over s of R[s] p[s]^t, and the recurrence that is the same convolution.
// All in double: at |p| = 0.9999 the rounding of one step in fp32 would be multiplied by 10,000.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "isa.h"
#include "lanes.h"

namespace hyena::HYENA_ISA {
namespace {

constexpr int kDoubles = kLanes / 2;
typedef double Doubles __attribute__((vector_size(4 * kLanes)));

HYENA_INLINE Doubles load_doubles(const double* p) {
  Doubles v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
HYENA_INLINE void store_doubles(double* p, Doubles v) { std::memcpy(p, &v, sizeof v); }
HYENA_INLINE double sum_of(Doubles v) {
  double sum = v[0];
  for (int i = 1; i < kDoubles; ++i) sum += v[i];
  return sum;
}

struct Complex {
  double re, im;
};
HYENA_INLINE Complex operator*(Complex a, Complex b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

// A pole is kept as the sum of two fp32 numbers: re, im, then what these lack.
HYENA_INLINE Complex pole_at(const float* poles, int64_t mode) {
  const float* p = poles + 4 * mode;
  return {static_cast<double>(p[0]) + p[2], static_cast<double>(p[1]) + p[3]};
}

constexpr int64_t kPositions = 64;  // of a block
// Below this a mode adds nothing to fp32, now or later: only growing ones come back, and those do not get there.
constexpr double kNothing = 1e-60;
bool is_nothing(Complex x) { return std::fabs(x.re) < kNothing && std::fabs(x.im) < kNothing; }

// p^0 ... p^(kPositions-1), then p^kPositions.
struct Powers {
  double re[kPositions], im[kPositions];
  Complex next;

  explicit Powers(Complex p) {
    Complex power{1, 0};
    for (int64_t i = 0; i < kPositions; ++i) {
      re[i] = power.re;
      im[i] = power.im;
      power = power * p;
    }
    next = power;
  }
};

int64_t groups_per_task(const ModalShape& s) {
  return std::max<int64_t>(1, 32768 / std::max<int64_t>(1, s.modes * s.length));
}

}  // namespace

void modal_filter(Runtime& runtime, const ModalShape& s, const float* poles, const float* residues, float* h) {
  runtime.parallel_ranges(s.groups, groups_per_task(s), [&](int64_t first, int64_t last) {
    auto* row = static_cast<double*>(
        runtime.thread_scratch(static_cast<size_t>(s.length + kPositions) * sizeof(double)));
    for (int64_t g = first; g < last; ++g) {
      std::fill_n(row, s.length + kPositions, 0.0);
      for (int64_t m = g * s.modes; m < (g + 1) * s.modes; ++m) {
        const Powers powers(pole_at(poles, m));
        Complex factor{residues[2 * m], residues[2 * m + 1]};
        for (int64_t begin = 0; begin < s.length && !is_nothing(factor); begin += kPositions) {
          double* to = row + begin;
          for (int64_t i = 0; i < kPositions; ++i) to[i] += factor.re * powers.re[i] - factor.im * powers.im[i];
          factor = factor * powers.next;
        }
      }
      for (int64_t t = 0; t < s.length; ++t) h[g * s.length + t] = static_cast<float>(row[t]);
    }
  });
}

void modal_filter_backward(Runtime& runtime, const ModalShape& s, const float* dh, const float* poles,
                           const float* residues, float* dpoles, float* dresidues) {
  runtime.parallel_ranges(s.groups, groups_per_task(s), [&](int64_t first, int64_t last) {
    const int64_t padded = (s.length + kPositions - 1) / kPositions * kPositions;
    auto* row = static_cast<double*>(runtime.thread_scratch(static_cast<size_t>(2 * padded) * sizeof(double)));
    double* weighted = row + padded;  // t dh[t]
    for (int64_t g = first; g < last; ++g) {
      for (int64_t t = 0; t < padded; ++t) {
        row[t] = t < s.length ? dh[g * s.length + t] : 0;
        weighted[t] = row[t] * static_cast<double>(t);
      }
      for (int64_t m = g * s.modes; m < (g + 1) * s.modes; ++m) {
        const Complex pole = pole_at(poles, m), residue{residues[2 * m], residues[2 * m + 1]};
        const Powers powers(pole);
        Complex start{1, 0}, sum{0, 0}, slope{0, 0};  // sums over t of dh[t] p^t and of t dh[t] p^t
        for (int64_t begin = 0; begin < padded && !is_nothing(start); begin += kPositions) {
          Doubles sums[4] = {};
          for (int64_t i = 0; i < kPositions; i += kDoubles) {
            const Doubles re = load_doubles(powers.re + i), im = load_doubles(powers.im + i);
            const Doubles value = load_doubles(row + begin + i), by_time = load_doubles(weighted + begin + i);
            sums[0] += value * re;
            sums[1] += value * im;
            sums[2] += by_time * re;
            sums[3] += by_time * im;
          }
          const Complex part = start * Complex{sum_of(sums[0]), sum_of(sums[1])};
          const Complex slope_part = start * Complex{sum_of(sums[2]), sum_of(sums[3])};
          sum = {sum.re + part.re, sum.im + part.im};
          slope = {slope.re + slope_part.re, slope.im + slope_part.im};
          start = start * powers.next;
        }
        dresidues[2 * m] = static_cast<float>(sum.re);
        dresidues[2 * m + 1] = static_cast<float>(-sum.im);
        // Of t p^(t-1): where the pole is 0, that of t = 1 alone is left.
        const double square = pole.re * pole.re + pole.im * pole.im;
        const Complex reciprocal{pole.re / square, -pole.im / square};
        const Complex lowered = square == 0 ? Complex{s.length > 1 ? row[1] : 0, 0} : slope * reciprocal;
        const Complex gradient = residue * lowered;
        float* to = dpoles + 4 * m;
        to[0] = static_cast<float>(gradient.re);
        to[1] = static_cast<float>(-gradient.im);
        to[2] = to[3] = 0;
      }
    }
  });
}

void modal_scan(Runtime& runtime, const ModalScanShape& s, const float* u, const float* poles, const float* residues,
                const float* skip, const float* before, float* y, float* after) {
  const int64_t modes = (s.modes + kDoubles - 1) / kDoubles * kDoubles;
  const int64_t grain = std::max<int64_t>(1, 16384 / std::max<int64_t>(1, modes * s.batch * s.length));
  runtime.parallel_ranges(s.channels, grain, [&](int64_t first, int64_t last) {
    auto* memory = static_cast<double*>(runtime.thread_scratch(static_cast<size_t>(6 * modes) * sizeof(double)));
    double *pole_re = memory, *pole_im = memory + modes, *residue_re = memory + 2 * modes,
           *residue_im = memory + 3 * modes, *re = memory + 4 * modes, *im = memory + 5 * modes;
    std::fill_n(memory, 6 * modes, 0.0);  // modes that only fill up a vector
    for (int64_t c = first; c < last; ++c) {
      const int64_t group = c * s.groups / s.channels;
      for (int64_t m = 0; m < s.modes; ++m) {
        const int64_t at = group * s.modes + m;
        const Complex pole = pole_at(poles, at);
        pole_re[m] = pole.re;
        pole_im[m] = pole.im;
        residue_re[m] = residues[2 * at];
        residue_im[m] = residues[2 * at + 1];
      }
      for (int64_t b = 0; b < s.batch; ++b) {
        const int64_t row = c * s.batch + b;
        for (int64_t m = 0; m < s.modes; ++m) {
          const Complex state = before == nullptr ? Complex{0, 0} : pole_at(before, row * s.modes + m);
          re[m] = state.re;
          im[m] = state.im;
        }
        for (int64_t t = row * s.length; t < (row + 1) * s.length; ++t) {
          const Doubles input = Doubles{} + static_cast<double>(u[t]);
          Doubles total{};
          for (int64_t m = 0; m < modes; m += kDoubles) {
            const Doubles x = load_doubles(re + m), z = load_doubles(im + m);
            const Doubles a = load_doubles(pole_re + m), d = load_doubles(pole_im + m);
            const Doubles next_re = a * x - d * z + input, next_im = a * z + d * x;
            store_doubles(re + m, next_re);
            store_doubles(im + m, next_im);
            total += load_doubles(residue_re + m) * next_re - load_doubles(residue_im + m) * next_im;
          }
          y[t] = static_cast<float>(sum_of(total) + static_cast<double>(skip[group]) * u[t]);
        }
        for (int64_t m = 0; m < s.modes; ++m) {
          float* to = after + 4 * (row * s.modes + m);
          to[0] = static_cast<float>(re[m]);
          to[1] = static_cast<float>(im[m]);
          to[2] = static_cast<float>(re[m] - to[0]);
          to[3] = static_cast<float>(im[m] - to[1]);
        }
      }
    }
  });
}

}  // namespace hyena::HYENA_ISA
