import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { resolveModel, type RunConfiguration } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import { HyenaError } from '../contract/errors.ts';
import { suggest } from '../contract/similar-names.ts';
import {
  contestantConfigurations,
  curveOf,
  experimentSchema,
  type CurvePoint,
  type Experiment,
  type ExperimentContestant,
} from '../contract/lab/experiments.ts';
import { currentRound, secondsLeft, type Round } from '../contract/lab/halving.ts';
import { batchShape, estimateFlops } from '../contract/logic/cost.ts';
import { TrainingPlan } from '../contract/logic/training-plan.ts';
import { joinMessages, msg } from '../contract/message.ts';
import { nameKey } from '../contract/names.ts';
import type { RunSummary } from '../contract/runs.ts';
import { readJson, writeJson } from '../library/files/atomic.ts';
import type { Datasets } from './datasets.ts';
import { newItemName } from './library.ts';
import type { Runs } from './runs.ts';

/** One run of an experiment, there already or not. */
export interface ExperimentTrial {
  readonly contestant: ExperimentContestant;
  /** Null: that of the configuration. */
  readonly seed: number | null;
  readonly configuration: RunConfiguration;
  readonly totalSteps: number | null;
  /** Training FLOPs of a token, computed from the configuration. */
  readonly flopsPerToken: number;
  /** Of its whole budget: training FLOPs; minutes if time alone limits a run of the experiment. */
  readonly cost: number;
  run: RunSummary | null;
  /** Share of its budget that is used up, and its training time. */
  fraction: number;
  seconds: number;
  curve: CurvePoint[];
}

/** An experiment with its runs as they are now. */
export interface ExperimentState {
  readonly experiment: Experiment;
  readonly dataset: DatasetRecord;
  /** Of each contestant, by seed. */
  readonly trials: readonly (readonly ExperimentTrial[])[];
}

/** Experiments of the library: sweeps and races. Each is a plan; what came of it follows from its runs. */
export class Experiments {
  readonly #folder: string;
  readonly #runs: Runs;
  readonly #datasets: Datasets;
  /** Curves of runs that are not being trained, by what changes with them. */
  readonly #curves = new Map<string, { version: string; curve: CurvePoint[] }>();

  constructor({ library, runs, datasets }: { library: string; runs: Runs; datasets: Datasets }) {
    this.#folder = path.join(library, 'experiments');
    this.#runs = runs;
    this.#datasets = datasets;
  }

  /** All experiments, newest first, and what is wrong with those that cannot be read. */
  async list(): Promise<{ experiments: Experiment[]; damaged: HyenaError[] }> {
    const experiments: Experiment[] = [];
    const damaged: HyenaError[] = [];
    for (const file of await readdir(this.#folder).catch(() => []))
      if (file.endsWith('.json'))
        try {
          experiments.push(await readJson(path.join(this.#folder, file), experimentSchema, msg`The experiment`));
        } catch (error) {
          damaged.push(HyenaError.from(error));
        }
    experiments.sort((a, b) => b.created.localeCompare(a.created));
    return { experiments, damaged };
  }

  /** @throws HyenaError `not-found` with the names that are near */
  async get(name: string): Promise<Experiment> {
    const { experiments } = await this.list();
    const found = experiments.find((one) => nameKey(one.name) === nameKey(name));
    if (found) return found;
    const missing = msg`Experiment '${name}' not found.`;
    const near = suggest(
      name,
      experiments.map((one) => one.name),
    );
    throw new HyenaError('not-found', near === undefined ? missing : joinMessages([missing, near]));
  }

  /**
   * Keeps an experiment; one of the same name and kind is replaced, and its runs are used again.
   *
   * @throws HyenaError `configuration` for contestants that cannot be trained, `already-exists` for a name of another kind
   */
  async save(experiment: Experiment): Promise<ExperimentState> {
    const name = newItemName('runs', experiment.name);
    const { experiments } = await this.list();
    const before = experiments.find((one) => nameKey(one.name) === nameKey(name));
    if (before && before.kind !== experiment.kind)
      throw new HyenaError('already-exists', msg`An experiment named '${name}' already exists.`, {
        kept: 'Nothing was changed.',
        hint: 'Choose another name.',
      });
    const { task } = await this.#datasets.get(experiment.base.dataset);
    const kept: Experiment = {
      ...experiment,
      name: before?.name ?? name,
      created: before?.created ?? experiment.created,
      // Of a task the answers count.
      measure: task === null ? 'loss' : 'accuracy',
    };
    // All are checked before the first is trained, and rungs need a budget in steps.
    const state = await this.state(kept);
    this.round(state);
    await mkdir(this.#folder, { recursive: true });
    await writeJson(this.#pathOf(kept.name), kept);
    return state;
  }

  /** Forgets an experiment; its runs stay. @throws HyenaError `not-found` */
  async remove(name: string): Promise<void> {
    await rm(this.#pathOf((await this.get(name)).name));
  }

  #pathOf(name: string): string {
    return path.join(this.#folder, `${name}.json`);
  }

  /**
   * The runs of an experiment: those named after it whose configuration is a trial's, whatever device they were trained on.
   * So an experiment continues where it was, and a sweep with more values keeps the runs that it has.
   */
  async state(experiment: Experiment): Promise<ExperimentState> {
    const dataset = await this.#datasets.get(experiment.base.dataset);
    const own = (await this.#runs.list()).runs.filter((run) => belongsTo(experiment, run.name));
    const runs = new Map(own.map((run) => [identityOf(run.configuration), run]));
    const configurations = experiment.contestants.map((one) => contestantConfigurations(experiment, one));
    const plans = configurations.map(([{ model, training }]) => {
      return new TrainingPlan(training, model, dataset.splits.train.tokens);
    });
    // Where time limits a run, its FLOPs are not known before.
    const byTime = plans.some(({ totalSteps }) => totalSteps === null);
    const trials = experiment.contestants.map((contestant, index) => {
      const plan = plans[index];
      return configurations[index].map((configuration, seed): ExperimentTrial => {
        const model = resolveModel(configuration.model, dataset.tokenizer.vocabularySize);
        const flopsPerToken = estimateFlops(model, batchShape(configuration)).training;
        const found = runs.get(identityOf(configuration)) ?? null;
        return {
          ...{ contestant, configuration, flopsPerToken, totalSteps: plan.totalSteps },
          seed: experiment.seeds?.[seed] ?? null,
          cost: byTime ? (plan.limitSeconds ?? 60) / 60 : flopsPerToken * plan.tokensOf(plan.totalSteps ?? 0),
          ...{ run: found, fraction: 0, seconds: 0, curve: [] },
        };
      });
    });
    const state = { experiment, dataset, trials };
    for (const trial of trials.flat()) if (trial.run !== null) await this.#read(state, trial, trial.run);
    return state;
  }

  /** Experiments with successive halving that a run belongs to. */
  async halvedWith(run: string): Promise<ExperimentState[]> {
    const { experiments } = await this.list();
    const own = experiments.filter((one) => one.halving !== null && belongsTo(one, run));
    const states = await Promise.all(own.map((one) => this.state(one)));
    return states.filter(({ trials }) => trials.flat().some((trial) => trial.run?.name === run));
  }

  /** Reads the run of a trial again. */
  async refresh(state: ExperimentState, trial: ExperimentTrial): Promise<void> {
    if (trial.run !== null) await this.#read(state, trial, await this.#runs.get(trial.run.name));
  }

  async #read({ experiment }: Pick<ExperimentState, 'experiment'>, trial: ExperimentTrial, run: RunSummary) {
    trial.run = run;
    const version = `${run.updated} ${run.step} ${experiment.measure}`;
    const kept = this.#curves.get(run.path);
    if (kept?.version === version && run.status !== 'running') trial.curve = kept.curve;
    else {
      trial.curve = curveOf(await this.#runs.events(run.name), experiment.measure);
      this.#curves.set(run.path, { version, curve: trial.curve });
    }
    const limit = trial.configuration.training.max_minutes;
    const bySteps = trial.totalSteps === null ? 0 : run.step / trial.totalSteps;
    const byTime = limit === null ? 0 : run.seconds / (60 * limit);
    trial.fraction = run.status === 'done' ? 1 : Math.min(1, Math.max(bySteps, byTime));
    trial.seconds = run.seconds;
  }

  /** Where an experiment stands, and what it trains next. */
  round({ experiment, trials }: ExperimentState): Round {
    const states = trials.map((seeds) =>
      seeds.map(({ run, totalSteps, curve }) => ({
        ...{ status: run?.status ?? 'new', steps: run?.step ?? 0, totalSteps, curve },
      })),
    );
    return currentRound(states, experiment.halving, experiment.measure);
  }

  /** Seconds until an experiment ends; null before any of its runs has trained. */
  secondsLeft({ trials }: Pick<ExperimentState, 'trials'>, round: Round): number | null {
    return secondsLeft(trials, round);
  }

  /** Makes the run of a trial if there is none yet. */
  async prepare({ experiment }: Pick<ExperimentState, 'experiment'>, trial: ExperimentTrial): Promise<RunSummary> {
    if (trial.run !== null) return trial.run;
    const { name, kind } = experiment;
    if (kind === 'race') {
      const suffix = trial.seed === null || trial.seed === 0 ? '' : `-seed${trial.seed}`;
      const numbered = `${name}-${slugOf(trial.contestant.title)}${suffix}`;
      trial.run = await this.#runs.create(trial.configuration, { numbered });
    } else {
      const numbers = (await this.#runs.list()).runs.map((run) => numberIn(name, run.name) ?? 0);
      trial.run = await this.#runs.create(trial.configuration, `${name}-${Math.max(0, ...numbers) + 1}`);
    }
    return trial.run;
  }
}

const belongsTo = ({ kind, name }: Experiment, run: string): boolean =>
  kind === 'sweep' ? numberIn(name, run) !== null : nameKey(run).startsWith(`${nameKey(name)}-`);

/** The number of a run of a sweep; null for other runs. */
function numberIn(sweep: string, run: string): number | null {
  const [whole, number] = [nameKey(run), /-(\d{1,9})$/.exec(run)?.[1]];
  return number !== undefined && whole === `${nameKey(sweep)}-${number}` ? Number(number) : null;
}

/** `hyena*3,attention` as part of a run's name: `hyena-3-attention`. */
const slugOf = (title: string): string =>
  title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '') || 'contestant';

/** What makes two configurations one, whatever device they are trained on; keys in one order. */
function identityOf({ dataset, from, model, training }: Omit<RunConfiguration, 'device'>): string {
  // As a file keeps it: without what is undefined.
  const sorted = (part: object) =>
    Object.entries(part)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([nameKey(dataset), from === null ? null : nameKey(from), sorted(model), sorted(training)]);
}
