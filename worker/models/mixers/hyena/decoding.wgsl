// The Hyena recurrence of one layer of one text, token by token in blocks of 32. What a text keeps lies in one array: the
// projections that the short convolution looks back to, `[(N+1)D, K-1]`, what the long convolutions were given in this
// block, and what all before the block adds to them, `[(N-1)D, 32]` each.
struct Sizes {
  width: u32, // D
  order: u32, // N
  taps: u32, // K
  filter_taps: u32,
  text: u32, // row of the projections
  place: u32, // token within its block
  capacity: u32, // tokens that `inputs` and `tile_sums` have room for
  generated: u32, // tokens before the block
  tile: u32, // the last so many of which are convolved at once
  known: u32, // tokens that the text before tells the future of
}
const decode_block = 32u;
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> projected: array<f32>; // [text, (N+1)D]
@group(0) @binding(2) var<storage, read_write> state: array<f32>;
@group(0) @binding(3) var<storage, read> filters: array<f32>; // [(N-1)D, filter_taps]
@group(0) @binding(4) var<storage, read> short_weight: array<f32>;
@group(0) @binding(5) var<storage, read> short_bias: array<f32>;
@group(0) @binding(6) var<storage, read> skip: array<f32>;
@group(0) @binding(7) var<storage, read_write> mixed: array<f32>; // [text, D]
@group(0) @binding(8) var<storage, read_write> inputs: array<f32>; // [(N-1)D, capacity]
@group(0) @binding(9) var<storage, read> stored_inputs: array<f32>;
@group(0) @binding(10) var<storage, read_write> row: array<f32>; // [(N-1)D, 2·tile]
@group(0) @binding(11) var<storage, read> convolved: array<f32>; // the same
@group(0) @binding(12) var<storage, read_write> tile_sums: array<f32>; // [(N-1)D, capacity]
@group(0) @binding(13) var<storage, read> stored_tile_sums: array<f32>;
@group(0) @binding(14) var<storage, read> lookahead: array<f32>; // [(N-1)D, known]

fn block_input_at(channel: u32, i: u32) -> u32 {
  return (sizes.order + 1u) * sizes.width * (sizes.taps - 1u) + channel * decode_block + i;
}
fn block_base_at(channel: u32, i: u32) -> u32 {
  return block_input_at((sizes.order - 1u) * sizes.width + channel, i);
}

// The short convolution of a channel, which moves on by this token.
fn short_convolution(part: u32, d: u32) -> f32 {
  let channel = part * sizes.width + d;
  let now = projected[sizes.text * (sizes.order + 1u) * sizes.width + channel];
  let back = sizes.taps - 1u;
  var sum = short_bias[channel] + short_weight[channel * sizes.taps + back] * now;
  for (var k = 0u; k < back; k++) {
    let at = channel * back + k;
    let value = state[at];
    sum += short_weight[channel * sizes.taps + k] * value;
    if (k > 0u) {
      state[at - 1u] = value;
    }
  }
  if (back > 0u) {
    state[channel * back + back - 1u] = now;
  }
  return sum;
}

// One token, a channel a thread.
@compute @workgroup_size(64)
fn mix(@builtin(global_invocation_id) id: vec3u) {
  let d = id.x;
  if (d >= sizes.width) {
    return;
  }
  var value = short_convolution(sizes.order, d);
  for (var stage = 0u; stage + 1u < sizes.order; stage++) {
    let channel = stage * sizes.width + d;
    let now = value * short_convolution(sizes.order - 1u - stage, d);
    state[block_input_at(channel, sizes.place)] = now;
    value = state[block_base_at(channel, sizes.place)] + skip[channel] * now;
    for (var back = 0u; back <= min(sizes.place, sizes.filter_taps - 1u); back++) {
      value += filters[channel * sizes.filter_taps + back] * state[block_input_at(channel, sizes.place - back)];
    }
  }
  mixed[sizes.text * sizes.width + d] = value * short_convolution(0u, d);
}

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}
fn channels() -> u32 {
  return (sizes.order - 1u) * sizes.width;
}

// The block that has ended goes to where tiles find it.
@compute @workgroup_size(256)
fn save_block(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < channels() * decode_block) {
    inputs[id / decode_block * sizes.capacity + sizes.generated - decode_block + id % decode_block] = state[block_input_at(id / decode_block, id % decode_block)];
  }
}

// The last tokens, with as many zeros.
@compute @workgroup_size(256)
fn tile_rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  let length = 2u * sizes.tile;
  if (id >= channels() * length) {
    return;
  }
  let i = id % length;
  var value = 0.0;
  if (i < sizes.tile) {
    value = stored_inputs[id / length * sizes.capacity + sizes.generated - sizes.tile + i];
  }
  row[id] = value;
}

// What they add to as many that follow.
@compute @workgroup_size(256)
fn add_tile(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= channels() * sizes.tile) {
    return;
  }
  let channel = id / sizes.tile;
  let i = id % sizes.tile;
  tile_sums[channel * sizes.capacity + sizes.generated + i] += convolved[(2u * channel + 1u) * sizes.tile + i];
}

// What all tokens before the block add to its own.
@compute @workgroup_size(256)
fn add_base(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= channels() * decode_block) {
    return;
  }
  let channel = id / decode_block;
  let at = sizes.generated + id % decode_block;
  var value = stored_tile_sums[channel * sizes.capacity + at];
  if (at < sizes.known) {
    value += lookahead[channel * sizes.known + at];
  }
  state[block_base_at(channel, id % decode_block)] = value;
}
