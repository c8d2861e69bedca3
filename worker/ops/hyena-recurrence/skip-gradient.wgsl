// The gradient of a stage's skip factors: Σ of (gradient of the stage's output)·(what the stage was given), one
// workgroup a channel; after reduction.wgsl.
override GATED: bool = false; // the gradient is dy·dy_gate
struct Sizes {
  channels: u32,
  elements: u32, // of a channel
  dy_offset: u32,
  dy_gate_offset: u32,
  value_offset: u32,
  gate_offset: u32,
  out_offset: u32,
  unit: f32, // the sum is multiplied by it: dy may be stored times something in f16
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> dy: array<Storage_dy>;
@group(0) @binding(2) var<storage, read> dy_gate: array<Storage_dy_gate>;
@group(0) @binding(3) var<storage, read> value: array<Storage_value>;
@group(0) @binding(4) var<storage, read> gate: array<Storage_gate>;
@group(0) @binding(5) var<storage, read_write> d_skip: array<f32>;

@compute @workgroup_size(THREADS)
fn skip_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let channel = group.x + group.y * count.x;
  if (channel >= sizes.channels) {
    return;
  }
  let start = channel * sizes.elements;
  var sum = 0.0;
  for (var i = thread; i < sizes.elements; i += THREADS) {
    var gradient = f32(dy[sizes.dy_offset + start + i]);
    if (GATED) {
      gradient *= f32(dy_gate[sizes.dy_gate_offset + start + i]);
    }
    sum += gradient * f32(value[sizes.value_offset + start + i]) * f32(gate[sizes.gate_offset + start + i]);
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    d_skip[sizes.out_offset + channel] = total * sizes.unit;
  }
}
