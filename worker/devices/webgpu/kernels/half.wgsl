enable f16;
// Numbers in f16, before a shader that rounds or stores some.
alias Half = f16;

// A value times a power of two. What is too large becomes the largest number; NaN and infinity stay what they are.
fn half_of(value: f32, scale: f32) -> Half {
  let scaled = value * scale;
  // By its bits: a compiler may take it that no number is NaN or infinite.
  let finite = (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
  return f16(select(scaled, clamp(scaled, -65504.0, 65504.0), finite));
}
