import type { Sampling } from '../../main/contract/sampling.ts';
import type { Answer } from '../../main/contract/runs.ts';
import type { StreamDecoder, Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { logProbabilities, SampleStream, sampleToken, TokenCounts } from './sampling.ts';
import { StoppedText } from './text-stream.ts';

/** A token that was written, and what the model thought of it before sampling changed anything. */
export interface WrittenToken {
  readonly id: number;
  /** Natural logarithms of the probabilities of all tokens. */
  readonly logProbabilities: Float64Array;
  /** Characters (code points) that it adds to the text: those that it completes. */
  readonly width: number;
}

interface Listener {
  readonly onText: (piece: string) => void;
  readonly onToken?: (token: WrittenToken) => void;
  /** Called with the end of text where the answer ends with it; it is not part of the answer. */
  readonly onEndToken?: (token: WrittenToken) => void;
}

/** Restricts what an answer may be, token by token. */
export interface AnswerConstraint {
  /**
   * The scores with those of impossible tokens at -Infinity.
   *
   * @param left tokens that may still be written
   */
  apply(logits: Float32Array, left: number): Float32Array;
  /** A token was written. */
  add(id: number): void;
  /** Nothing may follow. */
  readonly complete: boolean;
}

/** Characters of a text: code points. */
export const charactersIn = (text: string): number => Array.from(text).length;

/** One answer as it is written: draws tokens, makes text of them, knows when it is at its end. */
export class AnswerWriter {
  readonly #tokenizer: Tokenizer;
  readonly #sampling: Sampling;
  readonly #listener: Listener;
  readonly #random: SampleStream;
  readonly #counts: TokenCounts;
  readonly #decoded: StreamDecoder;
  readonly #text: StoppedText;
  readonly #constraint: AnswerConstraint | null;
  #context: number[];
  #tokens = 0;
  #reason: Answer['reason'] = 'stopped';
  #ended = false;

  /** @param constraint of this answer alone */
  constructor(
    tokenizer: Tokenizer,
    prompt: Int32Array,
    sampling: Sampling,
    seed: number,
    listener: Listener,
    constraint: AnswerConstraint | null = null,
  ) {
    this.#tokenizer = tokenizer;
    this.#sampling = sampling;
    this.#listener = listener;
    this.#random = new SampleStream(seed);
    this.#counts = new TokenCounts(prompt);
    this.#decoded = tokenizer.streamDecoder();
    this.#text = new StoppedText(sampling.stop);
    this.#constraint = constraint;
    this.#context = Array.from(prompt);
  }

  /** Tokens that the model has read of the prompt and the answer once the last one is read. */
  get contextLength(): number {
    return this.#context.length;
  }

  /** The token written last. */
  get last(): number {
    return this.#context.at(-1)!;
  }

  /** Leaves only the last tokens of the context. @returns them */
  shorten(count: number): Int32Array {
    this.#context = this.#context.slice(-count);
    return Int32Array.from(this.#context);
  }

  /** Writes the next token. @returns whether another may follow */
  take(logits: Float32Array): boolean {
    const constraint = this.#constraint;
    // Rows that pad a vocabulary are no tokens.
    logits = logits.subarray(0, this.#tokenizer.vocabularySize);
    const possible = constraint?.apply(logits, this.#sampling.max_tokens - this.#tokens) ?? logits;
    const next = sampleToken(possible, this.#sampling, this.#counts, this.#random.next());
    const { onToken, onEndToken } = this.#listener;
    if (next === this.#tokenizer.endOfText) {
      onEndToken?.({ id: next, logProbabilities: logProbabilities(logits), width: 0 });
      return this.#finish('end');
    }
    this.#context.push(next);
    this.#counts.add(next);
    this.#tokens++;
    const piece = this.#decoded.push(next);
    onToken?.({ id: next, logProbabilities: logProbabilities(logits), width: charactersIn(piece) });
    this.#tell(this.#text.push(piece));
    if (this.#text.stopped) return this.#finish('stop');
    constraint?.add(next);
    if (constraint?.complete) return this.#finish('end');
    return this.#tokens < this.#sampling.max_tokens || this.#finish('length');
  }

  /** The answer; where it was not at its end it counts as stopped. */
  end(): Answer {
    if (!this.#ended) this.#finish('stopped');
    return { text: this.#text.text, tokens: this.#tokens, reason: this.#reason };
  }

  #finish(reason: Answer['reason']): false {
    this.#ended = true;
    this.#reason = reason;
    if (reason === 'stop') return false;
    this.#tell(this.#text.push(this.#decoded.end()));
    if (this.#text.stopped) this.#reason = 'stop';
    else this.#tell(this.#text.end());
    return false;
  }

  #tell(piece: string): void {
    if (piece !== '') this.#listener.onText(piece);
  }
}
