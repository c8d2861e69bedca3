import { samplingSchema, answerTokens } from '../../contract/sampling.ts';
import type { AnswerToken, ChatMessage, ChatProgress, ChatSettings } from '../../contract/chats.ts';
import type { ConversationPrompt } from '../../contract/conversation.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { ServingProgress } from '../serving.ts';
import type { Inference } from './inference.ts';

/** Most likely tokens that are kept of each position. */
const keptAlternatives = 5;

type AnswerFacts = NonNullable<ChatMessage['answer']>;

/** A message that a model writes. */
export type Answered = ChatMessage & { answer: AnswerFacts };

/** An answer that is being written: its text so far, how far it is, and a way to end it. */
export class AnswerInProgress {
  readonly #changed: () => void;
  readonly #stopping = new AbortController();
  #message: Answered;
  #phase: ChatProgress['phase'] = 'waiting';
  #done: number | null = null;
  #began: number | null = null;
  #pieces = 0;
  readonly #tokens: AnswerToken[] = [];

  /** @param changed called whenever more of it is there */
  constructor(message: Answered, changed: () => void) {
    this.#message = message;
    this.#changed = changed;
  }

  /** As of now; it is replaced, never changed. */
  get message(): ChatMessage {
    return this.#message;
  }

  /** How its tokens were drawn so far. */
  get tokens(): readonly AnswerToken[] {
    return this.#tokens;
  }

  get progress(): ChatProgress {
    const seconds = this.#seconds();
    const tokensPerSecond = this.#pieces > 1 && seconds > 0 ? this.#pieces / seconds : null;
    const { id } = this.#message;
    return {
      type: 'progress',
      message: id,
      phase: this.#phase,
      done: this.#done,
      tokens: this.#pieces,
      tokensPerSecond,
    };
  }

  /** Ends it with the text so far. */
  stop(): void {
    this.#stopping.abort(new HyenaError('interrupted', 'Stopped on request.'));
  }

  /** Writes it to its end, whatever that is. @returns the message as it is kept */
  async write(inference: Inference, settings: ChatSettings, prompt: ConversationPrompt): Promise<ChatMessage> {
    const { signal } = this.#stopping;
    const { run, seed } = this.#message.answer;
    try {
      await inference.use(
        run,
        { signal, wait: true },
        async (model, ready) => {
          this.#facts({ step: ready.step });
          const max_tokens = answerTokens(settings.sampling, ready.context);
          const sampling = samplingSchema.parse({ ...settings.sampling, seed, max_tokens });
          const hear = (event: ServingProgress) => this.#hear(event);
          const { answers } = await model.complete({ prompt, sampling, logprobs: keptAlternatives }, hear, signal);
          const [{ text, reason, tokens }] = answers;
          this.#message = { ...this.#message, text, state: 'done' };
          this.#facts({ reason, tokens });
        },
        () => this.#go('loading', null),
      );
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      this.#message = { ...this.#message, state: signal.aborted ? 'done' : 'failed' };
      this.#facts({ tokens: this.#pieces });
      if (signal.aborted) this.#facts({ reason: 'stopped' });
      else this.#facts({ error: keptSoFar(error, this.#message.text).toReport() });
    }
    this.#facts({ seconds: this.#seconds() });
    return this.#message;
  }

  #hear(event: ServingProgress): void {
    // What comes after the end was requested is not part of it.
    if (this.#stopping.signal.aborted) return;
    if (event.type === 'reading') this.#go('reading', Math.min(1, event.done));
    else if (event.type === 'prompt') {
      this.#facts({ context: event.context });
      this.#began = performance.now();
      this.#go('writing', null);
    } else if (event.type === 'piece') {
      this.#pieces += Math.max(1, event.tokens.length);
      for (const { width, logprob, top } of event.tokens)
        this.#tokens.push({
          width,
          probability: share(logprob),
          others: top.map((other) => ({ token: other.token, probability: share(other.logprob) })),
        });
      this.#message = { ...this.#message, text: this.#message.text + event.text };
      this.#changed();
    }
  }

  #go(phase: ChatProgress['phase'], done: number | null): void {
    this.#phase = phase;
    this.#done = done;
    this.#changed();
  }

  #facts(facts: Partial<AnswerFacts>): void {
    this.#message = { ...this.#message, answer: { ...this.#message.answer, ...facts } };
  }

  #seconds(): number {
    return this.#began === null ? 0 : (performance.now() - this.#began) / 1000;
  }
}

/** Four digits: more of a probability is noise, and takes room. */
const share = (logprob: number): number => Number(Math.min(1, Math.exp(logprob)).toPrecision(4));

const keptSoFar = ({ code, messages: messages, cause }: HyenaError, text: string): HyenaError =>
  new HyenaError(code, messages.message, {
    kept: messages.kept ?? (text === '' ? 'Your message was kept.' : 'Your message and the partial answer were kept.'),
    hint: messages.hint,
    cause,
  });
