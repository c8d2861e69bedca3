// What is around the long convolutions of a text that continues: short convolutions and gates of the new positions, the
// rows of all positions, and the parts of what comes out. Rows are [part of order-major, channel, position].
struct Sizes {
  width: u32, // channels of a part
  length: u32, // new positions
  lead: u32, // columns of p before them
  taps: u32,
  past: u32, // positions before
  reach: u32, // positions of a row
  parts: u32, // order + 1
  stage: u32,
  last: u32, // 1: of the last stage
  value_pitch: u32, // elements from one row of the value to the next
  value_offset: u32, // before its first new position
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> p: array<f32>;
@group(0) @binding(2) var<storage, read> weight: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> short: array<f32>; // [parts, width, length]
@group(0) @binding(5) var<storage, read> kept_short: array<f32>; // the same, written before
@group(0) @binding(6) var<storage, read> value: array<f32>;
@group(0) @binding(7) var<storage, read> conv_inputs: array<f32>; // [stages, width, past]
@group(0) @binding(8) var<storage, read_write> row: array<f32>; // [width, reach]
@group(0) @binding(9) var<storage, read_write> inputs: array<f32>; // [stages, width, length]
@group(0) @binding(10) var<storage, read> convolved: array<f32>; // [width, reach]
@group(0) @binding(11) var<storage, read_write> y: array<f32>; // [width, length]
@group(0) @binding(12) var<storage, read_write> lookahead: array<f32>; // [stages, width, reach - past - length]

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

@compute @workgroup_size(256)
fn short_convolution(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.parts * sizes.width * sizes.length) {
    return;
  }
  let channel = id / sizes.length;
  let column = sizes.lead + id % sizes.length;
  let at = channel * (sizes.lead + sizes.length) + column;
  let newest = channel * sizes.taps + sizes.taps - 1u;
  var sum = bias[channel];
  for (var k = 0u; k < min(sizes.taps, column + 1u); k++) {
    sum += weight[newest - k] * p[at - k];
  }
  short[id] = sum;
}

// What the convolution of a stage is given at all positions, with zeros for those to come; the new ones go to `inputs` too.
@compute @workgroup_size(256)
fn rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.width * sizes.reach) {
    return;
  }
  let channel = id / sizes.reach;
  let position = id % sizes.reach;
  let filter_row = sizes.stage * sizes.width + channel;
  if (position < sizes.past) {
    row[id] = conv_inputs[filter_row * sizes.past + position];
    return;
  }
  let i = position - sizes.past;
  if (i >= sizes.length) {
    row[id] = 0.0;
    return;
  }
  let gate = (sizes.parts - 2u - sizes.stage) * sizes.width + channel;
  let now = value[sizes.value_offset + channel * sizes.value_pitch + i] * kept_short[gate * sizes.length + i];
  row[id] = now;
  inputs[filter_row * sizes.length + i] = now;
}

// The future from what came out, and of the last stage the result.
@compute @workgroup_size(256)
fn results(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  let fresh = sizes.reach - sizes.past;
  if (id >= sizes.width * fresh) {
    return;
  }
  let channel = id / fresh;
  let i = id % fresh;
  let out = convolved[channel * sizes.reach + sizes.past + i];
  if (i >= sizes.length) {
    let filter_row = sizes.stage * sizes.width + channel;
    lookahead[filter_row * (fresh - sizes.length) + i - sizes.length] = out;
  } else if (sizes.last == 1u) {
    y[channel * sizes.length + i] = out * kept_short[channel * sizes.length + i];
  }
}
