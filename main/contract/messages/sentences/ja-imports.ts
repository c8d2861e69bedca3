import type { Catalogue } from '../language.ts';

/** What imports of published models tell, by its English: see main/contract/message.ts. */
export const jaImports: Catalogue = {
  'model.first_mlp is {0}, but model.mlp, {1}, has no gate.':
    'model.first_mlp は {0} ですが、model.mlp の {1} にはゲートがありません。',
  'The model was not imported; temporary files will be removed when the next one is.':
    'モデルはインポートされませんでした。一時ファイルは次回のインポート時に削除されます。',
  "'{0}' has shape [{1}], but [{2}] is needed ({3})": "'{0}' の形状は [{1}] ですが、[{2}] が必要です（{3}）",
  'If it is one of these, name it.': 'このいずれかである場合は、その名前を指定してください。',
  'This is not a model of a known family ({0}).': '既知のファミリー（{0}）のモデルではありません。',
  'Choose a folder with the weights of the model.': 'モデルの重みがあるフォルダーを選んでください。',
  '{0} is not the configuration of a known family ({1}).': '{0} は既知のファミリー（{1}）の設定ではありません。',
  'its configuration is out of bounds ({0})': '設定が範囲外です（{0}）',
  'This model cannot be imported: {0}.': 'このモデルはインポートできません：{0}。',
  '{0} is {1}, which is not supported': '{0} が {1} の場合には対応していません',
  "it contains '{0}', which is unknown for {1}": "'{0}' が含まれていますが、{1} では不明です",
  "'{0}' has shape [{1}], which does not fit": "'{0}' の形状 [{1}] が合いません",
  'the configuration does not state {0}': '設定に {0} がありません',
  "'{0}' and '{1}' are two tensors for one place": "'{0}' と '{1}' は同じ場所の 2 つのテンソルです",
  'All files of a model must be in one folder. Copy or download the missing ones.':
    'モデルのすべてのファイルは 1 つのフォルダーに置く必要があります。足りないファイルをコピーまたはダウンロードしてください。',
  "The model is not complete: tensor '{0}' not found.": "モデルが不完全です：テンソル '{0}' が見つかりません。",
  "its sine layers have different frequencies ('{0}')": "正弦層がそれぞれの周波数を持っています（'{0}'）",
  '{0} says {1} {2}, the tensors have {3}; the tensors count.':
    '{0} では {1} が {2} ですが、テンソルは {3} です。テンソルに従います。',
  'The filters have no exponential window, as in the published evaluation. If the file was trained with one, set modulate to true.':
    'フィルターには、公開された評価と同じく指数窓がありません。窓ありで学習されたファイルの場合は、modulate を true にしてください。',
  'The window is shifted by 0.05, as in the released inference code; the training code had no shift. To import the model without it, set modulation_shift to 0.':
    '窓は、公開された推論コードと同じく 0.05 ずらされています。学習コードではずらされていませんでした。ずらさずにインポートするには、modulation_shift を 0 にしてください。',
  'The filters are read channel by channel, as safari writes them. If the file was written by its standalone program, choose order-major filters.':
    'フィルターは safari が書き込むとおりチャンネルごとに読み込まれます。その単独プログラムが書き込んだファイルの場合は、order-major のフィルターを選んでください。',
  'The licence of LFM2 permits commercial use only to those whose yearly revenue is below 10 million US dollars, and asks that it be passed on with the model.':
    'LFM2 のライセンスは、年間売上が 1,000 万米ドル未満の場合にのみ商用利用を認め、モデルと一緒に配布することを求めています。',
  'No configuration found: {0} heads and the rotary base were read off the file, epsilon and activation are those of {1}.':
    '設定がありません。{0} 個のヘッドと回転の基数はファイルから読み取り、ε と活性化関数は {1} のものを使います。',
  'No configuration found: {0} heads were assumed.': '設定がありません。ヘッドは {0} 個と仮定しました。',
  "Its input projections were trained in FP8, which is not computed here. By NVIDIA's account the 7B models do without; the scores of the 1B model are then near random.":
    '入力射影は FP8 で学習されていますが、ここでは FP8 を計算しません。NVIDIA によると 7B モデルには影響しませんが、1B モデルのスコアはほぼランダムになります。',
  'Read the licence and accept it.': 'ライセンスを読み、同意してください。',
  'The model has the licence {0}, whose terms must be accepted first. {1}':
    'このモデルのライセンスは {0} で、先に条件への同意が必要です。{1}',
  'Download the model, then import its folder.':
    'モデルをダウンロードしてから、そのフォルダーをインポートしてください。',
  'The weights of {0} are not here.': '{0} の重みがここにありません。',
  '{0} long {0|one: filter is|other: filters are} shared by {1} channels in the file; here each channel has a copy, which counts as parameters.':
    'ファイルでは {1} チャネルが {0} 個の長いフィルターを共有しています。ここでは各チャネルがコピーを持ち、パラメータ数に含まれます。',
  'The import was stopped.': 'インポートを中止しました。',
  'Nothing was imported; the source is unchanged.': '何もインポートされていません。元のファイルは変わっていません。',
  '{0} is truncated: {1} bytes are needed, but the file has {2}.':
    '{0} が途中で切れています：{1} バイト必要ですが、ファイルは {2} バイトです。',
  '{0} is damaged: {1}.': '{0} が壊れています：{1}。',
  'the entry {0} is malformed': '項目 {0} が不正です',
  'its directory cannot be read': 'ディレクトリを読み取れません',
  'Unpack the archive and import the folder.': 'アーカイブを展開し、フォルダーをインポートしてください。',
  '{0} in {1} is compressed; tensors must be stored.':
    '{1} 内の {0} は圧縮されています。テンソルは無圧縮である必要があります。',
  '{0} is too large: {1} bytes.': '{0} が大きすぎます：{1} バイト。',
  'File {0} not found in {1}.': '{1} に {0} がありません。',
  '{0} is not one of the known models.': '{0} は既知のモデルではありません。',
  'The model is not complete: {0} not found.': 'モデルが不完全です：{0} が見つかりません。',
  'A model has a file that ends in .safetensors, .ckpt, .pt, .pth or .bin.':
    'モデルには .safetensors、.ckpt、.pt、.pth、.bin のいずれかで終わるファイルがあります。',
  'No weights found in {0}.': '{0} に重みがありません。',
  'Choose one of the files instead of the folder.': 'フォルダーではなく、ファイルの 1 つを選んでください。',
  '{0} has several files of weights: {1}.': '{0} には重みのファイルが複数あります：{1}。',
  '{0} is not an index of files.': '{0} はファイルの索引ではありません。',
  '{0} is not valid JSON: {1}': '{0} は有効な JSON ではありません：{1}',
  'Use the tokenizer.json file of this model.': 'このモデルの tokenizer.json を使ってください。',
  'tokenizer.json has {0} tokens, but the model has {1}.':
    'tokenizer.json のトークンは {0} 個ですが、モデルは {1} 個です。',
  'tokenizer.model is not read; put the tokenizer.json of the model beside it. Until then texts are numbers of tokens, with spaces between.':
    'tokenizer.model は読み込まれません。モデルの tokenizer.json を隣に置いてください。それまでテキストは空白で区切ったトークン番号になります。',
  'No tokenizer.json found: texts are numbers of tokens, with spaces between.':
    'tokenizer.json がありません。テキストは空白で区切ったトークン番号になります。',
  '{0} is nested too deeply.': '{0} の入れ子が深すぎます。',
  "Tensor '{0}' has type {1}, which is not supported.": "テンソル '{0}' の型 {1} には対応していません。",
  'Save it again after contiguous().': 'contiguous() の後に保存し直してください。',
  "Tensor '{0}' is too large to be read across its rows.": "テンソル '{0}' は大きすぎて、行をまたいで読み取れません。",
  "Tensor '{0}' occurs twice, the second time in {1}.": "テンソル '{0}' が 2 回現れます（2 回目は {1}）。",
  "{0}: tensor '{1}' of shape [{2}] does not fit the numbers that are stored for it.":
    "{0}：形状 [{2}] のテンソル '{1}' が、保存されている数値と合いません。",
  'Nothing in the file was run, and nothing was imported.':
    'ファイルの内容は何も実行されず、何もインポートされていません。',
  'A file of weights has no need of it. Do not open the file with other programs; get the weights as safetensors.':
    '重みのファイルには不要なものです。このファイルをほかのプログラムで開かず、safetensors 形式の重みを入手してください。',
  '{0} was refused: it asks for {1}, which is neither a tensor nor a known record.':
    '{0} を拒否しました：テンソルでも既知のレコードでもない {1} を要求しています。',
  'the description of its tensors is damaged at byte {0}': 'テンソルの記述がバイト {0} で壊れています',
  '{0} is not a valid PyTorch file: {1}.': '{0} は有効な PyTorch ファイルではありません：{1}。',
  'it has no data.pkl': 'data.pkl がありません',
  "the numbers of tensor '{0}' are missing": "テンソル '{0}' の数値がありません",
  'its beginning is unknown': '先頭が不明です',
  'Open it in PyTorch and save it again with torch.save.': 'PyTorch で開き、torch.save で保存し直してください。',
  '{0} has the oldest format of PyTorch, a tar file.': '{0} は PyTorch の最も古い形式（tar ファイル）です。',
  'Save it again in PyTorch on another machine, or as safetensors.':
    '別のコンピューターの PyTorch で、または safetensors として保存し直してください。',
  '{0} was written on a big-endian machine, which is not supported.':
    '{0} はビッグエンディアンのコンピューターで書かれており、対応していません。',
  'the numbers of storage {0} do not fit': 'ストレージ {0} の数値が合いません',
  'A file of weights is a dictionary of tensors, or has one as state_dict.':
    '重みのファイルはテンソルの辞書か、state_dict としてそれを含むものです。',
  '{0} contains no tensors with names.': '{0} に名前付きのテンソルがありません。',
  "'{0}' does not have the form hf:OWNER/NAME or hf:OWNER/NAME@REVISION.":
    "'{0}' は hf:OWNER/NAME または hf:OWNER/NAME@REVISION の形式ではありません。",
  'Accept its terms on the page of the model, and store an access token of yours in the settings.':
    'モデルのページで条件に同意し、自分のアクセストークンを設定に保存してください。',
  '{0} is not open to everyone, or does not exist ({1}).': '{0} は一般公開されていないか、存在しません（{1}）。',
  'Check the name and the revision.': '名前とリビジョンを確認してください。',
  'The hub has no {0}.': 'ハブに {0} がありません。',
  'The hub refused {0}: {1}.': 'ハブが {0} を拒否しました：{1}。',
  'Check the connection, or import a folder that was downloaded by other means.':
    '接続を確認するか、別の方法でダウンロードしたフォルダーをインポートしてください。',
  'The hub cannot be reached: {0}': 'ハブに接続できません：{0}',
  "The hub's answer about {0} cannot be read.": '{0} に関するハブの応答を読み取れません。',
  'Its tokenizer is downloaded with it.': 'トークナイザーは一緒にダウンロードされます。',
  'The run is unchanged.': '実行は変更されていません。',
  'A weight of the model is not a finite number and cannot be quantised.':
    'モデルの重みに有限でない数があるため、量子化できません。',
  'its list of quantised weights is malformed': '量子化された重みの一覧が不正です',
  "the numbers or the scales of tensor '{0}' do not fit its shape":
    "テンソル'{0}'の数値またはスケールが形状と一致しません",
  "The weights of run '{0}' are {1}: only adapters can be trained for them.":
    "実行'{0}'の重みは{1}です。学習できるのはアダプターだけです。",
  'Set an adapter rank, or import the model again with fp32 or bf16 weights and train from that.':
    'アダプターのランクを指定するか、fp32またはbf16の重みでモデルをもう一度インポートし、そこから学習してください。',
  "Set an adapter rank, or train from run '{0}', from which it was created.":
    "アダプターのランクを指定するか、元になった実行'{0}'から学習してください。",
  'The memory of this machine does not suffice to compute with it in this type.':
    'この型で計算するには、このコンピューターのメモリが足りません。',
  'Quantise the run from which it was created.': '元になった実行を量子化してください。',
  "The weights of run '{0}' are {1} already.": "実行'{0}'の重みはすでに{1}です。",
  'Quantising was stopped.': '量子化は中止されました。',
  'Nothing was written; the run is unchanged.': '何も書き込まれず、実行は変更されていません。',
  'Merge them into the weights first.': '先に重みへ統合してください。',
  "Run '{0}' consists of adapters, which are not quantised.":
    "実行'{0}'はアダプターで構成されており、量子化できません。",
};
