// Sine and cosine of each element, and sums along an axis; after sine.wgsl.
struct Sizes {
  count: u32,
  length: u32, // of the axis
  inner: u32, // elements from one position of the axis to the next
  reversed: u32,
  exclusive: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

@compute @workgroup_size(256)
fn sine(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.count) {
    y[id] = sine_of(x[id]);
  }
}

@compute @workgroup_size(256)
fn cosine(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.count) {
    y[id] = cosine_of(x[id]);
  }
}

// Running sums along an axis, one thread for each line.
@compute @workgroup_size(256)
fn cumulative_sum(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.count) {
    return;
  }
  let start = id / sizes.inner * sizes.length * sizes.inner + id % sizes.inner;
  var sum = 0.0;
  for (var step = 0u; step < sizes.length; step++) {
    let at = start + select(step, sizes.length - 1u - step, sizes.reversed == 1u) * sizes.inner;
    let value = x[at];
    y[at] = select(sum + value, sum, sizes.exclusive == 1u);
    sum += value;
  }
}
