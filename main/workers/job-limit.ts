import { HyenaError } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';
import type { Job } from '../contract/jobs.ts';
import type { RunningJob, StartJob } from './start-job.ts';

export interface JobLimits {
  /** Compute processes at work at the same time. */
  running: number;
  /** Jobs that wait for one of them to end; further ones are refused. */
  waiting: number;
}

/**
 * A person starts a few jobs, a page gone wrong or a hostile one thousands. Training, of which the host starts one at a
 * time, and models that chats hold open are not counted: they would keep short jobs waiting for hours.
 */
const isCounted = ({ kind }: Job): boolean => kind !== 'train' && kind !== 'serve-model';

interface Waiting {
  start(): void;
  refuse(error: HyenaError): void;
}

/**
 * Starts jobs as `startJob` does, this many at a time; the others wait in the order in which they came.
 *
 * @returns a starter whose jobs reject with `usage` if too many wait already, and with `interrupted` if they are
 *   stopped while they wait
 */
export function limitJobs(startJob: StartJob, limits: JobLimits): StartJob {
  let running = 0;
  const queue = new Set<Waiting>();

  const next = (): void => {
    running--;
    const [first] = queue;
    if (!first) return;
    queue.delete(first);
    first.start();
  };

  const run = (job: Job, onEvent: (event: unknown) => void): RunningJob => {
    running++;
    try {
      const started = startJob(job, onEvent);
      started.result.then(next, next);
      return started;
    } catch (error) {
      next();
      throw error;
    }
  };

  const wait = (job: Job, onEvent: (event: unknown) => void): RunningJob => {
    let started: RunningJob | undefined;
    const text: unknown[] = [];
    let stopWaiting = (): void => undefined;
    const result = new Promise<unknown>((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          started = run(job, onEvent);
          for (const message of text) started.send?.(message);
          started.result.then(resolve, reject);
        },
        refuse: reject,
      };
      queue.add(waiting);
      stopWaiting = () => {
        if (queue.delete(waiting)) waiting.refuse(new HyenaError('interrupted', 'Stopped before it started.'));
      };
    });
    return {
      get pid() {
        return started?.pid;
      },
      result,
      stop: () => (started ? started.stop() : stopWaiting()),
      send: (message) => (started ? started.send?.(message) : void text.push(message)),
    };
  };

  return (job, onEvent) => {
    if (!isCounted(job)) return startJob(job, onEvent);
    if (running < limits.running) return run(job, onEvent);
    if (queue.size < limits.waiting) return wait(job, onEvent);
    const error = new HyenaError(
      'usage',
      msg`Too many jobs: ${queue.size} {0|one: job is|other: jobs are} already queued.`,
      {
        kept: 'Nothing was changed.',
        hint: 'Wait for some jobs to finish, or cancel them.',
      },
    );
    const result = Promise.reject<unknown>(error);
    result.catch(() => undefined);
    return { pid: undefined, result, stop: () => undefined };
  };
}
