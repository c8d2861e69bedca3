import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { branchOf, leafBelow, nameOf, siblingsOf, turnsOf } from '../../../../../main/contract/logic/chat-tree.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';
import type { ChatMessage } from '../../../../../main/contract/chats.ts';
import { ChatSearch } from '../../../../../main/host/chats/chat-search.ts';
import { ChatStore } from '../../../../../main/host/chats/chat-store.ts';
import { chatMarkdown, markdownName } from '../../../../../main/host/chats/markdown.ts';

let library: string;
let store: ChatStore;
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-chats-'));
  store = new ChatStore(library);
});
afterEach(() => rm(library, { recursive: true, force: true }));

let count = 0;
const message = (text: string, parent: string | null = null, changes: Partial<ChatMessage> = {}): ChatMessage => ({
  ...{ id: (++count).toString(16).padStart(12, '0'), parent, role: 'user', text },
  ...{ time: new Date(1e12 + count * 1000).toISOString(), state: 'done', answer: null, ...changes },
});
const fileOf = (id: string) => path.join(library, 'chats', id, 'chat.jsonl');
const keep = (id: string, ...messages: ChatMessage[]) =>
  store.append(
    id,
    messages.map((one) => ({ type: 'message', message: one })),
  );

describe('a chat on disk', () => {
  it('is what its entries make of it: the last settings, messages in their order, the branch that is looked at', async () => {
    const id = await store.create({ run: 'little', title: 'First' });
    const [a, b] = [message('One'), message('Two')];
    await keep(id, a, b, { ...a, text: 'One!' });
    await store.append(id, [{ type: 'settings', changes: { title: 'Second', system: 'Be kind.' }, time: a.time }]);
    const chat = await store.get(id);
    expect(chat.settings).toMatchObject({ title: 'Second', run: 'little', system: 'Be kind.', template: 'auto' });
    expect(chat.messages.map(({ text }) => text)).toEqual(['One!', 'Two']);
    expect(chat.leaf).toBe(b.id);
    await store.append(id, [{ type: 'leaf', message: a.id, time: a.time }]);
    expect((await new ChatStore(library).get(id)).leaf).toBe(a.id);
  });

  it('cut off in the middle of a line at any byte is all there was before, says so, and goes on', async () => {
    const id = await store.create({ title: 'こんにちは' });
    await keep(id, message('erstens — 🐋'), message('zweitens — 🐋🐋'));
    const whole = await readFile(fileOf(id));
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let length = lastLine; length < whole.length; length += 3) {
      await writeFile(fileOf(id), whole.subarray(0, length));
      const { messages, problems } = await new ChatStore(library).get(id);
      expect(messages.map(({ text }) => text)).toEqual(['erstens — 🐋']);
      expect(problems).toHaveLength(length === lastLine ? 0 : 1);
    }
    await truncate(fileOf(id), whole.length - 4);
    await keep(id, message('drittens'));
    const after = await store.get(id);
    expect(after.messages.map(({ text }) => text)).toEqual(['erstens — 🐋', 'drittens']);
    expect(after.problems).toEqual([]);
  });

  it('leaves out lines that are no entries, and says which', async () => {
    const id = await store.create({});
    await appendFile(fileOf(id), '{"type":"message"}\nrubbish\n');
    await keep(id, message('still here'));
    const { messages, problems } = await store.get(id);
    expect(messages).toHaveLength(1);
    expect(problems.map(toEnglish)).toEqual([
      'Line 3 is damaged and was skipped.',
      'Line 4 is damaged and was skipped.',
    ]);
  });

  it('has of a message that was begun and not ended the text that was kept of it', async () => {
    const id = await store.create({});
    const begun = message('', null, { role: 'assistant', state: 'writing' });
    await keep(id, begun);
    await store.append(id, [{ type: 'text', message: begun.id, text: 'Once ' }], { sync: false });
    await store.append(id, [{ type: 'text', message: begun.id, text: 'upon' }], { sync: false });
    expect((await store.get(id)).messages).toMatchObject([{ text: 'Once upon', state: 'cut-off' }]);
  });

  it('is listed by its last change; one that is gone is not, and what is no chat never was', async () => {
    const [a, b] = [await store.create({ title: 'A' }), await store.create({ title: 'B' })];
    await writeFile(path.join(library, 'chats', 'note.txt'), '');
    await store.append(a, [{ type: 'settings', changes: { title: 'A2' }, time: '2999-01-01T00:00:00.000Z' }]);
    expect((await store.list()).chats.map(({ settings }) => settings.title)).toEqual(['A2', 'B']);
    await rm(path.join(library, 'chats', b), { recursive: true });
    expect((await store.list()).chats.map(({ id }) => id)).toEqual([a]);
    await expect(store.get(b)).rejects.toMatchObject({ code: 'not-found' });
    await expect(keep(b, message('x'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.get('../runs')).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('the tree of messages', () => {
  const of = (id: string, parent: string | null) => ({ id, parent });
  const tree = [of('q1', null), of('a1', 'q1'), of('a2', 'q1'), of('q2', 'a1'), of('q3', 'a2'), of('a3', 'q3')];
  const ids = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

  it('has branches, siblings in their order, and the newest end below a message', () => {
    expect(ids(branchOf(tree, 'a3'))).toEqual(['q1', 'a2', 'q3', 'a3']);
    expect(ids(branchOf(tree, 'q2'))).toEqual(['q1', 'a1', 'q2']);
    expect(branchOf(tree, null)).toEqual([]);
    expect(ids(siblingsOf(tree, tree[1]))).toEqual(['a1', 'a2']);
    expect(leafBelow(tree, 'q1')).toBe('a3');
    expect(leafBelow(tree, 'a1')).toBe('q2');
  });

  it('the tree of messages that is a circle, or lacks a parent, ends', () => {
    const circle = [of('x', 'y'), of('y', 'x')];
    expect(branchOf(circle, 'x').length).toBeLessThanOrEqual(3);
    expect(['x', 'y']).toContain(leafBelow(circle, 'x'));
    expect(ids(branchOf([of('b', 'gone')], 'b'))).toEqual(['b']);
  });

  it('is told to a model as turns, after what the system says', () => {
    const messages = [
      { role: 'user', text: 'Hi' },
      { role: 'assistant', text: 'Ho' },
    ] as const;
    expect(turnsOf(messages, ' ').map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(turnsOf(messages, 'Be kind.')[0]).toEqual({ role: 'system', content: 'Be kind.' });
  });

  it('gives a chat its name, in whole characters', () => {
    expect(nameOf('Mine', 'One')).toBe('Mine');
    expect(nameOf('', '  One\n two ')).toBe('One two');
    expect(nameOf('', '🐋'.repeat(100))).toBe(`${'🐋'.repeat(60)}…`);
    expect(nameOf('', undefined)).toBe('');
  });
});

describe('searching', () => {
  it('finds words and their beginnings in messages and titles, marks them, and follows what changes', async () => {
    const search = new ChatSearch();
    const a = await store.create({ title: 'Whaling' });
    const b = await store.create({});
    await keep(a, message(`${'And so it goes on. '.repeat(20)}The harpooneer slept. ${'More. '.repeat(60)}`));
    await keep(b, message('鯨は大きい。'), message('No harpoon here'));
    const find = async (text: string) => search.find((await store.list()).chats, text, 10);
    const hits = await find('harpoon');
    expect(hits.map(({ chat }) => chat).sort()).toEqual([a, b].sort());
    const long = hits.find(({ chat }) => chat === a)!;
    expect(long.excerpt).toMatch(/^… .* …$/);
    expect(long.marks.map(({ start, end }) => long.excerpt.slice(start, end))).toEqual(['harpooneer']);
    expect((await find('whaling')).map(({ message: one }) => one)).toEqual([null]);
    expect((await find('大きい'))[0]).toMatchObject({ chat: b, excerpt: '鯨は大きい。' });
    expect(await find('harpoon slept here')).toEqual([]);
    expect(await find('  ')).toEqual([]);
    await keep(b, message('A new word: ambergris'));
    expect((await find('ambergris')).map(({ chat }) => chat)).toEqual([b]);
    await rm(path.join(library, 'chats', b), { recursive: true });
    expect(await find('ambergris')).toEqual([]);
    expect(await find('(.*')).toEqual([]);
  });
});

describe('a chat is exported as Markdown', () => {
  it('has the branch that is looked at, with what was said as it was said', async () => {
    const id = await store.create({ title: 'Of whales / and men' });
    const facts = { run: 'little', step: 5, reason: 'end', tokens: 2, seconds: 1, seed: 0, context: null, error: null };
    const question = message('What?\n\n- a\n- b');
    const [first, second] = ['**No**', 'Yes'].map((text) =>
      message(text, question.id, { role: 'assistant', answer: facts as ChatMessage['answer'] }),
    );
    await keep(id, question, first, second);
    const chat = await store.get(id);
    const markdown = chatMarkdown(chat, 'Moby-Dick', { you: 'You', document: 'Document' });
    expect(markdown).toMatch(
      /^# Of whales \/ and men\n\n\d{4}-\d\d-\d\d · Document: Moby-Dick\n\n## You\n\nWhat\?\n\n- a\n- b\n\n## little\n\nYes\n$/,
    );
    expect(markdownName(chat)).toBe('Of-whales-and-men.md');
  });
});
