import type { Command } from 'commander';
import type { InsideLayer, InsideResult } from '../../../contract/lab/inside.ts';
import { longestInside } from '../../../contract/lab/inside.ts';
import { toEnglish } from '../../../contract/message.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatCount, formatNumber } from '../format.ts';
import { readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printTable } from '../table.ts';

interface InsideOptions {
  text: string;
  layer?: number;
  device: string;
  json?: boolean;
}

/** `inside`: what a model does with a text, layer by layer. */
export function addInside(command: Command, context: Context): void {
  command
    .argument('<run>')
    .requiredOption('--text <text>', `the text, up to ${longestInside} tokens`)
    .option('--layer <n>', 'list the matrices of this layer alone, from 0', readCount(0, 255))
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object, with all matrices and filters')
    .action(
      commandAction(async (run: string, { text, layer, device, ...options }: InsideOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const task = host.models.inside(run, text, { layer, device });
        print(output, await follow(task, output, ({ message }) => output.note(toEnglish(message))));
      }),
    );
}

function print(output: Output, result: InsideResult): void {
  output.record(result);
  output.line(output.bold(`${result.run}, step ${formatCount(result.step)}, on ${result.device}`));
  printTable(
    output,
    [
      { title: 'token', value: ({ text }: InsideResult['tokens'][number]) => JSON.stringify(text) },
      { title: 'loss', value: ({ loss }) => (loss === null ? '' : formatNumber(loss)), align: 'right' },
    ],
    result.tokens,
  );
  output.line('');
  printTable(
    output,
    [
      { title: 'layer', value: ({ layer }: InsideLayer) => String(layer), align: 'right' },
      { title: 'mixer', value: ({ mixer }) => mixer },
      { title: 'matrices', value: ({ mixing }) => matricesOf(mixing) },
      {
        title: 'half within',
        value: ({ mixing }) => (mixing ? `${formatCount(mixing.half)} tokens` : ''),
        align: 'right',
      },
    ],
    result.layers,
  );
}

const matricesOf = (mixing: InsideLayer['mixing']): string =>
  mixing ? `${formatCount(mixing.count)} (by ${mixing.unit})` : 'none: the same for every text';
