import type { MessageKey } from '../i18n/i18n.svelte.ts';

/** Kinds of what the palette finds, in the order in which equal matches stand. */
const paletteKinds = ['page', 'action', 'run', 'model', 'data', 'chat', 'document'] as const;
export type PaletteKind = (typeof paletteKinds)[number];

/** Something that a person can go to or do. */
export interface PaletteEntry {
  /** Unique among all. */
  readonly id: string;
  readonly kind: PaletteKind;
  readonly label: string;
  /** Keys that do the same, as `shortcuts.ts` has them. */
  readonly keys?: readonly string[];
  readonly run: () => unknown;
}

export const kindLabels = {
  page: 'palette.page',
  action: 'palette.action',
  run: 'palette.run',
  model: 'palette.model',
  data: 'palette.data',
  chat: 'palette.chat',
  document: 'palette.document',
} as const satisfies Record<PaletteKind, MessageKey>;

/** Entries that are shown at once. */
const most = 50;
/** Of each kind, while nothing is typed. */
const mostRecent = 4;

/** Letters without case and accents. */
const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** How well a word fits a text: 0 at its beginning, 1 at the beginning of a word, 2 within one; null: not in it. */
function fit(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at <= 0) return at === 0 ? 0 : null;
  for (let next = at; next >= 0; next = text.indexOf(word, next + 1))
    if (/[^\p{L}\p{N}]/u.test(text[next - 1])) return 1;
  return 2;
}

/**
 * The entries that contain every word that was typed, the best first: in their names, or as their kind. Without words
 * those of each kind that came first.
 *
 * @param kindOf name of a kind in the language of the window
 */
export function search(
  entries: readonly PaletteEntry[],
  typed: string,
  kindOf: (kind: PaletteKind) => string,
): PaletteEntry[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const counts = new Map<PaletteKind, number>();
    return entries.filter(({ kind }) => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return kind === 'page' || kind === 'action' || count <= mostRecent;
    });
  }
  const kinds = new Map(paletteKinds.map((kind) => [kind, folded(kindOf(kind))]));
  const found = entries.flatMap((entry, index) => {
    const label = folded(entry.label);
    let distance = 0;
    for (const word of words) {
      // The kind alone says less than the name.
      const fits = fit(label, word) ?? (kinds.get(entry.kind)?.startsWith(word) ? 3 : null);
      if (fits === null) return [];
      distance += fits;
    }
    return [{ entry, distance, index }];
  });
  return found
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, most)
    .map(({ entry }) => entry);
}
