import type { Command } from 'commander';
import { formatValue } from '../../../contract/fields.ts';
import { contestantValue, mostTrials, type Experiment } from '../../../contract/lab/experiments.ts';
import { presetLayer } from '../../../host/configurations.ts';
import type { ExperimentState, ExperimentTrial } from '../../../host/experiments.ts';
import type { Host } from '../../../host/host.ts';
import { planSweep } from '../../../host/plan-experiment.ts';
import type { Context } from '../context.ts';
import { formatCount, formatDuration, formatLarge, formatNumber } from '../format.ts';
import { collect, readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';
import { addExperiment, settingsOf, type ExperimentOptions, type Sitting } from './train-experiment.ts';
import { configurationLayers } from './train.ts';

interface SweepOptions extends ExperimentOptions {
  over: string[];
  data?: string;
  random?: number;
  sweepSeed: number;
  halving?: number;
}

async function readSweep(host: Host, name: string, options: SweepOptions): Promise<ExperimentState> {
  const { over, random, sweepSeed, halving, data, device, preset } = options;
  const layers = await configurationLayers(options);
  const chosen = { ...(data === undefined ? {} : { dataset: data }), ...(device === undefined ? {} : { device }) };
  const plan = planSweep(name, [...presetLayer(preset), ...layers, chosen], {
    ranges: over,
    random: random === undefined ? null : { count: random, seed: sweepSeed },
    halving: halving ?? null,
  });
  return host.experiments.save(plan);
}

const isDone = ({ run }: ExperimentTrial): boolean => run?.status === 'done';

/** Runs that came furthest first, those with the lowest validation loss, or the highest accuracy, before the others. */
function ranked(trials: readonly ExperimentTrial[], { halving, measure }: Experiment): ExperimentTrial[] {
  const loss = ({ run }: ExperimentTrial): number =>
    (measure === 'loss' ? run?.best?.loss : -(run?.answers?.accuracy ?? -Infinity)) ?? Infinity;
  // Two without a loss are equal, which their difference would not say.
  const byLoss = (a: ExperimentTrial, b: ExperimentTrial): number => (loss(a) === loss(b) ? 0 : loss(a) - loss(b));
  const reached = (trial: ExperimentTrial): number => (halving === null ? Number(isDone(trial)) : trial.fraction);
  return [...trials].sort((a, b) => reached(b) - reached(a) || byLoss(a, b));
}

const accuracyColumn = {
  title: 'accuracy',
  value: ({ run }: ExperimentTrial) => (run?.answers ? `${formatNumber(100 * run.answers.accuracy, 1)}%` : ''),
  align: 'right' as const,
};

function printSweep(output: Output, { experiment, trials }: ExperimentState, { errors }: Sitting): void {
  const rows = ranked(trials.flat(), experiment);
  const statusOf = (trial: ExperimentTrial): string => (errors.has(trial) ? 'failed' : (trial.run?.status ?? 'new'));
  for (const trial of rows) {
    const { run } = trial;
    output.record({
      ...{ type: 'sweep', sweep: experiment.name, run: run?.name ?? null, status: statusOf(trial) },
      settings: settingsOf(experiment, trial),
      ...{
        best: run?.best ?? null,
        accuracy: run?.answers?.accuracy ?? null,
        step: run?.step ?? 0,
        seconds: run?.seconds ?? 0,
      },
      ...{ parameters: run?.parameters ?? null, error: errors.get(trial)?.message ?? null },
    });
  }
  printTable(
    output,
    [
      { title: 'run', value: ({ run }: ExperimentTrial) => run?.name ?? '' },
      ...experiment.keys.map((path) => ({
        title: path.split('.')[1],
        value: ({ contestant }: ExperimentTrial) => formatValue(contestantValue(contestant, path)),
        align: 'right' as const,
      })),
      { title: 'val loss', value: ({ run }) => (run?.best ? formatNumber(run.best.loss) : ''), align: 'right' },
      ...(experiment.measure === 'loss' ? [] : [accuracyColumn]),
      { title: 'best at', value: ({ run }) => (run?.best ? formatCount(run.best.step) : ''), align: 'right' },
      { title: 'steps', value: ({ run }) => (run ? formatCount(run.step) : ''), align: 'right' },
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
    .option(
      '--halving <factor>',
      'successive halving: all train for a part of their steps; the best one in FACTOR continues for FACTOR times as many',
      readCount(2, 16),
    )
    .option('--data <name>', 'data set; can also be set in the configuration file');
  addExperiment<SweepOptions>(command, context, {
    rows: 'run',
    read: readSweep,
    print: (_, output, sweep, sitting) => printSweep(output, sweep, sitting),
  });
}
