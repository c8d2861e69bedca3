import type { Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { contestantValue } from '../../../contract/lab/experiments.ts';
import type { PendingTrial, Round } from '../../../contract/lab/halving.ts';
import type { ExperimentState, ExperimentTrial } from '../../../host/experiments.ts';
import type { Host } from '../../../host/host.ts';
import { commandAction, type Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatTime } from '../format.ts';
import type { Output } from '../output.ts';
import {
  addConfigurationOptions,
  checkMemory,
  estimateFor,
  ignoreMemory,
  showTraining,
  type ConfigurationOptions,
  type MemoryOptions,
} from './train.ts';

export interface ExperimentOptions extends ConfigurationOptions, MemoryOptions {
  device?: string;
  json?: boolean;
}

/** What every run of an experiment would meet, and what a person asked for: it ends. */
const endsAll = new Set(['interrupted', 'disk-full', 'read-only']);

/** What became of a sitting: why runs were not trained as far as they should, and whether a person stopped it. */
export interface Sitting {
  readonly errors: ReadonlyMap<ExperimentTrial, HyenaError>;
  readonly stopped: boolean;
}

const place = ({ rungs, rung, alive }: Round, { contestant, seed }: PendingTrial, seeds: number): string => {
  const ofRung = rungs.length > 1 ? `Rung ${rung + 1} of ${rungs.length}, run` : 'Run';
  return `${ofRung} ${seed * alive.length + alive.indexOf(contestant) + 1} of ${alive.length * seeds}`;
};

/**
 * Gives a command the options that every experiment has, and what it does: it trains what the experiment lacks and prints
 * what came of it.
 *
 * @param rows what it prints at the end, one line each
 */
export function addExperiment<Options extends ExperimentOptions>(
  command: Command,
  context: Context,
  {
    rows,
    read,
    print,
  }: {
    rows: string;
    read: (host: Host, name: string, options: Options) => Promise<ExperimentState>;
    print: (host: Host, output: Output, state: ExperimentState, sitting: Sitting) => void;
  },
): void {
  addConfigurationOptions(command)
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option(...ignoreMemory)
    .option('--json', `print every event, then every ${rows}, as JSON lines`)
    .action(
      commandAction(async (name: string, options: Options) => {
        const output = context.output(options);
        const host = await context.host();
        const state = await read(host, name, options);
        const sitting = await trainExperiment(host, state, options, output);
        print(host, output, state, sitting);
        return concludeExperiment(host, state, sitting, output);
      }),
    );
}

/** Trains what an experiment lacks, one run after another. A run that fails is reported, and the next one begins. */
async function trainExperiment(
  host: Host,
  state: ExperimentState,
  options: ExperimentOptions,
  output: Output,
): Promise<Sitting> {
  const { experiments } = host;
  const { experiment, trials } = state;
  const errors = new Map<ExperimentTrial, HyenaError>();
  for (const { run } of trials.flat()) if (run?.status === 'done') output.note(`${run.name} has been trained already.`);
  for (;;) {
    const round = experiments.round(state);
    const next = round.pending.find(({ contestant, seed }) => !errors.has(trials[contestant][seed]));
    if (next === undefined) return { errors, stopped: false };
    const trial = trials[next.contestant][next.seed];
    const end = (): string | undefined => {
      const seconds = experiments.secondsLeft(state, round);
      return seconds === null ? undefined : `${experiment.kind} ends about ${formatTime(Date.now() + 1000 * seconds)}`;
    };
    const seed = trial.seed === null ? '' : `, seed ${trial.seed}`;
    const estimate = end();
    const title = `${trial.contestant.title}${seed}`;
    output.note(`${place(round, next, trials[0].length)}: ${title}${estimate === undefined ? '' : `; ${estimate}`}.`);
    try {
      if (await trainTrial(host, state, trial, next.until, end, options, output)) return { errors, stopped: true };
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (endsAll.has(error.code)) throw error;
      errors.set(trial, error);
      output.note(`Failed: ${title}: ${error.message}`);
    } finally {
      await experiments.refresh(state, trial);
    }
  }
}

/** @returns whether a person stopped it */
async function trainTrial(
  host: Host,
  state: ExperimentState,
  trial: ExperimentTrial,
  until: number | null,
  end: () => string | undefined,
  options: ExperimentOptions,
  output: Output,
): Promise<boolean> {
  const { device } = options;
  checkMemory(await estimateFor(host, trial.configuration, state.dataset), options);
  const run = await host.experiments.prepare(state, trial);
  const resume = run.checkpoints.length > 0;
  const task = host.runs.start(run.name, { resume, device, until: until ?? undefined });
  const limit = trial.configuration.training.max_minutes;
  const code = await showTraining(task, output, {
    until,
    remark: ({ step, seconds = trial.seconds }) => {
      const byTime = limit === null ? 0 : seconds / (60 * limit);
      trial.fraction = Math.min(1, Math.max(trial.totalSteps === null ? 0 : step / trial.totalSteps, byTime));
      trial.seconds = seconds;
      return end();
    },
  });
  return code === exitCodes.interrupted;
}

/** What is said at the end of an experiment, and its exit code. */
function concludeExperiment(host: Host, state: ExperimentState, { errors, stopped }: Sitting, output: Output): number {
  if (host.experiments.round(state).pending.length === 0) return errors.size > 0 ? exitCodes.failed : exitCodes.done;
  output.note('Continue: repeat the command. Runs at their end are kept; the others are resumed or started.');
  return stopped ? exitCodes.interrupted : exitCodes.failed;
}

/** The settings of a trial in which contestants differ, by path. */
export const settingsOf = ({ keys }: { readonly keys: readonly string[] }, { contestant }: ExperimentTrial) =>
  Object.fromEntries(keys.map((path) => [path, contestantValue(contestant, path)]));
