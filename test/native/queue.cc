// The command queue: order, failures, endings.
#include "queue.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <new>
#include <numeric>

#include "check.h"

using namespace hyena;
using namespace hyena::test;

TEST(queue_runs_in_order) {
  Queue queue(2);
  std::vector<int> order;  // written by the queue alone until it is drained
  for (int i = 0; i < 1000; ++i) {
    queue.run("count", [&order, i](Runtime& runtime) {
      runtime.parallel(4, [](int64_t) {});
      order.push_back(i);
    });
    if (i % 100 == 0) queue.drain();
  }
  queue.drain();
  CHECK(queue.idle() && order.size() == 1000);
  for (int i = 0; i < 1000; ++i) CHECK(order[static_cast<size_t>(i)] == i);
}

TEST(queue_keeps_a_failure_and_skips_what_follows) {
  Queue queue(2);
  for (int round = 0; round < 3; ++round) {
    std::atomic<int> ran{0};
    std::optional<Failure> told;
    queue.run("good", [&](Runtime&) { ++ran; });
    queue.run("bad", [](Runtime& runtime) {
      runtime.parallel(8, [](int64_t index) {
        if (index == 5) throw KernelError("Bad: 5");
      });
    });
    queue.run("skipped", [&](Runtime&) { ran += 100; });
    queue.always([&](const std::optional<Failure>& failure) { told = failure; });
    queue.drain();
    CHECK(ran == 1 && told && told->message == "Bad: 5" && told->kind == Failure::Kind::kBadValue);
    const auto taken = queue.take_failure();
    CHECK(taken && taken->number == told->number);
    CHECK(!queue.take_failure());
    queue.run("after", [&](Runtime&) { ran += 10; });
    queue.drain();
    CHECK(ran == 11);
  }
}

TEST(queue_names_the_kernel_that_found_no_memory) {
  Queue queue(2);
  queue.run("HugeKernel", [](Runtime& runtime) { runtime.scratch(0, SIZE_MAX / 4); });
  queue.drain();
  const auto failure = queue.take_failure();
  CHECK(failure && failure->kind == Failure::Kind::kOutOfMemory);
  CHECK(failure->message.find("HugeKernel") == 0);
}

TEST(queue_drops_what_has_not_begun_when_it_ends) {
  auto held = std::make_shared<int>(1);
  std::atomic<int> ran{0};
  {
    Queue queue(1);
    for (int i = 0; i < 100; ++i) {
      queue.run("slow", [&ran, held](Runtime&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ++ran;
      });
    }
  }
  CHECK(ran < 100 && held.use_count() == 1);
}

TEST(queue_measures_kernels) {
  Queue queue(1);
  queue.run("before", [](Runtime&) {});
  queue.drain();
  queue.measure(true);
  for (int i = 0; i < 3; ++i) {
    queue.run("timed", [](Runtime& runtime) {
      CHECK(runtime.work().timed && runtime.work().operations == 0);
      runtime.work().operations += 5;
      runtime.work().product_operations += 7;
    }, 100);
  }
  queue.drain();
  queue.measure(false);
  const auto shares = queue.shares();
  CHECK(shares.size() == 1);
  const Queue::Share& share = shares.at("timed");
  CHECK(share.calls == 3 && share.bytes == 300 && share.operations == 15 && share.product_operations == 21);
}

TEST(queue_can_be_interrupted_and_goes_on) {
  Queue queue(2);
  const auto nap = [](int64_t) { std::this_thread::sleep_for(std::chrono::milliseconds(1)); };
  for (int round = 0; round < 20; ++round) {
    std::atomic<bool> began{false};
    std::atomic<int> ran{0};
    std::optional<Failure> told;
    queue.run("long", [&](Runtime& runtime) {
      began = true;
      runtime.parallel(20000, nap);
      ran += 1;
    });
    queue.run("skipped", [&](Runtime&) { ran += 10; });
    queue.always([&](const std::optional<Failure>& failure) { told = failure; });
    while (round % 2 == 0 && !began) std::this_thread::yield();
    const auto start = std::chrono::steady_clock::now();
    queue.interrupt();
    queue.drain();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
    CHECK(ran == 0 && told && told->kind == Failure::Kind::kInterrupted);
    CHECK(queue.take_failure());
    queue.run("after", [&](Runtime& runtime) { runtime.parallel(50, [&](int64_t) { ran += 2; }); });
    queue.drain();
    CHECK(ran == 100 && !queue.take_failure());
  }
  // Nothing is enqueued: nothing to interrupt, and nothing fails later.
  queue.interrupt();
  bool ran = false;
  queue.run("later", [&](Runtime&) { ran = true; });
  queue.drain();
  CHECK(ran && !queue.take_failure());
}
