// What the kernels of the implicit filters share; after sine.wgsl. They work on a stretch of positions at a time. Sums over
// positions are made in parts, by groups of blocks of positions, which `add_up` adds in their order.
struct Layer {
  weight: u32, // elements before it among the parameters
  bias: u32,
  weight_sum: u32, // and among the parts of the gradients
  bias_sum: u32,
}
struct Sizes {
  length: u32, // of the filters
  features: u32,
  width: u32,
  channels: u32,
  layers: u32, // with a sine
  positions: u32, // of a block
  start: u32, // positions before the stretch
  count: u32, // positions of the stretch
  first_kept: u32, // layer from which on `sine_layers` keeps what the sines are given
  groups: u32,
  step: u32, // elements of a part of the gradients
  frequency: u32, // elements before it among the parameters
  last: u32,
  frequency_sum: u32,
  last_sum: u32,
  resumed: u32, // 1: the parts hold the sums of stretches before
  modulated: u32,
  shift: f32,
  layer: array<Layer, 17>,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
@group(0) @binding(2) var<storage, read> z: array<f32>; // [position, feature]
@group(0) @binding(3) var<storage, read> t: array<f32>;
@group(0) @binding(4) var<storage, read> deltas: array<f32>;
@group(0) @binding(5) var<storage, read_write> given: array<f32>; // to the sines: [layer kept, width, position of the stretch]
@group(0) @binding(6) var<storage, read> kept: array<f32>; // the same, written before
@group(0) @binding(7) var<storage, read_write> h: array<f32>; // [channel, position]
@group(0) @binding(8) var<storage, read> dh: array<f32>;
@group(0) @binding(9) var<storage, read_write> dz: array<f32>;
@group(0) @binding(10) var<storage, read_write> sums: array<f32>; // [group, parameter]
@group(0) @binding(11) var<storage, read> parts: array<f32>; // the same, written before
@group(0) @binding(12) var<storage, read_write> gradients: array<f32>;

fn window(channel: u32, position: u32) -> f32 {
  if (sizes.modulated == 0u) {
    return 1.0;
  }
  return exp(-t[sizes.start + position] * abs(deltas[channel])) + sizes.shift;
}

// The gradient of the last layer's outputs, zero beyond the stretch.
fn slope(channel: u32, position: u32) -> f32 {
  if (channel >= sizes.channels || position >= sizes.count) {
    return 0.0;
  }
  return dh[channel * sizes.length + sizes.start + position] * window(channel, position);
}

fn argument(layer: u32, row: u32, position: u32) -> f32 {
  if (position >= sizes.count) {
    return 0.0;
  }
  return kept[(layer * sizes.width + row) * sizes.count + position];
}

fn frequency(row: u32) -> f32 {
  return parameters[sizes.frequency + row];
}

fn feature(position: u32, which: u32) -> f32 {
  if (position >= sizes.count) {
    return 0.0;
  }
  return z[(sizes.start + position) * sizes.features + which];
}

fn inputs_of(layer: u32) -> u32 {
  return select(sizes.width, sizes.features, layer == 0u);
}

// Blocks of positions that belong to a group: the first, and the one behind the last.
fn blocks_of(group: u32) -> vec2u {
  let blocks = (sizes.count + sizes.positions - 1u) / sizes.positions;
  return vec2u(group * blocks / sizes.groups, (group + 1u) * blocks / sizes.groups);
}

fn add_to(group: u32, at: u32, value: f32, fresh: bool) {
  let place = group * sizes.step + at;
  sums[place] = select(0.0, sums[place], !fresh) + value;
}

// Four rows beside each other, those beyond the last of `count` replaced by it.
fn four(first: u32, count: u32) -> vec4u {
  return min(vec4u(first) + vec4u(0u, 1u, 2u, 3u), vec4u(count - 1u));
}
