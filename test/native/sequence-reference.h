// The sequence-mixing operations in double precision, written for clarity: direct sums, and for long rows an ordinary
// radix-2 transform that is itself tested against the sums.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels.h"

namespace hyena::test {

using Doubles = std::vector<double>;
Doubles widened(const std::vector<float>& values);

// out[i] = sum over j <= i of h[j] u[i-j], as long as u; and the same correlated: out[k] = sum of a[i] b[i-k] over i >= k,
// for `count` lags.
Doubles causal_product(const Doubles& u, const Doubles& h);
Doubles causal_correlation(const Doubles& a, const Doubles& b, int64_t count);

struct ConvolutionResult {
  Doubles y, du, dh, dskip;
};
// u and dy [channels, batch, length], h [channels, filter_length], skip [channels].
ConvolutionResult long_convolution(int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                                   const Doubles& u, const Doubles& h, const Doubles& skip, const Doubles& dy);

struct RecurrenceResult {
  Doubles y, dp, dshort_weight, dshort_bias, dh, dskip;
};
RecurrenceResult recurrence(const RecurrenceShape& shape, const Doubles& p, const Doubles& short_weight,
                            const Doubles& short_bias, const Doubles& h, const Doubles& skip, const Doubles& dy);

}  // namespace hyena::test
