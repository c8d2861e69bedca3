import type { Cancellation } from './cancellation.ts';

/** What a job is given besides its description. */
export interface JobContext {
  readonly cancellation: Cancellation;
  /** Follows the cancellation. */
  readonly signal: AbortSignal;
  /** Tells the host an event. */
  readonly emit: (event: unknown) => void;
  /** Listens to what the host tells a job that answers requests. */
  readonly onTold: (listener: (message: unknown) => void) => void;
  /** To be called often by long computations: a sign of life. */
  readonly beat: () => void;
  /** Seconds of a clock that stands while the process is paused. */
  readonly activeSeconds: () => number;
}
