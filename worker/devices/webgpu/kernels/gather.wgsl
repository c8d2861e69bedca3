// Up to seven tensors beside each other in another one, each at its place, with zeros between them.
struct Sizes {
  first: u32, // element of the whole
  count: u32, // elements from there on
  adding: u32, // 1: they are added to what is there
  starts: array<vec4u, 2>, // elements before each tensor; of those that there are not: beyond the last element
  sizes: array<vec4u, 2>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> tensor0: array<f32>;
@group(0) @binding(2) var<storage, read> tensor1: array<f32>;
@group(0) @binding(3) var<storage, read> tensor2: array<f32>;
@group(0) @binding(4) var<storage, read> tensor3: array<f32>;
@group(0) @binding(5) var<storage, read> tensor4: array<f32>;
@group(0) @binding(6) var<storage, read> tensor5: array<f32>;
@group(0) @binding(7) var<storage, read> tensor6: array<f32>;
@group(0) @binding(8) var<storage, read_write> whole: array<f32>;

fn element(which: u32, i: u32) -> f32 {
  switch which {
    case 0u: { return tensor0[i]; }
    case 1u: { return tensor1[i]; }
    case 2u: { return tensor2[i]; }
    case 3u: { return tensor3[i]; }
    case 4u: { return tensor4[i]; }
    case 5u: { return tensor5[i]; }
    default: { return tensor6[i]; }
  }
}

@compute @workgroup_size(256)
fn gather(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  if (id >= sizes.count) {
    return;
  }
  let at = sizes.first + id;
  var which = 0u;
  for (var i = 1u; i < 7u; i++) {
    which = select(which, i, at >= sizes.starts[i / 4u][i % 4u]);
  }
  let i = at - sizes.starts[which / 4u][which % 4u];
  var value = 0.0;
  if (i < sizes.sizes[which / 4u][which % 4u]) {
    value = element(which, i);
  }
  if (sizes.adding == 1u) {
    value += whole[at];
  }
  whole[at] = value;
}
