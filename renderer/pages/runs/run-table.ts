import type { RunView } from '../../../main/contract/views.ts';

export type SortKey =
  'name' | 'phase' | 'best' | 'loss' | 'parameters' | 'dataset' | 'step' | 'tokens' | 'seconds' | 'created';
export interface Sorting {
  key: SortKey;
  ascending: boolean;
}

type Sortable = string | number | null;
const values: Record<SortKey, (run: RunView) => Sortable> = {
  name: ({ name }) => name.toLowerCase(),
  phase: ({ phase }) => phase,
  best: ({ best }) => best?.loss ?? null,
  loss: ({ loss }) => loss,
  parameters: ({ parameters }) => parameters,
  dataset: ({ configuration }) => configuration.dataset.toLowerCase(),
  step: ({ step }) => step,
  tokens: ({ tokens }) => tokens,
  seconds: ({ seconds }) => seconds,
  created: ({ created }) => created,
};

/** Runs in order; what has no value comes last either way. */
export function sortRuns(runs: readonly RunView[], { key, ascending }: Sorting): RunView[] {
  const direction = ascending ? 1 : -1;
  return runs.toSorted((a, b) => {
    const first = values[key](a);
    const second = values[key](b);
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === 'string' && typeof second === 'string')
      return direction * first.localeCompare(second, undefined, { numeric: true });
    return direction * (Number(first) - Number(second));
  });
}

/**
 * Runs that fit every word of a filter: in the name, the data set, the tags, the notes, the state or the device.
 * `tag:x` looks at tags alone.
 */
export function filterRuns(runs: readonly RunView[], filter: string): RunView[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(({ name, configuration, annotations, phase, device }) => {
    const tags = annotations.tags.map((tag) => tag.toLowerCase());
    const text = [name, configuration.dataset, phase, device ?? '', annotations.notes, ...tags]
      .join('\n')
      .toLowerCase();
    return words.every((word) => (word.startsWith('tag:') ? tags.includes(word.slice(4)) : text.includes(word)));
  });
}
