import { defaultPreset } from '../../main/contract/presets.ts';
import type { AppState } from '../state/app-state.svelte.ts';

/** Starts a first model on a data set, with the default preset, and leads to its chart; false, with a notice, where it does not start. */
export async function trainFirst(app: AppState, dataset: string): Promise<boolean> {
  // The schemas of the configuration are not needed before.
  const { presetConfiguration } = await import('../../main/contract/settings.ts');
  const configuration = presetConfiguration(defaultPreset, dataset);
  const run = await app.ask('runs.create', {
    // Text soon, also on a slow machine.
    configuration: { ...configuration, training: { ...configuration.training, sample_interval: 50 } },
    name: null,
    annotations: { tags: [], notes: '' },
    start: true,
  });
  if (!run) return false;
  await app.prefer({ welcomed: true });
  app.router.go('training', run.name);
  return true;
}
