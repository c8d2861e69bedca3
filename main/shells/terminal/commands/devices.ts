import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { wrap } from '../format.ts';
import { toEnglish } from '../../../contract/message.ts';

export function addDevices(command: Command, context: Context): void {
  command
    .option('--json', 'print one JSON object')
    .option('--report', 'test and benchmark every available device and print a shareable report')
    .action(
      commandAction(async (options: { json?: boolean; report?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        if (options.report) {
          const report = await follow(host.devices.report(), output, ({ device, done, total }) =>
            output.note(`Testing ${device} (${done + 1} of ${total}) ...`),
          );
          output.record(report);
          output.line(report.text);
          return;
        }
        const found = await follow(host.devices.list(), output);
        output.record(found);
        for (const { name, available, description, hint, command, testing } of found.devices) {
          const state = name === found.chosen ? 'used by auto' : available ? 'available' : 'not available';
          output.line(`${output.bold(name)}  ${state}${testing ? ', for tests only' : ''}`);
          output.line(wrap(toEnglish(description), output.width, '  '));
          if (!available && hint !== undefined) output.line(wrap(toEnglish(hint), output.width, '  '));
          if (!available && command !== undefined) output.line(`  ${command}`);
        }
        output.line();
        output.line(wrap(toEnglish(found.reason), output.width));
      }),
    );
}
