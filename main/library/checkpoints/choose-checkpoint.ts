import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg, joinMessages, type Message } from '../../contract/message.ts';
import { checkpointFolders, newestValidCheckpoint, type CheckpointEntry } from './checkpoint-folder.ts';
import { verifyCheckpoint } from './manifest.ts';

/** Which checkpoint of a run is used: the one with the lowest validation loss, or the newest. */
export type CheckpointChoice = 'best' | 'last';

/**
 * The checkpoint of a run to compute with; the newest if there is no best one yet. Free of tfjs.
 *
 * @param onPassedOver receives, where better or newer ones are damaged, a notice that names them and the one that is
 * used
 * @throws HyenaError `not-found` if there is none, `damaged`
 */
export async function chooseCheckpoint(
  runFolder: string,
  run: string,
  choice: CheckpointChoice,
  onPassedOver: (notice: Message) => void,
): Promise<CheckpointEntry> {
  const damaged = new Map<string, Message>();
  const passOver = (error: HyenaError, { path }: CheckpointEntry) => void damaged.set(path, messageOf(error));
  const entry =
    (choice === 'best' ? await soundBest(runFolder, passOver) : null) ??
    (await newestValidCheckpoint(runFolder, passOver));
  if (entry === null)
    throw new HyenaError('not-found', msg`Run '${run}' has no checkpoint.`, {
      hint: 'Resume its training first.',
      command: `hyena resume ${run}`,
    });
  if (damaged.size > 0) onPassedOver(describeFallback([...damaged.values()], entry));
  return entry;
}

/** What a person should know of damaged checkpoints: which they are, and which one takes their place. */
export const describeFallback = (damaged: readonly Message[], { step, path }: CheckpointEntry): Message =>
  joinMessages([...damaged, msg`Using the checkpoint of step ${step} instead: ${path}`]);

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
