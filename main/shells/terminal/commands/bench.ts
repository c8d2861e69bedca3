import { InvalidArgumentError, type Command } from 'commander';
import { benchJobSchema } from '../../../contract/jobs.ts';
import type { Job } from '../../../contract/jobs.ts';
import type { BenchResult, ContextRow } from '../../../contract/benchmarks.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatBytes, formatCount, formatLarge, formatNumber } from '../format.ts';
import { schemaOption } from '../options.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';
import { addBenchPrefill } from './bench-prefill.ts';
import { printProfile } from './bench-profile.ts';
import { addBenchScaling } from './bench-scaling.ts';

/** Numbers with commas between them. */
function readNumbers(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1))
    throw new InvalidArgumentError('Expected comma-separated integers, for example 1024,65536.');
  return numbers;
}

interface BenchOptions extends Partial<
  Omit<Job<'bench'>, 'kind' | 'what' | 'd_model' | 'n_layer' | 'layers' | 'vocab_size'>
> {
  dModel?: number;
  context?: number[];
  layers?: number;
  mixers?: string;
  vocab?: number;
  json?: boolean;
}

const kinds = {
  train: 'Benchmark training steps on synthetic text: speed, memory, loss.',
  convolution: 'Benchmark the causal long convolution, forward and backward.',
  attention: 'Benchmark causal attention, forward and backward.',
  generate: 'Benchmark token-by-token generation.',
} as const;

export function addBench(bench: Command, context: Context): void {
  for (const [what, description] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    const command = bench
      .command(what)
      .description(description)
      .addOption(schemaOption(benchJobSchema, 'd_model', '--d-model <n>', 'width'))
      .addOption(schemaOption(benchJobSchema, 'n_layer', '--layers <n>', 'layers'))
      .addOption(schemaOption(benchJobSchema, 'vocab_size', '--vocab <n>', 'vocabulary'))
      .addOption(schemaOption(benchJobSchema, 'length', '--length <n>', 'tokens per sequence'))
      .addOption(schemaOption(benchJobSchema, 'batch', '--batch <n>', 'sequences per batch'))
      .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
      .addOption(schemaOption(benchJobSchema, 'steps', '--steps <n>', 'steps to measure'))
      .addOption(schemaOption(benchJobSchema, 'precision', '--precision <kind>', 'precision of matrix multiplications'))
      .addOption(
        schemaOption(benchJobSchema, 'convolution', '--convolution <kind>', 'algorithm of the long convolution'),
      )
      .option('--json', 'print one JSON object')
      .action(
        commandAction(async ({ dModel, layers, mixers, vocab, json, context: contexts, ...rest }: BenchOptions) => {
          const output = context.output({ json });
          const host = await context.host();
          const job = benchJobSchema.parse({
            kind: 'bench',
            what,
            d_model: dModel,
            n_layer: layers,
            layers: mixers,
            vocab_size: vocab,
            contexts,
            ...rest,
          });
          const result = await follow(host.devices.bench(job), output);
          output.record(result);
          printResult(output, result);
          if (result.contexts) printContexts(output, result.contexts);
          if (result.profile) printProfile(output, result.profile);
        }),
      );
    if (what === 'train' || what === 'generate')
      command
        .addOption(
          schemaOption(benchJobSchema, 'layers', '--mixers <pattern>', 'mixers of the layers, as in model.layers'),
        )
        .option('--profile', "where a step's time goes, by kernel (native device)");
    if (what === 'train')
      command.addOption(
        schemaOption(benchJobSchema, 'loraRank', '--lora-rank <n>', 'rank of adapters trained instead of the weights'),
      );
    if (what === 'attention')
      command.addOption(schemaOption(benchJobSchema, 'heads', '--heads <n>', 'attention heads; must divide the width'));
    if (what === 'generate')
      command
        .addOption(schemaOption(benchJobSchema, 'dtype', '--dtype <type>', 'type of the weights'))
        .addOption(schemaOption(benchJobSchema, 'texts', '--texts <n>', 'texts generated concurrently'))
        .option('--context <numbers>', 'context lengths in tokens, for example 1024,65536', readNumbers)
        .option(
          '--tokens <n>',
          'tokens to generate after each context (default: same as --steps)',
          (text) => readNumbers(text)[0],
        );
  }
  addBenchPrefill(bench, context);
  addBenchScaling(bench, context);
}

function printResult(output: Output, result: BenchResult): void {
  printPairs(output, [
    ['device', `${result.device}, ${result.precision}`],
    ['parameters', result.parameters === null ? '' : formatCount(result.parameters)],
    ['tokens/s', formatLarge(result.tokensPerSecond)],
    [
      'time per step',
      `${formatNumber(result.stepMilliseconds, 2)} ms (best ${formatNumber(result.stepMillisecondsBest, 2)} ms)`,
    ],
    ['forward', result.forwardMilliseconds === undefined ? '' : `${formatNumber(result.forwardMilliseconds, 2)} ms`],
    ['peak memory', `${formatNumber(result.peakMemoryMiB, 0)} MiB`],
    ...memoryPairs(result),
    ['loss', result.loss === null ? '' : formatNumber(result.loss)],
  ]);
}

/** What decoding reads, next to what the memory gives. */
function memoryPairs({ memory }: BenchResult): [string, string][] {
  if (!memory) return [];
  const { dtype, texts, bytesPerStep, bandwidth, share } = memory;
  return [
    ['weights', `${dtype}, ${formatBytes(bytesPerStep / texts)} per token`],
    ['memory bandwidth', `${formatBytes(bandwidth)}/s, of which ${formatNumber(100 * share, 0)}% used`],
  ];
}

function printContexts(output: Output, rows: readonly ContextRow[]): void {
  const milliseconds = (value: number) => `${formatNumber(value, 2)} ms`;
  output.line();
  printTable(
    output,
    [
      { title: 'context', value: (row: ContextRow) => formatCount(row.context), align: 'right' },
      { title: 'prefill', value: (row) => milliseconds(row.prefillMilliseconds), align: 'right' },
      { title: 'per token', value: (row) => milliseconds(row.millisecondsPerToken), align: 'right' },
      { title: 'recomputing', value: (row) => milliseconds(row.recomputationMillisecondsPerToken), align: 'right' },
      {
        title: 'cached',
        value: (row) => (row.cachedMillisecondsPerToken === null ? '' : milliseconds(row.cachedMillisecondsPerToken)),
        align: 'right',
      },
      { title: 'peak memory', value: (row) => `${formatNumber(row.peakMemoryMiB, 0)} MiB`, align: 'right' },
    ],
    rows,
  );
}
