// How rows of real values are read and written by the convolutions, after fourier.wgsl. They may lie in f16; spectra
// never do.
//
// The transform is that of the residues modulo x^n - i: a row is multiplied by ω^j, ω = exp(iπ/2n), before a complex
// transform of the same length n, and what of the full convolution lies past n comes back multiplied by i, and is
// dropped with the imaginary part: no padding to twice the length.
// Bits of `flags`: uniforms, and not constants of variants, of which each would be compiled by itself.
const reversed_rows = 1u; // rows are read and written from their ends
const gated = 2u; // what is read is multiplied by `gate`
const out_gated = 4u; // what is written is multiplied by `out_gate`
const skipped = 8u; // skip·(what was read) is added
const other_gated = 16u; // the second rows are multiplied by `other_gate`

struct Sizes {
  rows: u32,
  batch: u32, // rows of a channel: the row r is of channel r/batch
  length: u32, // values of a row
  pitch: u32, // elements from one row of x to the next
  out_pitch: u32,
  offset: u32, // elements before the first row, of x
  gate_offset: u32,
  out_gate_offset: u32,
  out_offset: u32,
  channel: u32, // of the first row, in skip
  factor: f32, // 1/n, and for gradients of filters over what dy is stored times
  other_offset: u32, // as offset and gate_offset, of the second rows where there are two
  other_gate_offset: u32,
  flags: u32,
}
@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(3) var<storage, read> x: array<Storage_x>;
@group(0) @binding(4) var<storage, read> gate: array<Storage_gate>;
@group(0) @binding(6) var<storage, read> skip: array<f32>;
@group(0) @binding(7) var<storage, read> out_gate: array<Storage_out_gate>;
@group(0) @binding(8) var<storage, read_write> y: array<Storage_y>;

fn has(flag: u32) -> bool {
  return (sizes.flags & flag) != 0u;
}

fn place_of(j: u32) -> u32 {
  return select(j, sizes.length - 1u - j, has(reversed_rows));
}

// The value at position j of a row; 0 past its end.
fn value_at(row: u32, j: u32) -> f32 {
  if (row >= sizes.rows || j >= sizes.length) {
    return 0.0;
  }
  let at = row * sizes.pitch + place_of(j);
  var value = f32(x[sizes.offset + at]);
  if (has(gated)) {
    value *= f32(gate[sizes.gate_offset + at]);
  }
  return value;
}

fn write_value(row: u32, j: u32, convolved: f32) {
  if (row >= sizes.rows || j >= sizes.length) {
    return;
  }
  var value = convolved;
  if (has(skipped)) {
    value += skip[sizes.channel + row / sizes.batch] * value_at(row, j);
  }
  let at = row * sizes.out_pitch + place_of(j);
  if (has(out_gated)) {
    value *= f32(out_gate[sizes.out_gate_offset + at]);
  }
  y[sizes.out_offset + at] = store_y(value);
}
