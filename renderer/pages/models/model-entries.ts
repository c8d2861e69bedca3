import { layerKinds } from '../model/layer-kinds.ts';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { descriptionOf } from '../../../main/contract/mixers/index.ts';
import type { ModelFacts } from '../../../main/contract/models.ts';
import type { RunView } from '../../../main/contract/views.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';

/** A model as the page of models shows it: a run with a checkpoint, and what its record does not say. */
export interface ModelEntry {
  readonly run: RunView;
  /** Null: not read yet. */
  readonly facts: ModelFacts | null;
  /** Bits per byte, and the text that they were measured on; null: its own validation split. */
  readonly bits: { readonly value: number; readonly source: string | null } | null;
}

/**
 * Loss per byte rather than per token: exact up to the first token of each window, which is not predicted. Of chats only
 * the replies count, whose bytes are not known.
 */
function bitsOfBest({ best, kind, dataset }: RunView, datasets: readonly DatasetRecord[]): number | null {
  const data = datasets.find(({ name }) => name === dataset?.name);
  if (best === null || kind !== 'text' || !data) return null;
  const { tokens, bytes } = data.splits.validation;
  return bytes > 0 ? (best.loss * tokens) / bytes / Math.LN2 : null;
}

export function modelEntries(
  runs: readonly RunView[],
  facts: ReadonlyMap<string, ModelFacts>,
  datasets: readonly DatasetRecord[],
): ModelEntry[] {
  return runs
    .filter(({ checkpoints, best }) => checkpoints.length > 0 || best !== null)
    .map((run) => {
      const known = facts.get(run.name) ?? null;
      const own = bitsOfBest(run, datasets);
      const [evaluation] = known?.measurements.evaluations ?? [];
      return {
        ...{ run, facts: known },
        bits:
          own !== null
            ? { value: own, source: null }
            : evaluation
              ? { value: evaluation.bitsPerByte, source: evaluation.source }
              : null,
      };
    });
}

/** The mixers of a model's layers: 'Hyena × 16, Attention × 16'. */
export const layersText = (model: { readonly layers: string; readonly n_layer: number }, { format }: I18n): string =>
  format.list(layerKinds(model).map(({ name, layers }) => `${descriptionOf(name).title} × ${layers.length}`));

/** Where a model comes from, in words. */
export function originText({ run, facts }: ModelEntry, { t }: I18n): string {
  const { from } = run.configuration;
  const origin = facts?.origin;
  if (origin === undefined) return '';
  switch (origin.from) {
    case 'trained':
      return from === null ? t('models.origin.trained') : t('models.origin.weights', { run: from });
    case 'published':
      return t('models.origin.published', { source: origin.source });
    case 'copied':
      return t('models.origin.copied', { source: origin.source });
    case 'returned':
      return t('models.origin.returned');
  }
}

export type ModelSortKey = 'name' | 'parameters' | 'context' | 'origin' | 'bytes' | 'best' | 'bits';
export interface ModelSorting {
  readonly key: ModelSortKey;
  readonly ascending: boolean;
}

const values: Record<ModelSortKey, (entry: ModelEntry) => string | number | null> = {
  name: ({ run }) => run.name.toLowerCase(),
  parameters: ({ run }) => run.parameters,
  context: ({ run }) => run.configuration.model.l_max,
  origin: ({ facts }) => facts?.origin.from ?? null,
  bytes: ({ facts }) => facts?.bytes ?? null,
  best: ({ run }) => run.best?.loss ?? null,
  bits: ({ bits }) => bits?.value ?? null,
};

const collator = new Intl.Collator(undefined, { numeric: true });

/** Models in order; what has no value comes last either way. */
export function sortModels(entries: readonly ModelEntry[], { key, ascending }: ModelSorting): ModelEntry[] {
  const direction = ascending ? 1 : -1;
  return entries.toSorted((a, b) => {
    const [first, second] = [values[key](a), values[key](b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === 'string' && typeof second === 'string') return direction * collator.compare(first, second);
    return direction * (Number(first) - Number(second));
  });
}

/** Models that fit every word of a filter. @param i18n in whose words their origins and layers are searched */
export function filterModels(entries: readonly ModelEntry[], filter: string, i18n: I18n): ModelEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  return entries.filter((entry) => {
    const { run, facts } = entry;
    const { notes, tags } = run.annotations;
    const parts = [run.name, originText(entry, i18n), layersText(run.configuration.model, i18n)];
    const text = [...parts, facts?.tokenizer?.name, facts?.licence?.name, notes, ...tags].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
