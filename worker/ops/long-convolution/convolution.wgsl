// Causal convolution of rows that fit in workgroup memory, after fourier.wgsl and rows.wgsl: ROWS rows a workgroup.
@group(0) @binding(2) var<storage, read> angles: array<vec2f>; // exp(iπ·j/2N)
@group(0) @binding(5) var<storage, read> spectra: array<vec2f>; // of the filters, [channels, N]
@group(0) @binding(9) var<storage, read_write> spectrum: array<vec2f>;
@group(0) @binding(10) var<storage, read> other: array<Storage_other>;
@group(0) @binding(11) var<storage, read> other_gate: array<Storage_other_gate>;

// The spectra of filters: row r of x to row r of `spectrum`.
@compute @workgroup_size(THREADS)
fn transform_filters(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  for (var i = thread; i < VALUES; i += THREADS) {
    work[i] = value_at(first + i / N, i % N) * angles[i % N];
  }
  transform(thread, 1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    if (first + i / N < sizes.rows) {
      spectrum[first * N + i] = work[i];
    }
  }
}

// y = x * filter, with gates and skip as the flags say.
@compute @workgroup_size(THREADS)
fn convolve(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  for (var i = thread; i < VALUES; i += THREADS) {
    work[i] = value_at(first + i / N, i % N) * angles[i % N];
  }
  transform(thread, 1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    let channel = (first + i / N) / sizes.batch;
    work[i] = times(work[i], spectra[channel * N + i % N]);
  }
  transform(thread, -1.0);
  for (var i = thread; i < VALUES; i += THREADS) {
    write_value(first + i / N, i % N, dot(work[i], angles[i % N]) * sizes.factor);
  }
}

// The gradient of the filters: Σ over the batch of reversed x * other, reversed. Here a row is a channel.
@compute @workgroup_size(THREADS)
fn filter_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * ROWS;
  let channels = sizes.rows / sizes.batch;
  var kept: array<vec2f, 16>;
  var sums: array<vec2f, 16>;
  for (var each = 0u; each < sizes.batch; each++) {
    for (var i = thread; i < VALUES; i += THREADS) {
      work[i] = value_at((first + i / N) * sizes.batch + each, i % N) * angles[i % N];
    }
    transform(thread, 1.0);
    for (var part = 0u; part < VALUES / THREADS; part++) {
      kept[part] = work[part * THREADS + thread];
    }
    for (var part = 0u; part < VALUES / THREADS; part++) {
      let i = part * THREADS + thread;
      let j = i % N;
      var value = 0.0;
      let row = (first + i / N) * sizes.batch + each;
      if (row < sizes.rows && j < sizes.length) {
        let at = row * sizes.pitch + j;
        value = f32(other[sizes.other_offset + at]);
        if (has(other_gated)) {
          value *= f32(other_gate[sizes.other_gate_offset + at]);
        }
      }
      work[i] = value * angles[j];
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
    let channel = first + i / N;
    let tap = sizes.length - 1u - i % N;
    if (channel < channels && i % N < sizes.length && tap < sizes.out_pitch) {
      y[sizes.out_offset + channel * sizes.out_pitch + tap] = store_y(dot(work[i], angles[i % N]) * sizes.factor);
    }
  }
}
