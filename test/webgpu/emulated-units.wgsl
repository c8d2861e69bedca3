// Stands in for units.wgsl and for a head with types of matrix units where no adapter has them: every thread of a
// subgroup computes its whole unit. The unit's sizes come before.
struct Left {
  values: array<f32, unit_m * unit_k>,
}
struct Right {
  values: array<f32, unit_k * unit_n>,
}
struct Sums {
  values: array<f32, unit_m * unit_n>,
}

fn load_left(at: u32) -> Left {
  var left: Left;
  for (var m = 0u; m < unit_m; m++) {
    for (var k = 0u; k < unit_k; k++) {
      left.values[m * unit_k + k] = f32(tile_a[at + k * row_length + m]);
    }
  }
  return left;
}
fn load_right(at: u32) -> Right {
  var right: Right;
  for (var k = 0u; k < unit_k; k++) {
    for (var n = 0u; n < unit_n; n++) {
      right.values[k * unit_n + n] = f32(tile_b[at + k * row_length + n]);
    }
  }
  return right;
}
fn multiply_and_add(left: Left, right: Right, sums: Sums) -> Sums {
  var result = sums;
  for (var m = 0u; m < unit_m; m++) {
    for (var n = 0u; n < unit_n; n++) {
      for (var k = 0u; k < unit_k; k++) {
        result.values[m * unit_n + n] += left.values[m * unit_k + k] * right.values[k * unit_n + n];
      }
    }
  }
  return result;
}
fn store_sums(at: u32, sums: Sums) {
  for (var element = 0u; element < unit_m * unit_n; element++) {
    results[at + element] = sums.values[element];
  }
}
