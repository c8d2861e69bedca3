#include "call.h"

#include <cmath>

namespace hyena {
namespace {

const char* name_of(DataType type) {
  switch (type) {
    case DataType::kFloat32: return "float32";
    case DataType::kInt32: return "int32";
    case DataType::kBool: return "bool";
  }
  return "?";
}

std::string quoted(const char* what) { return std::string("'") + what + "'"; }

}  // namespace

void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) throw CallError{nullptr, {}};  // JavaScript's own error goes on
  throw CallError{"internal", "Node-API answered " + std::to_string(status)};
}

Call::Call(Environment& environment, const char* name, napi_callback_info info)
    : environment_(environment), name_(name) {
  size_t count = 24;
  arguments_.resize(count);
  check(env(), napi_get_cb_info(env(), info, &count, arguments_.data(), nullptr, nullptr));
  if (count > arguments_.size()) refuse("too many arguments");
  arguments_.resize(count);
}

Device& Call::device() const {
  if (!environment_.device) refuse("the device is not open");
  return *environment_.device;
}

void Call::refuse(const std::string& message, const char* code) const {
  throw CallError{code, std::string(name_) + ": " + message};
}

void Call::expect_count(size_t count) const {
  if (arguments_.size() != count) {
    refuse("takes " + std::to_string(count) + " arguments, got " + std::to_string(arguments_.size()));
  }
}

double Call::number(size_t index, const char* what) const {
  double result = 0;
  if (index >= count() || napi_get_value_double(env(), arguments_[index], &result) != napi_ok) {
    refuse(quoted(what) + " must be a number");
  }
  return result;
}

int64_t Call::integer(size_t index, const char* what, int64_t low, int64_t high) const {
  const double result = number(index, what);
  if (!(result >= static_cast<double>(low) && result <= static_cast<double>(high)) || result != std::floor(result)) {
    refuse(quoted(what) + " must be an integer from " + std::to_string(low) + " to " + std::to_string(high) + ", is " +
           std::to_string(result));
  }
  return static_cast<int64_t>(result);
}

bool Call::boolean(size_t index, const char* what) const {
  bool result = false;
  if (index >= count() || napi_get_value_bool(env(), arguments_[index], &result) != napi_ok) {
    refuse(quoted(what) + " must be true or false");
  }
  return result;
}

std::string Call::text(size_t index, const char* what) const {
  char buffer[64];
  size_t length = 0;
  if (index >= count() ||
      napi_get_value_string_utf8(env(), arguments_[index], buffer, sizeof buffer, &length) != napi_ok) {
    refuse(quoted(what) + " must be a string");
  }
  return std::string(buffer, length);
}

bool Call::is_null(size_t index) const {
  napi_valuetype type = napi_undefined;
  if (index >= count()) return true;
  check(env(), napi_typeof(env(), arguments_[index], &type));
  return type == napi_null || type == napi_undefined;
}

std::vector<double> Call::numbers(size_t index, const char* what) const {
  uint32_t length = 0;
  if (index >= count() || napi_get_array_length(env(), arguments_[index], &length) != napi_ok) {
    refuse(quoted(what) + " must be an array");
  }
  std::vector<double> result(length);
  for (uint32_t i = 0; i < length; ++i) {
    napi_value element;
    check(env(), napi_get_element(env(), arguments_[index], i, &element));
    if (napi_get_value_double(env(), element, &result[i]) != napi_ok) refuse(quoted(what) + " must hold numbers");
  }
  return result;
}

std::vector<int64_t> Call::sizes(size_t index, const char* what) const {
  std::vector<int64_t> result;
  for (const double value : numbers(index, what)) {
    if (!(std::fabs(value) <= 0x1p40) || value != std::floor(value)) refuse(quoted(what) + " must hold integers");
    result.push_back(static_cast<int64_t>(value));
  }
  return result;
}

const Tensor& Call::tensor_of(napi_value value, const char* what) const {
  int64_t handle = 0;
  if (napi_get_value_int64(env(), value, &handle) != napi_ok) refuse(quoted(what) + " must be a tensor's handle");
  const Tensor* found = device().find(handle);
  if (found == nullptr) refuse(quoted(what) + " is not a tensor, or was disposed of");
  return *found;
}

const Tensor& Call::tensor(size_t index, const char* what) const {
  if (index >= count()) refuse(quoted(what) + " is missing");
  return tensor_of(arguments_[index], what);
}

std::vector<const Tensor*> Call::tensors(size_t index, const char* what) const {
  uint32_t length = 0;
  if (index >= count() || napi_get_array_length(env(), arguments_[index], &length) != napi_ok) {
    refuse(quoted(what) + " must be an array of tensors");
  }
  std::vector<const Tensor*> result(length);
  for (uint32_t i = 0; i < length; ++i) {
    napi_value element;
    check(env(), napi_get_element(env(), arguments_[index], i, &element));
    result[i] = &tensor_of(element, what);
  }
  return result;
}

void* Call::memory(const Tensor& tensor, const char* what, DataType type, int64_t count) const {
  if (tensor.type != type || tensor.count != count) {
    refuse(quoted(what) + " must hold " + std::to_string(count) + " values of " + name_of(type) + ", has " +
           std::to_string(tensor.count) + " of " + name_of(tensor.type));
  }
  return tensor.block->memory;
}

float* Call::floats(size_t index, const char* what, int64_t count) const {
  return static_cast<float*>(memory(tensor(index, what), what, DataType::kFloat32, count));
}
int32_t* Call::ints(size_t index, const char* what, int64_t count) const {
  return static_cast<int32_t*>(memory(tensor(index, what), what, DataType::kInt32, count));
}
float* Call::floats_or_null(size_t index, const char* what, int64_t count) const {
  return is_null(index) ? nullptr : floats(index, what, count);
}

int64_t product(const Call& call, std::initializer_list<int64_t> sizes) {
  int64_t result = 1;
  for (const int64_t size : sizes) {
    if (size < 0 || (size > 0 && result > (int64_t{1} << 40) / size)) call.refuse("a tensor of such a size is impossible");
    result *= size;
  }
  return result;
}

const char* code_of(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::kOutOfMemory: return "out-of-memory";
    case Failure::Kind::kBadValue: return "bad-input";
    case Failure::Kind::kDefect: return "internal";
    case Failure::Kind::kInterrupted: return "interrupted";
  }
  return "internal";
}

napi_value error_value(Environment& environment, const char* code, const std::string& message) {
  const napi_env env = environment.env;
  napi_value text, code_text, error = nullptr;
  napi_create_string_utf8(env, message.c_str(), message.size(), &text);
  napi_create_string_utf8(env, code, NAPI_AUTO_LENGTH, &code_text);
  if (environment.make_error != nullptr) {
    napi_value make, self;
    const napi_value arguments[] = {code_text, text};
    napi_get_reference_value(env, environment.make_error, &make);
    napi_get_undefined(env, &self);
    if (napi_call_function(env, self, make, 2, arguments, &error) == napi_ok) return error;
  }
  napi_create_error(env, code_text, text, &error);
  return error;
}

void throw_failure(Environment& environment, const Failure& failure) {
  napi_throw(environment.env, error_value(environment, code_of(failure.kind), failure.message));
}

}  // namespace hyena
