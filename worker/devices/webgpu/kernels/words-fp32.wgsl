// A weight matrix in fp32 for shaders that read weights by words (weight-words.ts): a word is a weight.
alias Word = f32;
const in_word = 1u;

fn value_words(width: u32) -> u32 {
  return width;
}
fn row_words(width: u32) -> u32 {
  return width;
}
fn column_of(word: u32, slot: u32) -> u32 {
  return word;
}
fn number_in(word: Word, slot: u32) -> f32 {
  return word;
}
fn scale_word(word: u32, width: u32) -> u32 {
  return word;
}
fn scale_in(scales: Word, word: u32) -> f32 {
  return 1.0;
}
