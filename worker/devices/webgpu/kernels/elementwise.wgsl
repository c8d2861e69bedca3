// Elementwise functions that are right to the last bits, which the languages' own sin and cos need not be, and sums
// along an axis.
struct Sizes {
  count: u32,
  length: u32, // of the axis
  inner: u32, // elements from one position of the axis to the next
  reversed: u32,
  exclusive: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

// Cody and Waite: x - n·π/2 with π/2 in three parts, the first two of few bits, so that the products are exact.
// Then minimax polynomials on -π/4 … π/4 (Cephes, sinf.c and cosf.c).
fn sine_and_cosine(value: f32, quarter_turns: u32) -> f32 {
  let turns = round(value * 0.6366197723675814);
  let reduced = ((value - turns * 1.5703125) - turns * 4.837512969970703125e-4) - turns * 7.54978942e-8;
  let quarter = (u32(i32(turns)) + quarter_turns) & 3u;
  let square = reduced * reduced;
  let sine = reduced + reduced * square * (-1.6666654611e-1 + square * (8.3321608736e-3 - square * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * square +
    square * square * (4.166664568298827e-2 + square * (-1.388731625493765e-3 + square * 2.443315711809948e-5));
  var result = select(sine, cosine, (quarter & 1u) == 1u);
  return select(result, -result, (quarter & 2u) == 2u);
}

@compute @workgroup_size(256)
fn sine(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.count) {
    y[id] = sine_and_cosine(x[id], 0u);
  }
}

@compute @workgroup_size(256)
fn cosine(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.count) {
    y[id] = sine_and_cosine(x[id], 1u);
  }
}

// Running sums along an axis, one thread for each line.
@compute @workgroup_size(256)
fn cumulative_sum(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id >= sizes.count) {
    return;
  }
  let start = id / sizes.inner * sizes.length * sizes.inner + id % sizes.inner;
  var sum = 0.0;
  for (var step = 0u; step < sizes.length; step++) {
    let at = start + select(step, sizes.length - 1u - step, sizes.reversed == 1u) * sizes.inner;
    let value = x[at];
    y[at] = select(sum + value, sum, sizes.exclusive == 1u);
    sum += value;
  }
}
