import { Option, type Command } from 'commander';
import { exportTargets, type ExportTarget } from '../../../contract/models.ts';
import type { CheckpointChoice } from '../../../library/checkpoints/choose-checkpoint.ts';
import { toEnglish } from '../../../contract/message.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatCount } from '../format.ts';

interface ExportCommandOptions {
  to: ExportTarget;
  checkpoint?: CheckpointChoice;
  json?: boolean;
}

/** `export`: a run as other programs read it. */
export function addExport(command: Command, context: Context): void {
  command
    .argument('<run>')
    .argument('<folder>', 'a new or empty folder')
    .addOption(new Option('--to <layout>', 'what for').choices(exportTargets).makeOptionMandatory())
    .addOption(
      new Option(
        '--checkpoint <which>',
        'checkpoint to export (default: best; torchrun always takes the last)',
      ).choices(['best', 'last']),
    )
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (run: string, folder: string, options: ExportCommandOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const { to, checkpoint } = options;
        const task = host.models.export(run, { to, folder, ...(checkpoint && { checkpoint }) });
        const result = await follow(task, output, (notice) => output.note(toEnglish(notice)));
        output.record({ run, to, ...result });
        output.line(`Step ${formatCount(result.step)} of ${run} was written to ${result.folder}.`);
        if (to === 'torchrun') {
          output.line('Its README.md says how to start it there. Bring it back with: hyena import FOLDER');
        }
      }),
    );
}
