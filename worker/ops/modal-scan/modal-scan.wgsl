// The recurrence of modal filters over rows [C, B, L], one thread a row: S ← p·S + u, y = Re Σ R·S + skip·u. After
// double.wgsl: a state is added to as often as the text is long.
struct Sizes {
  channels: u32,
  groups: u32,
  modes: u32,
  batch: u32,
  length: u32,
  continued: u32, // whether there is a state before
  zero: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> u: array<f32>;
@group(0) @binding(2) var<storage, read> poles: array<vec4f>;
@group(0) @binding(3) var<storage, read> residues: array<vec2f>;
@group(0) @binding(4) var<storage, read> skip: array<f32>;
@group(0) @binding(5) var<storage, read> before: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> y: array<f32>;
@group(0) @binding(7) var<storage, read_write> after: array<vec4f>;

@compute @workgroup_size(64)
fn scan(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = (group.x + group.y * count.x) * 64u + thread;
  if (row >= sizes.channels * sizes.batch) {
    return;
  }
  let filter_group = row / sizes.batch / (sizes.channels / sizes.groups);
  let start = row * sizes.length;
  for (var t = 0u; t < sizes.length; t++) {
    y[start + t] = skip[filter_group] * u[start + t];
  }
  for (var m = 0u; m < sizes.modes; m++) {
    let pole = poles[filter_group * sizes.modes + m];
    let residue = residues[filter_group * sizes.modes + m];
    var state = vec4f(0.0);
    if (sizes.continued == 1u) {
      state = before[row * sizes.modes + m];
    }
    for (var t = 0u; t < sizes.length; t++) {
      state = multiply_complex(pole, state);
      let re = add_doubles(state.xz, vec2f(u[start + t], 0.0));
      state = vec4f(re.x, state.y, re.y, state.w);
      y[start + t] += residue.x * state.x - residue.y * state.y;
    }
    after[row * sizes.modes + m] = state;
  }
}
