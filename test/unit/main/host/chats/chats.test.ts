import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent, ChatView } from '../../../../../main/contract/chats.ts';
import { msg } from '../../../../../main/contract/message.ts';
import { Chats } from '../../../../../main/host/chats/chats.ts';
import { Models } from '../../../../../main/host/models.ts';
import type { StartJob } from '../../../../../main/workers/start-job.ts';
import { FakeModel, fakeText } from '../../../../window/fake-model.ts';

let library: string;
let model: FakeModel;
let chats: Chats;
const reports: string[] = [];

function open(idleMilliseconds?: number): Chats {
  const startJob: StartJob = (_job, onEvent) => model.start(onEvent);
  const models = new Models(library, startJob);
  return new Chats({ library, models, report: (message) => void reports.push(message), idleMilliseconds });
}
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-chats-'));
  model = new FakeModel({ pace: 4 });
  chats = open();
});
afterEach(async () => {
  await chats.close();
  await rm(library, { recursive: true, force: true });
});

const sampling = { max_tokens: 12, seed: 0 };
const newChat = (changes = {}) => chats.create({ run: 'little', sampling: sampling as never, ...changes });
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 1000) throw new Error('waited in vain');
    await sleep(3);
  }
};
const done = async (id: string): Promise<ChatView> => {
  await until(async () => (await chats.get(id)).writing === null);
  return await chats.get(id);
};
const last = (chat: ChatView) => chat.messages.at(-1)!;

/** What a window would show of a chat that it follows. */
class Follower {
  chat: ChatView | null = null;
  readonly events: ChatEvent[] = [];
  readonly #leaving = new AbortController();
  constructor(id: string) {
    void (async () => {
      for await (const event of chats.follow(id, this.#leaving.signal)) {
        this.events.push(event);
        if (event.type === 'chat') this.chat = structuredClone(event.chat);
        if (event.type !== 'text') continue;
        const message = this.chat!.messages.find(({ id: one }) => one === event.message)!;
        expect(event.at).toBe(message.text.length);
        message.text += event.text;
      }
    })();
  }
  leave = () => this.#leaving.abort();
}

describe('a chat', () => {
  it('is answered, and kept with who answered and how', async () => {
    const { id } = await newChat({ system: 'Be brief.' });
    const begun = await chats.say(id, null, 'The sea');
    expect(begun).toMatchObject({ name: 'The sea', writing: last(begun).id });
    const chat = await done(id);
    expect(chat.messages).toMatchObject([
      { role: 'user', text: 'The sea', parent: null },
      { role: 'assistant', text: fakeText(0, 12), parent: chat.messages[0].id, state: 'done' },
    ]);
    expect(last(chat).answer).toMatchObject({ run: 'little', step: 100, reason: 'length', tokens: 12, seed: 0 });
    expect(last(chat).answer?.context?.limit).toBe(4096);
    expect(model.requests[0]).toMatchObject({
      prompt: {
        turns: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'The sea' },
        ],
        template: 'auto',
        document: null,
      },
      sampling: { max_tokens: 12, seed: 0, n: 1 },
    });
    expect(await open().get(id)).toEqual(chat);
    expect((await chats.list()).chats).toMatchObject([{ id, name: 'The sea', messages: 2, writing: false }]);
  });

  it('keeps how likely the tokens of an answer were, and what else might have stood there', async () => {
    const { id } = await newChat();
    await chats.say(id, null, 'The sea');
    const { id: message, text } = last(await done(id));
    const tokens = await open().tokens(id, message);
    expect(tokens.map(({ width }) => width).reduce((sum, width) => sum + width, 0)).toBe([...text].length);
    expect(tokens[0]).toEqual({
      width: 4,
      probability: 0.3,
      others: [
        { token: 'whale ', probability: 0.5 },
        { token: 'The ', probability: 0.3 },
        { token: 'boat ', probability: 0.05 },
      ],
    });
    expect(model.requests[0].logprobs).toBe(5);
    expect(await chats.tokens(id, '0123456789ab')).toEqual([]);
  });

  it('can be followed from anywhere in an answer: the text so far, then the rest, with neither gap nor double', async () => {
    const { id } = await newChat({ sampling: { ...sampling, max_tokens: 200 } });
    const early = new Follower(id);
    await until(() => early.chat !== null);
    await chats.say(id, null, 'The sea');
    await until(() => (early.chat?.messages[1]?.text.length ?? 0) > 40);
    const late = new Follower(id);
    await until(() => late.chat !== null);
    expect(late.chat!.messages[1].text.length).toBeGreaterThan(30);
    expect(late.chat!.writing).toBe(late.chat!.messages[1].id);
    const chat = await done(id);
    await until(() => early.chat?.writing === null && late.chat?.writing === null);
    for (const { chat: seen } of [early, late]) expect(seen).toEqual(chat);
    expect(last(chat).text).toBe(fakeText(0, 200));
    const phases = early.events.flatMap((event) => (event.type === 'progress' ? [event.phase] : []));
    expect(phases).toContain('writing');
    expect(early.events.some((event) => event.type === 'progress' && (event.tokensPerSecond ?? 0) > 5)).toBe(true);
    early.leave();
    late.leave();
  });

  it('stops at once, with the text so far', async () => {
    const { id } = await newChat({ sampling: { ...sampling, max_tokens: 100_000 } });
    await chats.say(id, null, 'The sea');
    await until(async () => last(await chats.get(id)).text.length > 20);
    const requested = performance.now();
    await chats.stop(id);
    // Beside other tests; alone it is a few milliseconds.
    expect(performance.now() - requested).toBeLessThan(300);
    const chat = await chats.get(id);
    expect(last(chat)).toMatchObject({ state: 'done', answer: { reason: 'stopped' } });
    expect(fakeText(0, 1000).startsWith(last(chat).text)).toBe(true);
    await sleep(50);
    expect(await chats.get(id)).toEqual(chat);
  });

  it('branches where a message is edited or answered anew, and steps between them', async () => {
    const { id } = await newChat({ sampling: { max_tokens: 3, seed: null } });
    await chats.say(id, null, 'One');
    const [question, first] = (await done(id)).messages;
    await chats.answer(id, question.id);
    const again = last(await done(id));
    expect(again.parent).toBe(question.id);
    expect(again.answer!.seed).not.toBe(first.answer!.seed);
    await chats.say(id, first.id, 'And?');
    await done(id);
    await chats.say(id, null, 'Uno');
    const edited = await done(id);
    expect(edited.messages.filter(({ parent }) => parent === null).map(({ text }) => text)).toEqual(['One', 'Uno']);
    expect(edited.leaf).toBe(last(edited).id);
    const back = await chats.choose(id, first.id);
    expect(back.messages.find(({ id: one }) => one === back.leaf)?.parent).toBe(
      back.messages.find(({ text }) => text === 'And?')?.id,
    );
    expect((await open().get(id)).leaf).toBe(back.leaf);
    await expect(chats.choose(id, 'ffffffffffff')).rejects.toMatchObject({ code: 'not-found' });
    await expect(chats.say(id, 'ffffffffffff', 'x')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes on with an answer', async () => {
    const { id } = await newChat({ sampling: { ...sampling, max_tokens: 2 } });
    await chats.say(id, null, 'The sea');
    const first = last(await done(id));
    await chats.answer(id, first.id);
    const more = last(await done(id));
    expect(more.parent).toBe(first.id);
    expect(model.requests[1].prompt).toMatchObject({
      turns: [{ content: 'The sea' }, { role: 'assistant', content: first.text }],
    });
  });

  it('a chat that is being written takes nothing else, and needs a model', async () => {
    const { id } = await newChat({ sampling: { ...sampling, max_tokens: 100_000 } });
    const both = await Promise.allSettled([chats.say(id, null, 'a'), chats.say(id, null, 'b')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(chats.answer(id, null)).rejects.toMatchObject({ code: 'locked' });
    await chats.stop(id);
    expect((await chats.get(id)).messages).toHaveLength(2);
    const none = await chats.create({});
    await expect(chats.say(none.id, null, 'a')).rejects.toMatchObject({ code: 'usage' });
    expect((await chats.get(none.id)).messages).toEqual([]);
  });
});

describe('a compute process', () => {
  it('a compute process that dies costs the end of its answer, which says so; the next message starts another', async () => {
    const { id } = await newChat({ sampling: { ...sampling, max_tokens: 100_000 } });
    await chats.say(id, null, 'The sea');
    await until(async () => last(await chats.get(id)).text.length > 30);
    model.crash();
    const chat = await done(id);
    expect(last(chat)).toMatchObject({
      state: 'failed',
      answer: {
        error: {
          message: msg`The compute process was killed by the system.`,
          kept: msg`Your message and the partial answer were kept.`,
        },
      },
    });
    expect(last(chat).text.length).toBeGreaterThan(30);
    expect(await open().get(id)).toEqual(chat);
    await chats.change(id, { sampling: { ...chat.sampling, max_tokens: 3 } });
    await chats.answer(id, chat.messages[0].id);
    expect(last(await done(id))).toMatchObject({ state: 'done', text: fakeText(0, 3) });
    expect(model.starts).toBe(2);
  });

  it('fails for a request alone where only that is at fault', async () => {
    const { id } = await newChat();
    await chats.say(id, null, 'fail!');
    expect(last(await done(id))).toMatchObject({ state: 'failed', answer: { error: { code: 'numerical' } } });
    await chats.say(id, null, 'The sea');
    await done(id);
    expect(model.starts).toBe(1);
  });

  it('is exchanged for that of another model when nobody uses it, and put away when idle', async () => {
    await chats.close();
    chats = open(60);
    const [a, b] = [await newChat({ sampling: { ...sampling, max_tokens: 30 } }), await newChat({ run: 'big' })];
    await chats.say(a.id, null, 'a');
    await until(async () => last(await chats.get(a.id)).text !== '');
    await chats.say(b.id, null, 'b');
    expect(model.starts).toBe(1);
    await expect(chats.context(b.id, '', new AbortController().signal)).rejects.toMatchObject({ code: 'locked' });
    expect((await done(a.id)).messages[1].text).toBe(fakeText(0, 30));
    expect((await done(b.id)).messages[1]).toMatchObject({ answer: { run: 'big', error: null } });
    expect(model.starts).toBe(2);
    await sleep(150);
    await chats.say(b.id, null, 'again');
    await done(b.id);
    expect(model.starts).toBe(3);
  });

  it('tells what the next prompt would take', async () => {
    const document = { id: '0123456789abcdef', edge: 'from' as const, offset: 0 };
    const { id } = await newChat({ document });
    const context = await chats.context(id, 'x'.repeat(5000), new AbortController().signal);
    expect(context).toMatchObject({ run: 'little', kind: 'text', template: 'plain', use: { left: { turns: 1 } } });
    expect(context.use.document?.total).toBe(30_000);
  });

  it('tells every chat what was told when the model was loaded: which checkpoint is damaged, and which answers', async () => {
    const notice = msg`The checkpoint ${'/runs/little/best-90'} is damaged. The one of step ${60} is used instead: ${'/runs/little/step-60'}`;
    await chats.close();
    model = new FakeModel({ pace: 4, notices: [notice] });
    chats = open();
    for (const { id } of [await newChat(), await newChat()])
      expect((await chats.context(id, '', new AbortController().signal)).notices).toEqual([notice]);
    expect(model.starts).toBe(1);
  });

  it('gives an answer a quarter of the context, 400 tokens at most, unless its length was chosen', async () => {
    const lengthOf = async (limit: number, chosen: number | null) => {
      await chats.close();
      model = new FakeModel({ pace: 0, limit });
      chats = open();
      const { id } = await newChat({ sampling: { seed: 0, max_tokens: chosen } });
      const context = await chats.context(id, 'The sea', new AbortController().signal);
      await chats.say(id, null, 'The sea');
      await until(() => model.requests.length > 0);
      await chats.stop(id);
      expect(model.requests[0].sampling.max_tokens).toBe(context.answer);
      return context.answer;
    };
    expect(await lengthOf(512, null)).toBe(128);
    expect(await lengthOf(8192, null)).toBe(400);
    expect(await lengthOf(2, null)).toBe(1);
    expect(await lengthOf(512, 400)).toBe(400);
  });
});

it('answers are kept when the program is closed in the middle of one', async () => {
  const { id } = await newChat({ sampling: { ...sampling, max_tokens: 100_000 } });
  await chats.say(id, null, 'The sea');
  await until(async () => last(await chats.get(id)).text.length > 20);
  await chats.close();
  chats = open();
  expect(last(await chats.get(id))).toMatchObject({ state: 'done', answer: { reason: 'stopped' } });
});
