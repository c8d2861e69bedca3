import type { RunView } from '../../main/contract/views.ts';

type Best = NonNullable<RunView['best']>;

/**
 * The lowest validation loss of a run: of its record, which is written with the checkpoints, and of the evaluations that
 * were told since.
 */
export function bestOf(recorded: Best | null, evaluations: readonly Best[]): Best | null {
  let best = recorded;
  for (const { step, loss } of evaluations)
    if (Number.isFinite(loss) && (best === null || loss < best.loss)) best = { step, loss };
  return best;
}
