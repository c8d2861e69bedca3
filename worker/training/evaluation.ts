import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import { type TokenBatch, batchOfWindows } from '../models/batch.ts';
import type { Learner } from './learner.ts';

/** A text as tokens, read by range. */
export interface TokenText {
  /** Tokens in all. */
  readonly length: number;
  /** Ids, and where not all of them count in the loss, 1 for those that do. */
  read(from: number, count: number): { ids: Int32Array; learned: ArrayLike<number> | null };
  /** Bytes of text that ids stand for. */
  byteLengthOf(ids: ArrayLike<number>): number;
}

/** Sums over predictions, from which the figures of an evaluation are made. */
export interface Score {
  /** Summed cross entropy, nats. */
  nats: number;
  /** Predictions that count. */
  tokens: number;
  /** Bytes of text that were predicted. */
  bytes: number;
}

/** The figures people compare. Nothing predicted gives a loss of 0; the perplexity of a huge loss is null. */
export function metricsOf({ nats, tokens, bytes }: Score): {
  loss: number;
  perplexity: number | null;
  bitsPerByte: number;
} {
  const loss = tokens > 0 ? nats / tokens : 0;
  return { loss, perplexity: perplexityOf(loss), bitsPerByte: bytes > 0 ? nats / Math.LN2 / bytes : 0 };
}

/** A stretch of a text: `length` predictions, of the tokens after the first. */
interface Window {
  readonly from: number;
  readonly length: number;
}

/**
 * The windows a text is scored in: each predicts `length` tokens from those before them in the window, the next begins
 * at the last token of the one before, so that no token is predicted twice.
 *
 * @param tail whether a shorter last window takes the rest, so that every token but the first is predicted
 */
export function windowsOf(tokens: number, length: number, tail: boolean): Window[] {
  const predictions = Math.max(0, tokens - 1);
  const full = Math.floor(predictions / length);
  const windows = Array.from({ length: full }, (_, index) => ({ from: index * length, length }));
  const rest = predictions - full * length;
  // A text that is shorter than a window is scored all the same.
  if (rest > 0 && (tail || full === 0)) windows.push({ from: full * length, length: rest });
  return windows;
}

/** The windows that predict a token that counts: all but those within a question of a chat. */
export function countLearnedTokens(text: TokenText, windows: Window[]): Window[] {
  if (windows.length === 0 || text.read(0, 1).learned === null) return windows;
  return windows.filter(({ from, length }) => Array.prototype.includes.call(text.read(from + 1, length).learned, 1));
}

/** At most `limit` of the windows, spread evenly. */
export function spread<T>(items: readonly T[], limit: number | null): T[] {
  if (limit === null || limit >= items.length) return [...items];
  return Array.from({ length: limit }, (_, index) => items[Math.floor((index * items.length) / limit)]);
}

/** Tokens that are scored at once, at least: many short windows side by side are faster than one after another. */
const scoredAtOnce = 4096;

/**
 * Scores windows of a text, some at a time: as many as a training batch has, or more where they are short.
 *
 * @param between called before each batch: throws where the job is to stop, lets messages in
 * @returns the score of each window, in their order
 */
export async function scoreWindows(
  learner: Pick<Learner, 'score'>,
  text: TokenText,
  windows: readonly Window[],
  batchSize: number,
  between: () => Promise<void>,
): Promise<Score[]> {
  const scores: Score[] = [];
  for (let first = 0; first < windows.length;) {
    await between();
    const { length } = windows[first];
    const rows = Math.max(batchSize, Math.floor(scoredAtOnce / length));
    let count = 1;
    while (count < rows && windows[first + count]?.length === length) count++;
    const group = windows.slice(first, first + count);
    const { batch, targets } = batchOf(text, group, length);
    const losses = await learner.score(batch);
    for (const [row, rowTargets] of targets.entries())
      scores.push(sumOf(losses.subarray(row * length, (row + 1) * length), rowTargets, text));
    first += count;
  }
  return scores;
}

export const total = (scores: readonly Score[]): Score =>
  scores.reduce(
    (sum, { nats, tokens, bytes }) => ({
      nats: sum.nats + nats,
      tokens: sum.tokens + tokens,
      bytes: sum.bytes + bytes,
    }),
    { nats: 0, tokens: 0, bytes: 0 },
  );

interface Targets {
  ids: Int32Array;
  learned: readonly number[] | null;
}

function batchOf(text: TokenText, group: readonly Window[], length: number): { batch: TokenBatch; targets: Targets[] } {
  const ids = new Int32Array(group.length * (length + 1));
  const targets: Targets[] = [];
  for (const [row, { from }] of group.entries()) {
    const piece = text.read(from, length + 1);
    ids.set(piece.ids, row * (length + 1));
    const learned = piece.learned === null ? null : Array.from(piece.learned).slice(1);
    targets.push({ ids: piece.ids.subarray(1), learned });
  }
  return { batch: batchOfWindows(ids, group.length, length), targets };
}

function sumOf(losses: Float32Array, { ids, learned }: Targets, text: TokenText): Score {
  if (learned === null) {
    let nats = 0;
    for (const loss of losses) nats += loss;
    return { nats, tokens: losses.length, bytes: text.byteLengthOf(ids) };
  }
  let nats = 0;
  const counted: number[] = [];
  for (const [index, loss] of losses.entries()) {
    if (learned[index] === 0) continue;
    nats += loss;
    counted.push(ids[index]);
  }
  return { nats, tokens: counted.length, bytes: text.byteLengthOf(counted) };
}
