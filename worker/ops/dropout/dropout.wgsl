// y = x·scale where an element is kept, else 0, by the hash of random.ts.
struct Sizes {
  count: u32,
  first: u32,
  second: u32,
  threshold: u32,
  scale: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<Storage_x>;
@group(0) @binding(2) var<storage, read_write> y: array<Storage_y>;

fn mixed(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}

@compute @workgroup_size(256)
fn drop(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  if (id < sizes.count) {
    let bits = mixed(mixed(id ^ sizes.first) ^ sizes.second);
    y[id] = store_y(select(0.0, f32(x[id]) * sizes.scale, (bits >> 8u) >= sizes.threshold));
  }
}
