#include <cstdlib>
#include <cstring>

#include "kernels.h"
#include "processor.h"

namespace hyena {

#if defined(HYENA_WITH_AVX512)
namespace avx512 {
extern const Kernels table;
}
#endif
#if defined(HYENA_WITH_AVX2)
namespace avx2 {
extern const Kernels table;
}
#endif
#if defined(HYENA_WITH_NEON)
namespace neon {
extern const Kernels table;
}
#endif
namespace plain {
extern const Kernels table;
}

std::vector<const Kernels*> available_kernels() {
  std::vector<const Kernels*> tables;
#if defined(HYENA_WITH_AVX512)
  if (processor().avx512) tables.push_back(&avx512::table);
#endif
#if defined(HYENA_WITH_AVX2)
  if (processor().avx2) tables.push_back(&avx2::table);
#endif
#if defined(HYENA_WITH_NEON)
  if (processor().neon) tables.push_back(&neon::table);
#endif
  tables.push_back(&plain::table);
  return tables;
}

const Kernels& kernels() {
  static const Kernels& chosen = [&]() -> const Kernels& {
    const std::vector<const Kernels*> tables = available_kernels();
    const char* asked = std::getenv("HYENA_ISA");
    if (asked != nullptr) {
      for (const Kernels* table : tables) {
        if (std::strcmp(table->name, asked) == 0) return *table;
      }
    }
    return *tables.front();
  }();
  return chosen;
}

}  // namespace hyena
