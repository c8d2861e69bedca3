import type { Command } from 'commander';
import type { Host } from '../../../host/host.ts';
import { type Context, commandAction } from '../context.ts';

interface RemoveOptions {
  json?: boolean;
  permanently?: boolean;
}

/**
 * The verb `remove NAME...` of a part of the library.
 *
 * @param what one of them, as a person calls it: 'the run'
 * @param remove moves one to the system's trash, or deletes it
 */
export function addRemove(
  parent: Command,
  context: Context,
  {
    description,
    what,
    remove,
  }: {
    description: string;
    what: string;
    remove: (host: Host, name: string, options: RemoveOptions) => Promise<void>;
  },
): void {
  parent
    .command('remove')
    .description(description)
    .argument('<name...>')
    .option('--permanently', 'delete permanently')
    .option('--json', 'print one JSON object for each')
    .action(
      commandAction(async (names: string[], options: RemoveOptions) => {
        const output = context.output(options);
        const host = await context.host();
        for (const name of names) {
          await remove(host, name, options);
          output.record({ removed: name });
          output.line(`${options.permanently ? 'Deleted' : 'Moved to the trash'}: ${what} ${name}.`);
        }
      }),
    );
}
