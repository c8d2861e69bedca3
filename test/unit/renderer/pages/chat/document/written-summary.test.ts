import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { DocumentOutline, DocumentRecord } from '../../../../../../main/contract/documents.ts';
import type { WrittenSummary } from '../../../../../../main/contract/written-summary.ts';
import { writtenMarkdown } from '../../../../../../renderer/pages/chat/document/citation.ts';
import { documentStateOf } from '../../../../../../renderer/pages/chat/document/document-state.svelte.ts';
import DocumentPane from '../../../../../../renderer/pages/chat/document/DocumentPane.svelte';
import { FakeHost, runView, show } from '../../../fake-host.ts';

const id = '0123456789abcdef';
const record: DocumentRecord = {
  ...{ format: 1, id, title: 'A story', source: 'story.md', added: '2026-01-01T00:00:00.000Z', bytes: 90 },
  ...{ sha256: 'x', characters: 90, words: 15, places: { pages: 0, chapters: 0, headings: 2 }, problems: [] },
};
const outline: DocumentOutline = {
  ...{ record, blocks: { starts: [0], lines: [8] }, hardWrapped: false, bytes: 90 },
  places: [{ kind: 'heading', label: 'The Lamp', level: 1, offset: 0 }],
};
const placeOf = (heading: string) => ({ page: null, chapter: null, heading, label: heading });
const lamp = { section: 'The Lamp', start: 0, end: 50, place: placeOf('The Lamp') };
const storm = { section: 'The Storm', start: 50, end: 90, place: placeOf('The Storm') };
const summary: WrittenSummary = {
  ...{ document: record, run: 'teller', step: 100, device: 'native', seconds: 2, kind: 'written' },
  ...{ ability: 'trained', limit: 256, complete: true },
  parts: [
    { ...lamp, text: 'A lamp is lit.', tokens: 5, reason: 'end' },
    { ...storm, text: 'A storm comes and', tokens: 4, reason: 'length' },
  ],
};
const runs = [
  runView('whale'),
  runView('teller', { kind: 'chats', summaries: true, writesSummaries: 'trained' }),
  runView('talker', { kind: 'chats', writesSummaries: 'asked' }),
];

/** The Summary part of a document's pane, with a model chosen. */
async function summaryPart(modelName: string, answers: FakeHost['answers'] = {}) {
  const host = new FakeHost({
    'documents.open': () => outline,
    'documents.text': ({ start, end }) => ({ start, end, text: 'x'.repeat(end - start) }),
    'documents.maps': () => [],
    'documents.fit': () => ({ run: modelName, limit: 256, trained: null, tokens: 90, exact: true, characters: 90 }),
    'runs.list': () => runs,
    'tasks.stop': () => ({}),
    ...answers,
  });
  const { app } = show(host, DocumentPane, { part: { id, edge: 'from' as const, offset: 0 }, modelName });
  await waitFor(() => expect(host.joined.length).toBeGreaterThan(1));
  host.emit('changes', ['runs']);
  const tools = await screen.findByRole('group', { name: 'Document tools' });
  await fireEvent.click(within(tools).getByRole('button', { name: 'Summary' }));
  return { host, desk: documentStateOf(app, id) };
}
const choose = async () => fireEvent.click(await screen.findByRole('button', { name: 'Generated' }));
const write = () => fireEvent.click(screen.getByRole('button', { name: 'Write a summary' }));
const texts = () =>
  within(screen.getByRole('list', { name: 'Summary' }))
    .getAllByRole('button')
    .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());

describe('a summary that the model writes', () => {
  it('is offered where the model was trained to; else one sentence says why not, and the way there', async () => {
    await summaryPart('whale');
    await screen.findByText(/whale was not trained to write summaries/);
    const teach = screen.getByRole('link', { name: 'Fine-tune it on texts with summaries' });
    expect(teach.getAttribute('href')).toBe('#/model?teach=whale');
    expect(screen.queryByRole('button', { name: 'Generated' })).toBeNull();
    screen.getByRole('button', { name: 'Summarise' });
  });

  it('a summary by a model that was trained on chats alone is to be read with care', async () => {
    await summaryPart('talker');
    await choose();
    await screen.findByText(/trained on chats, but as far as is known not on summaries/);
  });

  it('comes part by part as it is written, and each part leads to its text', async () => {
    const { host, desk } = await summaryPart('teller');
    await choose();
    await fireEvent.click(screen.getByRole('button', { name: 'By section' }));
    await write();
    await waitFor(() => expect(host.of('documents.write')).toHaveLength(1));
    const { task } = host.of('documents.write')[0] as { task: string };
    expect(host.of('documents.write')[0]).toMatchObject({ document: id, run: 'teller', by: 'section' });
    expect(host.joined.at(-1)).toMatchObject({ stream: 'documents.written', params: { task } });
    host.emit('documents.written', { type: 'part', ...lamp });
    host.emit('documents.written', { type: 'text', text: 'A lamp ' });
    await waitFor(() => expect(texts()).toEqual(['A lamp The Lamp']));
    host.emit('documents.written', { type: 'text', text: 'is lit.' });
    host.emit('documents.written', { type: 'part', ...storm });
    await waitFor(() => expect(texts()).toEqual(['A lamp is lit. The Lamp', 'The Storm']));
    screen.getByRole('heading', { name: 'The Storm' });
    host.receive({ type: 'reply', id: host.lastId('documents.write'), result: summary });
    await screen.findByText(/Generated by teller\. May contain errors/);
    expect(texts()[1]).toMatch(/A storm comes and The Storm.*cut off at the length limit/s);
    await fireEvent.click(screen.getByRole('button', { name: /A lamp is lit/ }));
    expect(desk.mark).toMatchObject({ start: 0, end: 50 });
    // Nothing that comes late is mixed into it.
    host.emit('documents.written', { type: 'text', text: ' late' });
    expect(texts()).toHaveLength(2);
  });

  it('a summary by the model that is stopped is shown as far as it came', async () => {
    const { host } = await summaryPart('teller');
    await choose();
    await write();
    await fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(host.of('tasks.stop')).toHaveLength(1);
    const result = { ...summary, complete: false, parts: [{ ...summary.parts[0], reason: 'stopped' as const }] };
    host.receive({ type: 'reply', id: host.lastId('documents.write'), result });
    await screen.findByText('Stopped. Showing what was generated so far.');
    expect(texts()).toEqual(['A lamp is lit. The Lamp']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is kept as Markdown, with its places and its source', () => {
    const markdown = writtenMarkdown(summary, (key) => key);
    expect(markdown).toContain('# A story\n\ndoc.written.by\n\n## The Lamp\n\nA lamp is lit. (The Lamp)\n');
    expect(markdown).toMatch(/doc\.summary\.source: story\.md\n$/);
  });
});
