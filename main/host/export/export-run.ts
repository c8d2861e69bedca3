import path from 'node:path';
import type { Message } from '../../contract/message.ts';
import type { ExportTarget } from '../../contract/models.ts';
import type { CheckpointChoice } from '../../library/checkpoints/choose-checkpoint.ts';
import { makeExportFolder } from './export-folder.ts';
import { openExportedRun } from './exported-run.ts';
import { writeHuggingFace } from './hugging-face.ts';
import { writeOnnx } from './onnx/write.ts';
import { writeSafari } from './safari.ts';
import { writeTorchrun } from './torchrun.ts';

export interface ExportOptions {
  readonly to: ExportTarget;
  readonly folder: string;
  /** Left out: the best by validation loss; a run that is to continue elsewhere leaves with its newest. */
  readonly checkpoint?: CheckpointChoice;
  /** Receives what a person should know. */
  readonly notify?: (notice: Message) => void;
  /** Ends it early; nothing is written then. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a run as others read it into a folder that is new or empty.
 *
 * @returns the folder, absolute, and the step whose weights it has
 * @throws HyenaError `not-found` without a run or a checkpoint, `already-exists` where the folder is not empty,
 *   `bad-input` for a model that the layout does not have, `damaged`; the reason of the signal
 */
export async function exportRun(
  library: string,
  run: string,
  { to, folder, checkpoint, notify = () => undefined, signal }: ExportOptions,
): Promise<{ folder: string; step: number }> {
  const target = path.resolve(folder);
  if (to === 'torchrun') {
    const step = await writeTorchrun({ library, run, folder: target, notify, signal });
    return { folder: target, step };
  }
  const exported = await openExportedRun(library, run, checkpoint ?? 'best', notify);
  const write = { huggingface: writeHuggingFace, safari: writeSafari, onnx: writeOnnx }[to];
  await makeExportFolder(target, (file) => write(exported, file), signal);
  return { folder: target, step: exported.step };
}
