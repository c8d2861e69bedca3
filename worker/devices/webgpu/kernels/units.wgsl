enable chromium_experimental_subgroup_matrix;
// What of matrix units product-by-units.wgsl uses; after a head with their types and matrix-product.wgsl. Both factors
// lie in tiles of [depth, tile].
fn load_left(at: u32) -> Left {
  return subgroupMatrixLoad<Left, col_major>(&tile_a, at, row_length);
}
fn load_right(at: u32) -> Right {
  return subgroupMatrixLoad<Right, row_major>(&tile_b, at, row_length);
}
fn multiply_and_add(left: Left, right: Right, sums: Sums) -> Sums {
  return subgroupMatrixMultiplyAccumulate(left, right, sums);
}
fn store_sums(at: u32, sums: Sums) {
  subgroupMatrixStore<row_major>(&results, at, sums, unit_n);
}
