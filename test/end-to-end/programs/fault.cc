// An addon that faults a while after it was loaded, on a thread of its own, as a defect of native code does.
#include <chrono>
#include <thread>

namespace {
struct Fault {
  Fault() {
    std::thread([] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      *const_cast<volatile int*>(static_cast<int*>(nullptr)) = 1;
    }).detach();
  }
} fault;
}  // namespace

extern "C" __attribute__((visibility("default"))) void* napi_register_module_v1(void*, void* exports) {
  return exports;
}
