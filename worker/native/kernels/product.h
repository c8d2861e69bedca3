// Matrix products for the other kernels: like `matrix_product`, by operands instead of flags.
#pragma once

#include <algorithm>
#include <chrono>

#include "isa.h"

namespace hyena {

// An operand of a product, seen as rows x k, where k is the dimension that is summed over.
struct Operand {
  const float* data;
  int64_t stride;     // between rows if rows are contiguous along k, else between the k's
  bool k_contiguous;  // rows are contiguous along k

  const float* at(int64_t row, int64_t k) const {
    return data + (k_contiguous ? row * stride + k : k * stride + row);
  }
  // The part that begins at (row, k).
  Operand from(int64_t row, int64_t k) const { return {at(row, k), stride, k_contiguous}; }
};

struct Range {
  int64_t begin, end;
};

// Divides `total` into `count` parts that differ by at most one; the first are the larger.
struct Partition {
  int64_t total, count;

  static Partition of_at_most(int64_t total, int64_t size) { return {total, (total + size - 1) / size}; }
  int64_t begin(int64_t part) const { return part * (total / count) + std::min(part, total % count); }
  Range range(int64_t part) const { return {begin(part), begin(part) + size(part)}; }
  int64_t size(int64_t part) const { return total / count + (part < total % count ? 1 : 0); }
};

// C[m,n] (+)= A B (+ bias), where A is m x k and B, seen from its n columns, n x k.
struct Product {
  int64_t m, n, k;
  Operand a, b;
  float* c;
  int64_t ldc;
  bool accumulate = false;
  const float* bias_per_row = nullptr;
  const float* bias_per_column = nullptr;
};

}  // namespace hyena

namespace hyena::HYENA_ISA {

// Scratch slots from kFirstFreeSlot on are left alone by `multiply`.
inline constexpr int kFirstFreeSlot = 2;

void multiply(Runtime& runtime, const Product& product, Precision precision);

// Says of a product what it takes, as long as this lives.
class MeasuredProduct {
 public:
  MeasuredProduct(Runtime& runtime, double operations) : work_(runtime.work()) {
    work_.product_operations += operations;
    if (work_.timed) start_ = std::chrono::steady_clock::now();
  }
  ~MeasuredProduct() {
    if (!work_.timed) return;
    work_.product_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  MeasuredProduct(const MeasuredProduct&) = delete;
  MeasuredProduct& operator=(const MeasuredProduct&) = delete;

 private:
  Runtime::Work& work_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace hyena::HYENA_ISA
