import { InvalidArgumentError, type Command } from 'commander';
import { benchJobSchema } from '../../../contract/jobs.ts';
import type { BenchJob } from '../../../contract/jobs.ts';
import type { ContextRow } from '../../../contract/benchmarks.ts';
import type { Context } from '../context.ts';
import { follow, verb } from '../context.ts';
import { formatCount, formatLarge, formatNumber } from '../format.ts';
import { schemaOption } from '../options.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';

/** Numbers with commas between them. */
function readNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1))
    throw new InvalidArgumentError('It takes whole numbers with commas between them: 1024,65536.');
  return numbers;
}

interface BenchOptions extends Partial<Omit<BenchJob, 'kind' | 'what' | 'd_model' | 'n_layer' | 'vocab_size'>> {
  dModel?: number;
  context?: number[];
  layers?: number;
  vocab?: number;
  json?: boolean;
}

const kinds = {
  train: 'Training steps of a model on made-up text: speed, memory, loss.',
  convolution: 'The causal long convolution, forward and backward, of the given width, length and batch.',
  generate: 'Writing token by token.',
} as const;

export function addBench(program: Command, context: Context): void {
  const bench = program.command('bench').description('How fast this machine is.');
  for (const [what, description] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    const command = bench
      .command(what)
      .description(description)
      .addOption(schemaOption(benchJobSchema, 'd_model', '--d-model <n>', 'width'))
      .addOption(schemaOption(benchJobSchema, 'n_layer', '--layers <n>', 'layers'))
      .addOption(schemaOption(benchJobSchema, 'vocab_size', '--vocab <n>', 'vocabulary'))
      .addOption(schemaOption(benchJobSchema, 'length', '--length <n>', 'tokens of a sequence'))
      .addOption(schemaOption(benchJobSchema, 'batch', '--batch <n>', 'sequences at once'))
      .option('--device <name>', 'auto, or one that `hyena devices` lists', 'auto')
      .addOption(schemaOption(benchJobSchema, 'steps', '--steps <n>', 'steps that are measured'))
      .addOption(schemaOption(benchJobSchema, 'precision', '--precision <kind>', 'of matrix products'))
      .addOption(schemaOption(benchJobSchema, 'convolution', '--convolution <kind>', 'how long convolutions are made'))
      .option('--json', 'print one JSON object')
      .action(
        verb(async ({ dModel, layers, vocab, json, context: contexts, ...rest }: BenchOptions) => {
          const output = context.output({ json });
          const host = await context.host();
          const job = benchJobSchema.parse({
            kind: 'bench',
            what,
            d_model: dModel,
            n_layer: layers,
            vocab_size: vocab,
            contexts,
            ...rest,
          });
          const result = await follow(host.devices.bench(job), output);
          output.record(result);
          printPairs(output, [
            ['device', `${result.device}, ${result.precision}`],
            ['parameters', result.parameters === null ? '' : formatCount(result.parameters)],
            ['tokens/s', formatLarge(result.tokensPerSecond)],
            [
              'a step',
              `${formatNumber(result.stepMilliseconds, 2)} ms (best ${formatNumber(result.stepMillisecondsBest, 2)} ms)`,
            ],
            ['peak memory', `${formatNumber(result.peakMemoryMiB, 0)} MiB`],
            ['loss', result.loss === null ? '' : formatNumber(result.loss)],
          ]);
          if (result.contexts) printContexts(output, result.contexts);
        }),
      );
    if (what === 'generate')
      command
        .option('--context <numbers>', 'tokens of the texts to write after: 1024,65536', readNumbers)
        .option(
          '--tokens <n>',
          'tokens to write after each (default: as many as --steps)',
          (text) => readNumbers(text)[0],
        );
  }
}

function printContexts(output: Output, rows: readonly ContextRow[]): void {
  const milliseconds = (value: number) => `${formatNumber(value, 2)} ms`;
  output.line();
  printTable(
    output,
    [
      { title: 'context', value: (row: ContextRow) => formatCount(row.context), align: 'right' },
      { title: 'prefill', value: (row) => milliseconds(row.prefillMilliseconds), align: 'right' },
      { title: 'a token', value: (row) => milliseconds(row.millisecondsPerToken), align: 'right' },
      { title: 'recomputing', value: (row) => milliseconds(row.recomputationMillisecondsPerToken), align: 'right' },
      { title: 'cached', value: (row) => milliseconds(row.cachedMillisecondsPerToken), align: 'right' },
      { title: 'peak memory', value: (row) => `${formatNumber(row.peakMemoryMiB, 0)} MiB`, align: 'right' },
    ],
    rows,
  );
}
