#include "isa.h"

namespace hyena::HYENA_ISA {

#define HYENA_TEXT_OF(name) #name
#define HYENA_TEXT(name) HYENA_TEXT_OF(name)

extern const Kernels table;
const Kernels table = {
    .name = HYENA_TEXT(HYENA_ISA),
    .matrix_product = matrix_product,
    .weight_product = weight_product,
    .read_memory = read_memory,
    .multiply_registers = multiply_registers,
    .widen = widen,
    .linear = linear,
    .linear_backward = linear_backward,
    .mlp = mlp,
    .mlp_backward = mlp_backward,
    .adapted_mlp = adapted_mlp,
    .adapted_mlp_backward = adapted_mlp_backward,
    .cross_entropy = cross_entropy,
    .layer_norm = layer_norm,
    .layer_norm_backward = layer_norm_backward,
    .embedding = embedding,
    .embedding_backward = embedding_backward,
    .implicit_filter = implicit_filter,
    .implicit_filter_backward = implicit_filter_backward,
    .long_convolution = long_convolution,
    .long_convolution_backward = long_convolution_backward,
    .recurrence = recurrence,
    .recurrence_backward = recurrence_backward,
    .attention = attention,
    .attention_backward = attention_backward,
    .attention_step = attention_step,
    .rotary = rotary,
    .grouped_convolution = grouped_convolution,
    .grouped_convolution_backward = grouped_convolution_backward,
    .modal_filter = modal_filter,
    .modal_filter_backward = modal_filter_backward,
    .modal_scan = modal_scan,
    .wkv = wkv,
    .wkv_backward = wkv_backward,
    .prefill = prefill,
    .decode_step = decode_step,
    .decode_advance = decode_advance,
    .dropout = dropout,
    .adamw = adamw,
    .tensor =
        {
            .unary = unary,
            .test = test,
            .clip = clip,
            .cast = cast,
            .binary = binary,
            .binary_int = binary_int,
            .compare = compare,
            .compare_int = compare_int,
            .logical = logical,
            .select = select,
            .copy = copy,
            .fill = fill,
            .gather = gather,
            .one_hot = one_hot,
            .segment_sum = segment_sum,
            .reduce = reduce,
            .reduce_int = reduce_int,
            .arg_extreme = arg_extreme,
            .softmax = softmax,
            .cumulative_sum = cumulative_sum,
        },
};

}  // namespace hyena::HYENA_ISA
