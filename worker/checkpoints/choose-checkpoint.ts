import { HyenaError, said } from '../../main/contract/errors.ts';
import { told, toldTogether, type Told } from '../../main/contract/told.ts';
import { checkpointFolders, newestSoundCheckpoint, type CheckpointEntry } from './checkpoint-folder.ts';
import { verifyCheckpoint } from './manifest.ts';

/** Which checkpoint of a run is used: the one with the lowest validation loss, or the newest. */
export type CheckpointChoice = 'best' | 'last';

/**
 * The checkpoint of a run to compute with; the newest where there is no best one yet. Free of tfjs.
 *
 * @param onPassedOver receives, where better or newer ones are damaged, a notice that names them and the one that is used
 * @throws HyenaError `not-found` where there is none, `damaged`
 */
export async function chooseCheckpoint(
  runFolder: string,
  run: string,
  choice: CheckpointChoice,
  onPassedOver: (notice: Told) => void,
): Promise<CheckpointEntry> {
  const damaged = new Map<string, Told>();
  const passOver = (error: HyenaError, { path }: CheckpointEntry) => void damaged.set(path, said(error));
  const entry =
    (choice === 'best' ? await soundBest(runFolder, passOver) : null) ??
    (await newestSoundCheckpoint(runFolder, passOver));
  if (entry === null)
    throw new HyenaError('not-found', told`The run '${run}' has no checkpoint yet.`, {
      hint: told`Train it first: hyena resume ${run}`,
    });
  if (damaged.size > 0) onPassedOver(instead([...damaged.values()], entry));
  return entry;
}

/** What a person should know of damaged checkpoints: which they are, and which one takes their place. */
export const instead = (damaged: readonly Told[], { step, path }: CheckpointEntry): Told =>
  toldTogether([...damaged, told`The one of step ${step} is used instead: ${path}`]);

async function soundBest(
  runFolder: string,
  onDamaged: (error: HyenaError, entry: CheckpointEntry) => void,
): Promise<CheckpointEntry | null> {
  for (const entry of (await checkpointFolders(runFolder, 'best')).reverse())
    try {
      await verifyCheckpoint(entry.path);
      return entry;
    } catch (error) {
      onDamaged(HyenaError.from(error), entry);
    }
  return null;
}
