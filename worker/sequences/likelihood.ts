import * as tf from '@tensorflow/tfjs-core';
import { descriptionOf } from '../../main/contract/mixers/index.ts';
import { mixersIn } from '../../main/contract/mixers/layers.ts';
import { longStep } from '../process/long-step.ts';
import { ScoringWindows } from '../documents/windows.ts';
import { commonPrefix, lossesAfter } from '../generation/cached-prefill.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { prefill } from '../models/decoding/prefill.ts';
import type { PrefixCache } from '../models/decoding/prefix-cache.ts';

/** Tokens that are computed at once; more are read layer by layer, in bounded memory. */
const tokensAtOnce = 8192;
/** Scores that are held at once. */
const scoresAtOnce = 1 << 22;

export interface TokenScores {
  /** ln p of each token given those before it; NaN for the first, which nothing comes before. */
  readonly logProbabilities: Float32Array;
  /** ln p of each column's token at each place, `[tokens, columns]`; empty without columns. */
  readonly columns: Float32Array;
}

/** What a distribution is to be known of besides its token. */
export interface ScoreOptions {
  /** Ids whose log-probabilities are wanted at every place; default: none. */
  readonly columns?: readonly number[];
  /** Called with the tokens that were scored since the last call. */
  readonly onProgress?: (tokens: number) => void;
}

/**
 * Scores texts token by token. A text that is longer than the model's context is read in windows, in which each token
 * has at least half a context before it. Short texts are computed together.
 *
 * @param rows ids of each text
 */
export async function tokenScores(
  model: LanguageModel,
  rows: readonly Int32Array[],
  options: ScoreOptions = {},
): Promise<TokenScores[]> {
  const { columns = [], onProgress = () => undefined } = options;
  const scores = rows.map(({ length }) => ({
    logProbabilities: new Float32Array(length).fill(NaN),
    columns: new Float32Array(length * columns.length).fill(NaN),
  }));
  const short = Math.min(model.limit, tokensAtOnce);
  const order = rows.map((_, index) => index).filter((index) => rows[index].length > 1);
  order.sort((a, b) => rows[a].length - rows[b].length);
  for (let first = 0; first < order.length;) {
    const index = order[first];
    if (rows[index].length - 1 > short) {
      await scoreLong(model, rows[index], scores[index], { columns, onProgress });
      first++;
      continue;
    }
    const group = [index];
    while (first + group.length < order.length) {
      const next = order[first + group.length];
      const length = rows[next].length - 1;
      if (length > short || length * (group.length + 1) > tokensAtOnce) break;
      group.push(next);
    }
    const texts = group.map((one) => rows[one]);
    await scoreTogether(
      model,
      texts,
      group.map((one) => scores[one]),
      columns,
    );
    onProgress(texts.reduce((sum, { length }) => sum + length - 1, 0));
    first += group.length;
  }
  return scores;
}

/** Texts as one batch. What is to the right of a row's end acts on nothing: the model is causal. */
async function scoreTogether(
  model: LanguageModel,
  texts: readonly Int32Array[],
  into: readonly TokenScores[],
  columns: readonly number[],
): Promise<void> {
  const length = Math.max(...texts.map((text) => text.length - 1));
  const ids = new Int32Array(texts.length * length);
  const targets = new Int32Array(texts.length * length);
  for (const [row, text] of texts.entries()) {
    ids.set(text.subarray(0, -1), row * length);
    targets.set(text.subarray(1), row * length);
  }
  if (columns.length === 0) {
    const losses = await model.tokenLosses({ ids, targets, batchSize: texts.length, length });
    for (const [row, text] of texts.entries())
      for (let at = 1; at < text.length; at++) into[row].logProbabilities[at] = -losses[row * length + at - 1];
    return;
  }
  const { vocab_size: vocabulary } = model.config;
  const logits = await model.logits(ids, texts.length);
  longStep(() => {
    for (const [row, text] of texts.entries())
      for (let at = 1; at < text.length; at++) {
        const place = (row * length + at - 1) * vocabulary;
        takeScores(logits.subarray(place, place + vocabulary), text[at], into[row], at, columns);
      }
  });
}

/**
 * Tokens of a window. Where what a layer keeps of a text grows with it, as with attention, that is the model's context, or
 * what is computed at once where that is more; other models keep a state of fixed size, and read a text in one go.
 */
function windowOf({ config, limit }: LanguageModel): number {
  const grows = mixersIn(config)
    .map(descriptionOf)
    .some((mixer) => mixer.cacheBytes(config, 1 << 30) > mixer.cacheBytes(config, 1 << 20));
  return grows ? Math.min(limit, Math.max(config.l_max, tokensAtOnce)) : limit;
}

/** A text of any length, read in bounded memory. */
async function scoreLong(
  model: LanguageModel,
  text: Int32Array,
  into: TokenScores,
  { columns, onProgress }: Required<ScoreOptions>,
): Promise<void> {
  const length = Math.min(windowOf(model), text.length - 1);
  const windows = new ScoringWindows(length, Math.floor(length / 2));
  windows.push(text);
  windows.end();
  for (let window = windows.next(); window !== null; window = windows.next()) {
    const { start, ids, counted } = window;
    const { past, last } = await prefill(model, null, ids, {
      lookahead: 0,
      onHidden: async (hidden, first) => {
        const from = Math.max(first, counted);
        const rows = first + hidden.shape[0];
        if (from >= rows) return;
        await scoreHidden(model, hidden, text.subarray(start + first + 1, start + rows + 1), columns, (row, scores) => {
          if (first + row < counted) return;
          const at = start + first + row + 1;
          into.logProbabilities[at] = scores.logProbability;
          into.columns.set(scores.columns, at * columns.length);
        });
        onProgress(rows - from);
      },
    });
    past.release();
    last.dispose();
  }
}

interface RowScores {
  readonly logProbability: number;
  readonly columns: Float32Array;
}

/** Scores what follows each final hidden state `[rows,D]`. @param targets one a row */
async function scoreHidden(
  model: LanguageModel,
  hidden: tf.Tensor2D,
  targets: Int32Array,
  columns: readonly number[],
  take: (row: number, scores: RowScores) => void,
): Promise<void> {
  if (columns.length === 0) {
    const losses = await lossesAfter(model, hidden, targets);
    const none = new Float32Array(0);
    losses.forEach((loss, row) => take(row, { logProbability: -loss, columns: none }));
    return;
  }
  const { vocab_size: vocabulary } = model.config;
  const rows = Math.max(1, Math.floor(scoresAtOnce / vocabulary));
  const one: TokenScores = { logProbabilities: new Float32Array(1), columns: new Float32Array(columns.length) };
  for (let from = 0; from < hidden.shape[0]; from += rows) {
    const count = Math.min(rows, hidden.shape[0] - from);
    const part = tf.slice(hidden, [from, 0], [count, -1]);
    const scores = model.head(part);
    part.dispose();
    const values = (await scores.data()) as Float32Array;
    scores.dispose();
    longStep(() => {
      for (let row = 0; row < count; row++) {
        takeScores(values.subarray(row * vocabulary, (row + 1) * vocabulary), targets[from + row], one, 0, columns);
        take(from + row, { logProbability: one.logProbabilities[0], columns: one.columns });
      }
    });
  }
}

function takeScores(
  logits: Float32Array,
  target: number,
  into: TokenScores,
  at: number,
  columns: readonly number[],
): void {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  const total = most + Math.log(sum);
  into.logProbabilities[at] = logits[target] - total;
  for (const [column, id] of columns.entries()) into.columns[at * columns.length + column] = logits[id] - total;
}

/** The sum of what is known. */
export const sumOf = (values: Float32Array): number => {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
};

/**
 * Log-likelihoods of whole texts that begin alike, nats: sums over all tokens but the first. What they share is read once,
 * and each is continued from there.
 *
 * @param rows at most the model's context each, at least one token
 */
export async function alternativeLikelihoods(model: LanguageModel, rows: readonly Int32Array[]): Promise<number[]> {
  let shared = Math.min(...rows.map(({ length }) => length - 1));
  for (const row of rows) shared = Math.min(shared, commonPrefix(rows[0], row));
  if (rows.length < 2 || shared < 1)
    return (await tokenScores(model, rows)).map(({ logProbabilities }) => sumOf(logProbabilities));
  const prefix = await readPart(model, null, rows[0].slice(0, shared));
  try {
    const totals: number[] = [];
    for (const row of rows) {
      // The last state of the prefix scores the first token that differs.
      const first = await lossesAfter(model, prefix.last, row.slice(shared, shared + 1));
      let total = prefix.total - first[0];
      if (row.length > shared + 1) {
        const rest = await readPart(model, prefix.past, row.slice(shared, -1));
        total += rest.total - (await lossesAfter(model, rest.last, row.slice(-1)))[0];
        rest.past.release();
        rest.last.dispose();
      }
      totals.push(total);
    }
    return totals;
  } finally {
    prefix.past.release();
    prefix.last.dispose();
  }
}

/** Reads tokens after others. @returns the log-likelihood of all of them but the first, and what continues from there */
async function readPart(
  model: LanguageModel,
  before: PrefixCache | null,
  ids: Int32Array,
): Promise<{ past: PrefixCache; last: tf.Tensor2D; total: number }> {
  let total = 0;
  const targets = ids.subarray(1);
  const read = await prefill(model, before, ids, {
    lookahead: 0,
    onHidden: async (hidden, first) => {
      const losses = await lossesAfter(model, hidden, targets.subarray(first, first + hidden.shape[0]));
      for (const loss of losses) total -= loss;
    },
  });
  return { ...read, total };
}
