import type { Catalogue } from '../language.ts';

/**
 * What readers, tokenizers, data sets, documents and checkpoints report, by its English: see
 * main/contract/message.ts.
 */
export const jaData: Catalogue = {
  "'{0}' is not a valid name for a data set. {1}": "'{0}' はデータセットの名前にできません。{1}",
  "'{0}' contains neither text nor chat messages.": "'{0}' は、テキストでも対話のメッセージでもありません。",
  "'{0}' is not a valid entry of a byte-level vocabulary": "'{0}' はバイト単位の語彙の項目ではありません",
  "'{0}' is not a valid document id.": "'{0}' は文書の ID ではありません。",
  "'{0}' must specify a vocabulary size from {1} to {2}.": "'{0}' には {1}～{2} の語彙サイズが書かれていません。",
  '(and {0} more)': '（ほか {0} 件）',
  'Document without text.': 'テキストのない文書です。',
  'System file, ignored.': 'システムファイルのため、無視しました。',
  'Folder of installed or generated files, ignored.':
    'インストールまたは自動生成されたファイルのフォルダーのため、無視しました。',
  'A later part is UTF-8 and was read as UTF-8.': '後の方の部分は UTF-8 なので、そのように読みました。',
  'Link to a folder. Add that folder directly.': 'フォルダーへのリンクです。そのフォルダー自体を追加してください。',
  'A map of {0} characters does not fit in memory.': '{0} 文字のマップはメモリに収まりません。',
  'Symbolic link; its target was skipped.': 'シンボリックリンクです。リンク先は読み込んでいません。',
  'Add chats with answers.': '回答のある対話を追加してください。',
  'Add more text.': 'テキストを追加してください。',
  "Adding '{0}' was cancelled.": "'{0}' の追加をキャンセルしました。",
  'Characters skipped: {0}. They are not in the vocabulary, and it has no unknown token. Choose another tokenizer to keep them.':
    '除いた文字：{0}。語彙にこれらの文字も、未知の文字を表すトークンもありません。残すには別のトークナイザーを選んでください。',
  'Chats are read from {0}. Ignored fields: {1}.': '対話は {0} から読み込みます。無視するフィールド：{1}。',
  'Check the path.': 'パスを確認してください。',
  'Select a part of at most {0} characters.': '{0} 文字以下の部分を選んでください。',
  'Select a part.': '一部を選んでください。',
  'Choose a sequence length of at most {0}, or add more text.':
    '系列長を {0} 以下にするか、テキストを追加してください。',
  'Choose a short name such as moby-dick.': 'moby-dick のような短い名前を選んでください。',
  'Choose another name, or remove the existing data set first.': '別の名前を選ぶか、先に古いものを削除してください。',
  'Choose another template.': '別のテンプレートを選んでください。',
  'Text columns: {0}.': 'テキストのある列は {0} です。',
  'Convert the file to UTF-8 first.': '先に UTF-8 に変換してください。',
  'Convert the file to F32, F16 or BF16.': 'ファイルを F32、F16、BF16 のいずれかに変換してください。',
  "Data set '{0}' has {1} training tokens, fewer than one sequence of {2} plus its next token.":
    "データセット '{0}' の学習用トークンは {1} 個で、長さ {2} の系列 1 つと次の 1 トークンに足りません。",
  'Split the file, or convert it to plain text first.': '分割するか、先にプレーンテキストに変換してください。',
  'Split it; texts this long belong in a data set.':
    '分割してください。これほど長いテキストはデータセットに追加します。',
  "Elements {0} to {1} are out of range: tensor '{2}' has {3}.":
    "要素 {0}～{1} は、要素数 {3} のテンソル '{2}' の範囲外です。",
  'Free some disk space or choose a library on another disk, then add the data set again.':
    '空き容量を増やすか、別のディスクのライブラリを選んで、もう一度追加してください。',
  "Use a percentage of the text such as '40%', or the label of a page, chapter or heading.":
    "'40%' のようなテキストの割合か、ページ・章・見出しの名前を指定してください。",
  'Use the tokenizer.json file of a model.': 'モデルの tokenizer.json というファイルを指定してください。',
  '{0} {0|one: row repeats the header and was|other: rows repeat the header and were} skipped (first: line {1}).':
    '見出しを繰り返す {0} 行を除きました（最初は {1} 行目）。',
  '{0} {0|one: character was encoded as a surrogate pair|other: characters were encoded as surrogate pairs} (CESU-8) and {0|one: was|other: were} decoded.':
    'サロゲートペアで書かれた（CESU-8）{0} 文字を復号しました。',
  'Web archives are not supported. Save the page as HTML.':
    'Web アーカイブには対応していません。ページを HTML として保存してください。',
  '{0} {0|one: running header, footer or page number was|other: running headers, footers and page numbers were} removed.':
    'ヘッダー、フッター、ページ番号を {0} 行除きました。',
  '{0} {0|one: chat was|other: chats were} not in the order of the turn numbers or times and {0|one: was|other: were} reordered.':
    '発言の番号や時刻の順に並んでいないチャット {0} 件を並べ替えました。',
  '{0} {0|one: chat is|other: chats are} interleaved with more than {1} others and {0|one: was|other: were} divided. Sort the file by chat.':
    'ほかの {1} 件を超えるチャットと混ざっているチャット {0} 件を分割しました。ファイルをチャットごとに並べてください。',
  '{0} {0|one: row is a list|other: rows are lists} of texts; the texts of each row were joined into one document.':
    'テキストのリストである行が {0} 行あります。各行のテキストを一つの文書にまとめました。',
  'Text is read from {0}.': 'テキストは {0} から読みます。',
  '{0} {0|one: header or footer was|other: headers and footers were} skipped.':
    'ヘッダーとフッターを {0} 個除きました。',
  'Hidden file, ignored.': '隠しファイルのため、無視しました。',
  'If you trust the archive, unpack it and add the folder.':
    '信頼できるものであれば、自分で展開してそのフォルダーを追加してください。',
  'Import a .txt, .md, .pdf, .epub, .docx, .html or source code file.':
    '読み込めるのは .txt、.md、.pdf、.epub、.docx、.html、ソースコードです。',
  'Reinstall Hyena Studio.': 'Hyena Studio をインストールし直してください。',
  'The file starts as text but contains binary data later.':
    '初めはテキストですが、途中からバイナリデータが入っています。',
  'Cannot open the file ({0}).': '開けません（{0}）。',
  'The archive has more entries than its directory states.':
    'アーカイブの項目が、ディレクトリに記載された数より多くなっています。',
  'The file has no text column.': 'テキストの列がありません。',
  'The file has no rows.': '行がありません。',
  'The archive has {0} entries; the limit is {1}.': 'アーカイブに項目が {0} 個あります。上限は {1} 個です。',
  'The file contains no text.': 'テキストがありません。',
  'The encoding is EBCDIC (mainframes), which is not supported.':
    '文字コードが EBCDIC（メインフレーム）で、これには対応していません。',
  '7z archives are not supported. Unpack it first.': '7z アーカイブには対応していません。先に展開してください。',
  'GIF images are not supported.': 'GIF 画像には対応していません。',
  'JPEG images are not supported.': 'JPEG 画像には対応していません。',
  'PNG images are not supported.': 'PNG 画像には対応していません。',
  'RAR archives are not supported. Unpack it first.': 'RAR アーカイブには対応していません。先に展開してください。',
  'Presentations are not supported. Save it as .pdf.':
    'プレゼンテーションには対応していません。.pdf で保存してください。',
  'Programs are not supported.': 'プログラムには対応していません。',
  'Spreadsheets are not supported. Save it as .csv.': '表計算のファイルには対応していません。.csv で保存してください。',
  'OpenDocument texts are not supported. Save it as .docx.':
    'OpenDocument テキストには対応していません。.docx で保存してください。',
  'RTF documents are not supported. Save it as .docx.': 'RTF 文書には対応していません。.docx で保存してください。',
  'The file is an object without rows of text. Available fields: {0}. Choose the text field, or save the texts as JSON Lines.':
    'テキストの行のないオブジェクトです。あるフィールドは {0} です。テキストの入っているフィールドを指定するか、テキストを JSON Lines で保存してください。',
  'Legacy Office documents are not supported. Save it as .docx.':
    '古い Office 文書には対応していません。.docx で保存してください。',
  'The file is empty.': '空です。',
  'The file is encrypted.': '暗号化されています。',
  'The file exceeds the {0} MiB limit for this format.': 'この形式で読み込める上限の {0} MiB を超えています。',
  'Not valid JSON. {0}': 'JSON ではありません。{0}',
  'Not JSON: the file contains binary data.': 'JSON ではありません。バイナリデータが入っています。',
  'Not a Parquet file, or damaged: {0}.': 'Parquet ファイルではないか、壊れています：{0}。',
  'Not a Word document.': 'Word 文書ではありません。',
  'Not an HTML page: the file contains binary data.': 'HTML ページではありません。バイナリデータが入っています。',
  'Not a table: the file contains binary data.': '表ではありません。バイナリデータが入っています。',
  'Not a text file: it contains binary data.': 'テキストではありません。バイナリデータが入っています。',
  'Compression method {0} is not supported. Unpack the archive and add the folder.':
    '圧縮方式 {0} には対応していません。アーカイブを展開してフォルダーを追加してください。',
  'Duplicate of an earlier file.': '前にあったものと同じファイルです。',
  'Nested {0} archives deep; the limit is {1}.': 'アーカイブの {0} 段目の中にあります。開けるのは {1} 段までです。',
  'The archive unpacks to more than {0} times its size (possible zip bomb).':
    '展開すると元の {0} 倍を超えます（zip 爆弾の可能性があります）。',
  'Available columns: {0}.': '使える列：{0}。',
  'The archived data is damaged (checksum mismatch).': 'アーカイブ内のデータが壊れています（チェックサムの不一致）。',
  'The archived data is damaged ({0}).': 'アーカイブ内のデータが壊れています（{0}）。',
  'Elements are nested more than {0} levels deep.': '要素の入れ子が {0} 段を超えています。',
  'No encoding is stated; the file was read as {0}.': '文字コードの指定がないため、{0} として読みました。',
  'Available fields: {0}.': '使えるフィールド：{0}。',
  "The archive's directory is damaged after {0} of {1} entries ({2}); the remaining files were skipped.":
    'ファイルの一覧が {1} 件中 {0} 件の後で壊れています（{2}）。残りは読み込んでいません。',
  'Part {0} is larger than {1} MiB.': '中の {0} が {1} MiB を超えています。',
  'Part {0} is not text.': '中の {0} がテキストではありません。',
  'The path points outside the archive; only the text was read.':
    'パスがアーカイブの外を指しています。テキストだけを読み込みました。',
  'Messages contain unsupported fields, which were ignored: {0} ({1} {1|one: time|other: times}, first: row {2}).':
    'メッセージに読み込まないフィールドがあります：{0}（{1} 回、最初は {2} 行目）。',
  'Choose a single file; folders belong in a data set.':
    'ファイルを 1 つ指定してください。フォルダーはデータセットに追加します。',
  'Choose the field that contains the text.': 'テキストの入っているフィールドを指定してください。',
  'Not a file or a folder.': 'ファイルでもフォルダーでもありません。',
  'No checkpoint of the run is intact. {0}': 'この実行に無事なチェックポイントはありません。{0}',
  'No data set was created.': 'データセットは作られていません。',
  'No rows of text found; the file was read as plain text, like a configuration file. Available fields: {0}.':
    'テキストの行が見つからないため、設定ファイルのように、書かれているとおりのテキストとして読みました。あるフィールドは {0} です。',
  'No text found in the rows.': '行にテキストが見つかりませんでした。',
  'The tokenizer has no end-of-text token: a model trained with it will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'トークナイザーにテキストの終わりを表すトークンが見つかりません。それで学習したモデルは答えの終え方を学びません。eos_token を含む tokenizer_config.json を tokenizer.json の隣に置くか、別のトークナイザーを選んでください。',
  'The tokenizer has no end-of-text token: the {0} documents are concatenated without a separator, and a model trained on them will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'トークナイザーにテキストの終わりを表すトークンが見つかりません。{0} 件の文書が区切りなしに続き、それで学習したモデルは答えの終え方を学びません。eos_token を含む tokenizer_config.json を tokenizer.json の隣に置くか、別のトークナイザーを選んでください。',
  '{0|one: The only page is an image, probably a scan, and contains|other: All {0} pages are images, probably scans, and contain} no text.':
    '{0} ページのどこにもテキストがありません。スキャンのような画像です。',
  "None of the {0} training tokens of '{1}' contributes to the loss: it contains questions without answers.":
    "'{1}' の学習用の {0} トークンはどれも損失の対象になりません。質問だけで回答がありません。",
  'The document has no text before that place.': 'その箇所より前に文書の内容はありません。',
  'Nothing was imported.': '何も読み込んでいません。',
  'Damaged pages were skipped: {0}.': '壊れているページを除きました：{0}。',
  'Reading stopped after {0} {0|one: document|other: documents}: {1}': '{0} 件の文書を読んだところで止まりました：{1}',
  'Run OCR first, for example with ocrmypdf --force-ocr.':
    '先に ocrmypdf --force-ocr などで文字認識（OCR）を行ってください。',
  'Run OCR first, for example with ocrmypdf.': '先に ocrmypdf などで文字認識（OCR）を行ってください。',
  'Remove the data set and add its files again.': 'データセットを削除し、ファイルをもう一度追加してください。',
  'Roles were guessed in {0} {0|one: message|other: messages}: {1}.': '{0} 件のメッセージで役割を推測しました：{1}。',
  'Save a copy without a password.': 'パスワードなしのコピーを保存してください。',
  'With any model, you can extract sentences from the document instead.':
    '代わりに、どのモデルでも文書から文を抜き出すことができます。',
  'Several columns are named {0}; duplicates were numbered: {1}.':
    '{0} という名前の列が複数あります。後のものには番号を付けました：{1}。',
  'Several files in the archive have this name; the last one was used, as when unpacking.':
    'アーカイブ内にこの名前のファイルが複数あります。展開したときに残る、最後のものを読み込みました。',
  'Shorten the prompt, or use a model with a longer context.':
    'プロンプトを短くするか、コンテキストの長いモデルを使ってください。',
  "Tensor '{0}' in {1} has type {2}, which is not supported.":
    "{1} のテンソル '{0}' は {2} 型で、この型は読み込めません。",
  "Tensor '{0}' in {1} has type {2}, which is not a floating-point type.":
    "{1} のテンソル '{0}' は {2} 型で、浮動小数点ではありません。",
  'Text in fonts without a Unicode mapping was skipped on {0} {0|one: page|other: pages}: {1}. Run OCR, for example with ocrmypdf --force-ocr.':
    '文字の対応がファイルに記載されていないフォントのテキストを {0} ページで除きました：{1}。ocrmypdf --force-ocr などで文字認識（OCR）を行ってください。',
  'The PDF is damaged: {0}': 'PDF が壊れています：{0}',
  'The PDF is password-protected.': 'PDF がパスワードで保護されています。',
  'The Parquet file is damaged: {0}.': 'Parquet ファイルが壊れています：{0}。',
  'The Word document contains no text.': 'Word 文書にテキストがありません。',
  'The archive has no {0}.': 'アーカイブに {0} がありません。',
  'The archive is damaged: {0}.': 'アーカイブが壊れています：{0}。',
  'The book contains no text; its pages may be images.': '本にテキストがありません。ページが画像なのかもしれません。',
  'The book is copy-protected (DRM) and cannot be read.': '本がコピー防止で保護されているため、読み込めません。',
  'container.xml not found in the book.': '本に container.xml がありません。',
  "The book's package file was not found.": '本にパッケージファイルがありません。',
  'The book lists no chapters.': '本に章が記載されていません。',
  'Token id {0} is out of range: the bytes tokenizer has ids 0 to 255.':
    'トークナイザー bytes の ID は 0～255 で、{0} はありません。',
  'Chapter {0} was skipped: {1}': '章 {0} を除きました：{1}',
  'Checkpoint {0} is damaged: {1}.': 'チェックポイント {0} が壊れています：{1}。',
  "Column '{0}' contains no text.": "列 '{0}' にテキストがありません。",
  'Column {0} is compressed with {1}, which is not supported. Rewrite the file with Snappy, gzip or Zstandard.':
    '列 {0} は読み込めない方式 {1} で圧縮されています。Snappy、gzip、Zstandard のいずれかでファイルを書き出し直してください。',
  'Cannot read the columns {0}: {1}. Rewrite the file, or save it as JSON Lines.':
    '列 {0} を読み込めません：{1}。ファイルを書き出し直すか、JSON Lines で保存してください。',
  'The configuration': '設定',
  'The conversation is unchanged.': '会話は変わっていません。',
  "Place '{0}' not found in the document.": "文書に '{0}' という箇所はありません。",
  '{0} file {0|one: name has|other: names have} no stated encoding and {0|one: was|other: were} read as {1}.':
    '中の {0} 個の名前は文字コードの指定がないため、{1} として読みました。',
  'The existing data set is unchanged.': '既存のデータセットは変わっていません。',
  'The file is a single object; {0} {0|one: row was|other: rows were} found in it by ids or columns ({1}).':
    'ファイルは 1 つのオブジェクトです。その中に、ID または列によって {0} 行が見つかりました（{1}）。',
  'The file may be truncated or damaged. Copy or download it again.':
    'ファイルが途中で切れているか、壊れている可能性があります。もう一度コピーまたはダウンロードしてください。',
  'Your source files are unchanged; no data set was created.':
    '読み込んだファイルは変わっていません。データセットは作られていません。',
  'The distilled filters were saved.': '蒸留したフィルターを保存しました。',
  'The first row is not a header; the columns were named {0}.':
    '最初の行は見出しではありません。列の名前は {0} とします。',
  'Cannot open the folder ({0}).': 'フォルダーを開けません（{0}）。',
  'The folder is empty.': 'フォルダーにファイルがありません。',
  'The fonts have no Unicode mapping (on {0} of {1} {1|one: page|other: pages}), so the text cannot be read.':
    'テキストのフォントに文字の対応が記載されていないため（{1} ページ中 {0} ページ）、テキストを読み込めません。',
  'The saved prefix cache in {0} is damaged (checksum mismatch).':
    '{0} に保存されたプレフィックスキャッシュが壊れています（チェックサムの不一致）。',
  'The saved prefix cache in {0} is incomplete: layer {1} not found.':
    '{0} に保存されたプレフィックスキャッシュが不完全です：層 {1} が見つかりません。',
  'The manifest': 'マニフェスト',
  'The map file': 'マップファイル',
  "Model '{0}' was not trained to write summaries; it only continues text.":
    "モデル '{0}' は要約を書くように学習していません。テキストの続きを書くだけです。",
  "Cannot use the model's chat template: {0}": 'モデル自身のチャットテンプレートを使えません：{0}',
  "The model's logits are not finite.": 'モデルのロジットが有限ではありません。',
  "The model's logits are NaN.": 'モデルのロジットが NaN です。',
  'Using the checkpoint of step {0} instead: {1}': '代わりにステップ {0} のものを使います：{1}',
  'The compressed data is damaged ({0}).': '圧縮データが壊れています（{0}）。',
  'The page contains no text.': 'ページにテキストがありません。',
  'The installation is incomplete: resources/{0} not found.':
    'インストールが不完全です：resources/{0} が見つかりません。',
  "The prompt has {0} tokens, but this model's context has {1}, including the answer.":
    'プロンプトは {0} トークンですが、このモデルのコンテキストは答えを含めて {1} です。',
  "The prompt has {0} tokens, but this model's context has {1}.":
    'プロンプトは {0} トークンですが、このモデルのコンテキストは {1} です。',
  "The metadata of data set '{0}' is damaged ({1}).": "データセット '{0}' のメタデータが壊れています（{1}）。",
  'The record of the document': '文書の記録',
  'Rows are read from {0}.': '行は {0} から読み込みます。',
  'Rows are read from {0}. Ignored fields: {1}.': '行は {0} から読み込みます。無視するフィールド：{1}。',
  "Run '{0}' has no checkpoint.": "実行 '{0}' にはまだチェックポイントがありません。",
  'The metadata of a saved prefix cache': '保存されたプレフィックスキャッシュのメタデータ',
  'The text yields only {0} tokens instead of {1}: no further pair occurs more than once.':
    'テキストから得られるトークンは {1} ではなく {0} 個です。2 回以上現れるものがほかにありません。',
  'The text will be prefilled again.': 'テキストのプリフィルをやり直します。',
  'Text is read from {0}. Ignored fields: {1}.': 'テキストは {0} から読み込みます。無視するフィールド：{1}。',
  "The document's text file was truncated while it was being read.": '読み取り中に文書のテキストが短くなりました。',
  'Cannot use tokenizer {0}: entry {1} of added_tokens is not a token with an id from 0 to {2}.':
    'トークナイザー {0} を使えません：added_tokens の項目 {1} が、0～{2} の ID を持つトークンではありません。',
  'Cannot use tokenizer {0}: {1}': 'トークナイザー {0} を使えません：{1}',
  'Tokenizer {0} is inconsistent: {1}.': 'トークナイザー {0} の内容に矛盾があります：{1}。',
  'Tokenizer {0} has no vocabulary.': 'トークナイザー {0} に語彙がありません。',
  'Tokenizer {0} has ids 0 to {1}; id {2} is out of range.':
    'トークナイザー {0} の ID は 0～{1} で、{2} はありません。',
  'Column {0} is not marked as text; its bytes were read as UTF-8.':
    '{0} の型からはテキストかどうか分かりません。バイトを UTF-8 として読みました。',
  'The vocabulary of {0} does not cover all 256 byte values.': '{0} の語彙に、256 種類のバイトの一部がありません。',
  'No rows found.': '行がありません。',
  "Data set '{0}' already exists.": "データセット '{0}' はすでにあります。",
  "Field '{0}' not found in the first rows.": "最初の方の行に '{0}' がありません。",
  "No field '{0}' with text. Available fields: {1}.":
    "テキストの入った '{0}' はありません。あるフィールドは {1} です。",
  "Data set '{0}' not found.": "データセット '{0}' はありません。",
  'Document {0} not found.': '文書 {0} はありません。',
  'File or folder {0} not found.': '{0} というファイルやフォルダーはありません。',
  'File {0} not found.': 'ファイル {0} はありません。',
  "Text column '{0}' not found; the file has no text columns.":
    "テキストの列 '{0}' はありません。ほかのテキストの列もありません。",
  "Text column '{0}' not found. Text columns: {1}.": "テキストの列 '{0}' はありません。あるのは {1} です。",
  'No text found in {0}.': '{0} にテキストがありません。',
  "Unknown tokenizer: '{0}'.": "トークナイザー '{0}' はありません。",
  'No text at this place.': 'そこには読むものがありません。',
  'Nothing to summarise in this document.': 'この文書には要約するものがありません。',
  "This model's context of {0} tokens is too short for a text and its summary.":
    'このモデルのコンテキスト（{0} トークン）には、テキストとその要約が入りません。',
  "The model's vocabulary has no token that could continue the answer as valid JSON.":
    'このモデルの語彙には、答えを JSON として続けられるトークンがありません。',
  'Token {0} is not in the vocabulary: valid ids are 0 to {1}.': 'トークン {0} は語彙にありません。ID は 0～{1} です。',
  'Train again under another name.': '別の名前で改めて学習させてください。',
  'Unpack the file and import one of the documents.': '展開して、そのうちの 1 つを読み込んでください。',
  'Use an earlier checkpoint of the run.': 'この実行の以前のチェックポイントを使ってください。',
  'Example: bpe:4096, which is 256 bytes, an end-of-text token, and 3839 learned tokens.':
    'たとえば bpe:4096 のように書いてください。256 個のバイト、テキストの終わり、学習されるものを合わせた数です。',
  'a column has an unexpected name': '列の名前が異なります',
  'a page is truncated within its levels': 'ページがレベルの途中で終わっています',
  'a page has fewer levels than values': 'ページのレベルが値より少なくなっています',
  'a run of values has no valid length': '値の並びに長さがありません',
  'a run of values is longer than its page': '値の並びがページより長くなっています',
  'a run of values is too long': '値の並びが長すぎます',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space と prepend_scheme が矛盾しています',
  'content is empty': 'content が空です',
  'it produces more than {0} characters.': '{0} 文字を超える文章を作ります。',
  'the header length is {0} bytes in a file of {1}': '{1} バイトのファイルなのに、ヘッダーが {0} バイトとされています',
  'the file was truncated while it was being read': '読み込み中に終わりに達しました',
  'it has more than {0} characters.': '{0} 文字を超えています。',
  'the file has only {0} {0|one: byte|other: bytes}': '{0} バイトしかありません',
  'not a text file.': 'テキストではありません。',
  'it creates a range of more than {0} numbers.': '{0} 個を超える数の範囲を作ります。',
  'it takes more than {0} seconds.': '{0} 秒を超えます。',
  'it takes more than {0} steps.': '{0} ステップを超えます。',
  '__metadata__ is not an object': '__metadata__ がオブジェクトではありません',
  'the header does not start with {': 'ヘッダーが { で始まっていません',
  "the header has the duplicate key '{0}'": "ヘッダーにキー '{0}' が 2 回あります",
  'the header is not valid JSON': 'ヘッダーが JSON ではありません',
  'the header is not valid UTF-8': 'ヘッダーが UTF-8 ではありません',
  'the header is not a JSON object': 'ヘッダーが JSON オブジェクトではありません',
  "the metadata value '{0}' is not a string": "メタデータ '{0}' が文字列ではありません",
  'the tensors end at byte {0}, but the file has {1} bytes':
    'テンソルは {0} バイト目で終わっていますが、ファイルは {1} バイトあります',
  '{0} does not list {1}': '{0} に {1} が記載されていません',
  '{0} is missing or unreadable': '{0} がないか、読み込めません',
  'line {0}: {1}': '{0} 行目：{1}',
  'merges is not a list': 'merges がリストではありません',
  'precompiled_charsmap is damaged': 'precompiled_charsmap が壊れています',
  "there is a gap before tensor '{0}'": "テンソル '{0}' の前にすき間があります",
  "tensor '{0}' of shape [{1}] does not match its offsets [{2}]":
    "形 [{1}] のテンソル '{0}' がオフセット [{2}] と合いません",
  "tensor '{0}' overlaps the previous tensor": "テンソル '{0}' が直前のものと重なっています",
  "the entry for tensor '{0}' is malformed ({1})": "テンソル '{0}' の項目の形式が正しくありません（{1}）",
  'vocabulary entry {0} is not a token with a score': '語彙の項目 {0} が、トークンとそのスコアの組ではありません',
  "token '{0}' has the invalid id {1}": "'{0}' の ID が {1} です",
  "id {0} of token '{1}' is too large for a vocabulary of {2} tokens":
    "'{1}' の ID {0} が、全体の {2} トークンを大きく超えています",
  'the levels of a page are longer than the page': 'ページのレベルがページより長くなっています',
  "a merge uses '{0}', which is not in the vocabulary": "マージに、語彙にない '{0}' が使われています",
  'pattern {0} is not supported ({1})': 'パターン {0} を使えません（{1}）',
  "token '{0}' has id {1}; ids must be 0 to {2}": "トークン '{0}' の ID が {1} です（ID は 0～{2}）",
  'the vocabulary has no entry for id {0}': '語彙に ID {0} の項目がありません',
  'the vocabulary has {0} tokens; the maximum is {1}': '語彙に {0} トークンがあります（上限は {1}）',
  "the {0} '{1}' has the setting {2}: {3}": "{0} '{1}' の設定 {2} が {3} です",
  "the {0} '{1}' is not supported": "{0} '{1}' には対応していません",
  "the {0} '{1}': {2}": "{0} '{1}'：{2}",
  'the {0} is not an object': '{0} がオブジェクトではありません',
  'unknown keys: {0}.': '未知のキー {0}。',
  'value {0}: {1}': '{0} 番目の値：{1}',
  'vocab is not a list': 'vocab がリストではありません',
  'vocab is not an object': 'vocab がオブジェクトではありません',
  'vocab_size is missing.': 'vocab_size がありません。',
  '{0} Pages were read in file-name order.': '{0} ページは名前の順に読み込みました。',
  '{0} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.':
    '正しい UTF-8 ではないバイト列が {0} か所あります。そのまま残しました。',
  '{0} byte {0|one: sequence is|other: sequences are} not valid {1} and {0|one: was|other: were} replaced with U+FFFD.':
    '正しい {1} ではないバイト列が {0} か所あります。U+FFFD に置き換えました。',
  '{0} cannot be read ({1})': '{0} を読み込めません（{1}）',
  'Cannot read {0}: {1}': '{0} を読み込めません：{1}',
  '{0} listed {0|one: chapter was|other: chapters were} not found in the book: {1}.':
    '本に記載された {0} 章が入っていません：{1}。',
  '{0} {0|one: chat has|other: chats have} no roles; turns were read as alternating questions and answers (first: row {1}).':
    '役割の記載のない対話が {0} 件あります。発言を質問と答えの交互として読みました（最初は {1} 行目）。',
  '{0} {0|one: comment was|other: comments were} removed.': 'コメントを {0} 件除きました。',
  '{0} {0|one: conversation is|other: conversations are} stored newest first; messages were reordered from oldest to newest (first: row {1}).':
    '新しい順に書かれた会話が {0} 件あります。最も古いメッセージから読みました（最初は {1} 行目）。',
  '{0} {0|one: conversation has|other: conversations have} no assistant answers; each was read as one text with speaker names before the messages: {1}.':
    'アシスタントの答えがない会話が {0} 件あります。それぞれ、メッセージの前に名前を付けた 1 つのテキストとして読みました：{1}。',
  '{0} does not describe a Hyena model: {1}': '{0} は Hyena モデルの記述ではありません：{1}',
  '{0} embedded {0|one: object (chart, legacy equation, file) was|other: objects (charts, legacy equations, files) were} removed.':
    '埋め込まれたオブジェクト（グラフ、古い形式の数式、ファイル）を {0} 個除きました。',
  '{0} {0|one: entry among the messages is not a message and was|other: entries among the messages are not messages and were} skipped (first: row {1}).':
    'メッセージの並びにある、メッセージではない項目を {0} 個除きました（最初は {1} 行目）。',
  '{0} system {0|one: file was|other: files were} skipped: {1}.':
    'システムがフォルダーに残すファイルを {0} 個除きました：{1}。',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the first answer to each question was used (first: row {1}).':
    '同じ質問への別の答えを {0} 件除きました。学習するのは最初の答えです（最初は {1} 行目）。',
  '{0} has {1} bytes, expected {2}': '{0} は {1} バイトです（本来は {2} バイト）',
  '{0} hidden {0|one: passage was|other: passages were} removed.': '非表示の箇所を {0} か所除きました。',
  '{0} contains more than {1} characters.': '{0} は {1} 文字を超えています。',
  "{0} has no tensor named '{1}'.": "{0} に '{1}' というテンソルはありません。",
  '{0} contains no text.': '{0} にテキストがありません。',
  '{0} contains {1} documents.': '{0} には文書が {1} 件入っています。',
  '{0} is nested too deep.': '{0} の入れ子が深すぎます。',
  '{0} is not a valid merge': '{0} は正しいマージではありません',
  '{0} is not a tokenizer.json in the Hugging Face format.':
    '{0} は Hugging Face 形式の tokenizer.json ではありません。',
  '{0} is not a tokenizer: {1}.': '{0} はトークナイザーではありません：{1}。',
  '{0} is not a file.': '{0} はファイルではありません。',
  '{0} is not a valid safetensors file: {1}.': '{0} は正しい safetensors ファイルではありません：{1}。',
  '{0} is not text.': '{0} はテキストではありません。',
  'the checksum of {0} does not match': '{0} のチェックサムが一致しません',
  '{0} is too large for a tokenizer file.': '{0} はトークナイザーのファイルとしては大きすぎます。',
  '{0} {0|one: line is not UTF-8, unlike the rest, and was|other: lines are not UTF-8, unlike the rest, and were} read as {1}.':
    'ほかの部分と違い UTF-8 ではない行が {0} 行あります。{1} として読みました。',
  '{0} {0|one: line is|other: lines are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: line {1}.':
    '厳密な JSON ではない行（NaN、コメント、末尾のコンマ、単一引用符）が {0} 行あります。意図されたとおりに読みました。最初は {1} 行目です。',
  '{0} {0|one: line before the table was|other: lines before the table were} skipped.':
    '表より前の {0} 行を除きました。',
  '{0} {0|one: line is|other: lines are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    'JSON ではない {0} 行を除きました。{1}',
  '{0} note {0|one: reference was|other: references were} removed.': '注への参照記号を {0} 個除きました。',
  '{0} {0|one: message has a role|other: messages have roles} other than user or assistant: {1}. {0|one: It was kept under a heading with its name and does|other: They were kept under headings with their names and do} not count in the loss (first: row {2}).':
    '質問でも答えでもないメッセージが {0} 件あります：{1}。これらの名前の見出しの下に残し、学習の対象にはしません（最初は {2} 行目）。',
  '{0} {0|one: message on another branch was|other: messages on other branches were} skipped; each chat was read along its last branch (first: row {1}).':
    'ほかの枝のメッセージを {0} 件除きました。対話はそれぞれ最後の枝に沿って読みました（最初は {1} 行目）。',
  '{0} {0|one: message without text was|other: messages without text were} skipped (first: row {1}).':
    'テキストのないメッセージを {0} 件除きました（最初は {1} 行目）。',
  '{0} of {1} {1|one: page|other: pages} {0|one: contains|other: contain} no text.':
    '{1} ページ中 {0} ページにテキストがありません。',
  '{0} of {1} {1|one: row|other: rows} {0|one: has answers|other: have answers} marked as undesirable and {0|one: was|other: were} skipped (first: row {2}).':
    '答えが望ましくないものとされている行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} chats without answers and {0|one: was|other: were} skipped (first: row {2}).':
    '対話に答えのない行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} no text and {0|one: was|other: were} skipped (first: row {2}).':
    'テキストのない行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} {0|one: page contains no text; it may be an image|other: pages contain no text; they may be images}.':
    '{0} ページにテキストがありません。画像なのかもしれません。',
  "{0} {0|one: page|other: pages} outside the book's reading order {0|one: was|other: were} skipped: {1}.":
    '本の読む順序に含まれない {0} ページを除きました：{1}。',
  '{0} {0|one: message part is not text and was|other: message parts are not text and were} skipped: {1} (first: row {2}).':
    'メッセージのうちテキストではない部分を {0} 個除きました：{1}（最初は {2} 行目）。',
  '{0} {0|one: passage|other: passages} marked as deleted {0|one: was|other: were} removed.':
    '削除の印が付いた箇所を {0} か所除きました。',
  '{0} ruby {0|one: annotation was|other: annotations were} removed.': 'ふりがな（ルビ）{0} か所を除きました。',
  '{0} rejected {0|one: answer|other: answers} ({1}) {0|one: was|other: were} skipped; only preferred answers were used.':
    '却下された答え（{1}）を {0} 件除きました。学習するのは選ばれた答えです。',
  '{0} {0|one: row is a single message; it was|other: rows are single messages; they were} joined into {1} {1|one: chat|other: chats}.':
    '{0} 行は単独のメッセージです。{1} 件の対話にまとめました。',
  '{0} {0|one: row has|other: rows have} fewer cells than the table has columns (first: line {1}).':
    'セルが表の列数より少ない行が {0} 行あります（最初は {1} 行目）。',
  '{0} {0|one: row has|other: rows have} more cells than the table has columns; extra cells were joined to the last column (first: line {1}).':
    'セルが表の列数より多い行が {0} 行あります。余りは最後の列に入れました（最初は {1} 行目）。',
  '{0} {0|one: row has different fields and was|other: rows have different fields and were} read from {1} (first: row {2}).':
    '最初の方の行とフィールドが異なる行が {0} 行あります。{1} から読みました（最初は {2} 行目）。',
  '{0} {0|one: row has|other: rows have} an unclosed quote; each was read as one line including the quote (first: line {1}).':
    '引用符が閉じられていない行が {0} 行あります。それぞれ引用符を含む 1 行として読みました（最初は {1} 行目）。',
  '{0} {0|one: row contains a list|other: rows contain lists} of texts in {1}; the texts of each row were joined into one document.':
    '{1} にテキストのリストがある行が {0} 行あります。行のテキストを 1 つの文書につなげました。',
  '{0} symbol-font {0|one: character was|other: characters were} removed.': '記号フォントの記号を {0} 個除きました。',
  '{0} {0|one: table of contents was|other: tables of contents were} removed.': '目次を {0} 個除きました。',
  '{0} {0|one: value is|other: values are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: value {1}.':
    '厳密な JSON ではない値（NaN、コメント、末尾のコンマ、単一引用符）が {0} 個あります。意図されたとおりに読みました。最初は {1} 番目の値です。',
  '{0} {0|one: value is|other: values are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    'JSON ではない値 {0} 個を除きました。{1}',
  '{0} {0|one: string was|other: strings were} double-encoded UTF-8 (as in Facebook exports) and {0|one: was|other: were} decoded.':
    'UTF-8 が二重に符号化された文字列（Facebook の書き出しなど）が {0} 件あり、復号しました。',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the one preferred by {1} was used (first: row {2}).':
    '同じ質問への別の回答を {0} 件除きました。使うのは {1} が優先するものです（最初は {2} 行目）。',
  'a shard was truncated': 'シャードが途中で切れています',
  '{0} not found': '{0} が見つかりません',
  "Data set '{0}' is damaged: {1}.": "データセット '{0}' は壊れています：{1}。",
  'Supported: plain text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, source code, and zip archives of these.':
    '対応形式：プレーンテキスト、Markdown、HTML、PDF、EPUB、Word、JSON、CSV、Parquet、FASTA、ソースコード、およびこれらの zip アーカイブ。',
  'invalid column offset': '列の位置が正しくありません',
  'invalid compressed size of a column': '列の圧縮サイズが正しくありません',
  'invalid row count of a row group': '行グループの行数が正しくありません',
  'a row group and the file have different columns': '行グループとファイルの列が異なります',
  'invalid value count of a column': '列の値の数が正しくありません',
  'a column and its row group have different row counts': '列と行グループの行数が異なります',
  'invalid uncompressed size of a column': '列の展開後のサイズが正しくありません',
  'invalid compressed size of a page': 'ページの圧縮サイズが正しくありません',
  'invalid uncompressed size of a page': 'ページの展開後のサイズが正しくありません',
  'invalid dictionary size': '辞書のサイズが正しくありません',
  'invalid value count of a page': 'ページの値の数が正しくありません',
  'invalid null count of a page': 'ページの null の数が正しくありません',
  'invalid row count of a page': 'ページの行数が正しくありません',
  'invalid level length of a page': 'ページのレベルの長さが正しくありません',
  'unsupported page type {0}': '対応していないページの種類 {0}',
  'invalid bit width {0} in a page': 'ページのビット幅 {0} が正しくありません',
  'The archive has more than {0} entries.': 'アーカイブの項目が {0} 件を超えています。',
  'The archive is damaged after {0} {0|one: entry|other: entries} ({1}); the remaining files were skipped.':
    'アーカイブが {0} 件の項目の後で壊れています（{1}）。残りは読み込んでいません。',
  'Hard link to another file, skipped.': '別のファイルへのハードリンクです。読み込んでいません。',
  'Sparse files are not supported. Unpack the archive and add the folder.':
    'スパースファイルには対応していません。アーカイブを展開し、フォルダーを追加してください。',
  'The archive ends within this file.': 'アーカイブがこのファイルの途中で終わっています。',
  '{0} {0|one: character looks|other: characters look} like UTF-8 that a program read as Windows-1252 (Ã© for é) and {0|one: was|other: were} kept unchanged. If so, save the file in its original encoding.':
    '{0} 文字は、UTF-8 を Windows-1252 として読み込んだもの（é が Ã©）のようです。文字はそのままにしました。その場合は、元の文字コードでファイルを保存し直してください。',
  'Nothing was started.': '何も開始していません。',
  'Training needs about {0} of memory; {1} can be used.':
    '学習には約 {0} のメモリーが必要ですが、使えるのは {1} です。',
  'Use a smaller batch_size or gradient_checkpointing=true. To start it anyway, add --ignore-memory.':
    'batch_size を小さくするか、gradient_checkpointing=true を使ってください。それでも開始するには --ignore-memory を付けます。',
  'Choose either one text column, or columns that are put together.':
    'テキスト列を一つ選ぶか、組み合わせる列を選んでください。両方は選べません。',
  "Column '{0}' not found.": '列「{0}」はありません。',
  'The columns are incomplete or not written correctly.': '列の指定が不完全か、書き方が正しくありません。',
  'Write prompt=NAME,reply=NAME, and system=NAME if there is one.':
    'prompt=名前,reply=名前 と書き、あれば system=名前 も加えてください。',
  'Write {0} for the value of a column.': '列の値には {0} と書いてください。',
  "Runs were trained on the text as it was before. It was kept as '{0}', and they use that.":
    '以前のテキストで学習した実行があります。そのテキストは「{0}」として残され、それらの実行はこれを使います。',
  'The data set is unchanged.': 'データセットは変更されていません。',
  "Data set '{0}' was generated; it has no files.": 'データセット「{0}」は生成されたもので、ファイルがありません。',
  "Data set '{0}' was generated; it has no text.": 'データセット「{0}」は生成されたもので、テキストがありません。',
  '{0} of the chosen {0|one: files is|other: files are} no longer there: {1}.':
    '選択したファイルのうち {0} 個が見つかりません：{1}。',
  'Put the files back, or add the files as a new data set.':
    'ファイルを元の場所に戻すか、新しいデータセットとして追加してください。',
  'The export was cancelled.': 'エクスポートはキャンセルされました。',
  'The file {0} already exists.': 'ファイル {0} はすでにあります。',
  'Choose another file.': '別のファイルを選んでください。',
  'The template names no column.': 'テンプレートに列名がありません。',
};
