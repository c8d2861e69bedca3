import { InvalidArgumentError, Option, type Command } from 'commander';
import type { PrefillRow } from '../../../contract/benchmarks.ts';
import { HyenaError } from '../../../contract/errors.ts';
import { benchJobSchema } from '../../../contract/jobs.ts';
import { msg } from '../../../contract/message.ts';
import { contextLimit, longestContext } from '../../../contract/mixers/index.ts';
import type { ModelConfiguration } from '../../../contract/model-configuration.ts';
import { presets } from '../../../contract/presets.ts';
import { parseSettings, type ConfigurationInput } from '../../../contract/settings.ts';
import { composeConfiguration, findPreset } from '../../../host/configurations.ts';
import { vocabularyOf } from '../../../host/estimate-run.ts';
import type { Context } from '../context.ts';
import { commandAction, follow } from '../context.ts';
import { formatBytes, formatCount, formatLarge, formatNumber } from '../format.ts';
import { collect, readCount } from '../options.ts';
import { printPairs, printTable } from '../table.ts';

const units = { '': 1, k: 1 << 10, m: 1 << 20 } as const;

/** Lengths with commas between them: 1024, 16k (16,384), 1M (1,048,576). */
export function readLengths(text: string): number[] {
  return text.split(',').map((part) => {
    const [, digits, unit = ''] = /^\s*(\d{1,8})([kKmM]?)\s*$/.exec(part) ?? [];
    const length = Number(digits) * units[unit.toLowerCase() as keyof typeof units];
    if (digits !== undefined && length >= 1 && length <= longestContext) return length;
    throw new InvalidArgumentError(
      `Expected comma-separated lengths from 1 to ${longestContext}, for example 1k,16k,1M.`,
    );
  });
}

interface PrefillOptions {
  layers?: string;
  nLayer?: number;
  dModel?: number;
  vocab?: number;
  preset?: string;
  run?: string;
  set?: string[];
  lengths: number[];
  device: string;
  json?: boolean;
}

/**
 * The model that these options describe, long enough for the texts, and the size of its vocabulary.
 *
 * @param run the model of a run, instead of a preset's
 * @throws HyenaError `usage` for a text longer than such a model can read, `configuration`
 */
function modelOf(
  options: PrefillOptions,
  run: ModelConfiguration | null,
): { model: ModelConfiguration; vocabulary: number } {
  const { layers, nLayer: n_layer, dModel: d_model, preset, set = [], lengths } = options;
  const longest = Math.max(...lengths);
  const named = { layers, n_layer, d_model };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  const compose = (more: ConfigurationInput) =>
    composeConfiguration(preset, [
      { dataset: '-', ...(run && { model: { ...run } }) },
      { model: given },
      parseSettings(set),
      more,
    ]).model;
  const first = compose({});
  // Where a mixer ends at the context, the context must hold the text.
  const model = contextLimit(first) >= longest ? first : compose({ model: { l_max: Math.min(longest, 1 << 20) } });
  if (contextLimit(model) < longest)
    throw new HyenaError(
      'usage',
      msg`A model of the layers ${model.layers} reads at most ${contextLimit(model)} tokens.`,
    );
  const usual = preset === undefined ? 256 : vocabularyOf(findPreset(preset).tokenizer);
  return { model: { ...model, vocab_size: null }, vocabulary: options.vocab ?? model.vocab_size ?? usual };
}

/** `hyena bench prefill`: reading, by the length of the text. */
export function addBenchPrefill(bench: Command, context: Context): void {
  bench
    .command('prefill')
    .description('Benchmark reading a text (prefill), by its length.')
    .option('--layers <pattern>', 'mixer, or a pattern of them, for example hyena-se,hyena-mr,hyena-li')
    .option('--n-layer <n>', 'layers', readCount(1, 256))
    .option('--d-model <n>', 'width', readCount(4, 16_384))
    .option('--vocab <n>', 'vocabulary', readCount(2, 1_000_000))
    .option('--preset <name>', `model of a preset: ${Object.keys(presets).join(' | ')}`)
    .addOption(new Option('--run <name>', 'model of a run, with random weights').conflicts('preset'))
    .option('--set <key=value>', 'set another key of the model (repeatable)', collect)
    .option('--lengths <numbers>', 'tokens of each text; k is 1,024, M is 1,048,576', readLengths, [1024, 16_384])
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (options: PrefillOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const run = options.run === undefined ? null : (await host.runs.get(options.run)).configuration.model;
        const { model, vocabulary } = modelOf(options, run);
        const job = benchJobSchema.parse({
          ...{ kind: 'bench', what: 'prefill', model, vocab_size: vocabulary },
          ...{ lengths: options.lengths, device: options.device },
        });
        const result = await follow(host.devices.bench(job), output);
        output.record(result);
        printPairs(output, [
          ['device', `${result.device}, ${result.precision}`],
          ['mixers', model.layers],
          ['parameters', result.parameters === null ? '' : formatCount(result.parameters)],
        ]);
        output.line();
        printTable(
          output,
          [
            { title: 'tokens', value: (row: PrefillRow) => formatCount(row.length), align: 'right' },
            { title: 'prefill', value: (row) => `${formatNumber(row.milliseconds / 1000, 2)} s`, align: 'right' },
            { title: 'tokens/s', value: (row) => formatLarge(row.tokensPerSecond), align: 'right' },
            { title: 'cache', value: (row) => formatBytes(row.cacheMiB * 2 ** 20), align: 'right' },
            { title: 'peak memory', value: (row) => `${formatNumber(row.peakMemoryMiB, 0)} MiB`, align: 'right' },
          ],
          result.prefills ?? [],
        );
      }),
    );
}
