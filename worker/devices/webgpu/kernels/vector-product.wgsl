// y = f(weight·g(x) + bias) + residual for few vectors x, a row of the weight a workgroup: each weight is read once for two
// vectors, by words (words-fp32.wgsl and those beside it); after reduction.wgsl.
struct Sizes {
  rows: u32,
  columns: u32,
  vectors: u32,
  biased: u32,
  gelu: u32, // f is tanh-GELU
  added: u32, // to a residual
  gelu_x: u32, // g is tanh-GELU
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> weight: array<Word>; // [rows, columns]
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

// An element of two vectors.
fn inputs(vector: u32, next: u32, column: u32) -> vec2f {
  let values = vec2f(x[vector * sizes.columns + column], x[next * sizes.columns + column]);
  if (sizes.gelu_x == 1u) {
    return vec2f(gelu(values.x), gelu(values.y));
  }
  return values;
}

@compute @workgroup_size(THREADS)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.rows) {
    return;
  }
  let start = row * row_words(sizes.columns);
  for (var vector = 0u; vector < sizes.vectors; vector += 2u) {
    let next = min(vector + 1u, sizes.vectors - 1u);
    var sums = vec2f(0.0);
    for (var word = thread; word < value_words(sizes.columns); word += THREADS) {
      let numbers = weight[start + word];
      var part = vec2f(0.0);
      for (var slot = 0u; slot < in_word; slot++) {
        let column = column_of(word, slot);
        if (column < sizes.columns) {
          part += number_in(numbers, slot) * inputs(vector, next, column);
        }
      }
      sums += scale_in(weight[start + scale_word(word, sizes.columns)], word) * part;
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
