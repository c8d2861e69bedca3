import { InvalidArgumentError, Option, type Command } from 'commander';
import { readOrigin } from '../../api/cors.ts';
import { runApi } from '../../api/run-api.ts';
import { chooseToken } from '../../http/choose-token.ts';
import { templateNameSchema, type TemplateName } from '../../../contract/conversation.ts';
import { runWindow } from '../../server/run-window.ts';
import type { Context } from '../context.ts';
import { parseNumber } from '../../../contract/typed-number.ts';
import { commandAction } from '../context.ts';
import { processEnvironment } from '../../../library/environment.ts';

function readPort(text: string): number {
  const port = parseNumber(text, true);
  if (port === null || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Expected an integer from 0 (any free port) to 65535.');
  return port;
}

interface ServeOptions {
  port: number;
  open: boolean;
  json?: boolean;
  api?: boolean;
  run?: string;
  device: string;
  token?: string;
  tokenFile?: string;
  template: TemplateName;
  allowOrigin: string[];
}

function readAllowedOrigin(text: string, before: string[]): string[] {
  const origin = readOrigin(text);
  if (origin === null)
    throw new InvalidArgumentError('Expected an origin such as https://chat.example or http://192.0.2.7:3000, or *.');
  return [...before, origin];
}

export function addServe(command: Command, context: Context): void {
  command
    .option('--port <port>', 'port on the loopback interface; 0: any free one', readPort, 0)
    .option('--no-open', 'do not open the browser')
    .option('--api', 'serve an OpenAI-compatible API: models, completions, chat completions')
    .option('--run <run>', 'with --api: the model (default: the last trained one)')
    .option('--device <name>', 'with --api: auto, or a device from `hyena devices`', 'auto')
    .option(
      '--token <text>',
      'token that clients must send; other users of this computer can see it in the process list, so prefer ' +
        '--token-file or the environment variable HYENA_TOKEN; by default a random one is created',
    )
    .option('--token-file <path>', 'a file whose first line is the token')
    .addOption(
      new Option(
        '--template <name>',
        "with --api: chat template; auto: the model's own template or the one of its data",
      )
        .choices(templateNameSchema.options)
        .default('auto'),
    )
    .option(
      '--allow-origin <origin>',
      'with --api: allow requests from this origin (repeatable; *: any); pages on this computer are always allowed',
      readAllowedOrigin,
      [],
    )
    .option('--json', 'print the address as one JSON object')
    .action(
      commandAction(async ({ api, json, port, open, tokenFile, ...options }: ServeOptions) => {
        const output = context.output({ json });
        const token = await chooseToken({ token: options.token, file: tokenFile, environment: processEnvironment });
        const host = await context.host();
        if (api) await runApi(output, { ...options, token, host, port, allowOrigins: options.allowOrigin });
        else await runWindow(output, { port, open, host, token });
      }),
    );
}
