import type { Echo } from '../../main/contract/serving.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { charactersIn } from '../generation/answer.ts';
import { logProbabilities } from '../generation/sampling.ts';
import type { TokenReporter } from './token-report.ts';

/** Tokens that travel in one message. */
const tokensAtOnce = 128;

export type EchoPart = Pick<Echo, 'text' | 'tokens'>;

/** Echoes a prompt, and how likely each of its tokens was after those before it. */
export class PromptEcho {
  readonly #ids: Int32Array;
  readonly #verbatim: string | null;
  readonly #texts: string[];
  readonly #reporter: TokenReporter;
  readonly #count: number;
  readonly #emit: (part: EchoPart) => void;
  #tokens: Echo['tokens'] = [];
  #begun = false;
  #emitted = 0;

  /**
   * @param prompt as it was given
   * @param ids its tokens
   * @param count how many of the most likely tokens are reported with each
   */
  constructor(
    prompt: string | readonly number[],
    ids: Int32Array,
    tokenizer: Tokenizer,
    { reporter, count, emit }: { reporter: TokenReporter; count: number; emit: (part: EchoPart) => void },
  ) {
    // The token that stands for an empty prompt is not part of it.
    this.#ids = prompt === '' ? new Int32Array(0) : ids;
    const decoder = tokenizer.streamDecoder();
    this.#texts = Array.from(this.#ids, (id) => decoder.push(id));
    const rest = decoder.end();
    if (this.#texts.length > 0) this.#texts[this.#texts.length - 1] += rest;
    // What a tokenizer does not keep of a text is still what was given.
    const given = typeof prompt === 'string' ? Buffer.from(prompt, 'utf8').toString('utf8') : null;
    this.#verbatim = given === this.#texts.join('') ? null : given;
    this.#reporter = reporter;
    this.#count = count;
    this.#emit = emit;
  }

  /** The text alone. */
  emitText(): void {
    this.#emit({ text: this.#verbatim ?? this.#texts.join(''), tokens: [] });
  }

  /** The scores of what follows the token at a position: they judge the next one. */
  add(scores: Float32Array, position: number): void {
    if (position === 0 && this.#ids.length > 0)
      this.#push({ ...this.#reporter.describe(this.#ids[0]), logprob: null, top: null, width: this.#width(0) });
    const next = position + 1;
    if (next >= this.#ids.length) return;
    const sentence = this.#reporter.report(this.#ids[next], logProbabilities(scores), this.#count);
    this.#push({ ...sentence, width: this.#width(next) });
  }

  /** Reports what has not been reported. */
  end(): void {
    if (this.#tokens.length > 0 || !this.#begun) this.#flush();
  }

  #width = (position: number): number => charactersIn(this.#texts[position]);

  #push(token: Echo['tokens'][number]): void {
    this.#tokens.push(token);
    if (this.#tokens.length >= tokensAtOnce) this.#flush();
  }

  #flush(): void {
    const until = this.#emitted + this.#tokens.length;
    const text = this.#verbatim ?? this.#texts.slice(this.#emitted, until).join('');
    // A text that was given as such comes with the first tokens.
    this.#emit({ text: this.#verbatim !== null && this.#begun ? '' : text, tokens: this.#tokens });
    this.#begun = true;
    this.#emitted = until;
    this.#tokens = [];
  }
}
