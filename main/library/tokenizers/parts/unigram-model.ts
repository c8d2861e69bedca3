import { msg } from '../../../contract/message.ts';
import { byteIds } from './byte-tokens.ts';
import { LARGEST_ID, type Model } from './model.ts';
import type { ConfigPart } from './part.ts';

/** What an unknown character costs beyond the least likely piece. */
const UNKNOWN_PENALTY = 10;

/** All pieces by their UTF-16 units. */
interface Node {
  id: number;
  readonly next: Map<number, Node>;
}
const emptyNode = (): Node => ({ id: -1, next: new Map() });

/** The most likely division into pieces (Kudo, arXiv 1804.10959); unknown characters next to each other are one. */
export function unigramModel(part: ConfigPart): Model {
  const { vocabulary, scores } = piecesOf(part);
  const unknown = part.has('unk_id') ? part.count('unk_id') : null;
  if (unknown !== null && unknown >= scores.length) throw part.refuse('unk_id');
  const bytes = part.flag('byte_fallback', false) ? byteIds(vocabulary) : null;
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  const root = emptyNode();
  for (const [piece, id] of vocabulary) enter(root, piece, id);

  /** Where the best division comes from, and by which piece, at each place that a character ends at. */
  const divide = (text: string) => {
    const from = new Int32Array(text.length + 1).fill(-1);
    const by = new Int32Array(text.length + 1);
    const best = new Float64Array(text.length + 1);
    const reach = (end: number, start: number, score: number, id: number) => {
      if (from[end] >= 0 && score <= best[end]) return;
      from[end] = start;
      by[end] = id;
      best[end] = score;
    };
    for (let start = 0; start < text.length;) {
      const width = (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
      let single = false;
      let node: Node | undefined = root;
      for (let end = start; end < text.length;) {
        node = node.next.get(text.charCodeAt(end++));
        if (!node) break;
        if (node.id < 0) continue;
        reach(end, start, scores[node.id] + best[start], node.id);
        if (end - start === width) single = true;
      }
      if (!single) reach(start + width, start, unknownScore + best[start], unknown ?? -1);
      start += width;
    }
    return { from, by };
  };

  return {
    vocabulary,
    encode(text, ids) {
      const { from, by } = divide(text);
      // From the last piece to the first; unknown ones next to each other are joined.
      const stretches: [start: number, end: number][] = [];
      let joined = false;
      for (let end = text.length; end > 0; end = from[end]) {
        const isUnknown = by[end] === (unknown ?? -1);
        const last = stretches.at(-1);
        if (isUnknown && joined && last) last[0] = from[end];
        else stretches.push([from[end], end]);
        joined = isUnknown;
      }
      let lost = 0;
      for (const [start, end] of stretches.reverse()) {
        const piece = text.slice(start, end);
        const id = vocabulary.get(piece);
        const found = id !== undefined ? [id] : (bytes?.(piece) ?? (unknown === null ? [] : [unknown]));
        if (found.length === 0) lost += [...piece].length;
        for (const one of found) ids.push(one);
      }
      return lost;
    },
  };
}

function piecesOf(part: ConfigPart): { vocabulary: Map<string, number>; scores: number[] } {
  const list = part.get('vocab');
  if (!Array.isArray(list)) throw part.wrong(msg`vocab is not a list`);
  if (list.length > LARGEST_ID)
    throw part.wrong(msg`the vocabulary has ${list.length} tokens; the maximum is ${LARGEST_ID}`);
  const vocabulary = new Map<string, number>();
  const scores = list.map((entry: unknown, id) => {
    const [piece, score]: unknown[] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof piece !== 'string' || typeof score !== 'number' || !Number.isFinite(score))
      throw part.wrong(msg`vocabulary entry ${id} is not a token with a score`);
    vocabulary.set(piece, id);
    return score;
  });
  return { vocabulary, scores };
}

function enter(root: Node, piece: string, id: number): void {
  let node = root;
  for (let at = 0; at < piece.length; at++) {
    const unit = piece.charCodeAt(at);
    let next = node.next.get(unit);
    if (!next) node.next.set(unit, (next = emptyNode()));
    node = next;
  }
  if (node !== root) node.id = id;
}
