#include "bf16.h"

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "kernels.h"
#include "processor.h"

namespace hyena {
namespace {

Bf16Unit chosen_at_start() {
  const char* asked = std::getenv("HYENA_BF16");
  const std::vector<Bf16Unit> units = available_bf16_units();
  if (asked != nullptr) {
    for (const Bf16Unit unit : units) {
      const char* name = unit == Bf16Unit::kTiles ? "tiles" : unit == Bf16Unit::kDotProducts ? "dot-products" : "none";
      if (std::strcmp(asked, name) == 0) return unit;
    }
  }
  // Dot products that are slower than fp32 would cost accuracy and gain nothing.
  const bool slow = units.front() == Bf16Unit::kDotProducts && !processor().fast_bf16_dots;
  return slow ? Bf16Unit::kNone : units.front();
}

std::atomic<Bf16Unit>& current() {
  static std::atomic<Bf16Unit> unit{chosen_at_start()};
  return unit;
}

}  // namespace

std::vector<Bf16Unit> available_bf16_units() {
  std::vector<Bf16Unit> units;
#if defined(HYENA_WITH_AMX)
  if (processor().amx_bf16) units.push_back(Bf16Unit::kTiles);
#endif
#if defined(HYENA_WITH_AVX512BF16)
  if (processor().avx512_bf16) units.push_back(Bf16Unit::kDotProducts);
#endif
  units.push_back(Bf16Unit::kNone);
  return units;
}

Bf16Unit bf16_unit() { return current().load(std::memory_order_relaxed); }

void use_bf16_unit(Bf16Unit unit) {
  for (const Bf16Unit available : available_bf16_units()) {
    if (available == unit) current().store(unit, std::memory_order_relaxed);
  }
}

bool bf16_supported() { return std::strcmp(kernels().name, "avx512") == 0 && bf16_unit() != Bf16Unit::kNone; }

}  // namespace hyena
