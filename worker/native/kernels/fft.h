// Convolutions of real rows by right-angle transforms (fft-plan.h).
//
// A row has plan.length values: the caller's, then zeros. A spectrum has 2 * plan.length floats, in the order and the
// layout of the plan; spectra of the same plan may be multiplied and summed. Nothing needs to be aligned; 64 bytes are
// fastest. `work` is room for a spectrum. Buffers may not overlap except where it says so.
#pragma once

#include "fft-plan.h"

namespace hyena::HYENA_ISA {

void transform(const Plan&, const float* row, float* spectrum);

// out[i] = sum over j <= i of filter[j] row[i - j], the filter given by its spectrum. out may be row.
void convolve(const Plan&, const float* row, const float* filter, float* work, float* out);
// The same from a spectrum, which is kept.
void convolve_spectrum(const Plan&, const float* spectrum, const float* filter, float* work, float* out);

// out[k] = sum over i >= k of row[i] filter[i - k]; out may be row. Also sums[...] += spectrum of the correlation of
// row with input (or = where first): `correlation` makes a row of it, once all are added up.
void correlate(const Plan&, const float* row, const float* filter, const float* input, float* sums, bool first,
               float* work, float* out);
// out[k] = the real part of the inverse transform; destroys the spectrum.
void inverse_transform(const Plan&, float* spectrum, float* out);

}  // namespace hyena::HYENA_ISA
