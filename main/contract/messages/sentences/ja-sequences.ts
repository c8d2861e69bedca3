import type { Catalogue } from '../language.ts';

/** What readers and scores of sequences, and the export to ONNX report, by its English: see main/contract/message.ts. */
export const jaSequences: Catalogue = {
  'Not FASTA: what it contains are not sequences under headers that begin with >.':
    'FASTA ではありません。> で始まるヘッダーに続く配列が含まれていません。',
  'Rename a plain text to .txt.': '通常のテキストは拡張子を .txt に変えてください。',
  '{0} {0|one: record has|other: records have} no sequence and {0|one: was|other: were} skipped (first: {1}).':
    '配列のないレコード {0} 件を読み飛ばしました (最初: {1})。',
  '{0} {0|one: character|other: characters} that {0|one: is|other: are} not part of a sequence {0|one: was|other: were} dropped: {1}.':
    '配列に属さない文字 {0} 個を除きました: {1}。',
  'The sequences are proteins. A DNA model does not know amino acids.':
    'これらの配列はタンパク質です。DNA モデルはアミノ酸を扱えません。',
  '{0} {0|one: letter is|other: letters are} neither a nucleotide nor a code for several; {0|one: it was|other: they were} kept.':
    '{0} 文字はヌクレオチドでも曖昧コードでもありませんが、そのまま残しました。',
  '{0} {0|one: letter is|other: letters are} IUPAC codes for several nucleotides; {0|one: it was|other: they were} kept.':
    '{0} 文字は複数のヌクレオチドを表す IUPAC コードで、そのまま残しました。',
  '{0} {0|one: base is|other: bases are} unknown (N).': '{0} 塩基は不明 (N) です。',
  '{0} {0|one: letter in lower case (soft-masked) was|other: letters in lower case (soft-masked) were} read as upper case.':
    '小文字 (ソフトマスク) {0} 文字を大文字として読みました。',
  '{0} {0|one: gap character was|other: gap characters were} dropped (- or .).':
    'ギャップ文字 {0} 個を除きました (- または .)。',
  '{0} {0|one: stop character was|other: stop characters were} dropped (*).': '終止文字 {0} 個を除きました (*)。',
  '{0} {0|one: comment line was|other: comment lines were} dropped (;).': 'コメント行 {0} 行を除きました (;)。',
  '{0} {0|one: record has|other: records have} the name of an earlier one (first: {1}).':
    '{0} 件のレコードは前のレコードと同じ名前です (最初: {1})。',
  'A sequence has no header (>).': 'ヘッダー (>) のない配列があります。',
};
