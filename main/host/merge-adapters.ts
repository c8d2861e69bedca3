import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import { msg, type Message } from '../contract/message.ts';
import { checkpointPath } from '../library/checkpoints/checkpoint-folder.ts';
import { chooseCheckpoint, type CheckpointChoice } from '../library/checkpoints/choose-checkpoint.ts';
import { adaptersFile, makeManifest, manifestFile, weightsFile } from '../library/checkpoints/manifest.ts';
import { safetensorsPieces } from '../library/checkpoints/safetensors.ts';
import { hasAdapters, openWeights, wholeWeights } from '../library/checkpoints/weights.ts';
import { writeNewFile, type Content, type FileSummary } from '../library/files/atomic.ts';
import { nodeDisk } from '../library/files/disk.ts';
import { stageRun } from '../library/runs/staged-run.ts';
import { freeRunName } from '../library/runs/free-name.ts';
import { newRunRecord, readRunRecord } from '../library/runs/run-folder.ts';
import { asJson, contentOf } from './export/export-folder.ts';
import { itemFolder } from './library.ts';

export interface MergeOptions {
  /** Of the new run; left out: that of the run with `-merged`, or the next that is free. */
  readonly name?: string;
  /** Default: the best by validation loss. */
  readonly checkpoint?: CheckpointChoice;
  /** Receives what a person should know. */
  readonly notify?: (notice: Message) => void;
}

/** Files of a checkpoint with which its training is resumed, or which the merged weights take the place of. */
const left = new Set<string>([adaptersFile, manifestFile, 'optimizer.safetensors', 'state.json']);

/**
 * Makes a run whose weights are those of a run with its adapters merged in: one that any program reads, and that all of
 * can be trained further. The run stays as it is.
 *
 * @returns the name of the new run, and the step whose adapters it has
 * @throws HyenaError `bad-input` for a run without adapters, `not-found`, `already-exists`, `damaged`
 */
export async function mergeAdapters(
  library: string,
  run: string,
  { name, checkpoint: choice = 'best', notify = () => undefined }: MergeOptions = {},
): Promise<{ run: string; step: number }> {
  const record = await readRunRecord(library, run);
  const { step, path: checkpoint } = await chooseCheckpoint(itemFolder(library, 'runs', run), run, choice, notify);
  if (!(await hasAdapters(checkpoint)))
    throw new HyenaError('bad-input', msg`Run '${record.name}' has no adapters: all its weights were trained.`, {
      kept: 'Nothing was written.',
    });
  const merged = await freeRunName(library, name ?? `${record.name}-merged`, name !== undefined);
  const runs = path.join(library, 'runs');
  const staged = await stageRun(runs);
  const target = checkpointPath(staged, step);
  try {
    await mkdir(target, { recursive: true });
    const files: Record<string, FileSummary> = {};
    const write = async (file: string, content: Content): Promise<void> => {
      files[file] = await writeNewFile(path.join(target, file), content);
    };
    const weights = await openWeights(checkpoint);
    try {
      await write(weightsFile, safetensorsPieces(wholeWeights(weights), { format: 'pt' }));
    } finally {
      await weights.close();
    }
    for (const file of await readdir(checkpoint))
      if (!left.has(file)) await write(file, contentOf(path.join(checkpoint, file)));
    await writeNewFile(path.join(target, manifestFile), asJson({ ...makeManifest(step, files), weightsOnly: true }));
    const { configuration } = record;
    const training = { ...configuration.training, lora_rank: null };
    const { kind, summaries, dataset, parameters, tokens, validationLoss, fullValidationLoss } = record;
    const told = { kind, summaries, dataset, parameters, tokens, validationLoss, fullValidationLoss, step };
    const made = { ...newRunRecord(merged, { ...configuration, training }), ...told };
    await writeNewFile(path.join(staged, 'run.json'), asJson({ ...made, status: 'done', reason: 'stopped' }));
    await nodeDisk.syncFolder(target);
    await nodeDisk.rename(staged, path.join(runs, merged));
    await nodeDisk.syncFolder(runs);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw HyenaError.from(error);
  }
  return { run: merged, step };
}
