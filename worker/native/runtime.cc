#include "runtime.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "aligned.h"
#include "waiting.h"

namespace hyena {
namespace {

int thread_count(int asked) {
  if (asked <= 0) {
    const char* variable = std::getenv("HYENA_THREADS");
    if (variable != nullptr) asked = std::atoi(variable);
  }
  if (asked <= 0) asked = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(asked, 1, 1024);
}

struct Scratch {
  void* memory = nullptr;
  size_t bytes = 0;

  void* get(size_t wanted, std::atomic<size_t>& total) {
    if (wanted > bytes || memory == nullptr) {
      release(total);
      const size_t rounded = (std::max<size_t>(wanted, 4096) + 4095) / 4096 * 4096;
      memory = aligned_allocate(rounded);
      bytes = rounded;
      total += rounded;
    }
    return memory;
  }
  void release(std::atomic<size_t>& total) {
    if (memory != nullptr) aligned_release(memory, bytes);
    total -= bytes;
    memory = nullptr;
    bytes = 0;
  }
};

// Which member of which pool this thread is; 0 for a thread that drives a pool.
thread_local int current_thread = 0;
thread_local bool inside_parallel = false;

}  // namespace

struct Runtime::State {
  int threads;
  std::vector<std::thread> workers;
  std::vector<Scratch> slots = std::vector<Scratch>(kScratchSlots);
  std::vector<Scratch> thread_areas;
  std::atomic<size_t> scratch_total{0};
  Work work_done;

  // The job: its number in the upper half of `ticket`, the next index to take in the lower half. An index is taken by
  // compare-and-swap on both, so that a thread which was held up cannot take an index of a later job by mistake.
  static constexpr uint64_t kClosed = 0xffffffff;
  alignas(64) std::atomic<uint64_t> ticket{kClosed};
  std::atomic<const std::function<void(int64_t)>*> task{nullptr};
  std::atomic<uint64_t> count{0};
  alignas(64) std::atomic<uint32_t> generation{0};  // what sleeping workers wait on; same number as in the ticket
  alignas(64) std::atomic<uint64_t> finished{0};
  std::atomic<uint32_t> done{0};  // generation of the last completed job, what the caller waits on
  std::atomic<bool> failed{false};
  std::mutex failure_lock;
  std::exception_ptr failure;
  std::atomic<bool> stopping{false};
  std::atomic<bool> interrupted{false};

  void call(const std::function<void(int64_t)>& body, int64_t index) {
    if (interrupted.load(std::memory_order_relaxed)) throw Interrupted();
    body(index);
  }

  void work(uint32_t number) {
    for (;;) {
      uint64_t now = ticket.load(std::memory_order_acquire);
      const uint64_t index = now & 0xffffffff;
      if ((now >> 32) != number || index == kClosed) return;
      const auto* mine = task.load(std::memory_order_acquire);
      const uint64_t total = count.load(std::memory_order_acquire);
      if (index >= total) return;
      if (!ticket.compare_exchange_weak(now, now + 1, std::memory_order_acq_rel)) continue;
      if (!failed.load(std::memory_order_relaxed)) {
        try {
          call(*mine, static_cast<int64_t>(index));
        } catch (...) {
          const std::lock_guard<std::mutex> guard(failure_lock);
          if (!failure) failure = std::current_exception();
          failed.store(true, std::memory_order_relaxed);
        }
      }
      if (finished.fetch_add(1, std::memory_order_acq_rel) + 1 == total) {
        done.store(number, std::memory_order_release);
        done.notify_one();
      }
    }
  }

  void run_worker(int index) {
    current_thread = index;
    inside_parallel = true;
    uint32_t seen = 0;
    for (;;) {
      wait_while(generation, seen);
      seen = generation.load(std::memory_order_acquire);
      if (stopping.load(std::memory_order_acquire)) return;
      work(seen);
    }
  }
};

Runtime::Runtime(int threads) : state_(new State) {
  state_->threads = thread_count(threads);
  state_->thread_areas.resize(static_cast<size_t>(state_->threads));
  for (int i = 1; i < state_->threads; ++i) {
    state_->workers.emplace_back([state = state_, i] { state->run_worker(i); });
  }
}

Runtime::~Runtime() {
  state_->stopping.store(true, std::memory_order_release);
  state_->generation.fetch_add(1, std::memory_order_release);
  state_->generation.notify_all();
  for (std::thread& worker : state_->workers) worker.join();
  release_scratch();
  delete state_;
}

int Runtime::threads() const { return state_->threads; }

void Runtime::parallel(int64_t count, const std::function<void(int64_t)>& task) {
  if (count <= 0) return;
  if (count == 1 || state_->threads == 1 || inside_parallel) {
    for (int64_t index = 0; index < count; ++index) state_->call(task, index);
    return;
  }
  State& s = *state_;
  const uint32_t number = s.generation.load(std::memory_order_relaxed) + 1;
  // Close the ticket before the job changes under a thread that still looks at the last one.
  s.ticket.store(uint64_t{number} << 32 | State::kClosed, std::memory_order_seq_cst);
  s.task.store(&task, std::memory_order_release);
  s.count.store(static_cast<uint64_t>(count), std::memory_order_release);
  s.finished.store(0, std::memory_order_relaxed);
  s.ticket.store(uint64_t{number} << 32, std::memory_order_release);
  s.generation.store(number, std::memory_order_release);
  s.generation.notify_all();

  inside_parallel = true;
  s.work(number);
  inside_parallel = false;
  uint32_t done = s.done.load(std::memory_order_acquire);
  while (done != number) {
    wait_while(s.done, done);
    done = s.done.load(std::memory_order_acquire);
  }
  if (s.failed.load(std::memory_order_relaxed)) {
    const std::exception_ptr failure = s.failure;
    s.failure = nullptr;
    s.failed.store(false, std::memory_order_relaxed);
    std::rethrow_exception(failure);
  }
}

void Runtime::parallel_ranges(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& task) {
  if (count <= 0) return;
  const int64_t step = std::max<int64_t>(grain, 1);
  parallel((count + step - 1) / step,
           [&](int64_t index) { task(index * step, std::min(count, (index + 1) * step)); });
}

void* Runtime::scratch(int slot, size_t bytes) {
  return state_->slots.at(static_cast<size_t>(slot)).get(bytes, state_->scratch_total);
}

void* Runtime::thread_scratch(size_t bytes) {
  return state_->thread_areas[static_cast<size_t>(current_thread)].get(bytes, state_->scratch_total);
}

void Runtime::interrupt() { state_->interrupted.store(true, std::memory_order_relaxed); }
void Runtime::resume() { state_->interrupted.store(false, std::memory_order_relaxed); }

Runtime::Work& Runtime::work() { return state_->work_done; }

size_t Runtime::scratch_bytes() const { return state_->scratch_total.load(); }

void Runtime::release_scratch() {
  for (Scratch& slot : state_->slots) slot.release(state_->scratch_total);
  for (Scratch& area : state_->thread_areas) area.release(state_->scratch_total);
}

}  // namespace hyena
