// As half.wgsl, for tests on adapters without f16: rounded as f16 is, and stored in 32 bits.
alias Half = f32;

fn half_of(value: f32, scale: f32) -> Half {
  let scaled = value * scale;
  let finite = (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
  return select(scaled, quantizeToF16(clamp(scaled, -65504.0, 65504.0)), finite);
}
