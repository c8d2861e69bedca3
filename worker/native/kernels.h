// The kernels of the native device: pure functions on fp32 memory, checked by the binding before they are called.
// Every source under kernels/ is compiled once for each instruction set (namespace hyena::HYENA_ISA) and reached
// through the table `Kernels` of the best one that the CPU has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "runtime.h"
#include "tensor-kernels.h"

namespace hyena {

// What a kernel throws where the values it was given cannot be right (an id outside the vocabulary); the message names
// the kernel and the value. Kernels also throw std::bad_alloc.
struct KernelError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Precision : int { kFp32 = 0, kBf16Mixed = 1 };

// C[m,n] (+)= op(A)[m,k] op(B)[k,n] (+ bias). Row-major; lda, ldb, ldc are the row strides of the stored matrices.
// transpose_a: A is stored [k,m]; transpose_b: B is stored [n,k]. Bias per row has m values, per column n.
struct MatrixProduct {
  int64_t m, n, k;
  const float* a;
  int64_t lda;
  bool transpose_a;
  const float* b;
  int64_t ldb;
  bool transpose_b;
  float* c;
  int64_t ldc;
  bool accumulate;
  const float* bias_per_row;
  const float* bias_per_column;
  Precision precision;
};

// How a weight matrix [rows, columns] lies in memory, as main/contract/logic/weight-format.ts has it: row by row bf16; or
// whole numbers in groups of kWeightGroup along the row, the last one filled up with zeros, and a bf16 scale for each group
// [rows, groups]. int8: one byte each. int4: byte i of a group's 16 has number i in its lower half and number i + 16 in its
// upper half, each plus 8.
enum class WeightType : int { kFp32 = 0, kBf16 = 1, kInt8 = 2, kInt4 = 3 };
inline constexpr int64_t kWeightGroup = 32;
constexpr int64_t weight_groups(int64_t columns) { return (columns + kWeightGroup - 1) / kWeightGroup; }
// Bytes of the values of a row.
constexpr int64_t weight_row_bytes(WeightType type, int64_t columns) {
  switch (type) {
    case WeightType::kFp32: return 4 * columns;
    case WeightType::kBf16: return 2 * columns;
    case WeightType::kInt8: return kWeightGroup * weight_groups(columns);
    case WeightType::kInt4: return kWeightGroup / 2 * weight_groups(columns);
  }
  return 0;
}
constexpr bool has_scales(WeightType type) { return type == WeightType::kInt8 || type == WeightType::kInt4; }
// Bytes of a matrix: the values, then the scales.
constexpr int64_t weight_bytes(WeightType type, int64_t rows, int64_t columns) {
  return rows * (weight_row_bytes(type, columns) + (has_scales(type) ? 2 * weight_groups(columns) : 0));
}
struct Weight {
  const void* values = nullptr;
  const uint16_t* scales = nullptr;  // null for fp32 and bf16
  WeightType type = WeightType::kFp32;

  Weight() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a plain matrix is a weight
  Weight(const float* matrix) : values(matrix) {}
  // What lies at `memory` as `weight_bytes` counts it.
  Weight(WeightType packed_type, const void* memory, int64_t rows, int64_t columns)
      : values(memory),
        scales(has_scales(packed_type) ? reinterpret_cast<const uint16_t*>(static_cast<const char*>(memory) +
                                                                           rows * weight_row_bytes(packed_type, columns))
                                       : nullptr),
        type(packed_type) {}
};

// GELU by the error function, SiLU, or none.
enum class ActivationKind : int { kGelu = 0, kSilu = 1, kNone = 2 };

enum class Layout : int { kTokens = 0, kChannels = 1 };  // [rows, C] or [C, rows]

struct LinearShape {
  int64_t rows, in, out;
  Layout input, output;
  Precision precision;
};

struct MlpShape {
  int64_t rows, d, inner;
  Precision precision;
};

// A matrix [out, in] as scale * b a: a [rank, in], b [out, rank].
struct LowRank {
  int64_t rank;
  const float *a, *b;
};
struct LowRankGradients {
  float *a, *b;  // null: not wanted
};
struct MlpAdapters {
  float scale;
  LowRank first, second;
};
struct AdaptedMlpGradients {
  float *x, *bias1, *bias2;  // null: not wanted
  LowRankGradients first, second;
};

struct FilterShape {
  int64_t length, features, width, channels;
  int inner;       // inner layers
  float shift;     // added to the window
  bool modulate;   // false: no window
};
// Weights of the filter network: first, `inner` inner layers, last. Biases: first and inner layers.
struct FilterWeights {
  const float *z, *t, *deltas, *freq;
  const float* const* weights;  // inner + 2
  const float* const* biases;   // inner + 1
};
struct FilterGradients {
  float *z, *freq;
  float* const* weights;
  float* const* biases;
};

struct RecurrenceShape {
  int64_t d, batch, length, filter_length, short_length;
  int order;
};
struct RecurrenceInputs {
  const float *p, *short_weight, *short_bias, *h, *skip;
};
struct RecurrenceGradients {
  float *p, *short_weight, *short_bias, *h, *skip;
};

// The recurrence at `length` positions that follow `past` others; `lead` of p's columns belong to those. The filters have
// `reach` taps: y up to past + length, `lookahead` from there on.
struct PrefillShape {
  int64_t d, lead, length, past, reach, short_length;
  int order;
};
struct PrefillOutputs {
  float *y, *inputs, *lookahead;  // [d, length], [(order-1) d, length], [(order-1) d, reach - past - length]
};

// Causal attention. q [batch, queries, heads * head_dim], k and v [batch, keys, kv_heads * head_dim]; the queries are the
// last of the positions that the keys are of, and each kv head serves heads / kv_heads neighbouring query heads.
struct AttentionShape {
  int64_t batch, queries, keys, heads, kv_heads, head_dim;
  int64_t window;  // keys that a query sees, itself among them; 0: all before it
  Precision precision;
};
struct AttentionGradients {
  float *q, *k, *v;
};

// Attention of one position more of each of some texts: qkv [texts, (heads + 2 kv_heads) * head_dim] is what was
// projected, and overwritten.
struct AttentionStepShape {
  int64_t heads, kv_heads, head_dim;
  const float *q_norm, *k_norm;  // scales [head_dim] of the RMSNorm of each head; null: none
  float epsilon;
  double base, interpolation;  // of rotary positions; base 0: not rotated
};
// Rows of keys and values are [kv_heads * head_dim]. Those of the position become row `count` of `keys` and `values`.
struct AttentionText {
  int64_t position;
  const float *prefix_keys, *prefix_values;  // read at once before; seen from prefix_first up to prefix
  int64_t prefix_first, prefix;
  float *keys, *values;  // generated since; seen from `first` on
  int64_t first, count;
};

// Rotary embedding of x [batch, length, heads * head_dim]: pairs (j, j + head_dim / 2) of each head turn by
// (offset + position) / interpolation * base^(-2j / head_dim), or back.
struct RotaryShape {
  int64_t batch, length, heads, head_dim, offset;
  double base, interpolation;
  bool back;
};

// Causal depthwise convolution of u [channels, batch, lead + length], each of the `groups` filters for channels / groups
// neighbouring channels; the first `lead` columns belong to positions before those of y [channels, batch, length].
struct GroupedConvolutionShape {
  int64_t channels, groups, batch, lead, length, taps;
  bool present_last;  // which tap multiplies the present: the last or the first
};
struct GroupedConvolutionGradients {
  float *u, *filter, *bias, *skip;  // bias and skip null where the convolution has none
};

// Sums of `modes` complex exponentials for each of `groups` filters. poles [groups, modes, 4]: re, im, and what these lack
// of the number in double; residues [groups, modes, 2].
struct ModalShape {
  int64_t groups, modes, length;
};
// The recurrence of them over u [channels, batch, length]; a group serves channels / groups neighbouring channels, and a
// state [channels, batch, modes, 4] is kept as poles are.
struct ModalScanShape {
  int64_t channels, groups, modes, batch, length;
};

// An average of values v [batch, length, width], weighted by the exponentials of keys k of the same shape, whose exponents
// lose `rate` [width] with every position; the present's has `bonus` [width] besides. States [3, batch, width]: sums of
// weighted values and of weights, and the exponent that both are relative to; weights of 0: nothing was seen.
struct WkvShape {
  int64_t batch, length, width;
};
struct WkvInputs {
  const float *k, *v, *rate, *bonus;
};
struct WkvGradients {
  float *k, *v, *rate, *bonus;
};

// Decoding token by token. A text is worked on in blocks of this many tokens: within a block every earlier token acts
// by its tap, all before the block by what was laid ready at its start.
inline constexpr int64_t kDecodeBlock = 32;
struct DecodeShape {
  int64_t d, inner, vocabulary, layers, short_length;
  int order;
  float epsilon;
};
struct DecodeLayer {
  const float *norm1_weight, *norm1_bias;
  Weight in_weight;
  const float *in_bias, *short_weight, *short_bias, *skip;
  Weight out_weight;
  const float *out_bias, *norm2_weight, *norm2_bias;
  Weight fc1_weight;
  const float* fc1_bias;
  Weight fc2_weight;
  const float* fc2_bias;
  const float* near_taps;  // [kDecodeBlock, (order-1) d]: the first taps of the long filters
};
struct DecodeModel {
  Weight embedding;
  const float *norm_weight, *norm_bias;
  Weight head;
  const DecodeLayer* layers;
};
struct DecodeState {  // of one layer of one text
  float* window;  // [short_length - 1, (order+1) d]: the last projections, the oldest first
  float* block_inputs;  // [kDecodeBlock, (order-1) d]: inputs of the long convolutions in this block
  float* block_base;   // [kDecodeBlock, (order-1) d]: what all before the block adds at its positions
};
struct DecodeText {
  int32_t id;
  int64_t place;  // of the token in its block
  const DecodeState* states;
};
struct DecodeAdvance {
  // room: columns of inputs and tile_sums; taps: of the filters; ahead: columns of lookahead; generated: tokens since then
  int64_t channels, room, taps, ahead, generated;
  const float *block_inputs, *filters, *lookahead;
  float *block_base, *inputs, *tile_sums;
};

// Element i is kept, times `scale`, where the upper 24 of the random bits of (key, i) reach the threshold; the bits are
// those of main/contract/logic/random.ts.
struct DropoutSettings {
  uint32_t first_key, second_key, threshold;
  float scale;
};

struct AdamWParameter {
  float *value, *gradient, *first, *second;  // without a value its gradient only counts in the norm
  int64_t count;
  double learning_rate, weight_decay;  // a rate of 0 leaves the parameter as it is; its moments move
};
struct AdamWSettings {
  double beta1, beta2, epsilon;
  int64_t step;
  double clip;  // <= 0: none
};

struct Kernels {
  const char* name;  // avx512, avx2, neon, plain

  void (*matrix_product)(Runtime&, const MatrixProduct&);
  // y [rows, out] = x [rows, in] w^T.
  void (*weight_product)(Runtime&, int64_t rows, int64_t in, int64_t out, const float* x, const Weight& w, float* y);
  // Reads memory as fast as it comes: `sum` depends on every byte. For measuring.
  void (*read_memory)(Runtime&, int64_t bytes, const void* memory, int32_t* sum);
  // Multiplies and adds in registers alone, on all threads, with the instructions of products in this precision: the peak
  // that `measured` then tells. For measuring.
  void (*multiply_registers)(Runtime&, Precision, int64_t rounds, float* sum);
  // The numbers of a weight matrix.
  void (*widen)(Runtime&, const Weight&, int64_t rows, int64_t columns, float* y);

  void (*linear)(Runtime&, const LinearShape&, const float* x, const Weight& w, const float* bias, float* y);
  // Gradients that are null are not computed, here and below.
  void (*linear_backward)(Runtime&, const LinearShape&, const float* dy, const float* x, const Weight& w, float* dx,
                          float* dw, float* dbias);
  // hidden [rows, inner], before the activation, of bf16 in Precision::kBf16Mixed; may be null where no gradient follows.
  void (*mlp)(Runtime&, const MlpShape&, const float* x, const Weight& w1, const float* b1, const Weight& w2,
              const float* b2, float* y, void* hidden);
  void (*mlp_backward)(Runtime&, const MlpShape&, const float* dy, const float* x, const Weight& w1, const Weight& w2,
                       const void* hidden, float* dx, float* dw1, float* db1, float* dw2, float* db2);
  // As `mlp`, but hidden always of fp32, with matrices w1 and w2 to which their adapters are added.
  void (*adapted_mlp)(Runtime&, const MlpShape&, const MlpAdapters&, const float* x, const Weight& w1,
                      const float* bias1, const Weight& w2, const float* bias2, float* y, float* hidden);
  void (*adapted_mlp_backward)(Runtime&, const MlpShape&, const MlpAdapters&, const float* dy, const float* x,
                               const Weight& w1, const Weight& w2, const float* hidden, const AdaptedMlpGradients&);
  // grad_x and grad_weight are null if no gradient is wanted.
  void (*cross_entropy)(Runtime&, Precision, int64_t tokens, int64_t d, int64_t vocabulary, const float* x,
                        const Weight& weight, const int32_t* targets, const float* mask, float* loss,
                        float* token_loss, float* grad_x, float* grad_weight);

  void (*layer_norm)(Runtime&, int64_t rows, int64_t d, float epsilon, const float* x, const float* residual,
                     const float* gamma, const float* beta, float* sum, float* y);
  // sum_gradient may be null (plain layer norm).
  void (*layer_norm_backward)(Runtime&, int64_t rows, int64_t d, float epsilon, const float* dy,
                              const float* sum_gradient, const float* sum, const float* gamma, float* dx,
                              float* dgamma, float* dbeta);

  // Both throw KernelError where an id is outside the vocabulary.
  void (*embedding)(Runtime&, int64_t tokens, int64_t d, int64_t vocabulary, const int32_t* ids, const Weight& weight,
                    float* y);
  void (*embedding_backward)(Runtime&, int64_t tokens, int64_t d, int64_t vocabulary, const int32_t* ids,
                             const float* dy, float* dweight);

  void (*implicit_filter)(Runtime&, const FilterShape&, const FilterWeights&, float* h);
  void (*implicit_filter_backward)(Runtime&, const FilterShape&, const FilterWeights&, const float* dh,
                                   const FilterGradients&);

  // u, y [channels, batch, length]; h [channels, filter_length].
  void (*long_convolution)(Runtime&, int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                           const float* u, const float* h, const float* skip, float* y);
  void (*long_convolution_backward)(Runtime&, int64_t channels, int64_t batch, int64_t length, int64_t filter_length,
                                    const float* dy, const float* u, const float* h, const float* skip, float* du,
                                    float* dh, float* dskip);
  void (*recurrence)(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, float* y);
  void (*recurrence_backward)(Runtime&, const RecurrenceShape&, const RecurrenceInputs&, const float* dy,
                              const RecurrenceGradients&);

  // sums [batch, heads, queries]: the logarithm of each row's sum of exponentials; may be null where no gradient follows.
  void (*attention)(Runtime&, const AttentionShape&, const float* q, const float* k, const float* v, float* y,
                    float* sums);
  void (*attention_backward)(Runtime&, const AttentionShape&, const float* dy, const float* q, const float* k,
                             const float* v, const float* y, const float* sums, const AttentionGradients&);
  void (*attention_step)(Runtime&, const AttentionStepShape&, float* qkv, const AttentionText* texts, int64_t count,
                         float* y);  // y [texts, heads * head_dim]
  void (*rotary)(Runtime&, const RotaryShape&, const float* x, float* y);

  // bias and skip may be null.
  void (*grouped_convolution)(Runtime&, const GroupedConvolutionShape&, const float* u, const float* filter,
                              const float* bias, const float* skip, float* y);
  void (*grouped_convolution_backward)(Runtime&, const GroupedConvolutionShape&, const float* dy, const float* u,
                                       const float* filter, const float* skip, const GroupedConvolutionGradients&);
  void (*modal_filter)(Runtime&, const ModalShape&, const float* poles, const float* residues, float* h);
  void (*modal_filter_backward)(Runtime&, const ModalShape&, const float* dh, const float* poles,
                                const float* residues, float* dpoles, float* dresidues);
  // `before` may be null: the sequence begins.
  void (*modal_scan)(Runtime&, const ModalScanShape&, const float* u, const float* poles, const float* residues,
                     const float* skip, const float* before, float* y, float* after);

  // `before` may be null: the sequences begin. The backward pass is of sequences that begin.
  void (*wkv)(Runtime&, const WkvShape&, const WkvInputs&, const float* before, float* y, float* after);
  void (*wkv_backward)(Runtime&, const WkvShape&, const WkvInputs&, const float* dy, const WkvGradients&);

  // conv_inputs may be null where past is 0, lookahead if nothing is requested.
  void (*prefill)(Runtime&, const PrefillShape&, const RecurrenceInputs&, const float* conv_inputs,
                    const PrefillOutputs&);
  // The next token of each of `count` texts: logits [count, vocabulary].
  void (*decode_step)(Runtime&, const DecodeShape&, const DecodeModel&, const DecodeText* texts, int64_t count,
                      float* logits);
  void (*decode_advance)(Runtime&, const DecodeAdvance&);

  // y = act(h)·factor; factor may be null (1), and dfactor is then. y may be h.
  void (*activation)(Runtime&, ActivationKind, int64_t count, const float* h, const float* factor, float* y);
  void (*activation_backward)(Runtime&, ActivationKind, int64_t count, const float* dy, const float* h,
                              const float* factor, float* dh, float* dfactor);
  void (*dropout)(Runtime&, const DropoutSettings&, int64_t count, const float* x, float* y);
  // Returns the norm of all gradients; changes nothing if it is not finite.
  float (*adamw)(Runtime&, const AdamWSettings&, const AdamWParameter* parameters, int64_t count);

  TensorKernels tensor;
};

// The table for this processor; HYENA_ISA in the environment (avx512, avx2, neon, plain) asks for another.
const Kernels& kernels();

// All tables that this processor can run, best first.
std::vector<const Kernels*> available_kernels();

}  // namespace hyena
