import { HyenaError, type ErrorCode } from '../contract/errors.ts';
import { toMessage, msg, joinMessages, type Message } from '../contract/message.ts';
import type { Job } from '../contract/jobs.ts';
import { listCheckpoints } from '../library/checkpoints/checkpoint-folder.ts';
import { runFolder } from '../library/runs/run-folder.ts';
import type { ProcessExit } from './compute-process.ts';

/** Signals of a program that did what it must not: a defect of native code, or of the machine. */
const crashes: readonly (NodeJS.Signals | null)[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'];

/** The error for a compute process that exited without a result: what happened, what was kept, what to do. */
export async function describeExit(job: Job, exit: ProcessExit): Promise<HyenaError> {
  const { code, message, hint, command } = causeOfExit(exit);
  const { kept, next, nextCommand } = await keptBy(job);
  const hints = [hint, next].filter((part) => part !== null);
  return new HyenaError(code, message, {
    kept,
    hint: hints.length > 0 ? joinMessages(hints) : undefined,
    command: nextCommand ?? command,
  });
}

interface ExitCause {
  code: ErrorCode;
  message: Message;
  hint: Message | null;
  command?: string;
}

function causeOfExit({ code, signal, output, hung, ended }: ProcessExit): ExitCause {
  if (ended) return { code: 'interrupted', message: msg`The compute process was terminated on request.`, hint: null };
  if (hung)
    return {
      code: 'device',
      message: msg`The compute process stopped responding and was terminated.`,
      hint: msg`The device or its driver may be hanging.`,
    };
  if (/heap out of memory|bad_alloc|Cannot allocate memory/i.test(output))
    return {
      code: 'out-of-memory',
      message: msg`The compute process ran out of memory.`,
      hint: msg`Use a smaller batch, a shorter sequence length or gradient checkpointing.`,
    };
  if (signal === 'SIGKILL')
    return {
      code: 'out-of-memory',
      message: msg`The compute process was killed by the system, usually because memory ran out.`,
      hint: msg`Unless it was killed manually, use a smaller batch, a shorter sequence length or gradient checkpointing.`,
    };
  if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP')
    return {
      code: 'interrupted',
      message: msg`The compute process was terminated (${signal}) before it started.`,
      hint: null,
    };
  const lastOutput = output.trim().split('\n').at(-1) ?? '';
  const withLastOutput = (message: Message) =>
    lastOutput === '' ? message : joinMessages([message, msg`Last output: ${toMessage(lastOutput)}`]);
  if (crashes.includes(signal))
    return {
      code: 'device',
      message: withLastOutput(msg`The compute process crashed (${signal ?? ''}).`),
      hint: msg`Another device may work.`,
      command: 'hyena devices',
    };
  return {
    code: 'internal',
    message: withLastOutput(
      signal === null
        ? msg`The compute process exited without a result (exit code ${code ?? 'null'}).`
        : msg`The compute process exited without a result (${signal}).`,
    ),
    hint: null,
  };
}

async function keptBy(job: Job): Promise<{ kept: Message | undefined; next: Message | null; nextCommand?: string }> {
  switch (job.kind) {
    case 'train': {
      const last = (await listCheckpoints(runFolder(job.library, job.run)).catch(() => [])).at(-1);
      if (last === undefined) return { kept: msg`No checkpoint had been saved.`, next: null };
      return {
        kept: msg`The checkpoint of step ${last.step} was kept.`,
        next: msg`Resume the run.`,
        nextCommand: `hyena resume ${job.run}`,
      };
    }
    case 'add-dataset':
    case 'build-task':
      return {
        kept: msg`The data set was not created; temporary files will be removed when the next one is added.`,
        next: null,
      };
    case 'import-model':
      return {
        kept: msg`The model was not imported; temporary files will be removed when the next one is.`,
        next: null,
      };
    case 'quantise-model':
      return { kept: msg`The run is unchanged.`, next: null };
    case 'import-document':
      return { kept: msg`The document was not imported.`, next: null };
    case 'read-document':
    case 'ask-document':
    case 'summarise-document':
    case 'write-summary':
    case 'map-document':
      return { kept: msg`The document is unchanged.`, next: null };
    case 'serve-model':
      return { kept: undefined, next: msg`Start it again.` };
    case 'setup-device':
      return {
        kept: msg`Downloaded files were kept; the device was not enabled.`,
        next: msg`Run the setup again to resume.`,
      };
    case 'inspect':
    case 'evaluate':
    case 'evaluate-task':
    case 'evaluate-questions':
    case 'score-sequences':
    case 'score-variants':
    case 'inside':
    case 'distill':
    case 'generate':
    case 'bench':
    case 'scaling':
    case 'find-rate':
    case 'devices':
    case 'report-devices':
    case 'measure':
      return { kept: undefined, next: null };
  }
}
