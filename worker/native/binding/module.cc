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
    Call call(environment, entry.function, info);
    return entry.function.body(call);
  } catch (const CallError& error) {
    if (error.code != nullptr) raise(error.code, error.message);
  } catch (const OutOfMemory& error) {
    raise("out-of-memory", std::string(name) + ": cannot allocate " + mebibytes(error.asked) + " more; " +
                               mebibytes(error.in_use) + " in use" +
                               (error.limit > 0 ? ", limit " + mebibytes(error.limit) : ""));
  } catch (const std::bad_alloc&) {
    raise("out-of-memory", std::string(name) + ": no memory");
  } catch (const std::exception& error) {
    raise("internal", std::string(name) + ": " + error.what());
  }
  return nullptr;
}

void clean_up(napi_env, void* data, void*) { delete static_cast<Module*>(data); }

// The function as JavaScript calls it: takes its object apart and passes on the values of the properties, or nothing
// where it was not given one object.
napi_value taking_object(napi_env env, napi_value passed_to, const Function& function) {
  std::string values;
  for (const char* property : function.properties) {
    values += (values.empty() ? "named." : ", named.") + std::string(property);
  }
  const std::string source =
      "(call) => function (named) {"
      "  const given = arguments.length === 1 && typeof named === 'object' && named !== null;"
      "  return given ? call(" + values + ") : call();"
      "}";
  napi_value text, self, factory, result;
  check(env, napi_create_string_utf8(env, source.c_str(), source.size(), &text));
  check(env, napi_run_script(env, text, &factory));
  check(env, napi_get_undefined(env, &self));
  check(env, napi_call_function(env, self, factory, 1, &passed_to, &result));
  return result;
}

napi_value initialize(napi_env env, napi_value exports) try {
  auto* module = new Module{{.env = env, .device = nullptr}, {}};
  napi_set_instance_data(env, module, clean_up, nullptr);
  for (const auto& functions : {device_functions(), tensor_functions(), operation_functions(), mixer_functions(),
                                decoding_functions()}) {
    for (const Function& function : functions) {
      module->entries.push_back(std::make_unique<Entry>(Entry{&module->environment, function}));
      napi_value exported;
      Entry* entry = module->entries.back().get();
      check(env, napi_create_function(env, function.name, NAPI_AUTO_LENGTH, call, entry, &exported));
      if (!function.properties.empty()) exported = taking_object(env, exported, function);
      check(env, napi_set_named_property(env, exports, function.name, exported));
    }
  }
  return exports;
} catch (const CallError& error) {
  if (error.code != nullptr) napi_throw_error(env, error.code, error.message.c_str());
  return nullptr;
}

}  // namespace
}  // namespace hyena

NAPI_MODULE_INIT() { return hyena::initialize(env, exports); }
