#include "processor.h"

#include <atomic>
#include <cstdint>

#if defined(__x86_64__) || defined(_M_X64)
#define HYENA_X86 1
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
#endif

namespace hyena {
namespace {

#if defined(HYENA_X86)
struct Registers {
  uint32_t a, b, c, d;
};

Registers cpuid(uint32_t leaf, uint32_t subleaf) {
  Registers r{};
#if defined(_MSC_VER)
  int values[4];
  __cpuidex(values, static_cast<int>(leaf), static_cast<int>(subleaf));
  r = {static_cast<uint32_t>(values[0]), static_cast<uint32_t>(values[1]), static_cast<uint32_t>(values[2]),
       static_cast<uint32_t>(values[3])};
#else
  __cpuid_count(leaf, subleaf, r.a, r.b, r.c, r.d);
#endif
  return r;
}

// Which register files the operating system saves.
uint64_t saved_state() {
#if defined(_MSC_VER)
  return _xgetbv(0);
#else
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return uint64_t{high} << 32 | low;
#endif
}

// Linux hands out the tile registers on request, once for the whole process.
bool may_use_tiles() {
#if defined(__linux__)
  constexpr long kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM
  constexpr long kTileData = 18;               // XFEATURE_XTILEDATA
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#elif defined(_WIN32)
  return true;
#else
  return false;
#endif
}
#endif

Processor detect() {
  Processor p;
#if defined(HYENA_X86)
  const auto bit = [](uint32_t value, int position) { return (value >> position & 1) != 0; };
  const uint32_t leaves = cpuid(0, 0).a;
  if (leaves < 7) return p;
  const Registers one = cpuid(1, 0), seven = cpuid(7, 0);
  if (!bit(one.c, 27)) return p;  // no xgetbv
  const uint64_t saved = saved_state();
  const bool ymm = (saved & 0x6) == 0x6, zmm = (saved & 0xe6) == 0xe6, tiles = (saved & 0x60000) == 0x60000;
  p.avx2 = ymm && bit(one.c, 28) && bit(one.c, 12) && bit(one.c, 29) && bit(seven.b, 5) && bit(seven.b, 8);
  p.avx512 = p.avx2 && zmm && bit(seven.b, 16) && bit(seven.b, 17) && bit(seven.b, 30) && bit(seven.b, 31);
  p.avx512_vnni = p.avx512 && bit(seven.c, 11);
  p.avx512_bf16 = p.avx512 && bit(cpuid(7, 1).a, 5);
  constexpr uint32_t kAmd = 0x68747541;  // "Auth", of AuthenticAMD
  p.fast_bf16_dots = p.avx512_bf16 && cpuid(0, 0).b == kAmd;
  p.amx_bf16 = p.avx512_bf16 && tiles && bit(seven.d, 22) && bit(seven.d, 24) && may_use_tiles();
#elif defined(__aarch64__) || defined(_M_ARM64)
  p.neon = true;
#endif
  return p;
}

std::atomic<bool> vnni_allowed{true};

}  // namespace

const Processor& processor() {
  static const Processor detected = detect();
  return detected;
}

bool uses_vnni() { return vnni_allowed.load(std::memory_order_relaxed) && processor().avx512_vnni; }
void use_vnni(bool on) { vnni_allowed.store(on, std::memory_order_relaxed); }

}  // namespace hyena
