// A weight matrix in bf16: two weights in a word, rows filled up to whole words.
alias Word = u32;
const in_word = 2u;

fn value_words(width: u32) -> u32 {
  return (width + 1u) / 2u;
}
fn row_words(width: u32) -> u32 {
  return value_words(width);
}
fn column_of(word: u32, slot: u32) -> u32 {
  return 2u * word + slot;
}
fn word_of(column: u32) -> u32 {
  return column / 2u;
}
fn slot_of(column: u32) -> u32 {
  return column % 2u;
}
fn number_in(word: Word, slot: u32) -> f32 {
  return bitcast<f32>(select(word << 16u, word & 0xffff0000u, slot == 1u));
}
fn scale_word(word: u32, width: u32) -> u32 {
  return word;
}
fn scale_in(scales: Word, word: u32) -> f32 {
  return 1.0;
}
