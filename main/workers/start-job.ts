import { HyenaError, messageOf } from '../contract/errors.ts';
import { toMessage, msg } from '../contract/message.ts';
import { fromWorkerSchema, type Job, type JobKind } from '../contract/jobs.ts';
import { ComputeProcess, type ComputeProcessOptions } from './compute-process.ts';
import { describeExit } from './exit-report.ts';

export type { ComputeProcessOptions } from './compute-process.ts';

/** A compute process at work on one job. */
export interface RunningJob {
  /** Its number, for a person who wants to look at it. */
  readonly pid: number | undefined;
  /** What the job answers; rejects with a HyenaError, also where the process dies or hangs. Settles after its last event. */
  readonly result: Promise<unknown>;
  /** Asks for an orderly end; `result` then settles. */
  readonly stop: () => void;
  /** Terminates the process: what is on disk stays, and `result` rejects with `interrupted`. */
  readonly end?: () => void;
  /** Sends something to a job that answers requests. */
  readonly send?: (message: unknown) => void;
}

/** Starts a compute process for a job. */
export type StartJob = (job: Job, onEvent: (event: unknown) => void) => RunningJob;

/** Reading a file may keep its process busy for long: a page of a huge document is one piece of work. */
const patience: Partial<Record<JobKind, number>> = {
  'add-dataset': 60,
  inspect: 60,
  'import-document': 60,
  'summarise-document': 60,
  'write-summary': 60,
  'ask-document': 60,
  'read-document': 60,
  // Loading a libtensorflow that has just been written reads hundreds of megabytes.
  'setup-device': 120,
  'map-document': 60,
  // A driver may take long to compile what it sees for the first time.
  'report-devices': 120,
};
const patienceOf = ({ kind }: Job): number => patience[kind] ?? 10;

/**
 * Starts a compute process for a job and watches it to its end.
 *
 * @param onEvent called with every event; whether it is one of the job's own is for the caller to check
 */
export function startJob(job: Job, onEvent: (event: unknown) => void, options: ComputeProcessOptions = {}): RunningJob {
  let child: ComputeProcess | undefined;
  const result = new Promise<unknown>((resolve, reject) => {
    let answered = false;
    const settle = (outcome: () => void) => {
      if (answered) return;
      answered = true;
      outcome();
    };
    const refuse = (error: HyenaError) => {
      settle(() => reject(error));
      child?.kill();
    };
    child = new ComputeProcess(
      { patienceSeconds: patienceOf(job), ...options },
      {
        onMessage: (message) => {
          const parsed = fromWorkerSchema.safeParse(message);
          if (answered) return;
          if (!parsed.success) {
            refuse(
              new HyenaError(
                'internal',
                msg`The compute process sent a malformed message: ${toMessage(parsed.error.message)}`,
              ),
            );
            return;
          }
          const received = parsed.data;
          if (received.type === 'event') onEvent(received.event);
          else if (received.type === 'result') settle(() => resolve(received.result));
          else settle(() => reject(HyenaError.fromReport(received.error)));
        },
        onExit: (exit) => {
          if (!answered) describeExit(job, exit).then((error) => settle(() => reject(error)), reject);
        },
        onError: (error) => {
          const message = msg`Cannot start the compute process: ${messageOf(error)}`;
          settle(() => reject(new HyenaError('internal', message, { cause: error })));
        },
      },
    );
    child.send({ type: 'start', job } as { type: string });
  });
  return {
    pid: child?.pid,
    result,
    stop: () => child?.stop(),
    end: () => child?.end(),
    send: (message) => child?.send({ type: 'message', message } as { type: string }),
  };
}
