// A call from JavaScript: its arguments, checked one by one, and how it fails. Everything is checked before anything is
// enqueued; a failed check throws CallError, which names the function and the argument.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <string>
#include <vector>

#include "device.h"
#include "kernels.h"

namespace hyena {

struct CallError {
  const char* code;  // of main/contract/errors.ts
  std::string message;
};

// What belongs to one JavaScript environment.
struct Environment {
  napi_env env;
  std::unique_ptr<Device> device;
  napi_ref make_error = nullptr;  // (code, message) => Error
  napi_threadsafe_function settle = nullptr;  // tells of finished reads
  int reads_waiting = 0;
};

class Call {
 public:
  Call(Environment& environment, const char* name, napi_callback_info info);

  napi_env env() const { return environment_.env; }
  Environment& environment() const { return environment_; }
  const char* name() const { return name_; }
  Device& device() const;
  size_t count() const { return arguments_.size(); }
  void expect_count(size_t count) const;

  // Numbers. `what` names the argument in messages.
  int64_t integer(size_t index, const char* what, int64_t low, int64_t high) const;
  int64_t size(size_t index, const char* what) const { return integer(index, what, 0, int64_t{1} << 40); }
  double number(size_t index, const char* what) const;
  bool boolean(size_t index, const char* what) const;
  std::string text(size_t index, const char* what) const;
  bool is_null(size_t index) const;
  napi_value value(size_t index) const { return arguments_[index]; }
  std::vector<int64_t> sizes(size_t index, const char* what) const;
  std::vector<double> numbers(size_t index, const char* what) const;

  // Tensors by handle. The typed forms also check the number of values.
  const Tensor& tensor(size_t index, const char* what) const;
  float* floats(size_t index, const char* what, int64_t count) const;
  int32_t* ints(size_t index, const char* what, int64_t count) const;
  float* floats_or_null(size_t index, const char* what, int64_t count) const;
  std::vector<const Tensor*> tensors(size_t index, const char* what) const;
  void* memory(const Tensor& tensor, const char* what, DataType type, int64_t count) const;

  // Enqueues a kernel under the name of this call.
  void run(Queue::Task task) const { device().queue().run(name_, std::move(task)); }

  [[noreturn]] void refuse(const std::string& message, const char* code = "internal") const;

 private:
  const Tensor& tensor_of(napi_value value, const char* what) const;

  Environment& environment_;
  const char* name_;
  std::vector<napi_value> arguments_;
};

// Product of sizes, refused where it passes 2^40.
int64_t product(const Call& call, std::initializer_list<int64_t> sizes);

// A function that JavaScript sees. Its result may be nullptr (undefined).
struct Function {
  const char* name;
  napi_value (*body)(Call&);
  // Whether a call throws what went wrong in the queue meanwhile. Giving back memory and asking for figures do not: they
  // are called while an error is cleaned up after.
  bool tells_failures = true;
};

// The functions of each part of the binding.
std::vector<Function> device_functions();
std::vector<Function> tensor_functions();
std::vector<Function> operation_functions();
std::vector<Function> decoding_functions();

// Throws in JavaScript what a call threw in C++.
void throw_failure(Environment& environment, const Failure& failure);
napi_value error_value(Environment& environment, const char* code, const std::string& message);
const char* code_of(Failure::Kind kind);
void check(napi_env env, napi_status status);

}  // namespace hyena
