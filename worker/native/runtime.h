// What kernels run on: a pool of threads with a fixed partition of work, and scratch memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>

namespace hyena {

// Thrown by Runtime::parallel where the kernel was interrupted.
struct Interrupted : std::exception {
  const char* what() const noexcept override { return "interrupted"; }
};

class Runtime {
 public:
  // threads: 0 takes HYENA_THREADS, else one a core. The calling thread counts as one of them.
  explicit Runtime(int threads = 0);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  int threads() const;

  // Calls task(index) for each index below count on the pool, and returns when all are done. Which thread takes which
  // index may vary; results must not depend on it: partition the work by the problem's size, never by the number of
  // threads, and reduce partial results in the order of their index. A nested call runs on the calling thread. If
  // tasks throw, the rest is skipped and one of the exceptions is rethrown here. Only one thread may drive a Runtime.
  void parallel(int64_t count, const std::function<void(int64_t index)>& task);

  // Splits [0, count) into ranges of `grain` (the last may be shorter) and calls task(begin, end) for each on the pool.
  // The partition depends on count and grain alone.
  void parallel_ranges(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& task);

  // Scratch memory for the running kernel, 64-byte aligned, never zeroed, reused by the next call with the same slot (a
  // larger request moves it and loses the contents); slots below kScratchSlots keep apart what one kernel needs at
  // once. Throws std::bad_alloc. Call outside `parallel`.
  static constexpr int kScratchSlots = 16;
  void* scratch(int slot, size_t bytes);
  // Inside `parallel`: an area of this thread's own, with the same rules. Outside: that of the calling thread.
  void* thread_scratch(size_t bytes);

  // Makes the running `parallel`, and every further one, throw Interrupted after the indices that have begun; from any
  // thread. `resume` ends that.
  void interrupt();
  void resume();

  // What the kernels say of their work, for measuring; of the thread that drives this, outside `parallel`.
  struct Work {
    bool timed = false;          // whether products are to be timed
    double operations = 0;       // in floating point, but for those of matrix products
    double product_operations = 0;
    double product_seconds = 0;  // if timed
  };
  Work& work();

  // Bytes held as scratch, and a way to give them back (between kernels).
  size_t scratch_bytes() const;
  void release_scratch();

 private:
  struct State;
  State* state_;
};

}  // namespace hyena
