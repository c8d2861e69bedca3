import type { Catalogue } from '../language.ts';
import { jaData } from './ja-data.ts';
import { jaDevices } from './ja-devices.ts';
import { jaImports } from './ja-imports.ts';
import { jaExport } from './ja-export.ts';
import { jaStorage } from './ja-storage.ts';
import { jaLab } from './ja-lab.ts';
import { jaSequences } from './ja-sequences.ts';

/** What host and workers report, by its English: see main/contract/message.ts. */
export const ja: Catalogue = {
  'A model of the layers {0} reads at most {1} tokens.': '層 {0} のモデルが読めるのは最大 {1} トークンです。',
  'Each step of this run uses {0} sequences, which is not a multiple of a batch size of {1}.':
    'この実行は 1 ステップに {0} 系列を使いますが、バッチサイズ {1} の倍数ではありません。',
  'The nearest valid batch size is {0}.': '有効な最も近いバッチサイズは {0} です。',
  '{0} cannot be changed after a run has started.': '{0} は実行が始まると変更できません。',
  "These keys can be changed: {0}. To change others, start a new run, optionally from this run's weights: hyena train --from RUN":
    '変更できるもの: {0}。それ以外は新しい実行で学習する（この実行の重みからも可）: hyena train --from RUN',
  ...jaData,
  ...jaDevices,
  ...jaImports,
  ...jaExport,
  ...jaStorage,
  ...jaLab,
  ...jaSequences,
  "'{0}' is not a valid name for a data set.": "'{0}' はデータセットの名前にできません。",
  "'{0}' is not a valid name for a run.": "'{0}' は実行の名前にできません。",
  "'{0}' is not a valid name for a run. {1}": "'{0}' は実行の名前にできません。{1}",
  "'{0}' is already being set up.": "'{0}' はすでにセットアップ中です。",
  "'{0}' does not have the form key=value.": "'{0}' は key=value の形になっていません。",
  "'{0}' is not a valid chat id.": "'{0}' はチャットの ID ではありません。",
  'Malformed message: {0}.': 'メッセージの形式が正しくありません：{0}。',
  'Blocked a message from {0}.': '{0} からのメッセージを拒否しました。',
  "A model is processing '{0}'.": "モデルが '{0}' を処理中です。",
  'A model folder must contain {0}.': 'モデルには、1 つのフォルダーに {0} が必要です。',
  "A model that starts from the weights of '{0}' must have the same architecture: {1}.":
    "'{0}' の重みから始まるモデルは、同じアーキテクチャでなければなりません：{1}。",
  "Blocked a page's request for permission: {0}.": 'ページが権限 {0} を求めましたが、許可しませんでした。',
  "Blocked a page's request to {0}.": 'ページが {0} を要求しましたが、拒否しました。',
  "Blocked a page's navigation to {0}.": 'ページが {0} へ移動しようとしましたが、拒否しました。',
  'Blocked a page from embedding another page.': 'ページが別のページを埋め込もうとしましたが、拒否しました。',
  'Blocked a page from opening {0}.': 'ページが {0} を開こうとしましたが、拒否しました。',
  'A run folder contains run.json; a model folder contains {0}.': '実行には run.json、モデルには {0} があります。',
  'A run is training and may be using this device.': '学習中の実行があり、このデバイスを使っている可能性があります。',
  'A run is training; a benchmark during training would be meaningless.':
    '学習中の実行があります。同時に測っても意味がありません。',
  "A sequence length of {0} exceeds the model's context length (l_max) of {1}.":
    '系列長 {0} が、モデルのコンテキスト長（l_max）{1} を超えています。',
  'Stream {0} is already subscribed.': '{0} にはすでにストリームが接続されています。',
  'A token must be 1 to 512 printable ASCII characters without spaces.':
    'トークンは、空白を含まない 1～512 文字の ASCII の英数字と記号です。',
  'After step {0} the validation loss is not finite.': 'ステップ {0} の後、検証損失が有限ではありません。',
  'A profile needs the native device; this is {0}.':
    'プロファイルには native デバイスが必要です。現在のデバイスは {0} です。',
  'Choose the device native.': 'native デバイスを選んでください。',
  'After {0} tokens, the logits deviate by {1} of the largest logit; the tolerance is {2}.':
    '{0} トークン後のロジットに、最大のロジットの {1} にあたるずれがあります（許容値は {2}）。',
  'Give this user write permission for that folder, or choose another library folder.':
    'このユーザーにそのフォルダーへの書き込みを許可するか、ライブラリ用に別のフォルダーを選んでください。',
  'Another window is generating an answer in this chat.': 'このチャットでは別のウィンドウが回答を生成しています。',
  'An answer is being generated in this chat.': 'このチャットでは回答を生成しています。',
  'Another device may work.': '別のデバイスなら動くかもしれません。',
  'Another model is generating.': '別のモデルが生成しています。',
  'Another program has locked {0} for too long.': '別のプログラムが {0} を長い間使用しています。',
  'At step {0} {1}, after {2|one: one earlier recovery|other: {2} earlier recoveries}.':
    'ステップ {0}：{1}。その前に {2} 回、実行を回復しています。',
  'At step {0} {1}, and recovery is disabled (max_recoveries is 0).':
    'ステップ {0}：{1}。回復は許可されていません（max_recoveries が 0）。',
  'Start with the root or the drive letter.': 'ルートまたはドライブから書いてください。',
  'Cancel that job first.': '先にそれをキャンセルしてください。',
  'Choose another port with --port, or omit --port to use any free one.':
    '--port で別の番号を選ぶか、省略して空いているものに任せてください。',
  'Select one above the conversation.': '会話の上で選んでください。',
  'Choose the files again.': 'もう一度選んでください。',
  'Available data sets: {0}.': '使えるデータセット：{0}。',
  'Delete {0}.': '{0} を削除してください。',
  'Did you mean {0}?': '{0} のことですか？',
  'Free some disk space, then resume from the last checkpoint.':
    '空き容量を増やしてから、最後のチェックポイントから続けてください。',
  'Use --prompt TEXT, --prompt-file FILE or --document DOC.':
    '--prompt TEXT、--prompt-file FILE、--document DOC のいずれかを指定してください。',
  'Rename the file to a shorter name.': 'ファイルの名前を短くしてください。',
  'The library location is set by the environment variable HYENA_HOME.':
    'ライブラリの場所は環境変数 HYENA_HOME で決まります。',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio が再起動され、このページは接続されていません。',
  'Unless it was killed manually, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    '手動で終了させたのでなければ、バッチを小さくするか、系列長を短くするか、勾配チェックポイントを使ってください。',
  'Start it again.': 'もう一度開始してください。',
  'It must contain a single object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'ファイルには {"model": {"d_model": 128}, "training": {"max_steps": 100}} のようなオブジェクトを 1 つ書きます。',
  'It is intact there.': 'そこに完全な形で残っています。',
  'Stopped on request.': '要求により停止しました。',
  'Its filters were trained for {0} tokens and now span {1}.':
    'フィルターは {0} トークン用に作られたもので、今は {1} トークンにわたります。',
  'Last output: {0}': '最後の出力：{0}',
  'Leave these keys unchanged. Only {0} may differ.':
    'これらのキーはそのままにしてください。変えられるのは {0} だけです。',
  'Leave vocab_size empty.': 'vocab_size を空欄にしてください。',
  'Line {0} is damaged and was skipped.': '{0} 行目が壊れているため、除きました。',
  'Too many streams: at most {0} can be subscribed.': '接続されたストリームが {0} 本を超えました。',
  'Use an id instead: {0}.': 'ID で 1 つを指定してください：{0}。',
  'No model is selected for this chat.': 'このチャットのモデルが選ばれていません。',
  'The validation split contains no answers, so none of its tokens count; evaluation is disabled.':
    '検証用のテキストに回答がなく、損失の対象になるトークンがないため、評価は行いません。',
  'The client is no longer waiting for this answer.': 'クライアントはもうこの回答を待っていません。',
  'None of the {0} tokens of {1} counts: it contains no answers.':
    '{1} の {0} トークンはどれも対象になりません。回答がありません。',
  'Checkpoints are intact in the moved folder; nothing newer was saved.':
    '移動したフォルダーのチェックポイントは無事です。それより新しいものは保存していません。',
  'The data set was not created; temporary files will be removed when the next one is added.':
    'データセットは何も残っていません。作りかけのものは、次に追加するときに削除されます。',
  'The document was not imported.': '文書は何も読み込まれていません。',
  'The partial file was discarded.': 'このファイルは何も残していません。',
  'Nothing was changed.': '何も変更していません。',
  'Nothing was copied.': '何もコピーしていません。',
  'Nothing was deleted.': '何も削除していません。',
  'Nothing was kept.': '何も残していません。',
  'Nothing was removed from {0}.': '{0} からは何も削除していません。',
  'Nothing was removed.': '何も削除していません。',
  'Nothing was written.': '何も書き込んでいません。',
  'No checkpoint was available.': '何も残っていません。チェックポイントがありませんでした。',
  'Of {0} training tokens, {1} contribute to the loss ({2}): only answers count; the rest is context.':
    '学習用の {0} トークンのうち、損失の対象は {1} トークンです（{2}）。対象は回答だけで、残りはコンテキストです。',
  'Open the new address that was printed at startup.': '起動時に表示された新しいアドレスを開いてください。',
  'Pause the run first.': '先に実行を一時停止してください。',
  'Port {0} is already in use by another program.': 'ポート {0} は別のプログラムが使用中です。',
  'Port {0} is already in use.': 'ポート {0} は使用中です。',
  'Available presets: {0}.': '使えるプリセット：{0}。',
  'Process {0} on {1} has been training this run since {2}.':
    '{1} のプロセス {0} が {2} からこの実行を学習しています。',
  "Process {0} on {1} is already training '{2}'.": '{1} のプロセス {0} がすでに {2} を学習しています。',
  'Put the folder back, or connect its drive again, and resume the run.':
    'フォルダーを元に戻すか、そのドライブを接続し直して、実行を再開してください。',
  'Raise l_max or lower sequence_length.': 'l_max を大きくするか、sequence_length を小さくしてください。',
  'Refused with {0}: {1}': '{0} で拒否しました：{1}',
  'Reload the page.': 'ページを再読み込みしてください。',
  'Remove it and import the file again.': '削除して、ファイルをもう一度読み込んでください。',
  'Restore it from the trash, then restart Hyena Studio.':
    'ゴミ箱から元に戻してから、Hyena Studio を再起動してください。',
  'Runs continue; nothing is lost.': '実行はそのまま続きます。失われたものはありません。',
  'Score a longer text.': 'もっと長いテキストを評価してください。',
  'Score chats with answers.': '回答のある対話を評価してください。',
  'Choose a folder with write permission, or set the environment variable HYENA_HOME to one.':
    '書き込みのできるフォルダーを選ぶか、環境変数 HYENA_HOME に設定してください。',
  "Several documents are named '{0}'.": "'{0}' という文書が複数あります。",
  'Shorten the message, or select a shorter part of the document.':
    'メッセージを短くするか、文書のより短い部分を使ってください。',
  'Shorten the message.': 'メッセージを短くしてください。',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    '学習率を下げるか、ウォームアップを長くするか、grad_clip を小さくして、新しい実行を始めてください。',
  'Stop it first.': '先に停止してください。',
  'Stop it there first.': '先にそちらで停止してください。',
  'Stop that process first. If it no longer exists, delete {0}.':
    '先にそのプロセスを停止してください。すでに存在しない場合は、{0} を削除してください。',
  'Stop the run first.': '先に実行を停止してください。',
  'Stopped before it started.': '開始する前に停止しました。',
  'The benchmark was cancelled.': 'ベンチマークを中止しました。',
  'The budget is {0} tokens but the data set has {1}: the run makes {2} passes over it and will overfit. Add data, train for fewer steps, or let the run stop early.':
    '予算は {0} トークンですが、データセットは {1} トークンです。実行はデータを {2} 回通して使うため、過学習になります。データを追加するか、ステップ数を減らすか、早期終了を使ってください。',
  'The chat is unchanged.': 'チャットは変わっていません。',
  'The client disconnected.': 'クライアントとの接続がなくなりました。',
  'Cannot start the compute process: {0}': '計算プロセスを開始できませんでした：{0}',
  'The compute process crashed ({0}).': '計算プロセスが異常終了しました（{0}）。',
  'The compute process exited without a result (exit code {0}).':
    '計算プロセスが結果を返さずに終了しました（終了コード {0}）。',
  'The compute process exited without a result ({0}).': '計算プロセスが結果を返さずに終了しました（{0}）。',
  'The compute process stopped responding and was terminated.': '計算プロセスが応答しなくなったため、終了させました。',
  'The compute process ran out of memory.': '計算プロセスのメモリが足りなくなりました。',
  'The compute process sent a malformed message: {0}': '計算プロセスから形式の正しくないメッセージがありました：{0}',
  'The compute process was terminated ({0}) before it started.': '計算プロセスは始まる前に終了させられました（{0}）。',
  'The compute process was killed by the system, usually because memory ran out.':
    '計算プロセスがシステムによって強制終了されました。多くはメモリ不足のためです。',
  'The compute process was terminated on request.': '要求により計算プロセスを終了させました。',
  "The model's config.json is not valid JSON.": 'モデルの config.json が正しい JSON ではありません。',
  'Cannot read the configuration {0}: {1}': '設定 {0} を読み込めません：{1}',
  'Invalid configuration: {0}.': '設定が正しくありません：{0}。',
  'The connection to Hyena Studio was lost.': 'Hyena Studio との接続が切れました。',
  "The context of '{0}' already has {1} tokens.": "'{0}' のコンテキストはすでに {1} トークンです。",
  'The damaged checkpoint was kept as {0}; delete it when you no longer need it.':
    '壊れたチェックポイントを {0} として残しました。不要なら削除してください。',
  "Data set '{0}' and run '{1}' have different tokenizers.":
    "データセット '{0}' のトークナイザーは、実行 '{1}' のものと異なります。",
  "Data set '{0}' is not the one that run '{1}' started with.":
    "データセット '{0}' は、実行 '{1}' を始めたときのものではありません。",
  "Data set '{0}' is not the one that run '{1}' was trained on.":
    "データセット '{0}' は、実行 '{1}' の学習に使われたものではありません。",
  "Data set '{0}' was created with a different tokenizer than this model.":
    "データセット '{0}' は、このモデルとは別のトークナイザーで作られています。",
  'The data set has no validation split; evaluation is disabled.':
    'データセットに検証用のテキストがないため、評価は行いません。',
  'The device or its driver may be hanging.': 'デバイスかそのドライバーが固まっている可能性があります。',
  'The disk is full: {0}': 'ディスクに空きがありません：{0}',
  'The document is unchanged.': '文書は変わっていません。',
  'The existing run is unchanged.': '既存の実行は変わっていません。',
  'The first file was kept.': '最初のものを残しました。',
  'The job was stopped on request.': '要求により処理を停止しました。',
  'The last entry is incomplete and was skipped.': '最後の項目が途中で切れているため、除きました。',
  'The library and its runs are unaffected.': 'ライブラリと実行に影響はありません。',
  'Cannot use {0} as the library folder: {1}': 'ライブラリを {0} に置けません：{1}',
  'The library location is unchanged.': 'ライブラリの場所は変わりません。',
  'Cannot take over the lock.': 'ロックを引き継げませんでした。',
  'The model was unloaded.': 'モデルをメモリから解放しました。',
  'The name of an uploaded file is too long.': 'アップロードされたファイルの名前が長すぎます。',
  'The name of an uploaded file points outside the upload folder.':
    'アップロードされたファイルの名前が別の場所を指しています。',
  'The existing task is unaffected.': '既存のタスクに影響はありません。',
  'The places of the document': '文書の位置情報',
  'The notes of the document': '文書のメモ',
  'The tokens of the answer': '回答のトークン',
  'Hyena Studio is shutting down.': 'Hyena Studio を終了しています。',
  'Cannot read the prompt: {0}': 'プロンプトを読み込めません：{0}',
  'Cannot save the queue: {0}': '待ち行列を保存できませんでした：{0}',
  'The queue remains in memory and will be lost when Hyena Studio exits.':
    '待ち行列はメモリにだけ残っていて、Hyena Studio が終了すると失われます。',
  'The record': '記録',
  'The record in the trash': 'ゴミ箱の記録',
  'The record of the data set': 'データセットの記録',
  'The record of the run': '実行の記録',
  'Cannot serve the request.': '要求を処理できませんでした。',
  'Malformed request {0}: {1}.': '要求 {0} の形式が正しくありません：{1}。',
  "Run '{0}' has already been trained.": "実行 '{0}' はすでに学習済みです。",
  "Run '{0}' has no checkpoint to start from.": "実行 '{0}' には、開始に使えるチェックポイントがありません。",
  'The run ended during its warmup: the learning rate never reached {0}. Shorten the warmup, or train longer.':
    '実行がウォームアップ中に終わったため、学習率は {0} に達しませんでした。ウォームアップを短くするか、長く学習させてください。',
  'The run resumes from its checkpoint of step {0}.': '実行はステップ {0} のチェックポイントから続きます。',
  'The run restarts from the beginning because no checkpoint had been saved.':
    'チェックポイントが保存されていなかったため、実行は最初から始まります。',
  "Run '{0}' is being trained by process {1} on {2}.": '実行 {0} は、{2} のプロセス {1} が学習中です。',
  "Run '{0}' is training on data set '{1}'.": '実行 {0} が {1} で学習中です。',
  'The state of the run': '実行の状態',
  'No permission to write to {0}.': '{0} への書き込みが許可されていません。',
  "The stored text of document '{0}' has changed since import.":
    "文書 '{0}' のテキストが、読み込んだときのものと異なります。",
  'Invalid token.': 'トークンが正しくありません。',
  'Cannot read the token file: {0}': 'トークンのファイルを読み込めません：{0}',
  'The upload was interrupted.': 'アップロードが中断されました。',
  'The upload was refused ({0}).': 'アップロードが拒否されました（{0}）。',
  "The warmup takes {0} of the run's {1} steps. Shorten the warmup to at most {2}, or train for more steps.":
    '実行の {1} ステップのうち {0} ステップがウォームアップです。ウォームアップを {2} ステップ以下にするか、ステップ数を増やしてください。',
  'The warmup takes {0} steps but the run has only {1}: it ends at {2} of the learning rate {3}. Shorten the warmup to at most {4}, or train for more steps.':
    'ウォームアップは {0} ステップですが、実行全体は {1} ステップです。学習率は {3} の {2} までしか上がりません。ウォームアップを {4} ステップ以下にするか、ステップ数を増やしてください。',
  "Weights loaded from run '{0}' after step {1}.": '重みは、実行 {0} のステップ {1} の後のものです。',
  'The window reconnects automatically.': 'ウィンドウは自動で再接続します。',
  'Wrong {0} of the convolution: got {1}, expected {2} at element {3}.':
    '畳み込みの {0} が正しくありません：要素 {3} が {2} ではなく {1} です。',
  'Task {0} already exists.': 'タスク {0} はすでにあります。',
  "Run '{0}' already exists.": "'{0}' という実行はすでにあります。",
  "No file or document named '{0}'.": "'{0}' というファイルも文書もありません。",
  'Unknown key {0} in {1}.': '{1} にキー {0} はありません。',
  'Unknown key: {0}.': 'キー {0} はありません。',
  'Unknown preset: {0}.': 'プリセット {0} はありません。',
  'No prompt given.': 'プロンプトがありません。',
  "Unknown request: '{0}'.": "'{0}' という要求はありません。",
  "Run '{0}' not found in {1}.": "{1} に '{0}' という実行はありません。",
  "Unknown stream: '{0}'.": "'{0}' というストリームはありません。",
  'This chat no longer exists.': 'このチャットはもうありません。',
  'This message is no longer in the chat.': 'このメッセージは、このチャットにはもうありません。',
  'Item not found in the trash.': 'そのようなものはゴミ箱にありません。',
  'No trained model found.': '学習済みのモデルがまだありません。',
  'The document has no text at that place.': 'その箇所に文書の内容はありません。',
  'No checkpoint had been saved.': 'チェックポイントはまだありませんでした。',
  'These files were chosen before Hyena Studio restarted.':
    'これらのファイルは、プログラムを再起動する前に選ばれたものです。',
  'This data set is small: its answers have {0} {0|one: token|other: tokens}. The model will memorise them rather than learn to answer.':
    'このデータセットは小さく、回答は {0} トークンです。モデルは答え方を学ぶより、その回答を記憶してしまいます。',
  'This device computes incorrect results. Use another device and report this.':
    'このデバイスの計算結果は正しくありません。別のデバイスを使い、この不具合を報告してください。',
  'This upload already has a file or folder with that name.':
    'このアップロードには、同じ名前のファイルかフォルダーがすでにあります。',
  'This upload has no file with that name.': 'このアップロードには、その名前のファイルはありません。',
  "This message does not fit into the model's context of {0} tokens.":
    'このメッセージは、モデルのコンテキスト（{0} トークン）に収まりません。',
  'Train a model first.': '先にモデルを学習させてください。',
  'Train a new run on this data set.': 'それを使って新しい実行を学習させてください。',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    '回答の多い、または長い対話で学習させるか、sequence_length を長くしてください。',
  'Try again. If no other program is using the library, delete that file.':
    'もう一度試してください。ほかにライブラリを使っているプログラムがなければ、そのファイルを削除してください。',
  'Unset that variable, then choose a folder here.': 'この変数の設定を解除してから、ここで選んでください。',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'バッチを小さくするか、系列長を短くするか、勾配チェックポイントを使ってください。',
  'Use another port, or 0 for any free one.': '別の番号を使うか、0 で空いているものに任せてください。',
  'Wait for its answer, or stop it.': 'その回答を待つか、停止してください。',
  'Wait for some jobs to finish, or cancel them.': 'いくつかが終わるのを待つか、キャンセルしてください。',
  'The deleted item is no longer in the trash.': '削除したものは、もうゴミ箱にありません。',
  'Downloaded files were kept; the device was not enabled.':
    'ダウンロード済みのファイルは残っています。デバイスは有効になっていません。',
  'Example: d_model=128.': 'たとえば d_model=128 のように書いてください。',
  'Your message and the partial answer were kept.': 'あなたのメッセージと、途中までの回答は残っています。',
  'Your message was kept.': 'あなたのメッセージは残っています。',
  'a number': '数値',
  'a whole number': '整数',
  'range|from {0} to {1}': '{0} 以上 {1} 以下',
  'range|above {0} up to {1}': '{0} より大きく {1} 以下',
  'range|from {0} below {1}': '{0} 以上 {1} 未満',
  'range|above {0} below {1}': '{0} より大きく {1} 未満',
  'range|above {0}': '{0} より大きい',
  batches: 'バッチ',
  'range|below {0}': '{0} 未満',
  channels: 'チャンネル',
  epochs: 'エポック',
  evaluations: '回',
  'range|from {0}': '{0} 以上',
  'Names may contain only letters, digits, dots, hyphens, underscores and spaces.':
    '名前に使えるのは、文字、数字、ピリオド、ハイフン、アンダースコア、空白だけです。',
  minutes: '分',
  'must be odd: one time feature plus sine and cosine pairs':
    '奇数でなければなりません（時間の特徴 1 つと、サインとコサインの組）',
  'Names must contain at least one letter or digit.': '名前には 1 つ以上の文字または数字が必要です。',
  'Names are limited to {0} bytes of UTF-8; this one has {1}.':
    '名前は UTF-8 で {0} バイト以下でなければなりません（今は {1} バイト）。',
  'Names are limited to {0} characters; this one has {1}.':
    '名前は {0} 文字以下でなければなりません（今は {1} 文字）。',
  'Names must not end with a dot, a space or a joiner.': '名前をピリオド、空白、結合文字で終わらせることはできません。',
  'Names must start with a letter or digit.': '名前は文字または数字で始まらなければなりません。',
  nats: 'nat',
  sequences: '系列',
  steps: 'ステップ',
  'value|text': 'テキスト',
  'the gradient norm is infinite': '勾配ノルムが無限大です',
  'the gradient norm is NaN': '勾配ノルムが NaN です',
  'the loss is infinite': '損失が無限大です',
  'the loss is NaN': '損失が NaN です',
  'the loss jumped to {0}, {1} times its average of {2}': '損失が {0} に跳ね上がりました（平均 {2} の {1} 倍）',
  'range|to {0}': '{0} 以下',
  tokens: 'トークン',
  'training.sequence_length ({0}) exceeds model.l_max ({1}), the context length.':
    'training.sequence_length（{0}）が、コンテキスト長 model.l_max（{1}）を超えています。',
  'training.sequence_length_start ({0}) exceeds the full sequence length ({1}).':
    'training.sequence_length_start（{0}）が、全体の長さ {1} を超えています。',
  "vocab_size is {0}, but the tokenizer of data set '{1}' has {2} tokens.":
    "vocab_size は {0} ですが、'{1}' のトークナイザーは {2} トークンです。",
  windows: '窓',
  '{0} consecutive batches had no tokens that count in the loss.':
    '{0} 個のバッチに続けて、損失の対象になるトークンがありませんでした。',
  "Cannot move {0} to the system's trash: {1}": '{0} をシステムのゴミ箱に移せません：{1}',
  'Cannot display {0}: {1}': '{0} を表示できません：{1}',
  '{0} does not contain a JSON object.': '{0} に JSON オブジェクトがありません。',
  '{0} has {1} {1|one: token|other: tokens}, too few to predict anything.':
    '{0} は {1} トークンしかなく、予測するものがありません。',
  '{0} in {1} is not an object.': '{1} の {0} はオブジェクトではありません。',
  '{0} has not been imported into the library.': '{0} は、まだライブラリにないファイルです。',
  "Cannot delete '{0}' while it is training.": '{0} は学習中なので、削除できません。',
  "Cannot rename '{0}' while it is training.": '{0} は学習中なので、名前を変更できません。',
  '{0} not found: the run folder was removed or moved during training.':
    '{0} がなくなりました。学習中に実行のフォルダーが削除されたか、移動されました。',
  "{0} has already been moved to the system's trash.": '{0} はすでにシステムのゴミ箱にあります。',
  '{0} is missing. Expected: {1}.': '{0} がありません。指定できる値：{1}。',
  '{0} is not an absolute path.': '{0} は絶対パスではありません。',
  '{0} is not JSON: {1}': '{0} は JSON ではありません：{1}',
  '{0} is not a complete model: {1} not found.': '{0} はモデルとして不完全です。{1} が見つかりません。',
  "'{0}' is not training in this process.": "'{0}' はこのプロセスでは学習していません。",
  '{0} is not a run folder or a model folder.': '{0} は実行のフォルダーでもモデルのフォルダーでもありません。',
  'Too many jobs: {0} {0|one: job is|other: jobs are} already queued.': 'すでに {0} 件の処理が待機中です。',
  '{0} more {0|one: request was|other: requests were} refused.': 'ほかに {0} 件の要求を拒否しました。',
  '{0} must be {1}; got {2}.': '{0} に指定できる値：{1}。指定された値：{2}。',
  '{0} or {1}': '{0} または {1}',
  '{0} {0|one: request of this window is|other: requests of this window are} still pending.':
    'このウィンドウからの要求 {0} 件にまだ応答していません。',
  '{0} {1} is not valid JSON.': '{0} {1} は正しい JSON ではありません。',
  '{0} {1} has an unexpected format: {2}': '{0} {1} の内容が想定と異なります：{2}',
  '{0} {1}. Expected: {2}; got {3}.': '{0} は{1}。指定できる値：{2}。指定された値：{3}。',
  '{0}, or none': '{0}、または空欄',
  '{0}; the batch was skipped': '{0}。このバッチは除きます',
  'Names may contain only letters, digits, dots, hyphens and underscores.':
    '名前に使えるのは、文字、数字、ピリオド、ハイフン、アンダースコアだけです。',
  'Invalid character: {0}': '使えない文字：{0}',
  'The name {0} is reserved by Windows.': '{0} は Windows が予約している名前です。',
  'Add files to create it.': 'ファイルを追加して作成してください。',
  'Use the path of a file, or the title or id of a document in the library.':
    'ファイルのパスか、ライブラリにある文書のタイトルまたは ID を指定してください。',
  'Choose a longer context.': 'より長いコンテキストを選んでください。',
  'Train a model to create a run.': 'モデルを学習させると実行ができます。',
  'Resume its training first.': 'まず学習を再開してください。',
  'Use a library folder on a disk with a trash, or delete it permanently.':
    'ゴミ箱のあるディスク上のライブラリフォルダーを使うか、完全に削除してください。',
  'The checkpoint of step {0} was kept.': 'ステップ {0} のチェックポイントは残っています。',
  'Resume the run.': '実行を再開してください。',
  "'{0}' was removed from the queue: {1}": "'{0}' は待ち行列から外されました：{1}",
  'Choose a data set of the library.': 'ライブラリのデータセットを選んでください。',
  'Choose a document of the library.': 'ライブラリの文書を選んでください。',
  'Import the document first.': 'まず文書を読み込んでください。',
  'Choose another name, resume the existing run, or remove it.':
    '別の名前を選ぶか、既存の実行を再開または削除してください。',
  'Choose a run of the library.': 'ライブラリの実行を選んでください。',
  "Add the text again with the run's tokenizer.": '実行のトークナイザーでテキストをもう一度追加してください。',
  'Import it first.': 'まず読み込んでください。',
  'Wrong {0} of attention: got {1}, expected {2}.': 'アテンションの {0} が正しくありません：{2} ではなく {1} です。',
  'Wrong {0} of attention: got {1}, expected {2} at element {3}.':
    'アテンションの {0} が正しくありません：要素 {3} が {2} ではなく {1} です。',
  'Width {0} is not divisible by {1} heads.': '幅 {0} は {1} ヘッドで割り切れません。',
  'Choose a width that is a multiple of {0}, or change the number of heads.':
    '{0} の倍数の幅を選ぶか、ヘッドの数を変えてください。',
  "The model's context holds {0} of {1} tokens: {2} of the document. Select another part, or extend the model's context to {3} tokens.":
    'モデルのコンテキストに収まるのは {1} トークン中 {0} トークン（文書の {2}）です。別の部分を選ぶか、モデルのコンテキストを {3} トークンに延ばしてください。',
  'Request a shorter summary, or use a model with a longer context.':
    '要約を短くするか、コンテキストの長いモデルを使ってください。',
  'Train a model on documents paired with summaries.': '文書とその要約でモデルを学習させてください。',
  'Score the source file instead.': '代わりに元のファイルを評価してください。',
  'To score it anyway, choose it explicitly.': 'それでも評価するには、明示的に選んでください。',
  'Resume it.': '再開してください。',
  'Free some disk space, then resume the run.': 'ディスクの空き容量を増やしてから、実行を再開してください。',
  'Resume with less memory per step; the training stays the same otherwise.':
    'ステップあたりのメモリを減らして再開してください。それ以外は同じ学習です。',
  'Resume on another device, or train a new run with a shorter sequence_length or a smaller model.':
    '別のデバイスで再開するか、sequence_length を短くするかモデルを小さくして新しい実行を学習させてください。',
  'model.{0} {1}.': 'model.{0} {1}。',
  'Your library is unchanged.': 'ライブラリは変更されていません。',
  'Cannot read the library setting in {0}.': '{0} にあるライブラリの設定を読み取れません。',
  'Set the folder as {"library": "/absolute/path"}, or delete the file to use {0}.':
    'フォルダーを {"library": "/absolute/path"} の形で指定するか、ファイルを削除して {0} を使ってください。',
  'model.layers: {0} is neither a mixer nor mixer*count.':
    'model.layers：{0} はミキサーでも「ミキサー*個数」でもありません。',
  'model.layers: mixer {0} not found.': 'model.layers：ミキサー {0} が見つかりません。',
  'Available mixers: {0}.': '利用できるミキサー：{0}。',
  'model.layers: {0} must have 1 to {1} layers.': 'model.layers：{0} は 1～{1} 層でなければなりません。',
  'A {0} layer has no filters to plot.': '{0} 層には表示できるフィルターがありません。',
  'belongs to the mixer {0}, which model.layers does not use': 'model.layers が使っていないミキサー {0} のものです',
  'applies only to rotary positions': '回転位置にのみ適用されます',
  'model.{0} is {1}, which does not divide model.d_model, {2}.':
    'model.{0} は {1} で、model.d_model の {2} を割り切れません。',
  'model.mamba_head_dim is {0}, which does not divide the {1} inner channels.':
    'model.mamba_head_dim は {0} で、内部チャンネル数 {1} を割り切れません。',
  'model.ssm_state must be even, but is {0}.': 'model.ssm_state は偶数でなければなりませんが、{0} です。',
  'model.n_head must divide model.d_model: {0} channels cannot be split into {1} heads.':
    'model.n_head は model.d_model の約数でなければなりません：{0} チャンネルを {1} ヘッドに分けられません。',
  'model.n_kv_head must divide model.n_head: {0} heads cannot share {1}.':
    'model.n_kv_head は model.n_head の約数でなければなりません：{0} ヘッドで {1} を共有できません。',
  'Rotary positions need heads of even width: {0} heads of {1} channels have {2} each.':
    '回転位置（RoPE）には偶数幅のヘッドが必要です：{1} チャンネルの {0} ヘッドは幅がそれぞれ {2} です。',
  'Generate with the exact model instead.': '代わりに厳密なモデルで生成してください。',
  'A model with layers {0} has no filters to distil: only those of Hyena layers are replaced.':
    '層が {0} のモデルには蒸留するフィルターがありません。置き換えられるのは hyena のフィルターだけです。',
  "'{0}' reads texts of any length and was already trained on sequences of {1} tokens.":
    "'{0}' は任意の長さのテキストを読め、すでに {1} トークンの系列で学習済みです。",
  heads: 'ヘッド',
};
