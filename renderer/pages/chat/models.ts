import type { RunView } from '../../../main/contract/views.ts';

const key = 'hyena-studio.chat-model';

/** Runs that can be talked with: those with a checkpoint. */
export const trainedModels = (runs: readonly RunView[] | null): RunView[] =>
  (runs ?? []).filter(({ checkpoints, best }) => checkpoints.length > 0 || best !== null);

/** The model that was chosen last, else the one that was trained last. */
export function defaultModel(models: readonly RunView[]): RunView | null {
  const last = localStorage.getItem(key);
  const newest = [...models].sort((a, b) => b.updated.localeCompare(a.updated))[0];
  return models.find(({ name }) => name === last) ?? newest ?? null;
}

export const rememberModel = (name: string): void => localStorage.setItem(key, name);
