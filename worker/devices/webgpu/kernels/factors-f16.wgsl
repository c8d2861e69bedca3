// The head of a matrix product with factors rounded to f16 and sums in fp32. A gradient is scaled by a power of two, so
// that small ones stay above what f16 can tell from 0.
alias Stored = Half;

fn stored(value: f32, scale: f32) -> Stored {
  return half_of(value, scale);
}
fn restored(sum: f32, scale: f32) -> f32 {
  return sum / scale;
}
