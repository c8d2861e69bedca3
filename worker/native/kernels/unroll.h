#pragma once

// Unrolls the loop that follows entirely, so that arrays of vectors stay in registers; its bounds are constants of at
// most 32.
#if defined(__clang__)
#define HYENA_UNROLL _Pragma("clang loop unroll(full)")
#else
#define HYENA_UNROLL _Pragma("GCC unroll 32")
#endif
