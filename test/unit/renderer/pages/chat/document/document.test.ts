import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type {
  AskResult,
  DocumentOutline,
  DocumentRecord,
  KeptNote,
  SummaryResult,
  SurpriseMap,
} from '../../../../../../main/contract/documents.ts';
import type { DocumentPart } from '../../../../../../main/contract/conversation.ts';
import type { TaskView } from '../../../../../../main/contract/views.ts';
import { msg } from '../../../../../../main/contract/message.ts';
import { LexicalFind } from '../../../../../../renderer/pages/chat/document/lexical-find.svelte.ts';
import type { FromIndex, IndexPort, ToIndex } from '../../../../../../renderer/pages/chat/document/find-index.ts';
import { notesMarkdown } from '../../../../../../renderer/pages/chat/document/citation.ts';
import { documentStateOf } from '../../../../../../renderer/pages/chat/document/document-state.svelte.ts';
import DocumentPane from '../../../../../../renderer/pages/chat/document/DocumentPane.svelte';
import DocumentShelf from '../../../../../../renderer/pages/chat/document/DocumentShelf.svelte';
import Outline from '../../../../../../renderer/pages/chat/document/Outline.svelte';
import Notices from '../../../../../../renderer/frame/Notices.svelte';
import { FakeHost, idle, show } from '../../../fake-host.ts';

const id = '0123456789abcdef';
const text = 'The Lamp\n\nMaren lit the lamp. The ships came home.\n\nThe Storm\n\nA storm broke the lamp.\n';
const record: DocumentRecord = {
  ...{ format: 1, id, title: 'A story', source: 'story.md', added: '2026-01-01T00:00:00.000Z', bytes: text.length },
  ...{ sha256: 'x', characters: text.length, words: 15, places: { pages: 0, chapters: 0, headings: 2 }, problems: [] },
};
const outline: DocumentOutline = {
  record,
  places: [
    { kind: 'heading', label: 'The Lamp', level: 1, offset: 0 },
    { kind: 'heading', label: 'The Storm', level: 1, offset: text.indexOf('The Storm') },
  ],
  blocks: { starts: [0], lines: [8] },
  hardWrapped: false,
  bytes: text.length,
};
const storm = text.indexOf('A storm');
const place = { page: null, chapter: null, heading: 'The Storm', label: 'The Storm' };
const told = { document: record, run: 'whale', step: 100, device: 'native', seconds: 2 };
const passage = { text: 'A storm broke the lamp.', start: storm, end: storm + 23, place };
const sentence = { text: passage.text, start: storm, end: storm + 23 };
const found: AskResult = {
  ...told,
  ...{
    question: 'storm',
    kind: 'find',
    note: '',
    passages: [{ ...passage, sentence, score: 0.9, lexical: 3, gain: 0.25 }],
  },
};
const summary: SummaryResult = {
  ...told,
  kind: 'extract',
  sentences: [{ ...passage, section: 'The Storm', score: 1, gain: 0.1 }],
};
const map: SurpriseMap = {
  ...{ format: 1, map: 'fedcba9876543210', document: id, run: 'whale', step: 100, identity: 'w', device: 'native' },
  ...{ made: '2026-01-01T00:00:00.000Z', seconds: 3, start: 0, end: text.length, complete: true, tokens: 80, words: 4 },
  ...{ loss: 1.5, perplexity: 4.48, bitsPerByte: 2.16, window: { length: 32, known: 16, seams: [17, 34] } },
  ...{ scale: [1, 2, 3, 4, 5], strip: [{ start: 0, end: text.length, loss: 1.5 }] },
  byPosition: [
    { from: 1, to: 8, loss: 3, perplexity: 20, tokens: 300 },
    { from: 8, to: 16, loss: 2.5, perplexity: 12, tokens: 300 },
    { from: 32, to: 33, loss: 1, perplexity: 2.7, tokens: 300 },
  ],
  peaks: [{ ...passage, loss: 4.5 }],
};

const hostOf = (more: ConstructorParameters<typeof FakeHost>[0] = {}) =>
  new FakeHost({
    'documents.open': () => outline,
    'documents.text': ({ start, end }) => ({ start, end, text: text.slice(start, end) }),
    'documents.maps': () => [],
    'documents.notes': () => [],
    'documents.fit': () => ({ run: 'whale', limit: 32, trained: null, tokens: 88, exact: true, characters: 32 }),
    'tasks.stop': () => ({}),
    ...more,
  });
const task = (changes: Partial<TaskView>): TaskView => ({
  ...{ id: 'x', kind: 'ask-document', subject: 'A story', outcome: id, status: 'running', phase: 'scoring', done: 0.4 },
  ...{ total: 1, unit: 'share', documents: 0, tokens: 0, secondsLeft: 12, problems: [], problemCount: 0, error: null },
  ...changes,
});
const openTool = async (name: string) => {
  const tools = await screen.findByRole('group', { name: 'Document tools' });
  await fireEvent.click(within(tools).getByRole('button', { name }));
};
const partFrom = (offset: number): DocumentPart => ({ id, edge: 'from', offset });
const pane = (host: FakeHost, props: object = {}) =>
  show(host, DocumentPane, { part: partFrom(0), modelName: 'whale', ...props });

// There is no layout in which anything could be scrolled.
beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the pane of a document', () => {
  it('shows its places, and points at the one that is chosen', async () => {
    const { app } = pane(hostOf());
    await openTool('Contents');
    await fireEvent.click(await screen.findByRole('button', { name: 'The Storm' }));
    expect(documentStateOf(app, id).mark).toEqual({
      start: text.indexOf('The Storm'),
      end: text.indexOf('The Storm') + 9,
    });
    await waitFor(() => expect(document.querySelector('mark')?.textContent).toBe('The Storm'));
    await fireEvent.click(screen.getByRole('button', { name: 'Clear mark' }));
    expect(document.querySelector('mark')).toBeNull();
  });

  it('returns to what was read before a jump, and keeps what was gone to', async () => {
    const kept: KeptNote[] = [];
    const host = hostOf({
      'documents.keepNote': ({ note }) => {
        kept.push(note);
        return [note];
      },
      'documents.dropNote': () => [],
    });
    const { app } = pane(host);
    await openTool('Contents');
    const desk = documentStateOf(app, id);
    await screen.findByRole('button', { name: 'The Storm' });
    desk.keepReading({ offset: 4, fraction: 0 });
    await fireEvent.click(screen.getByRole('button', { name: 'The Storm' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Highlight' }));
    await waitFor(() => expect(kept).toMatchObject([{ text: 'The Storm', note: '' }]));
    await fireEvent.keyDown(screen.getByRole('button', { name: 'The Storm' }), { key: 'Escape' });
    expect([desk.mark, desk.goal, desk.canReturn]).toEqual([null, { line: { offset: 4, fraction: 0 } }, false]);
    await waitFor(() => expect(document.querySelector('mark.kept')?.textContent).toBe('The Storm'));

    await openTool('Notes');
    await fireEvent.click(screen.getByRole('button', { name: 'Add a note' }));
    await fireEvent.input(screen.getByRole('textbox', { name: 'Your note' }), { target: { value: 'As foretold. ' } });
    await fireEvent.blur(screen.getByRole('textbox', { name: 'Your note' }));
    await waitFor(() => expect(kept.at(-1)).toMatchObject({ id: kept[0].id, note: 'As foretold.' }));
    await fireEvent.click(screen.getAllByRole('button', { name: 'Remove highlight' })[0]);
    await screen.findByText(/Nothing is highlighted yet/);
    expect(app.notices.all.at(-1)?.action?.label).toBe('Undo');
  });

  it('writes highlights and notes as Markdown, with their places', () => {
    const { t } = show(hostOf(), Notices, {}).app.i18n;
    const place = { page: '3', chapter: 'The Storm', heading: null, label: '' };
    const note = { id: crypto.randomUUID(), start: 20, end: 40, made: '2026-01-01T00:00:00.000Z', place };
    const markdown = notesMarkdown(
      record,
      [
        { ...note, text: 'Two lines\r\nof text', note: 'Mine.' },
        { ...note, text: 'Once more', note: '' },
      ],
      t,
    );
    expect(markdown).toBe(
      '# A story\n\n## The Storm\n\n> Two lines\n> of text\n>\n> (The Storm, page 3)\n\nMine.\n\n' +
        `> Once more\n>\n> (The Storm, page 3)\n\nSource: ${record.source}\n`,
    );
  });

  it('says what is wrong with a document that cannot be read, and tries again', async () => {
    let damaged = true;
    const error = {
      code: 'damaged' as const,
      message: msg`The text is not what was imported.`,
      hint: msg`Import it again.`,
    };
    pane(hostOf({ 'documents.open': () => (damaged ? error : outline) }));
    expect((await screen.findByRole('alert')).textContent).toContain('Import it again.');
    damaged = false;
    await fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await screen.findByRole('heading', { name: 'A story' });
  });

  it('has the model put passages in order, tells how far it is, and is cancelled', async () => {
    const host = hostOf();
    const { app } = pane(host);
    vi.spyOn(documentStateOf(app, id).lexical, 'prepare').mockResolvedValue();
    await openTool('Ask');
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'storm' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Re-rank with model' }));
    await waitFor(() => expect(host.of('documents.ask')).toHaveLength(1));
    const requested = host.of('documents.ask')[0] as { task: string };
    expect(requested).toMatchObject({ document: id, run: 'whale', question: 'storm', passages: 12 });
    host.emit('activity', { ...idle, tasks: [task({ id: requested.task })] });
    const bar = await screen.findByRole('progressbar', { name: 'Re-rank with model' });
    await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('40'));
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(host.of('tasks.stop')).toEqual([{ task: requested.task }]));
    // The second time it is let go on.
    host.answers = { ...host.answers, 'documents.ask': () => found };
    await fireEvent.submit(screen.getByRole('search'));
    const [one] = within(await screen.findByRole('list', { name: 'Passages' })).getAllByRole('button');
    expect(one.textContent).toMatch(/A storm broke the lamp\..*The Storm.*likelihood by \+0\.25 nats per token/s);
    await fireEvent.click(one);
    await waitFor(() => expect(document.querySelector('mark')?.textContent).toBe('A storm broke the lamp.'));
  });

  it('says that the page itself does not search a very long one, until the model has', async () => {
    const long = { ...outline, record: { ...record, characters: 1e9 } };
    pane(hostOf({ 'documents.open': () => long, 'documents.ask': () => found }));
    await openTool('Ask');
    await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'storm' } });
    await screen.findByText(/covers documents of up to 24M characters/);
    await fireEvent.submit(screen.getByRole('search'));
    await screen.findByText(/^Ranked by whale/);
    expect(screen.queryByText(/covers documents of up to/)).toBeNull();
  });

  it('points in its contents at the place that one went to, as long as it is seen, whatever the filter leaves', async () => {
    const places = Array.from({ length: 40 }, (_, index) => ({
      ...outline.places[0],
      label: `Part ${index}`,
      offset: index,
    }));
    const desk = documentStateOf(show(hostOf(), Notices, {}).app, id);
    show(hostOf(), Outline, { desk, places });
    const current = () => document.querySelector('[aria-current=location]')?.textContent?.trim();
    desk.goTo({ start: 4, end: 5 });
    desk.shown = { start: 1, end: 60 };
    await waitFor(() => expect(current()).toBe('Part 5'));
    desk.shown = { start: 2, end: 60 };
    desk.unmark();
    await waitFor(() => expect(current()).toBe('Part 3'));
    await fireEvent.input(screen.getByRole('searchbox', { name: 'Filter contents' }), { target: { value: 'Part 1' } });
    await waitFor(() => expect(current()).toBeUndefined());
  });

  it('summarises as long as one asks, section by section', async () => {
    const host = hostOf({ 'documents.summarise': () => summary });
    pane(host);
    await openTool('Summary');
    await fireEvent.click(screen.getByRole('button', { name: 'By section' }));
    await fireEvent.input(screen.getByRole('slider', { name: 'Length' }), { target: { value: '2' } });
    await screen.findByText('3 sentences per section');
    await fireEvent.click(screen.getByRole('button', { name: 'Summarise' }));
    await screen.findByRole('list', { name: 'Summary' });
    expect(host.of('documents.summarise')[0]).toMatchObject({ sentences: 3, by: 'section', run: 'whale' });
  });

  it('shows the map of the model that is chosen, its seams told, and none of another', async () => {
    const words = { start: [0, 4], end: [3, 8], loss: [0.5, 6.25], tokens: [1, 3] };
    const host = hostOf({ 'documents.maps': () => [map], 'documents.words': () => words });
    const { rerender } = pane(host);
    await openTool('Surprise');
    await screen.findByText(/scored in 3 overlapping windows/);
    await waitFor(() => expect(document.querySelector('[data-at="4"]')?.getAttribute('data-level')).toBe('5'));
    expect(screen.getByRole('slider', { name: /^Perplexity by position/ }).getAttribute('aria-valuetext')).toBe(
      'After 32 to 32 tokens: 2.7',
    );
    screen.getByText('The model uses its context: 12 after a few tokens, 2.7 at the end.');
    await rerender({ given: { part: partFrom(0), modelName: 'other' } });
    await screen.findByRole('button', { name: 'Map document' });
    expect(document.querySelector('[data-level]')).toBeNull();
  });

  it('shows what was computed until a map was cancelled', async () => {
    let made = false;
    const host = hostOf({
      'documents.maps': () => (made ? [{ ...map, complete: false, end: 40 }] : []),
      'documents.words': () => ({ start: [], end: [], loss: [], tokens: [] }),
      'documents.map': () => undefined as never,
    });
    pane(host);
    await openTool('Surprise');
    await fireEvent.click(screen.getByRole('button', { name: 'Map document' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    made = true;
    host.receive({
      ...{ type: 'failure', id: host.lastId('documents.map') },
      error: { code: 'interrupted', message: msg`The job was stopped on request.` },
    });
    await screen.findByText('Cancelled. Showing what was scored so far.');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells what fits the context, and asks for the part that a person chooses', async () => {
    const onPartStart = vi.fn();
    const onContinueFrom = vi.fn();
    const { rerender } = pane(hostOf(), { onPartStart, onContinueFrom });
    await openTool('Context');
    await screen.findByText(/reads up to 32 tokens: 36% of the 88/);
    const start = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Start of the part' });
    await fireEvent.input(start(), { target: { value: '20' } });
    expect(onPartStart.mock.calls).toEqual([[20]]);
    // The part is the owner's: it is shown when the owner says so.
    await rerender({ given: { part: partFrom(20), modelName: 'whale', onPartStart, onContinueFrom } });
    expect(start().value).toBe('20');
    await fireEvent.click(screen.getByRole('button', { name: 'Continue from the end' }));
    expect(onContinueFrom).toHaveBeenCalledWith({ document: id, offset: 52, at: '@52', label: 'The Storm' });
  });

  it('lets one choose the last part of a long document exactly', async () => {
    const characters = 1_216_548;
    const onPartStart = vi.fn();
    pane(hostOf({ 'documents.open': () => ({ ...outline, record: { ...record, characters } }) }), { onPartStart });
    await openTool('Context');
    const slider = await screen.findByRole<HTMLInputElement>('slider', { name: 'Start of the part' });
    await fireEvent.input(slider, { target: { value: slider.max } });
    expect(onPartStart).toHaveBeenLastCalledWith(characters - 32);
  });

  it('shows the part that is read before a place, which nobody chooses', async () => {
    pane(hostOf(), { part: { ...partFrom(storm), edge: 'to' } });
    await openTool('Context');
    await screen.findByText('From The Lamp to The Storm.');
    expect(screen.queryByRole('slider', { name: 'Start of the part' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Start at current view' })).toBeNull();
  });

  it('shows the losses of a map that was computed again', async () => {
    let loss = 6.25;
    const host = hostOf({
      'documents.maps': () => [map],
      'documents.words': () => ({ start: [0, 4], end: [3, 8], loss: [0.5, loss], tokens: [1, 3] }),
      'documents.map': () => map,
    });
    pane(host);
    await openTool('Surprise');
    const level = () => document.querySelector('[data-at="4"]')?.getAttribute('data-level');
    await waitFor(() => expect(level()).toBe('5'));
    loss = 1.5;
    await fireEvent.click(screen.getByRole('button', { name: 'Recompute' }));
    await waitFor(() => expect(level()).toBe('1'));
  });

  it('works without a model, and says what needs one', async () => {
    pane(hostOf(), { modelName: undefined });
    await openTool('Summary');
    await screen.findByText('Choose a model first. Any run with a checkpoint works.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Summarise' }).disabled).toBe(true);
  });
});

/** An index that answers as a test says. */
class FakePort implements IndexPort {
  onmessage: IndexPort['onmessage'] = null;
  onerror: IndexPort['onerror'] = null;
  readonly told: ToIndex[] = [];
  postMessage(message: ToIndex): void {
    this.told.push(message);
  }
  terminate(): void {}
  answer(data: FromIndex): void {
    this.onmessage?.call(this as never, { data } as MessageEvent);
  }
}

describe("the page's own index", () => {
  it('is given all of the text, then answers what was typed last', async () => {
    const host = hostOf();
    const { app } = show(host, Notices, {});
    const port = new FakePort();
    const lexical = new LexicalFind(app, () => port);
    await lexical.prepare(outline);
    expect(port.told.map((one) => (one.type === 'text' ? one.text : one.type))).toEqual([text, 'places']);
    lexical.ask('lamp');
    expect(lexical.state).toBe('indexing');
    port.answer({ type: 'ready' });
    lexical.ask('storm');
    expect(port.told.slice(2)).toMatchObject([{ question: 'lamp' }, { question: 'storm' }]);
    port.answer({ type: 'found', question: 'lamp', passages: [] });
    expect(lexical.passages).toBeNull();
    port.answer({ type: 'found', question: 'storm', passages: [{ ...passage, sentence, lexical: 2, share: 1 }] });
    expect(lexical.passages).toHaveLength(1);
    lexical.ask(' ');
    expect(lexical.passages).toBeNull();
  });

  it('says what went wrong, and leaves long documents to the model', async () => {
    const failing = hostOf({ 'documents.text': () => ({ code: 'damaged', message: msg`The text is gone.` }) });
    const { app } = show(failing, Notices, {});
    const lexical = new LexicalFind(app, () => new FakePort());
    await lexical.prepare(outline);
    expect([lexical.state, lexical.error?.message]).toEqual(['failed', msg`The text is gone.`]);
    const long = new LexicalFind(app, () => new FakePort());
    await long.prepare({ ...outline, record: { ...record, characters: 1e9 } });
    expect(long.state).toBe('too-long');
  });
});

describe('the shelf of documents', () => {
  it('lists, opens, and removes with a way back', async () => {
    const host = new FakeHost({
      'documents.list': () => ({ documents: [record], damaged: [] }),
      'documents.remove': () => ({ token: 't', kind: 'document', name: id, title: 'A story' }),
      'trash.restore': () => ({ name: 'A story' }),
    });
    const onopen = vi.fn();
    const onremoved = vi.fn();
    const { app } = show(host, DocumentShelf, { documentId: null, onopen, onremoved });
    await waitFor(() => expect(host.joined.length).toBeGreaterThan(1));
    host.emit('changes', ['documents']);
    await fireEvent.click(await screen.findByRole('button', { name: /^A story/ }));
    expect(onopen).toHaveBeenCalledWith(id);
    await fireEvent.click(screen.getByRole('button', { name: 'Delete: A story' }));
    await waitFor(() => expect(onremoved).toHaveBeenCalledWith(id));
    expect(app.notices.all[0].text).toBe('Moved A story to the trash.');
    await app.undo();
    expect(host.of('trash.restore')).toEqual([{ token: 't' }]);
  });

  it('shows an import as it goes, lets it be cancelled, and says what failed', async () => {
    const host = new FakeHost({
      'documents.list': () => ({ documents: [], damaged: [] }),
      'tasks.stop': () => ({}),
    });
    show(host, DocumentShelf, { documentId: null, onopen: vi.fn() });
    await waitFor(() => expect(host.joined.length).toBeGreaterThan(1));
    host.emit('changes', ['documents']);
    await screen.findByText('No documents yet');
    const importing = task({
      id: 'i',
      kind: 'import-document',
      subject: 'book.pdf',
      phase: 'importing',
      outcome: null,
    });
    host.emit('activity', { ...idle, tasks: [importing] });
    await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(host.of('tasks.stop')).toEqual([{ task: 'i' }]);
    const error = {
      code: 'bad-input' as const,
      message: msg`None of its 3 pages has text.`,
      kept: msg`Nothing was imported.`,
    };
    host.emit('activity', { ...idle, tasks: [{ ...importing, status: 'failed', error }] });
    expect((await screen.findByRole('alert')).textContent).toMatch(/None of its 3 pages.*Nothing was imported/s);
  });
});
