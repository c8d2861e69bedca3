// A weight matrix in int8: four weights in a word, eight words in a group that has a scale. After the groups of a row are
// its scales in bf16, two in a word.
alias Word = u32;
const in_word = 4u;

fn groups_of(width: u32) -> u32 {
  return (width + 31u) / 32u;
}
fn value_words(width: u32) -> u32 {
  return 8u * groups_of(width);
}
fn row_words(width: u32) -> u32 {
  return value_words(width) + (groups_of(width) + 1u) / 2u;
}
fn column_of(word: u32, slot: u32) -> u32 {
  return 4u * word + slot;
}
fn word_of(column: u32) -> u32 {
  return column / 4u;
}
fn slot_of(column: u32) -> u32 {
  return column % 4u;
}
fn number_in(word: Word, slot: u32) -> f32 {
  return f32(extractBits(bitcast<i32>(word), 8u * slot, 8u));
}
// The word that has the scale of another word of the row.
fn scale_word(word: u32, width: u32) -> u32 {
  return value_words(width) + word / 16u;
}
fn scale_in(scales: Word, word: u32) -> f32 {
  return bitcast<f32>(select(scales << 16u, scales & 0xffff0000u, word / 8u % 2u == 1u));
}
