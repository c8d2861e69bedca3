import path from 'node:path';
import { z } from 'zod';
import { suggestReduction } from '../../contract/runtime-overrides.ts';
import { HyenaError, type ErrorReport } from '../../contract/errors.ts';
import { fractionOf } from '../../contract/logic/progress.ts';
import { msg } from '../../contract/message.ts';
import type { RunEvent } from '../../contract/events.ts';
import type { RunRecord, RunSummary } from '../../contract/runs.ts';
import type { ActiveRun } from '../../contract/views.ts';
import type { Runs, TrainTask } from '../runs.ts';
import { isBeingReleased } from '../../library/files/lock.ts';
import { readOrDefault, LockedFile, writeJson } from './locked-file.ts';

/** `window.json`: what a person queued and paused, kept over a restart. */
const stateSchema = z.strictObject({
  queue: z.array(z.string()).default([]),
  paused: z.array(z.string()).default([]),
});

type State = z.infer<typeof stateSchema>;

export interface TrainingEvents {
  /** The state of the moment has changed: a step, a new place in the queue. */
  progress(): void;
  /** A run has begun, has ended, or stands elsewhere in the library than before. */
  changed(): void;
  ended(run: string, error: HyenaError | null): void;
  /** The step at which a run is to wait for others; null: it trains to its end. */
  untilOf(run: string): Promise<number | null>;
  /** Something failed that nobody waits for. */
  report(error: HyenaError): void;
}

interface Current {
  view: ActiveRun;
  task: TrainTask;
  /** Its process was ended because the person did not want to wait. */
  endedByPerson: boolean;
}

/** Trains one run at a time, and after it the next of the queue. */
export class Training {
  readonly #runs: Runs;
  readonly #events: TrainingEvents;
  readonly #path: string;
  readonly #sequence: LockedFile;
  #current: Current | null = null;
  #queue: string[] = [];
  #paused = new Set<string>();
  /** After a pause, and at the start of the program, nothing starts by itself. */
  #held = true;
  #starting = false;
  /** As this process last saw or wrote it. */
  #saved: State = { queue: [], paused: [] };
  readonly #failures = new Map<string, ErrorReport>();
  #unsaved: ErrorReport | null = null;
  #retry: NodeJS.Timeout | undefined;
  readonly #retryMilliseconds: number;
  /** The lowest validation loss of runs that this process trained: it knows before their records do. */
  readonly #best = new Map<string, NonNullable<RunRecord['best']>>();

  constructor(runs: Runs, library: string, events: TrainingEvents, retryMilliseconds = 5000) {
    this.#retryMilliseconds = retryMilliseconds;
    this.#runs = runs;
    this.#events = events;
    this.#path = path.join(library, 'window.json');
    this.#sequence = new LockedFile(this.#path);
  }

  async open(): Promise<void> {
    this.#saved = await readOrDefault(this.#path, stateSchema, {});
    this.#queue = this.#saved.queue;
    this.#paused = new Set(this.#saved.paused);
  }

  get active(): ActiveRun | null {
    return this.#current?.view ?? null;
  }

  get queue(): readonly string[] {
    return this.#queue;
  }

  /** Why the queue could not be saved, as long as it is not. */
  get unsaved(): ErrorReport | null {
    return this.#unsaved;
  }

  isPaused(run: string): boolean {
    return this.#paused.has(run);
  }

  /** Why a run that this process trained broke off, where its own record could not say. */
  failure(run: string): ErrorReport | null {
    return this.#failures.get(run) ?? null;
  }

  /** The lowest validation loss that this process saw of a run. */
  best(run: string): RunRecord['best'] {
    return this.#best.get(run) ?? null;
  }

  /** Starts a run, or continues it; waits in the queue while another trains. */
  async start(run: string): Promise<void> {
    if (this.#current?.view.run === run) return;
    const summary = await this.#runs.get(run);
    if (await isTrainedElsewhere(summary))
      throw new HyenaError(
        'locked',
        msg`Process ${String(summary.owner?.pid ?? '')} on ${summary.owner?.host ?? ''} is already training '${run}'.`,
        {
          kept: 'Nothing was changed.',
          hint: 'Stop it there first.',
        },
      );
    const others = this.#queue.filter((one) => one !== run);
    // What was paused continues before what has never begun.
    this.#queue = this.#current === null || this.#paused.has(run) ? [run, ...others] : [...others, run];
    this.#held = false;
    await this.#keep();
    await this.#next();
  }

  /** Continues a run whose steps took too much memory, with smaller batches or recomputation. */
  async reduceMemory(run: string): Promise<void> {
    const { configuration } = await this.#runs.get(run);
    const changes = suggestReduction(configuration.training);
    if (changes) await this.#runs.overrideRuntime(run, changes);
    await this.start(run);
  }

  pause(run: string): void {
    const current = this.#require(run);
    this.#held = true;
    this.#paused.add(run);
    this.#stop(current);
  }

  stop(run: string, when: 'now' | 'checkpoint' | 'end-now'): void {
    if (this.#queue.includes(run)) return void this.order(this.#queue.filter((one) => one !== run));
    const current = this.#require(run);
    if (when === 'now') return this.#stop(current);
    if (when === 'end-now') {
      current.view = { ...current.view, phase: 'stopping' };
      current.endedByPerson = true;
      current.task.end();
      return this.#events.changed();
    }
    const { stopAfterCheckpoint } = current.view;
    current.view = { ...current.view, stopAfterCheckpoint: !stopAfterCheckpoint };
    this.#events.progress();
  }

  /** Sets the queue; runs that are not in it already are left out. */
  order(runs: readonly string[]): void {
    const known = new Set(this.#queue);
    this.#queue = [...new Set(runs)].filter((run) => known.has(run));
    void this.#keep();
    this.#events.changed();
  }

  /** A run has another name, or is gone (null). */
  renamed(run: string, to: string | null): void {
    this.#queue = this.#queue.flatMap((one) => (one === run ? (to ?? []) : one));
    if (this.#paused.delete(run) && to !== null) this.#paused.add(to);
    const best = this.#best.get(run);
    this.#best.delete(run);
    if (best && to !== null) this.#best.set(to, best);
    void this.#keep();
  }

  /** Asks the run for an orderly end and waits for it. */
  async close(): Promise<void> {
    this.#held = true;
    if (this.#unsaved !== null) await this.#keep();
    clearTimeout(this.#retry);
    const current = this.#current;
    if (!current) return;
    this.#stop(current);
    // How it ends is reported by whoever watches it.
    await current.task.result.catch(() => undefined);
  }

  #require(run: string): Current {
    if (this.#current?.view.run === run) return this.#current;
    throw new HyenaError('usage', msg`'${run}' is not training in this process.`, { kept: 'Nothing was changed.' });
  }

  #stop(current: Current): void {
    current.view = { ...current.view, phase: 'stopping' };
    current.task.stop();
    this.#events.changed();
  }

  async #next(): Promise<void> {
    if (this.#current || this.#held || this.#starting) return;
    this.#starting = true;
    try {
      const summary = await this.#takeNext();
      if (!summary) return;
      const run = summary.name;
      const until = (await this.#events.untilOf(run)) ?? undefined;
      const task = this.#runs.start(run, { resume: summary.status !== 'new', until });
      const current: Current = {
        task,
        view: emptyView(summary),
        endedByPerson: false,
      };
      this.#current = current;
      this.#watch(current).catch((thrown: unknown) => this.#events.report(HyenaError.from(thrown)));
    } finally {
      this.#starting = false;
      this.#events.changed();
    }
  }

  /** The first of the queue that can be trained: another process may have begun, renamed or deleted some of it. */
  async #takeNext(): Promise<RunSummary | null> {
    for (let run = this.#queue.shift(); run !== undefined; run = this.#queue.shift()) {
      this.#paused.delete(run);
      this.#failures.delete(run);
      await this.#keep();
      const summary = await this.#runs.get(run).catch((thrown: unknown) => this.#reportDropped(run, thrown));
      if (summary && !(await isTrainedElsewhere(summary))) return summary;
    }
    return null;
  }

  /** A run that has been deleted needs no word. */
  #reportDropped(run: string, thrown: unknown): null {
    const { code, messages: sentences } = HyenaError.from(thrown);
    if (code !== 'not-found')
      this.#events.report(
        new HyenaError(code, msg`'${run}' was removed from the queue: ${sentences.message}`, {
          kept: sentences.kept,
          hint: sentences.hint,
          cause: thrown,
        }),
      );
    return null;
  }

  async #watch(current: Current): Promise<void> {
    const { run } = current.view;
    let error: HyenaError | null = null;
    try {
      for await (const event of current.task.events.join()) this.#take(current, event);
      await current.task.result;
    } catch (thrown) {
      error = HyenaError.from(thrown);
    }
    if (current.endedByPerson && error?.code === 'interrupted') {
      // Asked for, so nothing went wrong. Where the record cannot be written the run stays interrupted, as it is.
      try {
        await this.#runs.markStopped(run);
        error = null;
      } catch (thrown) {
        this.#events.report(HyenaError.from(thrown));
      }
    }
    this.#current = null;
    if (error) this.#failures.set(run, error.toReport());
    // What fails must not start the next one into the same failure, such as a full disk.
    if (error && (error.code === 'disk-full' || error.code === 'out-of-memory')) this.#held = true;
    this.#events.changed();
    this.#events.ended(run, error);
    await this.#next().catch((thrown: unknown) => this.#events.ended(run, HyenaError.from(thrown)));
  }

  #take(current: Current, event: RunEvent): void {
    const before = current.view;
    const busy = before.phase === 'stopping' ? 'stopping' : 'training';
    if (event.type === 'starting') {
      const { stage, done } = event;
      current.view = { ...before, starting: { stage, done } };
    } else if (event.type === 'start') {
      const { device, totalSteps, step } = event;
      if (!event.resumed) this.#best.delete(before.run);
      current.view = { ...before, device, totalSteps, step, phase: busy, starting: null };
      this.#events.changed();
    } else if (event.type === 'step') {
      const { step, loss, tokensPerSecond, memoryMiB, secondsLeft } = event;
      const fraction = fractionAt(before.totalSteps, event);
      current.view = { ...before, phase: busy, step, loss, tokensPerSecond, memoryMiB, secondsLeft, fraction };
    } else if (event.type === 'evaluation') {
      const best = this.#best.get(before.run);
      if (!best || event.loss < best.loss) this.#best.set(before.run, { step: event.step, loss: event.loss });
      current.view = { ...before, validationLoss: event.loss };
    } else if (event.type === 'checkpoint' && before.stopAfterCheckpoint) this.#stop(current);
    if (event.type === 'checkpoint' || event.type === 'evaluation') this.#events.changed();
    this.#events.progress();
  }

  /**
   * Saves the queue. Where the disk refuses it, a person is notified, this process goes by what it has in memory, and
   * tries again until it is saved.
   */
  async #keep(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      await this.#save();
      if (this.#unsaved === null) return;
      this.#unsaved = null;
    } catch (thrown) {
      const { code, messages: sentences } = HyenaError.from(thrown);
      this.#unsaved = new HyenaError(code, msg`Cannot save the queue: ${sentences.message}`, {
        kept: 'The queue remains in memory and will be lost when Hyena Studio exits.',
        hint: sentences.hint,
        cause: thrown,
      }).toReport();
      this.#retry = setTimeout(() => void this.#keep(), this.#retryMilliseconds);
      this.#retry.unref();
    }
    this.#events.progress();
  }

  #save(): Promise<void> {
    const own: State = { queue: [...this.#queue], paused: [...this.#paused] };
    return this.#sequence.run(async () => {
      // What another process has added since stays; this one decides on what it knew alone.
      const found = await readOrDefault(this.#path, stateSchema, {});
      const merge = (key: keyof State) => [
        ...own[key],
        ...found[key].filter((run) => !this.#saved[key].includes(run) && !own[key].includes(run)),
      ];
      await writeJson(this.#path, { queue: merge('queue'), paused: merge('paused') });
      this.#saved = own;
    });
  }
}

/** One whose host has died is about to end: the compute process that takes its place waits for it. */
const isTrainedElsewhere = async ({ owner, status, path: folder }: RunSummary): Promise<boolean> =>
  owner !== null && status === 'running' && !(await isBeingReleased(folder));

/** How far the budget is used up, whichever it is: the time left tells for budgets that are not steps. */
function fractionAt(
  totalSteps: number | null,
  { step, seconds = 0, secondsLeft }: Extract<RunEvent, { type: 'step' }>,
): number | null {
  if (totalSteps !== null) return Math.min(1, step / totalSteps);
  return secondsLeft === null ? null : Math.min(1, seconds / (seconds + secondsLeft || 1));
}

function emptyView(summary: RunSummary): ActiveRun {
  const { name: run, step, totalSteps, device } = summary;
  return {
    run,
    phase: 'starting',
    device,
    step,
    totalSteps,
    fraction: fractionOf(summary),
    secondsLeft: null,
    loss: null,
    validationLoss: null,
    tokensPerSecond: null,
    memoryMiB: null,
    stopAfterCheckpoint: false,
  };
}
