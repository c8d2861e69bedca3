import { stageRun } from '../../main/library/runs/staged-run.ts';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../main/contract/runs.ts';
import { checkpointPath } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { makeManifest, manifestFile } from '../../main/library/checkpoints/manifest.ts';
import { type Content, type FileSummary, writeNewFile } from '../../main/library/files/atomic.ts';
import { nodeDisk } from '../../main/library/files/disk.ts';

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A run that is no training's: its only checkpoint has weights, and nothing that a training would resume from. */
export interface NewRun {
  readonly library: string;
  /** Its name is free; its status will be `done`. */
  readonly record: RunRecord;
  /** Writes the files of the checkpoint. */
  readonly fill: (write: (file: string, content: Content) => Promise<void>) => Promise<void>;
  /** Further files of the run's folder, by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Called when all is written: throws where it is not wanted any more. */
  readonly check: () => void;
}

/** Writes a run into the library: it appears when all of it is on the disk, or not at all. */
export async function writeNewRun({ library, record, fill, beside = {}, check }: NewRun): Promise<void> {
  const runs = join(library, 'runs');
  const staged = await stageRun(runs);
  const checkpoint = checkpointPath(staged, record.step);
  try {
    await mkdir(checkpoint, { recursive: true });
    const files: Record<string, FileSummary> = {};
    await fill(async (file, content) => {
      files[file] = await writeNewFile(join(checkpoint, file), content);
    });
    const manifest = { ...makeManifest(record.step, files), weightsOnly: true };
    await writeNewFile(join(checkpoint, manifestFile), jsonText(manifest));
    for (const [file, content] of Object.entries(beside)) await writeNewFile(join(staged, file), content);
    await writeNewFile(join(staged, 'run.json'), jsonText({ ...record, status: 'done', reason: 'stopped' }));
    check();
    await nodeDisk.syncFolder(checkpoint);
    await nodeDisk.syncFolder(staged);
    await nodeDisk.rename(staged, join(runs, record.name));
    await nodeDisk.syncFolder(runs);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
}
