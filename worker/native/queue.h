// The command queue of the device: one thread executes, in order, what another enqueues, like a GPU's stream.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "runtime.h"

namespace hyena {

// What went wrong while a command ran. Commands after it are skipped until the failure has been taken.
struct Failure {
  enum class Kind { kOutOfMemory, kBadValue, kDefect, kInterrupted };
  uint64_t number;
  Kind kind;
  std::string message;
};

class Queue {
 public:
  using Task = std::function<void(Runtime&)>;
  // Gets the failure that the queue is in, if any.
  using Notice = std::function<void(const std::optional<Failure>&)>;

  explicit Queue(int threads);
  // Drops what has not begun, waits for what has.
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Enqueues a kernel. `name` must outlive the queue; `bytes` is the memory of its tensors, for measuring. What the task
  // throws becomes a Failure.
  void run(const char* name, Task task, size_t bytes = 0);
  // Enqueues what has to happen even after a failure: a reply, giving back memory. Must not throw.
  void always(Notice notice);

  // Ends the kernel that runs and skips those that are enqueued: a Failure of its own kind, if there were any. What is
  // enqueued later runs, once that failure has been taken. For work that may be dropped as a whole.
  void interrupt();

  // Waits until all that is enqueued has been executed.
  void drain();
  // Whether nothing is enqueued or running.
  bool idle() const;
  // How many commands have been executed so far; wraps around. One that does not change while the queue is not idle tells
  // of a kernel that takes long, or hangs.
  uint32_t executed() const { return executed_.load(std::memory_order_acquire); }

  // The failure that has not been reported yet; the queue then continues with what is enqueued from now.
  std::optional<Failure> take_failure();

  int threads() const { return runtime_.threads(); }
  size_t scratch_bytes() const { return runtime_.scratch_bytes(); }

  // Time spent in each kernel since the last call with `measure` true, and its work: bytes of its tensors, floating-point
  // operations, those of matrix products and their time apart.
  struct Share {
    int64_t calls = 0;
    double seconds = 0, bytes = 0, operations = 0, product_operations = 0, product_seconds = 0;
  };
  void measure(bool on);
  std::map<std::string, Share> shares();

 private:
  struct Command {
    const char* name;
    Task task;
    Notice notice;
    size_t bytes = 0;
    uint64_t number = 0;  // in the order of enqueueing, from 1
  };

  void submit(Command command);
  void execute();
  void perform(Command& command);
  // Around a kernel. false: it is skipped, since the queue was interrupted after it was enqueued.
  bool begin(const Command& command);
  void end();

  Runtime runtime_;
  std::mutex lock_;  // guards what follows, up to shares_
  uint64_t enqueued_ = 0;
  uint64_t interrupted_ = 0;  // kernels up to this number are skipped
  bool computing_ = false;    // whether a kernel runs
  std::deque<Command> commands_;
  std::optional<Failure> failure_;  // not taken yet
  std::map<std::string, Share> shares_;
  std::atomic<bool> failure_waits_{false}, measuring_{false}, stopping_{false};
  std::atomic<uint32_t> submitted_{0}, executed_{0};
  // Of the executing thread alone:
  std::optional<Failure> state_;
  uint64_t failures_ = 0;
  std::thread thread_;
};

}  // namespace hyena
