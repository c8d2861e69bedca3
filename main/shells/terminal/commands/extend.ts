import type { Command } from 'commander';
import { trainedLength } from '../../../contract/mixers/index.ts';
import { createExtendedRun } from '../../../host/extend-context.ts';
import { parseSettings } from '../../../contract/settings.ts';
import { commandAction, type Context } from '../context.ts';
import { collect, readCount } from '../options.ts';
import { showTraining } from './train.ts';

interface ExtendOptions {
  context: number;
  steps?: number;
  run?: string;
  data?: string;
  device?: string;
  set?: string[];
  json?: boolean;
}

/** `extend`: a longer context for a trained model. */
export function addExtend(command: Command, context: Context): void {
  command
    .argument('<run>')
    .requiredOption('--context <tokens>', 'the new context length', readCount(2, 1 << 20))
    .option('--steps <n>', "training steps (default: a tenth of the run's steps)", readCount(1, 1_000_000_000))
    .option('--run <name>', 'name of the new run (default: <run>-<tokens>)')
    .option('--data <name>', 'another data set with the same tokenizer')
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option('--set <key=value>', 'set one configuration key (repeatable)', collect)
    .option('--json', 'print every event as a JSON object, one per line')
    .action(
      commandAction(async (name: string, options: ExtendOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.checkWarmStart(name);
        const { data, device, steps } = options;
        const source = await host.runs.get(name);
        const trained = trainedLength(source.configuration.model);
        if (trained !== null)
          output.note(
            `'${name}' reads texts of any length; this trains it on sequences of ${options.context} tokens instead of ${trained}.`,
          );
        const run = await createExtendedRun(host, name, {
          context: options.context,
          settings: parseSettings(options.set ?? []),
          ...(steps !== undefined && { steps }),
          ...(options.run !== undefined && { name: options.run }),
          ...(data !== undefined && { dataset: data }),
          ...(device !== undefined && { device }),
        });
        return showTraining(host.runs.start(run.name), output);
      }),
    );
}
