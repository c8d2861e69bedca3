// Taps of modal filters h[g,t] = Re Σ_s R[g,s]·p[g,s]^t and their gradients; after reduction.wgsl and double.wgsl. A power is
// one of a block's start times one within the block, both from a table [G, S, 64 + J] of J blocks.
struct Sizes {
  groups: u32,
  modes: u32,
  length: u32,
  blocks: u32,
  zero: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> poles: array<vec4f>;
@group(0) @binding(2) var<storage, read> residues: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> powers: array<vec2f>;
@group(0) @binding(4) var<storage, read> table: array<vec2f>; // the same, read
@group(0) @binding(5) var<storage, read_write> h: array<f32>;
@group(0) @binding(6) var<storage, read> dh: array<f32>;
@group(0) @binding(7) var<storage, read_write> d_poles: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> d_residues: array<vec2f>;

const BLOCK: u32 = 64u;

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

fn times(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

@compute @workgroup_size(256)
fn raise(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  let entries = BLOCK + sizes.blocks;
  if (id >= sizes.groups * sizes.modes * entries) {
    return;
  }
  let entry = id % entries;
  var exponent = select((entry - BLOCK) * BLOCK, entry, entry < BLOCK);
  var factor = poles[id / entries];
  var power = vec4f(1.0, 0.0, 0.0, 0.0);
  while (exponent > 0u) {
    if ((exponent & 1u) == 1u) {
      power = multiply_complex(power, factor);
    }
    factor = multiply_complex(factor, factor);
    exponent >>= 1u;
  }
  powers[id] = power.xy;
}

fn power_of(mode: u32, t: u32) -> vec2f {
  let first = mode * (BLOCK + sizes.blocks);
  return times(table[first + t % BLOCK], table[first + BLOCK + t / BLOCK]);
}

@compute @workgroup_size(256)
fn taps(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.groups * sizes.length) {
    return;
  }
  let first = id / sizes.length * sizes.modes;
  var sum = 0.0;
  for (var mode = first; mode < first + sizes.modes; mode++) {
    sum += times(residues[mode], power_of(mode, id % sizes.length)).x;
  }
  h[id] = sum;
}

// One workgroup a mode.
@compute @workgroup_size(THREADS)
fn mode_gradients(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let mode = group.x + group.y * count.x;
  if (mode >= sizes.groups * sizes.modes) {
    return;
  }
  let row = mode / sizes.modes * sizes.length;
  var sum = vec2f(0.0);
  var slope = vec2f(0.0);
  for (var t = thread; t < sizes.length; t += THREADS) {
    let power = power_of(mode, t);
    sum += dh[row + t] * power;
    if (t + 1u < sizes.length) {
      slope += dh[row + t + 1u] * f32(t + 1u) * power;
    }
  }
  let total = sum_of_threads(sum, thread);
  let gradient = times(residues[mode], sum_of_threads(slope, thread));
  if (thread == 0u) {
    d_residues[mode] = vec2f(total.x, -total.y);
    d_poles[mode] = vec4f(gradient.x, -gradient.y, 0.0, 0.0);
  }
}
