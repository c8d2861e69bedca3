import type { RunEvent } from '../../../../main/contract/events.ts';

/** What must be the same in a run that was stopped and resumed: everything but times, memory and folders. */
export function course(events: readonly RunEvent[]): unknown[] {
  return events
    .filter(({ type }) => ['step', 'evaluation', 'sample', 'recovery'].includes(type))
    .map((event) => {
      if (event.type !== 'step') return event;
      const { step, loss, learningRate, gradientNorm, tokens } = event;
      return { step, loss, learningRate, gradientNorm, tokens };
    });
}
