import type { HyenaError } from '../../main/contract/errors.ts';
import type { StepColumns, OtherRunEvent, RunMetrics } from '../../main/contract/streams.ts';
import type { Client } from '../connection/client.ts';
import { NumberColumn } from '../charts/columns.ts';

export type StepQuantity = keyof StepColumns;
const quantities: readonly StepQuantity[] = [
  'step',
  'loss',
  'learningRate',
  'gradientNorm',
  'tokensPerSecond',
  'tokens',
  'milliseconds',
  'memoryMiB',
];

export type Evaluation = Extract<OtherRunEvent, { type: 'evaluation' }>;
export type Sample = Extract<OtherRunEvent, { type: 'sample' }>;

export interface LogEntry {
  id: number;
  step: number;
  event: OtherRunEvent;
}

/** Everything that a run has told, kept outside of reactivity; `version` moves on when it grows. */
export class RunMetricsStore {
  readonly run: string;
  readonly columns = Object.fromEntries(quantities.map((name) => [name, new NumberColumn()])) as Record<
    StepQuantity,
    NumberColumn
  >;
  /** Seconds spent training up to each step. */
  readonly seconds = new NumberColumn();
  /** Of the training batches. */
  readonly perplexity = new NumberColumn();
  #evaluations: Evaluation[] = [];
  #samples: Sample[] = [];
  #log: LogEntry[] = [];
  #version = $state(0);
  /** Moves on when what was told became void, so that whatever was derived from it must be made anew. */
  #generation = $state(0);
  #caughtUp = $state(false);
  #cursor: string | null = null;
  #scheduled = false;
  /** When the page was told last. */
  #announced = -Infinity;
  /** Whether the last message reached the end. */
  atEnd = false;
  #secondsLeft: number | null = null;
  #peakMemory: number | null = null;
  readonly #client: Client;
  #leave: (() => void) | null = null;

  /** @param follows whether it joins the stream of the run at once, and stays in it */
  constructor(client: Client, run: string, follows = true) {
    this.run = run;
    this.#client = client;
    if (follows) this.join();
  }

  get version(): number {
    return this.#version;
  }
  get generation(): number {
    return this.#generation;
  }
  get caughtUp(): boolean {
    return this.#caughtUp;
  }
  get evaluations(): readonly Evaluation[] {
    return this.#version >= 0 ? this.#evaluations : [];
  }
  get samples(): readonly Sample[] {
    return this.#version >= 0 ? this.#samples : [];
  }
  get log(): readonly LogEntry[] {
    return this.#version >= 0 ? this.#log : [];
  }

  /** What the last step said of the time to the end; kept when the run pauses. */
  get secondsLeft(): number | null {
    return this.#version >= 0 ? this.#secondsLeft : null;
  }
  /** The most memory that a step took, in MiB. */
  get peakMemory(): number | null {
    return this.#version >= 0 ? this.#peakMemory : null;
  }
  get joined(): boolean {
    return this.#leave !== null;
  }

  /** Follows the run, from where it was left. */
  join(taken: () => void = () => undefined, failed?: (error: HyenaError) => void): void {
    this.#leave ??= this.#client.join(
      'runs.metrics',
      () => ({ run: this.run, cursor: this.#cursor }),
      (metrics) => {
        this.take(metrics);
        taken();
      },
      failed,
    );
  }

  /** Leaves the stream; what was taken stays. */
  close(): void {
    this.#leave?.();
    this.#leave = null;
  }

  /** Takes one message of the stream. */
  take({ reset, columns, events, secondsLeft, cursor, caughtUp }: RunMetrics): void {
    if (reset) this.#clear();
    for (const { after, event } of events) this.#keep(event, columns.step[after - 1] ?? this.columns.step.last ?? 0);
    for (const name of quantities) this.columns[name].append(columns[name]);
    let seconds = this.seconds.last ?? 0;
    this.seconds.append(columns.milliseconds.map((milliseconds) => (seconds += milliseconds / 1000)));
    this.perplexity.append(columns.loss.map((loss) => Math.exp(loss)));
    if (columns.step.length > 0) this.#secondsLeft = secondsLeft;
    for (const memory of columns.memoryMiB) this.#peakMemory = Math.max(this.#peakMemory ?? 0, memory);
    this.#cursor = cursor;
    this.atEnd = caughtUp;
    if (caughtUp) this.#caughtUp = true;
    this.#announce();
  }

  #keep(event: OtherRunEvent, lastStep: number): void {
    if (event.type === 'evaluation') this.#evaluations.push(event);
    if (event.type === 'sample') this.#samples.push(event);
    this.#log.push({ id: this.#log.length, step: 'step' in event ? event.step : lastStep, event });
  }

  #clear(): void {
    for (const name of quantities) this.columns[name].clear();
    this.seconds.clear();
    this.perplexity.clear();
    this.#evaluations = [];
    this.#samples = [];
    this.#log = [];
    this.#secondsLeft = null;
    this.#peakMemory = null;
    this.#generation++;
  }

  /** Messages of a long history follow closely; the page is told of the first at once, then for all of a moment. */
  #announce(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = this.#announced + announceMilliseconds(this.columns.step.length) - performance.now();
    setTimeout(
      () => {
        this.#scheduled = false;
        this.#announced = performance.now();
        // New arrays, so that what is shown of them is compared as changed.
        this.#evaluations = [...this.#evaluations];
        this.#samples = [...this.#samples];
        this.#log = [...this.#log];
        this.#version++;
      },
      Math.max(0, wait),
    );
  }
}

/** A step more or less of a long run is not to be seen, but drawing all of it takes longer. */
const announceMilliseconds = (steps: number): number => (steps < 20_000 ? 100 : 400);
