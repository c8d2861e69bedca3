import type { DocumentPlace } from '../../main/contract/documents.ts';
import { sentencesOf, type LongText, type Segment } from '../../main/contract/logic/reading/segments.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { longStep } from '../process/long-step.ts';
import { offsetsOf } from '../generation/document-part.ts';
import { summaryParts } from './summarise.ts';

/** A stretch of a document that a model reads at once. */
export interface SummaryPart extends Segment {
  /** Label of the chapter or heading that it belongs to, or the first of them. */
  readonly section: string | null;
  readonly tokens: number;
}

/** Characters that are turned into tokens at once, for each token that there is room for: most stand for fewer. */
const charactersAToken = 8;
/** Space that is looked through at once. */
const spaceAtOnce = 4096;

/**
 * Divides a document into parts that fit a model's context: all of it as one where that fits, else its sections, of
 * which neighbours are read together while they fit; one that is too long is cut where a sentence or a word ends.
 *
 * @param room tokens
 * @param by section: every section by itself, however short
 * @param check called often; throws where the work is to end
 */
export function fittingParts(
  text: LongText,
  places: readonly DocumentPlace[],
  tokenizer: Tokenizer,
  room: number,
  { by = 'whole', check = () => undefined }: { by?: 'whole' | 'section'; check?: () => void } = {},
): SummaryPart[] {
  const { parts: sections, marks } = summaryParts(text, places);
  const labelOf = (start: number) => marks.findLast(({ offset }) => offset <= start)?.label ?? null;
  if (by === 'whole') {
    const all = pieceAt(text, { start: 0, end: text.length }, tokenizer, room);
    if (all && all.end === text.length) return [{ ...all, section: null }];
  }
  const found: SummaryPart[] = [];
  /** Whether the last one is whole sections, so that another may join it. */
  let open = false;
  for (const section of sections) {
    check();
    const pieces = [...piecesOf(text, section, tokenizer, room, check)];
    const last = found.at(-1);
    if (by === 'whole' && open && pieces.length === 1 && last && last.tokens + pieces[0].tokens <= room)
      found[found.length - 1] = { ...last, end: pieces[0].end, tokens: last.tokens + pieces[0].tokens };
    else for (const piece of pieces) found.push({ ...piece, section: labelOf(section.start) });
    open = pieces.length === 1;
  }
  return found;
}

type Piece = Segment & { readonly tokens: number };

function* piecesOf(text: LongText, { start, end }: Segment, tokenizer: Tokenizer, room: number, check: () => void) {
  for (let at = start; at < end;) {
    check();
    const piece = pieceAt(text, { start: at, end }, tokenizer, room);
    if (!piece) return;
    yield piece;
    at = piece.end;
  }
}

/** As much of a stretch as fits, from its first letter on; null if there is none. */
function pieceAt(text: LongText, stretch: Segment, tokenizer: Tokenizer, room: number): Piece | null {
  const start = firstLetter(text, stretch);
  if (start === stretch.end) return null;
  return longStep(() => {
    const most = Math.min(stretch.end, start + charactersAToken * room);
    const ids = tokenizer.encode(text.slice(start, most));
    if (ids.length <= room)
      return { start, end: most === stretch.end ? most : goodEnd(text, start, most), tokens: ids.length };
    const offsets = offsetsOf(text, tokenizer, ids.subarray(0, room), start);
    const end = goodEnd(text, start, Math.max(start + 1, offsets[room]));
    return { start, end, tokens: offsets.findLastIndex((offset) => offset <= end) };
  });
}

/** The end of the space that a stretch begins with. */
function firstLetter(text: LongText, { start, end }: Segment): number {
  for (let at = start; at < end; at += spaceAtOnce) {
    const found = text.slice(at, Math.min(end, at + spaceAtOnce)).search(/\S/);
    if (found >= 0) return at + found;
  }
  return end;
}

/** The last end of a sentence in the second half of a stretch, else of a word, else its own end. */
function goodEnd(text: LongText, start: number, end: number): number {
  const half = start + ((end - start) >> 1);
  // The last sentence may continue behind the end.
  const sentence = sentencesOf(text, half, end).at(-2);
  if (sentence) return sentence.end;
  const late = text.slice(half, end);
  const word = late.search(/\s\S*$/);
  if (word >= 0) return half + word + 1;
  // A character of two units is not torn apart.
  return end > start + 1 && /[\uD800-\uDBFF]$/.test(late) ? end - 1 : end;
}
