#include "call.h"

#include <cmath>
#include <cstring>
#include <string_view>

namespace hyena {
namespace {

const char* name_of(DataType type) {
  switch (type) {
    case DataType::kFloat32: return "float32";
    case DataType::kInt32: return "int32";
    case DataType::kBool: return "bool";
    case DataType::kPacked: return "packed weights";
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

Call::Call(Environment& environment, const Function& function, napi_callback_info info)
    : environment_(environment), function_(function), values_(function.properties.size()) {
  size_t count = values_.size();
  check(env(), napi_get_cb_info(env(), info, &count, values_.data(), nullptr, nullptr));
  if (count < values_.size()) refuse("takes one object of named arguments");
}

Device& Call::device() const {
  if (!environment_.device) refuse("the device is not open");
  return *environment_.device;
}

void Call::refuse(const std::string& message, const char* code) const {
  throw CallError{code, std::string(name()) + ": " + message};
}

napi_value Call::value(const char* name) const {
  const auto& names = function_.properties;
  for (size_t tried = 0; tried < names.size(); ++tried, ++next_) {
    if (next_ >= names.size()) next_ = 0;
    if (std::strcmp(names[next_], name) != 0) continue;
    const napi_value result = values_[next_++];
    napi_valuetype type;
    check(env(), napi_typeof(env(), result, &type));
    if (type == napi_undefined) refuse(quoted(name) + " is missing");
    return result;
  }
  refuse(quoted(name) + " is read, but not listed");
}

bool Call::is_null(napi_value value) const {
  napi_valuetype type;
  check(env(), napi_typeof(env(), value, &type));
  return type == napi_null;
}

double Call::number(const char* name) const {
  double result = 0;
  if (napi_get_value_double(env(), value(name), &result) != napi_ok) refuse(quoted(name) + " must be a number");
  return result;
}

int64_t Call::integer(const char* name, int64_t low, int64_t high) const {
  const double result = number(name);
  if (!(result >= static_cast<double>(low) && result <= static_cast<double>(high)) || result != std::floor(result)) {
    refuse(quoted(name) + " must be an integer from " + std::to_string(low) + " to " + std::to_string(high) + ", is " +
           std::to_string(result));
  }
  return static_cast<int64_t>(result);
}

bool Call::boolean(const char* name) const {
  bool result = false;
  if (napi_get_value_bool(env(), value(name), &result) != napi_ok) refuse(quoted(name) + " must be true or false");
  return result;
}

size_t Call::choice(const char* name, const char* const* names, size_t count) const {
  char buffer[64];
  size_t length = 0;
  if (napi_get_value_string_utf8(env(), value(name), buffer, sizeof buffer, &length) != napi_ok) {
    refuse(quoted(name) + " must be a string");
  }
  const std::string_view given(buffer, length);
  for (size_t i = 0; i < count; ++i) {
    if (given == names[i]) return i;
  }
  std::string known;
  for (size_t i = 0; i < count; ++i) known += (i > 0 ? ", " : "") + std::string(names[i]);
  refuse(quoted(name) + " must be one of " + known + ", is '" + std::string(given) + "'");
}

std::vector<napi_value> Call::elements(const char* name, const char* what) const {
  const napi_value array = value(name);
  uint32_t length = 0;
  if (napi_get_array_length(env(), array, &length) != napi_ok) refuse(quoted(name) + " must be an array of " + what);
  std::vector<napi_value> result(length);
  for (uint32_t i = 0; i < length; ++i) check(env(), napi_get_element(env(), array, i, &result[i]));
  return result;
}

std::vector<double> Call::numbers(const char* name) const {
  std::vector<double> result;
  for (const napi_value element : elements(name, "numbers")) {
    if (napi_get_value_double(env(), element, &result.emplace_back()) != napi_ok) {
      refuse(quoted(name) + " must hold numbers");
    }
  }
  return result;
}

std::vector<int64_t> Call::sizes(const char* name) const {
  std::vector<int64_t> result;
  for (const double number : numbers(name)) {
    if (!(std::fabs(number) <= 0x1p40) || number != std::floor(number)) refuse(quoted(name) + " must hold integers");
    result.push_back(static_cast<int64_t>(number));
  }
  return result;
}

const Tensor& Call::tensor(napi_value value, const char* name) const {
  int64_t handle = 0;
  if (napi_get_value_int64(env(), value, &handle) != napi_ok) refuse(quoted(name) + " must be a tensor's handle");
  const Tensor* found = device().find(handle);
  if (found == nullptr) refuse(quoted(name) + " is not a tensor, or was disposed of");
  bytes_ += found->bytes();
  return *found;
}

std::vector<const Tensor*> Call::tensors(const char* name) const {
  std::vector<const Tensor*> result;
  for (const napi_value element : elements(name, "tensors")) result.push_back(&tensor(element, name));
  return result;
}

void* Call::memory(const Tensor& tensor, const char* name, DataType type, int64_t count) const {
  if (type == DataType::kPacked) refuse(quoted(name) + " must not be packed");
  if (tensor.type != type || tensor.count != count) {
    refuse(quoted(name) + " must hold " + std::to_string(count) + " values of " + name_of(type) + ", has " +
           std::to_string(tensor.count) + " of " + name_of(tensor.type));
  }
  return tensor.block->memory;
}

float* Call::floats(const char* name, int64_t count) const { return floats(tensor(name), name, count); }
int32_t* Call::ints(const char* name, int64_t count) const {
  return static_cast<int32_t*>(memory(tensor(name), name, DataType::kInt32, count));
}
float* Call::floats_or_null(const char* name, int64_t count) const {
  const napi_value given = value(name);
  return is_null(given) ? nullptr : floats(tensor(given, name), name, count);
}

Weight Call::weight(const Tensor& tensor, const char* name, int64_t rows, int64_t columns) const {
  if (tensor.type != DataType::kPacked) return floats(tensor, name, product(*this, {rows, columns}));
  const Packing& packing = tensor.packing;
  if (packing.rows != rows || packing.columns != columns) {
    refuse(quoted(name) + " must hold " + std::to_string(rows) + " rows of " + std::to_string(columns) + " weights, has " +
           std::to_string(packing.rows) + " of " + std::to_string(packing.columns));
  }
  return {packing.type, tensor.block->memory, rows, columns};
}

Weight Call::table(const Tensor& tensor, const char* name, int64_t rows, int64_t columns, int64_t read) const {
  const Weight all = weight(tensor, name, rows, columns);
  if (read < rows) bytes_ -= tensor.bytes() / static_cast<size_t>(rows) * static_cast<size_t>(rows - read);
  return all;
}

int64_t product(const Call& call, std::initializer_list<int64_t> sizes) {
  int64_t result = 1;
  for (const int64_t size : sizes) {
    if (size < 0 || (size > 0 && result > (int64_t{1} << 40) / size)) call.refuse("a tensor of such a size is impossible");
    result *= size;
  }
  return result;
}

Precision precision_of(const Call& call) {
  static constexpr const char* kNames[] = {"fp32", "bf16-mixed"};
  return call.choice<Precision>("precision", kNames);
}

Layout layout_of(const Call& call, const char* name) {
  static constexpr const char* kNames[] = {"tokens", "channels"};
  return call.choice<Layout>(name, kNames);
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
