// A call from JavaScript: one object whose properties are the arguments, each read and checked by its name, and how the
// call fails. Everything is checked before anything is enqueued; a failed check throws CallError, which names the
// function and the property: "linear: 'rows' is missing". JavaScript itself takes the object apart (module.cc), in a few
// nanoseconds for a property where Node-API takes some hundreds; one value for each property that the function lists
// comes here.
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

class Call;

// A function that JavaScript sees. Its result may be nullptr (undefined).
struct Function {
  const char* name;
  napi_value (*body)(Call&);
  // Names of the properties of its object; none where it takes nothing.
  std::vector<const char*> properties;
  // Whether a call throws what went wrong in the queue meanwhile. Giving back memory and asking for figures do not: they
  // are called while an error is cleaned up after.
  bool tells_failures = true;
};

class Call {
 public:
  Call(Environment& environment, const Function& function, napi_callback_info info);

  napi_env env() const { return environment_.env; }
  Environment& environment() const { return environment_; }
  const char* name() const { return function_.name; }
  Device& device() const;

  // The property of that name. Every property must be there: what may be absent is null.
  napi_value value(const char* name) const;
  bool is_null(const char* name) const { return is_null(value(name)); }

  // Numbers.
  int64_t integer(const char* name, int64_t low, int64_t high) const;
  int64_t size(const char* name) const { return integer(name, 0, int64_t{1} << 40); }
  double number(const char* name) const;
  bool boolean(const char* name) const;
  std::vector<int64_t> sizes(const char* name) const;
  std::vector<double> numbers(const char* name) const;

  // The place of a string among `names`, as the value of an enumeration in that order.
  template <typename Enumeration, size_t kCount>
  Enumeration choice(const char* name, const char* const (&names)[kCount]) const {
    return static_cast<Enumeration>(choice(name, names, kCount));
  }

  // Tensors by handle. The typed forms also check type and number of values.
  const Tensor& tensor(const char* name) const { return tensor(value(name), name); }
  float* floats(const char* name, int64_t count) const;
  int32_t* ints(const char* name, int64_t count) const;
  float* floats_or_null(const char* name, int64_t count) const;
  // A weight matrix, plain or packed.
  Weight weight(const char* name, int64_t rows, int64_t columns) const { return weight(tensor(name), name, rows, columns); }
  Weight weight(const Tensor& tensor, const char* name, int64_t rows, int64_t columns) const;
  // The same of which only `read` rows are read, so that no more of its memory counts.
  Weight table(const Tensor& tensor, const char* name, int64_t rows, int64_t columns, int64_t read) const;
  std::vector<const Tensor*> tensors(const char* name) const;
  // Memory of a tensor that was read before, checked; `name` is for the message.
  void* memory(const Tensor& tensor, const char* name, DataType type, int64_t count) const;
  float* floats(const Tensor& tensor, const char* name, int64_t count) const {
    return static_cast<float*>(memory(tensor, name, DataType::kFloat32, count));
  }

  // Enqueues a kernel under the name of this call, with the memory of all tensors that were read.
  void run(Queue::Task task) const { device().queue().run(name(), std::move(task), bytes_); }

  [[noreturn]] void refuse(const std::string& message, const char* code = "internal") const;

 private:
  bool is_null(napi_value value) const;
  const Tensor& tensor(napi_value value, const char* name) const;
  size_t choice(const char* name, const char* const* names, size_t count) const;
  // The elements of an array; `what` says in messages what it must hold.
  std::vector<napi_value> elements(const char* name, const char* what) const;

  Environment& environment_;
  const Function& function_;
  std::vector<napi_value> values_;  // of the function's properties, in their order
  mutable size_t bytes_ = 0;        // of the tensors that were read
  mutable size_t next_ = 0;         // where the next property is looked for first: they are mostly read in order
};

// Product of sizes, refused where it passes 2^40.
int64_t product(const Call& call, std::initializer_list<int64_t> sizes);

// The properties 'precision' and, where a layout is meant, `name`.
Precision precision_of(const Call& call);
Layout layout_of(const Call& call, const char* name);

// The functions of each part of the binding.
std::vector<Function> device_functions();
std::vector<Function> tensor_functions();
std::vector<Function> operation_functions();
std::vector<Function> decoding_functions();
std::vector<Function> mixer_functions();

// Throws in JavaScript what a call threw in C++.
void throw_failure(Environment& environment, const Failure& failure);
napi_value error_value(Environment& environment, const char* code, const std::string& message);
const char* code_of(Failure::Kind kind);
void check(napi_env env, napi_status status);

}  // namespace hyena
