// For sources under kernels/: each is compiled once for every instruction set, with HYENA_ISA set to its name (avx512,
// avx2, neon, plain), which is also the namespace, and HYENA_ISA_AVX512, HYENA_ISA_AVX2, HYENA_ISA_NEON or
// HYENA_ISA_PLAIN defined. Two kinds of source are compiled once, with more: `*.avx512bf16.cc` and `*.amx.cc`
// (namespaces avx512bf16 and amx, HYENA_ISA_AVX512 defined as well); call into them only where HYENA_WITH_AVX512BF16 or
// HYENA_WITH_AMX is defined and processor() has the feature.
//
// No variables with a constructor at namespace scope here: they would run when the library is loaded, on processors
// that lack the instructions.
#pragma once

#include <type_traits>

#include "../kernels.h"

#if !defined(HYENA_ISA)
#error "compile through worker/native/build.mjs"
#endif

namespace hyena::HYENA_ISA {

template <typename Pointer>
using Function = std::remove_pointer_t<Pointer>;

// One function for each entry of the table, of the same name and type.
Function<decltype(Kernels::matrix_product)> matrix_product;
Function<decltype(Kernels::weight_product)> weight_product;
Function<decltype(Kernels::read_memory)> read_memory;
Function<decltype(Kernels::multiply_registers)> multiply_registers;
Function<decltype(Kernels::widen)> widen;
Function<decltype(Kernels::linear)> linear;
Function<decltype(Kernels::linear_backward)> linear_backward;
Function<decltype(Kernels::mlp)> mlp;
Function<decltype(Kernels::mlp_backward)> mlp_backward;
Function<decltype(Kernels::adapted_mlp)> adapted_mlp;
Function<decltype(Kernels::adapted_mlp_backward)> adapted_mlp_backward;
Function<decltype(Kernels::cross_entropy)> cross_entropy;
Function<decltype(Kernels::layer_norm)> layer_norm;
Function<decltype(Kernels::layer_norm_backward)> layer_norm_backward;
Function<decltype(Kernels::embedding)> embedding;
Function<decltype(Kernels::embedding_backward)> embedding_backward;
Function<decltype(Kernels::implicit_filter)> implicit_filter;
Function<decltype(Kernels::implicit_filter_backward)> implicit_filter_backward;
Function<decltype(Kernels::long_convolution)> long_convolution;
Function<decltype(Kernels::long_convolution_backward)> long_convolution_backward;
Function<decltype(Kernels::recurrence)> recurrence;
Function<decltype(Kernels::recurrence_backward)> recurrence_backward;
Function<decltype(Kernels::attention)> attention;
Function<decltype(Kernels::attention_backward)> attention_backward;
Function<decltype(Kernels::attention_step)> attention_step;
Function<decltype(Kernels::rotary)> rotary;
Function<decltype(Kernels::grouped_convolution)> grouped_convolution;
Function<decltype(Kernels::grouped_convolution_backward)> grouped_convolution_backward;
Function<decltype(Kernels::modal_filter)> modal_filter;
Function<decltype(Kernels::modal_filter_backward)> modal_filter_backward;
Function<decltype(Kernels::modal_scan)> modal_scan;
Function<decltype(Kernels::wkv)> wkv;
Function<decltype(Kernels::wkv_backward)> wkv_backward;
Function<decltype(Kernels::prefill)> prefill;
Function<decltype(Kernels::decode_step)> decode_step;
Function<decltype(Kernels::decode_advance)> decode_advance;
Function<decltype(Kernels::activation)> activation;
Function<decltype(Kernels::activation_backward)> activation_backward;
Function<decltype(Kernels::dropout)> dropout;
Function<decltype(Kernels::adamw)> adamw;

Function<decltype(TensorKernels::unary)> unary;
Function<decltype(TensorKernels::test)> test;
Function<decltype(TensorKernels::clip)> clip;
Function<decltype(TensorKernels::cast)> cast;
Function<decltype(TensorKernels::binary)> binary;
Function<decltype(TensorKernels::binary_int)> binary_int;
Function<decltype(TensorKernels::compare)> compare;
Function<decltype(TensorKernels::compare_int)> compare_int;
Function<decltype(TensorKernels::logical)> logical;
Function<decltype(TensorKernels::select)> select;
Function<decltype(TensorKernels::copy)> copy;
Function<decltype(TensorKernels::fill)> fill;
Function<decltype(TensorKernels::gather)> gather;
Function<decltype(TensorKernels::one_hot)> one_hot;
Function<decltype(TensorKernels::segment_sum)> segment_sum;
Function<decltype(TensorKernels::reduce)> reduce;
Function<decltype(TensorKernels::reduce_int)> reduce_int;
Function<decltype(TensorKernels::arg_extreme)> arg_extreme;
Function<decltype(TensorKernels::softmax)> softmax;
Function<decltype(TensorKernels::cumulative_sum)> cumulative_sum;

}  // namespace hyena::HYENA_ISA
