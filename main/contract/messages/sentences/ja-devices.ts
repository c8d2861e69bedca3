import type { Catalogue } from '../language.ts';

/** What devices and their setup report, by its English: see main/contract/message.ts. */
export const jaDevices: Catalogue = {
  'the NVIDIA driver reports no GPU (nvidia-smi: {0})': 'NVIDIA ドライバーが GPU を検出していません（nvidia-smi：{0}）',
  'The NVIDIA driver reports no GPU (nvidia-smi: {0}). If the driver was updated, restart the computer.':
    'NVIDIA ドライバーが GPU を検出していません（nvidia-smi：{0}）。ドライバーを更新した場合は、コンピューターを再起動してください。',
  '{0} is too old for this TensorFlow: its compute capability is {1}; 6.0 is required.':
    '{0} はこの TensorFlow には古すぎます: compute capability は {1} ですが、6.0 が必要です。',
  '{0} is newer than this TensorFlow: on first start the driver compiles kernels for it, which can take half an hour once.':
    '{0} はこの TensorFlow より新しいため、初回の開始時にドライバーがカーネルをコンパイルします。一度だけ、最大 30 分ほどかかることがあります。',
  'Driver library {0} not found.': 'ドライバーのライブラリ {0} が見つかりません。',
  'In a container, enable the GPU with NVIDIA_DRIVER_CAPABILITIES=compute,utility. Otherwise install the full driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'コンテナでは GPU と NVIDIA_DRIVER_CAPABILITIES=compute,utility を付けて起動します。それ以外ではドライバー全体をインストールします（Debian: libcuda1、Ubuntu: 同じ版の libnvidia-compute）。',
  'TensorFlow cannot use {0}: the driver library {1} was not found.':
    'TensorFlow は {0} を使えません：ドライバーのライブラリ {1} が見つかりません。',
  'TensorFlow cannot use {0}: {1} failed to load.': 'TensorFlow は {0} を使えません：{1} を読み込めません。',
  'If the driver was updated, restart the computer. Another program may have exclusive use of the GPU (nvidia-smi shows its compute mode).':
    'ドライバーを更新した場合は、コンピューターを再起動してください。別のプログラムが GPU を占有している可能性もあります（nvidia-smi が compute mode を表示します）。',
  'TensorFlow cannot use {0}: its driver failed to initialise CUDA.':
    'TensorFlow は {0} を使えません：ドライバーが CUDA を初期化できません。',
  "'{0}' computes incorrect results: its losses are {1}, those of CPU, compatible (WebAssembly) {2}.":
    "'{0}' の計算結果は正しくありません。損失が {1} になりますが、CPU・互換（WebAssembly）では {2} です。",
  "'{0}' of {1} does not have the shape [{2}].": "{1} の '{0}' の形が [{2}] ではありません。",
  "'{0}' in {1} has shape [{2}], but the model expects [{3}].":
    "{1} の '{0}' の形は [{2}] ですが、モデルには [{3}] が必要です。",
  'A GPU is used once it wins a benchmark with the trained configuration; the first training run benchmarks it.':
    '学習する設定での測定で GPU の方が速ければ、GPU を使います。測定は最初の学習のときに行います。',
  "A sequence of {0} tokens exceeds this model's context of {1}.":
    '{0} トークンの系列は、このモデルのコンテキスト {1} を超えています。',
  'A tensor of {0} MiB exceeds the limit of GPU {1}, {2} MiB.':
    '{0} MiB のテンソルは、GPU {1} の上限 {2} MiB を超えています。',
  "A text of {0} tokens exceeds this model's context of {1}.":
    '{0} トークンのテキストは、このモデルのコンテキスト {1} を超えています。',
  'All libraries of CUDA 12 and cuDNN 9 are installed.':
    'CUDA 12 と cuDNN 9 のライブラリはすべてインストールされています。',
  'Another compiler (CXX=clang++) or another libtensorflow may work.':
    '別のコンパイラー（CXX=clang++）か、別の libtensorflow なら動くかもしれません。',
  'A new configuration is benchmarked when it is first trained.': '新しい設定は、初めて学習するときに測定します。',
  'Check the connection and run the setup again, or download the file by other means and use the local copy.':
    '接続を確認してセットアップをもう一度実行するか、別の方法でファイルを入手して、そのファイルを使ってください。',
  'Check the connection, or use a local folder, wheel or archive with libtensorflow.':
    '接続を確認するか、libtensorflow のある手元のフォルダー、wheel、アーカイブを使ってください。',
  'Select a part of it, or use a model with a longer context.':
    '一部を選ぶか、コンテキストの長いモデルを使ってください。',
  'Dawn failed to start: {0}': 'Dawn を開始できません：{0}',
  'Download it again, or choose another one.': 'ダウンロードし直すか、別のものを選んでください。',
  'Free some disk space, or set the environment variable HYENA_DEVICES to a folder on another disk.':
    '空き容量を増やすか、環境変数 HYENA_DEVICES に別のディスクのフォルダーを設定してください。',
  'GPU {0}: {1}': 'GPU {0}：{1}',
  'Resume from the last checkpoint; if this happens again, use another device.':
    '最後のチェックポイントから続けてください。また起きる場合は、別のデバイスを使ってください。',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number; got '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB は正の数でなければなりませんが、'{0}' になっています。",
  'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.':
    'システムのパッケージ管理で CUDA 12 と cuDNN 9 をインストールしてから、セットアップをもう一度実行してください。',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then build the kernels.':
    'C++20 コンパイラーをインストールしてから（Debian、Ubuntu：apt install g++、macOS：xcode-select --install、Windows：LLVM）、カーネルをビルドしてください。',
  'Install a current GPU driver.': 'GPU の最新のドライバーをインストールしてください。',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the setup again.':
    'コンパイラーをインストールしてから（Debian、Ubuntu：apt install g++、macOS：xcode-select --install）、セットアップをもう一度実行してください。',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or use a local copy of libtensorflow.':
    'pip をインストールするか（Debian、Ubuntu：apt install python3-pip）、PIP_INDEX_URL を設定するか、手元の libtensorflow を使ってください。',
  'Install tar, then run the setup again.': 'tar をインストールしてから、セットアップをもう一度実行してください。',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'GPU の Vulkan ドライバーと Vulkan ローダーをインストールしてください（Debian、Ubuntu：apt install libvulkan1。Intel と AMD では mesa-vulkan-drivers も、NVIDIA では同社のドライバーも）。',
  'WebAssembly is limited to 4 GiB. Use a smaller batch, a shorter sequence, gradient checkpointing, or the CPU (native) device.':
    'WebAssembly の上限は 4 GiB です。バッチを小さくするか、系列を短くするか、勾配チェックポイントまたは CPU（ネイティブ）を使ってください。',
  'Unusable for this configuration: {0}': 'この設定では使えません：{0}',
  'Timed out.': 'タイムアウトしました。',
  'Dawn is available only for Linux, macOS and Windows on x64 and arm64. Use another device.':
    'Dawn が使えるのは x64 と arm64 の Linux、macOS、Windows だけです。別のデバイスを使ってください。',
  'Fastest available device.': '使えるデバイスのうち最も速いものです。',
  'Fastest device for this configuration: a step takes {0} on {1} and timed out on {2}.':
    'この設定で最も速いデバイスです：1 ステップは {1} で {0}、{2} ではタイムアウトしました。',
  'Fastest device for this configuration: a step takes {0} on {1}, {2} on {3}.':
    'この設定で最も速いデバイスです：1 ステップは {1} で {0}、{3} で {2} です。',
  'Only available device.': '使える唯一のデバイスです。',
  'The folder must contain {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'フォルダーに {0} または {1}、それに {2} と include/tensorflow/c/c_api.h が必要です。',
  'Selected by the user.': 'ユーザーが選んだデバイスです。',
  'The damaged file was deleted; other downloads were kept.':
    '壊れたファイルは削除しました。ほかにダウンロードしたものは残っています。',
  'config.json and the weights do not match.': 'config.json と重みの組み合わせが合っていません。',
  'The driver was reset or the GPU was removed. Resume from the last checkpoint; if this happens again, use another device.':
    'ドライバーがリセットされたか、GPU が取り外されました。最後のチェックポイントから続けてください。また起きる場合は、別のデバイスを使ってください。',
  'The process exited early ({0}).': 'プロセスが途中で終了しました（{0}）。',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'CUDA のライブラリが足りません：{0}。インストールするか、ダウンロードさせてください。',
  "NVIDIA's CUDA 12 and cuDNN 9 packages from your Python package index":
    'お使いの Python パッケージインデックスにある NVIDIA の CUDA 12 と cuDNN 9 のパッケージ',
  'Use a local folder, wheel or archive with libtensorflow.':
    'libtensorflow のある手元のフォルダー、wheel、アーカイブを使ってください。',
  'No GPU can train this configuration.': 'この設定を学習できる GPU はありません。',
  'No NVIDIA driver found (nvidia-smi did not respond). Install the driver for your card, version 525 or newer, and restart the computer.':
    'NVIDIA のドライバーが見つかりません（nvidia-smi が応答しません）。お使いのカードのドライバー（バージョン 525 以降）をインストールし、コンピューターを再起動してください。',
  'No Python package index configured: pip is not installed.':
    'Python パッケージインデックスが設定されていません。pip がインストールされていません。',
  'No device is available.': '使えるデバイスがありません。',
  'Not available: {0}.': '使えないもの：{0}。',
  'Not installed: {0}.': 'インストールされていないもの：{0}。',
  'Nothing was downloaded.': '何もダウンロードしていません。',
  'Nothing was set up.': '何もセットアップしていません。',
  'Process {0} on {1} has been setting up a device since {2}.':
    '{2} から {1} のプロセス {0} がデバイスをセットアップしています。',
  'Reinstall Hyena Studio: a file may be missing.':
    'Hyena Studio をインストールし直してください。ファイルが欠けている可能性があります。',
  'Run the setup again.': 'セットアップをもう一度実行してください。',
  'Set PIP_INDEX_URL to an index that has it, or use a local wheel.':
    'PIP_INDEX_URL にそれがあるインデックスを設定するか、手元の wheel を使ってください。',
  'Shorten the text, or train a model with a longer context (l_max).':
    'テキストを短くするか、コンテキストの長いモデル（l_max）を学習させてください。',
  'Start again from a shorter text, or use a model with a longer context.':
    '短いテキストからやり直すか、コンテキストの長いモデルを使ってください。',
  'TensorFlow supports NVIDIA GPUs only on Linux. On Windows, use WSL 2 (Ubuntu).':
    'TensorFlow が NVIDIA の GPU に対応するのは Linux だけです。Windows では WSL 2（Ubuntu）を使ってください。',
  'TensorFlow on the CPU is not set up; CPU (native) is faster':
    'CPU 用の TensorFlow はセットアップされていません（CPU（ネイティブ）の方が高速です）',
  'Cannot load TensorFlow from {0}: {1}': '{0} の TensorFlow を読み込めません：{1}',
  'TensorFlow {0} on the CPU, {1}': 'CPU で動く TensorFlow {0}、{1}',
  'Cannot open GPU {0}: {1}': 'GPU {0} を開けませんでした：{1}',
  'GPU {0} returned no result: {1}': 'GPU {0} から結果が得られませんでした：{1}',
  'GPU {0} is out of memory: {1} MiB in use by this process.':
    'GPU {0} のメモリが足りません：このプロセスが {1} MiB を使用中です。',
  'GPU {0} rejected an operation: {1}': 'GPU {0} が操作を拒否しました：{1}',
  'GPU {0} was lost.': 'GPU {0} が使えなくなりました。',
  'GPU {0} was lost: {1}.': 'GPU {0} が使えなくなりました：{1}。',
  'NVIDIA driver {0} is too old: CUDA 12 requires {1} or newer. Update the driver.':
    'NVIDIA のドライバーは {0} ですが、CUDA 12 には {1} 以降が必要です。ドライバーを更新してください。',
  'The Python package index did not respond: {0}': 'Python パッケージインデックスが応答しません：{0}',
  "'{0}' not found in the Python package index ({1}).": "Python パッケージインデックスに '{0}' はありません（{1}）。",
  '{0} {1} for this system was not found in the Python package index.':
    'Python パッケージインデックスに、このシステム用の {0} {1} はありません。',
  '{0} {1} not found in the Python package index.': 'Python パッケージインデックスに {0} {1} はありません。',
  'The WebAssembly backend did not start.': 'WebAssembly バックエンドを開始できませんでした。',
  'Compiling the binding failed: {0}': 'バインディングをコンパイルできません：{0}',
  'The data and the model must use the same tokenizer.': 'データとモデルは同じトークナイザーを使う必要があります。',
  "Cannot set up device '{0}'. {1}": "デバイス '{0}' はセットアップできません。{1}",
  "Device '{0}' does not support {1} precision.": "デバイス '{0}' は精度 {1} に対応していません。",
  "Device '{0}' is not available: {1}.": "デバイス '{0}' は使えません：{1}。",
  'GPU (WebGPU) supports convolutions of at most {0} positions, not {1}.':
    'GPU（WebGPU）で畳み込める位置は {0} までで、{1} は処理できません。',
  'The distilled filters in {0} have a different shape.': '{0} の蒸留したフィルターの形が異なります。',
  'The download was cancelled.': 'ダウンロードをキャンセルしました。',
  'The Node-API headers were not found.': 'Node-API のヘッダーがありません。',
  "The model's context of {0} tokens is full.": 'モデルのコンテキスト（{0} トークン）がいっぱいです。',
  "The model's filters are not finite.": 'モデルのフィルターが有限ではありません。',
  'Cannot load the C++ kernels of the CPU (native) device: {0}':
    'CPU（ネイティブ）の C++ カーネルを読み込めません：{0}',
  'The CPU (native) device does not support tensors of type {0}.':
    'CPU（ネイティブ）は {0} 型のテンソルに対応していません。',
  'The C++ kernels of the CPU (native) device are not built.':
    'CPU（ネイティブ）の C++ カーネルがビルドされていません。',
  'Package {0} is damaged: its checksum does not match the published one.':
    'パッケージ {0} が壊れています。チェックサムが公開されているものと一致しません。',
  'CPU, compatible (WebAssembly) cannot allocate {0} MiB more.':
    'CPU・互換（WebAssembly）は、さらに {0} MiB を割り当てられません。',
  "The self-test of '{0}' failed: {1}": "'{0}' の自己診断に失敗しました：{1}",
  'The server refused {0}: {1}.': 'サーバーが {0} を拒否しました：{1}。',
  'The setup was cancelled.': 'セットアップをキャンセルしました。',
  'No C++ compiler found; the binding is built from source.':
    'C++ コンパイラーがありません。バインディングはソースからビルドします。',
  'GPU {0} not found.': '番号 {0} の GPU はありません。',
  'No GPU available: {0}.': 'GPU がありません：{0}。',
  'NVIDIA GPU {0} not found.': '番号 {0} の NVIDIA GPU はありません。',
  "Unknown device: '{0}'.": "'{0}' というデバイスはありません。",
  'libtensorflow not found in {0}.': '{0} に libtensorflow はありません。',
  'The program tar was not found.': '展開に使うプログラム tar がありません。',
  'Nothing found at {0}.': '{0} には何もありません。',
  'This is a software adapter running on the CPU: for tests only, and slow.':
    'CPU で動くソフトウェアアダプターです。テスト専用で低速です。',
  'This is a bug in Hyena Studio or in the driver. Update the driver, or use another device.':
    'Hyena Studio かドライバーの不具合です。ドライバーを更新するか、別のデバイスを使ってください。',
  'Cannot determine which CUDA libraries this libtensorflow needs.':
    'この libtensorflow に必要な CUDA のライブラリを判別できません。',
  'About {0} or more of {1} required, {2} available.': '{1}が約 {0} 以上必要ですが、{2} しかありません。',
  'This process already uses the TensorFlow in {0}.': 'このプロセスはすでに {0} の TensorFlow で計算しています。',
  'The setup needs {0} of disk space, but {1} has {2} free.':
    'セットアップにはディスクに {0} 必要ですが、{1} の空きは {2} です。',
  "Token {0} is outside the model's vocabulary of {1} tokens.":
    'トークン {0} は、{1} トークンからなるモデルの語彙の範囲外です。',
  'Use a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'バッチを小さくする（勾配の累積を使えば結果は同じ）、系列長を短くする、勾配チェックポイントを使う、別のデバイスを使う、のいずれかを試してください。',
  'Try again. If this happens again, something on the network is modifying downloads.':
    'もう一度試してください。また起きる場合は、ネットワーク上の何かがダウンロードを書き換えています。',
  'Update its driver, or use another device.': 'ドライバーを更新するか、別のデバイスを使ってください。',
  'Use a shorter sequence, or another device.': '系列を短くするか、別のデバイスを使ってください。',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'バッチを小さくするか、系列を短くするか、勾配チェックポイントを使ってください。',
  'Use auto, or one of: {0}.': 'auto か、次のいずれかを使ってください：{0}。',
  'Use only one of the two at a time.': '2 つのうち一度に使えるのは 1 つだけです。',
  'Use {0}, or another device.': '{0} にするか、別のデバイスを使ってください。',
  'WebAssembly on one CPU core': 'CPU の 1 コアで動く WebAssembly',
  'Downloaded and built files were kept; the device was not enabled.':
    'ダウンロードしてビルドしたファイルは残っています。デバイスは有効になっていません。',
  'Earlier downloads were kept.': 'それまでにダウンロードしたものは残っています。',
  'The damaged download was deleted; nothing else was changed.':
    '壊れたダウンロードは削除しました。ほかは何も変更していません。',
  'Downloaded files were kept.': 'ダウンロード済みのファイルは残っています。',
  'Downloaded files were kept; the next setup will resume.':
    'ダウンロード済みのファイルは残っていて、次回のセットアップはそこから再開します。',
  'If this computer has an NVIDIA GPU, install its driver, then set up CUDA.':
    'NVIDIA GPU がある場合は、ドライバーをインストールしてから CUDA をセットアップしてください。',
  'the C++ kernels are not built': 'C++ のカーネルがビルドされていません',
  'device|memory': 'メモリ',
  'device|memory of {0}': '{0} のメモリ',
  'no GPU found via Vulkan, Metal or Direct3D 12': 'Vulkan、Metal、Direct3D 12 のいずれでも GPU が見つかりません',
  'no NVIDIA driver found (nvidia-smi did not respond)':
    'NVIDIA のドライバーが見つかりません（nvidia-smi が応答しません）',
  'plain JavaScript, for tests only (slow)': '素の JavaScript、テスト専用（低速）',
  'the Python package index': 'Python パッケージインデックス',
  'the npm package {0} {1}': 'npm パッケージ {0} {1}',
  'the official archive of libtensorflow': 'libtensorflow の公式アーカイブ',
  "the optional package 'webgpu' (Dawn) is not installed":
    "任意のパッケージ 'webgpu'（Dawn）がインストールされていません",
  'the wheel {0} {1} from your Python package index': 'お使いの Python パッケージインデックスにある wheel {0} {1}',
  'npm not found': 'npm がありません',
  'training on the new device': '新しいデバイスでの学習',
  '{0} MB were kept; the next download will resume from there.':
    '{0} MB は残っていて、次回のダウンロードはそこから再開します。',
  '{0} MB were kept; the next attempt will resume from there.': '{0} MB は残っていて、次の試行はそこから再開します。',
  '{0} is damaged: its checksum does not match the published one.':
    '{0} が壊れています。チェックサムが公開されているものと一致しません。',
  'Cannot unpack {0}: {1}': '{0} を展開できません：{1}',
  'Cannot download {0}: {1}': '{0} をダウンロードできません：{1}',
  'Cannot download {0}: {1}.': '{0} をダウンロードできません：{1}。',
  "{0} contains '{1}', which this model does not have.": "{0} に、このモデルにはない '{1}' が入っています。",
  'the {0} binding for TensorFlow {1}': 'TensorFlow {1} 用の {0} のバインディング',
  '{0}, all cores, C++ kernels': '{0}、全コア、C++ カーネル',
  '{0}: cannot allocate {1} more; {2} in use': '{0}：さらに {1} を割り当てられません（{2} 使用中）',
  '{0}: cannot allocate {1} more; {2} in use, limit {3}':
    '{0}：さらに {1} を割り当てられません（{2} 使用中、上限 {3}）',
  '{0}; CUDA support is not set up': '{0}。CUDA がセットアップされていません',
  'Run the setup again to resume.': 'セットアップをもう一度実行すると、続きから再開します。',
  'Set up CUDA.': 'CUDA をセットアップしてください。',
  'Choose an available GPU.': '使用できる GPU を選んでください。',
  'Set it up to compare speeds.': '速度を比べるには、セットアップしてください。',
  'Check that npm can reach its registry, or use a local .tgz of the package.':
    'npm がレジストリに接続できるか確認するか、手元の .tgz パッケージを使ってください。',
  'Then run the setup again.': 'その後、セットアップをもう一度実行してください。',
  'No official archive for this system. Use a local folder with libtensorflow.':
    'このシステム用の公式アーカイブはありません。libtensorflow のある手元のフォルダーを使ってください。',
  "No libtensorflow wheel for '{0}' on this system ({1}, {2}). Use a local folder with libtensorflow.":
    "このシステム（{1}、{2}）の '{0}' 用に libtensorflow の wheel はありません。libtensorflow のある手元のフォルダーを使ってください。",
  'Another libtensorflow may work. Other devices are unaffected.':
    '別の libtensorflow なら動くかもしれません。ほかのデバイスに影響はありません。',
  'The GPU, its driver or this libtensorflow is faulty. Another libtensorflow may work.':
    'GPU、ドライバー、この libtensorflow のいずれかに問題があります。別の libtensorflow なら動くかもしれません。',
  'Use a smaller batch, sequence length or model, or enable gradient checkpointing. The environment variable HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'バッチ、系列長、モデルのいずれかを小さくするか、勾配チェックポイントを有効にしてください。上限は環境変数 HYENA_MEMORY_LIMIT_MIB で設定します。',
  'Build the program again.': 'プログラムをビルドし直してください。',
  'Build the kernels again for this system.': 'このシステム用にカーネルをビルドし直してください。',
  'Remove the CUDA setup and set it up again with downloaded libraries.':
    'CUDA のセットアップを削除し、ダウンロードしたライブラリでセットアップし直してください。',
  'Set it up again.': 'セットアップし直してください。',
  'Install the optional packages.': 'オプションのパッケージをインストールしてください。',
};
