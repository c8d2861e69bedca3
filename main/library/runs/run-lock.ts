import { msg } from '../../contract/message.ts';
import { lockFolder, type FolderLock } from '../files/lock.ts';

/**
 * Takes a run for this process.
 *
 * @param folder of the run
 * @throws HyenaError `locked` where a living process has it
 */
export const lockRun = (folder: string): Promise<FolderLock> =>
  lockFolder(
    folder,
    ({ pid, host, time }) => msg`Process ${String(pid)} on ${host} has been training this run since ${time}.`,
  );
