// c = f(a)·g(b) for each of a batch of matrices, in tiles of 64 × 64, with the sums in fp32. For long inner sizes the
// product is cut along them into parts, which `add_parts` adds in a fixed order. Before it a head that says what the
// factors are in tiles, after it who multiplies: threads or matrix units. Each tensor may lie in f16, and one factor be packed.
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
  offset_a: u32, // elements before the first matrix; words, if it is packed
  offset_b: u32,
  offset_c: u32, // of the result, not of its parts
  flags: u32,
  scale_a: f32, // powers of two that factors in f16 are multiplied by
  scale_b: f32,
  scale_sum: f32, // and their sums are divided by
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> a: array<Storage_a>;
@group(0) @binding(2) var<storage, read> b: array<Storage_b>;
@group(0) @binding(3) var<storage, read> extra: array<Storage_extra>;
@group(0) @binding(4) var<storage, read_write> c: array<Storage_c>;
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
var<workgroup> tile_a: array<Stored, depth * row_length>;
var<workgroup> tile_b: array<Stored, depth * row_length>;

// Where a workgroup works.
struct Place {
  start_a: u32,
  start_b: u32,
  start_c: u32,
  row0: u32,
  column0: u32,
  first: u32, // inner elements of its part
  end: u32,
}

fn place_of(group: vec3u) -> Place {
  let which = group.z / sizes.parts;
  let first = group.z % sizes.parts * sizes.part;
  return Place(
    sizes.offset_a + which * sizes.step_a,
    sizes.offset_b + which * sizes.step_b,
    select(sizes.offset_c, 0u, sizes.parts > 1u) + group.z * sizes.m * sizes.n,
    group.y * tile,
    group.x * tile,
    first,
    min(first + sizes.part, sizes.k),
  );
}

// Elements of the factors, with what is to be done to them.
fn left_factor(place: Place, row: u32, inner: u32) -> Stored {
  let turned = has(transposed_a);
  var value = read_a(place.start_a, select(row, inner, turned), select(inner, row, turned), select(sizes.k, sizes.m, turned));
  if (has(gelu_a)) {
    value = gelu(value);
  }
  return stored(value, sizes.scale_a);
}
fn right_factor(place: Place, inner: u32, column: u32) -> Stored {
  let turned = has(transposed_b);
  var value = read_b(place.start_b, select(inner, column, turned), select(column, inner, turned), select(sizes.n, sizes.k, turned));
  if (has(gelu_b)) {
    value = gelu(value);
  }
  return stored(value, sizes.scale_b);
}

// Loads the factors from the inner element `base` on: [depth, tile] each, with zeros beyond the edges.
fn load_tiles(place: Place, base: u32, thread: u32, threads: u32) {
  for (var load = thread; load < depth * tile; load += threads) {
    // Neighbouring threads read neighbouring elements in either layout.
    var inner = select(load % depth, load / tile, has(transposed_a));
    var outer = select(load / depth, load % tile, has(transposed_a));
    var value = Stored(0.0);
    if (place.row0 + outer < sizes.m && base + inner < place.end) {
      value = left_factor(place, place.row0 + outer, base + inner);
    }
    tile_a[inner * row_length + outer] = value;

    inner = select(load / tile, load % depth, has(transposed_b));
    outer = select(load % tile, load / depth, has(transposed_b));
    value = Stored(0.0);
    if (place.column0 + outer < sizes.n && base + inner < place.end) {
      value = right_factor(place, base + inner, place.column0 + outer);
    }
    tile_b[inner * row_length + outer] = value;
  }
}

// Writes an element of the tile, with what is to be done to it before.
fn finish(place: Place, down: u32, across: u32, sum: f32) {
  let row = place.row0 + down;
  let column = place.column0 + across;
  if (row >= sizes.m || column >= sizes.n) {
    return;
  }
  let at = place.start_c + row * sizes.n + column;
  var value = restored(sum, sizes.scale_sum);
  if (has(bias_columns)) {
    value += f32(extra[column]);
  }
  if (has(bias_rows)) {
    value += f32(extra[row]);
  }
  if (has(slope)) {
    value *= gelu_slope(f32(extra[row * sizes.n + column]));
  }
  if (has(accumulate)) {
    value += f32(c[at]);
  }
  c[at] = store_c(value);
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
    sum += f32(c[sizes.offset_c + id]);
  }
  c[sizes.offset_c + id] = store_c(sum);
}
