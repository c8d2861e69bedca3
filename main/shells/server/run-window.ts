import { once } from 'node:events';
import { libraryJobs } from '../../host/compute.ts';
import { Host } from '../../host/host.ts';
import { libraryFolder } from '../../host/library-place.ts';
import type { Output } from '../terminal/output.ts';
import { openBrowser } from './open-browser.ts';
import { serveHost, tunnelHint } from './serve.ts';

async function openHost(): Promise<Host> {
  const library = libraryFolder();
  return await Host.open(library, libraryJobs(library));
}

/** Serves the window until the person ends the program; says where it is and how to reach it. */
export async function runWindow(
  output: Output,
  options: { port: number; open: boolean; host?: Host; token?: string },
): Promise<void> {
  const host = options.host ?? (await openHost());
  const { port, token } = options;
  const server = await serveHost(host, { port, token, report: (error) => output.note(error.message) });
  // Listened for before anyone can know the address, and so want to end it.
  const requested = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
  output.record({ type: 'serving', address: server.address, port: server.port });
  output.line(`Hyena Studio is at ${output.bold(server.address)}`);
  output.line(output.quiet('The address contains an access token and is valid until Hyena Studio stops.'));
  output.line(output.quiet(tunnelHint(server.port)));
  output.line(output.quiet('Press Ctrl-C to stop; a run in training saves a checkpoint.'));
  if (options.open && !output.json) openBrowser(server.address);
  await requested;
  output.note('\nStopping cleanly ...');
  await server.close();
  // A process that still computes must not keep the program from ending.
  process.exit(0);
}
