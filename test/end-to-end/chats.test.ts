import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage, ChatView } from '../../main/contract/chats.ts';
import { msg, toEnglish } from '../../main/contract/message.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import { Host } from '../../main/host/host.ts';
import { ChatFile } from '../../main/host/chats/chat-file.ts';
import { ChatStore } from '../../main/host/chats/chat-store.ts';
import { startJob, type RunningJob, type StartJob } from '../../main/workers/start-job.ts';
import { pages, smallest, TestLibrary } from './command.ts';

/** Chats with real models in real compute processes. */
let place: TestLibrary;
let host: Host;
const jobs: RunningJob[] = [];
const noting: StartJob = (job, onEvent) => {
  const running = startJob(job, onEvent);
  jobs.push(running);
  return running;
};
const programs = path.join(import.meta.dirname, 'programs');
const greedy = { temperature: 0, max_tokens: 24, seed: 0 };

const conversations = Array.from({ length: 120 }, (_, index) => ({
  messages: [
    { role: 'user', content: `What is ${index} and one?` },
    { role: 'assistant', content: `It is ${index + 1}.` },
  ],
}));

beforeAll(async () => {
  place = await TestLibrary.make();
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
  await writeFile(path.join(place.folder, 'talk.jsonl'), conversations.map((one) => JSON.stringify(one)).join('\n'));
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
  await place.json('data', 'add', 'talk.jsonl', '--name', 'talk');
  const settings = [...smallest, '--set', 'l_max=512', '--set', 'sequence_length=64', '--set', 'max_steps=10'];
  await place.json('train', '--data', 'pages', '--run', 'little', ...settings);
  await place.json('train', '--data', 'talk', '--run', 'talker', ...settings);
  host = await Host.open(place.library, noting);
}, 300_000);
afterAll(async () => {
  await host?.chats.close();
  await place?.remove();
});

const newChat = (changes: object = {}, sampling: object = {}) =>
  host.chats.create({ run: 'little', sampling: { ...greedy, ...sampling } as never, ...changes });
const last = (chat: ChatView): ChatMessage => chat.messages.at(-1)!;
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 3000) throw new Error('waited in vain');
    await sleep(5);
  }
}
async function done(id: string): Promise<ChatView> {
  await until(async () => (await host.chats.get(id)).writing === null);
  const chat = await host.chats.get(id);
  expect(last(chat).answer?.error).toBeNull();
  return chat;
}
const generated = async (prompt: string, count: number): Promise<string> =>
  (await host.models.generate('little', prompt, samplingSchema.parse({ temperature: 0, max_tokens: count })).result)
    .text;

describe('a model of raw text', () => {
  it('goes on with what is said, exactly as it does with that text, again and again', async () => {
    const { id } = await newChat();
    await host.chats.say(id, null, 'The whale, ');
    const first = last(await done(id));
    expect(first).toMatchObject({ state: 'done', answer: { run: 'little', step: 10, reason: 'length', tokens: 24 } });
    expect(first.text).toBe(await generated('The whale, ', 24));
    await host.chats.answer(id, first.id);
    const more = last(await done(id));
    expect(more.text).toBe(await generated(`The whale, ${first.text}`, 24));
    await host.chats.say(id, more.id, 'The ship');
    const reply = last(await done(id));
    expect(reply.text).toBe(await generated(`The whale, ${first.text}${more.text}\n\nThe ship`, 24));
    expect(reply.answer?.context).toMatchObject({ limit: 512, document: null, left: { turns: 0, tokens: 0 } });
    expect(jobs).toHaveLength(4);
  });

  it('stops within 100 ms, computes no further, and answers the next message', async () => {
    const { id } = await newChat({}, { max_tokens: 1 << 20 });
    // A busy machine may hold up one try; a promise that is not kept holds up all of them.
    let best = Infinity;
    for (let tries = 0; tries < 5 && best > 100; tries++) {
      await host.chats.say(id, null, 'The sea ');
      await until(async () => last(await host.chats.get(id)).text.length > 40);
      const requested = performance.now();
      await host.chats.stop(id);
      best = Math.min(best, performance.now() - requested);
    }
    expect(best).toBeLessThan(100);
    const stopped = last(await host.chats.get(id));
    expect(stopped).toMatchObject({ state: 'done', answer: { reason: 'stopped' } });
    const began = performance.now();
    await host.chats.change(id, { sampling: { ...(await host.chats.get(id)).sampling, max_tokens: 4 } });
    await host.chats.answer(id, stopped.parent);
    await done(id);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('reads a document before the conversation, keeps the reading, and says what does not fit', async () => {
    const short = `${pages.slice(0, 200)}\n`;
    await writeFile(path.join(place.folder, 'short.txt'), short);
    await writeFile(path.join(place.folder, 'long.txt'), pages);
    const record = await host.documents.import(path.join(place.folder, 'short.txt')).result;
    const { id } = await newChat({ document: { id: record.id, edge: 'from', offset: 0 } });
    await host.chats.say(id, null, 'The whale');
    const first = last(await done(id));
    expect(first.text).toBe(await generated(`${short}\n\nThe whale`, 24));
    expect(first.answer?.context?.document).toEqual({ tokens: 201, total: 201, start: 0, end: 201, characters: 201 });
    expect(await readdir(path.join(place.library, 'documents', record.id, 'states'))).toHaveLength(1);
    await host.chats.say(id, first.id, 'The ship');
    expect(last(await done(id)).text).toBe(await generated(`${short}\n\nThe whale${first.text}\n\nThe ship`, 24));

    const long = await host.documents.import(path.join(place.folder, 'long.txt')).result;
    const talk = await newChat({ document: { id: long.id, edge: 'from', offset: 300 } });
    const { use, kind, template } = await host.chats.context(talk.id, 'x'.repeat(300), AbortSignal.timeout(20_000));
    expect({ kind, template }).toEqual({ kind: 'text', template: 'plain' });
    expect(use).toMatchObject({ limit: 512, document: { tokens: 384, total: pages.length, start: 300, end: 684 } });
    expect(use.left).toMatchObject({ turns: 0, tokens: 300 - (use.conversation - 2) });
    expect(use.room).toBe(512 - 384 - use.conversation);

    const onward = await newChat({ document: { id: long.id, edge: 'to', offset: 150 } });
    await host.chats.answer(onward.id, null);
    expect(last(await done(onward.id)).text).toBe(await generated(pages.slice(0, 150), 24));
  });

  it('a model of raw text that is too small for a message fails for it alone, and says so', async () => {
    const { id } = await newChat({ template: 'dialogue' });
    await host.chats.say(id, null, 'x'.repeat(600));
    await until(async () => (await host.chats.get(id)).writing === null);
    const { error } = last(await host.chats.get(id)).answer!;
    expect(error?.code).toBe('bad-input');
    expect(toEnglish(error!.message)).toContain('512 tokens');
  });
});

describe('a model of chats', () => {
  it('is known by its data, and is told conversations as it was trained on them', async () => {
    expect((await host.runs.get('talker')).kind).toBe('chats');
    expect((await host.runs.get('little')).kind).toBe('text');
    const { id } = await newChat({ run: 'talker' });
    const context = await host.chats.context(id, 'What is 3 and one?', AbortSignal.timeout(20_000));
    expect(context).toMatchObject({ kind: 'chats', template: 'instruction' });
    const text = '### Instruction:\nWhat is 3 and one?\n\n### Response:\n';
    expect(context.use.conversation).toBe(text.length);
  });

  it('is asked from the terminal as it is in a chat, or as one says', async () => {
    const order = ['generate', 'talker', '--prompt', 'What is 3 and one?', '--max-tokens', '8', '--temperature', '0'];
    const written = async (...more: string[]) => (await place.json(...order, ...more)).at(-1)!;
    const instruction = '### Instruction:\nWhat is 3 and one?\n\n### Response:\n';
    const requested = await written();
    expect(requested.promptTokens).toBe(instruction.length);
    expect((await written('--template', 'instruction')).text).toBe(requested.text);
    expect((await written('--template', 'plain')).promptTokens).toBe('What is 3 and one?'.length);
    expect((await written('--template', 'dialogue')).promptTokens).toBe(
      'User: What is 3 and one?\n\nAssistant:'.length,
    );
    const raw = await place.json(
      'generate',
      'talker',
      '--template',
      'plain',
      '--prompt',
      instruction,
      ...order.slice(4),
    );
    expect(raw.at(-1)?.text).toBe(requested.text);
    const { id } = await newChat({ run: 'talker' }, { max_tokens: 8 });
    await host.chats.say(id, null, 'What is 3 and one?');
    expect(last(await done(id)).text).toBe(requested.text);
    // Raw text is gone on with as it is.
    const plain = await place.json('generate', 'little', '--prompt', 'The whale', '--max-tokens', '4');
    expect(plain.at(-1)?.promptTokens).toBe('The whale'.length);
    const unknown = await place.hyena(...order, '--template', 'poem');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/auto, plain, dialogue, alpaca, instruction/);
    const help = await place.hyena('generate', '--help');
    expect(help.stdout).toMatch(/--template <name>[^]*own template/);
    await writeFile(
      path.join(place.folder, 'facts.txt'),
      'Three and one is four.\n\nThe sea is deep and blue, says he.',
    );
    const ask = ['ask', 'facts.txt', 'What is three and one?', '--run', 'talker'];
    const [templated] = await place.json(...ask);
    const [bare] = await place.json(...ask, '--template', 'plain');
    expect(templated.note).toContain('use a chat');
    const gains = (found: Record<string, unknown>) => (found.passages as { gain: number }[]).map(({ gain }) => gain);
    expect(gains(templated)).not.toEqual(gains(bare));
  });

  it('takes its own template where it has one', async () => {
    const runs = path.join(place.library, 'runs', 'talker', 'checkpoints');
    for (const name of await readdir(runs))
      await writeFile(
        path.join(runs, name, 'tokenizer_config.json'),
        JSON.stringify({ chat_template: '{% for m in messages %}<{{ m.content }}>{% endfor %}' }),
      );
    await host.chats.close();
    host = await Host.open(place.library, noting);
    const { id } = await newChat({ run: 'talker' });
    const context = await host.chats.context(id, 'Hi', AbortSignal.timeout(20_000));
    expect(context).toMatchObject({ template: 'auto', use: { conversation: 4 } });
  });
});

describe('what is killed', () => {
  it('a compute process that is killed costs the rest of an answer; the next message starts another', async () => {
    const { id } = await newChat({}, { max_tokens: 1 << 20 });
    await host.chats.say(id, null, 'The sea ');
    await until(async () => last(await host.chats.get(id)).text.length > 100);
    process.kill(jobs.at(-1)!.pid!, 'SIGKILL');
    await until(async () => (await host.chats.get(id)).writing === null);
    const cut = last(await host.chats.get(id));
    expect(cut.state).toBe('failed');
    expect(cut.text.length).toBeGreaterThan(100);
    expect(cut.answer?.error).toMatchObject({
      message: { template: expect.stringContaining('killed by the system') as unknown },
      kept: msg`Your message and the partial answer were kept.`,
    });
    const before = jobs.length;
    await host.chats.change(id, { sampling: { ...(await host.chats.get(id)).sampling, max_tokens: 4 } });
    await host.chats.answer(id, cut.parent);
    await done(id);
    expect(jobs.length).toBe(before + 1);
  });

  it('a program that is killed in the middle of an answer leaves the question and the partial answer', async () => {
    const { id } = await newChat({}, { max_tokens: 1 << 20 });
    const running = place.start(path.join(programs, 'chat-host.mjs'), [place.library, id, 'The sea ']);
    const entries = () => readFile(path.join(place.library, 'chats', id, 'chat.jsonl'), 'utf8');
    await until(async () => (await entries()).includes('"type":"text"'));
    // As long as that program writes, this one says so, shows what there is, and stays out of it.
    const seen: string[] = [];
    const leaving = new AbortController();
    for await (const event of host.chats.follow(id, leaving.signal)) {
      if (event.type !== 'chat') continue;
      expect(last(event.chat).state).toBe('elsewhere');
      if (seen.at(-1) !== last(event.chat).text) seen.push(last(event.chat).text);
      if (seen.length === 3) leaving.abort();
    }
    expect(seen[2].startsWith(seen[1]) && seen[1].startsWith(seen[0])).toBe(true);
    await expect(host.chats.say(id, last(await host.chats.get(id)).id, 'And?')).rejects.toMatchObject({
      code: 'locked',
      message: 'Another window is generating an answer in this chat.',
    });
    expect((await host.chats.get(id)).messages).toHaveLength(2);
    running.signal('SIGKILL');
    await running.outcome;
    const { messages, problems } = await host.chats.get(id);
    expect(problems.length).toBeLessThanOrEqual(1);
    expect(messages.map(({ state }) => state)).toEqual(['done', 'cut-off']);
    expect(messages[1].text.length).toBeGreaterThan(10);
    await host.chats.change(id, { sampling: { ...(await host.chats.get(id)).sampling, max_tokens: 4 } });
    await host.chats.answer(id, messages[0].id);
    await done(id);
  });

  it('a program that is killed while it writes messages loses none that it had kept', async () => {
    const { id } = await newChat();
    for (let round = 0; round < 3; round++) {
      const before = (await new ChatStore(place.library).get(id)).messages.length;
      const running = place.start(path.join(programs, 'append-messages.mjs'), [place.library, id]);
      await running.printed(new RegExp(`^${8 + round}$`, 'm'));
      await sleep(3 * round);
      running.signal('SIGKILL');
      const told = (await running.outcome).stdout.split('\n').length - 1;
      const { messages, problems } = await new ChatStore(place.library).get(id);
      expect(messages.length - before).toBeGreaterThanOrEqual(told);
      expect(messages.length - before).toBeLessThanOrEqual(told + 1);
      expect(problems.every((problem) => toEnglish(problem).startsWith('The last entry is incomplete'))).toBe(true);
      expect(messages.slice(before).map(({ text }) => parseInt(text))).toEqual(
        Array.from({ length: messages.length - before }, (_, index) => index),
      );
    }
    await host.chats.change(id, { title: 'After all' });
    expect((await host.chats.get(id)).name).toBe('After all');
  });
});

describe('a chat that two programs change at once', () => {
  it('keeps every change of both, each whole', async () => {
    const { id } = await newChat();
    const times = 120;
    const change = (setting: string) =>
      place.start(path.join(programs, 'change-settings.mjs'), [place.library, id, setting, String(times)]).outcome;
    for (const { code, stderr } of await Promise.all([change('title'), change('system')]))
      expect([code, stderr]).toEqual([0, '']);
    const { entries, problems } = await new ChatFile(path.join(place.library, 'chats', id)).read();
    expect(problems).toEqual([]);
    const order: string[] = [];
    for (const setting of ['title', 'system'] as const) {
      const changes = entries.flatMap((entry) => {
        const value = entry.type === 'settings' ? entry.changes[setting] : undefined;
        return value === undefined ? [] : [parseInt(value)];
      });
      expect(changes).toEqual(Array.from({ length: times }, (_, count) => count));
    }
    for (const entry of entries) if (entry.type === 'settings') order.push(Object.keys(entry.changes)[0]);
    // They did take turns.
    expect(order.lastIndexOf('title')).toBeGreaterThan(order.indexOf('system'));
    expect(order.lastIndexOf('system')).toBeGreaterThan(order.indexOf('title'));
    const { settings } = await new ChatStore(place.library).get(id);
    expect([parseInt(settings.title), parseInt(settings.system)]).toEqual([times - 1, times - 1]);
    expect(await readdir(path.join(place.library, 'chats', id))).toEqual(['chat.jsonl']);
  });
});
