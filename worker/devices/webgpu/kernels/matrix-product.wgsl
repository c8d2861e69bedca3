// c = f(a)·g(b) for each of a batch of matrices, in tiles of 64 × 64, with the sums in fp32. For long inner sizes the
// product is cut along them into parts, which `add_parts` adds in a fixed order.
// Bits of FLAGS. A pipeline may leave them to the uniforms: one for all variants, slower to run and quicker to have.
override FLAGS: u32 = 0xffffffffu;
const transposed_a = 1u; // a is stored [k, m]
const transposed_b = 2u; // b is stored [n, k]
const gelu_a = 4u; // a factor is gelu of what is stored
const gelu_b = 8u;
const bias_columns = 16u; // extra[column] is added
const bias_rows = 32u; // extra[row] is added
const slope = 64u; // the result is multiplied by gelu'(extra), [m, n]
const accumulate = 128u; // the result is added to c

struct Sizes {
  m: u32,
  n: u32,
  k: u32,
  part: u32, // inner elements of a part
  parts: u32, // along z: batch, then parts
  step_a: u32, // elements from one matrix of the batch to the next
  step_b: u32,
  offset_a: u32, // elements before the first matrix
  offset_b: u32,
  offset_c: u32, // of the result, not of its parts
  flags: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read> extra: array<f32>;
@group(0) @binding(4) var<storage, read_write> c: array<f32>;
@group(0) @binding(5) var<storage, read> pieces: array<f32>;

fn has(flag: u32) -> bool {
  return (select(FLAGS, sizes.flags, FLAGS == 0xffffffffu) & flag) != 0u;
}

const slope_constant = 0.7978845608028654;
const cubic = 0.044715;

// tanh without overflow: 1 - 2/(e^2x + 1); NaN stays NaN.
fn smooth_tanh(x: f32) -> f32 {
  return 1.0 - 2.0 / (exp(2.0 * x) + 1.0);
}
fn gelu(h: f32) -> f32 {
  return 0.5 * h * (1.0 + smooth_tanh(slope_constant * h * (1.0 + cubic * h * h)));
}
fn gelu_slope(h: f32) -> f32 {
  let t = smooth_tanh(slope_constant * h * (1.0 + cubic * h * h));
  return 0.5 * (1.0 + t + h * (1.0 - t * t) * slope_constant * (1.0 + 3.0 * cubic * h * h));
}

const tile = 64u;
const depth = 16u;
const row_length = 65u; // one more than the tile: threads beside each other meet no bank twice
var<workgroup> tile_a: array<f32, 1040>;
var<workgroup> tile_b: array<f32, 1040>;

@compute @workgroup_size(256)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let which = group.z / sizes.parts;
  let part = group.z % sizes.parts;
  let start_a = sizes.offset_a + which * sizes.step_a;
  let start_b = sizes.offset_b + which * sizes.step_b;
  let row0 = group.y * tile;
  let column0 = group.x * tile;
  let first = part * sizes.part;
  let end = min(first + sizes.part, sizes.k);
  let thread_row = thread / 16u;
  let thread_column = thread % 16u;
  var sums: array<vec4f, 4>;

  for (var base = first; base < end; base += depth) {
    for (var load = 0u; load < 4u; load++) {
      // Neighbouring threads read neighbouring elements in either layout.
      var inner = base + thread % depth;
      var outer = thread / depth + 16u * load;
      if (has(transposed_a)) {
        inner = base + thread / tile + 4u * load;
        outer = thread % tile;
      }
      var value = 0.0;
      let row = row0 + outer;
      if (row < sizes.m && inner < end) {
        if (has(transposed_a)) {
          value = a[start_a + inner * sizes.m + row];
        } else {
          value = a[start_a + row * sizes.k + inner];
        }
        if (has(gelu_a)) {
          value = gelu(value);
        }
      }
      tile_a[(inner - base) * row_length + outer] = value;

      inner = base + thread / tile + 4u * load;
      outer = thread % tile;
      if (has(transposed_b)) {
        inner = base + thread % depth;
        outer = thread / depth + 16u * load;
      }
      value = 0.0;
      let column = column0 + outer;
      if (column < sizes.n && inner < end) {
        if (has(transposed_b)) {
          value = b[start_b + column * sizes.k + inner];
        } else {
          value = b[start_b + inner * sizes.n + column];
        }
        if (has(gelu_b)) {
          value = gelu(value);
        }
      }
      tile_b[(inner - base) * row_length + outer] = value;
    }
    workgroupBarrier();
    for (var inner = 0u; inner < depth; inner++) {
      let at_a = inner * row_length + thread_row;
      let at_b = inner * row_length + thread_column;
      let right = vec4f(tile_b[at_b], tile_b[at_b + 16u], tile_b[at_b + 32u], tile_b[at_b + 48u]);
      for (var i = 0u; i < 4u; i++) {
        sums[i] += tile_a[at_a + 16u * i] * right;
      }
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < 4u; i++) {
    let row = row0 + thread_row + 16u * i;
    for (var j = 0u; j < 4u; j++) {
      let column = column0 + thread_column + 16u * j;
      if (row < sizes.m && column < sizes.n) {
        let at = select(sizes.offset_c, 0u, sizes.parts > 1u) + (group.z * sizes.m + row) * sizes.n + column;
        var value = sums[i][j];
        if (has(bias_columns)) {
          value += extra[column];
        }
        if (has(bias_rows)) {
          value += extra[row];
        }
        if (has(slope)) {
          value *= gelu_slope(extra[row * sizes.n + column]);
        }
        if (has(accumulate)) {
          value += c[at];
        }
        c[at] = value;
      }
    }
  }
}

// c = the sum of `parts` matrices of m·n elements.
@compute @workgroup_size(256)
fn add_parts(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  let elements = sizes.m * sizes.n;
  if (id >= elements) {
    return;
  }
  var sum = 0.0;
  for (var part = 0u; part < sizes.parts; part++) {
    sum += pieces[part * elements + id];
  }
  if (has(accumulate)) {
    sum += c[sizes.offset_c + id];
  }
  c[sizes.offset_c + id] = sum;
}
