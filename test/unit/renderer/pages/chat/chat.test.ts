import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChatContext, ChatMessage, ChatView } from '../../../../../main/contract/chats.ts';
import { chatSamplingSchema } from '../../../../../main/contract/sampling.ts';
import { toMessage, toEnglish, msg } from '../../../../../main/contract/message.ts';
import { Announcer } from '../../../../../renderer/pages/chat/announcer.ts';
import ChatList from '../../../../../renderer/pages/chat/ChatList.svelte';
import Composer from '../../../../../renderer/pages/chat/Composer.svelte';
import ContextMeter from '../../../../../renderer/pages/chat/ContextMeter.svelte';
import Conversation from '../../../../../renderer/pages/chat/Conversation.svelte';
import {
  samplingFields,
  stopsOf,
  stopText,
  defaultSampling,
  setSampling,
} from '../../../../../renderer/pages/chat/sampling-fields.ts';
import { FakeHost, information, preferences, runView, show } from '../../fake-host.ts';

const id = '0123456789abcdef';
let count = 0;
const message = (text: string, parent: ChatMessage | null, changes: Partial<ChatMessage> = {}): ChatMessage => ({
  ...{ id: (++count).toString(16).padStart(12, '0'), parent: parent?.id ?? null, role: 'user', text },
  ...{ time: '2026-01-01T00:00:00.000Z', state: 'done', answer: null, ...changes },
});
const answer = (text: string, parent: ChatMessage, changes: Partial<ChatMessage> = {}): ChatMessage =>
  message(text, parent, {
    role: 'assistant',
    answer: {
      ...{ run: 'little', step: 100, reason: 'length', tokens: 12, seconds: 2, seed: 7 },
      ...{ context: null, error: null },
    },
    ...changes,
  });
const chat = (messages: ChatMessage[], changes: Partial<ChatView> = {}): ChatView => ({
  ...{ id, created: '2026-01-01T00:00:00.000Z', updated: '2026-01-01T00:00:00.000Z', title: '', name: 'The sea' },
  ...{ run: 'little', template: 'auto', system: '', document: null, sampling: chatSamplingSchema.parse({}) },
  ...{ messages, leaf: messages.at(-1)?.id ?? null, writing: null, problems: [], ...changes },
});
const use = { limit: 1000, trained: null, document: null, conversation: 100, left: { turns: 0, tokens: 0 }, room: 900 };
const context: ChatContext = {
  ...{ run: 'little', device: 'native', step: 100, kind: 'text', template: 'plain', use },
  ...{ answer: 50, notices: [] },
};

async function open(
  view: ChatView,
  kind: 'text' | 'chats' = 'text',
  measured: Partial<ChatContext> = {},
  shownAs: 'text' | 'turns' = 'turns',
) {
  localStorage.setItem('hyena-studio.chat-view', shownAs);
  sessionStorage.clear();
  const host = new FakeHost({
    'app.information': () => information,
    'preferences.get': () => preferences,
    'datasets.list': () => [],
    'runs.list': () => [runView('little', { kind })],
    'chats.context': () => ({ ...context, ...measured }),
    'chats.say': () => view,
    'chats.answer': () => view,
    'chats.choose': () => view,
    'chats.change': () => view,
    'chats.stop': () => ({}),
    'chats.tokens': () => tokens,
  });
  const { app, container } = show(host, Conversation, { id, known: true });
  await app.start();
  await waitFor(() => expect(host.joined.some(({ stream }) => stream === 'chats.follow')).toBe(true));
  host.emit('chats.follow', { type: 'chat', chat: view });
  await tick();
  return { host, app, container };
}
const tokens = [
  { width: 3, probability: 0.9, others: [{ token: 'was', probability: 0.9 }] },
  {
    ...{ width: 6, probability: 0.01 },
    others: [
      { token: ' wild', probability: 0.6 },
      { token: ' calm.', probability: 0.01 },
    ],
  },
];
const articles = () => screen.getAllByRole('article').map((one) => one.querySelector('.prose')?.textContent);

// There is no layout in which anything could be scrolled.
beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

describe('one text that a model continues', () => {
  const question = message('The sea', null);
  const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text to continue' });
  const drawn = (container: HTMLElement) =>
    [...container.querySelectorAll('.drawn span:not(.caret)')]
      .map((span) => [span.className.split(' ')[0], span.textContent])
      .filter(([, text]) => text !== '');

  it('has what a person wrote and what the model wrote in two tones, and is continued by Ctrl and Enter', async () => {
    const written = answer(' was calm.', question);
    const { host, container } = await open(chat([question, written]), 'text', {}, 'text');
    expect(drawn(container)).toEqual([
      ['person', 'The sea'],
      ['model', ' was calm.'],
    ]);
    await fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true });
    expect(host.of('chats.answer')).toEqual([{ chat: id, to: written.id }]);
  });

  it('takes a continuation by Tab, drops one by Escape, and says the text as it then is', async () => {
    const { host, container } = await open(chat([question]), 'text', {}, 'text');
    await fireEvent.click(screen.getByRole('button', { name: 'Generate' }));
    expect(host.of('chats.answer')).toEqual([{ chat: id, to: question.id }]);
    const first = answer(' was calm.', question);
    host.emit('chats.follow', { type: 'chat', chat: chat([question, first]) });
    await tick();
    expect(drawn(container)).toEqual([
      ['person', 'The sea'],
      ['proposed', ' was calm.'],
    ]);
    await fireEvent.keyDown(field(), { key: 'Escape' });
    expect(field().value).toBe('The sea');
    await fireEvent.click(screen.getByRole('button', { name: 'Generate' }));
    const second = answer(' was wild.', question);
    host.emit('chats.follow', { type: 'chat', chat: chat([question, first, second]) });
    await tick();
    await fireEvent.keyDown(field(), { key: 'Tab' });
    expect(drawn(container)).toEqual([
      ['person', 'The sea'],
      ['model', ' was wild.'],
    ]);
    await fireEvent.input(field(), { target: { value: 'The sea was very wild.' } });
    expect(drawn(container)).toEqual([
      ['person', 'The sea'],
      ['model', ' was '],
      ['person', 'very '],
      ['model', 'wild.'],
    ]);
    await fireEvent.keyDown(field(), { key: 'Enter', metaKey: true });
    expect(host.of('chats.say')).toEqual([{ chat: id, parent: null, text: 'The sea was very wild.' }]);
  });

  it('is shown as turns where one wants it so', async () => {
    await open(chat([question, answer(' was calm.', question)]), 'text', {}, 'text');
    await fireEvent.click(screen.getByRole('button', { name: 'Turns' }));
    expect(articles()).toEqual(['The sea', ' was calm.']);
  });
});

describe('a conversation', () => {
  const question = message('The sea', null);

  it('shows how likely each token of an answer was, by the keyboard too', async () => {
    await open(chat([question, answer('was calm.', question)]));
    await fireEvent.click(screen.getByRole('button', { name: 'Probabilities' }));
    const text = await screen.findByRole('group', { name: 'Answer by tokens' });
    expect([...text.querySelectorAll('span')].map((span) => [span.textContent, span.dataset.level])).toEqual([
      ['was', '0'],
      [' calm.', '4'],
    ]);
    await fireEvent.keyDown(text, { key: 'ArrowRight' });
    await fireEvent.keyDown(text, { key: 'ArrowRight' });
    expect(screen.getAllByRole('listitem').map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '␣wild 60%',
      '␣calm. 1%',
    ]);
  });

  it('draws the Markdown of a model that answers, and nothing in it runs or is fetched', async () => {
    const text =
      '## Plan\n\n1. **First** `x < 1`\n2. [site](https://example.org) [bad](javascript:alert(1))\n\n' +
      '```js\nlet a = 1;\n```\n\n<img src=x onerror=alert(1)> ![a whale](http://x.y/z.png)\n\n| a | b |\n|---|--:|\n| 1 | 2 |';
    const { container } = await open(chat([question, answer(text, question)]), 'chats');
    const drawn = container.querySelector('.markdown')!;
    expect(drawn.querySelector('h4')?.textContent).toBe('Plan');
    expect(drawn.querySelector('ol > li strong')?.textContent).toBe('First');
    expect(drawn.querySelector('li code')?.textContent).toBe('x < 1');
    expect([...drawn.querySelectorAll('a')].map((a) => [a.getAttribute('href'), a.rel])).toEqual([
      ['https://example.org', 'noopener noreferrer'],
    ]);
    expect(drawn.querySelector('pre')?.textContent).toBe('let a = 1;');
    expect(drawn.querySelector('img, script')).toBeNull();
    expect(drawn.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(drawn.textContent).toContain('[a whale]');
    expect([...drawn.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['1', '2']);
  });

  it('shows the branch that is looked at, and steps to another', async () => {
    const [first, second] = [answer('was calm.', question), answer('was wild.', question)];
    const { host } = await open(chat([question, first, second]));
    expect(articles()).toEqual(['The sea', 'was wild.']);
    expect(screen.getByText('2/2')).toBeTruthy();
    expect(screen.getByText('12 tokens · 6 tokens/s').getAttribute('title')).toBe('Checkpoint at step 100, seed 7');
    await fireEvent.click(screen.getByRole('button', { name: 'Previous version' }));
    expect(host.of('chats.choose')).toEqual([{ chat: id, message: first.id }]);
  });

  it('looks at the branch in which a search has found something', async () => {
    const [first, second] = [answer('was calm.', question), answer('was wild.', question)];
    location.hash = `#/chat/${id}?message=${first.id}`;
    const { host } = await open(chat([question, first, second]));
    await waitFor(() => expect(host.of('chats.choose')).toEqual([{ chat: id, message: first.id }]));
    host.emit('chats.follow', { type: 'chat', chat: chat([question, first, second], { leaf: first.id }) });
    await tick();
    expect(articles()).toEqual(['The sea', 'was calm.']);
    expect(host.of('chats.choose')).toHaveLength(1);
    location.hash = '';
  });

  it('grows as it is written, also where it is joined in the middle, and takes no delta for another message', async () => {
    const writing = answer('was c', question, { state: 'writing' });
    const { host } = await open(chat([question, writing], { writing: writing.id }));
    expect(articles()[1]).toBe('was c');
    host.emit('chats.follow', { type: 'text', message: writing.id, at: 5, text: 'alm 🐋' });
    host.emit('chats.follow', { type: 'text', message: question.id, at: 7, text: 'no' });
    host.emit('chats.follow', { type: 'text', message: writing.id, at: 99, text: 'nor this' });
    await tick();
    expect(articles()).toEqual(['The sea', 'was calm 🐋']);
    const progress = { type: 'progress', message: writing.id, done: 0.4, tokens: 0, tokensPerSecond: null } as const;
    host.emit('chats.follow', { ...progress, phase: 'reading' });
    await tick();
    expect(screen.getByText('40%').closest('[role=status]')?.textContent).toMatch(/Reading the prompt …\s+40%/);
    await fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(host.of('chats.stop')).toHaveLength(1);
  });

  it('says what became of an answer', async () => {
    const failed = answer('was', question, {
      state: 'failed',
      answer: {
        ...{ run: 'little', step: null, reason: null, tokens: 1, seconds: 0, seed: 1, context: null },
        error: { code: 'device', message: msg`It crashed.`, kept: msg`Your message.`, hint: msg`Try again.` },
      },
    });
    const cut = answer('calm', question, { state: 'cut-off' });
    await open(chat([question, cut, failed], { problems: [toMessage('The last entry was cut off.')] }));
    expect(screen.getByRole('alert').textContent).toMatch(/It crashed\..*Your message\..*Try again\./s);
    expect(screen.getByRole('note').textContent).toBe('The last entry was cut off.');
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });

  it('takes an edited message as a branch', async () => {
    const { host } = await open(chat([question, answer('was calm.', question)]));
    await fireEvent.click(screen.getByRole('button', { name: 'Edit' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit' });
    expect(field.value).toBe('The sea');
    await fireEvent.input(field, { target: { value: 'The ship' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(host.of('chats.say')).toEqual([{ chat: id, parent: null, text: 'The ship' }]);
  });

  it('goes on with a text where nothing is written, says what is written otherwise, and keeps the draft', async () => {
    const last = answer('was calm.', question);
    const { host } = await open(chat([question, last]));
    await fireEvent.click(screen.getByRole('button', { name: 'Generate' }));
    await waitFor(() => expect(host.of('chats.answer')).toEqual([{ chat: id, to: last.id }]));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text to continue' });
    await fireEvent.input(field, { target: { value: 'And then' } });
    expect(sessionStorage.getItem(`hyena-studio.chat-draft.${id}`)).toBe('And then');
    await fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(host.of('chats.say')).toEqual([{ chat: id, parent: last.id, text: 'And then' }]));
    expect(field.value).toBe('');
  });

  it('keeps every change of its settings, however fast they follow', async () => {
    const { host } = await open(chat([question]));
    await fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await fireEvent.change(screen.getByRole('textbox', { name: 'Temperature' }), { target: { value: '0,5' } });
    await fireEvent.change(screen.getByRole('textbox', { name: /^Top-k/ }), { target: { value: '20' } });
    await fireEvent.change(screen.getByRole('textbox', { name: /^Top-p/ }), { target: { value: '2' } });
    await waitFor(() => expect(host.of('chats.change')).toHaveLength(2));
    expect(host.of('chats.change')[1]).toMatchObject({
      changes: { sampling: { temperature: 0.5, top_k: 20, top_p: 1 } },
    });
    expect(screen.getByRole('textbox', { name: /^Top-p/ }).getAttribute('aria-invalid')).toBe('true');
  });

  it('shows what was changed last, whatever the host tells before it has taken the change', async () => {
    const { host } = await open(chat([question]));
    const title = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Chat title' }).value;
    host.answers = { ...host.answers, 'chats.change': undefined };
    await fireEvent.change(screen.getByRole('textbox', { name: 'Chat title' }), { target: { value: 'Whales' } });
    host.emit('chats.follow', { type: 'chat', chat: chat([question], { title: 'Older' }) });
    await tick();
    expect(title()).toBe('Whales');
    const taken = chat([question], { title: 'Whales' });
    host.receive({ type: 'reply', id: host.lastId('chats.change'), result: taken });
    // The next message of the host comes in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve));
    host.emit('chats.follow', { type: 'chat', chat: chat([question], { title: 'Newer' }) });
    await waitFor(() => expect(title()).toBe('Newer'));
  });

  it('says that a better checkpoint is damaged, and which one answers', async () => {
    const notice = msg`The checkpoint ${'/runs/little/best-90'} is damaged. The one of step ${60} is used instead: ${'/runs/little/step-60'}`;
    await open(chat([question]), 'text', { notices: [notice] });
    await waitFor(() => expect(screen.getByRole('note').textContent).toBe(toEnglish(notice)));
  });

  it('is not gone on with where the context is full, whether the answer ended there or no room was left', async () => {
    const ended = answer('was calm.', question, {
      answer: {
        ...{ run: 'little', step: 100, reason: 'length', tokens: 12, seconds: 2, seed: 7, error: null },
        context: { ...use, room: 12 },
      },
    });
    const { host } = await open(chat([question, ended]));
    expect(screen.getByText('Stopped because the context is full.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Generate' }).disabled).toBe(true);
    const other = answer('was calm.', question);
    host.emit('chats.follow', { type: 'chat', chat: chat([question, other]) });
    await tick();
    expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
    host.answers = { ...host.answers, 'chats.context': () => ({ ...context, use: { ...use, room: 0 } }) };
    host.emit('chats.follow', { type: 'chat', chat: chat([question, other]) });
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull());
  });

  it('a conversation with a model of chats is asked, not continued', async () => {
    await open(chat([]), 'chats');
    expect(screen.getByText(/trained on chats. It answers/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
    expect(screen.queryByText('Fine-tune for chat')).toBeNull();
  });

  it('a conversation with a model that is gone says so', async () => {
    await open(chat([question], { run: 'lost' }));
    expect(screen.getByText('The model lost has been deleted. Choose another one to continue.')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text to continue' }).disabled).toBe(true);
  });
});

describe('the composer', () => {
  const props = { kind: 'chats' as const, text: 'Hi', writing: false, busy: false, canContinue: false };
  it('sends by Enter, but neither with Shift nor while an input method chooses a word; Escape stops', async () => {
    const [onsend, onstop] = [vi.fn(), vi.fn()];
    show(new FakeHost(), Composer, { ...props, onchange: vi.fn(), onsend, onstop });
    const field = screen.getByRole('textbox', { name: 'Message' });
    await fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(onsend).not.toHaveBeenCalled();
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(onsend).toHaveBeenCalledOnce();
    await fireEvent.keyDown(field, { key: 'Escape' });
    expect(onstop).not.toHaveBeenCalled();
  });
});

describe('the meter', () => {
  const meter = (changes: object) =>
    show(new FakeHost(), ContextMeter, {
      ...{ context: { ...context, use: { ...use, ...changes } }, failure: null, measuring: false },
    }).container.textContent;

  it('tells what of the context is used, and plainly what does not fit', () => {
    expect(meter({})).toContain('150 of 1,000 tokens');
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('Conversation 100, Answer 50');
    const legend = [...document.querySelectorAll('.legend li')];
    expect(legend.map(({ textContent }) => textContent)).toEqual(['Conversation', 'Answer']);
    expect(legend.map((one) => one.querySelector<HTMLElement>('[data-part]')?.dataset.part)).toEqual([
      'conversation',
      'answer',
    ]);
    expect(meter({ left: { turns: 2, tokens: 80 } })).toContain('The first 2 messages no longer fit');
    expect(meter({ left: { turns: 0, tokens: 80 } })).toContain('The first 80 tokens no longer fit');
    expect(meter({ room: 0 })).toContain('This does not fit');
    const part = { tokens: 500, total: 2000, start: 0, end: 2500, characters: 10_000 };
    expect(meter({ document: part })).toContain('The model reads 25% of the document: from 0% to 25%.');
  });
});

describe('the list of chats', () => {
  it('searches as one types, and shows what was found with its words marked', async () => {
    const hit = {
      ...{ chat: id, name: 'Whales', message: '0000000000aa', role: 'user' as const, time: '2026-01-01T00:00:00.000Z' },
      ...{ excerpt: 'a white whale', marks: [{ start: 8, end: 13 }] },
    };
    const host = new FakeHost({ 'chats.search': () => [hit] });
    show(host, ChatList, { chats: [], openId: null });
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'whale' } });
    await screen.findByText('1 message found');
    expect(host.of('chats.search')).toEqual([{ text: 'whale', limit: 50 }]);
    const link = screen.getByRole('link', { name: /Whales/ });
    expect(link.getAttribute('href')).toBe(`#/chat/${id}?message=0000000000aa`);
    expect(link.querySelector('mark')?.textContent).toBe('whale');
  });
});

describe('what is spoken of a growing text', () => {
  it('is whole sentences every few seconds, then the rest', () => {
    const announcer = new Announcer();
    expect(announcer.feed('The sea was', 0, false)).toBeNull();
    expect(announcer.feed('The sea was calm. The ship', 4999, false)).toBeNull();
    expect(announcer.feed('The sea was calm. The ship', 5000, false)).toBe('The sea was calm.');
    expect(announcer.feed('The sea was calm. The ship went', 6000, false)).toBeNull();
    expect(announcer.feed('The sea was calm. The ship went on', 7000, true)).toBe('The ship went on');
    expect(announcer.feed('The sea was calm. The ship went on', 20_000, true)).toBeNull();
    expect(new Announcer().feed('x'.repeat(1000), 0, true)).toHaveLength(402);
  });
});

describe('settings of sampling', () => {
  const field = (key: string) => samplingFields.find((one) => one.key === key)!;
  it('have the bounds of the contract, and take what is within them', () => {
    expect(field('temperature')).toMatchObject({ minimum: 0, maximum: 10, whole: false, nullable: false });
    expect(field('seed')).toMatchObject({ minimum: 0, maximum: 0xffffffff, whole: true, nullable: true });
    expect(setSampling(defaultSampling, field('top_k'), 1.5)).toBeNull();
    expect(setSampling(defaultSampling, field('temperature'), null)).toBeNull();
    expect(setSampling(defaultSampling, field('seed'), null)?.seed).toBeNull();
    expect(setSampling(defaultSampling, field('top_p'), 0.9)?.top_p).toBe(0.9);
  });

  it('have stop texts, one a line', () => {
    expect(stopsOf('a\n\\n\\n\n\nb c')).toEqual(['a', '\n\n', 'b c']);
    expect(stopText(['a', '\n\n'])).toBe('a\n\\n\\n');
  });
});
