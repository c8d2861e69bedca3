// Layer normalisation of rows, one workgroup a row; after reduction.wgsl. x, y, dy
// and d_delta may lie in f16.
struct Sizes {
  rows: u32,
  width: u32,
  epsilon: f32,
  rows_a_group: u32,
  unit: f32, // dy is multiplied by it: in f16 it is stored times something
  scale: f32, // what `d_delta` is stored times
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<Storage_x>;
@group(0) @binding(2) var<storage, read> residual: array<f32>;
@group(0) @binding(3) var<storage, read> gamma: array<f32>;
@group(0) @binding(4) var<storage, read> beta: array<f32>;
@group(0) @binding(5) var<storage, read_write> total: array<f32>;
@group(0) @binding(6) var<storage, read_write> y: array<Storage_y>;
@group(0) @binding(7) var<storage, read> dy: array<Storage_dy>;
@group(0) @binding(8) var<storage, read> d_total: array<f32>;
@group(0) @binding(9) var<storage, read_write> dx: array<f32>;
@group(0) @binding(10) var<storage, read_write> moments: array<vec2f>;
@group(0) @binding(11) var<storage, read> kept_moments: array<vec2f>;
@group(0) @binding(12) var<storage, read_write> parts: array<vec2f>;
@group(0) @binding(13) var<storage, read> kept_parts: array<vec2f>;
@group(0) @binding(14) var<storage, read_write> d_gamma: array<f32>;
@group(0) @binding(15) var<storage, read_write> d_beta: array<f32>;
@group(0) @binding(16) var<storage, read_write> d_delta: array<Storage_d_delta>;

fn d_output(at: u32) -> f32 {
  return f32(dy[at]) * sizes.unit;
}

fn row_of(group: vec3u, count: vec3u) -> u32 {
  return group.x + group.y * count.x;
}

@compute @workgroup_size(THREADS)
fn forward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = row_of(group, count);
  if (row >= sizes.rows) {
    return;
  }
  let start = row * sizes.width;
  var sum = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    sum += f32(x[start + i]);
  }
  let mean = sum_of_threads(vec2f(sum, 0.0), thread).x / f32(sizes.width);
  var squares = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let centered = f32(x[start + i]) - mean;
    squares += centered * centered;
  }
  let variance = sum_of_threads(vec2f(squares, 0.0), thread).x / f32(sizes.width);
  let scale = 1.0 / sqrt(variance + sizes.epsilon);
  for (var i = thread; i < sizes.width; i += THREADS) {
    y[start + i] = store_y((f32(x[start + i]) - mean) * scale * gamma[i] + beta[i]);
  }
}

// The same of x + residual, which is written to `total`.
@compute @workgroup_size(THREADS)
fn residual_forward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = row_of(group, count);
  if (row >= sizes.rows) {
    return;
  }
  let start = row * sizes.width;
  var sum = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let value = f32(x[start + i]) + residual[start + i];
    total[start + i] = value;
    sum += value;
  }
  let mean = sum_of_threads(vec2f(sum, 0.0), thread).x / f32(sizes.width);
  var squares = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let centered = total[start + i] - mean;
    squares += centered * centered;
  }
  let variance = sum_of_threads(vec2f(squares, 0.0), thread).x / f32(sizes.width);
  let scale = 1.0 / sqrt(variance + sizes.epsilon);
  for (var i = thread; i < sizes.width; i += THREADS) {
    y[start + i] = store_y((total[start + i] - mean) * scale * gamma[i] + beta[i]);
  }
}

// dx = (g - mean(g) - n·mean(g·n)) / deviation with g = dy·gamma and n the normalised x; keeps mean and 1/deviation.
fn row_gradient(row: u32, thread: u32) {
  let start = row * sizes.width;
  let width = f32(sizes.width);
  var sum = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    sum += f32(x[start + i]);
  }
  let mean = sum_of_threads(vec2f(sum, 0.0), thread).x / width;
  var squares = 0.0;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let centered = f32(x[start + i]) - mean;
    squares += centered * centered;
  }
  let variance = sum_of_threads(vec2f(squares, 0.0), thread).x / width;
  let scale = 1.0 / sqrt(variance + sizes.epsilon);
  var sums = vec2f(0.0);
  for (var i = thread; i < sizes.width; i += THREADS) {
    let g = d_output(start + i) * gamma[i];
    sums += vec2f(g, g * (f32(x[start + i]) - mean) * scale);
  }
  let means = sum_of_threads(sums, thread) / width;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let normal = (f32(x[start + i]) - mean) * scale;
    dx[start + i] = (d_output(start + i) * gamma[i] - means.x - normal * means.y) * scale;
  }
  if (thread == 0u) {
    moments[row] = vec2f(mean, scale);
  }
}

@compute @workgroup_size(THREADS)
fn backward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = row_of(group, count);
  if (row >= sizes.rows) {
    return;
  }
  row_gradient(row, thread);
}

@compute @workgroup_size(THREADS)
fn residual_backward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = row_of(group, count);
  if (row >= sizes.rows) {
    return;
  }
  row_gradient(row, thread);
  let start = row * sizes.width;
  for (var i = thread; i < sizes.width; i += THREADS) {
    dx[start + i] += d_total[start + i];
  }
}

// The same, and once more in f16: for the products that made one of the two that were added.
@compute @workgroup_size(THREADS)
fn residual_backward_in_f16(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = row_of(group, count);
  if (row >= sizes.rows) {
    return;
  }
  row_gradient(row, thread);
  let start = row * sizes.width;
  for (var i = thread; i < sizes.width; i += THREADS) {
    let gradient = dx[start + i] + d_total[start + i];
    dx[start + i] = gradient;
    d_delta[start + i] = store_d_delta(gradient * sizes.scale);
  }
}

// Sums of dy·n and dy over `rows_a_group` rows, for 64 columns a workgroup.
@compute @workgroup_size(64)
fn parameter_parts(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let column = group.x * 64u + thread;
  if (column >= sizes.width) {
    return;
  }
  let first = group.y * sizes.rows_a_group;
  let end = min(first + sizes.rows_a_group, sizes.rows);
  var sums = vec2f(0.0);
  for (var row = first; row < end; row++) {
    let at = row * sizes.width + column;
    let moment = kept_moments[row];
    sums += vec2f(d_output(at) * (f32(x[at]) - moment.x) * moment.y, d_output(at));
  }
  parts[group.y * sizes.width + column] = sums;
}

// The sums of `rows` parts.
@compute @workgroup_size(64)
fn parameters(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x;
  if (column >= sizes.width) {
    return;
  }
  var sums = vec2f(0.0);
  for (var part = 0u; part < sizes.rows; part++) {
    sums += kept_parts[part * sizes.width + column];
  }
  d_gamma[column] = sums.x;
  d_beta[column] = sums.y;
}
