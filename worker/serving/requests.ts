import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import type { CompletionRequest, MeasureRequest, ServingEvent, TokenProbability } from '../../main/contract/serving.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import type { WrittenToken } from '../generation/answer.ts';
import type { ReadText, TextReader } from '../generation/decoder.ts';
import { generate, promptTokens } from '../generation/generate.ts';
import type { OpenedPrompt, PromptOpener } from './conversations.ts';

/** Requests that are written side by side, a token of each in turn; others wait in the order in which they came. */
const atOnce = 4;

/** The requests of a server: nobody waits longer than those before, and what nobody waits for is ended. */
export class Requests<T extends ReadText> {
  readonly #decoder: TextReader<T>;
  readonly #tokenizer: Tokenizer;
  readonly #emit: (event: ServingEvent) => void;
  readonly #conversations: PromptOpener<T>;
  readonly #waiting: CompletionRequest[] = [];
  readonly #active = new Map<string, Promise<void>>();
  readonly #cancelled = new Set<string>();
  #closed = false;

  /** @param conversations makes the prompts that are not texts yet */
  constructor(
    decoder: TextReader<T>,
    tokenizer: Tokenizer,
    conversations: PromptOpener<T>,
    emit: (event: ServingEvent) => void,
  ) {
    this.#decoder = decoder;
    this.#tokenizer = tokenizer;
    this.#conversations = conversations;
    this.#emit = emit;
  }

  /** Tells at once what a conversation would take of the context. */
  async measure({ id, prompt, max_tokens }: MeasureRequest): Promise<void> {
    try {
      this.#emit({ type: 'measured', id, context: await this.#conversations.measure(prompt, max_tokens) });
    } catch (error) {
      this.#emit({ type: 'failed', id, error: HyenaError.from(error).toReport() });
    }
  }

  add(request: CompletionRequest): void {
    this.#waiting.push(request);
    this.#next();
  }

  cancel(id: string): void {
    const waiting = this.#waiting.findIndex((request) => request.id === id);
    if (waiting >= 0) this.#waiting.splice(waiting, 1);
    else if (this.#active.has(id)) this.#cancelled.add(id);
  }

  /** Ends all that is being written. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    await Promise.all(this.#active.values());
  }

  #next(): void {
    while (!this.#closed && this.#active.size < atOnce) {
      const request = this.#waiting.shift();
      if (!request) return;
      const work = this.#write(request).finally(() => {
        this.#active.delete(request.id);
        this.#cancelled.delete(request.id);
        this.#next();
      });
      this.#active.set(request.id, work);
    }
  }

  async #write({ id, prompt, sampling, logprobs }: CompletionRequest): Promise<void> {
    const check = () => {
      if (this.#closed || this.#cancelled.has(id)) throw new HyenaError('interrupted', 'Nobody waits for this answer.');
    };
    // Text may come later than its tokens: the bytes of a character are told with its last one.
    const untold = Array.from({ length: sampling.n }, (): Told[] => []);
    const tell = (text: string, answer: number) => {
      this.#emit({ type: 'piece', id, answer, text, tokens: untold[answer].splice(0) });
    };
    let reading: OpenedPrompt<T>['reading'] | undefined;
    try {
      let ids: Int32Array;
      let settings = sampling;
      if (typeof prompt === 'string') ids = promptTokens(this.#tokenizer, prompt);
      else if (Array.isArray(prompt)) ids = Int32Array.from(prompt);
      else {
        const onProgress = (done: number) => this.#emit({ type: 'reading', id, done });
        const opened = await this.#conversations.open(prompt, sampling.max_tokens, { check, onProgress });
        ({ ids, reading } = opened);
        settings = { ...sampling, max_tokens: opened.maxTokens, stop: [...sampling.stop, ...opened.stops] };
        this.#emit({ type: 'prompt', id, context: opened.context });
      }
      const wrong = ids.find((one) => one >= this.#tokenizer.vocabularySize);
      if (wrong !== undefined) throw new HyenaError('bad-input', told`There is no token ${wrong}.`);
      let cachedTokens = 0;
      const answers = await generate({
        decoder: this.#decoder,
        tokenizer: this.#tokenizer,
        prompt: ids,
        reading,
        sampling: settings,
        onText: tell,
        onToken: (token, answer) => {
          if (logprobs !== null) untold[answer].push(this.#told(token, logprobs));
        },
        onPrompt: (reused) => (cachedTokens = reused),
        onProgress: check,
        check,
      });
      for (const [answer, tokens] of untold.entries()) if (tokens.length > 0) tell('', answer);
      this.#emit({ type: 'finished', id, answers, promptTokens: ids.length, cachedTokens });
    } catch (error) {
      this.#emit({ type: 'failed', id, error: HyenaError.from(error).toReport() });
    } finally {
      reading?.text.dispose();
    }
  }

  #told({ id, logProbabilities }: WrittenToken, count: number): Told {
    const of = (one: number): TokenProbability => ({
      token: this.#tokenizer.decode([one]),
      bytes: Array.from(this.#tokenizer.decodeBytes([one])),
      // JSON has no infinity.
      logprob: Math.max(-9999, logProbabilities[one]),
    });
    return { ...of(id), top: likeliest(logProbabilities, count).map(of) };
  }
}

type Told = TokenProbability & { top: TokenProbability[] };

/** The ids of the largest values, the largest first. */
function likeliest(values: Float64Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < values.length && count > 0; id++) {
    if (best.length === count && values[id] <= values[best[count - 1]]) continue;
    let place = best.length;
    while (place > 0 && values[best[place - 1]] < values[id]) place--;
    best.splice(place, 0, id);
    best.length = Math.min(best.length, count);
  }
  return best;
}
