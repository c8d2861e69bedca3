import { Command, CommanderError } from 'commander';
import type { Host } from '../../host/host.ts';
import { environmentVariables } from '../../library/environment.ts';
import { commands } from './commands/index.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { Output } from './output.ts';

/** The environment variables of a person, as `--help` lists options. */
function environmentHelp(program: Command): string {
  const help = program.createHelp();
  help.prepareContext({ helpWidth: 80 });
  const entries = Object.entries(environmentVariables).filter(([, entry]) => entry.for === 'use');
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries
    .map(([name, { meaning }]) => help.formatItem(name, width, meaning.replaceAll('`', ''), help))
    .join('\n');
}

const epilogue = `The library is the folder set by HYENA_HOME, else the one chosen in the
window's settings, else the system's application data folder.
Exit codes: 0 success, 1 failure, 2 invalid usage, 130 interrupted (checkpoint
saved).`;

/** What defines a command that has only been listed so far. */
const definitions = new WeakMap<Command, () => Promise<void>>();

/** Gives a command of {@link createProgram} its arguments, options, subcommands and action. */
export async function define(command: Command): Promise<void> {
  const definition = definitions.get(command);
  definitions.delete(command);
  await definition?.();
}

/** The whole command line; a command is defined when it is called. @param openContext called for the first of them */
export function createProgram(
  openContext: () => Promise<Context>,
  version: string,
  { results, progress }: OutputStreams = {},
): Command {
  const program: Command = new Command('hyena')
    .description('Train language models on your own text, on this computer.')
    .version(version)
    .exitOverride()
    .configureOutput({
      ...(results && { writeOut: (text) => results.write(text) }),
      ...(progress && { writeErr: (text) => progress.write(text) }),
    })
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', () => `\nEnvironment variables:\n${environmentHelp(program)}\n\n${epilogue}`)
    .hook('preSubcommand', (_, command) => define(command));
  for (const [name, { description, alias, load }] of Object.entries(commands)) {
    const command = program.command(name).description(description);
    if (alias !== undefined) command.alias(alias);
    definitions.set(command, async () => (await load())(command, await openContext()));
  }
  // Commander's own would show a command before it is defined.
  program.helpCommand(false);
  program
    .command('help')
    .description('Show the help of a command.')
    .argument('[command...]')
    .action(async (names: string[]) => {
      await program.parseAsync([...names, '--help'], { from: 'user' });
    });
  return program;
}

/** Where results and progress go; those of the process where left out. */
export type OutputStreams = Pick<NonNullable<ConstructorParameters<typeof Output>[0]>, 'results' | 'progress'>;

/** Runs one command line and returns its exit code. Nothing is thrown: errors are reported on stderr. */
export async function runProgram(
  parameters: readonly string[],
  openHost: () => Promise<Host>,
  version: string,
  streams: OutputStreams = {},
): Promise<number> {
  let output: Output | undefined;
  const openContext = async (): Promise<Context> => {
    const { Output } = await import('./output.ts');
    return { host: openHost, output: (options) => (output = new Output({ ...streams, ...options })) };
  };
  const program = createProgram(openContext, version, streams);
  process.exitCode = exitCodes.done;
  try {
    if (parameters.length === 0) {
      program.outputHelp({ error: true });
      return exitCodes.usage;
    }
    await program.parseAsync(parameters, { from: 'user' });
    return process.exitCode;
  } catch (thrown) {
    // Commander has told its own errors already; its exit code 0 is that of --help and --version.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { Output, exitCodeOf } = await import('./output.ts');
    (output ?? new Output(streams)).error(thrown);
    return exitCodeOf(thrown);
  }
}
