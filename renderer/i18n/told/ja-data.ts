import type { Catalogue } from '../told.ts';

/** What readers, tokenizers, data sets, documents and checkpoints tell, by its English: see main/contract/told.ts. */
export const jaData: Catalogue = {
  "'{0}' cannot name a data set: it {1}.": "'{0}' はデータセットの名前にできません。名前は、{1}。",
  "'{0}' holds neither text nor chat messages.": "'{0}' は、テキストでも対話のメッセージでもありません。",
  "'{0}' is no entry of a byte-level vocabulary": "'{0}' はバイト単位の語彙の項目ではありません",
  "'{0}' is not the id of a document.": "'{0}' は文書の ID ではありません。",
  "'{0}' names no vocabulary size from {1} to {2}.": "'{0}' には {1}～{2} の語彙サイズが書かれていません。",
  '(and {0} more)': '（ほか {0} 件）',
  'A document without any text.': 'テキストのない文書です。',
  'A file that systems leave in folders.': 'システムがフォルダーに残すファイルです。',
  'A folder of installed or generated files.': 'インストールされたファイルや自動生成されたファイルのフォルダーです。',
  'A later part of it is UTF-8 and was read as that.': '後の方の部分は UTF-8 なので、そのように読みました。',
  'A link to a folder; add that folder itself.': 'フォルダーへのリンクです。そのフォルダー自体を追加してください。',
  'A map of {0} characters would not fit the memory.': '{0} 文字の測定結果はメモリに収まりません。',
  'A symbolic link; what it leads to was not read.': 'シンボリックリンクです。リンク先は読み込んでいません。',
  'Add chats with answers.': '答えのある対話を追加してください。',
  'Add more text.': 'テキストを追加してください。',
  "Adding '{0}' was cancelled.": "'{0}' の追加をキャンセルしました。",
  'Ask for a shorter summary, or give the model a longer context: hyena extend {0} --context N.':
    'より短い要約を指定するか、モデルのコンテキストを長くしてください: hyena extend {0} --context N。',
  'Characters left out: {0}. The vocabulary has neither them nor a token for unknown ones. Choose another tokenizer to keep them.':
    '除いた文字：{0}。語彙にこれらの文字も、未知の文字を表すトークンもありません。残すには別のトークナイザーを選んでください。',
  'Chats are read from {0}. Left out: {1}.': '対話は {0} から読み込みます。除いたもの：{1}。',
  'Check the path.': 'パスを確認してください。',
  'Choose a part of at most {0} characters.': '{0} 文字以下の部分を選んでください。',
  'Choose a part.': '一部を選んでください。',
  'Choose a sequence length of at most {0}, or add more text.':
    '系列長を {0} 以下にするか、テキストを追加してください。',
  'Choose a short name such as moby-dick.': 'moby-dick のような短い名前を選んでください。',
  'Choose another name, or remove the old one first.': '別の名前を選ぶか、先に古いものを削除してください。',
  'Choose another template.': '別のテンプレートを選んでください。',
  'Columns with text are {0}.': 'テキストのある列は {0} です。',
  'Convert it to UTF-8 first.': '先に UTF-8 に変換してください。',
  'Convert the file to F32, F16 or BF16.': 'ファイルを F32、F16、BF16 のいずれかに変換してください。',
  "Data set '{0}' has {1} tokens for training, fewer than one sequence of {2} and the token after it.":
    "データセット '{0}' の学習用トークンは {1} 個で、長さ {2} の系列 1 つと次の 1 トークンに足りません。",
  "Data set '{0}' is damaged: {1}: {2}.": "データセット '{0}' が壊れています：{1}：{2}。",
  'Divide it, or convert it to plain text first.': '分割するか、先にプレーンテキストに変換してください。',
  'Divide it; what no person reads at once goes into a data set.':
    '分割してください。一度に読まないものはデータセットに入れます。',
  "Elements {0} to {1} lie outside of tensor '{2}', which has {3}.":
    "要素 {0}～{1} は、要素数 {3} のテンソル '{2}' の範囲外です。",
  'Free some space, or choose a library on another disk, and add it again.':
    '空き容量を増やすか、別のディスクのライブラリを選んで、もう一度追加してください。',
  "Give a share of the text, as '40%', or the label of one of its pages, chapters or headings.":
    "'40%' のようなテキストの割合か、ページ・章・見出しの名前を指定してください。",
  'Give the file called tokenizer.json of a model.': 'モデルの tokenizer.json というファイルを指定してください。',
  'Hidden.': '隠しファイルです。',
  'If you trust it, unpack it yourself and add the folder.':
    '信頼できるものであれば、自分で展開してそのフォルダーを追加してください。',
  'Import .txt, .md, .pdf, .epub, .docx, .html or source code.':
    '読み込めるのは .txt、.md、.pdf、.epub、.docx、.html、ソースコードです。',
  'Import it: hyena read FILE': '読み込むには：hyena read FILE',
  'Install it again.': 'インストールし直してください。',
  'It begins as text, but holds binary data further on.':
    '初めはテキストですが、途中からバイナリデータが入っています。',
  'It cannot be opened ({0}).': '開けません（{0}）。',
  'It has more entries than it says.': '記載された数より多くの項目があります。',
  'It has no column of text.': 'テキストの列がありません。',
  'It has no rows.': '行がありません。',
  'It has {0} entries; {1} are the most that are read.': '項目が {0} 個あります。読み込めるのは {1} 個までです。',
  'It holds no text.': 'テキストがありません。',
  'It is EBCDIC, the encoding of mainframes, which is not read.':
    'メインフレームの文字コード EBCDIC です。これは読み込めません。',
  'It is a 7z archive; unpack it first.': '7z アーカイブです。先に展開してください。',
  'It is a GIF image.': 'GIF 画像です。',
  'It is a JPEG image.': 'JPEG 画像です。',
  'It is a PNG image.': 'PNG 画像です。',
  'It is a RAR archive; unpack it first.': 'RAR アーカイブです。先に展開してください。',
  'It is a presentation; save it as .pdf.': 'プレゼンテーションです。.pdf で保存してください。',
  'It is a program.': 'プログラムです。',
  'It is a spreadsheet; save it as .csv.': '表計算のファイルです。.csv で保存してください。',
  'It is a tar archive; unpack it first.': 'tar アーカイブです。先に展開してください。',
  'It is an OpenDocument text; save it as .docx.': 'OpenDocument テキストです。.docx で保存してください。',
  'It is an RTF document; save it as .docx.': 'RTF 文書です。.docx で保存してください。',
  'It is an object without rows of text. Its fields are {0}. Name the field that holds the text, or save the texts as JSON lines.':
    'テキストの行のないオブジェクトです。あるフィールドは {0} です。テキストの入っているフィールドを指定するか、テキストを JSON Lines で保存してください。',
  'It is an old Office document; save it as .docx.': '古い Office 文書です。.docx で保存してください。',
  'It is empty.': '空です。',
  'It is encrypted.': '暗号化されています。',
  'It is larger than the {0} MiB that this format is read up to.':
    'この形式で読み込める上限の {0} MiB を超えています。',
  'It is not JSON. {0}': 'JSON ではありません。{0}',
  'It is not JSON: it holds binary data.': 'JSON ではありません。バイナリデータが入っています。',
  'It is not a Parquet file, or damaged: {0}.': 'Parquet ファイルではないか、壊れています：{0}。',
  'It is not a Word document.': 'Word 文書ではありません。',
  'It is not a page: it holds binary data.': 'ページではありません。バイナリデータが入っています。',
  'It is not a table: it holds binary data.': '表ではありません。バイナリデータが入っています。',
  'It is not text: it holds binary data.': 'テキストではありません。バイナリデータが入っています。',
  'It is packed by Zstandard; unpack it first.': 'Zstandard で圧縮されています。先に展開してください。',
  'It is packed by bzip2; unpack it first.': 'bzip2 で圧縮されています。先に展開してください。',
  'It is packed by the method {0}, which is not read; unpack the archive and add the folder.':
    '読み込めない方式 {0} で圧縮されています。アーカイブを展開してフォルダーを追加してください。',
  'It is packed by xz; unpack it first.': 'xz で圧縮されています。先に展開してください。',
  'It is the same file as one before.': '前にあったものと同じファイルです。',
  'It lies {0} archives deep; {1} are the most that are opened.':
    'アーカイブの {0} 段目の中にあります。開けるのは {1} 段までです。',
  'It unpacks to more than {0} times its size, as archives do that are made to do harm.':
    '展開すると元の {0} 倍を超えます。害を与える目的で作られたアーカイブに見られる特徴です。',
  'Its columns are {0}.': 'ある列は {0} です。',
  'Its data in the archive is damaged (the checksum differs).':
    'アーカイブ内のデータが壊れています（チェックサムの不一致）。',
  'Its data in the archive is damaged ({0}).': 'アーカイブ内のデータが壊れています（{0}）。',
  'Its elements are nested more than {0} deep.': '要素の入れ子が {0} 段を超えています。',
  'Its encoding is not stated; it was read as {0}.': '文字コードの指定がないため、{0} として読みました。',
  'Its fields are {0}.': 'あるフィールドは {0} です。',
  'Its list of files is damaged after {0} of {1} ({2}); the others were not read.':
    'ファイルの一覧が {1} 件中 {0} 件の後で壊れています（{2}）。残りは読み込んでいません。',
  'Its part {0} is larger than {1} MiB.': '中の {0} が {1} MiB を超えています。',
  'Its part {0} is not text.': '中の {0} がテキストではありません。',
  'Its path leads out of the archive; only its text was read.':
    'パスがアーカイブの外を指しています。テキストだけを読み込みました。',
  'Messages hold fields that are not read: {0} ({1} times, the first in row {2}).':
    'メッセージに読み込まないフィールドがあります：{0}（{1} 回、最初は {2} 行目）。',
  'Name one file; a folder goes into a data set.':
    'ファイルを 1 つ指定してください。フォルダーはデータセットに追加します。',
  'Name the field that holds the text.': 'テキストの入っているフィールドを指定してください。',
  'Neither a file nor a folder.': 'ファイルでもフォルダーでもありません。',
  'No checkpoint of the run is sound. {0}': 'この実行に無事なチェックポイントはありません。{0}',
  'No data set was made.': 'データセットは作られていません。',
  'No rows of text were found in it, so it was read as the text it is written in, as a configuration file. Its fields are {0}.':
    'テキストの行が見つからないため、設定ファイルのように、書かれているとおりのテキストとして読みました。あるフィールドは {0} です。',
  'No text was found in the rows.': '行にテキストが見つかりませんでした。',
  'No token for the end of a text was found in the tokenizer: a model trained with it does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'トークナイザーにテキストの終わりを表すトークンが見つかりません。それで学習したモデルは答えの終え方を学びません。eos_token を含む tokenizer_config.json を tokenizer.json の隣に置くか、別のトークナイザーを選んでください。',
  'No token for the end of a text was found in the tokenizer: the {0} documents follow each other without a separator, and a model trained on them does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'トークナイザーにテキストの終わりを表すトークンが見つかりません。{0} 件の文書が区切りなしに続き、それで学習したモデルは答えの終え方を学びません。eos_token を含む tokenizer_config.json を tokenizer.json の隣に置くか、別のトークナイザーを選んでください。',
  'None of its {0} pages has text: they are pictures, as of a scan.':
    '{0} ページのどこにもテキストがありません。スキャンのような画像です。',
  "None of the {0} training tokens of '{1}' is learned: it holds questions without answers.":
    "'{1}' の学習用の {0} トークンはどれも学習の対象になりません。質問だけで答えがありません。",
  'Nothing of it was kept; the files that were read are unchanged.':
    '何も残していません。読み込んだファイルは変わっていません。',
  'Nothing of the document lies before that place.': 'その箇所より前に文書の内容はありません。',
  'Nothing was imported.': '何も読み込んでいません。',
  'Pages were left out as damaged: {0}.': '壊れているページを除きました：{0}。',
  'Reading stopped after {0} documents: {1}': '{0} 件の文書を読んだところで止まりました：{1}',
  'Recognise its text first (OCR), for example with ocrmypdf --force-ocr.':
    '先に ocrmypdf --force-ocr などで文字認識（OCR）を行ってください。',
  'Recognise its text first (OCR), for example with ocrmypdf.': '先に ocrmypdf などで文字認識（OCR）を行ってください。',
  'Remove it and import the file again: hyena documents remove {0}':
    '削除して、ファイルをもう一度読み込んでください：hyena documents remove {0}',
  'Remove the data set and add its files again.': 'データセットを削除し、ファイルをもう一度追加してください。',
  'Roles were guessed in {0} messages: {1}.': '{0} 件のメッセージで役割を推測しました：{1}。',
  'Save a copy without the password.': 'パスワードなしのコピーを保存してください。',
  'Sentences of the document itself can be chosen with any model.':
    '文書自体の文を選ぶことは、どのモデルでもできます。',
  'Several columns have the name {0}; the later ones are numbered: {1}.':
    '{0} という名前の列が複数あります。後のものには番号を付けました：{1}。',
  'Several files in the archive have this name; the last was read, as unpacking leaves it.':
    'アーカイブ内にこの名前のファイルが複数あります。展開したときに残る、最後のものを読み込みました。',
  'Shorten the prompt, or give the model a longer context: hyena extend RUN --context N.':
    'プロンプトを短くするか、モデルのコンテキストを長くしてください：hyena extend RUN --context N。',
  'Tar archives are not read.': 'tar アーカイブは読み込めません。',
  "Tensor '{0}' of {1} has the type {2}, which is not read.":
    "{1} のテンソル '{0}' は {2} 型で、この型は読み込めません。",
  "Tensor '{0}' of {1} is {2}, not floating point.": "{1} のテンソル '{0}' は {2} 型で、浮動小数点ではありません。",
  'Text in fonts whose letters the file does not name was left out, on {0} pages: {1}. Recognise it (OCR), for example with ocrmypdf --force-ocr.':
    '文字の対応がファイルに記載されていないフォントのテキストを {0} ページで除きました：{1}。ocrmypdf --force-ocr などで文字認識（OCR）を行ってください。',
  'The PDF is damaged: {0}': 'PDF が壊れています：{0}',
  'The PDF is locked with a password.': 'PDF がパスワードで保護されています。',
  'The Parquet file is damaged: {0}.': 'Parquet ファイルが壊れています：{0}。',
  'The Word document has no text.': 'Word 文書にテキストがありません。',
  'The archive has no {0}.': 'アーカイブに {0} がありません。',
  'The archive is damaged: {0}.': 'アーカイブが壊れています：{0}。',
  'The book has no text; its pages may be pictures.': '本にテキストがありません。ページが画像なのかもしれません。',
  'The book is protected against copying and cannot be read.': '本がコピー防止で保護されているため、読み込めません。',
  'The book lacks its container.xml.': '本に container.xml がありません。',
  'The book lacks its package file.': '本にパッケージファイルがありません。',
  'The book names no chapters.': '本に章が記載されていません。',
  'The bytes tokenizer has the ids 0 to 255, not {0}.': 'トークナイザー bytes の ID は 0～255 で、{0} はありません。',
  'The chapter {0} was left out: {1}': '章 {0} を除きました：{1}',
  'The checkpoint {0} is damaged: {1}.': 'チェックポイント {0} が壊れています：{1}。',
  "The column '{0}' holds no text.": "列 '{0}' にテキストがありません。",
  'The column {0} is compressed by {1}, which is not read. Write the file again with Snappy, gzip or Zstandard.':
    '列 {0} は読み込めない方式 {1} で圧縮されています。Snappy、gzip、Zstandard のいずれかでファイルを書き出し直してください。',
  'The columns {0} cannot be read: {1}. Write the file again, or save it as JSON lines.':
    '列 {0} を読み込めません：{1}。ファイルを書き出し直すか、JSON Lines で保存してください。',
  'The configuration': '設定',
  'The conversation is unchanged.': '会話は変わっていません。',
  "The document has no place '{0}'.": "文書に '{0}' という箇所はありません。",
  'The encoding of {0} names in it is not stated; they were read as {1}.':
    '中の {0} 個の名前は文字コードの指定がないため、{1} として読みました。',
  'The existing data set is unchanged.': '既存のデータセットは変わっていません。',
  'The file is one object; {0} rows were found in it by ids or columns ({1}).':
    'ファイルは 1 つのオブジェクトです。その中に、ID または列によって {0} 行が見つかりました（{1}）。',
  'The file may be cut off or damaged: copy or download it again.':
    'ファイルが途中で切れているか、壊れている可能性があります。もう一度コピーまたはダウンロードしてください。',
  'The files that were read are unchanged; no data set was made.':
    '読み込んだファイルは変わっていません。データセットは作られていません。',
  'The filters were distilled and are kept.': 'フィルターを蒸留し、保存しました。',
  'The first row is not a heading; the columns are called {0}.':
    '最初の行は見出しではありません。列の名前は {0} とします。',
  'The folder cannot be opened ({0}).': 'フォルダーを開けません（{0}）。',
  'The folder holds no files.': 'フォルダーにファイルがありません。',
  'The fonts of its text do not name their letters (on {0} of {1} pages): the text cannot be read.':
    'テキストのフォントに文字の対応が記載されていないため（{1} ページ中 {0} ページ）、テキストを読み込めません。',
  'The kept reading in {0} is not what was written (its checksum differs).':
    '{0} に保存された読み取り結果が、書き込まれたときのものと異なります（チェックサムの不一致）。',
  'The kept reading in {0} lacks layer {1}.': '{0} に保存された読み取り結果に層 {1} がありません。',
  'The manifest': 'マニフェスト',
  'The map': '意外さの測定結果',
  "The model '{0}' was not trained to write summaries: it continues text.":
    "モデル '{0}' は要約を書くように訓練されていません。テキストの続きを書くモデルです。",
  'The model reads {0} of {1} tokens at once: {2} of the document. --from chooses the part; hyena extend {3} --context {4} makes a model that reads further.':
    'モデルが一度に読むのは {1} トークン中 {0} トークン、文書の {2} です。どの部分かは --from で選べます。hyena extend {3} --context {4} で、より長く読めるモデルを作れます。',
  "The model's own chat template cannot be used: {0}": 'モデル自身のチャットテンプレートを使えません：{0}',
  "The model's scores are not finite.": 'モデルの出力値が有限ではありません。',
  "The model's scores are not numbers.": 'モデルの出力値が数値ではありません。',
  'The one of step {0} is used instead: {1}': '代わりにステップ {0} のものを使います：{1}',
  'The packed data is damaged ({0}).': '圧縮データが壊れています（{0}）。',
  'The page has no text.': 'ページにテキストがありません。',
  'The program lacks its file resources/{0}.': 'プログラムのファイル resources/{0} がありません。',
  "The prompt has {0} tokens, but this model's context is {1}, with the answer.":
    'プロンプトは {0} トークンですが、このモデルのコンテキストは答えを含めて {1} です。',
  "The prompt has {0} tokens, but this model's context is {1}.":
    'プロンプトは {0} トークンですが、このモデルのコンテキストは {1} です。',
  "The record of data set '{0}' ({1}) is damaged.": "データセット '{0}' の記録（{1}）が壊れています。",
  'The record of the document': '文書の記録',
  'The rows are read from {0}.': '行は {0} から読み込みます。',
  'The rows are read from {0}. Left out beside them: {1}.': '行は {0} から読み込みます。ほかに除いたもの：{1}。',
  "The run '{0}' has no checkpoint yet.": "実行 '{0}' にはまだチェックポイントがありません。",
  'The seal of a kept reading': '保存された読み取り結果の封印',
  'The text gives {0} tokens instead of {1}: nothing more in it occurs twice.':
    'テキストから得られるトークンは {1} ではなく {0} 個です。2 回以上現れるものがほかにありません。',
  'The text is read anew.': 'テキストを読み直します。',
  'The text is read from {0}. Left out: {1}.': 'テキストは {0} から読み込みます。除いたもの：{1}。',
  'The text of the document became shorter while it was read.': '読み取り中に文書のテキストが短くなりました。',
  'The tokenizer {0} cannot be used: the entry {1} of its added_tokens is not a token with an id from 0 to {2}.':
    'トークナイザー {0} を使えません：added_tokens の項目 {1} が、0～{2} の ID を持つトークンではありません。',
  'The tokenizer {0} cannot be used: {1}': 'トークナイザー {0} を使えません：{1}',
  'The tokenizer {0} does not hold together: {1}.': 'トークナイザー {0} の内容に矛盾があります：{1}。',
  'The tokenizer {0} has no vocabulary.': 'トークナイザー {0} に語彙がありません。',
  'The tokenizer {0} has the ids 0 to {1}, not {2}.': 'トークナイザー {0} の ID は 0～{1} で、{2} はありません。',
  'The type of {0} does not say that it is text; its bytes were read as UTF-8.':
    '{0} の型からはテキストかどうか分かりません。バイトを UTF-8 として読みました。',
  'The vocabulary of {0} lacks some of the 256 bytes.': '{0} の語彙に、256 種類のバイトの一部がありません。',
  'There are no rows.': '行がありません。',
  "There is already a data set '{0}'.": "データセット '{0}' はすでにあります。",
  "There is no '{0}' in the first rows.": "最初の方の行に '{0}' がありません。",
  "There is no '{0}' with text. Its fields are {1}.":
    "テキストの入った '{0}' はありません。あるフィールドは {1} です。",
  "There is no data set '{0}'.": "データセット '{0}' はありません。",
  'There is no document {0}.': '文書 {0} はありません。',
  'There is no file or folder {0}.': '{0} というファイルやフォルダーはありません。',
  'There is no file {0}.': 'ファイル {0} はありません。',
  "There is no text column '{0}'; there are none.": "テキストの列 '{0}' はありません。ほかのテキストの列もありません。",
  "There is no text column '{0}'; there are {1}.": "テキストの列 '{0}' はありません。あるのは {1} です。",
  'There is no text in {0}.': '{0} にテキストがありません。',
  "There is no tokenizer '{0}'.": "トークナイザー '{0}' はありません。",
  'There is nothing to read there.': 'そこには読むものがありません。',
  'There is nothing to summarise in this document.': 'この文書には要約するものがありません。',
  "This model's context of {0} tokens has no room for a text and its summary.":
    'このモデルのコンテキスト（{0} トークン）には、テキストとその要約が入りません。',
  "This model's vocabulary has no token with which the answer could continue as JSON.":
    'このモデルの語彙には、答えを JSON として続けられるトークンがありません。',
  'Token {0} is not in the vocabulary: ids are 0 to {1}.': 'トークン {0} は語彙にありません。ID は 0～{1} です。',
  'Train it anew under another name.': '別の名前で改めて学習させてください。',
  'Train one on documents with their summaries (docs/data.md): hyena train --from {0} --data NAME.':
    '文書とその要約で訓練してください（docs/data.md）: hyena train --from {0} --data NAME。',
  'Unpack it and add the folder.': '展開して、そのフォルダーを追加してください。',
  'Unpack it and import one of them.': '展開して、そのうちの 1 つを読み込んでください。',
  'Use an earlier checkpoint of the run.': 'この実行の以前のチェックポイントを使ってください。',
  'Write bytes, gpt2, bpe:SIZE, or the path of a tokenizer.json.':
    'bytes、gpt2、bpe:SIZE、または tokenizer.json のパスを書いてください。',
  'Write for example bpe:4096: 256 bytes, the end of text, and what is learned.':
    'たとえば bpe:4096 のように書いてください。256 個のバイト、テキストの終わり、学習されるものを合わせた数です。',
  '`hyena data list` shows those that are there.': '`hyena data list` で一覧を確認できます。',
  'a column has another name': '列の名前が異なります',
  'a column has another number of rows than its group': '列の行数がグループの行数と異なります',
  'a group has other columns than the file': 'グループの列がファイルの列と異なります',
  'a page ends within its levels': 'ページがレベルの途中で終わっています',
  'a page has fewer levels than values': 'ページのレベルが値より少なくなっています',
  'a page has numbers of {0} bits': 'ページの数値が {0} ビットです',
  'a page is of the kind {0}': 'ページの種類が {0} です',
  'a run of values has no length': '値の並びに長さがありません',
  'a run of values is longer than its page': '値の並びがページより長くなっています',
  'a run of values is too long': '値の並びが長すぎます',
  'a shard': 'シャード',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space と prepend_scheme が矛盾しています',
  'content is empty': 'content が空です',
  'docs/data.md lists what can be read.': '読み込めるものの一覧は docs/data.md にあります。',
  'hyena documents list shows them.': 'hyena documents list で確認できます。',
  'it builds more than {0} characters.': '{0} 文字を超える文章を作ります。',
  'it claims a header of {0} bytes in a file of {1}': '{1} バイトのファイルなのに、ヘッダーが {0} バイトとされています',
  'it ended while it was being read': '読み込み中に終わりに達しました',
  'it has become shorter': 'ファイルが短くなっています',
  'it has more than {0} characters.': '{0} 文字を超えています。',
  'it has {0} bytes': '{0} バイトしかありません',
  'it has {0} bytes instead of {1}': '{1} バイトのはずが {0} バイトです',
  'it is missing': 'ファイルがありません',
  'it is not text.': 'テキストではありません。',
  'it makes a range of more than {0} numbers.': '{0} 個を超える数の範囲を作ります。',
  'it takes more than {0} seconds.': '{0} 秒を超えます。',
  'it takes more than {0} steps.': '{0} ステップを超えます。',
  'its __metadata__ is not an object': '__metadata__ がオブジェクトではありません',
  'its checksum differs': 'チェックサムが異なります',
  'its header does not begin with {': 'ヘッダーが { で始まっていません',
  "its header has the key '{0}' twice": "ヘッダーにキー '{0}' が 2 回あります",
  'its header is not JSON': 'ヘッダーが JSON ではありません',
  'its header is not UTF-8': 'ヘッダーが UTF-8 ではありません',
  'its header is not a JSON object': 'ヘッダーが JSON オブジェクトではありません',
  "its metadata '{0}' is not a string": "メタデータ '{0}' が文字列ではありません",
  'its tensors end at byte {0}, but the file has {1} bytes':
    'テンソルは {0} バイト目で終わっていますが、ファイルは {1} バイトあります',
  'its {0} does not list {1}': '{0} に {1} が記載されていません',
  'its {0} is missing or unreadable': '{0} がないか、読み込めません',
  'line {0}: {1}': '{0} 行目：{1}',
  'merges is not a list': 'merges がリストではありません',
  'precompiled_charsmap is damaged': 'precompiled_charsmap が壊れています',
  "tensor '{0}' leaves a gap before it": "テンソル '{0}' の前にすき間があります",
  "tensor '{0}' of shape [{1}] does not fit its offsets [{2}]":
    "形 [{1}] のテンソル '{0}' がオフセット [{2}] と合いません",
  "tensor '{0}' overlaps the one before it": "テンソル '{0}' が直前のものと重なっています",
  "the entry of tensor '{0}' is malformed ({1})": "テンソル '{0}' の項目の形式が正しくありません（{1}）",
  'the entry {0} of the vocabulary is not a piece with its score':
    '語彙の項目 {0} が、要素とそのスコアの組ではありません',
  "the id of '{0}' is {1}": "'{0}' の ID が {1} です",
  "the id {0} of '{1}' is far beyond its {2} tokens": "'{1}' の ID {0} が、全体の {2} トークンを大きく超えています",
  'the length of a column': '列の長さ',
  'the length of a page': 'ページの長さ',
  'the length of the levels in a page': 'ページのレベルの長さ',
  'the levels of a page are longer than the page': 'ページのレベルがページより長くなっています',
  "the merges use '{0}', which is not in the vocabulary": "マージに、語彙にない '{0}' が使われています",
  'the number of empty values in a page': 'ページの空の値の数',
  'the number of rows in a group': 'グループの行数',
  'the number of rows in a page': 'ページの行数',
  'the number of values in a column': '列の値の数',
  'the number of values in a page': 'ページの値の数',
  'the number of words in a dictionary': '辞書の語数',
  'the pattern {0} cannot be used ({1})': 'パターン {0} を使えません（{1}）',
  'the place of a column': '列の位置',
  'the size of a column': '列のサイズ',
  'the size of a page': 'ページのサイズ',
  "the token '{0}' has the id {1}; ids are 0 to {2}": "トークン '{0}' の ID が {1} です（ID は 0～{2}）",
  'the vocabulary has no entry for the id {0}': '語彙に ID {0} の項目がありません',
  'the vocabulary has {0} pieces, more than {1}': '語彙の要素が {0} 個あり、{1} を超えています',
  "the {0} '{1}' has the setting {2}: {3}": "{0} '{1}' の設定 {2} が {3} です",
  "the {0} '{1}' is not supported": "{0} '{1}' には対応していません",
  "the {0} '{1}': {2}": "{0} '{1}'：{2}",
  'the {0} is not an object': '{0} がオブジェクトではありません',
  'unknown keys {0}.': '未知のキー {0}。',
  'value {0}: {1}': '{0} 番目の値：{1}',
  'vocab is not a list': 'vocab がリストではありません',
  'vocab is not an object': 'vocab がオブジェクトではありません',
  'vocab_size is missing.': 'vocab_size がありません。',
  '{0} Its pages were read in the order of their names.': '{0} ページは名前の順に読み込みました。',
  '{0} byte sequences are not valid UTF-8; they were kept as they are.':
    '正しい UTF-8 ではないバイト列が {0} か所あります。そのまま残しました。',
  '{0} byte sequences are not valid {1}; they became U+FFFD.':
    '正しい {1} ではないバイト列が {0} か所あります。U+FFFD に置き換えました。',
  '{0} cannot be read ({1})': '{0} を読み込めません（{1}）',
  '{0} cannot be read: {1}': '{0} を読み込めません：{1}',
  '{0} chapters that the book names are not in it: {1}.': '本に記載された {0} 章が入っていません：{1}。',
  '{0} chats name no roles; their turns were read as question and answer in alternation (the first is row {1}).':
    '役割の記載のない対話が {0} 件あります。発言を質問と答えの交互として読みました（最初は {1} 行目）。',
  '{0} comments were left out.': 'コメントを {0} 件除きました。',
  '{0} conversations are written newest first; they were read from the oldest message (the first is row {1}).':
    '新しい順に書かれた会話が {0} 件あります。最も古いメッセージから読みました（最初は {1} 行目）。',
  '{0} conversations hold no answers of an assistant; each was read as one text with the names before the messages: {1}.':
    'アシスタントの答えがない会話が {0} 件あります。それぞれ、メッセージの前に名前を付けた 1 つのテキストとして読みました：{1}。',
  '{0} describes no Hyena model: {1}': '{0} は Hyena モデルの記述ではありません：{1}',
  '{0} embedded objects (charts, older equations, files) were left out.':
    '埋め込まれたオブジェクト（グラフ、古い形式の数式、ファイル）を {0} 個除きました。',
  '{0} entries among the messages are not messages and were left out (the first in row {1}).':
    'メッセージの並びにある、メッセージではない項目を {0} 個除きました（最初は {1} 行目）。',
  '{0} files that systems leave in folders were left out: {1}.':
    'システムがフォルダーに残すファイルを {0} 個除きました：{1}。',
  '{0} further answers to the same questions were left out; the first one is learned (the first in row {1}).':
    '同じ質問への別の答えを {0} 件除きました。学習するのは最初の答えです（最初は {1} 行目）。',
  '{0} has {1} bytes where {2} were written': '{0} は {2} バイト書き込まれたはずですが、{1} バイトです',
  '{0} hidden passages were left out.': '非表示の箇所を {0} か所除きました。',
  '{0} holds more than {1} characters.': '{0} は {1} 文字を超えています。',
  "{0} holds no tensor named '{1}'.": "{0} に '{1}' というテンソルはありません。",
  '{0} holds no text.': '{0} にテキストがありません。',
  '{0} holds {1} documents.': '{0} には文書が {1} 件入っています。',
  '{0} is nested too deep.': '{0} の入れ子が深すぎます。',
  '{0} is no merge': '{0} はマージではありません',
  "{0} is no tokenizer.json of Hugging Face's layout.": '{0} は Hugging Face 形式の tokenizer.json ではありません。',
  '{0} is no tokenizer: {1}.': '{0} はトークナイザーではありません：{1}。',
  '{0} is not a file.': '{0} はファイルではありません。',
  '{0} is not a merge': '{0} はマージではありません',
  '{0} is not a valid safetensors file: {1}.': '{0} は正しい safetensors ファイルではありません：{1}。',
  '{0} is not text.': '{0} はテキストではありません。',
  '{0} is not what was written (its checksum differs)':
    '{0} が書き込まれたときのものと異なります（チェックサムの不一致）',
  '{0} is too large to be a tokenizer.': '{0} はトークナイザーとしては大きすぎます。',
  '{0} is {1}': '{0}が {1} です',
  '{0} lines are not UTF-8 as the rest is; they were read as {1}.':
    'ほかの部分と違い UTF-8 ではない行が {0} 行あります。{1} として読みました。',
  '{0} lines are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is line {1}.':
    '厳密な JSON ではない行（NaN、コメント、末尾のコンマ、単一引用符）が {0} 行あります。意図されたとおりに読みました。最初は {1} 行目です。',
  '{0} lines before the table were left out.': '表より前の {0} 行を除きました。',
  '{0} lines that are not JSON were left out; {1}': 'JSON ではない {0} 行を除きました。{1}',
  '{0} marks that lead to notes were left out.': '注への参照記号を {0} 個除きました。',
  '{0} messages are neither questions nor answers: {1}. They were kept under headings of these names and are not learned (the first in row {2}).':
    '質問でも答えでもないメッセージが {0} 件あります：{1}。これらの名前の見出しの下に残し、学習の対象にはしません（最初は {2} 行目）。',
  '{0} messages of other branches were left out; each chat was read along its last branch (the first in row {1}).':
    'ほかの枝のメッセージを {0} 件除きました。対話はそれぞれ最後の枝に沿って読みました（最初は {1} 行目）。',
  '{0} messages without text were left out (the first in row {1}).':
    'テキストのないメッセージを {0} 件除きました（最初は {1} 行目）。',
  '{0} of {1} pages have no text.': '{1} ページ中 {0} ページにテキストがありません。',
  '{0} of {1} rows were left out: their answers are marked as undesirable (the first is row {2}).':
    '答えが望ましくないものとされている行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} of {1} rows were left out: their chats hold no answer (the first is row {2}).':
    '対話に答えのない行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} of {1} rows were left out: they hold no text (the first is row {2}).':
    'テキストのない行を {1} 行中 {0} 行除きました（最初は {2} 行目）。',
  '{0} pages hold no text; they may be pictures.': '{0} ページにテキストがありません。画像なのかもしれません。',
  "{0} pages that are not part of the book's reading order were left out: {1}.":
    '本の読む順序に含まれない {0} ページを除きました：{1}。',
  '{0} parts of messages are not text and were left out: {1} (the first in row {2}).':
    'メッセージのうちテキストではない部分を {0} 個除きました：{1}（最初は {2} 行目）。',
  '{0} passages that are marked as deleted were left out.': '削除の印が付いた箇所を {0} か所除きました。',
  '{0} readings beside characters (ruby) were left out.': 'ふりがな（ルビ）{0} か所を除きました。',
  '{0} rejected answers ({1}) were left out; the preferred ones are learned.':
    '却下された答え（{1}）を {0} 件除きました。学習するのは選ばれた答えです。',
  '{0} rows are single messages; they were joined to {1} chats.':
    '{0} 行は単独のメッセージです。{1} 件の対話にまとめました。',
  '{0} rows have fewer cells than the table has columns (the first is line {1}).':
    'セルが表の列数より少ない行が {0} 行あります（最初は {1} 行目）。',
  '{0} rows have more cells than the table has columns; the last column holds what is over (the first is line {1}).':
    'セルが表の列数より多い行が {0} 行あります。余りは最後の列に入れました（最初は {1} 行目）。',
  '{0} rows have other fields than the first ones and were read from {1} (the first is row {2}).':
    '最初の方の行とフィールドが異なる行が {0} 行あります。{1} から読みました（最初は {2} 行目）。',
  '{0} rows hold a quote that is not closed; each was read as one line, with the quote (the first is line {1}).':
    '引用符が閉じられていない行が {0} 行あります。それぞれ引用符を含む 1 行として読みました（最初は {1} 行目）。',
  '{0} rows hold lists of texts in {1}; the texts of a row were joined to one document.':
    '{1} にテキストのリストがある行が {0} 行あります。行のテキストを 1 つの文書につなげました。',
  '{0} symbols of fonts without letters were left out.': '記号フォントの記号を {0} 個除きました。',
  '{0} tables of contents were left out.': '目次を {0} 個除きました。',
  '{0} values are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is value {1}.':
    '厳密な JSON ではない値（NaN、コメント、末尾のコンマ、単一引用符）が {0} 個あります。意図されたとおりに読みました。最初は {1} 番目の値です。',
  '{0} values that are not JSON were left out; {1}': 'JSON ではない値 {0} 個を除きました。{1}',
  '{0} strings were written as the bytes of their UTF-8 (as Facebook exports them) and were read as they are meant.':
    'UTF-8 のバイトとして書かれていた文字列 (Facebook の書き出しと同様) は {0} 件あり、本来の文字として読みました。',
  '{0} further answers to the same questions were left out; the one that {1} prefers is learned (the first in row {2}).':
    '同じ質問への他の答え {0} 件を省きました。{1} で優先されるものを学習します (最初は行 {2})。',
};
