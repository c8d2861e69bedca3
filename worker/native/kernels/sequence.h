// The kernels that mix along the sequence, for one instruction set; shapes and meaning in ../kernels.h and
// worker/ops/README.md.
#pragma once

#include "../kernels.h"

namespace hyena::HYENA_ISA {

void long_convolution(Runtime&, int64_t channels, int64_t batch, int64_t length, int64_t filter_length, const float* u,
                      const float* h, const float* skip, float* y);
void long_convolution_backward(Runtime&, int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                               const float* dy, const float* u, const float* h, const float* skip, float* du, float* dh,
                               float* dskip);

void recurrence(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, float* y);
void recurrence_backward(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, const float* dy,
                         const RecurrenceGradients&);

void implicit_filter(Runtime&, const FilterShape&, const FilterWeights&, float* h);
void implicit_filter_backward(Runtime&, const FilterShape&, const FilterWeights&, const float* dh,
                              const FilterGradients&);

}  // namespace hyena::HYENA_ISA
