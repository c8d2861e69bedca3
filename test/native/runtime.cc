#include "runtime.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "check.h"

using hyena::Runtime;

TEST(runtime_runs_every_index_once) {
  for (const int threads : {1, 2, 3, 7}) {
    Runtime runtime(threads);
    CHECK(runtime.threads() == threads);
    for (int64_t count : {0, 1, 2, 3, 5, 64, 1000}) {
      for (int repeat = 0; repeat < 50; ++repeat) {
        std::vector<int> hits(static_cast<size_t>(count));
        runtime.parallel(count, [&](int64_t index) { ++hits[static_cast<size_t>(index)]; });
        for (const int hit : hits) CHECK(hit == 1);
      }
    }
  }
}

TEST(runtime_ranges_cover_the_count) {
  Runtime runtime(3);
  for (int64_t count : {1, 7, 64, 1001}) {
    for (int64_t grain : {1, 3, 64, 5000}) {
      std::vector<int> hits(static_cast<size_t>(count));
      runtime.parallel_ranges(count, grain, [&](int64_t begin, int64_t end) {
        CHECK(begin < end && end - begin <= grain);
        for (int64_t i = begin; i < end; ++i) ++hits[static_cast<size_t>(i)];
      });
      for (const int hit : hits) CHECK(hit == 1);
    }
  }
}

TEST(runtime_sleeping_threads_wake) {
  Runtime runtime(2);
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::atomic<int> sum{0};
    runtime.parallel(10, [&](int64_t index) { sum += static_cast<int>(index); });
    CHECK(sum == 45);
  }
}

TEST(runtime_nested_calls_run_inline) {
  Runtime runtime(2);
  std::atomic<int> sum{0};
  runtime.parallel(4, [&](int64_t) { runtime.parallel(5, [&](int64_t) { ++sum; }); });
  CHECK(sum == 20);
}

TEST(runtime_rethrows_and_goes_on) {
  Runtime runtime(2);
  for (int repeat = 0; repeat < 20; ++repeat) {
    bool thrown = false;
    try {
      runtime.parallel(100, [](int64_t index) {
        if (index == 37) throw std::runtime_error("37");
      });
    } catch (const std::runtime_error& error) {
      thrown = std::string(error.what()) == "37";
    }
    CHECK(thrown);
    std::atomic<int> sum{0};
    runtime.parallel(100, [&](int64_t) { ++sum; });
    CHECK(sum == 100);
  }
}

TEST(runtime_scratch_is_aligned_and_kept_apart) {
  Runtime runtime(2);
  auto* first = static_cast<char*>(runtime.scratch(0, 100));
  auto* second = static_cast<char*>(runtime.scratch(1, 9 << 20));
  CHECK(first != second);
  CHECK(reinterpret_cast<uintptr_t>(first) % 64 == 0 && reinterpret_cast<uintptr_t>(second) % 64 == 0);
  CHECK(runtime.scratch(0, 50) == first);
  CHECK(runtime.scratch_bytes() >= (size_t{9} << 20));
  runtime.parallel(8, [&](int64_t index) {
    auto* area = static_cast<int64_t*>(runtime.thread_scratch(4096));
    for (int i = 0; i < 512; ++i) area[i] = index;
    for (int i = 0; i < 512; ++i) CHECK(area[i] == index);
  });
  runtime.release_scratch();
  CHECK(runtime.scratch_bytes() == 0);
}
