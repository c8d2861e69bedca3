import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResolvedModelConfiguration } from '../../contract/configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import type { RunRecord } from '../../contract/runs.ts';
import { chooseCheckpoint, type CheckpointChoice } from '../../library/checkpoints/choose-checkpoint.ts';
import { parseConfigJson } from '../../library/checkpoints/config-json.ts';
import { readRunRecord } from '../../library/runs/run-folder.ts';
import { itemFolder } from '../library.ts';

/** What of a run is exported. */
export interface ExportedRun {
  readonly record: RunRecord;
  /** Of the checkpoint. */
  readonly step: number;
  readonly checkpoint: string;
  /** `config.json` as it stands there, and what it says. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly model: ResolvedModelConfiguration;
}

/**
 * Opens a run's checkpoint for an export.
 *
 * @param notify receives what a person should know of damaged checkpoints
 * @throws HyenaError `not-found` where there is no run or no checkpoint, `damaged`
 */
export async function openExportedRun(
  library: string,
  run: string,
  choice: CheckpointChoice,
  notify: (notice: Message) => void,
): Promise<ExportedRun> {
  const record = await readRunRecord(library, run);
  const { step, path: checkpoint } = await chooseCheckpoint(itemFolder(library, 'runs', run), run, choice, notify);
  const file = path.join(checkpoint, 'config.json');
  let config: unknown;
  try {
    config = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new HyenaError('damaged', msg`${file} is not valid JSON.`, { cause });
  }
  const { model } = parseConfigJson(config, file);
  return { record, step, checkpoint, config: config as Record<string, unknown>, model };
}
