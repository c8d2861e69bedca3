import { Option, type Command } from 'commander';
import type { Estimate } from '../../../contract/estimate-schema.ts';
import { composeConfiguration, findPreset } from '../../../host/configurations.ts';
import { canMeasure, estimateRun, vocabularyOf, withDuration } from '../../../host/estimate-run.ts';
import { frozenType } from '../../../contract/logic/cost.ts';
import { toEnglish } from '../../../contract/message.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatBytes, formatCount, formatDuration, formatLarge, formatSeconds, wrap } from '../format.ts';
import type { Output } from '../output.ts';
import { printPairs } from '../table.ts';
import { addConfigurationOptions, configurationLayers, type ConfigurationOptions } from './train.ts';

interface EstimateOptions extends ConfigurationOptions {
  data?: string;
  device?: string;
  measure: boolean;
  json?: boolean;
}

/** Names the parts that are there, the total first. */
function parts(values: Record<string, number>, format: (value: number) => string): string {
  const { total, ...rest } = values;
  const named = Object.entries(rest).filter(([, value]) => value > 0);
  return `${format(total)} (${named.map(([name, value]) => `${name} ${format(value)}`).join(', ')})`;
}

function fits({ trainingMemory, memoryAvailable }: Estimate): string {
  const available = `${formatBytes(memoryAvailable)} available`;
  if (trainingMemory.total > memoryAvailable) return `too large: ${available}`;
  return trainingMemory.total > 0.8 * memoryAvailable ? `tight: ${available}` : `fits: ${available}`;
}

function show(output: Output, found: Estimate): void {
  const { flopsPerToken: flops, time, steps, tokens } = found;
  printPairs(output, [
    ['parameters', parts(found.parameters, (value) => formatLarge(value))],
    ['training memory', parts(found.trainingMemory, formatBytes)],
    ['', fits(found)],
    ['inference memory', parts(found.generationMemory, formatBytes)],
    [
      'FLOPs per token',
      `${formatLarge(flops.training, 'FLOP')}, ${formatLarge(flops.gpt, 'FLOP')} for an equal-size GPT`,
    ],
    ['tokens per step', formatCount(found.tokensPerStep)],
    [
      'whole run',
      tokens === null || steps === null ? '' : `${formatCount(steps)} steps, ${formatLarge(tokens)} tokens`,
    ],
    ...(time === null
      ? []
      : ([
          ['device', time.device],
          ['speed', `${formatLarge(time.tokensPerSecond)} tokens/s, ${formatSeconds(time.stepSeconds)} per step`],
          [
            'time',
            `${formatDuration(time.seconds)}${time.scaled ? ' (extrapolated from a smaller model measured here)' : ''}`,
          ],
        ] as [string, string][])),
  ]);
}

export function addEstimate(command: Command, context: Context): void {
  command.addOption(new Option('--data <name>', 'data set that sets the vocabulary size and the length'));
  addConfigurationOptions(command)
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option('--no-measure', 'skip the time measurement')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (options: EstimateOptions) => {
        const output = context.output(options);
        const { preset, data, device } = options;
        const layers = [
          ...(await configurationLayers(options)),
          ...(data === undefined ? [] : [{ dataset: data }]),
          ...(device === undefined ? [] : [{ device }]),
        ];
        // Which data it is matters only where it is named.
        const configuration = composeConfiguration(preset, [{ dataset: 'none' }, ...layers]);
        const host = await context.host();
        const dataset = data === undefined ? undefined : await host.datasets.get(data);
        const start = configuration.from === null ? null : await host.runs.get(configuration.from);
        const tokenizer = preset === undefined ? 'bytes' : findPreset(preset).tokenizer;
        const vocabulary = dataset?.tokenizer.vocabularySize ?? vocabularyOf(tokenizer);
        let found = estimateRun(configuration, vocabulary, {
          ...(dataset && { dataset }),
          frozen: frozenType(start, configuration.device),
        });
        if (options.measure) {
          output.note('Measuring a few steps on this device ...');
          const measured = canMeasure(configuration, vocabulary);
          found = withDuration(found, await follow(host.devices.measure(measured), output), measured, dataset);
        }
        output.record(found);
        show(output, found);
        for (const warning of found.warnings) output.note(wrap(toEnglish(warning), output.progressWidth));
      }),
    );
}
