import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import { listCheckpoints, newestSoundCheckpoint, type CheckpointEntry } from './checkpoint-folder.ts';
import { verifyCheckpoint } from './manifest.ts';

/** Which checkpoint of a run is used: the one with the lowest validation loss, or the newest. */
export type CheckpointChoice = 'best' | 'last';

/**
 * The checkpoint of a run to compute with; the newest where there is no best one yet. Free of tfjs.
 *
 * @param onDamaged told of those that were passed over
 * @throws HyenaError `not-found` where there is none, `damaged`
 */
export async function chooseCheckpoint(
  runFolder: string,
  run: string,
  choice: CheckpointChoice,
  onDamaged: (error: HyenaError) => void,
): Promise<CheckpointEntry> {
  if (choice === 'best')
    for (const entry of (await listCheckpoints(runFolder, 'best')).reverse())
      try {
        await verifyCheckpoint(entry.path);
        return entry;
      } catch (error) {
        onDamaged(HyenaError.from(error));
      }
  const newest = await newestSoundCheckpoint(runFolder, onDamaged);
  if (newest !== null) return newest;
  throw new HyenaError('not-found', told`The run '${run}' has no checkpoint yet.`, {
    hint: told`Train it first: hyena resume ${run}`,
  });
}
