// Memory at 64-byte boundaries (a cache line, an AVX-512 register), on huge pages where it is large.
#pragma once

#include <cstddef>

namespace hyena {

// Throws std::bad_alloc. Contents are undefined.
void* aligned_allocate(size_t bytes);
void aligned_release(void* memory, size_t bytes);

}  // namespace hyena
