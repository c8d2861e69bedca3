// What kernels run on: a pool of threads with a fixed partition of work, and scratch memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace hyena {

class Runtime {
 public:
  // threads: 0 takes HYENA_THREADS, else one a core.
  explicit Runtime(int threads = 0);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  int threads() const;

  // Calls task(index) for each index below count on the pool, and returns when all are done. Which thread takes which
  // index may vary; results must not depend on it: partition the work by count, never by thread, and reduce partial
  // results in the order of their index. Not reentrant.
  void parallel(int64_t count, const std::function<void(int64_t index)>& task);

  // Scratch memory for the running kernel, 64-byte aligned, reused by the next call with the same slot; slots keep
  // apart what one kernel needs at once. Throws std::bad_alloc. Call outside `parallel`; kThread slots are for the
  // worker threads: one area for each thread.
  void* scratch(int slot, size_t bytes);
  void* thread_scratch(size_t bytes);  // inside `parallel`: this thread's own area

 private:
  struct State;
  State* state_;
};

}  // namespace hyena
