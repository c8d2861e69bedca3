// What the addon exports: the functions of the three parts, each behind one wrapper that turns what C++ throws into
// errors of JavaScript and tells of failures in the queue.
#include <memory>
#include <new>
#include <string>

#include "call.h"

namespace hyena {
namespace {

struct Entry {
  Environment* environment;
  Function function;
};

struct Module {
  Environment environment;
  std::vector<std::unique_ptr<Entry>> entries;
};

std::string mebibytes(size_t bytes) { return std::to_string((bytes + (size_t{1} << 19)) >> 20) + " MiB"; }

napi_value call(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  const Entry& entry = *static_cast<Entry*>(data);
  Environment& environment = *entry.environment;
  const char* name = entry.function.name;
  const auto raise = [&](const char* code, const std::string& message) {
    napi_throw(env, error_value(environment, code, message));
  };
  try {
    if (environment.device && entry.function.tells_failures) {
      if (const auto failure = environment.device->queue().take_failure()) {
        throw_failure(environment, *failure);
        return nullptr;
      }
    }
    Call call(environment, name, info);
    return entry.function.body(call);
  } catch (const CallError& error) {
    if (error.code != nullptr) raise(error.code, error.message);
  } catch (const OutOfMemory& error) {
    raise("out-of-memory", std::string(name) + ": " + mebibytes(error.asked) + " more do not fit: " +
                               mebibytes(error.in_use) + " are in use" +
                               (error.limit > 0 ? ", " + mebibytes(error.limit) + " are allowed" : ""));
  } catch (const std::bad_alloc&) {
    raise("out-of-memory", std::string(name) + ": no memory");
  } catch (const std::exception& error) {
    raise("internal", std::string(name) + ": " + error.what());
  }
  return nullptr;
}

void clean_up(napi_env, void* data, void*) { delete static_cast<Module*>(data); }

napi_value initialize(napi_env env, napi_value exports) {
  auto* module = new Module{{.env = env, .device = nullptr}, {}};
  napi_set_instance_data(env, module, clean_up, nullptr);
  std::vector<napi_property_descriptor> properties;
  for (const auto& functions : {device_functions(), tensor_functions(), operation_functions(), decoding_functions()}) {
    for (const Function& function : functions) {
      module->entries.push_back(std::make_unique<Entry>(Entry{&module->environment, function}));
      napi_property_descriptor property{};
      property.utf8name = function.name;
      property.method = call;
      property.attributes = napi_enumerable;
      property.data = module->entries.back().get();
      properties.push_back(property);
    }
  }
  napi_define_properties(env, exports, properties.size(), properties.data());
  return exports;
}

}  // namespace
}  // namespace hyena

NAPI_MODULE_INIT() { return hyena::initialize(env, exports); }
