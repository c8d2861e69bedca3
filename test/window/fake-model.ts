import { setTimeout as sleep } from 'node:timers/promises';
import type { ContextUse, ConversationPrompt, ModelKind } from '../../main/contract/conversation.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { toMessage, type Message } from '../../main/contract/message.ts';
import { servingRequestSchema, type CompletionRequest, type ServingEvent } from '../../main/contract/serving.ts';
import type { RunningJob } from '../../main/workers/start-job.ts';

export interface FakeModelOptions {
  /** Milliseconds a word takes. */
  pace: number;
  kind?: ModelKind;
  /** Tokens that it can look back at; a letter is a token. */
  limit?: number;
  /** Told while it is loaded. */
  notices?: readonly Message[];
}

const words = (
  'The sea was calm and the ship went on. 🐋 The mate looked at the sky, said nothing, and went below. ' +
  'Nobody had seen the white whale for a week; くじらは遠い。 All the men were tired of waiting. '
).split(/(?<= )/);

/** What the stand-in goes on with, by its seed. */
export const fakeText = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, index) => words[(index + (seed % 7)) % words.length]).join('');

const lettersOf = ({ turns }: ConversationPrompt): number =>
  turns.reduce((sum, { content }) => sum + content.length + 2, 0);

/** A word as if it had been drawn before a likelier and a less likely one. */
const drawn = (word: string) => {
  const bytes = [...Buffer.from(word)];
  const other = (token: string, probability: number) => ({ token, bytes: [], logprob: Math.log(probability) });
  const top = [other('whale ', 0.5), other(word, 0.3), other('boat ', 0.05)];
  return { token: word, bytes, logprob: Math.log(0.3), width: [...word].length, top };
};

/**
 * A compute process that serves a model, as far as windows see it: it writes known words at a given pace. A message
 * that contains `fail!` fails, one with `crash!` ends the process.
 */
export class FakeModel {
  readonly requests: CompletionRequest[] = [];
  starts = 0;
  /** Ends the process as a signal from outside would. */
  crash: () => void = () => undefined;
  readonly options: FakeModelOptions;

  constructor(options: FakeModelOptions) {
    this.options = options;
  }

  start(emit: (event: ServingEvent) => void): RunningJob {
    this.starts++;
    const { kind = 'text', limit = 4096, notices = [] } = this.options;
    const cancelled = new Set<string>();
    let over = false;
    let end: (value: null) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const result = new Promise((resolve, reject) => ([end, fail] = [resolve, reject]));
    result.catch(() => undefined);
    this.crash = () => {
      over = true;
      fail(
        new HyenaError('out-of-memory', 'The compute process was killed by the system.', {
          hint: 'It can be started again.',
        }),
      );
    };
    const tell = (event: ServingEvent) => {
      if (!over) emit(event);
    };
    const template = kind === 'chats' ? 'instruction' : 'plain';
    void sleep(20).then(() => {
      for (const notice of notices) tell({ type: 'notice', message: notice });
      tell({ ...{ type: 'ready', device: 'native', step: 100, context: limit, vocabulary: 256 }, kind, template });
    });
    const contextOf = (prompt: ConversationPrompt, maxTokens: number): ContextUse => {
      // Any document has as many letters here.
      const total = 30_000;
      const read = Math.min(total, limit >> 1);
      const start = prompt.document && Math.min(prompt.document.offset, total - read);
      const document = start === null ? null : { tokens: read, total, start, end: start + read, characters: total };
      const free = limit - (document?.tokens ?? 0);
      const letters = lettersOf(prompt);
      const conversation = Math.min(letters, free - Math.min(maxTokens, free >> 1));
      const left = letters - conversation;
      const turns = left > 0 ? Math.max(1, prompt.turns.length - 1) : 0;
      return { limit, trained: null, document, conversation, left: { turns, tokens: left }, room: free - conversation };
    };
    const write = async ({ id, prompt, sampling }: CompletionRequest) => {
      if (typeof prompt !== 'object' || Array.isArray(prompt)) throw new Error('The stand-in takes conversations.');
      const output = prompt.turns.at(-1)?.content ?? '';
      if (output.includes('fail!'))
        return tell({
          type: 'failed',
          id,
          error: { code: 'numerical', message: toMessage('The scores are not finite.') },
        });
      if (output.includes('crash!')) setTimeout(() => this.crash(), 6 * this.options.pace);
      tell({ type: 'reading', id, done: 0.5 });
      await sleep(this.options.pace);
      tell({ type: 'prompt', id, context: contextOf(prompt, sampling.max_tokens) });
      let [text, tokens] = ['', 0];
      while (tokens < sampling.max_tokens && !cancelled.has(id) && !over) {
        await sleep(this.options.pace);
        const piece = words[(tokens + (sampling.seed % 7)) % words.length];
        text += piece;
        tokens++;
        tell({ type: 'piece', id, answer: 0, text: piece, tokens: [drawn(piece)] });
      }
      const reason = cancelled.has(id) ? 'stopped' : 'length';
      tell({ type: 'finished', id, answers: [{ text, tokens, reason }], promptTokens: 10, cachedTokens: 0 });
    };
    return {
      pid: undefined,
      result,
      stop: () => end(null),
      send: (message) => {
        const request = servingRequestSchema.parse(message);
        if (request.type === 'cancel') cancelled.add(request.id);
        else if (request.type === 'measure')
          tell({ type: 'measured', id: request.id, context: contextOf(request.prompt, request.max_tokens) });
        else {
          this.requests.push(request);
          void write(request);
        }
      },
    };
  }
}
