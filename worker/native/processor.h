// What this processor and its operating system allow.
#pragma once

namespace hyena {

struct Processor {
  bool avx2 = false;  // with FMA and F16C
  bool avx512 = false;  // F, BW, DQ, VL
  bool avx512_vnni = false;
  bool avx512_bf16 = false;
  bool fast_bf16_dots = false;  // twice the rate of fp32 (AMD); on Intel's processors about half of it
  bool amx_bf16 = false;  // with the permission to use the tiles
  bool neon = false;
};

const Processor& processor();

// Whether products of 16-bit numbers take AVX512_VNNI, which changes no result: if the processor has it, unless switched off.
// Not to be changed while kernels run.
bool uses_vnni();
void use_vnni(bool on);

}  // namespace hyena
