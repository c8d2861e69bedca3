import type { Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { budgetUnits, type ExperimentView, type RacePlan } from '../../../contract/lab/experiment-views.ts';
import { standings, type Standing } from '../../../contract/lab/standings.ts';
import { msg } from '../../../contract/message.ts';
import { presetLayer } from '../../../host/configurations.ts';
import { experimentView } from '../../../host/experiment-view.ts';
import type { ExperimentState } from '../../../host/experiments.ts';
import type { Host } from '../../../host/host.ts';
import { planRace } from '../../../host/plan-experiment.ts';
import type { Context } from '../context.ts';
import { formatCount, formatDuration, formatLarge, formatNumber } from '../format.ts';
import { readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';
import { addExperiment, type ExperimentOptions } from './train-experiment.ts';
import { configurationLayers } from './train.ts';

type Budgets = Partial<Record<RacePlan['budget']['unit'], number>>;

interface RaceOptions extends ExperimentOptions, Budgets {
  contestants: string[];
  data: string;
  seeds: number;
  sameSize?: boolean;
}

function readAmount(text: string): number {
  const amount = Number(text);
  if (amount > 0 && Number.isFinite(amount)) return amount;
  throw new HyenaError('usage', msg`'${text}' is not a positive number.`, { hint: 'Example: 1e15.' });
}

/** The one budget that was named. */
function budgetOf(options: Budgets): RacePlan['budget'] {
  const named = budgetUnits.filter((unit) => options[unit] !== undefined);
  const [unit] = named;
  const amount = unit === undefined ? undefined : options[unit];
  if (unit !== undefined && amount !== undefined && named.length === 1) return { unit, amount };
  throw new HyenaError('usage', msg`A race needs one budget: --steps, --tokens, --flops or --minutes.`);
}

async function readRace(host: Host, name: string, options: RaceOptions): Promise<ExperimentState> {
  const { contestants, data, seeds, sameSize = false, device, preset } = options;
  if (contestants.length < 2) throw new HyenaError('usage', msg`A race needs at least two contestants.`);
  const dataset = await host.datasets.get(data);
  const layers = await configurationLayers(options);
  const chosen = { dataset: dataset.name, ...(device === undefined ? {} : { device }) };
  const plan = { contestants, seeds, sameSize, budget: budgetOf(options) };
  return host.experiments.save(planRace(name, [...presetLayer(preset), ...layers, chosen], plan, dataset));
}

/** The contestants of an experiment as a table, the best first. */
export function printStandings(output: Output, view: ExperimentView): void {
  const rows = standings(view);
  const text = (value: number): string =>
    view.measure === 'loss' ? formatNumber(value) : `${formatNumber(100 * value, 1)}%`;
  for (const [index, { contestant, mean, deviation, done, steps, seconds, flops, parameters }] of rows.entries()) {
    const runs = contestant.trials.map((trial) => ({ ...trial, curve: undefined }));
    output.record({
      ...{ type: view.kind, [view.kind]: view.name, place: index + 1, contestant: contestant.title },
      ...{ measure: view.measure, mean, deviation, done, steps, seconds, flops, parameters, runs },
    });
  }
  printTable(
    output,
    [
      { title: 'contestant', value: ({ contestant }: Standing) => contestant.title },
      {
        title: view.measure === 'loss' ? 'val loss' : 'accuracy',
        value: ({ mean }) => (mean === null ? '' : text(mean)),
        align: 'right',
      },
      { title: '±', value: ({ deviation }) => (deviation === null ? '' : text(deviation)), align: 'right' },
      { title: 'runs', value: ({ done, contestant }) => `${done}/${contestant.trials.length}`, align: 'right' },
      { title: 'steps', value: ({ steps }) => formatCount(steps), align: 'right' },
      { title: 'FLOPs', value: ({ flops }) => (flops === null ? '' : flops.toExponential(2)), align: 'right' },
      { title: 'time', value: ({ seconds }) => formatDuration(seconds), align: 'right' },
      {
        title: 'params',
        value: ({ parameters }) => (parameters === null ? '' : formatLarge(parameters)),
        align: 'right',
      },
    ],
    rows,
  );
}

export function addRace(command: Command, context: Context): void {
  command
    .argument('<name>', 'name of the race; its runs are NAME-CONTESTANT, with -seedN')
    .requiredOption(
      '--contestants <names...>',
      "mixers, patterns of layers ('hyena*3,attention') or presets, which bring their own settings",
    )
    .requiredOption('--data <name>', 'data set of all runs')
    .option('--seeds <number>', 'runs of each contestant, with the seeds 0, 1, 2, ...', readCount(1, 64), 1)
    .option('--steps <number>', 'budget of each run in steps', readAmount)
    .option('--tokens <number>', 'in tokens', readAmount)
    .option('--flops <number>', 'in training FLOPs, such as 1e14', readAmount)
    .option('--minutes <number>', 'in minutes', readAmount)
    .option('--same-size', 'give all of them as many parameters as the first, by the width of their MLPs');
  addExperiment<RaceOptions>(command, context, {
    rows: 'contestant',
    read: readRace,
    print: (host, output, race) => printStandings(output, experimentView(host.experiments, race)),
  });
}
