import type { ServerResponse } from 'node:http';
import type { Answer } from '../../contract/runs.ts';
import { chunk, lastChoice, StreamedChoices, type Head, type ListedToken, type usage } from './answers.ts';
import type { ApiError } from './errors.ts';
import type { ParsedRequest } from './requests.ts';

export interface StreamTimes {
  /** A comment follows after so long without an event: a heartbeat. */
  readonly quiet: number;
  /** A client that takes nothing for so long is given up. */
  readonly stalled: number;
}

export const defaultTimes: StreamTimes = { quiet: 2500, stalled: 60_000 };

/** Bytes that may wait for a client that does not read. */
const mostWaiting = 8 * 1024 * 1024;

/** A reply as server-sent events. It begins when the prompts are known to be sound, before they are read. */
export class EventStreamWriter {
  readonly #response: ServerResponse;
  readonly #request: ParsedRequest;
  readonly #head: Head;
  readonly #times: StreamTimes;
  readonly #choices: StreamedChoices;
  #quiet: NodeJS.Timeout | undefined;
  #stalled: NodeJS.Timeout | undefined;
  #read = 0;

  constructor(response: ServerResponse, request: ParsedRequest, head: Head, times: StreamTimes) {
    this.#response = response;
    this.#request = request;
    this.#head = head;
    this.#times = times;
    this.#choices = new StreamedChoices(request.kind, request.logprobs !== null);
    response.on('drain', () => this.#drained());
    response.on('close', () => this.#rest());
  }

  /** The prompts are sound: an answer will come. */
  begin(): void {
    if (this.#response.headersSent || this.#response.destroyed) return;
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies that gather what they pass on.
      'X-Accel-Buffering': 'no',
    });
    this.#write(': reading\n\n');
    const { kind, prompts, sampling } = this.#request;
    if (kind === 'completion') return;
    for (let index = 0; index < prompts.length * sampling.n; index++)
      this.#send([{ index, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }]);
  }

  /** How much of a prompt has been read, 0 to 1. */
  reading(done: number): void {
    this.#read = done;
  }

  piece(index: number, piece: { text: string; tokens: readonly ListedToken[] }): void {
    this.begin();
    this.#read = 1;
    this.#send([this.#choices.piece(index, piece)]);
  }

  end(answers: readonly Answer[], used: ReturnType<typeof usage>): void {
    this.begin();
    for (const [index, answer] of answers.entries()) this.#send([lastChoice(this.#request.kind, index, answer)]);
    if (this.#request.includeUsage) this.#send([], used);
    this.#write('data: [DONE]\n\n');
    this.#finish();
  }

  /** The answer cannot be finished. */
  fail(error: ApiError): void {
    this.#write(`data: ${JSON.stringify(error.body)}\n\n`);
    this.#finish();
  }

  #finish(): void {
    clearTimeout(this.#quiet);
    if (!this.#response.destroyed) this.#response.end();
  }

  #send(choices: object[], used?: object): void {
    const requested = this.#request.includeUsage ? (used ?? null) : undefined;
    this.#write(`data: ${JSON.stringify(chunk(this.#request.kind, this.#head, choices, requested))}\n\n`);
  }

  #write(text: string): void {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return;
    if (!response.write(text)) this.#wait();
    this.#quiet ??= setTimeout(() => this.#comment(), this.#times.quiet).unref();
    this.#quiet.refresh();
  }

  #comment(): void {
    const doing = this.#read < 1 ? `reading ${Math.round(100 * this.#read)}%` : 'generating';
    this.#write(`: ${doing}\n\n`);
  }

  /** The client reads slower than is written: a bounded amount waits for it, for a bounded time. */
  #wait(): void {
    const end = () => this.#response.destroy();
    if (this.#response.writableLength > mostWaiting) return void end();
    this.#stalled ??= setTimeout(end, this.#times.stalled).unref();
  }

  #drained(): void {
    clearTimeout(this.#stalled);
    this.#stalled = undefined;
  }

  #rest(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#stalled);
  }
}
