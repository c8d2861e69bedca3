import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { longStep } from '../../process/long-step.ts';
import type { LanguageModel } from '../language-model.ts';
import { exact } from './exact.ts';
import { PrefixCache } from './prefix-cache.ts';
import { extendLookahead, prefill, type PrefillOptions } from './prefill.ts';
import type { CacheStrategy, DecodeState, Stepper } from './stepper.ts';

/**
 * A text that has been read and continues: it knows what the model needs of all its tokens. Made by a {@link Decoder},
 * to be disposed of.
 */
export class Sequence {
  /** For the decoder alone. */
  state: DecodeState;

  constructor(state: DecodeState) {
    this.state = state;
  }

  /** Tokens so far. */
  get length(): number {
    return this.state.prefix.length + this.state.generated;
  }

  /** Another continuation of the same text. What was read is shared, not copied. */
  fork(): Sequence {
    return new Sequence(this.state.fork());
  }

  dispose(): void {
    this.state.dispose();
  }
}

/** Scores that are computed at once where those of all positions are wanted. */
const scoresAtOnce = 1 << 22;

/** Convolving a text again costs at least as much as to take one token more per this many of its tokens. */
const tokensAStep = 64;

/**
 * Text token by token, exactly as the model would compute it from the whole text (Flash Inference, arXiv 2410.12982).
 * Reading takes one convolution a channel that also tells what the text adds to all that follows; a token after it
 * costs the same however long the text is, and L tokens O(L log² L). For the weights that the model has now: not while
 * it is trained.
 */
export class Decoder {
  readonly model: LanguageModel;
  readonly strategy: CacheStrategy;
  readonly #stepper: Stepper;

  /** @param strategy how texts continue once they have been read */
  constructor(model: LanguageModel, strategy: CacheStrategy = exact) {
    this.model = model;
    this.strategy = strategy;
    this.#stepper = strategy.stepper(model);
  }

  /** The longest text, tokens. */
  get limit(): number {
    return this.model.limit;
  }

  /** How texts are to be read that are to continue by this decoder. */
  get prefillOptions(): Pick<PrefillOptions, 'lookahead'> {
    // What is not kept need not be prepared for.
    return this.strategy.keepsPrefix ? {} : { lookahead: 0 };
  }

  /**
   * Reads a text from its start.
   *
   * @param ids at least one token, at most l_max
   * @param onScores called with the scores of what follows each token, in order; valid during the call alone
   * @returns the text, and the scores of what comes next, `[vocab_size]`
   * @throws HyenaError `bad-input` where it is too long or has unknown tokens
   */
  async prefill(
    ids: Int32Array,
    { onScores, ...options }: PrefillOptions & { onScores?: (scores: Float32Array, position: number) => void } = {},
  ): Promise<{ text: Sequence; logits: Float32Array }> {
    const { past: cache, last } = await prefill(this.model, null, ids, {
      ...this.prefillOptions,
      ...options,
      ...(onScores && { onHidden: (hidden, first) => this.#scoreRows(hidden, first, onScores) }),
    });
    const logits = await this.scores(last);
    return { text: await this.begin(cache), logits };
  }

  /** A text from what was read; takes the past over. */
  async begin(cache: PrefixCache): Promise<Sequence> {
    return new Sequence(await this.#decodeState(cache));
  }

  /** Whether this many tokens more are taken one after another. */
  takesSteps(text: Sequence, count: number): boolean {
    // What was read is not there to be convolved again.
    if (!this.strategy.keepsPrefix) return true;
    const { prefix, generated } = text.state;
    return generated + count <= prefix.lookahead && count * tokensAStep <= text.length;
  }

  /**
   * Reads several tokens more: all at once, which convolves the whole text with its filters again, or where they are few
   * and the future of the text is known, one after another, which does not.
   *
   * @returns the scores of what comes next
   */
  async prefillMore(
    text: Sequence,
    ids: Int32Array,
    options: Pick<PrefillOptions, 'onProgress'> = {},
  ): Promise<Float32Array> {
    if (this.takesSteps(text, ids.length)) {
      let scores: Float32Array = new Float32Array(0);
      for (const [index, id] of ids.entries()) {
        [scores] = await this.step([text], [id]);
        options.onProgress?.((index + 1) / ids.length);
      }
      return scores;
    }
    const before = await this.prefixCacheOf(text);
    try {
      const { past: cache, last } = await prefill(this.model, before, ids, options);
      await this.#replace(text, cache);
      return await this.scores(last);
    } finally {
      before.release();
    }
  }

  /**
   * Takes one token more of each of several texts; the weights are read once for all of them.
   *
   * @returns the scores of what comes next, each `[vocab_size]`
   * @throws HyenaError `bad-input` for a token outside of the vocabulary, or where the context is full
   */
  async step(texts: readonly Sequence[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config } = this.model;
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
    if (wrong !== undefined)
      throw new HyenaError(
        'bad-input',
        msg`Token ${String(wrong)} is outside the model's vocabulary of ${config.vocab_size} tokens.`,
      );
    for (const text of texts) {
      if (text.length >= this.limit)
        throw new HyenaError('bad-input', msg`The model's context of ${this.limit} tokens is full.`, {
          hint: 'Start again from a shorter text, or use a model with a longer context.',
        });
      const { prefix: cache, generated } = text.state;
      if (generated < cache.lookahead) continue;
      // What the past prepared is used up: all that there is now becomes the past.
      const whole = await this.prefixCacheOf(text);
      const further = await extendLookahead(this.model, whole);
      whole.release();
      await this.#replace(text, further);
    }
    return this.#stepper.step(
      texts.map(({ state }) => state),
      ids,
    );
  }

  /**
   * All tokens of a text so far as a past, without a future: to be read on from, or saved. To be released.
   */
  async prefixCacheOf(text: Sequence): Promise<PrefixCache> {
    const { prefix: cache, generated } = text.state;
    if (!this.strategy.keepsPrefix) throw new HyenaError('internal', 'A distilled sequence does not keep its prefix.');
    if (generated === 0) return cache.share();
    return Promise.resolve(new PrefixCache(cache.length + generated, text.state.caches()));
  }

  dispose(): void {
    this.#stepper.dispose();
  }

  async #replace(text: Sequence, cache: PrefixCache): Promise<void> {
    const state = await this.#decodeState(cache);
    text.state.dispose();
    text.state = state;
  }

  /** Takes the past over. */
  async #decodeState(cache: PrefixCache): Promise<DecodeState> {
    try {
      return await this.#stepper.begin(cache);
    } finally {
      cache.release();
    }
  }

  /** The scores after each of several final hidden states, a bounded number of scores at a time. */
  async #scoreRows(
    hidden: tf.Tensor2D,
    first: number,
    onScores: (scores: Float32Array, position: number) => void,
  ): Promise<void> {
    const { vocab_size: vocabulary } = this.model.config;
    const rows = Math.max(1, Math.floor(scoresAtOnce / vocabulary));
    for (let from = 0; from < hidden.shape[0]; from += rows) {
      const count = Math.min(rows, hidden.shape[0] - from);
      const scores = tf.tidy(() => this.model.head(tf.slice(hidden, [from, 0], [count, -1])));
      const values = (await scores.data()) as Float32Array;
      scores.dispose();
      longStep(() => {
        for (let row = 0; row < count; row++)
          onScores(values.subarray(row * vocabulary, (row + 1) * vocabulary), first + from + row);
      });
    }
  }

  /** The scores of what comes after a final hidden state, which is freed. */
  async scores(last: tf.Tensor2D): Promise<Float32Array> {
    const logits = tf.tidy(() => this.model.head(last));
    last.dispose();
    const scores = (await logits.data()) as Float32Array;
    logits.dispose();
    return scores;
  }
}
