import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, JobResult } from '../../main/contract/jobs.ts';
import { runImportModel } from '../../worker/imports/import-job.ts';
import { lineageFolder } from './lineage.ts';

/** Published checkpoints with what they must compute: folders with `expected.safetensors`. */
export async function publishedFolders(): Promise<string[]> {
  const folders: string[] = [];
  for (const name of (await readdir(lineageFolder)).sort()) {
    const folder = join(lineageFolder, name);
    if ((await stat(folder)).isDirectory() && (await readdir(folder)).includes('expected.safetensors'))
      folders.push(name);
  }
  return folders;
}

/** The files of weights in a folder, any of which is to be imported by itself; of several shards the first. */
export async function weightFilesIn(name: string): Promise<string[]> {
  const files = (await readdir(join(lineageFolder, name))).sort();
  return files.filter(
    (file) =>
      /\.(?:safetensors|ckpt|pt|pth|bin)(?:\.part0)?$/.test(file) &&
      file !== 'expected.safetensors' &&
      !/-0*[2-9]\d*-of-\d+\.safetensors$/.test(file),
  );
}

/** Imports as the compute process does, in this one. */
export async function importModel(
  job: Partial<Job<'import-model'>> & { library: string; source: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<JobResult<'import-model'>> {
  const complete = {
    kind: 'import-model',
    name: null,
    as: null,
    dtype: null,
    set: {},
    write: true,
    accepted: true,
  } as const;
  return await runImportModel({ ...complete, ...job }, { signal, emit: () => undefined, heartbeat: () => undefined });
}
