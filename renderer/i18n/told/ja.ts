import type { Catalogue } from '../told.ts';
import { jaData } from './ja-data.ts';
import { jaDevices } from './ja-devices.ts';

/** What host and workers tell, by its English: see main/contract/told.ts. */
export const ja: Catalogue = {
  'A step of this run learns from {0} sequences, which batches of {1} do not divide.':
    'この実行の 1 ステップは {0} 系列から学びますが、{1} 系列のバッチでは割り切れません。',
  'The nearest that does is {0}.': '割り切れる最も近い値は {0} です。',
  'Go on with less memory a step, and the same training otherwise: hyena resume {0} {1}':
    '1 ステップのメモリを減らし、それ以外は同じ学習で続ける: hyena resume {0} {1}',
  'Go on with it on another device (hyena resume {0} --device NAME), or train anew with a shorter sequence_length or a smaller model.':
    '別のデバイスで続ける（hyena resume {0} --device NAME）か、より短い sequence_length またはより小さいモデルで学習し直す。',
  '{0} cannot be changed once a run has begun.': '{0} は実行が始まると変更できません。',
  "What can: {0}. For the rest train a new run, from this one's weights if you like: hyena train --from RUN":
    '変更できるもの: {0}。それ以外は新しい実行で学習する（この実行の重みからも可）: hyena train --from RUN',
  ...jaData,
  ...jaDevices,
  "'{0}' cannot be the name of a data set.": "'{0}' はデータセットの名前にできません。",
  "'{0}' cannot be the name of a run.": "'{0}' は実行の名前にできません。",
  "'{0}' cannot be the name of a run: it {1}.": "'{0}' は実行の名前にできません。名前は、{1}。",
  "'{0}' is being set up already.": "'{0}' はすでにセットアップ中です。",
  "'{0}' is not of the form key=value.": "'{0}' は key=value の形になっていません。",
  "'{0}' is not the id of a chat.": "'{0}' はチャットの ID ではありません。",
  'A message is malformed: {0}.': 'メッセージの形式が正しくありません：{0}。',
  'A message of {0} was refused.': '{0} からのメッセージを拒否しました。',
  "A model is at work on '{0}'.": "モデルが '{0}' を処理中です。",
  'A model needs {0} in one folder.': 'モデルには、1 つのフォルダーに {0} が必要です。',
  "A model that starts from the weights of '{0}' has its shape: {1}.":
    "'{0}' の重みから始まるモデルは、その形を引き継ぎます：{1}。",
  'A name {0}.': '名前は、{0}。',
  'A page asked for the permission {0}; it was denied.': 'ページが権限 {0} を求めましたが、許可しませんでした。',
  'A page asked for {0}; it was refused.': 'ページが {0} を要求しましたが、拒否しました。',
  'A page tried to go to {0}; it was refused.': 'ページが {0} へ移動しようとしましたが、拒否しました。',
  'A page tried to hold another page; it was refused.': 'ページが別のページを埋め込もうとしましたが、拒否しました。',
  'A page tried to open {0}; it was refused.': 'ページが {0} を開こうとしましたが、拒否しました。',
  'A run has run.json, a model has {0}.': '実行には run.json、モデルには {0} があります。',
  'A run is training and may compute on it.': '学習中の実行があり、それを計算に使っている可能性があります。',
  'A run is training; a benchmark beside it would tell nothing.':
    '学習中の実行があります。同時に測っても意味がありません。',
  "A sequence length of {0} is more than the model's context length (l_max) of {1}.":
    '系列長 {0} が、モデルの文脈長（l_max）{1} を超えています。',
  'A stream is joined under {0} already.': '{0} にはすでにストリームが接続されています。',
  'A token has 1 to 512 letters, digits and signs of ASCII, without spaces.':
    'トークンは、空白を含まない 1～512 文字の ASCII の英数字と記号です。',
  "Add the text again with the run's own: hyena data add PATH --name NAME --tokenizer {0}":
    '実行のトークナイザーでテキストを追加し直してください：hyena data add PATH --name NAME --tokenizer {0}',
  'After step {0} the validation loss is not finite.': 'ステップ {0} の後、検証損失が有限ではありません。',
  'After {0} tokens the scores are off by {1} of the largest; allowed are {2}.':
    '{0} トークン後の出力値に、最大値の {1} にあたるずれがあります（許容値は {2}）。',
  'Allow this user to write to that folder, or choose another folder for the library.':
    'このユーザーにそのフォルダーへの書き込みを許可するか、ライブラリ用に別のフォルダーを選んでください。',
  'An answer is being written in this chat by another window.': 'このチャットでは別のウィンドウが回答を書いています。',
  'An answer is being written in this chat.': 'このチャットでは答えを書いている途中です。',
  'Another device may work: hyena devices lists them.':
    '別のデバイスなら動くかもしれません。hyena devices で一覧を確認できます。',
  'Another model is writing.': '別のモデルが書いています。',
  'Another program has held {0} for long.': '別のプログラムが {0} を長い間使用しています。',
  'At step {0} {1}, after the run had been recovered once before.':
    'ステップ {0}：{1}。その前に 1 回、実行を回復しています。',
  'At step {0} {1}, after the run had been recovered {2} times before.':
    'ステップ {0}：{1}。その前に {2} 回、実行を回復しています。',
  'At step {0} {1}, and no recovery is allowed (max_recoveries is 0).':
    'ステップ {0}：{1}。回復は許可されていません（max_recoveries が 0）。',
  'Begin with the root or the drive.': 'ルートまたはドライブから書いてください。',
  'Cancel that first.': '先にそれをキャンセルしてください。',
  'Choose another name, go on with it (hyena resume {0}), or remove it (hyena runs remove {1}).':
    '別の名前を選ぶか、その実行を続けるか（hyena resume {0}）、削除してください（hyena runs remove {1}）。',
  'Choose another with --port, or leave it out for any free one.':
    '--port で別の番号を選ぶか、省略して空いているものに任せてください。',
  'Choose one above the conversation.': '会話の上で選んでください。',
  'Choose them again.': 'もう一度選んでください。',
  'Data sets: {0}.': 'データセット：{0}。',
  'Delete {0}.': '{0} を削除してください。',
  'Did you mean {0}?': '{0} のことですか？',
  'Free some space, then go on from the last checkpoint.':
    '空き容量を増やしてから、最後のチェックポイントから続けてください。',
  'Free some space, then: hyena resume {0}': '空き容量を増やしてから：hyena resume {0}',
  'Give --prompt TEXT, --prompt-file FILE or --document DOC.':
    '--prompt TEXT、--prompt-file FILE、--document DOC のいずれかを指定してください。',
  'Give the file a shorter name.': 'ファイルの名前を短くしてください。',
  'Give the path of a file, or what hyena documents list shows.':
    'ファイルのパスか、hyena documents list に表示されるものを指定してください。',
  'Go on with it: hyena resume {0}': '続けるには：hyena resume {0}',
  'Go on: hyena resume {0}': '続けるには：hyena resume {0}',
  'HYENA_HOME says where the library is.': 'ライブラリの場所は HYENA_HOME が決めています。',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio が再起動され、このページは接続されていません。',
  'If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    '誰かが手動で終了させたのでなければ、バッチを小さくするか、系列長を短くするか、再計算（gradient_checkpointing）を使ってください。',
  'Import it first: hyena read {0}': '先に読み込んでください：hyena read {0}',
  'In the terminal, remove --permanently deletes it for good.':
    'ターミナルで remove --permanently を使うと、完全に削除できます。',
  'It can be started again.': 'もう一度開始できます。',
  'It holds one object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'ファイルには {"model": {"d_model": 128}, "training": {"max_steps": 100}} のようなオブジェクトを 1 つ書きます。',
  'It is whole there.': 'そこに完全な形で残っています。',
  'It was asked to stop.': '要求により停止しました。',
  'Its filters were made for {0} tokens and now span {1}.':
    'フィルターは {0} トークン用に作られたもので、今は {1} トークンにわたります。',
  'Its last words: {0}': '最後の出力：{0}',
  'Leave these keys as they are. Only {0} may differ.':
    'これらのキーはそのままにしてください。変えられるのは {0} だけです。',
  'Leave vocab_size empty.': 'vocab_size を空欄にしてください。',
  'Line {0} is damaged and is left out.': '{0} 行目が壊れているため、除きました。',
  'More than {0} streams were joined.': '接続されたストリームが {0} 本を超えました。',
  'Name a longer one: hyena extend {0} --context {1}':
    'もっと長いコンテキストを指定してください：hyena extend {0} --context {1}',
  'Name it to score it all the same: hyena eval {0} --data {1}':
    'それでも評価するには、名前を指定してください：hyena eval {0} --data {1}',
  'Name one by its id: {0}.': 'ID で 1 つを指定してください：{0}。',
  'No model is chosen for this chat.': 'このチャットのモデルが選ばれていません。',
  'No token of the validation text counts: it holds no answer, and nothing is evaluated.':
    '検証用のテキストに答えがなく、対象になるトークンがないため、評価は行いません。',
  'Nobody waits for this answer.': 'この答えを待っている相手がいません。',
  'None of the {0} tokens of {1} counts: it holds no answer.':
    '{1} の {0} トークンはどれも対象になりません。答えがありません。',
  'Nothing new. What was moved elsewhere still holds the checkpoints.':
    '新しいものは残っていません。フォルダーが移動された場合、チェックポイントは移動先に残っています。',
  'Nothing of the data set; what was half made is removed with the next one.':
    'データセットは何も残っていません。作りかけのものは、次に追加するときに削除されます。',
  'Nothing of the document was imported.': '文書は何も読み込まれていません。',
  'Nothing of this file was kept.': 'このファイルは何も残していません。',
  'Nothing was changed.': '何も変更していません。',
  'Nothing was copied.': '何もコピーしていません。',
  'Nothing was deleted.': '何も削除していません。',
  'Nothing was kept.': '何も残していません。',
  'Nothing was removed from {0}.': '{0} からは何も削除していません。',
  'Nothing was removed.': '何も削除していません。',
  'Nothing was written.': '何も書き込んでいません。',
  'Nothing: there was no checkpoint.': '何も残っていません。チェックポイントがありませんでした。',
  'Of the {0} training tokens {1} are learned ({2}): only answers count, and questions make up the rest.':
    '学習用の {0} トークンのうち、学習の対象は {1} トークンです（{2}）。対象は答えだけで、残りは質問です。',
  'Open the new address that it printed when it started.': '起動時に表示された新しいアドレスを開いてください。',
  'Pause the run first.': '先に実行を一時停止してください。',
  'Port {0} is taken by another program.': 'ポート {0} は別のプログラムが使用中です。',
  'Port {0} is taken.': 'ポート {0} は使用中です。',
  'Presets: {0}.': '出発点：{0}。',
  'Process {0} on {1} has been training this run since {2}.':
    '{1} のプロセス {0} が {2} からこの実行を学習しています。',
  'Process {0} on {1} trains {2} already.': '{1} のプロセス {0} がすでに {2} を学習しています。',
  'Put the folder back, or connect its drive again, and resume the run.':
    'フォルダーを元に戻すか、そのドライブを接続し直して、実行を再開してください。',
  'Raise l_max or lower sequence_length.': 'l_max を大きくするか、sequence_length を小さくしてください。',
  'Refused with {0}: {1}': '{0} で拒否しました：{1}',
  'Reload the page.': 'ページを再読み込みしてください。',
  'Remove it and import the file again.': '削除して、ファイルをもう一度読み込んでください。',
  'Restore it there, then start the program again.': 'そこで元に戻してから、プログラムを起動し直してください。',
  'Runs go on; nothing is lost.': '実行はそのまま続きます。失われたものはありません。',
  'Score a longer text.': 'もっと長いテキストを評価してください。',
  'Score chats with answers.': '答えのある対話を評価してください。',
  'Score the file that it was made of: hyena eval RUN --file PATH.':
    '元になったファイルを評価してください：hyena eval RUN --file PATH。',
  'Set HYENA_HOME to a folder that you may write to.': 'HYENA_HOME に、書き込みのできるフォルダーを設定してください。',
  "Several documents are called '{0}'.": "'{0}' という文書が複数あります。",
  'Shorten the message, or use a shorter part of the document.':
    'メッセージを短くするか、文書のより短い部分を使ってください。',
  'Shorten the message.': 'メッセージを短くしてください。',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    '学習率を下げるか、ウォームアップを長くするか、grad_clip を小さくして、新しい実行を始めてください。',
  'Stop it first.': '先に停止してください。',
  'Stop it there first.': '先にそちらで停止してください。',
  'Stop it there first. If no such process exists, delete {0}.':
    '先にそちらで停止してください。そのようなプロセスがない場合は、{0} を削除してください。',
  'Stop the run first.': '先に実行を停止してください。',
  'Stopped before it started.': '開始する前に停止しました。',
  'The benchmark was cancelled.': 'ベンチマークを中止しました。',
  'The budget is {0} tokens and the data set has {1}: the run reads it {2} times and learns it by heart. Add data, train for fewer steps, or set early_stopping_patience.':
    '予算は {0} トークンですが、データセットは {1} トークンです。実行はデータを {2} 回読んで丸暗記します。データを追加するか、ステップ数を減らすか、early_stopping_patience を設定してください。',
  'The chat is unchanged.': 'チャットは変わっていません。',
  'The checkpoint of step {0}: {1}': 'ステップ {0} のチェックポイントが残っています：{1}',
  'The client is gone.': 'クライアントとの接続がなくなりました。',
  'The compute process could not be started: {0}': '計算プロセスを開始できませんでした：{0}',
  'The compute process crashed ({0}).': '計算プロセスが異常終了しました（{0}）。',
  'The compute process ended without an answer (exit code {0}).':
    '計算プロセスが応答のないまま終了しました（終了コード {0}）。',
  'The compute process ended without an answer ({0}).': '計算プロセスが応答のないまま終了しました（{0}）。',
  'The compute process gave no sign of life any more and was ended.':
    '計算プロセスが応答しなくなったため、終了させました。',
  'The compute process ran out of memory.': '計算プロセスのメモリが足りなくなりました。',
  'The compute process told something malformed: {0}': '計算プロセスから正しくない形式の通知がありました：{0}',
  'The compute process was ended ({0}) before it had begun.': '計算プロセスは始まる前に終了させられました（{0}）。',
  'The compute process was killed from outside, as systems do when memory runs out.':
    '計算プロセスが外部から強制終了されました。メモリ不足のときにシステムが行う動作です。',
  'The compute process was terminated on request.': '要求により計算プロセスを終了させました。',
  'The config.json of the model is not JSON.': 'モデルの config.json が JSON ではありません。',
  'The configuration {0} cannot be read: {1}': '設定 {0} を読み込めません：{1}',
  'The configuration: {0}.': '設定：{0}。',
  'The connection to Hyena Studio was lost.': 'Hyena Studio との接続が切れました。',
  "The context of '{0}' is {1} tokens already.": "'{0}' のコンテキストはすでに {1} トークンです。",
  'The damaged checkpoint was kept as {0}; delete it when you do not need it.':
    '壊れたチェックポイントを {0} として残しました。不要なら削除してください。',
  "The data set '{0}' has another tokenizer than the run '{1}'.":
    "データセット '{0}' のトークナイザーは、実行 '{1}' のものと異なります。",
  "The data set '{0}' is not the one that the run '{1}' was begun with.":
    "データセット '{0}' は、実行 '{1}' を始めたときのものではありません。",
  "The data set '{0}' is not the one that the run '{1}' was trained on.":
    "データセット '{0}' は、実行 '{1}' の学習に使われたものではありません。",
  "The data set '{0}' was made with another tokenizer than this model.":
    "データセット '{0}' は、このモデルとは別のトークナイザーで作られています。",
  'The data set has no validation text: nothing is evaluated.':
    'データセットに検証用のテキストがないため、評価は行いません。',
  'The device or its driver may hang.': 'デバイスかそのドライバーが固まっている可能性があります。',
  'The disk is full: {0}': 'ディスクに空きがありません：{0}',
  'The document.': '文書は無事です。',
  'The existing run is unchanged.': '既存の実行は変わっていません。',
  'The first one was kept.': '最初のものを残しました。',
  'The job was asked to stop.': '要求により処理を停止しました。',
  'The last entry was cut off in the middle and is left out.': '最後の項目が途中で切れているため、除きました。',
  'The library and its runs are not affected.': 'ライブラリと実行に影響はありません。',
  'The library cannot be kept in {0}: {1}': 'ライブラリを {0} に置けません：{1}',
  'The library stays where it is.': 'ライブラリの場所は変わりません。',
  'The lock could not be taken over.': 'ロックを引き継げませんでした。',
  'The model was closed.': 'モデルを閉じました。',
  'The name of an uploaded file is too long.': 'アップロードされたファイルの名前が長すぎます。',
  'The name of an uploaded file leads elsewhere.': 'アップロードされたファイルの名前が別の場所を指しています。',
  'The other one goes on.': 'もう一方はそのまま続きます。',
  'The places of the document': '文書の位置情報',
  'The program is being closed.': 'プログラムを終了しているところです。',
  'The prompt cannot be read: {0}': 'プロンプトを読み込めません：{0}',
  'The queue could not be saved: {0}': '待ち行列を保存できませんでした：{0}',
  'The queue is kept in memory and is lost when the program ends.':
    '待ち行列はメモリにだけ残っていて、プログラムが終了すると失われます。',
  'The record': '記録',
  'The record in the trash': 'ゴミ箱の記録',
  'The record of the data set': 'データセットの記録',
  'The record of the run': '実行の記録',
  'The request could not be served.': '要求を処理できませんでした。',
  'The request {0} is malformed: {1}.': '要求 {0} の形式が正しくありません：{1}。',
  "The run '{0}' has been trained already.": "実行 '{0}' はすでに学習済みです。",
  "The run '{0}' has no checkpoint yet: there is nothing to start from.":
    "実行 '{0}' にはまだチェックポイントがなく、出発点にできるものがありません。",
  'The run ended within its warmup: the learning rate never reached {0}. Set warmup_steps to fewer steps, or train for longer.':
    '実行がウォームアップ中に終わったため、学習率は {0} に達しませんでした。warmup_steps を減らすか、長く学習させてください。',
  'The run goes on from its checkpoint of step {0}.': '実行はステップ {0} のチェックポイントから続きます。',
  'The run goes on from its start, for there was no checkpoint yet.':
    'チェックポイントがまだなかったので、実行は最初から始まります。',
  'The run {0} is being trained by process {1} on {2}.': '実行 {0} は、{2} のプロセス {1} が学習中です。',
  'The run {0} is being trained on {1}.': '実行 {0} が {1} で学習中です。',
  'The same command goes on.': '同じコマンドで続きから再開します。',
  'The state of the run': '実行の状態',
  'The system does not allow writing to {0}.': 'システムが {0} への書き込みを許可していません。',
  "The text of the document '{0}' is not what was imported.":
    "文書 '{0}' のテキストが、読み込んだときのものと異なります。",
  'The token cannot be used.': 'このトークンは使えません。',
  'The token file cannot be read: {0}': 'トークンのファイルを読み込めません：{0}',
  'The upload was interrupted.': 'アップロードが中断されました。',
  'The upload was refused ({0}).': 'アップロードが拒否されました（{0}）。',
  'The warmup takes {0} of the {1} steps of the run. Set warmup_steps to {2} at most, or train for more steps.':
    '実行の {1} ステップのうち {0} ステップがウォームアップです。warmup_steps を {2} 以下にするか、ステップ数を増やしてください。',
  'The warmup takes {0} steps and the whole run {1}: it ends at {2} of the learning rate of {3}. Set warmup_steps to {4} at most, or train for more steps.':
    'ウォームアップは {0} ステップですが、実行全体は {1} ステップです。学習率は {3} の {2} までしか上がりません。warmup_steps を {4} 以下にするか、ステップ数を増やしてください。',
  'The weights are those of the run {0} after step {1}.': '重みは、実行 {0} のステップ {1} の後のものです。',
  'The window connects again by itself.': 'ウィンドウは自動で再接続します。',
  'The {0} of the convolution is wrong: {1} instead of {2} at element {3}.':
    '畳み込みの {0} が正しくありません：要素 {3} が {2} ではなく {1} です。',
  'There is a task {0} already.': 'タスク {0} はすでにあります。',
  "There is already a run named '{0}'.": "'{0}' という実行はすでにあります。",
  "There is neither a file nor a document '{0}'.": "'{0}' というファイルも文書もありません。",
  'There is no key {0} in {1}.': '{1} にキー {0} はありません。',
  'There is no key {0}.': 'キー {0} はありません。',
  'There is no preset {0}.': '出発点 {0} はありません。',
  'There is no prompt.': 'プロンプトがありません。',
  "There is no request '{0}'.": "'{0}' という要求はありません。",
  "There is no run named '{0}' in {1}.": "{1} に '{0}' という実行はありません。",
  "There is no stream '{0}'.": "'{0}' というストリームはありません。",
  'There is no such chat any more.': 'このチャットはもうありません。',
  'There is no such message in this chat any more.': 'このメッセージは、このチャットにはもうありません。',
  'There is no such thing in the trash.': 'そのようなものはゴミ箱にありません。',
  'There is no trained model yet.': '学習済みのモデルがまだありません。',
  'There is none yet. Add files: hyena data add PATH --name {0}':
    'まだ 1 つもありません。ファイルを追加するには：hyena data add PATH --name {0}',
  'There is none yet: hyena train makes one.': 'まだ 1 つもありません。hyena train で作れます。',
  'There is nothing of the document at that place.': 'その箇所に文書の内容はありません。',
  'There was no checkpoint yet.': 'チェックポイントはまだありませんでした。',
  'These files were chosen before the program was started anew.':
    'これらのファイルは、プログラムを再起動する前に選ばれたものです。',
  'This data is small: its answers have {0} tokens. The model will repeat them rather than learn to answer.':
    'データが少なく、答えは {0} トークンです。モデルは答え方を学ぶより、その答えを繰り返すようになります。',
  'This device computes wrongly: use another one, and report this.':
    'このデバイスは正しく計算しません。別のデバイスを使い、この不具合を報告してください。',
  'This drop already has a file or folder of that name.':
    '一緒にドロップされたものの中に、同じ名前のファイルかフォルダーがすでにあります。',
  'This drop has no file of that name.': 'ドロップされたものの中に、その名前のファイルはありません。',
  'This message does not fit: the model looks back at {0} tokens.':
    'このメッセージは収まりません。モデルがさかのぼって見るのは {0} トークンです。',
  'Train a model first.': '先にモデルを学習させてください。',
  'Train a new run on it.': 'それを使って新しい実行を学習させてください。',
  'Train it first: hyena resume {0}': '先に学習させてください：hyena resume {0}',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    '答えの多い、または長い対話で学習させるか、sequence_length を長くしてください。',
  'Try again; if no other program uses the library, delete that file.':
    'もう一度試してください。ほかにライブラリを使っているプログラムがなければ、そのファイルを削除してください。',
  'Unset it, then choose here.': 'この変数の設定を解除してから、ここで選んでください。',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'バッチを小さくするか、系列長を短くするか、再計算（gradient_checkpointing）を使ってください。',
  'Use another, or 0 for any.': '別の番号を使うか、0 で空いているものに任せてください。',
  'Wait for its answer, or stop it.': 'その答えを待つか、停止してください。',
  'Wait for some of them to finish, or cancel them.': 'いくつかが終わるのを待つか、キャンセルしてください。',
  'What was deleted is no longer in the trash.': '削除したものは、もうゴミ箱にありません。',
  'What was fetched; the device was not made available.': '取得済みのものは残っています。デバイスはまだ使えません。',
  'Write for example --set d_model=128.': 'たとえば --set d_model=128 のように書いてください。',
  'Your message and the answer as far as it was written were kept.':
    'あなたのメッセージと、途中まで書かれた答えは残っています。',
  'Your message was kept.': 'あなたのメッセージは残っています。',
  'a number': '数値',
  'a whole number': '整数',
  'above {0}': '{0} より大きい',
  batches: 'バッチ',
  'below {0}': '{0} 未満',
  channels: 'チャンネル',
  epochs: 'エポック',
  evaluations: '回',
  'from {0}': '{0} 以上',
  'hyena runs list shows the runs there are.': 'hyena runs list で実行の一覧を確認できます。',
  'hyena train --help lists every key with its bounds.':
    'hyena train --help で、すべてのキーとその範囲を確認できます。',
  'letters, digits, dots, hyphens and underscores': '文字、数字、ピリオド、ハイフン、アンダースコア',
  'letters, digits, dots, hyphens, underscores and spaces': '文字、数字、ピリオド、ハイフン、アンダースコア、空白',
  'may have {0}; {1} is none of them': '{0}だけで構成します。{1} は使えません',
  minutes: '分',
  'must be odd: one time feature and pairs of sine and cosine':
    '奇数でなければなりません（時間の特徴 1 つと、サインとコサインの組）',
  'must have at least one letter or digit': '1 つ以上の文字または数字が必要です',
  'must have at most {0} bytes as UTF-8; this one has {1}':
    'UTF-8 で {0} バイト以下でなければなりません（今は {1} バイト）',
  'must have at most {0} characters; this one has {1}': '{0} 文字以下でなければなりません（今は {1} 文字）',
  'must not be one that Windows reserves for itself, such as {0}':
    '{0} のような、Windows が予約しているものにはできません',
  'must not end with a dot, a space or a joiner': 'ピリオド、空白、結合文字で終わることはできません',
  'must start with a letter or digit': '文字または数字で始まらなければなりません',
  nats: 'nat',
  sequences: '系列',
  steps: 'ステップ',
  text: 'テキスト',
  'the gradient norm is infinite': '勾配ノルムが無限大です',
  'the gradient norm is not a number': '勾配ノルムが数値ではありません',
  'the loss is infinite': '損失が無限大です',
  'the loss is not a number': '損失が数値ではありません',
  'the loss jumped to {0}, {1} times its average of {2}': '損失が {0} に跳ね上がりました（平均 {2} の {1} 倍）',
  'to {0}': '{0} 以下',
  tokens: 'トークン',
  'training.sequence_length ({0}) is longer than model.l_max ({1}), the longest sequence the filters are defined for.':
    'training.sequence_length（{0}）が、フィルターの定義される最長の系列 model.l_max（{1}）を超えています。',
  'training.sequence_length_start ({0}) is longer than {1}, the full length.':
    'training.sequence_length_start（{0}）が、全体の長さ {1} を超えています。',
  'up to {0}': '{0} 以下',
  "vocab_size is {0}, but the tokenizer of '{1}' has {2} tokens.":
    "vocab_size は {0} ですが、'{1}' のトークナイザーは {2} トークンです。",
  windows: '窓',
  '{0} batches in a row held no learned token.': '{0} 個のバッチに続けて、学習の対象になるトークンがありませんでした。',
  "{0} cannot be moved to the system's trash: {1}": '{0} をシステムのゴミ箱に移せません：{1}',
  '{0} cannot be shown: {1}': '{0} を表示できません：{1}',
  '{0} does not hold an object.': '{0} にオブジェクトがありません。',
  '{0} holds {1} tokens: there is nothing to predict.': '{0} は {1} トークンしかなく、予測するものがありません。',
  '{0} in {1} is not an object.': '{1} の {0} はオブジェクトではありません。',
  '{0} is a file that is not in the library yet.': '{0} は、まだライブラリにないファイルです。',
  '{0} is being trained, so it cannot be deleted.': '{0} は学習中なので、削除できません。',
  '{0} is being trained, so it cannot be renamed.': '{0} は学習中なので、名前を変更できません。',
  '{0} is gone: the folder of the run was removed or moved while it trained.':
    '{0} がなくなりました。学習中に実行のフォルダーが削除されたか、移動されました。',
  "{0} is in the system's trash by now.": '{0} はすでにシステムのゴミ箱にあります。',
  '{0} is missing: it takes {1}.': '{0} がありません。指定できる値：{1}。',
  '{0} is no whole path.': '{0} は完全なパスではありません。',
  '{0} is not JSON: {1}': '{0} は JSON ではありません：{1}',
  '{0} is not a whole model: {1} not found.': '{0} はモデルとして不完全です。{1} が見つかりません。',
  '{0} is not being trained here.': '{0} はここでは学習していません。',
  '{0} is not the folder of a run or of a model.': '{0} は実行のフォルダーでもモデルのフォルダーでもありません。',
  '{0} jobs are waiting already.': 'すでに {0} 件の処理が待機中です。',
  '{0} more requests were refused.': 'ほかに {0} 件の要求を拒否しました。',
  '{0} must be {1}; {2} was given.': '{0} に指定できる値：{1}。指定された値：{2}。',
  '{0} or {1}': '{0} または {1}',
  '{0} requests of this window are not answered yet.': 'このウィンドウからの要求 {0} 件にまだ応答していません。',
  '{0} {1} is not JSON.': '{0} {1} は JSON ではありません。',
  '{0} {1} is not as expected: {2}': '{0} {1} の内容が想定と異なります：{2}',
  '{0} {1}; it takes {2}; {3} was given.': '{0} は{1}。指定できる値：{2}。指定された値：{3}。',
  '{0}, or none': '{0}、または空欄',
  '{0}; the batch is left out': '{0}。このバッチは除きます',
};
