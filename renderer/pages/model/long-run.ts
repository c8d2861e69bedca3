import type { EstimateView } from '../../../main/contract/views.ts';

/** Longer than anyone waits for a first try. */
const longSeconds = 14 * 86_400;

/** Whether a run takes weeks: that it fits into memory is no reason to begin it. */
export const isLong = ({ seconds }: Pick<EstimateView, 'seconds'>): boolean => (seconds ?? 0) > longSeconds;
