// y = f(weight·x + bias) + residual for few vectors x, a row of the weight a workgroup: each weight is read once for two
// vectors; after reduction.wgsl.
struct Sizes {
  rows: u32,
  columns: u32,
  vectors: u32,
  biased: u32,
  gelu: u32, // f is tanh-GELU
  added: u32, // to a residual
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> weight: array<f32>; // [rows, columns]
@group(0) @binding(2) var<storage, read> x: array<f32>; // [vectors, columns]
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read> residual: array<f32>; // [vectors, rows]
@group(0) @binding(5) var<storage, read_write> y: array<f32>;

// tanh without overflow, as in matrix-product.wgsl.
fn gelu(h: f32) -> f32 {
  return h * (1.0 - 1.0 / (exp(1.5957691216057308 * h * (1.0 + 0.044715 * h * h)) + 1.0));
}

fn store(vector: u32, row: u32, sum: f32) {
  let at = vector * sizes.rows + row;
  var value = sum;
  if (sizes.biased == 1u) {
    value += bias[row];
  }
  if (sizes.gelu == 1u) {
    value = gelu(value);
  }
  if (sizes.added == 1u) {
    value += residual[at];
  }
  y[at] = value;
}

@compute @workgroup_size(THREADS)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.rows) {
    return;
  }
  for (var vector = 0u; vector < sizes.vectors; vector += 2u) {
    let next = min(vector + 1u, sizes.vectors - 1u);
    var sums = vec2f(0.0);
    for (var i = thread; i < sizes.columns; i += THREADS) {
      sums += weight[row * sizes.columns + i] * vec2f(x[vector * sizes.columns + i], x[next * sizes.columns + i]);
    }
    let totals = sum_of_threads(sums, thread);
    if (thread == 0u) {
      store(vector, row, totals.x);
      if (next > vector) {
        store(next, row, totals.y);
      }
    }
  }
}
