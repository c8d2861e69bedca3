import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { rateRange, type RateFinderResult, type RatePoint } from '../../../contract/lab/rate-finder.ts';
import { msg } from '../../../contract/message.ts';
import { composeConfiguration } from '../../../host/configurations.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatCount, formatNumber } from '../format.ts';
import { readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';
import { addConfigurationOptions, configurationLayers, type ConfigurationOptions } from './train.ts';

interface FindRateOptions extends ConfigurationOptions {
  data?: string;
  run?: string;
  device?: string;
  from: number;
  to: number;
  steps: number;
  csv?: string;
  json?: boolean;
}

function readRate(text: string): number {
  const rate = Number(text);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new HyenaError('usage', msg`'${text}' is not a positive number.`, { hint: 'Example: 1e-4.' });
}

/** Lines of the table: enough to see the valley. */
const shown = 25;

function print(output: Output, { points, proposed }: RateFinderResult): void {
  const every = Math.max(1, Math.ceil(points.length / shown));
  printTable(
    output,
    [
      { title: 'step', value: ({ step }: RatePoint) => formatCount(step), align: 'right' },
      { title: 'rate', value: ({ rate }) => rate.toExponential(2), align: 'right' },
      { title: 'loss', value: ({ loss }) => formatNumber(loss), align: 'right' },
      { title: 'average', value: ({ smoothed }) => formatNumber(smoothed), align: 'right' },
    ],
    points.filter((_, index) => index % every === 0 || index === points.length - 1),
  );
  output.line();
  output.line(proposed === null ? 'The loss did not fall at any rate.' : `Proposed: --set learning_rate=${proposed}`);
}

export function addFindRate(command: Command, context: Context): void {
  addConfigurationOptions(
    command
      .command('find-rate')
      .description('Train a copy with a rising learning rate, show the loss by rate, and propose one. Writes nothing.')
      .option('--data <name>', 'data set; can also be set in the configuration file')
      .option('--run <name>', 'the configuration of this run, which is not changed'),
  )
    .option('--from <rate>', 'first rate', readRate, rateRange.low)
    .option('--to <rate>', 'last rate', readRate, rateRange.high)
    .option('--steps <number>', 'steps between them', readCount(2, 10_000), rateRange.steps)
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option('--csv <file>', 'write the losses as CSV')
    .option('--json', 'print every step, then the result, as JSON lines')
    .action(
      commandAction(async (options: FindRateOptions) => {
        const { data, run, device, preset, from: low, to: high, steps, csv } = options;
        const output = context.output(options);
        const host = await context.host();
        const layers = await configurationLayers(options);
        if (run !== undefined) {
          const { dataset, from, model, training } = (await host.runs.get(run)).configuration;
          layers.unshift({ dataset, from, model: { ...model }, training: { ...training } });
        }
        layers.push({ ...(data === undefined ? {} : { dataset: data }), ...(device === undefined ? {} : { device }) });
        const configuration = composeConfiguration(preset, layers);
        await host.datasets.get(configuration.dataset);
        const task = host.lab.findRate(configuration, { low, high, steps });
        const result = await follow(task, output, (point) => output.record({ type: 'rate', ...point }));
        output.record({ type: 'result', ...result, points: undefined, configuration });
        print(output, result);
        if (csv === undefined) return;
        const lines = result.points.map(({ step, rate, loss, smoothed }) => [step, rate, loss, smoothed].join(','));
        await writeFile(csv, ['step,rate,loss,average', ...lines, ''].join('\r\n'));
        output.note(`Wrote ${csv}.`);
      }),
    );
}
