import type { Cancellation } from './cancellation.ts';

/** What a job is given besides its description. */
export interface JobContext {
  readonly cancellation: Cancellation;
  /** Follows the cancellation. */
  readonly signal: AbortSignal;
  /** Tells the host an event. */
  readonly emit: (event: unknown) => void;
  /** To be called often by long computations: a sign of life. */
  readonly beat: () => void;
}
