import { SvelteMap } from 'svelte/reactivity';
import type { RunView } from '../../main/contract/views.ts';
import type { Client } from '../connection/client.ts';
import { isBusy } from './phases.ts';
import { RunMetricsStore } from './run-metrics.svelte.ts';

/** Streams that a comparison has at a time: a window may join 64 in all, for everything it shows. */
const streamsAtOnce = 24;

/** More curves than these in one chart tell nobody anything, and take the memory of the window. */
export const mostCurves = 200;

/** What is told of a run whenever something of it changes on disk. */
const stateOf = ({ phase, updated }: RunView): string => `${phase} ${updated}`;

/**
 * The metrics of runs that are compared. Those of a run that no process trains are read once, and its stream is left for
 * the next run that waits; so there may be more runs than streams.
 */
export class ComparedRuns {
  readonly #client: Client;
  readonly #stores = new SvelteMap<string, RunMetricsStore>();
  /** As each run stood when its metrics were read to the end. */
  readonly #read = new SvelteMap<string, string>();
  readonly #failed = new Map<string, string>();
  #runs: readonly RunView[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  get(name: string): RunMetricsStore | undefined {
    return this.#stores.get(name);
  }

  /** Runs whose curves have arrived. */
  get arrived(): number {
    return this.#read.size;
  }

  /** Grows with the values of any of them. */
  get version(): number {
    let sum = 0;
    for (const store of this.#stores.values()) sum += store.version;
    return sum;
  }

  /** Follows these runs, and no others. */
  show(runs: readonly RunView[]): void {
    this.#runs = runs.slice(0, mostCurves);
    const wanted = new Set(this.#runs.map(({ name }) => name));
    for (const [name, store] of [...this.#stores])
      if (!wanted.has(name)) {
        store.close();
        this.#stores.delete(name);
        this.#read.delete(name);
        this.#failed.delete(name);
      }
    for (const { name } of this.#runs)
      if (!this.#stores.has(name)) this.#stores.set(name, new RunMetricsStore(this.#client, name, false));
    this.#next();
  }

  close(): void {
    this.show([]);
  }

  /** Joins as many as there is room for: those that were not read yet before those that have changed since. */
  #next(): void {
    let free = streamsAtOnce;
    for (const store of this.#stores.values()) if (store.joined) free--;
    const isRead = ({ name }: RunView) => this.#read.has(name);
    const isDone = (run: RunView) => [this.#read, this.#failed].some((map) => map.get(run.name) === stateOf(run));
    const waiting = this.#runs.filter((run) => !isDone(run) && this.#stores.get(run.name)?.joined === false);
    for (const run of [...waiting.filter((one) => !isRead(one)), ...waiting.filter(isRead)].slice(
      0,
      Math.max(0, free),
    )) {
      const store = this.#stores.get(run.name);
      store?.join(
        () => this.#taken(run.name, store),
        () => this.#missed(run.name, store),
      );
    }
  }

  /** A message of a run was taken; at the end of its metrics its stream is free for another. */
  #taken(name: string, store: RunMetricsStore): void {
    const run = this.#runs.find((one) => one.name === name);
    if (!run || !store.joined || !store.atEnd) return;
    this.#read.set(name, stateOf(run));
    // Where others wait, a run that trains is looked at again when its record changes.
    const live = isBusy(run) || run.phase === 'elsewhere';
    if (live && this.#runs.length <= streamsAtOnce) return;
    store.close();
    this.#next();
  }

  /** The metrics of a run cannot be read; they are tried again when it changes. */
  #missed(name: string, store: RunMetricsStore): void {
    const run = this.#runs.find((one) => one.name === name);
    store.close();
    if (run) this.#failed.set(name, stateOf(run));
    this.#next();
  }
}
