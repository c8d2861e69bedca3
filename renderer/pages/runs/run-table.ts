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

const collator = new Intl.Collator(undefined, { numeric: true });

/** Runs in order; what has no value comes last either way. */
export function sortRuns(runs: readonly RunView[], { key, ascending }: Sorting): RunView[] {
  const direction = ascending ? 1 : -1;
  return runs.toSorted((a, b) => {
    const first = values[key](a);
    const second = values[key](b);
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === 'string' && typeof second === 'string')
      return (
        direction *
        (key === 'created' ? Number(first > second) - Number(first < second) : collator.compare(first, second))
      );
    return direction * (Number(first) - Number(second));
  });
}

/** What a filter looks through, made once for each run that is told: notes can be long, and runs many. */
const searched = new WeakMap<RunView, { tags: readonly string[]; text: string }>();
function textsOf(run: RunView): { tags: readonly string[]; text: string } {
  let texts = searched.get(run);
  if (!texts) {
    const { name, configuration, annotations, phase, device } = run;
    const tags = annotations.tags.map((tag) => tag.toLowerCase());
    const all = [name, configuration.dataset, phase, device ?? '', annotations.notes, ...tags];
    searched.set(run, (texts = { tags, text: all.join('\n').toLowerCase() }));
  }
  return texts;
}

/**
 * Runs that fit every word of a filter: in the name, the data set, the tags, the notes, the state or the device.
 * `tag:x` looks at tags alone.
 */
export function filterRuns(runs: readonly RunView[], filter: string): RunView[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const { tags, text } = textsOf(run);
    return words.every((word) => (word.startsWith('tag:') ? tags.includes(word.slice(4)) : text.includes(word)));
  });
}

/** What validation losses can be compared on: the same tokens of the same data. */
export const dataOf = ({ dataset, configuration }: RunView): string => dataset?.identity ?? configuration.dataset;

/** The lowest validation loss on each data set. */
export function bestOfData(runs: readonly RunView[]): Map<string, number> {
  const lowest = new Map<string, number>();
  for (const run of runs) {
    if (run.best === null) continue;
    const data = dataOf(run);
    lowest.set(data, Math.min(run.best.loss, lowest.get(data) ?? Infinity));
  }
  return lowest;
}
