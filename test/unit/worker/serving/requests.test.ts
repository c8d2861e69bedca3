import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toEnglish } from '../../../../main/contract/message.ts';
import { samplingSchema } from '../../../../main/contract/sampling.ts';
import type { CompletionRequest, ServingEvent } from '../../../../main/contract/serving.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import type { TextReader } from '../../../../worker/generation/text-reader.ts';
import { constraintsFor } from '../../../../worker/generation/constrained.ts';
import type { PromptOpener } from '../../../../worker/serving/conversations.ts';
import { RequestScheduler } from '../../../../worker/serving/requests.ts';

interface Said {
  at: number;
  fork(): Said;
  dispose(): void;
}

/** Says the alphabet for ever, a token each millisecond; the last letter it said is in the text. */
class Alphabet implements TextReader<Said> {
  readonly limit: number;
  open = 0;
  steps = 0;
  constructor(limit: number) {
    this.limit = limit;
  }
  prefill: TextReader<Said>['prefill'] = (ids, { onScores } = {}) => {
    // What follows a token of the prompt: the letter with the number of its place.
    for (const position of ids.keys()) onScores?.(this.#scores(position), position);
    return Promise.resolve({ text: this.#text(0), logits: this.#scores(0) });
  };
  async step(texts: readonly { at: number }[]): Promise<Float32Array[]> {
    this.steps++;
    await delay(1);
    return texts.map((text) => this.#scores(++text.at));
  }
  #text(at: number): Said {
    this.open++;
    const text: Said = { at, fork: () => this.#text(text.at), dispose: () => void this.open-- };
    return text;
  }
  #scores(at: number): Float32Array {
    const scores = new Float32Array(256).fill(-20);
    scores[97 + (at % 26)] = 20;
    return scores;
  }
}

const order = (id: string, max_tokens: number, more: Partial<CompletionRequest> = {}): CompletionRequest => ({
  ...{ type: 'complete', id, prompt: 'Say', logprobs: null },
  sampling: samplingSchema.parse({ max_tokens, temperature: 0 }),
  ...{ echo: false, generate: true, format: null, whole: false },
  ...more,
});

function serve(limit = 100_000) {
  const events: ServingEvent[] = [];
  const decoder = new Alphabet(limit);
  const context = { limit: 90, trained: null, document: null, conversation: 3, left: { turns: 1, tokens: 7 }, room: 2 };
  const conversations: PromptOpener<Said> = {
    open: async ({ turns }, _maxTokens, { check, onProgress }) => {
      for (let done = 0; done <= 1; done += 0.25) {
        await delay(1);
        check();
        onProgress(done);
      }
      const ids = bytesTokenizer.encode(turns[0].content);
      return { ids, reading: await decoder.prefill(ids), context, stops: ['x'], maxTokens: 2 };
    },
    measure: () => Promise.resolve(context),
    whole: ({ turns }) => ({ ids: bytesTokenizer.encode(turns.map(({ content }) => content).join('')), stops: ['e'] }),
  };
  const requests = new RequestScheduler<Said>(
    ...[decoder, bytesTokenizer, conversations],
    (event) => events.push(event),
    (format) => constraintsFor(format, bytesTokenizer),
  );
  const until = async (holds: () => boolean) => {
    for (let tries = 0; !holds(); tries++) {
      if (tries > 2000) throw new Error(`waited in vain; there were ${JSON.stringify(events.slice(-3))}`);
      await delay(2);
    }
  };
  const ended = (id: string) =>
    events.some((event) => (event.type === 'finished' || event.type === 'failed') && event.id === id);
  const text = (id: string) =>
    events.flatMap((event) => (event.type === 'piece' && event.id === id ? [event.text] : [])).join('');
  return { events, decoder, requests, until, ended, text };
}

describe('requests', () => {
  it('are written side by side, the next when one is done, all of them in full', async () => {
    const { requests, until, ended, text, events, decoder } = serve();
    const ids = Array.from({ length: 7 }, (_, index) => `r${index}`);
    for (const id of ids) requests.add(order(id, 20));
    await until(() => ids.every(ended));
    for (const id of ids) expect(text(id)).toBe('abcdefghijklmnopqrst');
    const order7 = events.flatMap((event) => (event.type === 'finished' ? [event.id] : []));
    expect(new Set(order7.slice(0, 4))).toEqual(new Set(ids.slice(0, 4)));
    // The first four take turns: each has told something before any is done.
    const begun = new Set<string>();
    for (const event of events) {
      if (event.type === 'finished') break;
      if (event.type === 'piece') begun.add(event.id);
    }
    expect(begun.size).toBe(4);
    expect(decoder.open).toBe(0);
  });

  it('end where nobody waits any more, and free what they held', async () => {
    const { requests, until, ended, decoder, events } = serve();
    requests.add(order('long', 1_000_000));
    await until(() => decoder.steps > 5);
    const began = performance.now();
    requests.cancel('long');
    await until(() => ended('long'));
    expect(performance.now() - began).toBeLessThan(500);
    expect(events.at(-1)).toMatchObject({ type: 'finished', answers: [{ reason: 'stopped' }] });
    expect(decoder.open).toBe(0);
  });

  it('never begin where they were cancelled while they waited', async () => {
    const { requests, until, ended, events } = serve();
    for (let index = 0; index < 5; index++) requests.add(order(`r${index}`, 50));
    requests.cancel('r4');
    await until(() => ended('r3'));
    await delay(30);
    expect(events.flatMap((event) => ('id' in event && event.id === 'r4' ? [event.type] : []))).toEqual(['accepted']);
    await requests.close();
  });

  it('tell the probabilities of tokens, whole characters and all of the bytes', async () => {
    const { requests, until, ended, events } = serve();
    requests.add(order('p', 3, { logprobs: 2, prompt: [83, 97] }));
    await until(() => ended('p'));
    const tokens = events.flatMap((event) => (event.type === 'piece' ? event.tokens : []));
    expect(tokens.map(({ token }) => token)).toEqual(['a', 'b', 'c']);
    expect(tokens[0]).toMatchObject({ bytes: [97], top: [{ token: 'a' }, { bytes: [0] }] });
    expect(tokens[0].logprob).toBeGreaterThan(-1e-6);
    expect(events.at(-1)).toMatchObject({ type: 'finished', promptTokens: 2 });
  });

  it('requests of conversations tell how they are read and what they take, keep to the room, and free what was read', async () => {
    const { requests, until, ended, events, text, decoder } = serve();
    const prompt = { turns: [{ role: 'user' as const, content: 'Say' }], template: 'auto' as const, document: null };
    requests.add(order('c', 50, { prompt }));
    await until(() => ended('c'));
    expect(text('c')).toBe('ab');
    expect(events.flatMap((event) => (event.type === 'reading' ? [event.done] : []))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(events.find(({ type }) => type === 'prompt')).toMatchObject({ context: { limit: 90, room: 2 } });
    expect(decoder.open).toBe(0);
    requests.add(order('gone', 50, { prompt }));
    await until(() => events.some((event) => event.type === 'reading' && event.id === 'gone'));
    requests.cancel('gone');
    await until(() => ended('gone'));
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'interrupted' } });
    await requests.measure({ type: 'measure', id: 'm', prompt, max_tokens: 9 });
    expect(events.at(-1)).toMatchObject({ type: 'measured', id: 'm', context: { left: { turns: 1 } } });
  });

  it('tell a prompt back with the probabilities of its tokens, and generate nothing where nothing is wanted', async () => {
    const { requests, until, ended, events, decoder } = serve();
    requests.add(order('e', 1, { prompt: 'ab é', echo: true, logprobs: 2, generate: false, whole: true }));
    await until(() => ended('e'));
    expect(events[0]).toEqual({ type: 'accepted', id: 'e', promptTokens: 5 });
    const echoes = events.flatMap((event) => (event.type === 'echo' ? [event] : []));
    expect(echoes.map(({ text }) => text).join('')).toBe('ab é');
    const tokens = echoes.flatMap((echo) => echo.tokens);
    expect(tokens.map(({ token }) => token)).toEqual(['a', 'b', ' ', 'bytes:\\xc3', 'bytes:\\xa9']);
    expect(tokens.map(({ width }) => width)).toEqual([1, 1, 1, 0, 1]);
    expect(tokens[0]).toMatchObject({ logprob: null, top: null });
    // After the first token comes 'a', by far: 'b' is 40 below it.
    expect(tokens[1].logprob).toBeCloseTo(-40, 5);
    expect(tokens[1].top?.[0]).toMatchObject({ token: 'a' });
    expect(tokens[1].top?.[0].logprob).toBeCloseTo(0, 5);
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'finished', promptTokens: 5 },
      answers: [{ text: '', tokens: 0, reason: 'length' }],
    });
    expect(events.some(({ type }) => type === 'piece')).toBe(false);
    expect(decoder.open).toBe(0);
    requests.add(order('ids', 2, { prompt: [115, 97], echo: true, whole: true }));
    await until(() => ended('ids'));
    expect(events.find((event) => event.type === 'echo' && event.id === 'ids')).toMatchObject({
      text: 'sa',
      tokens: [],
    });
    expect(decoder.open).toBe(0);
  });

  it('refuse a whole prompt that does not fit without delay, and end the answer where the context does', async () => {
    const { requests, until, ended, events, text } = serve(10);
    for (let index = 0; index < 4; index++) requests.add(order(`busy${index}`, 100_000));
    const turns = (content: string) => ({
      turns: [{ role: 'user' as const, content }],
      template: 'auto' as const,
      document: null,
    });
    for (const [id, prompt] of [
      ['text', 'x'.repeat(10)],
      ['ids', Array.from({ length: 11 }, () => 1)],
      ['chat', turns('x'.repeat(12))],
    ] as const) {
      requests.add(order(id, 5, { prompt: prompt as CompletionRequest['prompt'], whole: true }));
      expect(events.at(-1), id).toMatchObject({ type: 'failed', id, refusal: 'too-long' });
    }
    // Nothing is to come after it, so that it may take the whole context.
    requests.add(order('scored', 1, { prompt: 'x'.repeat(10), whole: true, generate: false }));
    requests.add(order('fits', 5, { prompt: turns('x'.repeat(7)), whole: true }));
    expect(events.at(-1)).toMatchObject({ type: 'accepted', id: 'fits', promptTokens: 7 });
    for (let index = 0; index < 4; index++) requests.cancel(`busy${index}`);
    await until(() => ended('fits') && ended('scored'));
    expect(text('fits')).toBe('abc');
    expect(events.at(-1)).toMatchObject({ type: 'finished', answers: [{ tokens: 3, reason: 'length' }] });
  });

  it.each([-1, 256, 1.5, 2 ** 32, 2 ** 32 + 97, 2 ** 53])(
    'refuse the token %d, which the vocabulary has not',
    async (id) => {
      const { requests, until, ended, events } = serve();
      requests.add(order('x', 3, { prompt: [97, id] }));
      await until(() => ended('x'));
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ type: 'failed', refusal: 'unknown-token', error: { code: 'bad-input' } });
      expect(toEnglish((events[0] as Extract<ServingEvent, { type: 'failed' }>).error.message)).toContain(String(id));
    },
  );

  it('requests with a format write nothing else', async () => {
    const { requests, until, ended, text, events } = serve();
    const schema = {
      type: 'object',
      properties: { a: { enum: ['x', 7] } },
      required: ['a'],
      additionalProperties: false,
    };
    requests.add(order('f', 40, { format: { type: 'json_schema', schema } }));
    await until(() => ended('f'));
    expect(JSON.parse(text('f'))).toEqual({ a: expect.anything() as unknown });
    expect(events.at(-1)).toMatchObject({ type: 'finished', answers: [{ reason: 'end' }] });
  });

  it('fail with what is wrong', async () => {
    const { requests, until, ended, events } = serve();
    requests.add(order('x', 3, { prompt: [300] }));
    await until(() => ended('x'));
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'bad-input' } });
  });
});
