import type { PageLine } from './pdf-layout.ts';

/** A heading is set at least so much larger than the text. */
const LARGER = 1.15;
/** Longer ones are no headings but text in large type. */
const MOST_LINES = 3;
const MOST_CHARACTERS = 160;
/** Letters of which the size of the text is known well enough. */
const ENOUGH_CHARACTERS = 400;

/** A heading within the text of a page. */
export interface PageHeading {
  /** Where it begins in the text. */
  readonly at: number;
  readonly label: string;
  /** 1 for the largest type that was seen so far. */
  readonly level: number;
}

/** The headings of a file that has no outline, by the size of their type. */
export class TypeSizes {
  /** Characters by the height of their line, in halves of a point. */
  readonly #characters = new Map<number, number>();
  readonly #headings = new Set<number>();
  #total = 0;

  add(lines: readonly PageLine[]): void {
    for (const { height, text } of lines) {
      this.#characters.set(sizeOf(height), (this.#characters.get(sizeOf(height)) ?? 0) + text.length);
      this.#total += text.length;
    }
  }

  /**
   * @param lines of a page, in reading order
   * @param text what they give, in which paragraphs stand apart
   */
  headings(lines: readonly PageLine[], text: string): PageHeading[] {
    const body = this.#body;
    if (body === null) return [];
    const found: PageHeading[] = [];
    let from = 0;
    for (const group of groupsOf(lines, (line) => !line.row && line.height >= LARGER * body)) {
      const label = group
        .map((line) => line.text.trim())
        .join(' ')
        .trim();
      if (group.length > MOST_LINES || label.length > MOST_CHARACTERS || !/\p{L}.*\p{L}/u.test(label)) continue;
      const at = paragraphStart(text, group[0].text, from);
      if (at < 0) continue;
      from = at + group[0].text.length;
      const size = sizeOf(group[0].height);
      this.#headings.add(size);
      const level = 1 + [...this.#headings].filter((other) => other > size).length;
      found.push({ at, label, level: Math.min(6, level) });
    }
    return found;
  }

  /** The size of most of the text, points; null while too little of it is known. */
  get #body(): number | null {
    if (this.#total < ENOUGH_CHARACTERS) return null;
    const [size, characters] = [...this.#characters].reduce((best, one) => (one[1] > best[1] ? one : best));
    return 2 * characters >= this.#total / 2 ? size / 2 : null;
  }
}

const sizeOf = (height: number): number => Math.round(2 * height);

/** Lines that stand one after another in one size. */
function groupsOf(lines: readonly PageLine[], isLarge: (line: PageLine) => boolean): PageLine[][] {
  const groups: PageLine[][] = [];
  lines.forEach((line, index) => {
    if (!isLarge(line)) return;
    const before = lines[index - 1];
    const follows =
      before !== undefined && groups.at(-1)?.at(-1) === before && sizeOf(before.height) === sizeOf(line.height);
    // Two headings of one size stand further apart than the lines of one.
    if (follows && Math.abs(before.y - line.y) < 1.9 * line.height) groups.at(-1)!.push(line);
    else groups.push([line]);
  });
  return groups;
}

/** Where a line begins a paragraph of the text; -1 if none does. */
function paragraphStart(text: string, line: string, from: number): number {
  for (let at = text.indexOf(line, from); at >= 0; at = text.indexOf(line, at + 1))
    if (at === 0 || text[at - 1] === '\n') return at;
  return -1;
}
