import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { listCheckpoints } from '../../library/checkpoints/checkpoint-folder.ts';
import { FileMemo } from '../../library/files/file-memo.ts';
import { readRunRecord, runExists, updateRunRecord } from '../../library/runs/run-folder.ts';
import { lockRun } from '../../library/runs/run-lock.ts';
import { HyenaError } from '../../contract/errors.ts';
import { nameKey } from '../../contract/names.ts';
import { msg, type Message } from '../../contract/message.ts';
import type { RunRecord, RunSummary } from '../../contract/runs.ts';
import { assignColours } from '../../contract/logic/run-colours.ts';
import {
  annotationsSchema,
  type AnnotationChanges,
  type Annotations,
  type CheckpointView,
  type RunPhase,
  type RunView,
} from '../../contract/views.ts';
import { itemFolder, newItemName } from '../library.ts';
import type { Runs } from '../runs.ts';
import { readOrDefault, LockedFile, writeJson } from './locked-file.ts';
import type { Training } from './training.ts';

const annotationsPath = (folder: string): string => path.join(folder, 'annotations.json');

/** Runs as windows show them: what is on disk, joined with what this process knows. */
export class RunViews {
  readonly #library: string;
  readonly #runs: Runs;
  readonly #training: Training;
  /** Two windows must not give the same colour twice, nor write over each other's tags and notes. */
  readonly #annotating: LockedFile;
  readonly #known = new FileMemo<Annotations>();

  constructor(library: string, runs: Runs, training: Training) {
    this.#library = library;
    this.#runs = runs;
    this.#training = training;
    this.#annotating = new LockedFile(path.join(library, 'runs', '.colours'));
  }

  async list(): Promise<RunView[]> {
    const trained = this.#training.active?.run;
    const { runs } = await this.#runs.list();
    this.#known.keep(runs.map(({ path }) => path));
    return await Promise.all(runs.map((run) => this.#view(run, trained)));
  }

  async get(name: string): Promise<RunView> {
    const trained = this.#training.active?.run;
    return await this.#view(await this.#runs.get(name), trained);
  }

  async annotate(name: string, changes: AnnotationChanges): Promise<void> {
    const { path: folder } = await this.#runs.get(name);
    await this.#annotating.run(() => this.#annotate(folder, changes));
  }

  /** The colours of runs; those that had none are given one permanently. Names of no run are passed over. */
  async colours(names: readonly string[]): Promise<Map<string, number>> {
    const folderOf = (name: string) => itemFolder(this.#library, 'runs', name);
    const existing = new Set(await this.#names());
    const shown = names.filter((name) => existing.has(name));
    const known = async (some: Iterable<string>) => {
      const found = Array.from(some, async (name) => [name, (await this.#annotations(folderOf(name))).colour] as const);
      return new Map(
        (await Promise.all(found)).flatMap(([name, colour]) => (colour === undefined ? [] : [[name, colour]])),
      );
    };
    const own = await known(shown);
    if (own.size === shown.length) return own;
    return await this.#annotating.run(async () => {
      const all = await known(existing);
      const assigned = assignColours(shown, all);
      for (const [name, colour] of assigned) {
        if (all.has(name)) continue;
        await this.#annotate(folderOf(name), { colour });
      }
      return assigned;
    });
  }

  async #annotate(folder: string, changes: Partial<Annotations>): Promise<void> {
    await writeJson(annotationsPath(folder), { ...(await this.#annotations(folder)), ...changes });
  }

  #annotations(folder: string): Promise<Annotations> {
    const file = annotationsPath(folder);
    return this.#known.get(folder, [file], () => readOrDefault(file, annotationsSchema, {}));
  }

  async #names(): Promise<string[]> {
    const entries = await readdir(path.join(this.#library, 'runs'), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  }

  /** @throws HyenaError `locked` while a process trains it, `already-exists` */
  async rename(from: string, wanted: string): Promise<void> {
    const to = newItemName('runs', wanted);
    const shelf = path.join(this.#library, 'runs');
    const folder = path.join(shelf, to);
    const taken = (await readdir(shelf)).find((name) => nameKey(name) === nameKey(to) && name !== from);
    if (taken !== undefined) throw runExists(taken);
    await this.withRunLock(from, msg`Cannot rename '${from}' while it is training.`, async () => {
      const record = await readRunRecord(this.#library, from);
      await rename(itemFolder(this.#library, 'runs', from), folder);
      await rm(path.join(folder, 'lock'), { force: true });
      await updateRunRecord(this.#library, { ...record, name: to }, {});
    });
    this.#training.renamed(from, to);
  }

  /** Has a run's record say what its folder is called. */
  async nameAsFolder(name: string): Promise<void> {
    const record = await readRunRecord(this.#library, name);
    if (record.name !== name) await updateRunRecord(this.#library, { ...record, name }, {});
  }

  /**
   * Does something to the folder of a run while no process can begin to train it.
   *
   * @throws HyenaError `locked` while a process trains it
   */
  async withRunLock<Result>(name: string, refusal: Message, work: () => Promise<Result>): Promise<Result> {
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

  /** @param trained the run that was trained here when `summary` began to be read */
  async #view(summary: RunSummary, trained: string | undefined): Promise<RunView> {
    const annotations = await this.#annotations(summary.path);
    // What was read of a run that has ended since would show it as trained by nobody.
    const hasEnded = trained === summary.name && this.#training.active?.run !== trained;
    const run = hasEnded ? await this.#runs.get(summary.name) : summary;
    const place = this.#training.queue.indexOf(run.name);
    const error = run.error ?? this.#training.failure(run.name);
    // The record is written with the checkpoint, which comes after the evaluation that found the model to be the best.
    const best = lowest(run.best, this.#training.best(run.name));
    return { ...run, best, error, annotations, phase: this.#phase(run), queuePosition: place < 0 ? null : place + 1 };
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

function lowest(one: RunRecord['best'], other: RunRecord['best']): RunRecord['best'] {
  if (one === null || other === null) return one ?? other;
  return other.loss < one.loss ? other : one;
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
