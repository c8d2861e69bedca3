import { InvalidArgumentError, Option, type Command } from 'commander';
import { readOrigin } from '../../api/cors.ts';
import { runApi } from '../../api/run-api.ts';
import { chooseToken } from '../../http/choose-token.ts';
import { templateNameSchema, type TemplateName } from '../../../contract/conversation.ts';
import { runWindow } from '../../server/run-window.ts';
import type { Context } from '../context.ts';
import { verb } from '../context.ts';

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It takes a whole number from 0 (any free port) to 65535.');
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
    throw new InvalidArgumentError('It takes an origin as https://chat.example or http://192.0.2.7:3000, or *.');
  return [...before, origin];
}

export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .description(
      'Serve the window to a browser of this machine, for machines without a display too; or, with --api, a model to ' +
        "other programs by OpenAI's interface.",
    )
    .option('--port <port>', 'port on the loopback interface; 0: any free one', readPort, 0)
    .option('--no-open', 'do not open the browser')
    .option('--api', "serve a model by OpenAI's interface: models, completions, chat completions")
    .option('--run <run>', 'with --api: the model; by default the one that was trained last')
    .option('--device <name>', 'with --api: auto, or one that `hyena devices` lists', 'auto')
    .option(
      '--token <text>',
      'the token that clients must show; other users of this machine can see it in the list of processes, so prefer ' +
        '--token-file or the environment variable HYENA_TOKEN; by default a random one is created',
    )
    .option('--token-file <path>', 'a file whose first line is the token')
    .addOption(
      new Option(
        '--template <name>',
        "with --api: how a conversation becomes a text; auto: as the model's own template or its data say",
      )
        .choices(templateNameSchema.options)
        .default('auto'),
    )
    .option(
      '--allow-origin <origin>',
      'with --api: a page elsewhere that may ask, by its origin (repeatable; *: any); pages of this machine always may',
      readAllowedOrigin,
      [],
    )
    .option('--json', 'print the address as one JSON object')
    .action(
      verb(async ({ api, json, port, open, tokenFile, ...options }: ServeOptions) => {
        const output = context.output({ json });
        const token = await chooseToken({ token: options.token, file: tokenFile, environment: process.env });
        const host = await context.host();
        if (api) await runApi(output, { ...options, token, host, port, allowOrigins: options.allowOrigin });
        else await runWindow(output, { port, open, host, token });
      }),
    );
}
