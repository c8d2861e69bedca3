// Softmax cross entropy of rows of logits, after reduction.wgsl: one workgroup a token goes over the vocabulary in
// steps of its threads. With gradients, the logits are replaced by those of the loss.
override GRADIENTS: bool = false;
struct Sizes {
  tokens: u32,
  vocabulary: u32, // or of a part of it
  start: u32, // the first token of this chunk
  first: u32, // the first id of this part of the vocabulary
  whole: u32, // the vocabulary
  scale: f32, // gradients are written times this power of two: more than 1 where they lie in f16
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read_write> logits: array<Storage_logits>;
@group(0) @binding(2) var<storage, read> targets: array<i32>;
@group(0) @binding(3) var<storage, read> mask: array<f32>;
@group(0) @binding(4) var<storage, read> mask_sum: array<f32>;
@group(0) @binding(5) var<storage, read_write> token_loss: array<f32>;
@group(0) @binding(6) var<storage, read> kept_token_loss: array<f32>;
@group(0) @binding(7) var<storage, read_write> loss: array<f32>;

// 1/Σ mask, or 0 where that is 0.
fn share_of_one() -> f32 {
  return select(1.0 / mask_sum[0], 0.0, mask_sum[0] == 0.0);
}

@compute @workgroup_size(THREADS)
fn of_tokens(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.tokens) {
    return;
  }
  let start = row * sizes.vocabulary;
  let token = sizes.start + row;
  let answer = u32(targets[token]);
  var highest = -3.4e38;
  for (var v = thread; v < sizes.vocabulary; v += THREADS) {
    highest = max(highest, f32(logits[start + v]));
  }
  highest = largest_of_threads(highest, thread);
  var sum = 0.0;
  for (var v = thread; v < sizes.vocabulary; v += THREADS) {
    sum += exp(f32(logits[start + v]) - highest);
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  let of_answer = f32(logits[start + answer]);
  if (thread == 0u) {
    token_loss[token] = log(total) + (highest - of_answer);
  }
  if (GRADIENTS) {
    // All threads have read the logit of the answer before it is replaced.
    storageBarrier();
    workgroupBarrier();
    let share = mask[token] * share_of_one();
    let scale = 1.0 / total;
    for (var v = thread; v < sizes.vocabulary; v += THREADS) {
      let probability = exp(f32(logits[start + v]) - highest) * scale;
      logits[start + v] = store_logits((probability - select(0.0, 1.0, v == answer)) * share * sizes.scale);
    }
  }
}

@compute @workgroup_size(THREADS)
fn of_all(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var token = thread; token < sizes.tokens; token += THREADS) {
    sum += kept_token_loss[token] * mask[token] * share_of_one();
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x;
  if (thread == 0u) {
    loss[0] = total;
  }
}

// The same over parts of the vocabulary, one after another: for each token the largest logit so far, the sum of the
// exponentials from it, and the logit of the answer.
@group(0) @binding(8) var<storage, read_write> so_far: array<vec4f>;
@group(0) @binding(9) var<storage, read> kept_so_far: array<vec4f>;

@compute @workgroup_size(THREADS)
fn fold(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let row = group.x + group.y * count.x;
  if (row >= sizes.tokens) {
    return;
  }
  let start = row * sizes.vocabulary;
  let token = sizes.start + row;
  var highest = -3.4e38;
  for (var v = thread; v < sizes.vocabulary; v += THREADS) {
    highest = max(highest, f32(logits[start + v]));
  }
  var before = vec4f(-3.4e38, 0.0, 0.0, 0.0);
  if (sizes.first > 0u) {
    before = so_far[row];
  }
  highest = max(largest_of_threads(highest, thread), before.x);
  var sum = 0.0;
  for (var v = thread; v < sizes.vocabulary; v += THREADS) {
    sum += exp(f32(logits[start + v]) - highest);
  }
  let total = sum_of_threads(vec2f(sum, 0.0), thread).x + before.y * exp(before.x - highest);
  if (thread == 0u) {
    let answer = u32(targets[token]) - sizes.first;
    var of_answer = before.z;
    if (answer < sizes.vocabulary) {
      of_answer = f32(logits[start + answer]);
    }
    so_far[row] = vec4f(highest, total, of_answer, 0.0);
    if (sizes.first + sizes.vocabulary == sizes.whole) {
      token_loss[token] = log(total) + (highest - of_answer);
    }
  }
}

// Replaces the logits of a part by their gradients.
@compute @workgroup_size(THREADS)
fn of_part(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * THREADS + thread;
  if (id >= sizes.tokens * sizes.vocabulary) {
    return;
  }
  let row = id / sizes.vocabulary;
  let token = sizes.start + row;
  let all = kept_so_far[row];
  let probability = exp(f32(logits[id]) - all.x) / all.y;
  let right = sizes.first + id % sizes.vocabulary == u32(targets[token]);
  let gradient = (probability - select(0.0, 1.0, right)) * mask[token] * share_of_one();
  logits[id] = store_logits(gradient * sizes.scale);
}
