import { HyenaError } from '../../contract/errors.ts';
import type { Experiments, ExperimentState } from '../experiments.ts';
import type { Training } from './training.ts';

/** Trains experiments in a window's queue: what the current rung lacks, and when it is complete the next one. */
export class ExperimentQueue {
  readonly #experiments: Experiments;
  readonly #report: (error: HyenaError) => void;
  /** The rung that was queued last, by experiment. */
  readonly #rungs = new Map<string, number>();

  constructor(experiments: Experiments, report: (error: HyenaError) => void) {
    this.#experiments = experiments;
    this.#report = report;
  }

  /** Queues what an experiment lacks. @returns the names of these runs */
  async enqueue(state: ExperimentState, training: Training): Promise<string[]> {
    const { rung, pending } = this.#experiments.round(state);
    this.#rungs.set(state.experiment.name, rung);
    const runs: string[] = [];
    for (const { contestant, seed } of pending)
      runs.push((await this.#experiments.prepare(state, state.trials[contestant][seed])).name);
    for (const run of runs) await training.start(run);
    return runs;
  }

  /** The step at which a run waits for the others of its rung; null: it trains to its end. */
  async untilOf(run: string): Promise<number | null> {
    for (const state of await this.#halvedWith(run)) {
      const { rung, pending } = this.#experiments.round(state);
      const own = pending.find(({ contestant, seed }) => state.trials[contestant][seed].run?.name === run);
      if (own === undefined) continue;
      this.#rungs.set(state.experiment.name, rung);
      return own.until;
    }
    return null;
  }

  /** A run has ended: if it was the last of its rung, the best ones continue. */
  async ended(run: string, error: HyenaError | null, training: Training): Promise<void> {
    // The next one would meet the same.
    if (error?.code === 'disk-full' || error?.code === 'out-of-memory') return;
    for (const state of await this.#halvedWith(run)) {
      const queued = this.#rungs.get(state.experiment.name);
      if (queued !== undefined && this.#experiments.round(state).rung > queued) await this.enqueue(state, training);
    }
  }

  async #halvedWith(run: string): Promise<ExperimentState[]> {
    try {
      return await this.#experiments.halvedWith(run);
    } catch (thrown) {
      // Without its data set, for instance, an experiment has no next rung; its runs are runs all the same.
      this.#report(HyenaError.from(thrown));
      return [];
    }
  }
}
