import type { Cancellation } from './cancellation.ts';

/** What a job is given besides its description; `Event` is what it reports (main/contract/jobs.ts). */
export interface JobContext<Event = never> {
  readonly cancellation: Cancellation;
  /** Follows the cancellation. */
  readonly signal: AbortSignal;
  /** Reports an event to the host. */
  readonly emit: (event: Event) => void;
  /** Listens to what the host tells a job that answers requests. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** To be called often by long computations: a heartbeat. */
  readonly heartbeat: () => void;
  /** Seconds of a clock that stands while the process is paused. */
  readonly activeSeconds: () => number;
}
