// Causal attention by tiles of 32 queries and 32 keys, with an online softmax; gradients from scores that are computed
// again, once for those of the queries and once for those of keys and values, so that every sum has one owner. A
// workgroup is 8 x 8 threads, each of which has 4 x 4 values of a tile: rows 4 y and on, columns 4 x and on.
struct Sizes {
  batch: u32,
  queries: u32,
  keys: u32,
  heads: u32,
  kv_heads: u32,
  head_dim: u32,
  window: u32, // 0: none
  scale: f32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> q: array<f32>;
@group(0) @binding(2) var<storage, read> k: array<f32>;
@group(0) @binding(3) var<storage, read> v: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> sums: array<f32>;
@group(0) @binding(6) var<storage, read> dy: array<f32>;
@group(0) @binding(7) var<storage, read> kept_y: array<f32>;
@group(0) @binding(8) var<storage, read> kept_sums: array<f32>;
@group(0) @binding(9) var<storage, read_write> delta: array<f32>;
@group(0) @binding(10) var<storage, read> kept_delta: array<f32>;
@group(0) @binding(11) var<storage, read_write> dq: array<f32>;
@group(0) @binding(12) var<storage, read_write> dk: array<f32>;
@group(0) @binding(13) var<storage, read_write> dv: array<f32>;

// Parts of 32 channels that a head has.
override CHUNKS: u32 = 1u;
const MOST_CHUNKS = 4u;
const TILE = 32u;
const THREADS = 64u;
// Vectors from one row of a tile to the next: one more than it has, so that rows begin in different banks.
const PITCH = 9u;
const LEFT = 0u;
const RIGHT = 32u * PITCH;
const WEIGHTS = 64u * PITCH;
// Stands for the largest of no scores.
const LOWEST = -1e30;

var<workgroup> tiles: array<vec4f, 96u * PITCH>;
var<workgroup> of_rows: array<f32, 256>;

fn index_of(group: vec3u, count: vec3u) -> u32 {
  return group.x + group.y * count.x;
}

fn tiles_of(length: u32) -> u32 {
  return (length + TILE - 1u) / TILE;
}

// Whether the query sees the key.
fn sees(query: u32, key: u32) -> bool {
  let position = query + sizes.keys - sizes.queries;
  return query < sizes.queries && key <= position && (sizes.window == 0u || key + sizes.window > position);
}

fn query_base(batch: u32, row: u32, head: u32) -> u32 {
  return ((batch * sizes.queries + row) * sizes.heads + head) * sizes.head_dim;
}

fn key_base(batch: u32, row: u32, kv_head: u32) -> u32 {
  return ((batch * sizes.keys + row) * sizes.kv_heads + kv_head) * sizes.head_dim;
}

// What follows loads 32 channels of 32 rows, zeros if there are none.
fn load_q(to: u32, batch: u32, head: u32, first: u32, chunk: u32, thread: u32) {
  for (var n = thread; n < 256u; n += THREADS) {
    let row = first + n / 8u;
    let channel = chunk * 32u + n % 8u * 4u;
    let at = query_base(batch, row, head) + channel;
    var values = vec4f(0.0);
    for (var e = 0u; e < 4u; e++) {
      if (row < sizes.queries && channel + e < sizes.head_dim) {
        values[e] = q[at + e];
      }
    }
    tiles[to + n / 8u * PITCH + n % 8u] = values;
  }
}

fn load_dy(to: u32, batch: u32, head: u32, first: u32, chunk: u32, thread: u32) {
  for (var n = thread; n < 256u; n += THREADS) {
    let row = first + n / 8u;
    let channel = chunk * 32u + n % 8u * 4u;
    let at = query_base(batch, row, head) + channel;
    var values = vec4f(0.0);
    for (var e = 0u; e < 4u; e++) {
      if (row < sizes.queries && channel + e < sizes.head_dim) {
        values[e] = dy[at + e];
      }
    }
    tiles[to + n / 8u * PITCH + n % 8u] = values;
  }
}

fn load_k(to: u32, batch: u32, kv_head: u32, first: u32, chunk: u32, thread: u32) {
  for (var n = thread; n < 256u; n += THREADS) {
    let row = first + n / 8u;
    let channel = chunk * 32u + n % 8u * 4u;
    let at = key_base(batch, row, kv_head) + channel;
    var values = vec4f(0.0);
    for (var e = 0u; e < 4u; e++) {
      if (row < sizes.keys && channel + e < sizes.head_dim) {
        values[e] = k[at + e];
      }
    }
    tiles[to + n / 8u * PITCH + n % 8u] = values;
  }
}

fn load_v(to: u32, batch: u32, kv_head: u32, first: u32, chunk: u32, thread: u32) {
  for (var n = thread; n < 256u; n += THREADS) {
    let row = first + n / 8u;
    let channel = chunk * 32u + n % 8u * 4u;
    let at = key_base(batch, row, kv_head) + channel;
    var values = vec4f(0.0);
    for (var e = 0u; e < 4u; e++) {
      if (row < sizes.keys && channel + e < sizes.head_dim) {
        values[e] = v[at + e];
      }
    }
    tiles[to + n / 8u * PITCH + n % 8u] = values;
  }
}

// LEFT times RIGHT transposed; row i of the result is its vector i.
fn products(own: vec2u) -> mat4x4f {
  var result = mat4x4f();
  let right = RIGHT + 4u * own.x * PITCH;
  let left = LEFT + 4u * own.y * PITCH;
  for (var c = 0u; c < 8u; c++) {
    let b0 = tiles[right + c];
    let b1 = tiles[right + PITCH + c];
    let b2 = tiles[right + 2u * PITCH + c];
    let b3 = tiles[right + 3u * PITCH + c];
    for (var i = 0u; i < 4u; i++) {
      let a = tiles[left + i * PITCH + c];
      result[i] += vec4f(dot(a, b0), dot(a, b1), dot(a, b2), dot(a, b3));
    }
  }
  return result;
}

// WEIGHTS times RIGHT.
fn weighted_rows(own: vec2u) -> mat4x4f {
  var result = mat4x4f();
  let left = WEIGHTS + 4u * own.y * PITCH;
  for (var c = 0u; c < 8u; c++) {
    let right = RIGHT + 4u * c * PITCH + own.x;
    let b0 = tiles[right];
    let b1 = tiles[right + PITCH];
    let b2 = tiles[right + 2u * PITCH];
    let b3 = tiles[right + 3u * PITCH];
    for (var i = 0u; i < 4u; i++) {
      let a = tiles[left + i * PITCH + c];
      result[i] += a.x * b0 + a.y * b1 + a.z * b2 + a.w * b3;
    }
  }
  return result;
}

fn store_weights(own: vec2u, values: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    tiles[WEIGHTS + (4u * own.y + i) * PITCH + own.x] = values[i];
  }
}

// The largest, or the sum, over the 8 threads that have a row, for each of the 4 rows of a thread.
fn over_rows(own: vec2u, values: vec4f, sum: bool) -> vec4f {
  for (var i = 0u; i < 4u; i++) {
    of_rows[(4u * own.y + i) * 8u + own.x] = values[i];
  }
  workgroupBarrier();
  var result = vec4f(0.0);
  for (var i = 0u; i < 4u; i++) {
    let row = (4u * own.y + i) * 8u;
    var total = of_rows[row];
    for (var x = 1u; x < 8u; x++) {
      let other = of_rows[row + x];
      total = select(max(total, other), total + other, sum);
    }
    result[i] = total;
  }
  workgroupBarrier();
  return result;
}

struct Tiles {
  begin: u32,
  end: u32,
}

// Tiles of keys that any query of a tile sees.
fn seen_tiles(first: u32) -> Tiles {
  let past = sizes.keys - sizes.queries;
  let last = past + min(first + TILE, sizes.queries) - 1u;
  var begin = 0u;
  if (sizes.window != 0u && past + first + 1u > sizes.window) {
    begin = (past + first + 1u - sizes.window) / TILE;
  }
  return Tiles(begin, last / TILE + 1u);
}

// Scores of a tile of queries and a tile of keys, not scaled.
fn scores_of(batch: u32, head: u32, kv_head: u32, query: u32, key: u32, own: vec2u, thread: u32) -> mat4x4f {
  var result = mat4x4f();
  for (var chunk = 0u; chunk < CHUNKS; chunk++) {
    load_q(LEFT, batch, head, query, chunk, thread);
    load_k(RIGHT, batch, kv_head, key, chunk, thread);
    workgroupBarrier();
    result += products(own);
    workgroupBarrier();
  }
  return result;
}

@compute @workgroup_size(8, 8)
fn forward(@builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let own = local.xy;
  let all_heads = sizes.batch * sizes.heads;
  let index = index_of(group, count);
  let query_tiles = tiles_of(sizes.queries);
  if (index >= all_heads * query_tiles) {
    return;
  }
  // The last tiles, which see most, first.
  let first = (query_tiles - 1u - index / all_heads) * TILE;
  let batch = index % all_heads / sizes.heads;
  let head = index % sizes.heads;
  let kv_head = head / (sizes.heads / sizes.kv_heads);
  var output: array<mat4x4f, MOST_CHUNKS>;
  var most = vec4f(LOWEST);
  var total = vec4f(0.0);
  let seen = seen_tiles(first);
  for (var tile = seen.begin; tile < seen.end; tile++) {
    let key = tile * TILE;
    var weights = scores_of(batch, head, kv_head, first, key, own, thread);
    var largest = vec4f(LOWEST);
    for (var i = 0u; i < 4u; i++) {
      for (var j = 0u; j < 4u; j++) {
        let score = weights[i][j] * sizes.scale;
        weights[i][j] = select(LOWEST, score, sees(first + 4u * own.y + i, key + 4u * own.x + j));
        largest[i] = max(largest[i], weights[i][j]);
      }
    }
    let before = most;
    most = max(before, over_rows(own, largest, false));
    let factor = exp(before - most);
    for (var i = 0u; i < 4u; i++) {
      for (var j = 0u; j < 4u; j++) {
        let weight = exp(weights[i][j] - most[i]);
        weights[i][j] = select(0.0, weight, sees(first + 4u * own.y + i, key + 4u * own.x + j));
      }
      total[i] = total[i] * factor[i] + dot(weights[i], vec4f(1.0));
    }
    store_weights(own, weights);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      load_v(RIGHT, batch, kv_head, key, chunk, thread);
      workgroupBarrier();
      let added = weighted_rows(own);
      for (var i = 0u; i < 4u; i++) {
        output[chunk][i] = output[chunk][i] * factor[i] + added[i];
      }
      workgroupBarrier();
    }
  }
  total = over_rows(own, total, true);
  for (var i = 0u; i < 4u; i++) {
    let row = first + 4u * own.y + i;
    if (row >= sizes.queries) {
      continue;
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      for (var e = 0u; e < 4u; e++) {
        let channel = chunk * 32u + 4u * own.x + e;
        if (channel < sizes.head_dim) {
          y[query_base(batch, row, head) + channel] = output[chunk][i][e] / total[i];
        }
      }
    }
    if (own.x == 0u) {
      sums[(batch * sizes.heads + head) * sizes.queries + row] = most[i] + log(total[i]);
    }
  }
}

// The sum of dy * y of each row of a head.
@compute @workgroup_size(64)
fn row_products(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let index = index_of(group, count) * 64u + thread;
  if (index >= sizes.batch * sizes.heads * sizes.queries) {
    return;
  }
  let of_batch = index / sizes.queries;
  let base = query_base(of_batch / sizes.heads, index % sizes.queries, of_batch % sizes.heads);
  var sum = 0.0;
  for (var e = 0u; e < sizes.head_dim; e++) {
    sum += dy[base + e] * kept_y[base + e];
  }
  delta[index] = sum;
}

@compute @workgroup_size(8, 8)
fn query_gradients(@builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let own = local.xy;
  let all_heads = sizes.batch * sizes.heads;
  let index = index_of(group, count);
  let query_tiles = tiles_of(sizes.queries);
  if (index >= all_heads * query_tiles) {
    return;
  }
  let first = (query_tiles - 1u - index / all_heads) * TILE;
  let batch = index % all_heads / sizes.heads;
  let head = index % sizes.heads;
  let kv_head = head / (sizes.heads / sizes.kv_heads);
  var gradient: array<mat4x4f, MOST_CHUNKS>;
  var base = vec4f(0.0);
  var slope = vec4f(0.0);
  for (var i = 0u; i < 4u; i++) {
    let row = first + 4u * own.y + i;
    if (row < sizes.queries) {
      base[i] = kept_sums[(batch * sizes.heads + head) * sizes.queries + row];
      slope[i] = kept_delta[(batch * sizes.heads + head) * sizes.queries + row];
    }
  }
  let seen = seen_tiles(first);
  for (var tile = seen.begin; tile < seen.end; tile++) {
    let key = tile * TILE;
    let scores = scores_of(batch, head, kv_head, first, key, own, thread);
    var slopes = mat4x4f();
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      load_dy(LEFT, batch, head, first, chunk, thread);
      load_v(RIGHT, batch, kv_head, key, chunk, thread);
      workgroupBarrier();
      slopes += products(own);
      workgroupBarrier();
    }
    for (var i = 0u; i < 4u; i++) {
      for (var j = 0u; j < 4u; j++) {
        let of_score = exp(scores[i][j] * sizes.scale - base[i]) * (slopes[i][j] - slope[i]);
        slopes[i][j] = select(0.0, of_score, sees(first + 4u * own.y + i, key + 4u * own.x + j));
      }
    }
    store_weights(own, slopes);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      load_k(RIGHT, batch, kv_head, key, chunk, thread);
      workgroupBarrier();
      gradient[chunk] += weighted_rows(own);
      workgroupBarrier();
    }
  }
  for (var i = 0u; i < 4u; i++) {
    let row = first + 4u * own.y + i;
    if (row >= sizes.queries) {
      continue;
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      for (var e = 0u; e < 4u; e++) {
        let channel = chunk * 32u + 4u * own.x + e;
        if (channel < sizes.head_dim) {
          dq[query_base(batch, row, head) + channel] = gradient[chunk][i][e] * sizes.scale;
        }
      }
    }
  }
}

// Here rows are keys, and columns are queries.
@compute @workgroup_size(8, 8)
fn key_gradients(@builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let own = local.xy;
  let all_heads = sizes.batch * sizes.kv_heads;
  let index = index_of(group, count);
  if (index >= all_heads * tiles_of(sizes.keys)) {
    return;
  }
  // The first tiles, which most queries see, first.
  let first = index / all_heads * TILE;
  let batch = index % all_heads / sizes.kv_heads;
  let kv_head = index % sizes.kv_heads;
  let shared_by = sizes.heads / sizes.kv_heads;
  let past = sizes.keys - sizes.queries;
  var of_keys: array<mat4x4f, MOST_CHUNKS>;
  var of_values: array<mat4x4f, MOST_CHUNKS>;
  let begin = select(0u, (first - past) / TILE, first > past);
  var end = tiles_of(sizes.queries);
  if (sizes.window != 0u) {
    // Queries up to the one whose window begins with the tile's last key.
    let last = min(first + TILE, sizes.keys) - 1u + sizes.window - 1u;
    end = select(0u, min(end, (last - past) / TILE + 1u), last >= past);
  }
  for (var head = kv_head * shared_by; head < (kv_head + 1u) * shared_by; head++) {
    for (var tile = begin; tile < end; tile++) {
      let query = tile * TILE;
      var weights = mat4x4f();
      var slopes = mat4x4f();
      for (var chunk = 0u; chunk < CHUNKS; chunk++) {
        load_k(LEFT, batch, kv_head, first, chunk, thread);
        load_q(RIGHT, batch, head, query, chunk, thread);
        workgroupBarrier();
        weights += products(own);
        workgroupBarrier();
        load_v(LEFT, batch, kv_head, first, chunk, thread);
        load_dy(RIGHT, batch, head, query, chunk, thread);
        workgroupBarrier();
        slopes += products(own);
        workgroupBarrier();
      }
      for (var j = 0u; j < 4u; j++) {
        let row = query + 4u * own.x + j;
        let at = (batch * sizes.heads + head) * sizes.queries + min(row, sizes.queries - 1u);
        for (var i = 0u; i < 4u; i++) {
          let weight = exp(weights[i][j] * sizes.scale - kept_sums[at]);
          let seen = sees(row, first + 4u * own.y + i);
          weights[i][j] = select(0.0, weight, seen);
          slopes[i][j] = select(0.0, weight * (slopes[i][j] - kept_delta[at]), seen);
        }
      }
      store_weights(own, weights);
      for (var chunk = 0u; chunk < CHUNKS; chunk++) {
        load_dy(RIGHT, batch, head, query, chunk, thread);
        workgroupBarrier();
        of_values[chunk] += weighted_rows(own);
        workgroupBarrier();
      }
      store_weights(own, slopes);
      for (var chunk = 0u; chunk < CHUNKS; chunk++) {
        load_q(RIGHT, batch, head, query, chunk, thread);
        workgroupBarrier();
        of_keys[chunk] += weighted_rows(own);
        workgroupBarrier();
      }
    }
  }
  for (var i = 0u; i < 4u; i++) {
    let row = first + 4u * own.y + i;
    if (row >= sizes.keys) {
      continue;
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      for (var e = 0u; e < 4u; e++) {
        let channel = chunk * 32u + 4u * own.x + e;
        if (channel < sizes.head_dim) {
          dk[key_base(batch, row, kv_head) + channel] = of_keys[chunk][i][e] * sizes.scale;
          dv[key_base(batch, row, kv_head) + channel] = of_values[chunk][i][e];
        }
      }
    }
  }
}
