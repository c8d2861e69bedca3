import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { NativeBackend } from '../../devices/native/backend.ts';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { longStep } from '../../long-step.ts';
import type { DistilledFilters } from '../distilled/filters.ts';
import type { LanguageModel } from '../language-model.ts';
import { HostStepper } from './host-stepper.ts';
import { NativeStepper } from './native-stepper.ts';
import { Past } from './past.ts';
import { lookAhead, readOn, type ReadOptions } from './read.ts';
import type { Continuation, Stepper } from './stepper.ts';
import { GpuStepper } from './webgpu-stepper.ts';

/**
 * A text that has been read and goes on: it knows what the model needs of all its tokens. Made by a {@link Decoder},
 * to be disposed of.
 */
export class Text {
  /** For the decoder alone. */
  continuation: Continuation;

  constructor(continuation: Continuation) {
    this.continuation = continuation;
  }

  /** Tokens so far. */
  get length(): number {
    return this.continuation.past.length + this.continuation.generated;
  }

  /** Another continuation of the same text. What was read is shared, not copied. */
  fork(): Text {
    return new Text(this.continuation.fork());
  }

  dispose(): void {
    this.continuation.dispose();
  }
}

/** By the kernels of the device where it has some, else in loops. */
function stepperFor(model: LanguageModel, distilled: DistilledFilters | null): Stepper {
  const backend = tf.backend();
  if (backend instanceof NativeBackend) return new NativeStepper(model, backend, distilled);
  // Distilled filters go on in the processor's memory.
  if (tf.getBackend() === 'webgpu' && distilled === null) return new GpuStepper(model, backend as WebGpuBackend);
  return new HostStepper(model, distilled);
}

/** Scores that are computed at once where those of all positions are wanted. */
const scoresAtOnce = 1 << 22;

/** Convolving a text anew costs at least as much as to take one token more for each so many of its tokens. */
const tokensAStep = 64;

/**
 * Text token by token, exactly as the model would compute it from the whole text (Flash Inference, arXiv 2410.12982).
 * Reading takes one convolution a channel that also tells what the text adds to all that follows; a token after it
 * costs the same however long the text is, and L tokens O(L log² L). For the weights that the model has now: not while
 * it is trained.
 */
export class Decoder {
  readonly model: LanguageModel;
  /** How far readings are to look ahead; undefined: as {@link ReadOptions} says. Distilled filters need no future. */
  readonly ahead: number | undefined;
  readonly #stepper: Stepper;

  /** @param distilled the model's filters where they are to stand in for the exact ones, once a text has been read */
  constructor(model: LanguageModel, distilled: DistilledFilters | null = null) {
    this.model = model;
    this.ahead = distilled ? 0 : undefined;
    this.#stepper = stepperFor(model, distilled);
  }

  /** The longest text, tokens. */
  get limit(): number {
    return this.model.config.l_max;
  }

  /**
   * Reads a text from its start.
   *
   * @param ids at least one token, at most l_max
   * @param onScores told the scores of what follows each token, in order; valid during the call alone
   * @returns the text, and the scores of what comes next, `[vocab_size]`
   * @throws HyenaError `bad-input` where it is too long or has unknown tokens
   */
  async read(
    ids: Int32Array,
    { onScores, ...options }: ReadOptions & { onScores?: (scores: Float32Array, position: number) => void } = {},
  ): Promise<{ text: Text; logits: Float32Array }> {
    const { past, last } = await readOn(this.model, null, ids, {
      ahead: this.ahead,
      ...options,
      ...(onScores && { onHidden: (hidden, first) => this.#scoreRows(hidden, first, onScores) }),
    });
    const logits = await this.scores(last);
    return { text: await this.begin(past), logits };
  }

  /** A text from what was read; takes the past over. */
  async begin(past: Past): Promise<Text> {
    return new Text(await this.#continuation(past));
  }

  /** Whether so many tokens more are taken one after another. */
  takesSteps(text: Text, count: number): boolean {
    const { past, generated } = text.continuation;
    // A distilled text does not keep what was read.
    return this.ahead === 0 || (generated + count <= past.ahead && count * tokensAStep <= text.length);
  }

  /**
   * Reads several tokens more: all at once, which convolves the whole text with its filters again, or where they are few
   * and the future of the text is known, one after another, which does not.
   *
   * @returns the scores of what comes next
   */
  async extend(text: Text, ids: Int32Array, options: Pick<ReadOptions, 'onProgress'> = {}): Promise<Float32Array> {
    if (this.takesSteps(text, ids.length)) {
      let scores: Float32Array = new Float32Array(0);
      for (const [index, id] of ids.entries()) {
        [scores] = await this.step([text], [id]);
        options.onProgress?.((index + 1) / ids.length);
      }
      return scores;
    }
    const before = await this.past(text);
    try {
      const { past, last } = await readOn(this.model, before, ids, options);
      await this.#replace(text, past);
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
  async step(texts: readonly Text[], ids: readonly number[]): Promise<Float32Array[]> {
    const { config } = this.model;
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
    if (wrong !== undefined)
      throw new HyenaError(
        'bad-input',
        told`Token ${wrong} is outside of the model's vocabulary of ${config.vocab_size} tokens.`,
      );
    for (const text of texts) {
      if (text.length >= config.l_max)
        throw new HyenaError('bad-input', told`The model's context of ${config.l_max} tokens is full.`, {
          hint: 'Start again from a shorter text, or use a model with a longer context.',
        });
      const { past, generated } = text.continuation;
      if (generated < past.ahead) continue;
      // What the past prepared is used up: all that there is now becomes the past.
      const whole = await this.past(text);
      const further = await lookAhead(this.model, whole);
      whole.release();
      await this.#replace(text, further);
    }
    return this.#stepper.step(
      texts.map(({ continuation }) => continuation),
      ids,
    );
  }

  /**
   * All tokens of a text so far as a past, without a future: to be read on from, or saved. To be released.
   */
  async past(text: Text): Promise<Past> {
    const { past, generated } = text.continuation;
    if (this.ahead === 0) throw new HyenaError('internal', 'A distilled text does not keep what was read.');
    if (generated === 0) return past.share();
    const given = text.continuation.given();
    const tails = text.continuation.tails();
    const layers = past.layers.map(({ history }, layer) => ({
      history: tf.concat([history, given[layer]], 1),
      tail: tails[layer],
      future: null,
      marks: null,
    }));
    tf.dispose(given);
    return Promise.resolve(new Past(past.length + generated, 0, layers));
  }

  dispose(): void {
    this.#stepper.dispose();
  }

  async #replace(text: Text, past: Past): Promise<void> {
    const continuation = await this.#continuation(past);
    text.continuation.dispose();
    text.continuation = continuation;
  }

  /** Takes the past over. */
  async #continuation(past: Past): Promise<Continuation> {
    try {
      await this.#stepper.prepare?.(past);
      return this.#stepper.begin(past);
    } finally {
      past.release();
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
      const scores = tf.tidy(() =>
        tf.matMul(tf.slice(hidden, [from, 0], [count, -1]), this.model.headWeight(), false, true),
      );
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
    const logits = tf.tidy(() => tf.matMul(last, this.model.headWeight(), false, true));
    last.dispose();
    const scores = (await logits.data()) as Float32Array;
    logits.dispose();
    return scores;
  }
}
