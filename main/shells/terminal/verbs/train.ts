import { Option, type Command } from 'commander';
import { adaptableKeys, adaptationSchema, type Adaptation } from '../../../contract/adaptation.ts';
import { trainingSchema } from '../../../contract/configuration.ts';
import { HyenaError } from '../../../contract/errors.ts';
import { presets } from '../../../contract/presets.ts';
import { parseSettings, type ConfigurationInput } from '../../../contract/settings.ts';
import { asTold, english, told } from '../../../contract/told.ts';
import { composeConfiguration, readConfigurationFile } from '../../../host/configurations.ts';
import { estimate } from '../../../host/estimates.ts';
import type { TrainTask } from '../../../host/runs.ts';
import type { Context } from '../context.ts';
import { follow, verb } from '../context.ts';
import { collect, schemaOption } from '../options.ts';
import { formatBytes, wrap } from '../format.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../output.ts';
import { presetsHelp, settingsHelp } from '../settings-help.ts';
import { printPairs } from '../table.ts';
import { describeEnd, TrainingView } from '../training-view.ts';

export interface ConfigurationOptions {
  preset?: string;
  config?: string;
  set?: string[];
}

/** `--preset`, `--config` and `--set`, with the help of every key. */
export function addConfigurationOptions(command: Command): Command {
  return command
    .addOption(new Option('--preset <name>', `starting point: ${Object.keys(presets).join(' | ')}`))
    .option('--config <file>', 'a JSON file of the same keys, laid over the preset')
    .option('--set <key=value>', 'a single key, laid over both; may be given several times', collect)
    .addHelpText('after', ({ command: shown }) => {
      const width = shown.configureOutput().getOutHelpWidth?.() ?? 80;
      return `${presetsHelp(width)}\n${settingsHelp(width)}`;
    });
}

/** The layers that these options lay over the preset, the later over the earlier. */
export async function configurationLayers({ config, set }: ConfigurationOptions): Promise<ConfigurationInput[]> {
  const file = config === undefined ? [] : [await readConfigurationFile(config)];
  return [...file, parseSettings(set ?? [])];
}

/**
 * Shows a training task to its end.
 *
 * @param command how the person calls this program
 * @returns the exit code
 */
export async function showTraining(task: TrainTask, output: Output, command = 'hyena'): Promise<number> {
  const view = new TrainingView(output);
  try {
    const result = await follow(task, output, (event) => {
      // The error is told by whoever catches it; what is being prepared is no result.
      if (event.type !== 'error' && event.type !== 'starting') output.record(event);
      view.show(event);
    });
    view.stop();
    printPairs(output, describeEnd(result));
    if (result.reason === 'stopped') {
      output.note(`Go on with: ${command} resume ${result.run}`);
      return exitCodes.interrupted;
    }
    output.note(`Let it write: ${command} generate ${result.run} --prompt "..."`);
    return exitCodes.done;
  } finally {
    view.stop();
  }
}

interface TrainOptions extends ConfigurationOptions {
  data?: string;
  from?: string;
  run?: string;
  device?: string;
  seed?: number;
  json?: boolean;
}

export function addTrain(program: Command, context: Context): void {
  const command = program
    .command('train')
    .description('Train a model on a data set. Ctrl-C stops it with a checkpoint.')
    .option('--data <name>', 'the data set; may stand in the configuration file instead')
    .option(
      '--from <run>',
      "start from the weights of another run's best checkpoint; the model is that run's, but for keys that are given",
    );
  addConfigurationOptions(command)
    .option('--run <name>', 'what the run is called (default: a readable name)')
    .option('--device <name>', 'auto, or one that `hyena devices` lists')
    .addOption(schemaOption(trainingSchema, 'seed', '--seed <number>'))
    .option('--json', 'print every event as a JSON object, one a line')
    .action(
      verb(async (options: TrainOptions) => {
        const output = context.output(options);
        const { data, device, from, seed } = options;
        const host = await context.host();
        const layers = await configurationLayers(options);
        if (from !== undefined) layers.unshift(await host.runs.startFrom(from));
        layers.push({
          ...(data === undefined ? {} : { dataset: data }),
          ...(device === undefined ? {} : { device }),
          training: seed === undefined ? {} : { seed },
        });
        const configuration = composeConfiguration(options.preset, layers);
        const dataset = await host.datasets.get(configuration.dataset);
        const run = await host.runs.create(configuration, options.run);
        const cost = estimate(configuration, dataset.tokenizer.vocabularySize, dataset);
        const { trainingMemory, memoryAvailable, warnings } = cost;
        for (const warning of warnings) output.note(wrap(english(warning), output.progressWidth));
        if (trainingMemory.total > memoryAvailable)
          output.note(
            `This needs about ${formatBytes(trainingMemory.total)} of memory, and ${formatBytes(memoryAvailable)} is free. ` +
              'If it does not fit: a smaller batch_size, or gradient_checkpointing=true.',
          );
        return showTraining(host.runs.start(run.name), output);
      }),
    );
}

/** @throws HyenaError `usage` for what a run that has begun cannot change */
function adaptationOf(set: readonly string[]): Adaptation {
  const { model, training, ...rest } = parseSettings(set);
  const given = { ...rest, ...model, ...training };
  const other = Object.keys(given).find((key) => !adaptableKeys.includes(key));
  if (other !== undefined)
    throw new HyenaError('usage', told`${other} cannot be changed once a run has begun.`, {
      kept: 'Nothing was changed.',
      hint: told`What can: ${adaptableKeys.join(', ')}. For the rest train a new run, from this one's weights if you like: hyena train --from RUN`,
    });
  const parsed = adaptationSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HyenaError('usage', told`${issue.path.join('.')}: ${asTold(issue.message)}`, {
    kept: 'Nothing was changed.',
  });
}

export function addResume(program: Command, context: Context): void {
  program
    .command('resume')
    .description('Go on with a run from its last checkpoint, exactly as if it had never stopped.')
    .argument('<run>')
    .option('--device <name>', 'another device from here on: auto, or one that `hyena devices` lists')
    .option(
      '--set <key=value>',
      `another ${adaptableKeys.join(', ')} from here on; a smaller batch_size sums the gradients of more batches, so that the training is the same`,
      collect,
    )
    .option('--json', 'print every event as a JSON object, one a line')
    .action(
      verb(async (name: string, options: { json?: boolean; device?: string; set?: string[] }) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(name);
        if (options.set) await host.runs.adapt(name, adaptationOf(options.set));
        return showTraining(host.runs.start(name, { resume: true, device: options.device }), output);
      }),
    );
}
