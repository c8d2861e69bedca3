import type { Citation, DocumentPlace } from '../../documents.ts';

/** A stretch of a text; `end` is exclusive. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** A text of which parts are taken: a string, or one that is too long to be held. */
export interface LongText {
  /** UTF-16 units. */
  readonly length: number;
  slice(start: number, end: number): string;
}

/** Ends of sentences that are none: titles and abbreviations before a name or a number. */
const abbreviation =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|cf|ca|al|e\.g|i\.e|Fig|Figs|Eq|Eqs|Sec|No|Nr|Vol|pp?|Bd|Abb|z\.B|d\.h|u\.a|bzw)\.\s*$/;

/** Made where it is needed: its rules take some milliseconds to load. */
let segmenter: Intl.Segmenter | undefined;

/** Paragraphs: what empty lines divide. */
export function paragraphsOf(text: string, from = 0, to = text.length): Segment[] {
  const found: Segment[] = [];
  const breaks = /\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+/g;
  breaks.lastIndex = from;
  let start = from;
  for (let match = breaks.exec(text); match && match.index < to; match = breaks.exec(text)) {
    push(found, text, start, match.index);
    start = match.index + match[0].length;
  }
  push(found, text, start, to);
  return found;
}

/** Of a long paragraph so much is divided at once: the time grows faster than the length. */
const dividedAtOnce = 8192;

/** So much of a text is held at once. */
const stretchCharacters = 1 << 20;

/** A text in stretches that end behind a paragraph, else behind a line or a word. */
export function* intervalsOf(text: LongText, from = 0, to = text.length): Generator<{ start: number; text: string }> {
  for (let start = from; start < to;) {
    const piece = text.slice(start, Math.min(to, start + 2 * stretchCharacters));
    const end = start + piece.length >= to ? piece.length : cutBehind(piece);
    yield { start, text: piece.slice(0, end) };
    start += end;
  }
}

function cutBehind(piece: string): number {
  for (let line = piece.lastIndexOf('\n'); line > stretchCharacters; line = piece.lastIndexOf('\n', line - 1))
    if (/^[^\S\n]*\n/.test(piece.slice(line + 1, line + 256))) return line + 1;
  const behind = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' ')) + 1;
  if (behind > stretchCharacters) return behind;
  // Not between the halves of a character.
  const last = piece.charCodeAt(piece.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? piece.length - 1 : piece.length;
}

/**
 * Sentences, in order, without the space around them; a line break within a paragraph ends none.
 *
 * @param check called often; throws where the work is to end
 */
export const sentencesOf = (
  text: LongText,
  from = 0,
  to = text.length,
  check: () => void = () => undefined,
): Segment[] => [...eachSentence(text, from, to, check)];

function* eachSentence(text: LongText, from: number, to: number, check: () => void): Generator<Segment> {
  for (const { start: offset, text: stretch } of intervalsOf(text, from, to))
    for (const paragraph of paragraphsOf(stretch)) {
      let start = paragraph.start;
      while (start < paragraph.end) {
        check();
        const end = Math.min(paragraph.end, start + dividedAtOnce);
        const ends = sentenceEnds(stretch.slice(start, end));
        // The last one may continue behind what was looked at.
        const whole = end < paragraph.end && ends.length > 1 ? ends.slice(0, -1) : ends;
        const found: Segment[] = [];
        let last = start;
        for (const one of whole) push(found, stretch, last, (last = start + one));
        for (const one of found) yield { start: offset + one.start, end: offset + one.end };
        start = last;
      }
    }
}

/** Where the sentences of a piece end; its own end is the last. */
function sentenceEnds(piece: string): number[] {
  // Of the same length, so that offsets stay.
  const line = piece.replaceAll(/[\r\n]/g, ' ');
  const ends: number[] = [];
  let start = 0;
  for (const { index, segment } of (segmenter ??= new Intl.Segmenter('und', { granularity: 'sentence' })).segment(
    line,
  )) {
    const end = index + segment.length;
    if (end < line.length && abbreviation.test(line.slice(Math.max(start, end - 16), end))) continue;
    ends.push(end);
    start = end;
  }
  if (start < line.length) ends.push(line.length);
  return ends;
}

/** Adds a stretch without the space at its ends, if anything is left. */
function push(found: Segment[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const at = start + piece.indexOf(trimmed);
  found.push({ start: at, end: at + trimmed.length });
}

/**
 * Whole sentences together up to about this many characters; a chapter or heading begins a new passage.
 *
 * @param check called often; throws where the work is to end
 * @param part of the text; all of it by default
 */
export function passagesOf(
  text: LongText,
  places: readonly DocumentPlace[],
  characters: number,
  check: () => void = () => undefined,
  part: Segment = { start: 0, end: text.length },
): Segment[] {
  const cuts = places
    .filter(({ kind, offset }) => kind !== 'page' && offset >= part.start && offset < part.end)
    .map(({ offset }) => offset);
  const found: { start: number; end: number }[] = [];
  let cut = 0;
  let open: { start: number; end: number } | null = null;
  for (const whole of eachSentence(text, part.start, part.end, check))
    for (const sentence of pieces(whole, characters)) {
      let crossed = false;
      while (cut < cuts.length && cuts[cut] <= sentence.start) {
        crossed ||= open !== null && cuts[cut] >= open.end;
        cut++;
      }
      if (open && !crossed && sentence.end - open.start <= characters) open.end = sentence.end;
      else found.push((open = { ...sentence }));
    }
  return found;
}

/** A sentence that is longer than a passage, in parts. */
function pieces({ start, end }: Segment, characters: number): Segment[] {
  if (end - start <= characters) return [{ start, end }];
  return Array.from({ length: Math.ceil((end - start) / characters) }, (_, index) => ({
    start: start + index * characters,
    end: Math.min(end, start + (index + 1) * characters),
  }));
}

/** Finds the places that a position lies in. */
export class PlaceFinder {
  readonly #byKind: Record<DocumentPlace['kind'], DocumentPlace[]>;

  constructor(places: readonly DocumentPlace[]) {
    const of = (kind: DocumentPlace['kind']) =>
      places.filter((place) => place.kind === kind).sort((a, b) => a.offset - b.offset);
    this.#byKind = { page: of('page'), chapter: of('chapter'), heading: of('heading') };
  }

  /** The last place of a kind that begins at or before an offset. */
  find(kind: DocumentPlace['kind'], offset: number): string | null {
    const places = this.#byKind[kind];
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].offset <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? null : places[low - 1].label;
  }

  cite(text: LongText, { start, end }: Segment): Citation {
    const [page, chapter, heading] = (['page', 'chapter', 'heading'] as const).map((kind) => this.find(kind, start));
    const parts = [chapter, heading === chapter ? null : heading, page === null ? null : `page ${page}`].filter(
      (part) => part !== null,
    );
    const share = `${Math.round((100 * start) / Math.max(1, text.length))}%`;
    return {
      text: text.slice(start, end).replaceAll(/\s+/g, ' ').trim(),
      start,
      end,
      place: { page, chapter, heading, label: parts.length > 0 ? parts.join(', ') : `at ${share}` },
    };
  }
}
