import type { Catalogue } from '../language.ts';

/** What the laboratory reports, by its English: see main/contract/message.ts. */
export const jaLab: Catalogue = {
  "Recipe '{0}' not found.": "レシピ '{0}' が見つかりません。",
  'Recipes: {0}.': 'レシピ：{0}。',
  'The recipe {0} needs a file: {1}.': 'レシピ {0} にはファイルが必要です：{1}。',
  'It is at {0}.': '{0} にあります。',
  'Remove it, or choose another seed.': '削除するか、別のシードを選んでください。',
  "Run '{0}' exists, and does not belong to the recipe {1}.":
    "実行 '{0}' は既に存在し、レシピ {1} のものではありません。",
  'Cannot read the recipe {0}: {1}': 'レシピ {0} を読み込めません：{1}',
  'Compare it with a recipe that comes with the program.': '付属のレシピと比べてください。',
  '{0} is not a recipe: {1}: {2}': '{0} はレシピではありません：{1}：{2}',
  'Remove the data set first.': '先にデータセットを削除してください。',
  "Data set '{0}' exists, and is not the one of the recipe {1}.":
    "データセット '{0}' は既に存在し、レシピ {1} のものではありません。",
  'The task {0} has no setting {1}.': '課題 {0} に設定 {1} はありません。',
  'Its settings are {0}.': '設定は {0} です。',
  'Example: length=128.': '例：length=128。',
  'Use bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.':
    'bytes、characters、gpt2、bpe:サイズ、または tokenizer.json のパスを指定してください。',
  'The recipe {0} has no contestant {1}.': 'レシピ {0} に {1} はありません。',
  'Its contestants are {0}.': '選べるのは {0} です。',
  "The rows of '{0}' have {1} tokens, but sequences of {2} were requested.":
    "'{0}' の行は {1} トークンですが、{2} の系列が要求されました。",
  'Set sequence_length to {0}, without a sequence length warmup.':
    'sequence_length を {0} にし、系列長のウォームアップは使わないでください。',
  '{0} is {1}, but these settings allow {2} at most.': '{0} は {1} ですが、この設定では最大 {2} です。',
  '{0} is {1}, but must be even.': '{0} は {1} ですが、偶数でなければなりません。',
  'Choose fewer or shorter rows.': '行を減らすか短くしてください。',
  '{0} rows of {1} tokens exceed {2} tokens.': '{1} トークンの行 {0} 行は {2} トークンを超えます。',
  'Choose fewer rows, or longer ones.': '行を減らすか長くしてください。',
  'These settings have no more than about {0} different rows.': 'この設定で作れる異なる行は約 {0} 行だけです。',
  'Choose another tokenizer, such as bytes.': 'bytes など別のトークナイザーを選んでください。',
  'The text has {0} different characters.': 'テキストには {0} 種類の文字があります。',
  'The evaluation {0} needs a file: {1}.': '評価 {0} にはファイルが必要です：{1}。',
  '{0}, line {1}: not JSON.': '{0}、{1} 行目：JSON ではありません。',
  'Files without labels cannot be scored; use the validation file.':
    '正解のないファイルは採点できません。検証用のファイルを使ってください。',
  '{0}, line {1}: {2}: {3}.': '{0}、{1} 行目：{2}：{3}。',
  '{0}, line {1}: the right answer is not a choice.': '{0}、{1} 行目：正解が選択肢にありません。',
  '{0} has no questions.': '{0} に問題はありません。',
  '{0}, line {1}: no text in it.': '{0}、{1} 行目：テキストがありません。',
  '{0}, line {1}: a single word.': '{0}、{1} 行目：1 語だけです。',
  '{0} has no passages.': '{0} に文章はありません。',
  'Choose fewer shots.': '例を減らしてください。',
  '{0} has {1} questions, too few for {2} solved ones.': '{0} の問題は {1} 問で、解答例 {2} 問には足りません。',
  "{0}: '{1}' is neither a range nor a list of values.": "{0}：'{1}' は範囲でも値の一覧でもありません。",
  'Examples: 1e-4..1e-2, 1e-4..1e-2/5, or 64,128,256.': '例：1e-4..1e-2、1e-4..1e-2/5、64,128,256。',
  'A sweep cannot change {0}.': 'スイープで {0} は変更できません。',
  'The sweep names {0} twice.': 'スイープに {0} が 2 回指定されています。',
  'A sweep has at most {0} runs; these are {1}.': 'スイープの実行は最大 {0} 件ですが、これは {1} 件です。',
  'Successive halving needs a budget in steps, tokens or epochs.':
    '逐次半減法には、ステップ数、トークン数またはエポック数の予算が必要です。',
  'Set max_steps, max_tokens or max_epochs.': 'max_steps、max_tokens または max_epochs を設定してください。',
  "Experiment '{0}' not found.": "実験 '{0}' が見つかりません。",
  "An experiment named '{0}' already exists.": "'{0}' という名前の実験は既に存在します。",
  'The experiment': '実験',
  'Draw some of them at random, or give fewer values.': '一部をランダムに選ぶか、値を減らしてください。',
};
