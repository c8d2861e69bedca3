enable subgroups;
// For adapters whose subgroups all have one size; after product-by-units.wgsl.
@compute @workgroup_size(THREADS)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(subgroup_id) subgroup: u32, @builtin(workgroup_id) group: vec3u) {
  multiply_by_units(thread, subgroup, group);
}
