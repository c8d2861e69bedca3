enable f16;
// The head of a matrix product with factors rounded to f16 and sums in fp32. A gradient is scaled by a power of two, so
// that small ones stay above what f16 can tell from 0; what is too large becomes the largest number.
alias Stored = f16;

fn stored(value: f32, scale: f32) -> Stored {
  let scaled = value * scale;
  // By its bits: a compiler may take it that no number is NaN or infinite, and those must stay what they are.
  let finite = (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
  return f16(select(scaled, clamp(scaled, -65504.0, 65504.0), finite));
}
fn restored(sum: f32, scale: f32) -> f32 {
  return sum / scale;
}
