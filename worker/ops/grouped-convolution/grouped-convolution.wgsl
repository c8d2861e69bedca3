// Causal depthwise convolution with filters that groups of neighbouring channels share, as direct sums, channel-major
// [C, B, L]; after reduction.wgsl. The inputs have `lead` columns before the first that is requested.
struct Sizes {
  channels: u32,
  groups: u32,
  batch: u32,
  lead: u32,
  length: u32,
  taps: u32,
}
// Whether the last tap of a filter multiplies the present; else the first does.
override PRESENT_LAST: bool = true;
override BIAS: bool = false;
override SKIP: bool = false;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> u: array<f32>;
@group(0) @binding(2) var<storage, read> taps: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> skip: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;
@group(0) @binding(6) var<storage, read> dy: array<f32>;
@group(0) @binding(7) var<storage, read_write> du: array<f32>;
@group(0) @binding(8) var<storage, read_write> by_lag: array<f32>; // [C, K]: gradients of each channel's taps
@group(0) @binding(9) var<storage, read> channel_taps: array<f32>; // the same, read
@group(0) @binding(10) var<storage, read_write> d_taps: array<f32>;
@group(0) @binding(11) var<storage, read_write> d_bias: array<f32>;
@group(0) @binding(12) var<storage, read_write> d_skip: array<f32>;

fn place_of(lag: u32) -> u32 {
  return select(lag, sizes.taps - 1u - lag, PRESENT_LAST);
}

fn first_tap(channel: u32) -> u32 {
  return channel / (sizes.channels / sizes.groups) * sizes.taps;
}

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

@compute @workgroup_size(256)
fn forward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.channels * sizes.batch * sizes.length) {
    return;
  }
  let row = id / sizes.length;
  let channel = row / sizes.batch;
  let i = sizes.lead + id % sizes.length;
  let here = row * (sizes.lead + sizes.length) + i;
  let first = first_tap(channel);
  var sum = 0.0;
  if (BIAS) {
    sum = bias[channel];
  }
  if (SKIP) {
    sum += skip[channel] * u[here];
  }
  for (var lag = 0u; lag < min(sizes.taps, i + 1u); lag++) {
    sum += taps[first + place_of(lag)] * u[here - lag];
  }
  y[id] = sum;
}

@compute @workgroup_size(256)
fn input_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  let columns = sizes.lead + sizes.length;
  if (id >= sizes.channels * sizes.batch * columns) {
    return;
  }
  let row = id / columns;
  let channel = row / sizes.batch;
  let i = id % columns;
  let first = first_tap(channel);
  var sum = 0.0;
  // Outputs from `lead` on have gradients.
  for (var lag = max(i, sizes.lead) - i; lag < min(sizes.taps, columns - i); lag++) {
    sum += taps[first + place_of(lag)] * dy[row * sizes.length + i + lag - sizes.lead];
  }
  if (SKIP && i >= sizes.lead) {
    sum += skip[channel] * dy[row * sizes.length + i - sizes.lead];
  }
  du[id] = sum;
}

// Gradients of four neighbouring taps of a channel, one workgroup.
@compute @workgroup_size(THREADS)
fn tap_gradients(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let fours = (sizes.taps + 3u) / 4u;
  let task = group.x + group.y * count.x;
  let channel = task / fours;
  if (channel >= sizes.channels) {
    return;
  }
  let lag = task % fours * 4u;
  let columns = sizes.lead + sizes.length;
  var sums = vec4f(0.0);
  for (var at = thread; at < sizes.batch * sizes.length; at += THREADS) {
    let row = channel * sizes.batch + at / sizes.length;
    let i = sizes.lead + at % sizes.length;
    let gradient = dy[row * sizes.length + at % sizes.length];
    for (var k = 0u; k < 4u; k++) {
      if (i >= lag + k) {
        sums[k] += gradient * u[row * columns + i - lag - k];
      }
    }
  }
  let first = sum_of_threads(sums.xy, thread);
  let second = sum_of_threads(sums.zw, thread);
  let totals = vec4f(first, second);
  if (thread < min(4u, sizes.taps - lag)) {
    by_lag[channel * sizes.taps + lag + thread] = totals[thread];
  }
}

// Of a group's tap: the sum over its channels.
@compute @workgroup_size(256)
fn filter_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.groups * sizes.taps) {
    return;
  }
  let lag = place_of(id % sizes.taps);
  let each = sizes.channels / sizes.groups;
  var sum = 0.0;
  for (var c = id / sizes.taps * each; c < (id / sizes.taps + 1u) * each; c++) {
    sum += channel_taps[c * sizes.taps + lag];
  }
  d_taps[id] = sum;
}

// Gradients of bias and skip, one workgroup a channel.
@compute @workgroup_size(THREADS)
fn channel_gradients(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let channel = group.x + group.y * count.x;
  if (channel >= sizes.channels) {
    return;
  }
  var sum = 0.0;
  let elements = sizes.batch * sizes.length;
  for (var at = thread; at < elements; at += THREADS) {
    sum += dy[channel * elements + at];
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    d_bias[channel] = total;
    // The same sum as of the tap of the present.
    d_skip[channel] = channel_taps[channel * sizes.taps];
  }
}
