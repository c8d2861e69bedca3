import type { Command } from 'commander';
import type { RunConfiguration } from '../../../contract/configuration.ts';
import type { DatasetRecord } from '../../../contract/datasets.ts';
import { HyenaError } from '../../../contract/errors.ts';
import { formatValue } from '../../../contract/fields.ts';
import {
  mostTrials,
  parseRange,
  sweepSecondsLeft,
  sweepTrials,
  trialSettings,
  type SweepRange,
} from '../../../contract/lab/sweeps.ts';
import type { RunSummary } from '../../../contract/runs.ts';
import { composeConfiguration } from '../../../host/configurations.ts';
import type { Host } from '../../../host/host.ts';
import { createSweepRun, sweepCosts, sweepRuns } from '../../../host/sweeps.ts';
import { commandAction, type Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatCount, formatDuration, formatLarge, formatNumber, formatTime } from '../format.ts';
import { collect, readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';
import {
  addConfigurationOptions,
  checkMemory,
  configurationLayers,
  estimateFor,
  ignoreMemory,
  showTraining,
  type ConfigurationOptions,
  type MemoryOptions,
} from './train.ts';

interface SweepOptions extends ConfigurationOptions, MemoryOptions {
  over: string[];
  data?: string;
  random?: number;
  sweepSeed: number;
  device?: string;
  json?: boolean;
}

/** One run of a sweep, there already or not. */
interface Trial {
  readonly values: readonly unknown[];
  readonly configuration: RunConfiguration;
  /** In training FLOPs. */
  readonly cost: number;
  run: RunSummary | null;
  /** Why it was not trained to its end in this sitting. */
  error: HyenaError | null;
}

interface Sweep {
  readonly name: string;
  readonly ranges: readonly SweepRange[];
  readonly dataset: DatasetRecord;
  readonly trials: readonly Trial[];
}

/** What every run of a sweep would meet, and what a person asked for: the sweep ends. */
const endsSweep = new Set(['interrupted', 'disk-full', 'read-only']);

async function readSweep(host: Host, name: string, options: SweepOptions): Promise<Sweep> {
  const { over, random, sweepSeed, data, device, preset } = options;
  const ranges = over.map(parseRange);
  const all = sweepTrials({ ranges, random: random === undefined ? null : { count: random, seed: sweepSeed } });
  const layers = await configurationLayers(options);
  const chosen = { ...(data === undefined ? {} : { dataset: data }), ...(device === undefined ? {} : { device }) };
  // All are checked before the first is trained.
  const configurations = all.map((values) =>
    composeConfiguration(preset, [...layers, chosen, trialSettings(ranges, values)]),
  );
  const dataset = await host.datasets.get(configurations[0].dataset);
  const costs = sweepCosts(configurations, dataset);
  const runs = await sweepRuns(host.runs, name, configurations);
  const trials = all.map((values, index) => ({
    ...{ values, configuration: configurations[index], cost: costs[index], run: runs[index], error: null },
  }));
  return { name, ranges, dataset, trials };
}

const titleOf = (ranges: readonly SweepRange[], { values }: Trial): string =>
  ranges.map(({ field }, index) => `${field.key} ${formatValue(values[index])}`).join(', ');

const isDone = ({ run }: Trial): boolean => run?.status === 'done';

/** Trains what a sweep lacks, one run after another. @returns whether a person stopped it */
async function trainAll(host: Host, sweep: Sweep, options: SweepOptions, output: Output): Promise<boolean> {
  const { name, ranges, dataset, trials } = sweep;
  for (const [index, trial] of trials.entries()) {
    const pending = trials.slice(index + 1).filter((one) => !isDone(one));
    const left = (current: Parameters<typeof sweepSecondsLeft>[2], rest: readonly Trial[]): string | undefined => {
      const finished = trials.flatMap(({ cost, run }) =>
        run?.status === 'done' ? { cost, seconds: run.seconds } : [],
      );
      const costs = rest.map(({ cost }) => cost);
      const seconds = sweepSecondsLeft(finished, costs, current);
      return seconds === null ? undefined : `sweep ends about ${formatTime(Date.now() + 1000 * seconds)}`;
    };
    const end = isDone(trial) ? undefined : left(null, [trial, ...pending]);
    output.note(
      `Run ${index + 1} of ${trials.length}: ${titleOf(ranges, trial)}${end === undefined ? '' : `; ${end}`}.`,
    );
    if (isDone(trial)) {
      output.note(`${trial.run?.name ?? ''} has been trained already.`);
      continue;
    }
    try {
      checkMemory(await estimateFor(host, trial.configuration, dataset), options);
      trial.run ??= await createSweepRun(host.runs, name, trial.configuration);
      const resume = trial.run.checkpoints.length > 0;
      const task = host.runs.start(trial.run.name, { resume, device: options.device });
      const remark = ({ seconds = 0, secondsLeft }: { seconds?: number; secondsLeft: number | null }) =>
        left({ cost: trial.cost, seconds, left: secondsLeft }, pending);
      if ((await showTraining(task, output, { remark })) === exitCodes.interrupted) return true;
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      if (endsSweep.has(error.code)) throw error;
      trial.error = error;
      output.note(`Failed: ${titleOf(ranges, trial)}: ${error.message}`);
    } finally {
      if (trial.run !== null) trial.run = await host.runs.get(trial.run.name);
    }
  }
  return false;
}

/** Runs at their end first, those with the lowest validation loss before the others. */
function ranked(trials: readonly Trial[]): Trial[] {
  const loss = ({ run }: Trial): number => run?.best?.loss ?? Infinity;
  // Two without a loss are equal, which their difference would not say.
  const byLoss = (a: Trial, b: Trial): number => (loss(a) === loss(b) ? 0 : loss(a) - loss(b));
  return [...trials].sort((a, b) => Number(isDone(b)) - Number(isDone(a)) || byLoss(a, b));
}

const statusOf = ({ run, error }: Trial): string => (error === null ? (run?.status ?? 'new') : 'failed');

function printSweep(output: Output, { name, ranges, trials }: Sweep): void {
  const rows = ranked(trials);
  for (const trial of rows) {
    const { run, values, error } = trial;
    output.record({
      ...{ type: 'sweep', sweep: name, run: run?.name ?? null, status: statusOf(trial) },
      settings: Object.fromEntries(ranges.map(({ field }, index) => [field.path, values[index]])),
      ...{ best: run?.best ?? null, step: run?.step ?? 0, seconds: run?.seconds ?? 0 },
      ...{ parameters: run?.parameters ?? null, error: error?.message ?? null },
    });
  }
  printTable(
    output,
    [
      { title: 'run', value: ({ run }: Trial) => run?.name ?? '' },
      ...ranges.map(({ field }, index) => ({
        title: field.key,
        value: ({ values }: Trial) => formatValue(values[index]),
        align: 'right' as const,
      })),
      { title: 'val loss', value: ({ run }) => (run?.best ? formatNumber(run.best.loss) : ''), align: 'right' },
      { title: 'step', value: ({ run }) => (run?.best ? formatCount(run.best.step) : ''), align: 'right' },
      { title: 'params', value: ({ run }) => (run?.parameters ? formatLarge(run.parameters) : ''), align: 'right' },
      { title: 'time', value: ({ run }) => (run ? formatDuration(run.seconds) : ''), align: 'right' },
      { title: 'status', value: statusOf },
    ],
    rows,
  );
}

export function addSweep(command: Command, context: Context): void {
  command
    .argument('<name>', 'name of the sweep; its runs are NAME-1, NAME-2, ...')
    .requiredOption(
      '--over <key=values>',
      'what to try for a key (repeatable): values (64,128), a range (1e-4..1e-2), or a number of values in it ' +
        '(1e-4..1e-2/5); texts are separated by |',
      collect,
    )
    .option('--random <count>', 'try this number of random combinations, not all', readCount(1, mostTrials))
    .option('--sweep-seed <number>', 'seed of the random combinations', readCount(0, 2 ** 32 - 1), 0)
    .option('--data <name>', 'data set; can also be set in the configuration file');
  addConfigurationOptions(command)
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option(...ignoreMemory)
    .option('--json', 'print every event, then every run, as JSON lines')
    .action(
      commandAction(async (name: string, options: SweepOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const sweep = await readSweep(host, name, options);
        const stopped = await trainAll(host, sweep, options, output);
        printSweep(output, sweep);
        if (sweep.trials.every(isDone)) return exitCodes.done;
        output.note('Continue: repeat the command. Runs at their end are kept; the others are resumed or started.');
        return stopped ? exitCodes.interrupted : exitCodes.failed;
      }),
    );
}
