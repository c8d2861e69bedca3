#include "queue.h"

#include <chrono>
#include <new>

#include "kernels.h"
#include "waiting.h"

namespace hyena {

Queue::Queue(int threads) : runtime_(threads), thread_([this] { execute(); }) {}

Queue::~Queue() {
  stopping_.store(true, std::memory_order_release);
  submitted_.fetch_add(1, std::memory_order_release);
  submitted_.notify_one();
  thread_.join();
}

void Queue::run(const char* name, Task task, size_t bytes) { submit({name, std::move(task), nullptr, bytes}); }

void Queue::always(Notice notice) { submit({nullptr, nullptr, std::move(notice)}); }

void Queue::submit(Command command) {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    command.number = ++enqueued_;
    commands_.push_back(std::move(command));
  }
  submitted_.fetch_add(1, std::memory_order_release);
  submitted_.notify_one();
}

void Queue::interrupt() {
  const std::lock_guard<std::mutex> guard(lock_);
  interrupted_ = enqueued_;
  if (computing_) runtime_.interrupt();
}

void Queue::drain() {
  const uint32_t target = submitted_.load(std::memory_order_relaxed);
  for (;;) {
    const uint32_t now = executed_.load(std::memory_order_acquire);
    if (static_cast<int32_t>(now - target) >= 0) return;  // the counters may wrap around
    wait_while(executed_, now);
  }
}

bool Queue::idle() const {
  return executed_.load(std::memory_order_acquire) == submitted_.load(std::memory_order_relaxed);
}

std::optional<Failure> Queue::take_failure() {
  if (!failure_waits_.load(std::memory_order_acquire)) return std::nullopt;
  std::optional<Failure> taken;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    taken.swap(failure_);
    failure_waits_.store(false, std::memory_order_release);
  }
  if (taken) {
    always([this, number = taken->number](const std::optional<Failure>&) {
      if (state_ && state_->number == number) state_.reset();
    });
  }
  return taken;
}

void Queue::measure(bool on) {
  measuring_.store(on, std::memory_order_relaxed);
  const std::lock_guard<std::mutex> guard(lock_);
  if (on) shares_.clear();
}

std::map<std::string, Queue::Share> Queue::shares() {
  const std::lock_guard<std::mutex> guard(lock_);
  return shares_;
}

void Queue::execute() {
  std::deque<Command> batch;
  uint32_t done = 0;
  for (;;) {
    wait_while(submitted_, done);
    if (stopping_.load(std::memory_order_acquire)) return;
    {
      const std::lock_guard<std::mutex> guard(lock_);
      batch.swap(commands_);
    }
    for (Command& command : batch) {
      if (stopping_.load(std::memory_order_acquire)) return;
      perform(command);
      command = {};
      executed_.store(++done, std::memory_order_release);
      executed_.notify_one();
    }
    batch.clear();
  }
}

bool Queue::begin(const Command& command) {
  const std::lock_guard<std::mutex> guard(lock_);
  if (command.number <= interrupted_) return false;
  computing_ = true;
  runtime_.resume();
  return true;
}

void Queue::end() {
  const std::lock_guard<std::mutex> guard(lock_);
  computing_ = false;
}

void Queue::perform(Command& command) {
  if (command.notice) return command.notice(state_);
  if (state_) return;
  const auto failed = [&](Failure::Kind kind, const std::string& message) {
    state_ = Failure{++failures_, kind, message};
    const std::lock_guard<std::mutex> guard(lock_);
    failure_ = state_;
    failure_waits_.store(true, std::memory_order_release);
  };
  if (!begin(command)) return failed(Failure::Kind::kInterrupted, "the computation was interrupted");
  const bool measuring = measuring_.load(std::memory_order_relaxed);
  const auto start = std::chrono::steady_clock::now();
  Runtime::Work& work = runtime_.work();
  work = {};
  work.timed = measuring;
  try {
    command.task(runtime_);
  } catch (const Interrupted&) {
    failed(Failure::Kind::kInterrupted, "the computation was interrupted");
  } catch (const KernelError& error) {
    failed(Failure::Kind::kBadValue, error.what());
  } catch (const std::bad_alloc&) {
    failed(Failure::Kind::kOutOfMemory, std::string(command.name) + ": no memory for its intermediate results");
  } catch (const std::exception& error) {
    failed(Failure::Kind::kDefect, std::string(command.name) + ": " + error.what());
  }
  end();
  if (measuring) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    const std::lock_guard<std::mutex> guard(lock_);
    Share& share = shares_[command.name];
    ++share.calls;
    share.seconds += spent.count();
    share.bytes += static_cast<double>(command.bytes);
    share.operations += work.operations;
    share.product_operations += work.product_operations;
    share.product_seconds += work.product_seconds;
  }
}

}  // namespace hyena
