import type { EventStream } from './event-stream.ts';

/** Work that takes a while: what it tells, how it ends, and a way to end it early and in order. */
export interface Task<Event, Result> {
  readonly events: EventStream<Event>;
  /** Rejects with a HyenaError. */
  readonly result: Promise<Result>;
  /** Asks for an orderly end; `result` then settles. */
  stop(): void;
}
