import { HyenaError, type ErrorCode } from '../contract/errors.ts';
import { asTold, told, toldTogether, type Told } from '../contract/told.ts';
import type { Job } from '../contract/jobs.ts';
import { listCheckpoints } from '../../worker/checkpoints/checkpoint-folder.ts';
import { runFolder } from '../../worker/training/run-folder.ts';
import type { Exit } from './compute-process.ts';

/** Signals of a program that did what it must not: a defect of native code, or of the machine. */
const crashes: readonly (NodeJS.Signals | null)[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'];

/** Tells a person of a compute process that ended without an answer: what happened, what was kept, what to do. */
export async function obituary(job: Job, exit: Exit): Promise<HyenaError> {
  const { code, message, hint } = causeOfDeath(exit);
  const { kept, next } = await remains(job);
  return new HyenaError(code, message, { kept, hint: toldTogether([hint, next].filter((part) => part !== null)) });
}

interface Cause {
  code: ErrorCode;
  message: Told;
  hint: Told | null;
}

function causeOfDeath({ code, signal, output, hung, ended }: Exit): Cause {
  if (ended) return { code: 'interrupted', message: told`The compute process was terminated on request.`, hint: null };
  if (hung)
    return {
      code: 'device',
      message: told`The compute process gave no sign of life any more and was ended.`,
      hint: told`The device or its driver may hang.`,
    };
  if (/heap out of memory|bad_alloc|Cannot allocate memory/i.test(output))
    return {
      code: 'out-of-memory',
      message: told`The compute process ran out of memory.`,
      hint: told`Use a smaller batch, a shorter sequence length or gradient checkpointing.`,
    };
  if (signal === 'SIGKILL')
    return {
      code: 'out-of-memory',
      message: told`The compute process was killed from outside, as systems do when memory runs out.`,
      hint: told`If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.`,
    };
  if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP')
    return {
      code: 'interrupted',
      message: told`The compute process was ended (${signal}) before it had begun.`,
      hint: null,
    };
  const lastWords = output.trim().split('\n').at(-1) ?? '';
  const withLastWords = (message: Told) =>
    lastWords === '' ? message : toldTogether([message, told`Its last words: ${asTold(lastWords)}`]);
  if (crashes.includes(signal))
    return {
      code: 'device',
      message: withLastWords(told`The compute process crashed (${signal ?? ''}).`),
      hint: told`Another device may work: hyena devices lists them.`,
    };
  return {
    code: 'internal',
    message: withLastWords(
      signal === null
        ? told`The compute process ended without an answer (exit code ${code ?? 'null'}).`
        : told`The compute process ended without an answer (${signal}).`,
    ),
    hint: null,
  };
}

async function remains(job: Job): Promise<{ kept: Told | undefined; next: Told | null }> {
  switch (job.kind) {
    case 'train': {
      const last = (await listCheckpoints(runFolder(job.library, job.run)).catch(() => [])).at(-1);
      if (last === undefined) return { kept: told`There was no checkpoint yet.`, next: null };
      return {
        kept: told`The checkpoint of step ${last.step}: ${last.path}`,
        next: told`Go on: hyena resume ${job.run}`,
      };
    }
    case 'add-dataset':
      return { kept: told`Nothing of the data set; what was half made is removed with the next one.`, next: null };
    case 'import-document':
      return { kept: told`Nothing of the document was imported.`, next: null };
    case 'read-document':
    case 'ask-document':
    case 'summarise-document':
    case 'write-summary':
    case 'map-document':
      return { kept: told`The document.`, next: null };
    case 'serve-model':
      return { kept: undefined, next: told`It can be started again.` };
    case 'setup-device':
      return {
        kept: told`What was fetched; the device was not made available.`,
        next: told`The same command goes on.`,
      };
    case 'inspect':
    case 'evaluate':
    case 'distill':
    case 'generate':
    case 'bench':
    case 'devices':
    case 'report-devices':
    case 'measure':
      return { kept: undefined, next: null };
  }
}
