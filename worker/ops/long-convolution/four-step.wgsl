// Causal convolution of rows longer than workgroup memory holds, after fourier.wgsl and rows.wgsl: the four-step
// transform of n = n1·n2. Position j = r·n2 + c is row r and column c of a matrix; transforms of length n1 along its
// columns, a multiplication by exp(-2πi·k1·c/n), then transforms of length n2 along its rows.
override N1: u32 = 32u;
override N2: u32 = 64u;
// exp(iπ·r·n2/2n) for n1 values, exp(iπ·c/2n) for n2, exp(-2πi·j/n) for n2, exp(-2πi·k/n1) for n1.
@group(0) @binding(2) var<storage, read> tables: array<vec2f>;
@group(0) @binding(5) var<storage, read> spectra: array<vec2f>; // of the filters, [channels, n1, n2]
@group(0) @binding(9) var<storage, read_write> matrix: array<vec2f>;
@group(0) @binding(10) var<storage, read> first_matrix: array<vec2f>;
@group(0) @binding(11) var<storage, read> second_matrix: array<vec2f>;

fn angle_of(r: u32, c: u32) -> vec2f {
  return times(tables[r], tables[N1 + c]);
}

// exp(-2πi·k·c/n), k below n1, c below n2.
fn twiddle(k: u32, c: u32) -> vec2f {
  let m = k * c;
  return times(tables[N1 + N2 + N2 + m / N2], tables[N1 + N2 + m % N2]);
}

// Real rows to matrices whose columns are transformed and multiplied; N = n1, ROWS columns a workgroup.
@compute @workgroup_size(THREADS)
fn columns(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let which = (group.x + group.y * count.x) * ROWS;
  let row = which / N2;
  let column = which % N2;
  for (var i = thread; i < VALUES; i += THREADS) {
    let r = i / ROWS;
    let c = column + i % ROWS;
    work[i % ROWS * N + r] = value_at(row, r * N2 + c) * angle_of(r, c);
  }
  transform(thread, 1.0);
  if (row >= sizes.rows) {
    return;
  }
  for (var i = thread; i < VALUES; i += THREADS) {
    let k = i / ROWS;
    let c = column + i % ROWS;
    matrix[(row * N1 + k) * N2 + c] = times(work[i % ROWS * N + k], twiddle(k, c));
  }
}

// The transforms of the rows of matrices, in place: the spectra of filters. N = n2.
@compute @workgroup_size(THREADS)
fn transform_rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < sizes.rows * N1) {
      work[i] = matrix[first * N + i];
    }
  }
  transform(thread, 1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < sizes.rows * N1) {
      matrix[first * N + i] = work[i];
    }
  }
}

// Rows of matrices: transformed, multiplied by the filters' spectra, transformed back, in place. N = n2.
@compute @workgroup_size(THREADS)
fn multiply_rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < sizes.rows * N1) {
      work[i] = matrix[first * N + i];
    }
  }
  transform(thread, 1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    let line = first + i / N;
    let channel = line / N1 / sizes.batch;
    work[i] = times(work[i], spectra[(channel * N1 + line % N1) * N2 + i % N]);
  }
  transform(thread, -1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < sizes.rows * N1) {
      matrix[first * N + i] = work[i];
    }
  }
}

// matrix[channel] = the inverse along rows of Σ over the batch of the products of two matrices' spectra. N = n2.
@compute @workgroup_size(THREADS)
fn sum_products(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  let lines = sizes.rows / sizes.batch * N1;
  var kept: array<vec2f, 16>;
  var sums: array<vec2f, 16>;
  for (var each = 0u; each < sizes.batch; each++) {
    for (var i = thread; i < VALUES; i += THREADS) {
      let line = first + i / N;
      if (line < lines) {
        work[i] = first_matrix[((line / N1 * sizes.batch + each) * N1 + line % N1) * N2 + i % N];
      }
    }
    transform(thread, 1.0);
    for (var part = 0u; part < VALUES / THREADS; part++) {
      kept[part] = work[part * THREADS + thread];
    }
    for (var part = 0u; part < VALUES / THREADS; part++) {
      let i = part * THREADS + thread;
      let line = first + i / N;
      if (line < lines) {
        work[i] = second_matrix[((line / N1 * sizes.batch + each) * N1 + line % N1) * N2 + i % N];
      }
    }
    transform(thread, 1.0);
    for (var part = 0u; part < VALUES / THREADS; part++) {
      sums[part] += times(kept[part], work[part * THREADS + thread]);
    }
  }
  for (var part = 0u; part < VALUES / THREADS; part++) {
    work[part * THREADS + thread] = sums[part];
  }
  transform(thread, -1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < lines) {
      matrix[first * N + i] = work[i];
    }
  }
}

fn load_columns(thread: u32, row: u32, column: u32) {
  for (var i = thread; i < VALUES; i += THREADS) {
    let k = i / ROWS;
    let c = column + i % ROWS;
    if (row < sizes.rows) {
      work[i % ROWS * N + k] = times(first_matrix[(row * N1 + k) * N2 + c], twiddle(k, c) * vec2f(1.0, -1.0));
    }
  }
}

// Matrices back to real rows, with gates and skip as the flags say. N = n1.
@compute @workgroup_size(THREADS)
fn real_rows(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let which = (group.x + group.y * count.x) * ROWS;
  let row = which / N2;
  let column = which % N2;
  load_columns(thread, row, column);
  transform(thread, -1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    let r = i / ROWS;
    let c = column + i % ROWS;
    write_value(row, r * N2 + c, dot(work[i % ROWS * N + r], angle_of(r, c)) * sizes.factor);
  }
}

// The same, reversed, to the taps of filters. N = n1.
@compute @workgroup_size(THREADS)
fn real_taps(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let which = (group.x + group.y * count.x) * ROWS;
  let row = which / N2;
  let column = which % N2;
  load_columns(thread, row, column);
  transform(thread, -1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    let r = i / ROWS;
    let c = column + i % ROWS;
    let j = r * N2 + c;
    let tap = sizes.length - 1u - j;
    if (row < sizes.rows && j < sizes.length && tap < sizes.out_pitch) {
      let value = dot(work[i % ROWS * N + r], angle_of(r, c)) * sizes.factor;
      y[sizes.out_offset + row * sizes.out_pitch + tap] = store_y(value);
    }
  }
}
