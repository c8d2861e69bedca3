// The short convolutions and gates of the Hyena recurrence, channel-major [C, B, L]; after reduction.wgsl. All
// but the parameters may lie in f16.
struct Sizes {
  rows: u32, // channels · batch
  batch: u32,
  length: u32,
  taps: u32,
  count: u32, // elements of a product
  value_offset: u32,
  gate_offset: u32,
  d_value_offset: u32,
  d_gate_offset: u32,
  unit: f32, // gradients of parameters are multiplied by it: others may be stored times something in f16
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> p: array<Storage_p>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> s: array<Storage_s>;
@group(0) @binding(5) var<storage, read> ds: array<Storage_ds>;
@group(0) @binding(6) var<storage, read_write> dp: array<Storage_dp>;
@group(0) @binding(7) var<storage, read_write> d_weight: array<f32>;
@group(0) @binding(8) var<storage, read_write> d_bias: array<f32>;
@group(0) @binding(9) var<storage, read> d_product: array<Storage_d_product>;
@group(0) @binding(10) var<storage, read> value: array<Storage_value>;
@group(0) @binding(11) var<storage, read> gate: array<Storage_gate>;
@group(0) @binding(12) var<storage, read_write> d_value: array<Storage_d_value>;
@group(0) @binding(13) var<storage, read_write> d_gate: array<Storage_d_gate>;

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

// s[c,b,i] = bias[c] + Σ_k weight[c, taps-1-k]·p[c,b,i-k]
@compute @workgroup_size(256)
fn short_convolution(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.rows * sizes.length) {
    return;
  }
  let i = id % sizes.length;
  let channel = id / sizes.length / sizes.batch;
  let last = channel * sizes.taps + sizes.taps - 1u;
  var sum = bias[channel];
  for (var k = 0u; k < min(sizes.taps, i + 1u); k++) {
    sum += weight[last - k] * f32(p[id - k]);
  }
  s[id] = store_s(sum);
}

// dp[c,b,i] = Σ_k weight[c, taps-1-k]·ds[c,b,i+k]
@compute @workgroup_size(256)
fn short_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.rows * sizes.length) {
    return;
  }
  let i = id % sizes.length;
  let channel = id / sizes.length / sizes.batch;
  let last = channel * sizes.taps + sizes.taps - 1u;
  var sum = 0.0;
  for (var k = 0u; k < min(sizes.taps, sizes.length - i); k++) {
    sum += weight[last - k] * f32(ds[id + k]);
  }
  dp[id] = store_dp(sum);
}

// Gradients of the taps and the bias of a channel, one workgroup a channel.
@compute @workgroup_size(THREADS)
fn tap_gradients(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let channel = group.x + group.y * count.x;
  if (channel * sizes.batch >= sizes.rows) {
    return;
  }
  let start = channel * sizes.batch * sizes.length;
  let elements = sizes.batch * sizes.length;
  for (var k = 0u; k < sizes.taps; k++) {
    var sums = vec2f(0.0);
    for (var at = thread; at < elements; at += THREADS) {
      let gradient = f32(ds[start + at]);
      // The bias is summed up beside the first tap.
      sums.y += gradient;
      if (at % sizes.length >= k) {
        sums.x += gradient * f32(p[start + at - k]);
      }
    }
    let total = sum_of_threads(sums, thread);
    if (thread == 0u) {
      d_weight[channel * sizes.taps + sizes.taps - 1u - k] = total.x * sizes.unit;
      if (k == 0u) {
        d_bias[channel] = total.y * sizes.unit;
      }
    }
  }
}

// d_value = d_product·gate, d_gate = d_product·value.
@compute @workgroup_size(256)
fn gate_gradients(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.count) {
    return;
  }
  let gradient = f32(d_product[id]);
  d_value[sizes.d_value_offset + id] = store_d_value(gradient * f32(gate[sizes.gate_offset + id]));
  d_gate[sizes.d_gate_offset + id] = store_d_gate(gradient * f32(value[sizes.value_offset + id]));
}

// The same where both gradients go to parts of one tensor.
@compute @workgroup_size(256)
fn gate_gradients_together(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.count) {
    return;
  }
  let gradient = f32(d_product[id]);
  d_gate[sizes.d_value_offset + id] = store_d_gate(gradient * f32(gate[sizes.gate_offset + id]));
  d_gate[sizes.d_gate_offset + id] = store_d_gate(gradient * f32(value[sizes.value_offset + id]));
}

// d_gate = d_product·value alone.
@compute @workgroup_size(256)
fn gate_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.count) {
    return;
  }
  d_gate[sizes.d_gate_offset + id] = store_d_gate(f32(d_product[id]) * f32(value[sizes.value_offset + id]));
}
