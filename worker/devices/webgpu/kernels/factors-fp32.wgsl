// The head of a matrix product with factors in fp32.
alias Stored = f32;

fn stored(value: f32, scale: f32) -> Stored {
  return value;
}
fn restored(sum: f32, scale: f32) -> f32 {
  return sum;
}
