import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { follow, verb } from '../context.ts';
import { wrap } from '../format.ts';

export function addDevices(program: Command, context: Context): void {
  program
    .command('devices')
    .description('What this machine can compute with: what was looked for, what was found, which one is used and why.')
    .option('--json', 'print one JSON object')
    .option('--report', 'test and time each device that is there, and print a report that can be sent on')
    .action(
      verb(async (options: { json?: boolean; report?: boolean }) => {
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
        for (const { name, available, description, hint, testing } of found.devices) {
          const state = name === found.chosen ? 'used by auto' : available ? 'available' : 'not available';
          output.line(`${output.bold(name)}  ${state}${testing ? ', for tests' : ''}`);
          output.line(wrap(description, output.width, '  '));
          if (!available && hint !== undefined) output.line(wrap(hint, output.width, '  '));
        }
        output.line();
        output.line(wrap(found.reason, output.width));
      }),
    );
}
