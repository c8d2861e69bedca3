import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type {
  AnswerFormat,
  CompletionRequest,
  MeasureRequest,
  Refusal,
  ServingEvent,
} from '../../main/contract/serving.ts';
import type { Answer } from '../../main/contract/runs.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import type { AnswerConstraint, WrittenToken } from '../generation/answer.ts';
import type { OpenSequence, TextReader } from '../generation/text-reader.ts';
import { generate, promptTokens } from '../generation/generate.ts';
import { longStep } from '../process/long-step.ts';
import type { OpenedPrompt, PromptOpener } from './conversations.ts';
import { PromptEcho, type EchoPart } from './echo.ts';
import { TokenReporter, type ReportedToken } from './token-report.ts';

/** Requests that are written side by side, a token of each in turn; others wait in the order in which they came. */
const atOnce = 4;

/** A request whose prompt is at fault. */
class Refused extends HyenaError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, ...given: ConstructorParameters<typeof HyenaError>) {
    super(...given);
    this.refusal = refusal;
  }
}

/** A request whose prompt is known to be sound; a conversation that may be cut is laid when its turn comes. */
interface Accepted {
  readonly request: CompletionRequest;
  readonly laid: { readonly ids: Int32Array; readonly stops: readonly string[]; readonly maxTokens: number } | null;
}

type Told = ReportedToken & { width: number };

/** The requests of a server: nobody waits longer than those before, and what nobody waits for is ended. */
export class RequestScheduler<T extends OpenSequence> {
  readonly #decoder: TextReader<T>;
  readonly #tokenizer: Tokenizer;
  readonly #reporter: TokenReporter;
  readonly #emit: (event: ServingEvent) => void;
  readonly #conversations: PromptOpener<T>;
  readonly #constrain: (format: AnswerFormat) => () => AnswerConstraint;
  readonly #waiting: Accepted[] = [];
  readonly #active = new Map<string, Promise<void>>();
  readonly #cancelled = new Set<string>();
  #closed = false;

  /**
   * @param conversations makes the prompts that are not texts yet
   * @param constrain makes the constraints of a format, one for each answer
   */
  constructor(
    decoder: TextReader<T>,
    tokenizer: Tokenizer,
    conversations: PromptOpener<T>,
    emit: (event: ServingEvent) => void,
    constrain: (format: AnswerFormat) => () => AnswerConstraint,
  ) {
    this.#decoder = decoder;
    this.#tokenizer = tokenizer;
    this.#reporter = new TokenReporter(tokenizer);
    this.#conversations = conversations;
    this.#emit = emit;
    this.#constrain = constrain;
  }

  /** Reports at once what a conversation would take of the context. */
  async measure({ id, prompt, max_tokens }: MeasureRequest): Promise<void> {
    try {
      this.#emit({ type: 'measured', id, context: await this.#conversations.measure(prompt, max_tokens) });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  /** Takes a request, or refuses it without delay, whatever is being written. */
  add(request: CompletionRequest): void {
    const { id } = request;
    try {
      const laid = this.#lay(request);
      if (laid) this.#emit({ type: 'accepted', id, promptTokens: laid.ids.length });
      this.#waiting.push({ request, laid });
    } catch (error) {
      return this.#fail(id, error);
    }
    this.#next();
  }

  cancel(id: string): void {
    const waiting = this.#waiting.findIndex(({ request }) => request.id === id);
    if (waiting >= 0) this.#waiting.splice(waiting, 1);
    else if (this.#active.has(id)) this.#cancelled.add(id);
  }

  /** Ends all that is being written. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    await Promise.all(this.#active.values());
  }

  #fail(id: string, thrown: unknown): void {
    const refusal = thrown instanceof Refused ? { refusal: thrown.refusal } : {};
    this.#emit({ type: 'failed', id, error: HyenaError.from(thrown).toReport(), ...refusal });
  }

  #next(): void {
    while (!this.#closed && this.#active.size < atOnce) {
      const accepted = this.#waiting.shift();
      if (!accepted) return;
      const { id } = accepted.request;
      const work = this.#write(accepted).finally(() => {
        this.#active.delete(id);
        this.#cancelled.delete(id);
        this.#next();
      });
      this.#active.set(id, work);
    }
  }

  /** The prompt's tokens; null for a conversation of which what does not fit may be left out. */
  #lay(request: CompletionRequest): Accepted['laid'] {
    const { prompt, whole, sampling, generate: generates } = request;
    let ids: Int32Array;
    let stops: readonly string[] = [];
    if (typeof prompt === 'string') ids = longStep(() => promptTokens(this.#tokenizer, prompt));
    else if (Array.isArray(prompt)) ids = this.#checked(prompt);
    else if (whole) ({ ids, stops } = this.#wholeOf(prompt));
    else return null;
    if (!whole) return { ids, stops, maxTokens: sampling.max_tokens };
    const { limit } = this.#decoder;
    const room = limit - ids.length;
    if (room < (generates ? 1 : 0))
      throw new Refused(
        'too-long',
        'bad-input',
        msg`The prompt has ${ids.length} tokens, but this model's context has ${limit}, including the answer.`,
        { hint: 'Shorten the prompt, or use a model with a longer context.', command: 'hyena extend RUN --context N' },
      );
    return { ids, stops, maxTokens: Math.min(sampling.max_tokens, room) };
  }

  #wholeOf(prompt: Parameters<PromptOpener<T>['whole']>[0]): ReturnType<PromptOpener<T>['whole']> {
    try {
      return this.#conversations.whole(prompt);
    } catch (thrown) {
      const { code, messages: sentences, cause } = HyenaError.from(thrown);
      throw new Refused('conversation', code, sentences.message, { hint: sentences.hint, cause });
    }
  }

  #checked(ids: readonly number[]): Int32Array {
    const { vocabularySize } = this.#tokenizer;
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabularySize);
    if (wrong !== undefined)
      throw new Refused(
        'unknown-token',
        'bad-input',
        msg`Token ${String(wrong)} is not in the vocabulary: valid ids are 0 to ${vocabularySize - 1}.`,
      );
    return Int32Array.from(ids);
  }

  async #write({ request, laid }: Accepted): Promise<void> {
    const { id, prompt, sampling, logprobs, echo, format } = request;
    const check = () => {
      if (this.#closed || this.#cancelled.has(id))
        throw new HyenaError('interrupted', 'The client is no longer waiting for this answer.');
    };
    // Text may come later than its tokens: the bytes of a character are reported with its last one.
    const untold = Array.from({ length: sampling.n }, (): Told[] => []);
    const emit = (text: string, answer: number) => {
      this.#emit({ type: 'piece', id, answer, text, tokens: untold[answer].splice(0) });
    };
    const keep = (token: WrittenToken, answer: number) => {
      if (logprobs === null) return;
      const { id: written, logProbabilities, width } = token;
      untold[answer].push({ ...this.#reporter.report(written, logProbabilities, logprobs), width });
    };
    let reading: OpenedPrompt<T>['reading'] | undefined;
    try {
      const onProgress = (done: number) => {
        check();
        this.#emit({ type: 'reading', id, done });
      };
      let [ids, settings] = [laid?.ids ?? new Int32Array(0), sampling];
      if (laid) settings = { ...sampling, max_tokens: laid.maxTokens, stop: [...sampling.stop, ...laid.stops] };
      else if (typeof prompt === 'object' && !Array.isArray(prompt)) {
        const opened = await this.#conversations.open(prompt, sampling.max_tokens, {
          check,
          onProgress: (done) => this.#emit({ type: 'reading', id, done }),
        });
        ({ ids, reading } = opened);
        settings = { ...sampling, max_tokens: opened.maxTokens, stop: [...sampling.stop, ...opened.stops] };
        this.#emit({ type: 'prompt', id, context: opened.context });
      }
      if (echo && (typeof prompt === 'string' || Array.isArray(prompt)))
        reading = (await this.#tellPrompt(request, prompt, ids, onProgress)) ?? reading;
      let cachedTokens = 0;
      const constraint = format && this.#constrain(format);
      const answers: Answer[] = !request.generate
        ? Array.from({ length: sampling.n }, () => ({ text: '', tokens: 0, reason: 'length' }))
        : await generate({
            decoder: this.#decoder,
            tokenizer: this.#tokenizer,
            prompt: ids,
            reading,
            sampling: settings,
            onText: emit,
            onToken: keep,
            // Completions show the end of text among their tokens; it is not part of a message.
            ...(laid && (typeof prompt === 'string' || Array.isArray(prompt)) && { onEndToken: keep }),
            ...(constraint && { constraint }),
            onPrompt: (reused) => (cachedTokens = reused),
            onProgress,
            check,
          });
      for (const [answer, tokens] of untold.entries()) if (tokens.length > 0) emit('', answer);
      this.#emit({ type: 'finished', id, answers, promptTokens: ids.length, cachedTokens });
    } catch (error) {
      this.#fail(id, error);
    } finally {
      reading?.text.dispose();
    }
  }

  /** Echoes a prompt. @returns what was read for that; null if nothing had to be */
  async #tellPrompt(
    { id, logprobs }: CompletionRequest,
    prompt: string | readonly number[],
    ids: Int32Array,
    onProgress: (done: number) => void,
  ): Promise<OpenedPrompt<T>['reading'] | null> {
    const emit = (part: EchoPart) => this.#emit({ type: 'echo', id, ...part });
    const echo = new PromptEcho(prompt, ids, this.#tokenizer, { reporter: this.#reporter, count: logprobs ?? 0, emit });
    if (logprobs === null) {
      echo.emitText();
      return null;
    }
    const reading = await this.#decoder.prefill(ids, {
      onProgress,
      onScores: (scores, position) => echo.add(scores, position),
    });
    echo.end();
    return reading;
  }
}
