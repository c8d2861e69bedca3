import type { Catalogue } from '../language.ts';

/** What backups and the storage of the library tell, by its English: see main/contract/message.ts. */
export const jaStorage: Catalogue = {
  '{0} already exists.': '{0}はすでにあります。',
  'Choose another name.': '別の名前を選んでください。',
  '{0} MiB are needed in {1}, but {2} MiB are free.': '{1}に{0} MiBが必要ですが、空きは{2} MiBです。',
  'Free some disk space, or choose another disk.': 'ディスクの空きを増やすか、別のディスクを選んでください。',
  '{0} is not a complete backup: it is truncated, damaged, or another kind of file.':
    '{0}は完全なバックアップではありません。途中で切れているか、壊れているか、別の種類のファイルです。',
  'The backup {0} is damaged: the checksum of {1} does not match.':
    'バックアップ{0}は壊れています。{1}のチェックサムが一致しません。',
  '{0} cannot be restored: {1}': '{0}は復元できません: {1}',
  'It is not a backup of a library.': 'ライブラリのバックアップではありません。',
  'It has a file named {0}.': '{0}という名前のファイルが入っています。',
  'A newer version of Hyena Studio wrote it. Update Hyena Studio first.':
    '新しい版のHyena Studioで書かれています。先にHyena Studioを更新してください。',
  'The library is unchanged.': 'ライブラリは変更されていません。',
  'Copy the backup again, or choose another one.': 'バックアップをコピーし直すか、別のものを選んでください。',
  'Wait until it has ended, and try again.': '終了するまで待ってから、もう一度お試しください。',
  'Another process is restoring a backup into this library.':
    '別のプロセスがこのライブラリにバックアップを復元しています。',
  'The backup was cancelled.': 'バックアップを取り消しました。',
  'No file was written.': 'ファイルは書かれていません。',
  'Restoring was cancelled.': '復元を取り消しました。',
  'A model is being imported; its download is still needed.':
    'モデルをインポート中です。そのダウンロードはまだ必要です。',
  'Nothing was deleted.': '何も削除されていません。',
  'Wait until the import has ended, or cancel it.': 'インポートが終わるのを待つか、取り消してください。',
  "This is the only checkpoint of run '{0}'.": "ラン'{0}'の唯一のチェックポイントです。",
  'Delete the run instead.': '代わりにランを削除してください。',
  "Run '{0}' has no checkpoint of step {1}.": "ラン'{0}'にステップ{1}のチェックポイントはありません。",
  "Cannot delete a checkpoint of '{0}' while it is training.": "'{0}'の学習中はチェックポイントを削除できません。",
};
