import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import type { Job } from '../contract/jobs.ts';
import type { StartJob } from '../workers/start-job.ts';
import type { Message } from '../contract/message.ts';
import { isTorchrunFolder } from './export/torchrun-plan.ts';
import type { OwnModel } from './import-model.ts';
import { plainTask, startTask, type JobTask, type Task } from './job-task.ts';

/** What is asked for of an import besides its source. */
export type ImportRequest = Partial<
  Pick<Job<'import-model'>, 'name' | 'as' | 'dtype' | 'filters' | 'set' | 'accepted'>
>;

/**
 * What something to import is: `own`, a run or a model that this program saved; `returning`, a run that left to be
 * trained elsewhere; else a published model.
 */
export type ImportKind = 'published' | 'own' | 'returning';

/** What work fails with that a person ends before a model is in the library. */
const importStopped = (): HyenaError =>
  new HyenaError('interrupted', 'The import was stopped.', { kept: 'Nothing was imported; the source is unchanged.' });

/** Models from elsewhere: published ones, and what this program has saved. */
export class Imports {
  readonly #library: string;
  readonly #startJob: StartJob;

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
  }

  /** @throws HyenaError `not-found` */
  async kindOf(source: string): Promise<ImportKind> {
    if (source.startsWith('hf:')) return 'published';
    if (await isTorchrunFolder(source)) return 'returning';
    return (await isOwn(source)) ? 'own' : 'published';
  }

  /** What an import would make; nothing is written. */
  plan(source: string, request: ImportRequest = {}): JobTask<'import-model'> {
    return this.#start(source, request, false);
  }

  /** Makes a published model a run of the library. */
  start(source: string, request: ImportRequest = {}): JobTask<'import-model'> {
    return this.#start(source, request, true);
  }

  /** What copying a run or a model that this program saved would make. @throws HyenaError `bad-input` */
  async describeOwn(source: string): Promise<OwnModel> {
    const { describeOwnModel } = await import('./import-model.ts');
    return await describeOwnModel(this.#library, path.resolve(source));
  }

  /**
   * Copies a run or a model that this program saved.
   *
   * @param name in the library; left out: that of the folder
   * @returns the name of the run, once it is there; it fails as {@link importModel}
   */
  copyOwn(source: string, name?: string): Task<Message, string> {
    return plainTask(async (_, signal) => {
      const { importModel } = await import('./import-model.ts');
      return await importModel(this.#library, path.resolve(source), name, signal);
    }, importStopped());
  }

  /** Takes a run back that was trained elsewhere. It fails as {@link bringBack}. */
  takeBack(source: string, name?: string): Task<Message, { run: string; step: number }> {
    return plainTask(async (notify, signal) => {
      const { bringBack } = await import('./export/bring-back.ts');
      const options = { notify, signal, ...(name !== undefined && { name }) };
      return await bringBack(this.#library, path.resolve(source), options);
    }, importStopped());
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
