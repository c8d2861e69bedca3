// One position more of each of some texts, by mixers whose memory of a text has a fixed size: from what enters a layer's
// mixer to what leaves it, in one call. The states of the texts are written to. Compiled once: the products are those of
// the table of kernels, and the rest is little beside the reading of their weights.
#pragma once

#include <cstdint>

#include "kernels.h"

namespace hyena {

// A projection; bias may be null.
struct StepProjection {
  Weight weight;
  const float* bias;
};

// Explicit filters [groups, taps], each for channels / groups neighbouring channels; bias and skip [channels] may be null.
struct StepFilters {
  int64_t groups, taps;
  bool present_last;  // which tap multiplies the present: the last or the first
  const float *weight, *bias, *skip;
};

// Sums of exponentials, as `modal_scan` takes them. modes 0: none.
struct StepModes {
  int64_t groups, modes;
  const float *poles, *residues, *skip;
};

// y = out(gate * filter(a * b)), where gate, a and b are thirds of the projections after a short convolution.
struct GatedStep {
  int64_t texts, d;
  int gate;  // which third; the others are a and b
  StepProjection in, out;
  StepFilters short_filter;  // taps 1 and weight null: none
  StepFilters filter;        // where there are no modes
  StepModes modes;
};
// Of a text, channel by channel, the oldest first: the last projections [3 d, short taps - 1], and the last inputs of the
// filter [d, taps - 1] or the states of the modes [d, modes, 4].
struct GatedStepState {
  float *projections, *inputs;
};
void gated_step(const Kernels& kernels, Runtime& runtime, const GatedStep& step, const GatedStepState* states, const float* x,
                float* y);

// H3 (arXiv 2212.14052): heads of `size` channels multiply shifted keys with values, y = out(q modes(shift(k) v)).
struct H3Step {
  int64_t texts, d, size;
  StepProjection q, k, v, out;
  StepFilters shift;
  StepModes modes;  // groups: heads
};
struct H3StepState {
  float *keys, *modes;  // [d, shift taps - 1], [d size, modes, 4]
};
void h3_step(const Kernels& kernels, Runtime& runtime, const H3Step& step, const H3StepState* states, const float* x,
             float* y);

// S4D: y = a sigmoid(b), where a and b [d] each are projected of GELU(modes(x)).
struct S4dStep {
  int64_t texts, d;
  StepModes modes;
  StepProjection out;  // of 2 d rows
};
// states: of each text the modes [d, modes, 4].
void s4d_step(const Kernels& kernels, Runtime& runtime, const S4dStep& step, float* const* states, const float* x,
              float* y);

// RWKV-4's time mixing (arXiv 2305.13048, equations 11 to 16).
struct RwkvStep {
  int64_t texts, d;
  StepProjection k, v, r, out;
  const float *mix_k, *mix_v, *mix_r;  // [d], the share of the present in what is projected
  const float *decay, *bonus;          // [d], the logarithm of what an exponent loses, and what the present's has besides
};
struct RwkvStepState {
  float* last;  // [d], the input before
  float* sums;  // [3, d]: weighted values, weights, and the exponent that both are relative to; weights 0: nothing yet
};
void rwkv_step(const Kernels& kernels, Runtime& runtime, const RwkvStep& step, const RwkvStepState* states, const float* x,
               float* y);

// Mamba-2 (arXiv 2405.21060, section 7): y = out(norm(silu(z) ssm(x, b, c))) where x, b and c are convolved.
struct Mamba2Step {
  int64_t texts, d, inner, heads, states;
  float epsilon;
  StepProjection in;                    // of inner rows for z, inner + 2 states for x, b and c, and heads for the steps
  StepProjection out;                   // [d, inner]
  StepFilters convolution;              // of x, b and c
  const float *dt_bias, *a_log, *skip;  // [heads]
  const float* norm;                    // [inner]
};
struct Mamba2StepState {
  float *inputs, *state;  // [inner + 2 states, taps - 1], [heads, states, inner / heads]
};
void mamba2_step(const Kernels& kernels, Runtime& runtime, const Mamba2Step& step, const Mamba2StepState* states,
                 const float* x, float* y);

}  // namespace hyena
