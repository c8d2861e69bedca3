// Opening the device, making tensors, moving data in and out, looking at what is used.
#include <cstring>
#include <memory>

#include "call.h"
#include "processor.h"

namespace hyena {
namespace {

napi_value make_object(napi_env env) {
  napi_value object;
  check(env, napi_create_object(env, &object));
  return object;
}
void set(napi_env env, napi_value object, const char* name, double value) {
  napi_value number;
  check(env, napi_create_double(env, value, &number));
  check(env, napi_set_named_property(env, object, name, number));
}
void set(napi_env env, napi_value object, const char* name, bool value) {
  napi_value boolean;
  check(env, napi_get_boolean(env, value, &boolean));
  check(env, napi_set_named_property(env, object, name, boolean));
}
void set(napi_env env, napi_value object, const char* name, const char* value) {
  napi_value text;
  check(env, napi_create_string_utf8(env, value, NAPI_AUTO_LENGTH, &text));
  check(env, napi_set_named_property(env, object, name, text));
}

// A read that waits for the queue: where the data goes, and whom to tell.
struct Read {
  Environment* environment;
  napi_deferred deferred;
  napi_ref buffer = nullptr;  // keeps the memory that the queue writes to
  std::optional<Failure> failure;
};

void settle(napi_env env, napi_value, void*, void* data) {
  const std::unique_ptr<Read> read(static_cast<Read*>(data));
  if (env == nullptr) return;  // the environment ends
  Environment& environment = *read->environment;
  if (--environment.reads_waiting == 0) napi_unref_threadsafe_function(env, environment.settle);
  if (read->failure) {
    environment.device->queue().take_failure();  // told here
    napi_reject_deferred(env, read->deferred,
                         error_value(environment, code_of(read->failure->kind), read->failure->message));
  } else {
    napi_value buffer;
    if (read->buffer == nullptr || napi_get_reference_value(env, read->buffer, &buffer) != napi_ok) {
      napi_get_undefined(env, &buffer);
    }
    napi_resolve_deferred(env, read->deferred, buffer);
  }
  if (read->buffer != nullptr) napi_delete_reference(env, read->buffer);
}

// The environment ends: wait for the kernel that runs, drop the rest, before Node takes away what reads report to.
void close(void* data) {
  Environment& environment = *static_cast<Environment*>(data);
  environment.device.reset();
  napi_release_threadsafe_function(environment.settle, napi_tsfn_abort);
}

// open({ threads, limit in bytes, makeError }): threads 0 takes HYENA_THREADS or all cores.
napi_value open(Call& call) {
  Environment& environment = call.environment();
  const napi_env env = call.env();
  if (environment.device) call.refuse("the device is open already");
  const auto threads = static_cast<int>(call.integer("threads", 0, 1024));
  const int64_t limit = call.integer("limit", 0, int64_t{1} << 50);
  check(env, napi_create_reference(env, call.value("makeError"), 1, &environment.make_error));
  napi_value name;
  check(env, napi_create_string_utf8(env, "hyena read", NAPI_AUTO_LENGTH, &name));
  check(env, napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, nullptr, settle,
                                             &environment.settle));
  // A waiting read keeps the process alive, an open device does not.
  check(env, napi_unref_threadsafe_function(env, environment.settle));
  environment.device = std::make_unique<Device>(threads, static_cast<size_t>(limit));
  check(env, napi_add_env_cleanup_hook(env, close, &environment));
  return nullptr;
}

// information() -> { instructionSet, threads, bf16, tiles }
napi_value information(Call& call) {
  const napi_env env = call.env();
  const napi_value result = make_object(env);
  set(env, result, "instructionSet", kernels().name);
  set(env, result, "threads", static_cast<double>(call.device().queue().threads()));
  [[maybe_unused]] const bool wide = std::strcmp(kernels().name, "avx512") == 0;
#if defined(HYENA_WITH_AVX512BF16)
  set(env, result, "bf16", wide && processor().avx512_bf16);
#else
  set(env, result, "bf16", false);
#endif
#if defined(HYENA_WITH_AMX)
  set(env, result, "tiles", wide && processor().amx_bf16);
#else
  set(env, result, "tiles", false);
#endif
  return result;
}

// create({ type, count }) -> handle
napi_value create(Call& call) {
  static constexpr const char* kTypes[] = {"float32", "int32", "bool"};
  const auto type = call.choice<DataType>("type", kTypes);
  napi_value handle;
  check(call.env(), napi_create_int64(call.env(), call.device().create(type, call.size("count")), &handle));
  return handle;
}

// createWeight({ type, rows, columns }) -> handle of a weight matrix whose bytes are written and read as they are
napi_value create_weight(Call& call) {
  static constexpr const char* kTypes[] = {"fp32", "bf16", "int8", "int4"};
  const auto type = call.choice<WeightType>("type", kTypes);
  if (type == WeightType::kFp32) call.refuse("'type' must be a packed one");
  const int64_t rows = call.size("rows"), columns = call.integer("columns", 1, INT32_MAX);
  product(call, {rows, columns, 4});
  const int64_t handle =
      call.device().create(DataType::kPacked, weight_bytes(type, rows, columns), {type, rows, columns});
  napi_value result;
  check(call.env(), napi_create_int64(call.env(), handle, &result));
  return result;
}

// release({ tensor })
napi_value release(Call& call) {
  call.tensor("tensor");
  call.device().release(call.integer("tensor", 0, int64_t{1} << 53));
  return nullptr;
}

// write({ tensor, values }): a typed array of the same type and as many values
napi_value write(Call& call) {
  const Tensor& tensor = call.tensor("tensor");
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  if (napi_get_typedarray_info(call.env(), call.value("values"), &type, &length, &data, nullptr, nullptr) != napi_ok) {
    call.refuse("'values' must be a typed array");
  }
  const bool fits = tensor.type == DataType::kFloat32 ? type == napi_float32_array
                    : tensor.type == DataType::kInt32 ? type == napi_int32_array
                                                      : type == napi_uint8_array;
  if (!fits || static_cast<int64_t>(length) != tensor.count) {
    call.refuse("'values' has " + std::to_string(length) + " values, or of another type than the tensor's " +
                std::to_string(tensor.count));
  }
  const size_t bytes = tensor.bytes();
  if (bytes == 0) return nullptr;
  char* memory = tensor.block->memory;
  Queue& queue = call.device().queue();
  if (queue.idle()) {
    std::memcpy(memory, data, bytes);
    return nullptr;
  }
  // JavaScript may change its array at once, and what is enqueued may still use this memory for another tensor.
  const std::shared_ptr<char[]> staging(new char[bytes]);
  std::memcpy(staging.get(), data, bytes);
  queue.run("write", [=](Runtime&) { std::memcpy(memory, staging.get(), bytes); });
  return nullptr;
}

// readSync({ tensor }) -> ArrayBuffer
napi_value read_sync(Call& call) {
  const Tensor& tensor = call.tensor("tensor");
  void* data = nullptr;
  napi_value buffer;
  check(call.env(), napi_create_arraybuffer(call.env(), tensor.bytes(), &data, &buffer));
  Queue& queue = call.device().queue();
  queue.drain();
  if (const auto failure = queue.take_failure()) {
    throw_failure(call.environment(), *failure);
    return nullptr;
  }
  if (tensor.bytes() > 0) std::memcpy(data, tensor.block->memory, tensor.bytes());
  return buffer;
}

napi_value enqueue_read(Call& call, std::unique_ptr<Read> read, const char* from, void* to, size_t bytes) {
  const napi_env env = call.env();
  Environment& environment = call.environment();
  napi_value promise;
  check(env, napi_create_promise(env, &read->deferred, &promise));
  if (environment.reads_waiting++ == 0) check(env, napi_ref_threadsafe_function(env, environment.settle));
  call.device().queue().always([=, pending = read.release()](const std::optional<Failure>& failure) {
    pending->failure = failure;
    if (!failure && bytes > 0) std::memcpy(to, from, bytes);
    napi_call_threadsafe_function(pending->environment->settle, pending, napi_tsfn_nonblocking);
  });
  return promise;
}

// read({ tensor }) -> Promise<ArrayBuffer>
napi_value read(Call& call) {
  const Tensor& tensor = call.tensor("tensor");
  auto read = std::make_unique<Read>();
  read->environment = &call.environment();
  void* data = nullptr;
  napi_value buffer;
  check(call.env(), napi_create_arraybuffer(call.env(), tensor.bytes(), &data, &buffer));
  check(call.env(), napi_create_reference(call.env(), buffer, 1, &read->buffer));
  return enqueue_read(call, std::move(read), tensor.block->memory, data, tensor.bytes());
}

// finish() -> Promise<void>, when all that is enqueued has been executed
napi_value finish(Call& call) {
  auto read = std::make_unique<Read>();
  read->environment = &call.environment();
  return enqueue_read(call, std::move(read), nullptr, nullptr, 0);
}

// executed() -> number: how many commands the queue has executed
napi_value executed(Call& call) {
  napi_value result;
  check(call.env(), napi_create_uint32(call.env(), call.device().queue().executed(), &result));
  return result;
}

// interrupt(): drops what is computed and enqueued now; reads that wait for it reject
napi_value interrupt(Call& call) {
  call.device().queue().interrupt();
  return nullptr;
}

// memory() -> { tensors, inUse, peak, reserved, scratch }, in bytes but for the number of tensors
napi_value memory(Call& call) {
  Device& device = call.device();
  const napi_value result = make_object(call.env());
  set(call.env(), result, "tensors", static_cast<double>(device.tensors()));
  set(call.env(), result, "inUse", static_cast<double>(device.arena().in_use()));
  set(call.env(), result, "peak", static_cast<double>(device.arena().peak()));
  set(call.env(), result, "reserved", static_cast<double>(device.arena().reserved()));
  set(call.env(), result, "scratch", static_cast<double>(device.queue().scratch_bytes()));
  return result;
}

// trim(): gives unused memory back to the system
napi_value trim(Call& call) {
  call.device().arena().trim();
  return nullptr;
}

// measure({ on }): starts or stops timing kernels
napi_value measure(Call& call) {
  call.device().queue().measure(call.boolean("on"));
  return nullptr;
}

// measured() -> { [kernel]: { calls, seconds, bytes, operations, productOperations, productSeconds } }
napi_value measured(Call& call) {
  const napi_value result = make_object(call.env());
  for (const auto& [name, share] : call.device().queue().shares()) {
    const napi_value entry = make_object(call.env());
    set(call.env(), entry, "calls", static_cast<double>(share.calls));
    set(call.env(), entry, "seconds", share.seconds);
    set(call.env(), entry, "bytes", share.bytes);
    set(call.env(), entry, "operations", share.operations);
    set(call.env(), entry, "productOperations", share.product_operations);
    set(call.env(), entry, "productSeconds", share.product_seconds);
    check(call.env(), napi_set_named_property(call.env(), result, name.c_str(), entry));
  }
  return result;
}

}  // namespace

std::vector<Function> device_functions() {
  return {
      {"open", open, {"threads", "limit", "makeError"}},
      {"information", information, {}, false},
      {"create", create, {"type", "count"}},
      {"createWeight", create_weight, {"type", "rows", "columns"}},
      {"release", release, {"tensor"}, false},
      {"write", write, {"tensor", "values"}},
      {"read", read, {"tensor"}},
      {"readSync", read_sync, {"tensor"}},
      {"finish", finish, {}},
      {"executed", executed, {}, false},
      {"interrupt", interrupt, {}, false},
      {"memory", memory, {}, false},
      {"trim", trim, {}, false},
      {"measure", measure, {"on"}, false},
      {"measured", measured, {}, false},
  };
}

}  // namespace hyena
