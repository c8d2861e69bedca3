import { Option, type Command } from 'commander';
import { toEnglish } from '../../../contract/message.ts';
import type { CheckpointChoice } from '../../../library/checkpoints/choose-checkpoint.ts';
import { commandAction, type Context } from '../context.ts';
import { formatCount } from '../format.ts';

interface MergeCommandOptions {
  run?: string;
  checkpoint?: CheckpointChoice;
  json?: boolean;
}

/** `merge`: an ordinary run of one that trained adapters. */
export function addMerge(command: Command, context: Context): void {
  command
    .argument('<run>')
    .option('--run <name>', 'name of the new run (default: <run>-merged)')
    .addOption(new Option('--checkpoint <which>', 'checkpoint to merge (default: best)').choices(['best', 'last']))
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (run: string, options: MergeCommandOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const { run: name, checkpoint } = options;
        const notify = (notice: Parameters<typeof toEnglish>[0]) => output.note(toEnglish(notice));
        const merged = await host.models.merge(run, { name, checkpoint, notify });
        output.record({ from: run, ...merged });
        output.line(
          `The adapters of ${run} after step ${formatCount(merged.step)} were merged into run ${merged.run}.`,
        );
      }),
    );
}
