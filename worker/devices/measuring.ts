import { fork } from 'node:child_process';
import { measureResultSchema } from '../../main/contract/benchmarks.ts';
import type { RunConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import { fromWorkerSchema, type Job } from '../../main/contract/jobs.ts';
import { processEnvironment } from '../../main/library/environment.ts';

/** Loading libraries and starting a GPU takes this long at most. */
const startMilliseconds = 60_000;

/**
 * Measures a training step in its own compute process: a driver that crashes or hangs takes nothing with it, and
 * what was loaded for measuring is gone after.
 *
 * @returns milliseconds of a step
 */
export function measureInProcess(
  configuration: RunConfiguration,
  signal: AbortSignal,
  entry: string = process.argv[1],
): (device: string, milliseconds: number) => Promise<number> {
  return (device, milliseconds) =>
    new Promise((resolve, reject) => {
      const job: Job = { kind: 'measure', configuration: { ...configuration, device }, milliseconds };
      const child = fork(entry, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: withoutLifeline() });
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stopped);
        child.removeAllListeners();
        child.kill('SIGKILL');
        settle();
      };
      const stopped = () => end(() => reject(new HyenaError('interrupted', 'The job was stopped on request.')));
      const late = () => end(() => reject(new HyenaError('device', 'Timed out.')));
      const timer = setTimeout(late, startMilliseconds + 2 * milliseconds);
      signal.addEventListener('abort', stopped);
      child.on('error', (error) => end(() => reject(error)));
      child.on('exit', (code) =>
        end(() => reject(new HyenaError('device', msg`The process exited early (${String(code)}).`))),
      );
      child.on('message', (message) => {
        const received = fromWorkerSchema.safeParse(message);
        if (!received.success || received.data.type === 'event') return;
        if (received.data.type === 'error') {
          const { error } = received.data;
          return end(() => reject(HyenaError.fromReport(error)));
        }
        const result = measureResultSchema.safeParse(received.data.result);
        if (result.success) end(() => resolve(result.data.stepMilliseconds));
        else end(() => reject(new HyenaError('internal', 'The measurement has an unexpected format.')));
      });
      child.send({ type: 'start', job });
    });
}

/** The line to the host is this process's own. */
function withoutLifeline(): NodeJS.ProcessEnv {
  const environment = { ...processEnvironment };
  delete environment['HYENA_LIFELINE'];
  return environment;
}
