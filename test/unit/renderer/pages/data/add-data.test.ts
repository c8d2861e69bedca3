import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Grant } from '../../../../../main/contract/grants.ts';
import type { Inspection, TaskView } from '../../../../../main/contract/views.ts';
import { msg } from '../../../../../main/contract/message.ts';
import AddPanel from '../../../../../renderer/pages/data/AddPanel.svelte';
import { AddData } from '../../../../../renderer/pages/data/add-data.svelte.ts';
import { draftStorage } from '../../../../../renderer/pages/data/data-draft.ts';
import { unchangedName } from '../../../../../renderer/pages/data/names.ts';
import { AppState } from '../../../../../renderer/state/app-state.svelte.ts';
import { FakeHost, show } from '../../fake-host.ts';

const grant: Grant = { grant: 'g1', name: 'tickets.csv', bytes: 900, files: 1 };
const inspection: Inspection = {
  ...{ files: 1, bytes: 900, sampledBytes: 800, problemCount: 0, problems: [] },
  documents: [{ source: 'tickets.csv', text: 'Hello', truncated: false }],
  tokenizers: [{ tokenizer: 'bytes', vocabularySize: 256, bytesPerToken: 1, tokens: [{ id: 72, text: 'H' }] }],
};
const nothing: Inspection = {
  ...{ ...inspection, sampledBytes: 0, documents: [], problemCount: 1 },
  problems: [
    {
      ...{ source: 'tickets.csv', severity: 'skipped' },
      message: msg`There is no '${'nonsense'}' in the first rows of tickets.csv. Its fields are ticket, body.`,
    },
  ],
};
const task = (changes: Partial<TaskView>): TaskView => ({
  ...{ id: 't1', kind: 'add-dataset', subject: 'mine', outcome: null, status: 'failed', phase: null, done: 0 },
  ...{
    total: null,
    unit: null,
    documents: 0,
    tokens: 0,
    secondsLeft: null,
    problems: [],
    problemCount: 0,
    error: null,
  },
  ...changes,
});
const hostOf = () =>
  new FakeHost({
    'files.inspect': ({ field }) => (field === 'nonsense' ? nothing : inspection),
    'datasets.add': () => ({ task: 't1' }),
    'tasks.dismiss': () => ({}),
  });
const open = (host: FakeHost) => new AddData(new AppState(host.client), null, draftStorage());

describe('what is chosen for a data set', () => {
  beforeEach(() => localStorage.clear());

  async function fill(host: FakeHost): Promise<AddData> {
    const adding = open(host);
    await adding.choose([grant]);
    adding.name = 'mine';
    adding.validation = 17;
    adding.tokenizer = 'bpe:1024';
    adding.field = 'body';
    await adding.inspect();
    return adding;
  }
  const choicesOf = ({ grants, name, validation, tokenizer, field }: AddData) => ({
    ...{ grants, name, validation, tokenizer, field },
  });
  const chosen = { grants: [grant], name: 'mine', validation: 17, tokenizer: 'bpe:1024', field: 'body' };

  it('is there again after a reload, and gone after it was left', async () => {
    const host = hostOf();
    const adding = await fill(host);
    const again = open(host);
    expect(choicesOf(again)).toEqual(chosen);
    await waitFor(() => expect(again.inspection).not.toBeNull());
    adding.clear();
    expect(open(host).active).toBe(false);
  });

  it.each([
    ['of the files, where nobody has named the data', false],
    ['that a person gave', true],
  ])('takes other files where those of an earlier start are gone, under the name %s', async (_, isNamed) => {
    const before = open(hostOf());
    await before.choose([grant]);
    expect(before.name).toBe('tickets');
    if (isNamed) before.name = 'mine';
    const other: Grant = { grant: 'g2', name: 'letters.txt', bytes: 90, files: 1 };
    const gone = { code: 'usage' as const, message: { template: 'The files are not known.', values: [] } };
    const host = new FakeHost({
      'files.inspect': ({ grants }) => (grants.includes(grant.grant) ? gone : inspection),
    });
    const adding = open(host);
    await adding.choose([other]);
    expect(choicesOf(adding)).toMatchObject({ grants: [other], name: isNamed ? 'mine' : 'letters' });
    expect(adding.error).toBeNull();
    expect(adding.inspection).toEqual(inspection);
  });

  it('comes back with the error where adding fails, in this window and after a reload', async () => {
    const host = hostOf();
    const adding = await fill(host);
    expect(await adding.add()).toBe(true);
    expect(adding.active).toBe(false);
    const error = { code: 'disk-full' as const, message: msg`The disk is full.`, kept: msg`No data set was created.` };
    const after = open(host);
    for (const one of [adding, after]) {
      one.follow([task({ status: 'running' })]);
      expect(one.active).toBe(false);
      one.follow([task({ error })]);
      expect(choicesOf(one)).toEqual(chosen);
      expect(one.error).toEqual(error);
      expect(one.obstacle === null || one.inspecting).toBe(true);
    }
    expect(host.of('tasks.dismiss')).toContainEqual({ task: 't1' });
  });

  it('stays where the host refuses it, and waits while something else is decided', async () => {
    const host = hostOf();
    const adding = await fill(host);
    host.answers = { ...host.answers, 'datasets.add': () => ({ code: 'already-exists', message: msg`There is one.` }) };
    expect(await adding.add()).toBe(false);
    expect(choicesOf(adding)).toEqual(chosen);
    expect(adding.error?.message).toEqual(msg`There is one.`);
    host.answers = { ...host.answers, 'datasets.add': () => ({ task: 't1' }) };
    await adding.add();
    await adding.choose([{ ...grant, grant: 'g2', name: 'other.txt' }]);
    adding.follow([task({ error: { code: 'disk-full', message: msg`Full.` } })]);
    expect(adding.name).toBe('other');
    adding.clear();
    adding.follow([task({ error: { code: 'disk-full', message: msg`Full.` } })]);
    expect(choicesOf(adding)).toEqual(chosen);
  });

  it('keeps the choices where the host has forgotten the files', async () => {
    const host = hostOf();
    await fill(host);
    host.answers = { 'files.inspect': () => ({ code: 'usage', message: msg`These files were chosen before.` }) };
    const again = open(host);
    await waitFor(() => expect(again.error?.message).toEqual(msg`These files were chosen before.`));
    expect([again.active, again.obstacle, again.name, again.validation]).toEqual([true, 'files', 'mine', 17]);
  });

  it('is shown file by file, each of which can be left out, and has a tokenizer that suits it', async () => {
    const host = hostOf();
    const about = { documents: [], complete: true, rows: null, columns: [], problems: 0 };
    host.answers = {
      ...host.answers,
      'files.inspect': () => ({
        ...inspection,
        bytes: 2_000_000,
        tokenizers: ['bytes', 'bpe:1024'].map((tokenizer, index) => ({
          ...{ tokenizer, vocabularySize: 256, bytesPerToken: 1 + index, tokens: [] },
        })),
        byFile: [
          { ...about, source: 'tickets.csv', bytes: 900, count: 1200 },
          { ...about, source: 'empty.txt', bytes: 20, count: 0, problems: 1 },
        ],
      }),
    };
    const adding = open(host);
    await adding.choose([grant, { grant: 'g2', name: 'empty.txt', bytes: 20, files: 1 }]);
    const onadded = vi.fn();
    show(host, AddPanel, { adding, onadded });
    const rows = () => screen.getAllByRole('row').map((row) => row.textContent.replaceAll(/\s+/g, ' ').trim());
    expect(rows()).toContainEqual(expect.stringMatching(/^tickets\.csv ?CSV ?900 bytes ?1,200 ?Ready/));
    expect(rows()).toContainEqual(expect.stringMatching(/^empty\.txt ?TXT ?20 bytes ?0 ?No text/));
    expect(adding.tokenizer).toBe('bpe:1024');
    expect(screen.getByText('recommended').closest('div')?.querySelector('input')?.checked).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Remove: empty.txt' }));
    await waitFor(() => expect(adding.grants).toEqual([grant]));
    await waitFor(() => expect(adding.obstacle).toBeNull());
    await fireEvent.click(screen.getByRole('button', { name: 'Add and train' }));
    await waitFor(() => expect(onadded).toHaveBeenCalledWith('tickets', true));
    expect(host.of('datasets.add')).toMatchObject([{ tokenizer: 'bpe:1024', grants: ['g1'] }]);
  });

  it('is not added where there is nothing in it: the reason is told, with the columns there are', async () => {
    const host = hostOf();
    const adding = await fill(host);
    const onadded = vi.fn();
    show(host, AddPanel, { adding, onadded });
    const add = screen.getByRole<HTMLButtonElement>('button', { name: 'Add' });
    expect(add.disabled).toBe(false);
    await fireEvent.input(screen.getByRole('textbox', { name: /^Text column/ }), { target: { value: 'nonsense' } });
    await waitFor(() => expect(add.disabled).toBe(true));
    const reason = await screen.findByText(/No text found in “nonsense”/);
    expect(reason.textContent).toContain('Its fields are ticket, body.');
    expect(add.getAttribute('aria-describedby')).toBe(reason.id);
    adding.field = '';
    await waitFor(() => expect(add.disabled).toBe(false), { timeout: 3000 });
  });
});

describe('names of files', () => {
  it('have no folder that a person does not know', () => {
    expect(unchangedName('/home/me/lib/.uploads/0f-1/a b/tickets.csv')).toBe('a b/tickets.csv');
    expect(unchangedName('C:\\lib\\.uploads\\0f\\tickets.csv')).toBe('tickets.csv');
    expect(unchangedName("There is no 'x' in /lib/.uploads/0f/t.csv.")).toBe("There is no 'x' in t.csv.");
    expect(unchangedName('/home/me/books/one/a.txt', ['/home/me/books'])).toBe('books/one/a.txt');
  });
});
