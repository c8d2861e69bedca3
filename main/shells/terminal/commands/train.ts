import { Option, type Command } from 'commander';
import {
  overridableKeys,
  runtimeOverridesSchema,
  type RuntimeOverrides,
} from '../../../contract/runtime-overrides-schema.ts';
import { trainingSchema, type RunConfiguration } from '../../../contract/configuration.ts';
import { frozenType } from '../../../contract/logic/cost.ts';
import { depthSettings, mostDepth } from '../../../contract/logic/depth.ts';
import type { DatasetRecord } from '../../../contract/datasets.ts';
import { HyenaError } from '../../../contract/errors.ts';
import { presets } from '../../../contract/presets.ts';
import { parseSettings, type ConfigurationInput } from '../../../contract/settings.ts';
import { toMessage, toEnglish, msg } from '../../../contract/message.ts';
import { composeConfiguration, readConfigurationFile } from '../../../host/configurations.ts';
import type { Estimate } from '../../../contract/estimate-schema.ts';
import type { Host } from '../../../host/host.ts';
import { estimateRun, memoryFit, usableMemory } from '../../../host/estimate-run.ts';
import { variable } from '../../../library/environment.ts';
import type { TrainTask } from '../../../host/runs.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { collect, readCount, schemaOption } from '../options.ts';
import { formatBytes, wrap } from '../format.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import { presetsHelp, settingsHelp } from '../settings-help.ts';
import { printPairs } from '../table.ts';
import { describeEnd, TrainingView, type StepRemark } from '../training-view.ts';

export interface ConfigurationOptions {
  preset?: string;
  depth?: number;
  config?: string;
  set?: string[];
}

/** `--preset`, `--depth`, `--config` and `--set`, with the help of every key. */
export function addConfigurationOptions(command: Command): Command {
  return command
    .addOption(new Option('--preset <name>', `starting point: ${Object.keys(presets).join(' | ')}`))
    .option(
      '--depth <number>',
      'one dial for a size: sets layers, width, learning rate, batch and budget; overrides the preset',
      readCount(1, mostDepth),
    )
    .option('--config <file>', 'JSON file with the same keys; overrides the preset')
    .option('--set <key=value>', 'set one key; overrides both (repeatable)', collect)
    .addHelpText('after', ({ command: shown }) => {
      const width = shown.configureOutput().getOutHelpWidth?.() ?? 80;
      return `${presetsHelp(width)}\n${settingsHelp(width)}`;
    });
}

/** The layers that these options lay over the preset, the later over the earlier. */
export async function configurationLayers({ depth, config, set }: ConfigurationOptions): Promise<ConfigurationInput[]> {
  const file = config === undefined ? [] : [await readConfigurationFile(config)];
  return [...(depth === undefined ? [] : [depthSettings(depth)]), ...file, parseSettings(set ?? [])];
}

/**
 * Shows a training task to its end.
 *
 * @param command how the person calls this program
 * @param remark what else is shown beside each step
 * @param until step at which an experiment has it wait: a stop there is not an interruption
 * @returns the exit code
 */
export async function showTraining(
  task: TrainTask,
  output: Output,
  { command = 'hyena', remark, until = null }: { command?: string; remark?: StepRemark; until?: number | null } = {},
): Promise<number> {
  const view = new TrainingView(output, remark);
  try {
    const result = await follow(task, output, (event) => {
      // The error is reported by whoever catches it; what is being prepared is not a result.
      if (event.type !== 'error' && event.type !== 'starting') output.record(event);
      view.show(event);
    });
    view.stop();
    printPairs(output, describeEnd(result));
    if (until !== null && result.reason === 'stopped' && result.step >= until) return exitCodes.done;
    if (result.reason === 'stopped') {
      output.note(`Resume: ${command} resume ${result.run}`);
      return exitCodes.interrupted;
    }
    output.note(`Generate text: ${command} generate ${result.run} --prompt "..."`);
    return exitCodes.done;
  } finally {
    view.stop();
  }
}

interface TrainOptions extends ConfigurationOptions, MemoryOptions {
  data?: string;
  from?: string;
  run?: string;
  device?: string;
  seed?: number;
  json?: boolean;
}

export function addTrain(command: Command, context: Context): void {
  command
    .option('--data <name>', 'data set; can also be set in the configuration file')
    .option(
      '--from <run>',
      "start from the weights of another run's best checkpoint, with that run's model except for keys set here",
    );
  addConfigurationOptions(command)
    .option('--run <name>', 'name of the run (default: a generated name)')
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .addOption(schemaOption(trainingSchema, 'seed', '--seed <number>'))
    .option(...ignoreMemory)
    .option('--json', 'print every event as a JSON object, one per line')
    .action(
      commandAction(async (options: TrainOptions) => {
        const output = context.output(options);
        const { data, device, from, seed } = options;
        const host = await context.host();
        const layers = await configurationLayers(options);
        if (from !== undefined) layers.unshift(await host.runs.checkWarmStart(from));
        layers.push({
          ...(data === undefined ? {} : { dataset: data }),
          ...(device === undefined ? {} : { device }),
          training: seed === undefined ? {} : { seed },
        });
        const configuration = composeConfiguration(options.preset, layers);
        const dataset = await host.datasets.get(configuration.dataset);
        const cost = await estimateFor(host, configuration, dataset);
        checkMemory(cost, options);
        const run = await host.runs.create(configuration, options.run);
        const { trainingMemory, memoryAvailable, warnings } = cost;
        for (const warning of warnings) output.note(wrap(toEnglish(warning), output.progressWidth));
        if (trainingMemory.total > memoryAvailable)
          output.note(
            `Training needs about ${formatBytes(trainingMemory.total)} of memory; ${formatBytes(memoryAvailable)} is free. ` +
              'If it does not fit, use a smaller batch_size or gradient_checkpointing=true.',
          );
        return showTraining(host.runs.start(run.name), output);
      }),
    );
}

/** What a run of the library will cost. */
export async function estimateFor(
  host: Host,
  configuration: RunConfiguration,
  dataset: DatasetRecord,
): Promise<Estimate> {
  const { from, device } = configuration;
  // A run may go after another has started from it; its weights were kept then.
  const start = from === null ? null : await host.runs.get(from).catch(() => null);
  return estimateRun(configuration, dataset.tokenizer.vocabularySize, { dataset, frozen: frozenType(start, device) });
}

export interface MemoryOptions {
  ignoreMemory?: boolean;
}

export const ignoreMemory = [
  '--ignore-memory',
  'start even if training needs more memory than the machine has',
] as const;

/** @throws HyenaError `configuration` for a run that needs more memory than there is, unless that is wanted */
export function checkMemory({ trainingMemory }: Estimate, { ignoreMemory: isWanted = false }: MemoryOptions): void {
  const limit = Number(variable('HYENA_MEMORY_LIMIT_MIB'));
  const usable = usableMemory(limit > 0 ? limit : null);
  if (isWanted || memoryFit(trainingMemory.total, usable) !== 'too-big') return;
  throw new HyenaError(
    'configuration',
    msg`Training needs about ${formatBytes(trainingMemory.total)} of memory; ${formatBytes(usable)} can be used.`,
    {
      kept: 'Nothing was started.',
      hint: 'Use a smaller batch_size or gradient_checkpointing=true. To start it anyway, add --ignore-memory.',
    },
  );
}

/** @throws HyenaError `usage` for what a run that has begun cannot change */
function overridesFrom(set: readonly string[]): RuntimeOverrides {
  const { model, training, ...rest } = parseSettings(set);
  const given = { ...rest, ...model, ...training };
  const other = Object.keys(given).find((key) => !overridableKeys.includes(key));
  if (other !== undefined)
    throw new HyenaError('usage', msg`${other} cannot be changed after a run has started.`, {
      kept: 'Nothing was changed.',
      hint: msg`These keys can be changed: ${overridableKeys.join(', ')}. To change others, start a new run, optionally from this run's weights: hyena train --from RUN`,
    });
  const parsed = runtimeOverridesSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HyenaError('usage', msg`${issue.path.join('.')}: ${toMessage(issue.message)}`, {
    kept: 'Nothing was changed.',
  });
}

interface ResumeOptions extends MemoryOptions {
  json?: boolean;
  device?: string;
  set?: string[];
}

export function addResume(command: Command, context: Context): void {
  command
    .argument('<run>')
    .option('--device <name>', 'switch to another device: auto, or a device from `hyena devices`')
    .option(
      '--set <key=value>',
      `change ${overridableKeys.join(', ')}; with a smaller batch_size, gradients of more batches are accumulated, so the training stays the same`,
      collect,
    )
    .option(...ignoreMemory)
    .option('--json', 'print every event as a JSON object, one per line')
    .action(
      commandAction(async (name: string, options: ResumeOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(name);
        if (options.set) await host.runs.overrideRuntime(name, overridesFrom(options.set));
        const { configuration } = await host.runs.get(name);
        // What has no data set any more is refused by name when it starts.
        const dataset = await host.datasets.get(configuration.dataset).catch(() => null);
        if (dataset) checkMemory(await estimateFor(host, configuration, dataset), options);
        return showTraining(host.runs.start(name, { resume: true, device: options.device }), output);
      }),
    );
}
