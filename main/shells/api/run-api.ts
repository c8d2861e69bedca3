import { once } from 'node:events';
import type { Host } from '../../host/host.ts';
import { trainedLength } from '../../contract/mixers/index.ts';
import type { Output } from '../terminal/output.ts';
import { serveApi } from './server.ts';
import type { TemplateName } from '../../contract/conversation.ts';

interface Options {
  host: Host;
  port: number;
  device: string;
  template: TemplateName;
  allowOrigins: readonly string[];
  run?: string;
  token?: string;
}

/** Serves a model to other programs until the person ends the program; says where it is and with which key. */
export async function runApi(
  output: Output,
  { host, port, device, template, token, allowOrigins, ...chosen }: Options,
): Promise<void> {
  const run = chosen.run ?? (await host.documents.defaultRun());
  const trained = trainedLength((await host.runs.get(run)).configuration.model);
  const model = host.models.serve(run, (message) => output.note(message), device);
  // Failures to load are reported here and not to the first client.
  const { context, device: found } = await model.ready();
  try {
    const api = await serveApi({
      ...{ model, port, token, template, allowOrigins, library: host.library },
      report: (error) => output.note(error.message),
    });
    output.record({ type: 'serving', address: api.address, token: api.token, model: run, context, device: found });
    const reach = trained === null ? `its context is ${context} tokens` : 'it reads texts of any length';
    output.line(`${run} is at ${output.bold(api.address)}, on ${found}; ${reach}.`);
    output.line(`API key: ${output.bold(api.token)}`);
    output.line(output.quiet('Only programs on this computer can connect. Press Ctrl-C to stop.'));
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
    output.note('\nStopping cleanly ...');
    await api.close();
  } finally {
    await model.close();
  }
}
