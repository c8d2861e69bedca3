// The last layer of the implicit filters, with its window, and its gradient: products of matrices in tiles of 64 × 64,
// of which one factor is computed as it is loaded; after filter-sizes.wgsl.
const tile = 64u;
const depth = 16u;
const tile_row = 65u; // one more than the tile: threads beside each other meet no bank twice
var<workgroup> tile_a: array<f32, depth * tile_row>;
var<workgroup> tile_b: array<f32, depth * tile_row>;

// Adds the product of both tiles, 4 × 4 elements a thread.
fn add_product(thread: u32, given_sums: array<vec4f, 4>) -> array<vec4f, 4> {
  var product = given_sums;
  for (var inner = 0u; inner < depth; inner++) {
    let at_a = inner * tile_row + thread / 16u;
    let at_b = inner * tile_row + thread % 16u;
    let right = vec4f(tile_b[at_b], tile_b[at_b + 16u], tile_b[at_b + 32u], tile_b[at_b + 48u]);
    for (var i = 0u; i < 4u; i++) {
      product[i] += tile_a[at_a + 16u * i] * right;
    }
  }
  return product;
}

// h = (last layer · sines) · window, a tile of 64 channels and 64 positions a workgroup; one layer was kept.
@compute @workgroup_size(256)
fn last_layer(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let channel0 = group.y * tile;
  let position0 = group.x * tile;
  var product: array<vec4f, 4>;
  for (var base = 0u; base < sizes.width; base += depth) {
    workgroupBarrier();
    for (var load = thread; load < depth * tile; load += 256u) {
      let channel = channel0 + load / depth;
      let inner = base + load % depth;
      var value = 0.0;
      if (channel < sizes.channels && inner < sizes.width) {
        value = parameters[sizes.last + channel * sizes.width + inner];
      }
      tile_a[load % depth * tile_row + load / depth] = value;
      let row = base + load / tile;
      value = 0.0;
      if (row < sizes.width) {
        value = sine_of(argument(0u, row, position0 + load % tile) * frequency(row));
      }
      tile_b[load / tile * tile_row + load % tile] = value;
    }
    workgroupBarrier();
    product = add_product(thread, product);
  }
  for (var i = 0u; i < 4u; i++) {
    let channel = channel0 + thread / 16u + 16u * i;
    for (var j = 0u; j < 4u; j++) {
      let position = position0 + thread % 16u + 16u * j;
      if (channel < sizes.channels && position < sizes.count) {
        h[channel * sizes.length + sizes.start + position] = product[i][j] * window(channel, position);
      }
    }
  }
}

// Parts of the last layer's gradient, a tile of 64 channels and 64 of its inputs a workgroup; all layers were kept.
@compute @workgroup_size(256)
fn last_gradient(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let channel0 = group.y * tile;
  let row0 = group.x * tile;
  let blocks = blocks_of(group.z);
  let end = min(blocks.y * sizes.positions, sizes.count);
  var product: array<vec4f, 4>;
  for (var base = blocks.x * sizes.positions; base < end; base += depth) {
    workgroupBarrier();
    for (var load = thread; load < depth * tile; load += 256u) {
      let position = base + load % depth;
      let place = load % depth * tile_row + load / depth;
      let row = row0 + load / depth;
      var slopes = 0.0;
      var sines = 0.0;
      if (position < end) {
        slopes = slope(channel0 + load / depth, position);
        if (row < sizes.width) {
          sines = sine_of(argument(sizes.layers - 1u, row, position) * frequency(row));
        }
      }
      tile_a[place] = slopes;
      tile_b[place] = sines;
    }
    workgroupBarrier();
    product = add_product(thread, product);
  }
  if (blocks.x == blocks.y) {
    return;
  }
  for (var i = 0u; i < 4u; i++) {
    let channel = channel0 + thread / 16u + 16u * i;
    for (var j = 0u; j < 4u; j++) {
      let row = row0 + thread % 16u + 16u * j;
      if (channel < sizes.channels && row < sizes.width) {
        add_to(group.z, sizes.last_sum + channel * sizes.width + row, product[i][j], sizes.resumed == 0u);
      }
    }
  }
}
