import type { z } from 'zod';
import { HyenaError } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import { jobs, type Job, type JobEvent, type JobKind, type JobResult } from '../contract/jobs.ts';
import type { StartJob } from '../workers/start-job.ts';
import { EventStream } from './event-stream.ts';

/** Work that takes a while: what it tells, how it ends, and a way to end it early and in order. */
export interface Task<Event, Result> {
  readonly events: EventStream<Event>;
  /** Settles after the last event; rejects with a HyenaError. */
  readonly result: Promise<Result>;
  /** Asks for an orderly end; `result` then settles. */
  stop(): void;
  /** Terminates the work without waiting for it; `result` then rejects with `interrupted`. */
  end(): void;
}

type Schemas = { [Kind in JobKind]: { event: z.ZodType<JobEvent<Kind>>; result: z.ZodType<JobResult<Kind>> } };
const schemas: Schemas = jobs;

/** The work of a job. */
export type JobTask<Kind extends JobKind> = Task<JobEvent<Kind>, JobResult<Kind>>;

/** Runs a job and checks what its process says; a message that breaks the contract fails the job loudly. */
export function startTask<Kind extends JobKind>(startJob: StartJob, job: { kind: Kind } & Job<Kind>): JobTask<Kind> {
  const events = new EventStream<JobEvent<Kind>>();
  let broken: HyenaError | undefined;
  const check = <T>(what: string, schema: z.ZodType<T>, value: unknown): T | undefined => {
    const checked = schema.safeParse(value);
    if (checked.success) return checked.data;
    broken ??= new HyenaError(
      'internal',
      `The ${what} of a ${job.kind} job has an unexpected format: ${checked.error.message}`,
    );
    return undefined;
  };
  const abort = (): void => running.stop();
  const running = startJob(job, (value) => {
    const event = check('event', schemas[job.kind].event, value);
    if (event !== undefined) events.push(event);
    // Not at once: it may be reported while the job is still being started.
    if (broken) queueMicrotask(abort);
  });
  const finish = async (): Promise<JobResult<Kind>> => {
    try {
      const result = check('result', schemas[job.kind].result, await running.result);
      if (broken) throw broken;
      return result as JobResult<Kind>;
    } catch (error) {
      throw broken ?? HyenaError.from(error);
    } finally {
      events.end();
    }
  };
  const result = finish();
  // Whoever only reads the events must not be met by an unhandled rejection.
  result.catch(() => undefined);
  return { events, result, stop: () => running.stop(), end: () => (running.end ?? running.stop)() };
}

/**
 * Work of this process.
 *
 * @param work receives what reports an event, a notice unless it says otherwise, and the signal that ends it early
 * @param stopped what the work then fails with
 */
export function plainTask<Result, Event = Message>(
  work: (notify: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
  stopped: HyenaError,
): Task<Event, Result> {
  const events = new EventStream<Event>();
  const controller = new AbortController();
  const result = work((event) => events.push(event), controller.signal).finally(() => events.end());
  result.catch(() => undefined);
  const stop = () => controller.abort(stopped);
  return { events, result, stop, end: stop };
}
