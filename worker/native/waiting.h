// Waiting for a counter to move on: first by looking, then asleep.
#pragma once

#include <atomic>
#include <cstdint>

namespace hyena {

// Returns once value is not `old`. A thread looks for some 60 microseconds before it sleeps: longer than the gaps between
// the kernels of a step, short enough to cost nothing when training pauses.
void wait_while(const std::atomic<uint32_t>& value, uint32_t old);

}  // namespace hyena
