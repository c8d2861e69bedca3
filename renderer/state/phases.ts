import type { RunPhase, RunView } from '../../main/contract/views.ts';

export type Tone = 'live' | 'good' | 'warn' | 'bad' | 'plain';

const tones: Record<RunPhase, Tone> = {
  new: 'plain',
  queued: 'plain',
  starting: 'live',
  training: 'live',
  stopping: 'live',
  paused: 'warn',
  stopped: 'plain',
  done: 'good',
  failed: 'bad',
  interrupted: 'warn',
  elsewhere: 'live',
};

/** The colour of state; the word beside it says the same. */
export const phaseTone = (phase: RunPhase): Tone => tones[phase];

export const isBusy = ({ phase }: Pick<RunView, 'phase'>): boolean =>
  phase === 'starting' || phase === 'training' || phase === 'stopping';

/** Whether a run can be started or gone on with. */
export const canStart = ({ phase }: Pick<RunView, 'phase'>): boolean =>
  phase === 'new' || phase === 'paused' || phase === 'stopped' || phase === 'failed' || phase === 'interrupted';
