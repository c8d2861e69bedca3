// The sine layers of the implicit filters; after filter-sizes.wgsl. A workgroup takes a block of few positions through all
// of them in its memory.

// Three parts of the memory of a workgroup: arrays [row, position of the block].
const segment = 1360u;
var<workgroup> memory: array<f32, 3u * segment>;

// What each sine layer is given.
@compute @workgroup_size(256)
fn sine_layers(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let first = (group.x + group.y * count.x) * sizes.positions;
  if (first >= sizes.count) {
    return;
  }
  for (var i = thread; i < sizes.features * sizes.positions; i += 256u) {
    let position = i / sizes.features;
    let which = i % sizes.features;
    memory[which * sizes.positions + position] = feature(first + position, which);
  }
  var below = 0u;
  var above = segment;
  for (var layer = 0u; layer < sizes.layers; layer++) {
    workgroupBarrier();
    let inputs = inputs_of(layer);
    for (var i = thread; i < (sizes.width + 3u) / 4u * sizes.positions; i += 256u) {
      let position = i % sizes.positions;
      let row = i / sizes.positions * 4u;
      let rows = four(row, sizes.width);
      let weights = sizes.layer[layer].weight + rows * inputs;
      let bias = sizes.layer[layer].bias + rows;
      var four_sums = vec4f(parameters[bias.x], parameters[bias.y], parameters[bias.z], parameters[bias.w]);
      for (var k = 0u; k < inputs; k++) {
        let at = weights + k;
        four_sums += memory[below + k * sizes.positions + position] *
          vec4f(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
      }
      for (var j = 0u; j < 4u && row + j < sizes.width; j++) {
        memory[above + (row + j) * sizes.positions + position] = sine_of(four_sums[j] * frequency(row + j));
        if (layer >= sizes.first_kept && first + position < sizes.count) {
          given[((layer - sizes.first_kept) * sizes.width + row + j) * sizes.count + first + position] = four_sums[j];
        }
      }
    }
    let swapped = below;
    below = above;
    above = swapped;
  }
}

// From the gradient of the filters to those of z and, in parts, of the parameters of all sine layers.
@compute @workgroup_size(256)
fn backward(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let blocks = blocks_of(group.x);
  for (var block = blocks.x; block < blocks.y; block++) {
    let first = block * sizes.positions;
    let fresh = block == blocks.x && sizes.resumed == 0u;
    var above = 0u;
    var below = segment;
    gradient_of_sines(thread, first, above);
    for (var layer = sizes.layers; layer > 0u; layer--) {
      layer_gradients(thread, group.x, layer - 1u, first, above, below, fresh);
      let swapped = below;
      below = above;
      above = swapped;
    }
  }
}

// That of what the last layer is given: the sum over channels, to `above`.
fn gradient_of_sines(thread: u32, first: u32, above: u32) {
  let many = segment / sizes.positions;
  workgroupBarrier();
  for (var i = thread; i < sizes.width * sizes.positions; i += 256u) {
    memory[above + i] = 0.0;
  }
  for (var channel = 0u; channel < sizes.channels; channel += many) {
    workgroupBarrier();
    for (var i = thread; i < many * sizes.positions; i += 256u) {
      memory[2u * segment + i] = slope(channel + i / sizes.positions, first + i % sizes.positions);
    }
    workgroupBarrier();
    let end = min(many, sizes.channels - channel);
    for (var i = thread; i < (sizes.width + 3u) / 4u * sizes.positions; i += 256u) {
      let position = i % sizes.positions;
      let row = i / sizes.positions * 4u;
      var at = sizes.last + channel * sizes.width + four(row, sizes.width);
      var four_sums = vec4f(0.0);
      for (var c = 0u; c < end; c++) {
        four_sums += memory[2u * segment + c * sizes.positions + position] *
          vec4f(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
        at += sizes.width;
      }
      for (var j = 0u; j < 4u && row + j < sizes.width; j++) {
        memory[above + (row + j) * sizes.positions + position] += four_sums[j];
      }
    }
  }
  workgroupBarrier();
}

// Of one layer: from the gradient of its sines, `above`, to that of its inputs, `below` or dz.
fn layer_gradients(thread: u32, group: u32, layer: u32, first: u32, above: u32, below: u32, fresh: bool) {
  let inputs = inputs_of(layer);
  let positions = sizes.positions;
  let place = sizes.layer[layer];
  workgroupBarrier();
  for (var i = thread; i < sizes.width * positions; i += 256u) {
    let row = i / positions;
    let value = argument(layer, row, first + i % positions);
    let turned = memory[above + i] * cosine_of(value * frequency(row));
    memory[above + i] = turned * frequency(row);
    memory[below + i] = turned * value;
  }
  // The inputs, [position, input].
  for (var i = thread; i < inputs * positions; i += 256u) {
    if (layer == 0u) {
      memory[2u * segment + i] = feature(first + i / inputs, i % inputs);
    } else {
      let row = i / positions;
      let value = sine_of(argument(layer - 1u, row, first + i % positions) * frequency(row));
      memory[2u * segment + i % positions * inputs + row] = value;
    }
  }
  workgroupBarrier();
  for (var row = thread; row < sizes.width; row += 256u) {
    var both = vec2f(0.0);
    for (var i = row * positions; i < (row + 1u) * positions; i++) {
      both += vec2f(memory[below + i], memory[above + i]);
    }
    add_to(group, sizes.frequency_sum + row, both.x, fresh && layer + 1u == sizes.layers);
    add_to(group, place.bias_sum + row, both.y, fresh);
  }
  for (var i = thread; i < (sizes.width + 3u) / 4u * inputs; i += 256u) {
    let input = i % inputs;
    let row = i / inputs * 4u;
    var at = above + four(row, sizes.width) * positions;
    var four_sums = vec4f(0.0);
    for (var p = 0u; p < positions; p++) {
      four_sums += memory[2u * segment + p * inputs + input] *
        vec4f(memory[at.x], memory[at.y], memory[at.z], memory[at.w]);
      at += 1u;
    }
    for (var j = 0u; j < 4u && row + j < sizes.width; j++) {
      add_to(group, place.weight_sum + (row + j) * inputs + input, four_sums[j], fresh);
    }
  }
  workgroupBarrier();
  for (var i = thread; i < (inputs + 3u) / 4u * positions; i += 256u) {
    let position = i % positions;
    let input = i / positions * 4u;
    var at = place.weight + four(input, inputs);
    var four_sums = vec4f(0.0);
    for (var row = 0u; row < sizes.width; row++) {
      four_sums += memory[above + row * positions + position] *
        vec4f(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
      at += inputs;
    }
    for (var j = 0u; j < 4u && input + j < inputs; j++) {
      if (layer > 0u) {
        memory[below + (input + j) * positions + position] = four_sums[j];
      } else if (first + position < sizes.count) {
        dz[(sizes.start + first + position) * inputs + input + j] = four_sums[j];
      }
    }
  }
}

fn within(id: u32, start: u32, count: u32) -> bool {
  return id >= start && id < start + count;
}

// Whether an element belongs to a gradient, and not to what is between two of them.
fn is_gradient(id: u32) -> bool {
  var found = within(id, sizes.frequency_sum, sizes.width) || within(id, sizes.last_sum, sizes.channels * sizes.width);
  for (var i = 0u; i < sizes.layers; i++) {
    let place = sizes.layer[i];
    found = found || within(id, place.bias_sum, sizes.width) || within(id, place.weight_sum, sizes.width * inputs_of(i));
  }
  return found;
}

// The sums of all groups, with zeros between the gradients.
@compute @workgroup_size(256)
fn add_up(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) count: vec3u) {
  let id = (group.x + group.y * count.x) * 256u + thread;
  if (id >= sizes.step) {
    return;
  }
  var sum = 0.0;
  let groups = select(0u, sizes.groups, is_gradient(id));
  for (var part = 0u; part < groups; part++) {
    sum += parts[part * sizes.step + id];
  }
  gradients[id] = sum;
}
