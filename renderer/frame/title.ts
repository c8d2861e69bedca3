import type { ActiveRun } from '../../main/contract/views.ts';
import type { Formats } from '../i18n/format.ts';

/**
 * The title of the window: how far the run is and how long it takes yet, so that it can be read in a task bar or a tab.
 *
 * @param left how the language says that so much time is left
 */
export function windowTitle(active: ActiveRun | null, format: Formats, left: (time: string) => string): string {
  if (!active) return 'Hyena Studio';
  const share = active.fraction === null ? [] : [format.percent(active.fraction)];
  const time = active.secondsLeft === null ? [] : [left(format.duration(active.secondsLeft))];
  return `${[...share, ...time, active.run].join(' · ')} – Hyena Studio`;
}
