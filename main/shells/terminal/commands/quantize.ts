import { Option, type Command } from 'commander';
import { toEnglish } from '../../../contract/message.ts';
import { quantisableTypes } from '../../../contract/quantisation.ts';
import type { Job } from '../../../contract/jobs.ts';
import { ProgressBar } from '../bar.ts';
import { follow, commandAction, type Context } from '../context.ts';
import { formatBytes, formatCount } from '../format.ts';
import { printPairs } from '../table.ts';

interface QuantizeOptions extends Pick<Job<'quantise-model'>, 'dtype' | 'checkpoint'> {
  name?: string;
  json?: boolean;
}

/** `quantize`: a run's weights in a smaller type. */
export function addQuantize(command: Command, context: Context): void {
  command
    .argument('<run>')
    .addOption(new Option('--dtype <type>', 'type of the weights').choices(quantisableTypes).default('int8'))
    .option('--name <name>', 'name of the new run (default: <run>-<type>)')
    .addOption(new Option('--checkpoint <which>', 'best or last').choices(['best', 'last']).default('best'))
    .option('--json', 'print the progress and the result as JSON lines')
    .action(
      commandAction(async (run: string, { name, dtype, checkpoint, ...options }: QuantizeOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const bar = new ProgressBar(output);
        try {
          const task = host.models.quantise(run, dtype, { checkpoint, name: name ?? null });
          const result = await follow(task, output, (event) => {
            if (event.type === 'notice') return bar.note(toEnglish(event.message));
            bar.update({ share: event.done, secondsLeft: null, parts: ['quantizing'] });
          });
          bar.stop();
          output.record(result);
          printPairs(output, [
            ['run', result.run],
            ['made from', `${result.origin}, step ${formatCount(result.step)}`],
            ['weights', `${formatBytes(result.bytes)} as ${result.dtype}, ${formatBytes(result.before)} before`],
          ]);
          output.note(`  hyena generate ${result.run} --prompt "..."`);
        } finally {
          bar.stop();
        }
      }),
    );
}
