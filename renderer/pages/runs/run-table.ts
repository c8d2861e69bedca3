import { descriptionOf } from '../../../main/contract/mixers/index.ts';
import type { RunView } from '../../../main/contract/views.ts';
import { layerKinds } from '../model/layer-kinds.ts';

export type SortKey =
  | 'name'
  | 'phase'
  | 'best'
  | 'bits'
  | 'loss'
  | 'parameters'
  | 'dataset'
  | 'step'
  | 'tokens'
  | 'seconds'
  | 'created';
export interface Sorting {
  key: SortKey;
  ascending: boolean;
}

/** `room`: shown only where the table is wide; the details of a run tell it otherwise. */
export const runColumns: readonly { readonly key: SortKey; readonly number: boolean; readonly room: boolean }[] = [
  { key: 'name', number: false, room: false },
  { key: 'phase', number: false, room: false },
  { key: 'best', number: true, room: false },
  { key: 'bits', number: true, room: true },
  { key: 'loss', number: true, room: false },
  { key: 'parameters', number: true, room: true },
  { key: 'dataset', number: false, room: true },
  { key: 'step', number: true, room: false },
  { key: 'tokens', number: true, room: true },
  { key: 'seconds', number: true, room: false },
  { key: 'created', number: false, room: false },
];

/** How many bytes of text a token of a run's data stands for. */
export type BytesPerToken = (run: RunView) => number | null;

/** The lowest validation loss in bits per byte: comparable whatever the tokenizer. */
export function bitsPerByte(run: RunView, bytesPerToken: BytesPerToken): number | null {
  const bytes = bytesPerToken(run);
  return run.best === null || bytes === null || bytes <= 0 ? null : run.best.loss / Math.LN2 / bytes;
}

type Sortable = string | number | null;
const values: Record<SortKey, (run: RunView, bytesPerToken: BytesPerToken) => Sortable> = {
  name: ({ name }) => name.toLowerCase(),
  phase: ({ phase }) => phase,
  best: ({ best }) => best?.loss ?? null,
  bits: bitsPerByte,
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
export function sortRuns(
  runs: readonly RunView[],
  { key, ascending }: Sorting,
  bytesPerToken: BytesPerToken = () => null,
): RunView[] {
  const direction = ascending ? 1 : -1;
  return runs.toSorted((a, b) => {
    const first = values[key](a, bytesPerToken);
    const second = values[key](b, bytesPerToken);
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

/** What runs can be grouped by. */
export const groupings = ['none', 'dataset', 'mixer', 'tag'] as const;
export type Grouping = (typeof groupings)[number];

/** Runs that belong together; the name is empty for those that have none. */
export interface RunGroup {
  readonly name: string;
  readonly runs: readonly RunView[];
}

/** The mixers of a model, in the order of their first layers. */
const mixersOf = ({ configuration: { model } }: RunView): string =>
  layerKinds(model)
    .map(({ name }) => descriptionOf(name).title)
    .join(' + ');

const groupNames: Record<Exclude<Grouping, 'none'>, (run: RunView) => readonly string[]> = {
  dataset: ({ configuration }) => [configuration.dataset],
  mixer: (run) => [mixersOf(run)],
  // A run stands in the group of its first tag alone: once in the table.
  tag: ({ annotations }) => annotations.tags.slice(0, 1),
};

/** Runs by what they have in common, each group in the order of the runs, groups by name; those without one come last. */
export function groupRuns(runs: readonly RunView[], by: Grouping): RunGroup[] {
  if (by === 'none') return [];
  const groups = new Map<string, RunView[]>();
  for (const run of runs) {
    const name = groupNames[by](run).at(0) ?? '';
    const own = groups.get(name);
    if (own) own.push(run);
    else groups.set(name, [run]);
  }
  return [...groups]
    .map(([name, own]) => ({ name, runs: own }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || collator.compare(a.name, b.name));
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
