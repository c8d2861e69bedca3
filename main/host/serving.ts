import { randomUUID } from 'node:crypto';
import type { ContextUse, ConversationPrompt } from '../contract/conversation.ts';
import { HyenaError } from '../contract/errors.ts';
import { toEnglish, type Message } from '../contract/message.ts';
import {
  servingEventSchema,
  type CompletionOptions,
  type Refusal,
  type ServingEvent,
  type ServingRequest,
  servingRequestSchema,
} from '../contract/serving.ts';
import type { RunningJob, StartJob } from '../workers/start-job.ts';

type Finished = Extract<ServingEvent, { type: 'finished' }>;
/** @property notices what a person should know of the model that was loaded: that better checkpoints are damaged, say */
export type ServedModelInfo = Extract<ServingEvent, { type: 'ready' }> & { readonly notices: readonly Message[] };
/** What a request reports before it is done. */
export type ServingProgress = Extract<ServingEvent, { type: 'accepted' | 'echo' | 'reading' | 'prompt' | 'piece' }>;

/** A request that the model cannot answer, whatever is done: its prompt is at fault. */
export class RefusedRequest extends HyenaError {
  readonly refusal: Refusal;

  constructor({ code, messages, command }: HyenaError, refusal: Refusal) {
    super(code, messages.message, { ...messages, command });
    this.refusal = refusal;
  }
}

interface Waiting {
  readonly onProgress: (event: ServingProgress) => void;
  readonly resolve: (answer: Finished | ContextUse) => void;
  readonly reject: (error: HyenaError) => void;
}

interface Process {
  readonly job: RunningJob;
  readonly ready: Promise<ServedModelInfo>;
}

export interface ServingOptions {
  library: string;
  run: string;
  device: string;
  /** Called with what a person should know. */
  report: (message: string) => void;
}

/**
 * A model that stays loaded and answers requests, some of them side by side. Where its process dies the requests of
 * the moment fail and say so; the next one starts it again.
 */
export class ServedModel {
  readonly run: string;
  readonly #startJob: StartJob;
  readonly #options: ServingOptions;
  readonly #waiting = new Map<string, Waiting>();
  #process: Process | null = null;

  constructor(startJob: StartJob, options: ServingOptions) {
    this.run = options.run;
    this.#startJob = startJob;
    this.#options = options;
  }

  /** Loads the model, if it is not loaded. Rejects with a HyenaError where that fails. */
  ready(): Promise<ServedModelInfo> {
    return (this.#process ??= this.#start()).ready;
  }

  /**
   * Writes after a prompt.
   *
   * @param onProgress called with the text as it is written, and before it of how the prompt is read
   * @param signal whoever asked is gone: nothing more is computed for it
   */
  async complete(
    request: CompletionOptions,
    onProgress: (event: ServingProgress) => void,
    signal: AbortSignal,
  ): Promise<Finished> {
    await this.ready();
    const id = randomUUID();
    const cancel = () => this.#send({ type: 'cancel', id });
    signal.throwIfAborted();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<Finished>((resolve, reject) => {
        this.#waiting.set(id, { onProgress, resolve: resolve as Waiting['resolve'], reject });
        signal.addEventListener('abort', () => reject(new HyenaError('interrupted', 'The client disconnected.')), {
          once: true,
        });
        this.#send(servingRequestSchema.parse({ type: 'complete', id, ...request }));
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#waiting.delete(id);
    }
  }

  /** What a conversation would take of the context. */
  async measure(prompt: ConversationPrompt, maxTokens: number): Promise<ContextUse> {
    await this.ready();
    const id = randomUUID();
    try {
      return await new Promise<ContextUse>((resolve, reject) => {
        const settle = resolve as Waiting['resolve'];
        this.#waiting.set(id, { onProgress: () => undefined, resolve: settle, reject });
        this.#send({ type: 'measure', id, prompt, max_tokens: maxTokens });
      });
    } finally {
      this.#waiting.delete(id);
    }
  }

  async close(): Promise<void> {
    const running = this.#process;
    running?.job.stop();
    await running?.job.result.catch(() => undefined);
  }

  #send(request: ServingRequest): void {
    this.#process?.job.send?.(request);
  }

  #start(): Process {
    const { library, run, device } = this.#options;
    let settle: { resolve: (ready: ServedModelInfo) => void; reject: (error: unknown) => void };
    const ready = new Promise<ServedModelInfo>((resolve, reject) => (settle = { resolve, reject }));
    ready.catch(() => undefined);
    // Whoever uses the model later is notified of its loading, too.
    const notices: Message[] = [];
    const job = this.#startJob({ kind: 'serve-model', library, run, device }, (value) => {
      const event = servingEventSchema.parse(value);
      if (event.type === 'ready') settle.resolve({ ...event, notices: [...notices] });
      else {
        if (event.type === 'notice') notices.push(event.message);
        this.#hear(event);
      }
    });
    const ended = (thrown: unknown) => {
      this.#process = null;
      settle.reject(thrown);
      for (const { reject } of this.#waiting.values()) reject(HyenaError.from(thrown));
    };
    job.result.then(() => ended(new HyenaError('interrupted', 'The model was unloaded.')), ended);
    return { job, ready };
  }

  #hear(event: Exclude<ServingEvent, { type: 'ready' }>): void {
    if (event.type === 'notice') return this.#options.report(toEnglish(event.message));
    const waiting = this.#waiting.get(event.id);
    switch (event.type) {
      case 'accepted':
      case 'echo':
      case 'reading':
      case 'prompt':
      case 'piece':
        return waiting?.onProgress(event);
      case 'finished':
        return waiting?.resolve(event);
      case 'measured':
        return waiting?.resolve(event.context);
      case 'failed':
        return waiting?.reject(refusedOr(HyenaError.fromReport(event.error), event.refusal));
    }
  }
}

const refusedOr = (error: HyenaError, refusal: Refusal | undefined): HyenaError =>
  refusal ? new RefusedRequest(error, refusal) : error;
