import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import type { Job } from '../contract/jobs.ts';
import type { StartJob } from '../workers/start-job.ts';
import { importModel } from './import-model.ts';
import { startTask, type JobTask } from './job-task.ts';

/** What is asked for of an import besides its source. */
export type ImportRequest = Partial<
  Pick<Job<'import-model'>, 'name' | 'as' | 'dtype' | 'filters' | 'set' | 'accepted'>
>;

/** Models from elsewhere: published ones, and what this program has saved. */
export class Imports {
  readonly #library: string;
  readonly #startJob: StartJob;

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
  }

  /** What an import would make; nothing is written. */
  plan(source: string, request: ImportRequest = {}): JobTask<'import-model'> {
    return this.#start(source, request, false);
  }

  /** Makes a published model a run of the library. */
  start(source: string, request: ImportRequest = {}): JobTask<'import-model'> {
    return this.#start(source, request, true);
  }

  /**
   * Copies a run or a model that this program saved.
   *
   * @returns the name of the run; null where the source is no such folder
   * @throws HyenaError `bad-input`, `damaged`
   */
  async copyOwn(source: string): Promise<string | null> {
    if (source.startsWith('hf:')) return null;
    return (await isOwn(source)) ? await importModel(this.#library, path.resolve(source)) : null;
  }

  #start(source: string, request: ImportRequest, write: boolean): JobTask<'import-model'> {
    return startTask(this.#startJob, {
      ...{
        kind: 'import-model',
        library: this.#library,
        source: source.startsWith('hf:') ? source : path.resolve(source),
        write,
      },
      ...{ name: request.name ?? null, as: request.as ?? null, dtype: request.dtype ?? null },
      ...{ set: request.set ?? {}, accepted: request.accepted ?? false },
      ...(request.filters && { filters: request.filters }),
    });
  }
}

/** Whether a folder is a run of this program, or a checkpoint of one. */
async function isOwn(source: string): Promise<boolean> {
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw HyenaError.from(error);
    },
  );
  if (!isFolder) return false;
  if (await stat(path.join(source, 'run.json')).catch(() => null)) return true;
  const text = await readFile(path.join(source, 'config.json'), 'utf8').catch(() => '');
  return /"model_type"\s*:\s*"hyena"/.test(text);
}
