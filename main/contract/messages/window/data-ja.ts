import type { DataMessages } from './data-en.ts';

/** What the window says of data, in Japanese. */
export const data: DataMessages = {
  'add.columns': '行のテキスト',
  'add.columns.text': '一つの列',
  'add.columns.dialogue': 'プロンプトと応答',
  'add.columns.template': 'テンプレート',
  'add.columns.prompt': 'プロンプト',
  'add.columns.reply': '応答',
  'add.columns.system': 'システムメッセージ',
  'add.columns.none': 'なし',
  'add.columns.dialogue.help': '各行が一つのチャットになります。損失に数えるのは応答だけです。',
  'add.columns.template.help': '{column} は列の値を、{open} と {close} は波括弧を表します。',
  'add.columns.available': 'ファイル内の列',
  'add.obstacle.columns': '先に列を選んでください。プロンプトと応答、または列名を含むテンプレートです。',
  'add.obstacle.unread': 'これらの列にテキストが見つからないため、追加するものがありません。',
};
