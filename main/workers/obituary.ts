import { HyenaError } from '../contract/errors.ts';
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
  return new HyenaError(code, message, { kept, hint: [hint, next].filter((part) => part !== '').join(' ') });
}

function causeOfDeath({ code, signal, output, hung }: Exit): Pick<HyenaError, 'code' | 'message'> & { hint: string } {
  if (hung)
    return {
      code: 'device',
      message: 'The compute process gave no sign of life any more and was ended.',
      hint: 'The device or its driver may hang.',
    };
  if (/heap out of memory|bad_alloc|Cannot allocate memory/i.test(output))
    return {
      code: 'out-of-memory',
      message: 'The compute process ran out of memory.',
      hint: 'Use a smaller batch, a shorter sequence length or gradient checkpointing.',
    };
  if (signal === 'SIGKILL')
    return {
      code: 'out-of-memory',
      message: 'The compute process was killed from outside, as systems do when memory runs out.',
      hint: 'If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.',
    };
  if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP')
    return { code: 'interrupted', message: `The compute process was ended (${signal}) before it had begun.`, hint: '' };
  const lastWords = output.trim().split('\n').at(-1) ?? '';
  const quoted = lastWords === '' ? '' : ` Its last words: ${lastWords}`;
  if (crashes.includes(signal))
    return {
      code: 'device',
      message: `The compute process crashed (${signal}).${quoted}`,
      hint: 'Another device may work: hyena devices lists them.',
    };
  return {
    code: 'internal',
    message: `The compute process ended without an answer (${signal ?? `exit code ${code}`}).${quoted}`,
    hint: '',
  };
}

async function remains(job: Job): Promise<{ kept: string | undefined; next: string }> {
  switch (job.kind) {
    case 'train': {
      const last = (await listCheckpoints(runFolder(job.library, job.run)).catch(() => [])).at(-1);
      if (last === undefined) return { kept: 'There was no checkpoint yet.', next: '' };
      return { kept: `The checkpoint of step ${last.step}: ${last.path}`, next: `Go on: hyena resume ${job.run}` };
    }
    case 'add-dataset':
      return { kept: 'Nothing of the data set; what was half made is removed with the next one.', next: '' };
    case 'import-document':
      return { kept: 'Nothing of the document was imported.', next: '' };
    case 'read-document':
    case 'ask-document':
    case 'summarise-document':
    case 'write-summary':
    case 'map-document':
      return { kept: 'The document.', next: '' };
    case 'serve-model':
      return { kept: undefined, next: 'It can be started again.' };
    case 'setup-device':
      return { kept: 'What was fetched; the device was not made available.', next: 'The same command goes on.' };
    case 'inspect':
    case 'evaluate':
    case 'distill':
    case 'generate':
    case 'bench':
    case 'devices':
    case 'report-devices':
    case 'measure':
      return { kept: undefined, next: '' };
  }
}
