import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BackupContents } from '../../contract/backups.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { TaskView } from '../../contract/views.ts';
import { freeExportFolder } from '../export/export-folder.ts';
import { backupProgress } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of the library as a whole: its size, cleaning up, backups. */
export function libraryRequests({
  options,
  host: { library, storage },
  grants,
  tasks,
  changes,
  touchRuns,
}: Pick<WindowParts, 'options' | 'host' | 'grants' | 'tasks' | 'changes' | 'touchRuns'>): RequestHandlersOf<'library'> {
  /** What was sent from a browser lies in the library itself, and a backup is large. */
  const forgetUpload = async (file: string): Promise<void> => {
    const drop = path.dirname(file);
    if (path.dirname(drop) === path.join(library, '.uploads')) await rm(drop, { recursive: true, force: true });
  };
  const describe = async (grant: string): Promise<BackupContents> => {
    const [file] = grants.resolve([grant]);
    try {
      return await storage.describe(file);
    } catch (error) {
      await forgetUpload(file);
      throw error;
    }
  };
  const isBusy = (kind: TaskView['kind']): boolean =>
    tasks.views.some((task) => task.kind === kind && (task.status === 'running' || task.status === 'stopping'));
  const checkAbsolute = (folder: string): void => {
    if (path.isAbsolute(folder)) return;
    throw new HyenaError('usage', msg`${folder} is not an absolute path.`, {
      kept: 'Nothing was changed.',
      hint: 'Start with the root or the drive letter.',
    });
  };
  const reportFailure = (thrown: unknown): void => options.report(HyenaError.from(thrown));
  return {
    'library.storage': () => storage.measure(),
    'library.clean': async () => {
      if (isBusy('import-model'))
        throw new HyenaError('locked', 'A model is being imported; its download is still needed.', {
          kept: 'Nothing was deleted.',
          hint: 'Wait until the import has ended, or cancel it.',
        });
      return await storage.clean();
    },
    'library.backup': async ({ folder, place }) => {
      if (place !== null) checkAbsolute(place);
      const within = folder === null ? (place ?? path.join(library, 'backups')) : grants.resolve([folder])[0];
      const day = new Date().toISOString().slice(0, 10);
      const file = await freeExportFolder(within, `hyena-library-${day}`, '.zip');
      const { id, result } = tasks.follow(
        'backup-library',
        path.basename(file),
        storage.backup(file),
        backupProgress(),
      );
      result.then(
        (made) => tasks.settle(id, made.file),
        () => undefined,
      );
      return { task: id };
    },
    'library.describe': ({ grant }) => describe(grant),
    'library.restore': ({ grant, folder }) => {
      const { paths, names } = grants.named([grant]);
      if (folder !== null) checkAbsolute(folder);
      const task = storage.restore(paths[0], folder);
      const { id, result } = tasks.follow('restore-library', names[0], task, backupProgress());
      const finish = async (): Promise<void> => {
        const restored = await result.catch(() => null);
        await forgetUpload(paths[0]);
        if (restored === null) return;
        tasks.settle(id, restored.folder);
        if (folder !== null) return;
        for (const change of ['datasets', 'documents', 'chats', 'preferences'] as const) changes.touch(change);
        touchRuns();
      };
      finish().catch(reportFailure);
      return Promise.resolve({ task: id });
    },
  };
}
