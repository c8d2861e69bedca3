import { Command, CommanderError } from 'commander';
import type { Host } from '../../host/host.ts';
import { environmentVariables } from '../../library/environment.ts';
import type { Context } from './context.ts';
import { exitCodeOf, exitCodes, Output } from './output.ts';
import { addBench } from './commands/bench.ts';
import { addData } from './commands/data.ts';
import { addDevices } from './commands/devices.ts';
import { addDistill } from './commands/distill.ts';
import { addDocuments } from './commands/documents.ts';
import { addEstimate } from './commands/estimate.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addExport } from './commands/export.ts';
import { addExtend } from './commands/extend.ts';
import { addGenerate } from './commands/generate.ts';
import { addImport } from './commands/import.ts';
import { addLab } from './commands/lab.ts';
import { addMerge } from './commands/merge.ts';
import { addQuantize } from './commands/quantize.ts';
import { addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addScore, addVariants } from './commands/sequences.ts';
import { addSetup } from './commands/setup.ts';
import { addResume, addTrain } from './commands/train.ts';

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

/** The whole command line. */
export function createProgram(context: Context, version: string, { results, progress }: OutputStreams = {}): Command {
  const program: Command = new Command('hyena')
    .description('Train language models on your own text, on this computer.')
    .version(version)
    .exitOverride()
    .configureOutput({
      ...(results && { writeOut: (text) => results.write(text) }),
      ...(progress && { writeErr: (text) => progress.write(text) }),
    })
    .showHelpAfterError('(add --help for usage)')
    .addHelpText('after', () => `\nEnvironment variables:\n${environmentHelp(program)}\n\n${epilogue}`);
  addDevices(program, context);
  addSetup(program, context);
  addData(program, context);
  addTrain(program, context);
  addResume(program, context);
  addExtend(program, context);
  addDistill(program, context);
  addMerge(program, context);
  addRuns(program, context);
  addImport(program, context);
  addQuantize(program, context);
  addEvaluate(program, context);
  addScore(program, context);
  addVariants(program, context);
  addExport(program, context);
  addGenerate(program, context);
  addDocuments(program, context);
  addLab(program, context);
  addBench(program, context);
  addEstimate(program, context);
  addServe(program, context);
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
  let output = new Output(streams);
  const context: Context = {
    host: openHost,
    output: (options) => (output = new Output({ ...streams, ...options })),
  };
  const program = createProgram(context, version, streams);
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
    output.error(thrown);
    return exitCodeOf(thrown);
  }
}
