import type { Grant } from '../../main/contract/grants.ts';
import type { Router } from './router.svelte.ts';

/** The one of some files by which their model is opened: its others lie beside it. */
export const modelAmong = (grants: readonly Grant[]): Grant | null =>
  grants.find(({ model }) => model === true) ?? null;

/** Leads to what an import would make, if files are a model; otherwise false. */
export function openModel(router: Router, grants: readonly Grant[]): boolean {
  const model = modelAmong(grants);
  if (!model) return false;
  router.go('models', null, { grant: model.grant });
  return true;
}
