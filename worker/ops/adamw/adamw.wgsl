// AdamW in place, after reduction.wgsl: partial sums of squares of all gradients, the norm of all, then the update. The
// parameters lie beside each other, each from a multiple of 64 elements on, with zeros between them.
struct Sizes {
  count: u32,
  offset: u32, // of the partial sums
  groups: u32,
  first_parameter: u32,
  beta1: f32,
  beta2: f32,
  one_less_beta1: f32,
  one_less_beta2: f32,
  epsilon: f32,
  correction2: f32, // root of the bias correction of the second moment
  clip: f32, // below 0: none
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> pieces: array<f32>;
@group(0) @binding(3) var<storage, read> kept_pieces: array<f32>;
@group(0) @binding(4) var<storage, read_write> norm: array<f32>;
@group(0) @binding(5) var<storage, read> kept_norm: array<f32>;
@group(0) @binding(6) var<storage, read_write> value: array<f32>;
@group(0) @binding(7) var<storage, read_write> first: array<f32>;
@group(0) @binding(8) var<storage, read_write> second: array<f32>;
@group(0) @binding(9) var<storage, read> owners: array<f32>; // of every 64 elements, the number of the parameter
// Of each parameter: learning rate over the bias correction of the first moment; 1 - learning rate · weight decay.
@group(0) @binding(10) var<storage, read> rates: array<vec2f>;

@compute @workgroup_size(THREADS)
fn squares(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  var sum = 0.0;
  for (var i = group.x * THREADS + thread; i < sizes.count; i += THREADS * sizes.groups) {
    sum += gradient[i] * gradient[i];
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    pieces[sizes.offset + group.x] = total;
  }
}

@compute @workgroup_size(THREADS)
fn total_norm(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread; i < sizes.count; i += THREADS) {
    sum += kept_pieces[i];
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    norm[0] = sqrt(total);
  }
}

@compute @workgroup_size(256)
fn update(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  let length = kept_norm[0];
  // By its bits: a compiler may take it that no number is NaN or infinite.
  let finite = (bitcast<u32>(length) & 0x7f800000u) != 0x7f800000u;
  if (id >= sizes.count || !finite) {
    return;
  }
  var g = gradient[id];
  if (sizes.clip >= 0.0) {
    g *= min(1.0, sizes.clip / (length + 1e-6));
  }
  let m = first[id] * sizes.beta1 + g * sizes.one_less_beta1;
  let v = second[id] * sizes.beta2 + g * g * sizes.one_less_beta2;
  first[id] = m;
  second[id] = v;
  let rate = rates[u32(owners[id / 64u]) + sizes.first_parameter];
  value[id] = value[id] * rate.y - rate.x * (m / (sqrt(v) / sizes.correction2 + sizes.epsilon));
}
