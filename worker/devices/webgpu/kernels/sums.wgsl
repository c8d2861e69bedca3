// Sums of a matrix over its rows or its columns, in a fixed order; after reduction.wgsl.
struct Sizes {
  rows: u32,
  columns: u32,
  rows_a_group: u32,
  unit: f32, // sums are multiplied by it: of tensors in f16 that are stored times something
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<Storage_x>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read> factor: array<Storage_factor>;

// y[row] = the sum of a row, one workgroup a row.
@compute @workgroup_size(THREADS)
fn of_rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.rows) {
    return;
  }
  var sum = 0.0;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    sum += f32(x[row * sizes.columns + i]);
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    y[row] = total * sizes.unit;
  }
}

// y[row] = the sum of the products of two rows.
@compute @workgroup_size(THREADS)
fn of_products(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.rows) {
    return;
  }
  var sum = 0.0;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    let at = row * sizes.columns + i;
    sum += f32(x[at]) * f32(factor[at]);
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    y[row] = total * sizes.unit;
  }
}

// y[part, column] = the sum of `rows_a_group` rows, 64 columns a workgroup.
@compute @workgroup_size(64)
fn of_columns(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let column = group.x * 64u + thread;
  if (column >= sizes.columns) {
    return;
  }
  let first = group.y * sizes.rows_a_group;
  let end = min(first + sizes.rows_a_group, sizes.rows);
  var sum = 0.0;
  for (var row = first; row < end; row++) {
    sum += f32(x[row * sizes.columns + column]);
  }
  y[group.y * sizes.columns + column] = sum * sizes.unit;
}

// y *= factor[0], in place.
@compute @workgroup_size(256)
fn scale(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  if (id < sizes.rows) {
    y[id] *= f32(factor[0]);
  }
}
