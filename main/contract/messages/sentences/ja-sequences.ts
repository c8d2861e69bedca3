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
  '{0} of {1} letters are not in the vocabulary of this model and were scored as its unknown token: {2}.':
    '{1} 文字のうち {0} 文字はこのモデルの語彙になく、未知トークンとして評価しました: {2}。',
  'This model does not read sequences letter by letter.': 'このモデルは配列を 1 文字ずつ読みません。',
  'Choose a model whose tokens are characters or bytes.': 'トークンが文字またはバイトのモデルを選んでください。',
  'No record has two tokens: there is nothing to score.':
    'トークンが 2 つ以上あるレコードがなく、評価するものがありません。',
  'Choose files with sequences or texts.': '配列またはテキストのファイルを選んでください。',
  'Choose a smaller window.': 'より小さいウィンドウを選んでください。',
  "A window of {0} bases exceeds this model's context of {1}.":
    '{0} 塩基のウィンドウは、このモデルのコンテキスト {1} を超えています。',
  'No record is named {0}.': '{0} という名前のレコードはありません。',
  'A record is named by the first word of its header.': 'レコードの名前はヘッダーの最初の単語です。',
  'No variants found.': 'バリアントがありません。',
  'Positions count from 1. Choose the reference that the variants were called against.':
    '位置は 1 から数えます。バリアントの検出に使った参照配列を選んでください。',
  '{0} is empty.': '{0} は空です。',
  'A variant has the form record:position REF>ALT, for example chr7:140753336 A>T.':
    'バリアントは レコード:位置 REF>ALT の形で書きます。例: chr7:140753336 A>T。',
  "'{0}' is not a variant.": "'{0}' はバリアントではありません。",
  'Line {0} has fewer than five columns.': '{0} 行目の列が 5 列より少なくなっています。',
  "Line {0}: '{1}' is not a position.": "{0} 行目: '{1}' は位置ではありません。",
  'Line {0}: the allele {1} has no bases.': '{0} 行目: アレル {1} に塩基がありません。',
  '{0} lies beyond the end of {1}, which has {2} bases.': '{0} は {2} 塩基の {1} の末尾より後ろです。',
  '{0}: the sequence has {1} there, not {2}.': '{0}: 配列のその位置は {2} ではなく {1} です。',
  '{0} has {1} bases, more than a window of {2}.': '{0} は {1} 塩基で、{2} 塩基のウィンドウに収まりません。',
  'These scores are no longer kept.': 'このスコアはもう保存されていません。',
  'Score the sequences again.': '配列をもう一度スコアリングしてください。',
};
