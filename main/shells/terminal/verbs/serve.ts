import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { openBrowser } from '../../server/open-browser.ts';
import { serveHost, tunnelHint } from '../../server/serve.ts';
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
      verb(async (options: { port: number; open: boolean; json?: boolean }) => {
        const output = context.output(options);
        const report = (error: Error) => output.note(error.message);
        const server = await serveHost(await context.host(), { port: options.port, report });
        output.record({ type: 'serving', address: server.address, port: server.port });
        output.line(`Hyena Studio is at ${output.bold(server.address)}`);
        output.line(output.quiet('The address holds the key to this library; it is valid until the program ends.'));
        output.line(output.quiet(tunnelHint(server.port)));
        output.line(output.quiet('Ctrl-C ends it; a run that trains stops with a checkpoint.'));
        if (options.open && !output.json) openBrowser(server.address);
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
        output.note('\nEnding in order ...');
        await server.close();
        // A process that still computes must not keep the program from ending.
        process.exit(0);
      }),
    );
}
