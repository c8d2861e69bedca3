import type { GuideMessages } from './guide-en.ts';

/** What the window says of itself: help beside terms, and the tour, in Japanese. */
export const guide: GuideMessages = {
  'help.what': '「{term}」とは',
  'tour.title': 'ツアー',
  'tour.start': 'ツアーを始める',
  'tour.offer': '3ステップのツアー',
  'tour.step': 'ステップ {step}/{steps}',
  'tour.skip': 'ツアーをスキップ',
  'tour.back': '戻る',
  'tour.next': '次へ',
  'tour.done': '完了',
  'tour.data': 'テキストから始める',
  'tour.data.text':
    'ここでファイルやフォルダーを追加します。学習用と検証用に分けてトークン化し、このコンピューターに保存します。',
  'tour.training': 'モデルを学習する',
  'tour.training.text':
    '「モデル」ページで大きさを選んで開始します。ここで損失の低下とサンプルを見て、一時停止や停止ができます。チェックポイントは必ず残ります。',
  'tour.chat': '使ってみる',
  'tour.chat.text': 'モデルとチャットしたり、長い文書を横に開いて質問に関係する箇所を探したりできます。',
};
