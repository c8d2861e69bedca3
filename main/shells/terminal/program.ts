import { Command, CommanderError } from 'commander';
import type { Host } from '../../host/host.ts';
import type { Context } from './context.ts';
import { exitCodeOf, exitCodes, Output } from './output.ts';
import { addBench } from './verbs/bench.ts';
import { addData } from './verbs/data.ts';
import { addDevices } from './verbs/devices.ts';
import { addDistill } from './verbs/distill.ts';
import { addDocuments } from './verbs/documents.ts';
import { addEstimate } from './verbs/estimate.ts';
import { addEvaluate } from './verbs/evaluate.ts';
import { addExtend } from './verbs/extend.ts';
import { addGenerate } from './verbs/generate.ts';
import { addRuns } from './verbs/runs.ts';
import { addServe } from './verbs/serve.ts';
import { addSetup } from './verbs/setup.ts';
import { addResume, addTrain } from './verbs/train.ts';

const epilogue = `The library is the folder named by HYENA_HOME, else the one chosen in the
settings of the window, else the system's own for the data of programs.
HYENA_THREADS limits the processor cores that are used, NO_COLOR switches
colours off.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted with a checkpoint.`;

/** The whole command line. */
export function createProgram(context: Context, version: string, { results, progress }: Streams = {}): Command {
  const program = new Command('hyena')
    .description('Train Hyena language models on your own text, on this machine.')
    .version(version)
    .exitOverride()
    .configureOutput({
      ...(results && { writeOut: (text) => results.write(text) }),
      ...(progress && { writeErr: (text) => progress.write(text) }),
    })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', `\n${epilogue}`);
  addDevices(program, context);
  addSetup(program, context);
  addData(program, context);
  addTrain(program, context);
  addResume(program, context);
  addExtend(program, context);
  addDistill(program, context);
  addRuns(program, context);
  addEvaluate(program, context);
  addGenerate(program, context);
  addDocuments(program, context);
  addBench(program, context);
  addEstimate(program, context);
  addServe(program, context);
  return program;
}

/** Where results and progress go; those of the process where left out. */
export type Streams = Pick<NonNullable<ConstructorParameters<typeof Output>[0]>, 'results' | 'progress'>;

/** Runs one command line and returns its exit code. Nothing is thrown: errors are told on stderr. */
export async function runProgram(
  parameters: readonly string[],
  openHost: () => Promise<Host>,
  version: string,
  streams: Streams = {},
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
