import { InvalidArgumentError, type Command } from 'commander';
import { runWindow } from '../../server/run-window.ts';
import type { Context } from '../context.ts';
import { verb } from '../context.ts';

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It takes a whole number from 0 (any free port) to 65535.');
  return port;
}

export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .description('Serve the window to a browser of this machine, for machines without a display too.')
    .option('--port <port>', 'port on the loopback interface; 0: any free one', readPort, 0)
    .option('--no-open', 'do not open the browser')
    .option('--json', 'print the address as one JSON object')
    .action(
      verb(async ({ port, open, json }: { port: number; open: boolean; json?: boolean }) => {
        await runWindow(context.output({ json }), { port, open, host: await context.host() });
      }),
    );
}
