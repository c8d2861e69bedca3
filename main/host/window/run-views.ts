import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { listCheckpoints } from '../../../worker/checkpoints/checkpoint-folder.ts';
import { readRunRecord, runExists, updateRunRecord } from '../../../worker/training/run-folder.ts';
import { lockRun } from '../../../worker/training/run-lock.ts';
import { HyenaError } from '../../contract/errors.ts';
import { nameKey } from '../../contract/names.ts';
import { told, type Told } from '../../contract/told.ts';
import type { RunSummary } from '../../contract/runs.ts';
import {
  annotationsSchema,
  type Annotations,
  type CheckpointView,
  type RunPhase,
  type RunView,
} from '../../contract/views.ts';
import { itemFolder, newItemName } from '../library.ts';
import type { Runs } from '../runs.ts';
import { readOrDefault, writeJson } from './json-file.ts';
import type { Training } from './training.ts';

const annotationsPath = (folder: string): string => path.join(folder, 'annotations.json');

/** Runs as windows show them: what is on disk, joined with what this process knows. */
export class RunViews {
  readonly #library: string;
  readonly #runs: Runs;
  readonly #training: Training;

  constructor(library: string, runs: Runs, training: Training) {
    this.#library = library;
    this.#runs = runs;
    this.#training = training;
  }

  async list(): Promise<RunView[]> {
    const { runs } = await this.#runs.list();
    return await Promise.all(runs.map((run) => this.#view(run)));
  }

  async get(name: string): Promise<RunView> {
    return await this.#view(await this.#runs.get(name));
  }

  async annotate(name: string, annotations: Annotations): Promise<void> {
    const { path: folder } = await this.#runs.get(name);
    await writeJson(annotationsPath(folder), annotations);
  }

  /** @throws HyenaError `locked` while a process trains it, `already-exists` */
  async rename(from: string, wanted: string): Promise<void> {
    const to = newItemName('runs', wanted);
    const shelf = path.join(this.#library, 'runs');
    const folder = path.join(shelf, to);
    const taken = (await readdir(shelf)).find((name) => nameKey(name) === nameKey(to) && name !== from);
    if (taken !== undefined) throw runExists(taken);
    await this.whileFree(from, told`${from} is being trained, so it cannot be renamed.`, async () => {
      const record = await readRunRecord(this.#library, from);
      await rename(itemFolder(this.#library, 'runs', from), folder);
      await rm(path.join(folder, 'lock'), { force: true });
      await updateRunRecord(this.#library, { ...record, name: to }, {});
    });
    this.#training.renamed(from, to);
  }

  /**
   * Does something to the folder of a run while no process can begin to train it.
   *
   * @throws HyenaError `locked` while a process trains it
   */
  async whileFree<Result>(name: string, refusal: Told, work: () => Promise<Result>): Promise<Result> {
    const refused = () =>
      new HyenaError('locked', refusal, {
        kept: 'Nothing was changed.',
        hint: 'Stop it first.',
      });
    if (this.#training.active?.run === name) throw refused();
    const { path: folder } = await this.#runs.get(name);
    const lock = await lockRun(folder).catch((thrown: unknown) => {
      throw HyenaError.from(thrown).code === 'locked' ? refused() : thrown;
    });
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }

  async checkpoints(name: string): Promise<CheckpointView[]> {
    const { path: folder } = await this.#runs.get(name);
    const [steps, best] = await Promise.all([listCheckpoints(folder, 'step'), listCheckpoints(folder, 'best')]);
    const last = steps.at(-1)?.step;
    const views = [
      ...steps.map((entry) => ({ ...entry, best: false, last: entry.step === last })),
      ...best.map((entry) => ({ ...entry, best: true, last: false })),
    ].map(async (entry) => ({ ...entry, ...(await measureFolder(entry.path)) }));
    return (await Promise.all(views)).sort((a, b) => b.step - a.step);
  }

  async #view(run: RunSummary): Promise<RunView> {
    const annotations = await readOrDefault(annotationsPath(run.path), annotationsSchema, {});
    const place = this.#training.queue.indexOf(run.name);
    const error = run.error ?? this.#training.failure(run.name);
    return { ...run, error, annotations, phase: this.#phase(run), queuePosition: place < 0 ? null : place + 1 };
  }

  #phase(run: RunSummary): RunPhase {
    const { active, queue } = this.#training;
    if (active?.run === run.name) return active.phase;
    if (queue.includes(run.name)) return 'queued';
    switch (run.status) {
      case 'running':
        return run.owner === null ? 'interrupted' : 'elsewhere';
      case 'stopped':
        return this.#training.isPaused(run.name) ? 'paused' : 'stopped';
      case 'new':
      case 'done':
      case 'failed':
      case 'interrupted':
        return run.status;
    }
  }
}

async function measureFolder(folder: string): Promise<{ bytes: number; time: string }> {
  let bytes = 0;
  let time = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const { size, mtimeMs } = await stat(path.join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
    bytes += size;
    time = Math.max(time, mtimeMs);
  }
  return { bytes, time: new Date(time).toISOString() };
}
