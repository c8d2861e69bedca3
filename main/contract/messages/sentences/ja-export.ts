import type { Catalogue } from '../language.ts';

/** What exports and the device torch tell, by its English: see main/contract/message.ts. */
export const jaExport: Catalogue = {
  'Choose the folder of a run that was exported for torchrun.':
    'torchrun 用にエクスポートした実行のフォルダーを選んでください。',
  '{0} is not the folder of an exported run: {1} not found.':
    '{0} はエクスポートした実行のフォルダーではありません: {1} が見つかりません。',
  'The plan of the run': '実行の計画',
  '{0} has no checkpoint.': '{0} にはチェックポイントがありません。',
  "Run '{0}' was trained here after it had left.": "実行 '{0}' はエクスポート後にここでも学習されています。",
  "Another run is named '{0}'.": "'{0}' という名前の別の実行があります。",
  'The export was stopped.': 'エクスポートを中止しました。',
  'Choose a new or an empty folder.': '新しいフォルダーか空のフォルダーを選んでください。',
  'The folder {0} is not empty.': 'フォルダー {0} は空ではありません。',
  '{0} is not valid JSON.': '{0} は正しい JSON ではありません。',
  'its layers mix with {0}': '層のミキサーが {0} です',
  'its norm is {0}': '正規化が {0} です',
  'its MLP is {0}': 'MLP が {0} です',
  'its projections have no biases': '射影にバイアスがありません',
  'its positions are {0}': '位置の表現が {0} です',
  'its head has its own weights': 'ヘッドが独自の重みを持っています',
  'its logits are scaled by {0}': 'ロジットが {0} 倍されています',
  'its filter network is {0}': 'フィルターネットワークが {0} です',
  'the time of its filters runs over {0} positions': 'フィルターの時間が {0} 位置にわたります',
  'Export it for Hugging Face.': 'Hugging Face 向けにエクスポートしてください。',
  "Run '{0}' is not plain Hyena: {1}.": "実行 '{0}' は純粋な Hyena ではありません: {1}。",
  'Start its training here; it can leave after its first checkpoint.':
    'ここで学習を始めてください。最初のチェックポイントの後にエクスポートできます。',
  "Run '{0}' starts from the weights of another run.": "実行 '{0}' は別の実行の重みから始まります。",
  'PyTorch {0} ({1}), {2}, {3}': 'PyTorch {0} ({1})、{2}、{3}',
  'no GPU for PyTorch found': 'PyTorch 用の GPU が見つかりません',
  'no Python with PyTorch: {0}': 'PyTorch のある Python がありません: {0}',
  'Install PyTorch (pip install torch numpy), or name a Python that has it in the settings or in the environment variable HYENA_PYTHON.':
    'PyTorch をインストールするか (pip install torch numpy)、PyTorch のある Python を設定または環境変数 HYENA_PYTHON で指定してください。',
  'Resume the run, on another device if it happens again.':
    '実行を再開してください。再び起きる場合は別のデバイスを使ってください。',
  'PyTorch ended early ({0}).{1}': 'PyTorch が途中で終了しました ({0})。{1}',
  'PyTorch ran out of memory: {0}': 'PyTorch のメモリが不足しました: {0}',
  'PyTorch failed: {0}': 'PyTorch でエラーが発生しました: {0}',
  '{0} is not a working Python': '{0} は動作する Python ではありません',
  'no Python found': 'Python が見つかりません',
  '{0} has no PyTorch': '{0} に PyTorch がありません',
  'Both are unchanged.': 'どちらも変更されていません。',
  'Bring it back under another name.': '別の名前で取り込んでください。',
  "Run '{0}' has no adapters: all its weights were trained.":
    "実行 '{0}' にアダプターはありません。すべての重みを学習しました。",
  'Merge its adapters into a new run, and train that one elsewhere.':
    'アダプターを新しい実行に統合し、それを別の場所で学習してください。',
  "Run '{0}' trains adapters, which the exported program does not.":
    "実行 '{0}' はアダプターを学習しますが、エクスポートされるプログラムは対応していません。",
  '{0} does not say the rank and alpha of its adapters.': '{0} にアダプターのランクとアルファが書かれていません。',
  'Adapters are trained for the weights of a run, but none is chosen.':
    'アダプターは実行の重みに対して学習しますが、実行が選ばれていません。',
  'Choose a run to start from, or leave the adapter rank blank.':
    '開始点となる実行を選ぶか、アダプターのランクを空欄にしてください。',
  'Use another device, or train all weights.': '別のデバイスを使うか、すべての重みを学習してください。',
  "Device '{0}' cannot train adapters.": "デバイス '{0}' はアダプターを学習できません。",
  'Adapters of rank {0} are trained: {1} of {2} parameters.':
    'ランク {0} のアダプターを学習します：{2} 個のパラメータのうち {1} 個。',
  "Device '{0}' cannot train on the rows of a task.": "デバイス '{0}' はタスクの行で学習できません。",
  "Run '{0}' trains on the rows of a task, which the exported program does not.":
    "実行 '{0}' はタスクの行で学習しますが、書き出されるプログラムはこれに対応していません。",
  'Use another device.': '別のデバイスを使用してください。',
};
