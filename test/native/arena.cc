// The arena: blocks never overlap, memory comes back, limits hold.
#include "arena.h"

#include <cstring>
#include <map>

#include "aligned.h"
#include "check.h"

using namespace hyena;
using namespace hyena::test;

TEST(arena_blocks_do_not_overlap_and_come_back) {
  Arena arena(0, aligned_release);
  Random random(1);
  std::vector<std::pair<Arena::Block*, unsigned char>> blocks;
  const auto check_and_free = [&](size_t index) {
    const auto [block, mark] = blocks[index];
    const auto* memory = reinterpret_cast<unsigned char*>(block->memory);
    CHECK(memory[0] == mark && memory[block->bytes - 1] == mark && memory[block->bytes / 2] == mark);
    arena.free(block);
    blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(index));
  };
  for (int i = 0; i < 3000; ++i) {
    if (blocks.size() < 60 || random.integer(0, 1) == 0) {
      const int64_t bytes = random.integer(0, 3) == 0 ? random.integer(0, 3 << 20) : random.integer(0, 70000);
      Arena::Block* block = arena.allocate(static_cast<size_t>(bytes));
      CHECK(reinterpret_cast<uintptr_t>(block->memory) % 64 == 0 && block->bytes >= static_cast<size_t>(bytes));
      const auto mark = static_cast<unsigned char>(i);
      std::memset(block->memory, mark, block->bytes);
      blocks.push_back({block, mark});
    } else {
      check_and_free(static_cast<size_t>(random.integer(0, static_cast<int64_t>(blocks.size()) - 1)));
    }
    if (blocks.size() > 100) check_and_free(0);
  }
  while (!blocks.empty()) check_and_free(blocks.size() - 1);
  CHECK(arena.in_use() == 0 && arena.peak() > 0 && arena.reserved() > 0);
  arena.trim();
  CHECK(arena.reserved() == 0);
}

TEST(arena_reuses_places_from_step_to_step) {
  Arena arena(0, aligned_release);
  const auto step = [&] {
    std::vector<Arena::Block*> blocks;
    for (size_t i = 1; i < 50; ++i) blocks.push_back(arena.allocate(i * 99991));
    for (size_t i = 0; i < blocks.size(); i += 2) arena.free(blocks[i]);
    for (size_t i = 1; i < blocks.size(); i += 2) arena.free(blocks[i]);
  };
  step();
  const size_t reserved = arena.reserved();
  for (int i = 0; i < 20; ++i) step();
  CHECK(arena.reserved() == reserved);
}

TEST(arena_keeps_to_its_limit) {
  constexpr size_t kLimit = size_t{10} << 20;
  Arena arena(kLimit, aligned_release);
  Arena::Block* block = arena.allocate(size_t{6} << 20);
  bool refused = false;
  try {
    arena.allocate(size_t{5} << 20);
  } catch (const OutOfMemory& error) {
    refused = error.asked == size_t{5} << 20 && error.in_use == size_t{6} << 20 && error.limit == kLimit;
  }
  CHECK(refused && arena.in_use() == size_t{6} << 20);
  arena.free(block);
  arena.free(arena.allocate(kLimit));
  refused = false;
  try {
    Arena(0, aligned_release).allocate(SIZE_MAX / 2);
  } catch (const OutOfMemory&) {
    refused = true;
  }
  CHECK(refused);
}
