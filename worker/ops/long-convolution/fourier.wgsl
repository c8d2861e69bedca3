// Complex Fourier transforms of ROWS rows of N values in workgroup memory, each a power of two: Stockham's algorithm
// (no bit reversal) with radix 4 and a last step of radix 2 where log2(N) is odd. A thread holds what it has read in
// registers until all have read, so that one array of workgroup memory suffices.
//
// N·ROWS is at least 4·THREADS and at most 16·THREADS.
override N: u32 = 1024u;
override ROWS: u32 = 1u;
override THREADS: u32 = 256u;
override VALUES: u32 = 1024u; // N·ROWS

@group(0) @binding(1) var<storage, read> roots: array<vec2f>; // exp(-2πi·k/N)

var<workgroup> work: array<vec2f, VALUES>;

fn times(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

// The transform of each row of `work`; `direction` 1: forward, -1: inverse, times N. All threads must call it; what
// they wrote before is seen, and what it wrote is seen by all after.
fn transform(thread: u32, direction: f32) {
  var kept: array<vec2f, 16>;
  let quarter = N / 4u;
  let turn = vec2f(1.0, direction);
  var stride = 1u;
  while (stride * 4u <= N) {
    workgroupBarrier();
    for (var each = 0u; each < VALUES / (4u * THREADS); each++) {
      let butterfly = each * THREADS + thread;
      let i = butterfly % quarter;
      let at = butterfly / quarter * N + i;
      let a = work[at];
      let b = work[at + quarter];
      let c = work[at + 2u * quarter];
      let d = work[at + 3u * quarter];
      let p = i / stride * stride;
      let sum = a + c;
      let difference = a - c;
      let other_sum = b + d;
      // -i·(b - d), or its conjugate
      let turned = vec2f(b.y - d.y, d.x - b.x) * direction;
      kept[4u * each] = sum + other_sum;
      kept[4u * each + 1u] = times(difference + turned, roots[p] * turn);
      kept[4u * each + 2u] = times(sum - other_sum, roots[2u * p] * turn);
      kept[4u * each + 3u] = times(difference - turned, roots[3u * p] * turn);
    }
    workgroupBarrier();
    for (var each = 0u; each < VALUES / (4u * THREADS); each++) {
      let butterfly = each * THREADS + thread;
      let i = butterfly % quarter;
      let at = butterfly / quarter * N + i % stride + 4u * (i / stride * stride);
      work[at] = kept[4u * each];
      work[at + stride] = kept[4u * each + 1u];
      work[at + 2u * stride] = kept[4u * each + 2u];
      work[at + 3u * stride] = kept[4u * each + 3u];
    }
    stride *= 4u;
  }
  workgroupBarrier();
  if (stride < N) {
    let half = N / 2u;
    for (var pair = thread; pair < VALUES / 2u; pair += THREADS) {
      let at = pair / half * N + pair % half;
      let a = work[at];
      let b = work[at + half];
      work[at] = a + b;
      work[at + half] = a - b;
    }
    workgroupBarrier();
  }
}
