// Each of four subgroups multiplies for 32 × 32 elements of the tile by its matrix units; after units.wgsl.
const row_length = 72u; // rows of tiles start at multiples of 16 bytes, as units load them
override THREADS: u32 = 128u; // of four subgroups
const unit_elements = unit_m * unit_n;
const units_down = 32u / unit_m;
const units_across = 32u / unit_n;
// A unit of each subgroup, on its way from the subgroup's registers.
var<workgroup> results: array<f32, 4u * unit_elements>;

fn multiply_by_units(thread: u32, subgroup: u32, group: vec3u) {
  let place = place_of(group);
  let top = subgroup / 2u * 32u;
  let left = subgroup % 2u * 32u;
  var sums: array<array<Sums, units_across>, units_down>;
  for (var base = place.first; base < place.end; base += depth) {
    load_tiles(place, base, thread, THREADS);
    workgroupBarrier();
    for (var inner = 0u; inner < depth; inner += unit_k) {
      for (var i = 0u; i < units_down; i++) {
        let factor = load_left(inner * row_length + top + i * unit_m);
        for (var j = 0u; j < units_across; j++) {
          let other = load_right(inner * row_length + left + j * unit_n);
          sums[i][j] = multiply_and_add(factor, other, sums[i][j]);
        }
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < units_down; i++) {
    for (var j = 0u; j < units_across; j++) {
      store_sums(subgroup * unit_elements, sums[i][j]);
      workgroupBarrier();
      for (var at = thread; at < 4u * unit_elements; at += THREADS) {
        let owner = at / unit_elements;
        let element = at % unit_elements;
        let down = owner / 2u * 32u + i * unit_m + element / unit_n;
        let across = owner % 2u * 32u + j * unit_n + element % unit_n;
        finish(place, down, across, results[at]);
      }
      workgroupBarrier();
    }
  }
}
