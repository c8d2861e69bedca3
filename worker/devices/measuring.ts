import { fork } from 'node:child_process';
import { measureResultSchema } from '../../main/contract/benchmarks.ts';
import type { RunConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import { fromWorkerSchema, type Job } from '../../main/contract/jobs.ts';

/** Loading libraries and starting a GPU takes this long at most. */
const startMilliseconds = 60_000;

/**
 * Measures a training step in a compute process of its own: a driver that crashes or hangs takes nothing with it, and
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
      const stopped = () => end(() => reject(new HyenaError('interrupted', 'The job was asked to stop.')));
      const late = () => end(() => reject(new HyenaError('device', 'It did not end in its time.')));
      const timer = setTimeout(late, startMilliseconds + 2 * milliseconds);
      signal.addEventListener('abort', stopped);
      child.on('error', (error) => end(() => reject(error)));
      child.on('exit', (code) =>
        end(() => reject(new HyenaError('device', told`Its process ended early (${String(code)}).`))),
      );
      child.on('message', (message) => {
        const heard = fromWorkerSchema.safeParse(message);
        if (!heard.success || heard.data.type === 'event') return;
        if (heard.data.type === 'error') {
          const { error } = heard.data;
          return end(() => reject(HyenaError.fromReport(error)));
        }
        const result = measureResultSchema.safeParse(heard.data.result);
        if (result.success) end(() => resolve(result.data.stepMilliseconds));
        else end(() => reject(new HyenaError('internal', 'The measurement is not as agreed.')));
      });
      child.send({ type: 'start', job });
    });
}

/** The line to the host is this process's own. */
function withoutLifeline(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment['HYENA_LIFELINE'];
  return environment;
}
