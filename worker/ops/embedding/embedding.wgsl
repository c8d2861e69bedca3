// The gradient of an embedding: the sum of the rows of dy of each token of the vocabulary, in the order of the text.
// Tokens are sorted by id by counting. The counts are integers, so it does not matter in which order they are added.
struct Sizes {
  tokens: u32,
  vocabulary: u32,
  width: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read> kept_counts: array<u32>;
@group(0) @binding(4) var<storage, read_write> starts: array<u32>;
@group(0) @binding(5) var<storage, read> kept_starts: array<u32>;
@group(0) @binding(6) var<storage, read_write> order: array<u32>;
@group(0) @binding(7) var<storage, read> kept_order: array<u32>;
@group(0) @binding(8) var<storage, read> dy: array<f32>;
@group(0) @binding(9) var<storage, read_write> d_weight: array<f32>;
@group(0) @binding(10) var<storage, read> weight: array<Storage_weight>;
@group(0) @binding(11) var<storage, read_write> y: array<f32>;

fn index_of(group: vec3u, count: vec3u, thread: u32) -> u32 {
  return (group.x + group.y * count.x) * 256u + thread;
}

@compute @workgroup_size(256)
fn gather(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.tokens * sizes.width) {
    y[id] = read_weight(0u, u32(ids[id / sizes.width]), id % sizes.width, sizes.width);
  }
}

@compute @workgroup_size(256)
fn clear(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.vocabulary) {
    atomicStore(&counts[id], 0u);
  }
}

@compute @workgroup_size(256)
fn tally(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = index_of(group, count, thread);
  if (id < sizes.tokens) {
    atomicAdd(&counts[u32(ids[id])], 1u);
  }
}

var<workgroup> sums: array<u32, 256>;

// starts[v] = how many tokens have ids below v; one workgroup, each thread a stretch of the vocabulary.
@compute @workgroup_size(256)
fn accumulate(@builtin(local_invocation_index) thread: u32) {
  let stretch = (sizes.vocabulary + 255u) / 256u;
  let first = thread * stretch;
  let end = min(first + stretch, sizes.vocabulary);
  var sum = 0u;
  for (var v = first; v < end; v++) {
    sum += kept_counts[v];
  }
  sums[thread] = sum;
  workgroupBarrier();
  var before = 0u;
  for (var other = 0u; other < thread; other++) {
    before += sums[other];
  }
  for (var v = first; v < end; v++) {
    starts[v] = before;
    before += kept_counts[v];
  }
}

var<workgroup> some_ids: array<i32, 256>;

// order[start of the id + how many tokens before have it] = token. Reads all tokens before, 256 at a time.
@compute @workgroup_size(256)
fn place(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let block = group.x + group.y * count.x;
  let token = block * 256u + thread;
  var id = -1;
  if (token < sizes.tokens) {
    id = ids[token];
  }
  var before = 0u;
  for (var other = 0u; other <= block; other++) {
    workgroupBarrier();
    some_ids[thread] = -2;
    if (other * 256u + thread < sizes.tokens) {
      some_ids[thread] = ids[other * 256u + thread];
    }
    workgroupBarrier();
    let end = select(256u, thread, other == block);
    for (var i = 0u; i < end; i++) {
      before += u32(some_ids[i] == id);
    }
  }
  if (token < sizes.tokens) {
    order[kept_starts[u32(id)] + before] = token;
  }
}

// d_weight[v] = Σ dy[token], one workgroup for 64 columns of a row.
@compute @workgroup_size(64)
fn gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let across = (sizes.width + 63u) / 64u;
  let which = group.x + group.y * count.x;
  let row = which / across;
  let column = which % across * 64u + thread;
  if (row >= sizes.vocabulary || column >= sizes.width) {
    return;
  }
  var sum = 0.0;
  let first = kept_starts[row];
  for (var i = 0u; i < kept_counts[row]; i++) {
    sum += dy[kept_order[first + i] * sizes.width + column];
  }
  d_weight[row * sizes.width + column] = sum;
}
