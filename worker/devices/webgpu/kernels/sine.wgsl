// Sine and cosine that are right to the last bits, which the languages' own need not be.
// Cody and Waite: x - n·π/2 with π/2 in three parts, the first two of few bits, so that the products are exact.
// Then minimax polynomials on -π/4 … π/4 (Cephes, sinf.c and cosf.c).
fn sine_after_turns(value: f32, quarter_turns: u32) -> f32 {
  let turns = round(value * 0.6366197723675814);
  let reduced = ((value - turns * 1.5703125) - turns * 4.837512969970703125e-4) - turns * 7.54978942e-8;
  let quarter = (u32(i32(turns)) + quarter_turns) & 3u;
  let square = reduced * reduced;
  let sine = reduced + reduced * square * (-1.6666654611e-1 + square * (8.3321608736e-3 - square * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * square +
    square * square * (4.166664568298827e-2 + square * (-1.388731625493765e-3 + square * 2.443315711809948e-5));
  var result = select(sine, cosine, (quarter & 1u) == 1u);
  return select(result, -result, (quarter & 2u) == 2u);
}
fn sine_of(value: f32) -> f32 {
  return sine_after_turns(value, 0u);
}
fn cosine_of(value: f32) -> f32 {
  return sine_after_turns(value, 1u);
}
