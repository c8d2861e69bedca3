// Each of 256 threads multiplies for 4 × 4 elements of the tile; after matrix-product.wgsl.
const row_length = 65u; // one more than the tile: threads beside each other meet no bank twice

@compute @workgroup_size(256)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let place = place_of(group);
  let thread_row = thread / 16u;
  let thread_column = thread % 16u;
  var sums: array<vec4f, 4>;
  for (var base = place.first; base < place.end; base += depth) {
    load_tiles(place, base, thread, 256u);
    workgroupBarrier();
    for (var inner = 0u; inner < depth; inner++) {
      let at_a = inner * row_length + thread_row;
      let at_b = inner * row_length + thread_column;
      let right = vec4f(
        f32(tile_b[at_b]),
        f32(tile_b[at_b + 16u]),
        f32(tile_b[at_b + 32u]),
        f32(tile_b[at_b + 48u]),
      );
      for (var i = 0u; i < 4u; i++) {
        sums[i] += f32(tile_a[at_a + 16u * i]) * right;
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      finish(place, thread_row + 16u * i, thread_column + 16u * j, sums[i][j]);
    }
  }
}

// Small products, a thread an element: it is not worth while to share what is read.
@compute @workgroup_size(64)
fn multiply_few(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let id = group.x * 64u + thread;
  let place = place_of(vec3u(0u, 0u, group.z));
  if (id >= sizes.m * sizes.n) {
    return;
  }
  let row = id / sizes.n;
  let column = id % sizes.n;
  var sum = 0.0;
  for (var inner = place.first; inner < place.end; inner++) {
    sum += f32(left_factor(place, row, inner)) * f32(right_factor(place, inner, column));
  }
  finish(place, row, column, sum);
}
