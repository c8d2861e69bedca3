import type { Catalogue } from '../told.ts';

/** What devices and their setup tell, by its English: see main/contract/told.ts. */
export const jaDevices: Catalogue = {
  'the NVIDIA driver gives no GPU (nvidia-smi: {0})': 'NVIDIA ドライバーが GPU を返しません（nvidia-smi: {0}）',
  'The NVIDIA driver gives no GPU (nvidia-smi: {0}). After an update of the driver, start the machine again.':
    'NVIDIA ドライバーが GPU を返しません（nvidia-smi: {0}）。ドライバーの更新後は再起動してください。',
  '{0} is too old for this TensorFlow: its compute capability is {1}, and 6.0 is needed.':
    '{0} はこの TensorFlow には古すぎます: compute capability は {1} ですが、6.0 が必要です。',
  '{0} is newer than this TensorFlow: at its first start the driver compiles kernels for it, which can take half an hour, once.':
    '{0} はこの TensorFlow より新しいため、初回の開始時にドライバーがカーネルをコンパイルします。一度だけ、最大 30 分ほどかかることがあります。',
  "The driver's library {0} is not found.": 'ドライバーのライブラリ {0} が見つかりません。',
  'In a container: start it with the GPU and NVIDIA_DRIVER_CAPABILITIES=compute,utility. Else install the whole driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'コンテナでは GPU と NVIDIA_DRIVER_CAPABILITIES=compute,utility を付けて起動します。それ以外ではドライバー全体をインストールします（Debian: libcuda1、Ubuntu: 同じ版の libnvidia-compute）。',
  "TensorFlow does not see {0}: the driver's library {1} is not found.":
    'TensorFlow から {0} が見えません: ドライバーのライブラリ {1} が見つかりません。',
  'TensorFlow does not see {0}: {1} cannot be loaded.': 'TensorFlow から {0} が見えません: {1} を読み込めません。',
  'After an update of the driver, start the machine again. Another program may hold the GPU for itself (nvidia-smi shows its compute mode).':
    'ドライバーの更新後は再起動してください。別のプログラムが GPU を占有している可能性もあります（nvidia-smi が compute mode を表示します）。',
  'TensorFlow does not see {0}: its driver does not start for computing.':
    'TensorFlow から {0} が見えません: ドライバーが計算用に起動しません。',
  "'{0}' computes wrong: its losses are {1}, those of the portable device {2}.":
    "'{0}' は正しく計算しません。損失が {1} になりますが、portable デバイスでは {2} です。",
  "'{0}' of {1} does not have the shape [{2}].": "{1} の '{0}' の形が [{2}] ではありません。",
  "'{0}' of {1} has the shape [{2}], but the model needs [{3}].":
    "{1} の '{0}' の形は [{2}] ですが、モデルには [{3}] が必要です。",
  'A GPU is taken once it wins a measurement with the configuration that is trained: the first training measures.':
    '学習する設定での測定で GPU の方が速ければ、GPU を使います。測定は最初の学習のときに行います。',
  "A sequence of {0} tokens is longer than this model's context of {1}.":
    '{0} トークンの系列は、このモデルのコンテキスト {1} を超えています。',
  'A tensor of {0} MiB is needed, but the GPU {1} allows {2} MiB.':
    '{0} MiB のテンソルが必要ですが、GPU {1} の上限は {2} MiB です。',
  "A text of {0} tokens is longer than this model's context of {1}.":
    '{0} トークンのテキストは、このモデルのコンテキスト {1} を超えています。',
  'All libraries of CUDA 12 and cuDNN 9 are installed.':
    'CUDA 12 と cuDNN 9 のライブラリはすべてインストールされています。',
  'Another compiler may take it (CXX=clang++), or another libtensorflow (--library PATH).':
    '別のコンパイラー（CXX=clang++）か、別の libtensorflow（--library PATH）なら通るかもしれません。',
  'Another configuration is measured when it is first trained.': '別の設定は、初めて学習するときに測定します。',
  'Another libtensorflow may have what is missing: --library PATH. The other devices work as before.':
    '別の libtensorflow なら足りないものがあるかもしれません：--library PATH。ほかのデバイスはこれまでどおり使えます。',
  'Build it again for this system: node worker/native/build.mjs':
    'このシステム用にビルドし直してください：node worker/native/build.mjs',
  'Check that npm reaches its registry, or name the package as a .tgz that you have: --binding FILE':
    'npm がレジストリに接続できるか確認するか、お手持ちの .tgz パッケージを指定してください：--binding FILE',
  'Check the connection and run the same command again, or fetch the file by other means and name it.':
    '接続を確認して同じコマンドをもう一度実行するか、別の方法でファイルを入手して指定してください。',
  'Check the connection, or name a folder, a wheel or an archive that you have: --library PATH':
    '接続を確認するか、お手持ちのフォルダー、wheel、アーカイブのいずれかを指定してください：--library PATH',
  'Choose a part of it, or give the model a longer context: hyena extend RUN --context N.':
    '一部を選ぶか、モデルのコンテキストを長くしてください：hyena extend RUN --context N。',
  'Choose a smaller batch, sequence length or model, or switch gradient checkpointing on; HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'バッチ、系列長、モデルのいずれかを小さくするか、再計算（gradient_checkpointing）を有効にしてください。上限は HYENA_MEMORY_LIMIT_MIB で決まります。',
  'Dawn does not start here: {0}': 'ここでは Dawn を開始できません：{0}',
  'Fetch it again, or name another one.': '取得し直すか、別のものを指定してください。',
  'Free some space, or set HYENA_DEVICES to a folder on another disk.':
    '空き容量を増やすか、HYENA_DEVICES に別のディスクのフォルダーを設定してください。',
  'GPU {0}: {1}': 'GPU {0}：{1}',
  'Go on from the last checkpoint; if it happens again, use another device.':
    '最後のチェックポイントから続けてください。また起きる場合は、別のデバイスを使ってください。',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number, but is '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB は正の数でなければなりませんが、'{0}' になっています。",
  'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system':
    'システムの方法で CUDA 12 と cuDNN 9 をインストールしてから：hyena setup cuda --cuda-libraries system',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then: node worker/native/build.mjs':
    'C++20 コンパイラーをインストールしてから（Debian、Ubuntu：apt install g++、macOS：xcode-select --install、Windows：LLVM）：node worker/native/build.mjs',
  'Install a current driver of the GPU.': 'GPU の最新のドライバーをインストールしてください。',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the same command again.':
    'コンパイラーをインストールしてから（Debian、Ubuntu：apt install g++、macOS：xcode-select --install）、同じコマンドをもう一度実行してください。',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or name what you have: --library PATH':
    'pip をインストールするか（Debian、Ubuntu：apt install python3-pip）、PIP_INDEX_URL を設定するか、お手持ちのものを指定してください：--library PATH',
  'Install tar, then run the same command again.':
    'tar をインストールしてから、同じコマンドをもう一度実行してください。',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'GPU の Vulkan ドライバーと Vulkan ローダーをインストールしてください（Debian、Ubuntu：apt install libvulkan1。Intel と AMD では mesa-vulkan-drivers も、NVIDIA では同社のドライバーも）。',
  'Install the program again.': 'プログラムをインストールし直してください。',
  'It can hold 4 GiB. Use a smaller batch, a shorter sequence or gradient checkpointing, or the native device.':
    '上限は 4 GiB です。バッチを小さくするか、系列を短くするか、再計算（gradient_checkpointing）または native デバイスを使ってください。',
  'It cannot be used for this: {0}': 'これには使えません：{0}',
  'It did not end in its time.': '時間内に終わりませんでした。',
  'It is built for Linux, macOS and Windows on x64 and arm64 alone. Use another device.':
    'x64 と arm64 の Linux、macOS、Windows 用にのみ作られています。別のデバイスを使ってください。',
  'It is the fastest device here.': 'このマシンで最も速いデバイスです。',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, and did not end in its time on {2}.':
    'この設定での測定で最も速いデバイスです：1 ステップに {1} で {0}、{2} では時間内に終わりませんでした。',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, {2} on {3}.':
    'この設定での測定で最も速いデバイスです：1 ステップに {1} で {0}、{3} で {2}。',
  'It is the only device here.': 'このマシンで唯一のデバイスです。',
  'It must hold {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'フォルダーに {0} または {1}、それに {2} と include/tensorflow/c/c_api.h が必要です。',
  'It was asked for.': '指定されたデバイスです。',
  'It was deleted; what was fetched besides is kept.': 'それは削除しました。ほかに取得したものは残っています。',
  'Its config.json and its weights do not belong together.': 'config.json と重みの組み合わせが合っていません。',
  'Its driver was reset, or it was taken away. Go on from the last checkpoint; if it happens again, use another device.':
    'ドライバーがリセットされたか、GPU が取り外されました。最後のチェックポイントから続けてください。また起きる場合は、別のデバイスを使ってください。',
  'Its process ended early ({0}).': 'プロセスが途中で終了しました（{0}）。',
  'Let them be downloaded: hyena setup cuda --remove, then: hyena setup cuda --cuda-libraries download':
    'ダウンロードさせるには：hyena setup cuda --remove、続けて：hyena setup cuda --cuda-libraries download',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'CUDA のライブラリが足りません：{0}。インストールするか、ダウンロードさせてください。',
  "NVIDIA's packages of CUDA 12 and cuDNN 9 of your Python package index":
    'お使いの Python パッケージインデックスにある NVIDIA の CUDA 12 と cuDNN 9 のパッケージ',
  'Name a folder, a wheel or an archive that you have: --library PATH':
    'お手持ちのフォルダー、wheel、アーカイブのいずれかを指定してください：--library PATH',
  'Name a folder, a wheel or an archive with libtensorflow: --library PATH':
    'libtensorflow を含むフォルダー、wheel、アーカイブのいずれかを指定してください：--library PATH',
  'No GPU trains this configuration.': 'この設定を学習できる GPU はありません。',
  'No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.':
    'NVIDIA のドライバーが応答しません（nvidia-smi）。お使いのカードのドライバー（バージョン 525 以降）をインストールし、マシンを再起動してください。',
  'No Python package index is known here: pip is not installed.':
    'Python パッケージインデックスが分かりません。pip がインストールされていません。',
  'No device is available.': '使えるデバイスがありません。',
  'Not available: {0}.': '使えないもの：{0}。',
  'Not installed: {0}.': 'インストールされていないもの：{0}。',
  'Nothing was downloaded.': '何もダウンロードしていません。',
  'Nothing was set up.': '何もセットアップしていません。',
  'Process {0} on {1} has been setting a device up since {2}.':
    '{2} から {1} のプロセス {0} がデバイスをセットアップしています。',
  'Reinstall the program: a file of it may be missing.':
    'プログラムをインストールし直してください。ファイルが欠けている可能性があります。',
  'Run the same command again.': '同じコマンドをもう一度実行してください。',
  'Set PIP_INDEX_URL to an index that has it, or name a wheel that you have: --library PATH':
    'PIP_INDEX_URL にそれを含むインデックスを設定するか、お手持ちの wheel を指定してください：--library PATH',
  'Set it up again: hyena setup {0}': 'セットアップし直してください：hyena setup {0}',
  'Set it up: hyena setup cuda (hyena setup cuda --plan tells what that downloads)':
    'セットアップするには：hyena setup cuda（ダウンロードされるものは hyena setup cuda --plan で確認できます）',
  'Shorten the text, or train a model with a longer context (l_max).':
    'テキストを短くするか、コンテキストの長いモデル（l_max）を学習させてください。',
  'Start again from a shorter text, or use a model with a longer context.':
    '短いテキストからやり直すか、コンテキストの長いモデルを使ってください。',
  'TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.':
    'TensorFlow が NVIDIA の GPU で計算できるのは Linux だけです。Windows では WSL 2（Ubuntu）を使ってください。',
  'TensorFlow for the processor is not set up; the native device is faster':
    'プロセッサー用の TensorFlow はセットアップされていません（native デバイスの方が高速です）',
  'TensorFlow in {0} cannot be loaded: {1}': '{0} の TensorFlow を読み込めません：{1}',
  'TensorFlow {0} on the processor, {1}': 'プロセッサーで動く TensorFlow {0}、{1}',
  'The GPU {0} could not be opened: {1}': 'GPU {0} を開けませんでした：{1}',
  'The GPU {0} gave no result: {1}': 'GPU {0} から結果が得られませんでした：{1}',
  'The GPU {0} has no memory left for this: {1} MiB are in use here.':
    'GPU {0} にはこのためのメモリが残っていません: ここで {1} MiB を使用中です。',
  'The GPU {0} refused what it was given: {1}': 'GPU {0} が渡されたものを拒否しました：{1}',
  'The GPU {0} was lost.': 'GPU {0} が使えなくなりました。',
  'The GPU {0} was lost: {1}.': 'GPU {0} が使えなくなりました：{1}。',
  'The GPU, its driver or this libtensorflow is at fault: try another with --library PATH.':
    'GPU、そのドライバー、この libtensorflow のいずれかに問題があります。--library PATH で別の libtensorflow を試してください。',
  'The NVIDIA driver is {0}; CUDA 12 needs {1} or newer: update the driver.':
    'NVIDIA のドライバーは {0} ですが、CUDA 12 には {1} 以降が必要です。ドライバーを更新してください。',
  'The Python package index does not answer: {0}': 'Python パッケージインデックスが応答しません：{0}',
  "The Python package index has no '{0}' ({1}).": "Python パッケージインデックスに '{0}' はありません（{1}）。",
  'The Python package index has no {0} {1} for this system.':
    'Python パッケージインデックスに、このシステム用の {0} {1} はありません。',
  'The Python package index has no {0} {1}.': 'Python パッケージインデックスに {0} {1} はありません。',
  'The WebAssembly backend did not start.': 'WebAssembly バックエンドを開始できませんでした。',
  'The binding does not compile: {0}': 'バインディングをコンパイルできません：{0}',
  'The data and the model must use the same tokenizer.': 'データとモデルは同じトークナイザーを使う必要があります。',
  "The device '{0}' cannot be set up here. {1}": "デバイス '{0}' はここではセットアップできません。{1}",
  "The device '{0}' has no {1} precision.": "デバイス '{0}' は精度 {1} に対応していません。",
  "The device '{0}' is not available: {1}.": "デバイス '{0}' は使えません：{1}。",
  'The device webgpu convolves at most {0} positions, not {1}.':
    'webgpu デバイスで畳み込める位置は {0} までで、{1} は処理できません。',
  'The distilled filters in {0} are of another shape.': '{0} の蒸留したフィルターの形が異なります。',
  'The download was stopped.': 'ダウンロードを停止しました。',
  'The headers of Node-API are missing.': 'Node-API のヘッダーがありません。',
  "The model's context of {0} tokens is full.": 'モデルのコンテキスト（{0} トークン）がいっぱいです。',
  "The model's filters are not finite.": 'モデルのフィルターが有限ではありません。',
  'The native device cannot be loaded: {0}': 'native デバイスを読み込めません：{0}',
  'The native device has no tensors of type {0}.': 'native デバイスに {0} 型のテンソルはありません。',
  'The native device is not built.': 'native デバイスがビルドされていません。',
  'The package {0} came damaged: its checksum is not the published one.':
    'パッケージ {0} が壊れた状態で届きました。チェックサムが公開されているものと異なります。',
  'The portable device has no room for {0} MiB more.': 'portable デバイスには、あと {0} MiB の空きがありません。',
  "The self-test of '{0}' failed: {1}": "'{0}' の自己診断に失敗しました：{1}",
  'The server refused {0}: {1}.': 'サーバーが {0} を拒否しました：{1}。',
  'The setup was stopped.': 'セットアップを停止しました。',
  'Then: hyena setup {0}': 'その後で：hyena setup {0}',
  'There is no C++ compiler here, and the binding is built from its sources.':
    'C++ コンパイラーがありません。バインディングはソースからビルドします。',
  'There is no GPU with the number {0}.': '番号 {0} の GPU はありません。',
  'There is no GPU: {0}.': 'GPU がありません：{0}。',
  'There is no NVIDIA GPU with the number {0}.': '番号 {0} の NVIDIA GPU はありません。',
  "There is no device named '{0}'.": "'{0}' というデバイスはありません。",
  'There is no libtensorflow in {0}.': '{0} に libtensorflow はありません。',
  'There is no official archive for this system: name a folder with libtensorflow by --library.':
    'このシステム用の公式アーカイブはありません。--library で libtensorflow のあるフォルダーを指定してください。',
  'There is no program tar to unpack with.': '展開に使うプログラム tar がありません。',
  "There is no wheel with libtensorflow for '{0}' on this system ({1}, {2}): name a folder that has it by --library.":
    "このシステム（{1}, {2}）には '{0}' 用の libtensorflow 入り wheel がありません。--library で libtensorflow のあるフォルダーを指定してください。",
  'There is nothing at {0}.': '{0} には何もありません。',
  'This adapter computes on the processor: it is for tests, and slow.':
    'このアダプターはプロセッサーで計算します。テスト用で低速です。',
  'This is a defect of the program or the driver. Update the driver, or use another device.':
    'プログラムかドライバーの不具合です。ドライバーを更新するか、別のデバイスを使ってください。',
  'This libtensorflow does not say which of CUDA’s libraries it needs.':
    'この libtensorflow からは、必要な CUDA のライブラリが分かりません。',
  'This needs about {0} of {1} or more, you have {2}.': '{1}が約 {0} 以上必要ですが、{2} しかありません。',
  'This process computes with the TensorFlow of {0} already.':
    'このプロセスはすでに {0} の TensorFlow で計算しています。',
  'This takes {0} of disk, and {1} has {2} free.': 'ディスクに {0} 必要ですが、{1} の空きは {2} です。',
  'To compare with it: hyena setup tensorflow': 'これと比べるには：hyena setup tensorflow',
  "Token {0} is outside of the model's vocabulary of {1} tokens.":
    'トークン {0} は、{1} トークンからなるモデルの語彙の範囲外です。',
  'Try a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'バッチを小さくする（勾配の累積を使えば結果は同じ）、系列長を短くする、再計算（gradient_checkpointing）を使う、別のデバイスを使う、のいずれかを試してください。',
  'Try again; where it happens again, something between here and the server changes files.':
    'もう一度試してください。また起きる場合は、サーバーとの間で何かがファイルを書き換えています。',
  'Update its driver, or use another device.': 'ドライバーを更新するか、別のデバイスを使ってください。',
  'Use a shorter sequence, or another device.': '系列を短くするか、別のデバイスを使ってください。',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'バッチを小さくするか、系列を短くするか、再計算（gradient_checkpointing）を使ってください。',
  'Use auto, or one of: {0}.': 'auto か、次のいずれかを使ってください：{0}。',
  'Use one of the two at a time.': '2 つのうち一度に使えるのは 1 つだけです。',
  'Use {0}, or another device.': '{0} にするか、別のデバイスを使ってください。',
  'WebAssembly on one processor core': 'プロセッサーの 1 コアで動く WebAssembly',
  'What was fetched and built; the device was not made available.':
    '取得してビルドしたものは残っています。デバイスはまだ使えません。',
  'What was fetched before.': 'それまでに取得したものは残っています。',
  'What was fetched was deleted; nothing else was changed.': '取得したものは削除しました。ほかは何も変更していません。',
  'What was fetched.': '取得済みのものは残っています。',
  'What was fetched; the next one goes on.': '取得済みのものは残っていて、次回はそこから続きます。',
  'Where there is an NVIDIA GPU: install its driver, then: hyena setup cuda':
    'NVIDIA の GPU がある場合は、そのドライバーをインストールしてから：hyena setup cuda',
  'hyena devices lists those that there are.': 'hyena devices で一覧を確認できます。',
  'its C++ kernels are not built': 'C++ のカーネルがビルドされていません',
  memory: 'メモリ',
  'memory of {0}': '{0} のメモリ',
  'no GPU that Vulkan, Metal or Direct3D 12 offers was found':
    'Vulkan、Metal、Direct3D 12 のいずれかで使える GPU が見つかりません',
  'no NVIDIA driver answers (nvidia-smi)': 'NVIDIA のドライバーが応答しません（nvidia-smi）',
  'npm install --include=optional': 'npm install --include=optional',
  'npm run build': 'npm run build',
  'plain JavaScript, for tests: slow': '素の JavaScript、テスト用で低速',
  'the Python package index': 'Python パッケージインデックス',
  'the npm package {0} {1} by npm': 'npm で取得する npm パッケージ {0} {1}',
  'the official archive of libtensorflow': 'libtensorflow の公式アーカイブ',
  "the optional package 'webgpu' (Dawn) is not installed":
    "任意のパッケージ 'webgpu'（Dawn）がインストールされていません",
  'the wheel {0} {1} of your Python package index': 'お使いの Python パッケージインデックスにある wheel {0} {1}',
  'there is no npm': 'npm がありません',
  'training on the new device': '新しいデバイスでの学習',
  '{0} MB of it, from where the next one goes on.': '{0} MB は取得済みで、次回はそこから続きます。',
  '{0} MB of it, from where the next try goes on.': '{0} MB は取得済みで、次の試行はそこから続きます。',
  '{0} came damaged: its checksum is not the published one.':
    '{0} が壊れた状態で届きました。チェックサムが公開されているものと異なります。',
  '{0} cannot be unpacked: {1}': '{0} を展開できません：{1}',
  '{0} could not be fetched: {1}': '{0} を取得できませんでした：{1}',
  '{0} could not be fetched: {1}.': '{0} を取得できませんでした：{1}。',
  "{0} holds '{1}', which this model does not have.": "{0} に、このモデルにはない '{1}' が入っています。",
  "{0}'s binding for TensorFlow {1}": 'TensorFlow {1} 用の {0} のバインディング',
  '{0}, all cores, own kernels': '{0}、全コア、独自カーネル',
  '{0}: {1} more do not fit: {2} are in use': '{0}：あと {1} が収まりません（{2} 使用中）',
  '{0}: {1} more do not fit: {2} are in use, {3} are allowed': '{0}：あと {1} が収まりません（{2} 使用中、上限 {3}）',
  '{0}; the software to compute on it is not set up':
    '{0}。これで計算するためのソフトウェアがセットアップされていません',
};
