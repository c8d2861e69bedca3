enable subgroups;
enable subgroup_size_control;
// For adapters with subgroups of several sizes, of which this asks for one; after product-by-units.wgsl.
override SUBGROUP: u32 = 32u;

@compute @workgroup_size(THREADS) @subgroup_size(SUBGROUP)
fn multiply(@builtin(local_invocation_index) thread: u32, @builtin(subgroup_id) subgroup: u32, @builtin(workgroup_id) group: vec3u) {
  multiply_by_units(thread, subgroup, group);
}
