import type { DocumentPlace } from '../../main/contract/documents.ts';
import { sentencesOf, type Segment } from '../../main/contract/reading/segments.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { longStep } from '../long-step.ts';
import { offsetsOf } from './part.ts';
import { partsOf } from './summarise.ts';

/** A stretch of a document that a model reads at once. */
export interface FittingPart extends Segment {
  /** Label of the chapter or heading that it belongs to, or the first of them. */
  readonly section: string | null;
  readonly tokens: number;
}

/** Characters that are turned into tokens at once, for each token that there is room for: most stand for fewer. */
const charactersAToken = 8;

/**
 * Divides a document into parts that fit a model's context: all of it as one where that fits, else its sections, of
 * which neighbours are read together while they fit; one that is too long is cut where a sentence or a word ends.
 *
 * @param room tokens
 * @param by section: every section by itself, however short
 * @param check called often; throws where the work is to end
 */
export function fittingParts(
  text: string,
  places: readonly DocumentPlace[],
  tokenizer: Tokenizer,
  room: number,
  { by = 'whole', check = () => undefined }: { by?: 'whole' | 'section'; check?: () => void } = {},
): FittingPart[] {
  const { parts: sections, marks } = partsOf(text, places);
  const labelOf = (start: number) => marks.findLast(({ offset }) => offset <= start)?.label ?? null;
  if (by === 'whole') {
    const all = pieceAt(text, { start: 0, end: text.length }, tokenizer, room);
    if (all && all.end === text.length) return [{ ...all, section: null }];
  }
  const found: FittingPart[] = [];
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

function* piecesOf(text: string, { start, end }: Segment, tokenizer: Tokenizer, room: number, check: () => void) {
  for (let at = start; at < end;) {
    check();
    const piece = pieceAt(text, { start: at, end }, tokenizer, room);
    if (!piece) return;
    yield piece;
    at = piece.end;
  }
}

/** As much of a stretch as fits, from its first letter on; null where there is none. */
function pieceAt(text: string, stretch: Segment, tokenizer: Tokenizer, room: number): Piece | null {
  let { start } = stretch;
  while (start < stretch.end && /\s/.test(text[start])) start++;
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

/** The last end of a sentence in the second half of a stretch, else of a word, else its own end. */
function goodEnd(text: string, start: number, end: number): number {
  const half = start + ((end - start) >> 1);
  // The last sentence may go on behind the end.
  const sentence = sentencesOf(text, half, end).at(-2);
  if (sentence) return sentence.end;
  for (let at = end; at > half; at--) if (/\s/.test(text[at - 1])) return at;
  // A character of two units is not torn apart.
  return end > start + 1 && /[\uD800-\uDBFF]/.test(text[end - 1]) ? end - 1 : end;
}
