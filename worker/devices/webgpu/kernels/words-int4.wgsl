// A weight matrix in int4: eight weights in a word, four words in a group that has a scale. Byte i of a group has weight i
// in its lower half and weight i + 16 in its upper half, each plus 8. After the groups of a row are its scales in bf16,
// two in a word.
alias Word = u32;
const in_word = 8u;

fn groups_of(width: u32) -> u32 {
  return (width + 31u) / 32u;
}
fn value_words(width: u32) -> u32 {
  return 4u * groups_of(width);
}
fn row_words(width: u32) -> u32 {
  return value_words(width) + (groups_of(width) + 1u) / 2u;
}
// Slots 0 to 3 are the lower halves of the bytes, 4 to 7 the upper ones.
fn column_of(word: u32, slot: u32) -> u32 {
  return 32u * (word / 4u) + 4u * (word % 4u) + slot % 4u + 16u * (slot / 4u);
}
fn word_of(column: u32) -> u32 {
  return 4u * (column / 32u) + column % 16u / 4u;
}
fn slot_of(column: u32) -> u32 {
  return column % 4u + 4u * (column % 32u / 16u);
}
fn number_in(word: Word, slot: u32) -> f32 {
  return f32((word >> (8u * (slot % 4u) + 4u * (slot / 4u))) & 15u) - 8.0;
}
// The word that has the scale of another word of the row.
fn scale_word(word: u32, width: u32) -> u32 {
  return value_words(width) + word / 8u;
}
fn scale_in(scales: Word, word: u32) -> f32 {
  return bitcast<f32>(select(scales << 16u, scales & 0xffff0000u, word / 4u % 2u == 1u));
}
