import type { ActiveRun } from '../../main/contract/views.ts';
import type { Formats } from '../i18n/format.ts';

/** The title of the window: how far the run is, so that it can be read in a task bar or a tab. */
export function windowTitle(active: ActiveRun | null, format: Formats): string {
  if (!active) return 'Hyena Studio';
  const share = active.fraction === null ? '' : `${format.percent(active.fraction)} `;
  return `${share}${active.run} – Hyena Studio`;
}
