import type { Command } from 'commander';
import { composeConfiguration } from '../../../host/configurations.ts';
import { extensionOf } from '../../../host/extension.ts';
import { parseSettings } from '../../../contract/settings.ts';
import { verb, type Context } from '../context.ts';
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
export function addExtend(program: Command, context: Context): void {
  program
    .command('extend')
    .description(
      'Give a trained model a longer context: a new run whose filters reach further and, within the old context, do what ' +
        'they did; then a short training at the new length.',
    )
    .argument('<run>')
    .requiredOption('--context <tokens>', 'the new context length', readCount(2, 1 << 20))
    .option('--steps <n>', 'steps of training (default: a tenth of those of the run)', readCount(1, 1_000_000_000))
    .option('--run <name>', 'what the new run is called (default: <run>-<tokens>)')
    .option('--data <name>', 'another data set, with the same tokenizer')
    .option('--device <name>', 'auto, or one that `hyena devices` lists')
    .option('--set <key=value>', 'a single key of the configuration; may be given several times', collect)
    .option('--json', 'print every event as a JSON object, one a line')
    .action(
      verb(async (name: string, options: ExtendOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.startFrom(name);
        const { data, device, steps } = options;
        const configuration = composeConfiguration(undefined, [
          extensionOf(await host.runs.get(name), options.context, steps),
          { ...(data === undefined ? {} : { dataset: data }), ...(device === undefined ? {} : { device }) },
          parseSettings(options.set ?? []),
        ]);
        await host.datasets.get(configuration.dataset);
        const run = await host.runs.create(configuration, options.run ?? { numbered: `${name}-${options.context}` });
        return showTraining(host.runs.start(run.name), output);
      }),
    );
}
