import { Option, type Command } from 'commander';
import { exportTargets, type ExportTarget } from '../../../contract/models.ts';
import type { CheckpointChoice } from '../../../library/checkpoints/choose-checkpoint.ts';
import { toEnglish } from '../../../contract/message.ts';
import { commandAction, type Context } from '../context.ts';
import { formatCount } from '../format.ts';

interface ExportCommandOptions {
  to: ExportTarget;
  checkpoint?: CheckpointChoice;
  json?: boolean;
}

/** `export`: a run as other programs read it. */
export function addExport(program: Command, context: Context): void {
  program
    .command('export')
    .description(
      'Write a run into a new folder for other programs: for Hugging Face (with a modeling file in PyTorch), in the ' +
        'names of the published Hyena weights (safari), as ONNX graphs for scoring and for one token at a time (onnx), or to ' +
        'continue its training elsewhere with PyTorch (torchrun).',
    )
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
        const notify = (notice: Parameters<typeof toEnglish>[0]) => output.note(toEnglish(notice));
        const result = await host.models.export(run, { to, folder, checkpoint, notify });
        output.record({ run, to, ...result });
        output.line(`Step ${formatCount(result.step)} of ${run} was written to ${result.folder}.`);
        if (to === 'torchrun') {
          output.line('Its README.md says how to start it there. Bring it back with: hyena import FOLDER');
        }
      }),
    );
}
