enable subgroups;
// What reduction.wgsl has, by subgroups: two barriers where the tree of halves has one for each level. How threads are
// dealt to subgroups is the driver's choice, so every thread puts a number into its place (the first of each subgroup
// the sum, the others nothing), and each subgroup adds up all places, in an order that never changes.
override THREADS: u32 = 256u;
var<workgroup> shared_sums: array<vec2f, THREADS>;

// The sum of all threads' values, for every thread. All threads must call it.
fn sum_of_threads(value: vec2f, thread: u32) -> vec2f {
  let lane = subgroupExclusiveAdd(1u);
  let lanes = subgroupAdd(1u);
  let sum = subgroupAdd(value);
  workgroupBarrier();
  shared_sums[thread] = select(vec2f(0.0), sum, lane == 0u);
  workgroupBarrier();
  var all = vec2f(0.0);
  for (var place = lane; place < THREADS; place += lanes) {
    all += shared_sums[place];
  }
  return subgroupAdd(all);
}

fn largest_of_threads(value: f32, thread: u32) -> f32 {
  let lane = subgroupExclusiveAdd(1u);
  let lanes = subgroupAdd(1u);
  workgroupBarrier();
  shared_sums[thread].x = value;
  workgroupBarrier();
  var highest = value;
  for (var place = lane; place < THREADS; place += lanes) {
    highest = max(highest, shared_sums[place].x);
  }
  return subgroupMax(highest);
}
