import path from 'node:path';
import type { RuntimeOverrides } from '../contract/runtime-overrides-schema.ts';
import { withOverrides } from '../contract/runtime-overrides.ts';
import type { Comparison } from '../contract/logic/comparison.ts';
import { comparedRunSchema, differences, medianSpeed, overlay } from '../contract/logic/comparison.ts';
import type { RunConfiguration } from '../contract/configuration.ts';
import { HyenaError } from '../contract/errors.ts';
import { nameKey } from '../contract/names.ts';
import { msg } from '../contract/message.ts';
import type { RunEvent } from '../contract/events.ts';
import { suggest } from '../contract/similar-names.ts';
import type { ConfigurationInput } from '../contract/settings.ts';
import type { RunSummary } from '../contract/runs.ts';
import { removeFolderAtomic } from '../library/files/atomic.ts';
import { FileMemo } from '../library/files/file-memo.ts';
import { checkInitialCheckpoint } from '../library/runs/warm-start.ts';
import { readMetrics } from '../library/runs/metrics-file.ts';
import { createRun, listRuns, readRun, readRunRecord, runFolder, updateRunRecord } from '../library/runs/run-folder.ts';
import { lockRun } from '../library/runs/run-lock.ts';
import type { StartJob } from '../workers/start-job.ts';
import { startTask, type JobTask } from './job-task.ts';
import { itemFolder, itemName, newItemName } from './library.ts';
import { numberedName } from '../library/runs/free-name.ts';
import { readableName } from './run-names.ts';
import { moveToSystemTrash } from './system-trash.ts';

export type TrainTask = JobTask<'train'>;

/** Runs: making them, training them, reading what they did. */
export class Runs {
  readonly #library: string;
  readonly #startJob: StartJob;
  /** What this process trains now, so that anyone can join. */
  readonly #active = new Map<string, TrainTask>();
  readonly #summaries = new FileMemo<RunSummary>();

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
  }

  /** All runs, newest first, and what is wrong with those that cannot be read. */
  async list(): Promise<{ runs: RunSummary[]; damaged: HyenaError[] }> {
    const listed = await listRuns(this.#library, (name) => this.#summary(name));
    this.#summaries.keep(listed.runs.map(({ name }) => name));
    return listed;
  }

  #summary(name: string): Promise<RunSummary> {
    const folder = runFolder(this.#library, name);
    const files = ['run.json', 'lock', 'checkpoints'].map((file) => path.join(folder, file));
    // A process that has a run may be gone without a trace in its files.
    return this.#summaries.get(
      name,
      files,
      () => readRun(this.#library, name),
      ({ owner }) => owner === null,
    );
  }

  /** Throws a HyenaError `not-found` with the names that are near, or `damaged`. */
  async get(name: string): Promise<RunSummary> {
    itemFolder(this.#library, 'runs', name);
    try {
      return await readRun(this.#library, name);
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (error.code !== 'not-found') throw error;
      const names = (await this.list()).runs.map((run) => run.name);
      const hint = suggest(name, names) ?? (names.length > 0 ? error.messages.hint : 'Train a model to create a run.');
      const command = names.length > 0 ? error.command : 'hyena train';
      throw new HyenaError('not-found', error.messages.message, { hint, command, cause: thrown });
    }
  }

  /**
   * What a configuration takes from a run that it is to start from: its name and its model.
   *
   * @throws HyenaError `not-found` where it has no checkpoint
   */
  async checkWarmStart(name: string): Promise<ConfigurationInput> {
    const { configuration, checkpoints } = await this.get(name);
    if (checkpoints.length === 0)
      throw new HyenaError('not-found', msg`Run '${name}' has no checkpoint to start from.`, {
        hint: 'Resume its training first.',
        command: `hyena resume ${name}`,
      });
    return { from: name, model: configuration.model };
  }

  /**
   * Makes a run that has not been trained yet.
   *
   * @param lab recipe that it belongs to
   * @param name empty: a readable one that is free; `numbered`: this one, or the next free of name-2, name-3, …
   */
  async create(
    configuration: RunConfiguration,
    name?: string | { numbered: string },
    lab: RunSummary['lab'] = null,
  ): Promise<RunSummary> {
    const taken = new Set((await this.list()).runs.map((run) => nameKey(run.name)));
    const isTaken = (one: string): boolean => taken.has(nameKey(one));
    const chosen =
      name === undefined
        ? readableName(isTaken)
        : typeof name === 'string'
          ? newItemName('runs', name)
          : numberedName(name.numbered, isTaken);
    itemFolder(this.#library, 'runs', chosen);
    const { dataset, from } = configuration;
    const stored: RunConfiguration = {
      ...configuration,
      dataset: itemName(this.#library, 'datasets', dataset),
      from: from === null ? null : itemName(this.#library, 'runs', from),
    };
    // Refused now rather than by the run that was made.
    await checkInitialCheckpoint(this.#library, stored);
    await createRun(this.#library, chosen, stored, lab);
    return readRun(this.#library, chosen);
  }

  /**
   * Trains a run from its start, or continues from its last checkpoint.
   *
   * @param options.until step after which it is evaluated and stopped; left out: it trains to its end
   */
  start(name: string, options: { resume?: boolean; device?: string; until?: number } = {}): TrainTask {
    itemFolder(this.#library, 'runs', name);
    const task = startTask(this.#startJob, {
      kind: 'train',
      library: this.#library,
      run: name,
      resume: options.resume ?? false,
      device: options.device,
      until: options.until,
    });
    this.#active.set(name, task);
    const forget = (): void => {
      if (this.#active.get(name) === task) this.#active.delete(name);
    };
    task.result.then(forget, forget);
    return task;
  }

  /**
   * Changes what a step of a run takes of memory and time, from its last checkpoint on.
   *
   * @throws HyenaError `configuration`, `locked` while a process trains it
   */
  async overrideRuntime(name: string, changes: RuntimeOverrides): Promise<void> {
    const lock = await lockRun(itemFolder(this.#library, 'runs', name));
    try {
      const record = await readRunRecord(this.#library, name);
      const { configuration } = record;
      const training = withOverrides(configuration.training, changes);
      await updateRunRecord(this.#library, record, { configuration: { ...configuration, training } });
    } finally {
      await lock.release();
    }
  }

  /**
   * Notes in a run whose process was ended on purpose that it was stopped; it can be resumed.
   *
   * @throws HyenaError `locked` while a process trains it
   */
  async markStopped(name: string): Promise<void> {
    const lock = await lockRun(itemFolder(this.#library, 'runs', name));
    try {
      const record = await readRunRecord(this.#library, name);
      // One that was ended before its training began is as it was.
      if (record.status !== 'running') return;
      await updateRunRecord(this.#library, record, { status: 'stopped', owner: null, reason: 'stopped', error: null });
    } finally {
      await lock.release();
    }
  }

  /** The training of a run that this process has under way. */
  active(name: string): TrainTask | undefined {
    return this.#active.get(name);
  }

  /** All that a run has told, over all its sittings; of a step that was taken twice the course that was kept. */
  async events(name: string): Promise<RunEvent[]> {
    return (await readMetrics(itemFolder(this.#library, 'runs', name))).events;
  }

  /** How far a run has come, past its last checkpoint too; null before its first step. */
  async reached(name: string): Promise<{ step: number; tokens: number; loss: number } | null> {
    const last = (await this.events(name)).findLast((event) => event.type === 'step');
    return last ? { step: last.step, tokens: last.tokens, loss: last.loss } : null;
  }

  /**
   * Moves a run to the system's trash, or deletes it permanently.
   *
   * @throws HyenaError `locked` while a process trains it, `bad-input` where the system has no trash
   */
  async remove(name: string, { permanently = false } = {}): Promise<void> {
    const folder = itemFolder(this.#library, 'runs', name);
    let owner: RunSummary['owner'] = null;
    try {
      ({ owner } = await this.get(name));
    } catch (thrown) {
      // A damaged run can be removed all the same.
      if (HyenaError.from(thrown).code !== 'damaged') throw thrown;
    }
    if (owner) {
      throw new HyenaError(
        'locked',
        msg`Run '${name}' is being trained by process ${String(owner.pid)} on ${owner.host}.`,
        {
          kept: 'Nothing was removed.',
          hint: 'Stop it first.',
        },
      );
    }
    await (permanently ? removeFolderAtomic(folder) : moveToSystemTrash(folder));
  }

  /** Runs compared; at least two. */
  async compare(names: readonly string[]): Promise<Comparison> {
    const runs = await Promise.all(names.map((name) => this.get(name)));
    const events = await Promise.all(names.map((name) => this.events(name)));
    return {
      runs: runs.map((run, index) => ({
        ...comparedRunSchema.parse(run),
        tokensPerSecond: medianSpeed(events[index]),
      })),
      differences: differences(runs.map(({ configuration }) => configuration)),
      bySteps: overlay(events, 'step'),
      byTokens: overlay(events, 'tokens'),
    };
  }
}
