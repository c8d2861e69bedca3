import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { scalingJobSchema } from '../../../contract/jobs.ts';
import {
  crossovers,
  exponentOf,
  scalingCsv,
  scalingQuantities,
  type ScalingQuantity,
  type ScalingRow,
} from '../../../contract/lab/scaling.ts';
import { parseLayers } from '../../../contract/mixers/layers.ts';
import { HyenaError } from '../../../contract/errors.ts';
import type { Context } from '../context.ts';
import { commandAction, follow } from '../context.ts';
import { formatCount, formatNumber } from '../format.ts';
import { schemaOption } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';
import { readLengths } from './bench-prefill.ts';

const titles: Record<ScalingQuantity, string> = {
  mixerMilliseconds: 'Mixer alone, forward and backward, ms',
  stepMilliseconds: 'Training step, ms',
  peakMemoryMiB: 'Peak memory, MiB',
};

/** One table a quantity: lengths down, mixers across; below it how each grows, and where they change places. */
function printQuantity(output: Output, rows: readonly ScalingRow[], quantity: ScalingQuantity): void {
  const mixers = [...new Set(rows.map(({ mixer }) => mixer))];
  const lengths = [...new Set(rows.map(({ length }) => length))].sort((a, b) => a - b);
  const valueAt = (mixer: string, length: number): string => {
    const row = rows.find((one) => one.mixer === mixer && one.length === length);
    return row ? formatNumber(row[quantity], row[quantity] < 100 ? 2 : 0) : '';
  };
  const grows = (mixer: string): string => {
    const own = rows.filter((row) => row.mixer === mixer);
    const exponent = exponentOf(own, quantity);
    return exponent === null ? '' : `L^${exponent.toFixed(2)}`;
  };
  output.line();
  output.line(output.bold(titles[quantity]));
  printTable(
    output,
    [
      {
        title: 'tokens',
        value: (length: number | null) => (length === null ? 'growth' : formatCount(length)),
        align: 'right',
      },
      ...mixers.map((mixer) => ({
        title: mixer,
        value: (length: number | null) => (length === null ? grows(mixer) : valueAt(mixer, length)),
        align: 'right' as const,
      })),
    ],
    [...lengths, null],
  );
  for (const { cheaper, than, length } of crossovers(rows, quantity))
    output.line(`${cheaper} costs less than ${than} from about ${formatCount(length)} tokens.`);
}

interface ScalingOptions {
  mixers: string;
  lengths: number[];
  dModel?: number;
  layers?: number;
  seconds?: number;
  device: string;
  csv?: string;
  json?: boolean;
}

/** `hyena bench scaling`: how mixers grow with the length. */
export function addBenchScaling(bench: Command, context: Context): void {
  bench
    .command('scaling')
    .description('Benchmark mixers by length: time alone and in a training step, memory, growth, crossovers.')
    .option('--mixers <names>', 'mixers, with commas between them', 'attention,hyena,hyena-li')
    .option(
      '--lengths <numbers>',
      'tokens of a sequence; k is 1,024',
      readLengths,
      [256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536],
    )
    .addOption(schemaOption(scalingJobSchema, 'd_model', '--d-model <n>', 'width'))
    .addOption(schemaOption(scalingJobSchema, 'n_layer', '--layers <n>', 'layers of the model whose steps are timed'))
    .addOption(schemaOption(scalingJobSchema, 'seconds', '--seconds <s>'))
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--csv <file>', 'write the rows as CSV')
    .option('--json', 'print the rows as JSON objects, one per line')
    .action(
      commandAction(async ({ mixers, dModel, layers, csv, json, ...options }: ScalingOptions) => {
        const output = context.output({ json });
        const host = await context.host();
        const names = mixers.split(',').map((name) => name.trim());
        for (const name of names) {
          const parsed = parseLayers(name);
          if ('problem' in parsed) throw new HyenaError('usage', parsed.problem);
        }
        const rows: ScalingRow[] = [];
        let device = options.device;
        for (const mixer of names) {
          const job = scalingJobSchema.parse({ kind: 'scaling', mixer, d_model: dModel, n_layer: layers, ...options });
          const result = await follow(host.devices.scaling(job), output, ({ row }) => {
            rows.push(row);
            output.record(row);
            output.note(
              `${row.mixer}, ${formatCount(row.length)} tokens: ${formatNumber(row.mixerMilliseconds, 2)} ms`,
            );
          });
          ({ device } = result);
        }
        for (const quantity of scalingQuantities) printQuantity(output, rows, quantity);
        if (csv !== undefined) await writeFile(csv, scalingCsv(rows, `Scaling of mixers, device ${device}`));
      }),
    );
}
