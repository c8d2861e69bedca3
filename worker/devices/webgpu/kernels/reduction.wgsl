// Sums over the threads of a workgroup, in a fixed order. To be followed by a shader that calls them.
override THREADS: u32 = 256u;
var<workgroup> shared_sums: array<vec2f, THREADS>;

// The sum of all threads' values, for every thread. All threads must call it.
fn sum_of_threads(value: vec2f, thread: u32) -> vec2f {
  workgroupBarrier();
  shared_sums[thread] = value;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) {
      shared_sums[thread] += shared_sums[thread + half];
    }
    workgroupBarrier();
  }
  return shared_sums[0];
}

fn largest_of_threads(value: f32, thread: u32) -> f32 {
  workgroupBarrier();
  shared_sums[thread].x = value;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) {
      shared_sums[thread].x = max(shared_sums[thread].x, shared_sums[thread + half].x);
    }
    workgroupBarrier();
  }
  return shared_sums[0].x;
}
