// Tensors in f16 and packed matrices as others, for kernels that know of fp32 alone.
struct Sizes {
  count: u32,
  width: u32, // of a packed matrix; else all of it
  factor: f32, // one over the power of two that the values are stored times
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<Storage_x>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(256)
fn to_fp32(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  if (id < sizes.count) {
    y[id] = read_x(0u, id / sizes.width, id % sizes.width, sizes.width) * sizes.factor;
  }
}
