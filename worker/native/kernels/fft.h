// Convolutions of real rows by right-angle transforms (fft-plan.h).
//
// A row has plan.length values: the caller's, then zeros. A spectrum has 2 * plan.length floats, in the order and the
// layout of the plan; spectra of the same plan may be multiplied and summed. Nothing needs to be aligned; 64 bytes are
// fastest. Rows and spectra may not overlap except where it says so.
//
// All transforms that a call needs go through the tree together, so that what meets in a product, and the twiddles, are
// in the nearest cache at the same time.
#pragma once

#include "fft-plan.h"

namespace hyena::HYENA_ISA {

// A row and its spectrum. Where `row` is not null the call computes the spectrum from it, else it is there already.
struct Transformed {
  const float* row;
  float* spectrum;
};

// out[i] = sum over j <= i of filter[j] input[i - j]. `work` holds a spectrum; it may be the input's, which is lost
// then. out may be a row of the arguments.
void convolve(const Plan& plan, Transformed input, Transformed filter, float* work, float* out);

// Correlations of `upstream`, whose spectrum is lost: out[k] = sum over i >= k of upstream[i] filter[i - k], and the same
// with `input`, added up over several calls: the first of them starts `sums` (which holds a spectrum), the last makes
// them a row, sums_out (null in the others). Where a call is both, sums may be the input's spectrum. out may be
// upstream's row.
struct Correlation {
  Transformed upstream, filter, input;
  float* out;
  float* sums;
  bool first;
  float* sums_out;
};
void correlate(const Plan& plan, const Correlation& correlation);

}  // namespace hyena::HYENA_ISA
