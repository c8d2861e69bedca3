import type { SurpriseWords } from '../../../../main/contract/documents.ts';

/** A stretch of the text that is pointed at; the end exclusive. */
export interface MarkedRange {
  readonly start: number;
  readonly end: number;
}

/** A passage that a person has highlighted. */
export interface KeptPassage extends MarkedRange {
  readonly id: string;
  readonly note: string;
}

/** Text that looks alike. */
export interface Span {
  readonly start: number;
  readonly text: string;
  readonly marked: boolean;
  /** The kept passage that it lies in; of several the last one. */
  readonly kept: KeptPassage | null;
  /** How surprising its word is, 0 to 5; null where that is not known. */
  readonly level: number | null;
  /** Of its word, nats. */
  readonly loss: number;
  readonly tokens: number;
}

/** How many values of a scale a loss exceeds. */
export const levelOf = (loss: number, scale: readonly number[]): number =>
  scale.reduce((level, value) => (loss > value ? level + 1 : level), 0);

/**
 * Divides a block of text into spans: where what is marked or kept begins and ends, and at words whose loss is known.
 *
 * @param words ascending; those beyond the block are passed over
 * @param kept by their start; those beyond the block are passed over
 */
export function spansOf(
  start: number,
  text: string,
  mark: MarkedRange | null,
  words: SurpriseWords | null = null,
  scale: readonly number[] = [],
  kept: readonly KeptPassage[] = [],
): Span[] {
  const end = start + text.length;
  const spans: Span[] = [];
  const here = kept.filter((one) => one.start < end && one.end > start);
  const bounds = [...(mark === null ? [] : [mark]), ...here].flatMap((one) => [one.start, one.end]);
  const push = (from: number, to: number, level: number | null, loss: number, tokens: number) => {
    const within = bounds.filter((cut) => cut > from && cut < to).sort((a, b) => a - b);
    // What is pointed at may be a place, without any length.
    const cuts = [...new Set([from, ...within, to])];
    for (let index = 1; index < cuts.length; index++) {
      const [one, next] = [cuts[index - 1], cuts[index]];
      const marked = mark !== null && one < mark.end && next > mark.start;
      spans.push({
        ...{ start: one, text: text.slice(one - start, next - start), marked, level, loss, tokens },
        kept: here.findLast((passage) => one < passage.end && next > passage.start) ?? null,
      });
    }
  };
  let at = start;
  for (let index = 0; words && index < words.start.length; index++) {
    const [from, to] = [Math.max(start, words.start[index]), Math.min(end, words.end[index])];
    if (from >= to || from < at) continue;
    if (from > at) push(at, from, null, 0, 0);
    push(from, to, levelOf(words.loss[index], scale), words.loss[index], words.tokens[index]);
    at = to;
  }
  if (at < end) push(at, end, null, 0, 0);
  return spans;
}

/**
 * A text that was set in lines, as paragraphs again: ends of lines that only mean the page was full become spaces, one
 * for one, so that every letter keeps its place.
 */
export const reflowed = (text: string): string =>
  text.replaceAll(/(?<=[^\n]{38})\r?\n(?=[^\s*•·-])/g, (whole) => ' '.repeat(whole.length));
