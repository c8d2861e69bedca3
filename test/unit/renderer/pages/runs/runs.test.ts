import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { RunView } from '../../../../../main/contract/views.ts';
import BulkActions from '../../../../../renderer/pages/runs/BulkActions.svelte';
import { sortRuns } from '../../../../../renderer/pages/runs/run-table.ts';
import RunDetail from '../../../../../renderer/pages/runs/RunDetail.svelte';
import RunTable from '../../../../../renderer/pages/runs/RunTable.svelte';
import Notices from '../../../../../renderer/frame/Notices.svelte';
import { activeRun, FakeHost, idle, runView, show } from '../../fake-host.ts';
import { tick } from 'svelte';
import { msg } from '../../../../../main/contract/message.ts';

describe('the table of runs', () => {
  const runs = [
    runView('first', { best: { step: 1, loss: 2 } }),
    runView('second', { best: { step: 1, loss: 1.5 }, annotations: { tags: ['wide'], notes: '' } }),
    runView('third', { phase: 'interrupted', best: null }),
  ];
  const table = (host: FakeHost, changes: object = {}) =>
    show(host, RunTable, {
      ...{ runs, compared: new Set(['first']), shown: null, onsort: vi.fn(), ontoggle: vi.fn() },
      sorting: { key: 'best' as const, ascending: true },
      ...changes,
    });

  it('says how it is sorted, and asks for the other way', async () => {
    const onsort = vi.fn();
    table(new FakeHost(), { onsort });
    const header = screen.getByRole('columnheader', { name: /Best val. loss/ });
    expect(header.getAttribute('aria-sort')).toBe('ascending');
    await fireEvent.click(within(header).getByRole('button', { name: /^Best/ }));
    expect(onsort).toHaveBeenCalledWith({ key: 'best', ascending: false });
    await fireEvent.click(screen.getByRole('button', { name: 'Created' }));
    expect(onsort).toHaveBeenLastCalledWith({ key: 'created', ascending: false });
  });

  it('marks the best, shows tags, and what is ticked', () => {
    const { container } = table(new FakeHost());
    expect(container.querySelector('.lowest')?.textContent).toBe('1.500');
    expect(screen.getByText('wide')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Compare first' }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Compare second' }).checked).toBe(false);
  });

  it('has the columns that a person wants, and losses that compare across tokenizers', () => {
    const bytes = { first: 1, second: 2 };
    const bytesPerToken = ({ name }: RunView) => bytes[name as keyof typeof bytes] ?? null;
    table(new FakeHost(), { hidden: new Set(['created', 'phase']), bytesPerToken });
    expect(screen.queryByRole('columnheader', { name: 'Created' })).toBeNull();
    expect(screen.queryByText('Interrupted')).toBeNull();
    const cells = [/^Compare first/, /^Compare second/, /^Compare third/].map(
      (name) => within(screen.getByRole('row', { name })).getAllByRole('cell').at(3)?.textContent,
    );
    expect(cells).toEqual(['2.885', '1.082', '–']);
    const sorted = sortRuns(runs, { key: 'bits', ascending: true }, bytesPerToken);
    expect(sorted.map(({ name }) => name)).toEqual(['second', 'first', 'third']);
  });

  it('tells the run that trains as it stands now', async () => {
    const host = new FakeHost();
    table(host);
    await waitFor(() => expect(host.joined.length).toBe(2));
    host.emit('activity', { ...idle, active: activeRun('first', { step: 123, loss: 3.25 }) });
    await tick();
    expect(screen.getByRole('row', { name: /^Compare first/ }).textContent).toMatch(/3\.250.*123/s);
  });
});

describe('runs that are selected', () => {
  it('are tagged, queued and deleted together, but for what trains', async () => {
    const some = [
      runView('first', { phase: 'stopped', annotations: { tags: ['old'], notes: 'n' } }),
      runView('second', { phase: 'training' }),
    ];
    const host = new FakeHost({
      'runs.annotate': () => some[0],
      'runs.start': () => some[0],
      'runs.remove': ({ run }) => ({ token: run, kind: 'run', name: run, title: run }),
    });
    const onclear = vi.fn();
    const { app } = show(host, BulkActions, { runs: some, onclear });
    await fireEvent.input(screen.getByRole('textbox', { name: 'Tag' }), { target: { value: ' sweep ' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Add tag' }));
    await waitFor(() => expect(host.of('runs.annotate')).toHaveLength(2));
    expect(host.of('runs.annotate')[0]).toEqual({
      run: 'first',
      changes: { tags: ['old', 'sweep'] },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Queue 1' }));
    await waitFor(() => expect(host.of('runs.start')).toEqual([{ run: 'first' }]));
    await fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(host.of('runs.remove')).toEqual([{ run: 'first' }]));
    expect(onclear).toHaveBeenCalled();
    await waitFor(() => expect(app.notices.all.at(-1)?.action?.label).toBe('Undo'));
    expect(app.notices.history).toHaveLength(1);
  });
});

describe('the details of a run', () => {
  const run = runView('swift-heron', { annotations: { tags: ['old'], notes: '' } });
  const detail = (host: FakeHost, changes: object = {}) =>
    show(host, RunDetail, { run, onclose: vi.fn(), onrenamed: vi.fn(), ...changes });

  it('mark the checkpoint with the lowest validation loss', async () => {
    const checkpoint = (step: number, mark: object) => ({
      ...{ path: `/${step}`, step, bytes: 1, time: '2026-01-01T00:00:00.000Z', best: false, last: false },
      ...mark,
    });
    const checkpoints = [checkpoint(10, {}), checkpoint(20, { best: true }), checkpoint(30, { last: true })];
    detail(new FakeHost({ 'runs.checkpoints': () => checkpoints }));
    await waitFor(() => expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toHaveLength(3));
    const [plain, best, last] = screen.getAllByRole('listitem').map((row) => row.textContent);
    expect(plain).not.toMatch(/best|last/i);
    expect(best).toMatch(/20.*best/is);
    expect(last).toMatch(/30.*latest/is);
  });

  it('rename once, though the field loses the focus as well', async () => {
    const onrenamed = vi.fn();
    const host = new FakeHost({ 'runs.rename': () => runView('calm-otter') });
    detail(host, { onrenamed });
    const name = screen.getByRole('textbox', { name: 'Run name' });
    await fireEvent.input(name, { target: { value: 'calm-otter' } });
    await fireEvent.keyDown(name, { key: 'Enter' });
    await fireEvent.blur(name);
    await waitFor(() => expect(onrenamed).toHaveBeenCalledWith('swift-heron', 'calm-otter'));
    expect(host.of('runs.rename')).toEqual([{ run: 'swift-heron', to: 'calm-otter' }]);
  });

  it('keep the old name where the new one is refused, and say why', async () => {
    const refusal = { code: 'already-exists' as const, message: msg`There is already a run named ${'calm-otter'}.` };
    const { app } = detail(new FakeHost({ 'runs.rename': () => refusal }));
    const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Run name' });
    await fireEvent.input(name, { target: { value: 'calm-otter' } });
    await fireEvent.keyDown(name, { key: 'Enter' });
    await waitFor(() => expect(name.value).toBe('swift-heron'));
    expect(app.notices.all.map(({ text }) => text)).toEqual(['There is already a run named calm-otter.']);
  });

  it('take a name back by Escape, and no name that a system refuses', async () => {
    const host = new FakeHost();
    detail(host);
    const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Run name' });
    await fireEvent.input(name, { target: { value: '../elsewhere' } });
    expect(name.getAttribute('aria-invalid')).toBe('true');
    await fireEvent.keyDown(name, { key: 'Enter' });
    expect(host.of('runs.rename')).toEqual([]);
    await fireEvent.keyDown(name, { key: 'Escape' });
    expect(name.value).toBe('swift-heron');
  });

  it('add and remove tags, and keep notes when they are left', async () => {
    const host = new FakeHost();
    detail(host);
    const tag = screen.getByRole('textbox', { name: 'Add a tag' });
    await fireEvent.input(tag, { target: { value: ' wide ' } });
    await fireEvent.submit(tag.closest('form')!);
    await fireEvent.click(screen.getByRole('button', { name: 'Remove tag old' }));
    const notes = screen.getByRole('textbox', { name: 'Notes' });
    await fireEvent.input(notes, { target: { value: 'Better.' } });
    await fireEvent.blur(notes);
    await waitFor(() =>
      expect(host.of('runs.annotate')).toEqual([
        { run: 'swift-heron', changes: { tags: ['old', 'wide'] } },
        // The list of runs has not been read again yet.
        { run: 'swift-heron', changes: { tags: ['wide'] } },
        { run: 'swift-heron', changes: { notes: 'Better.' } },
      ]),
    );
  });

  it('delete with a way back, by the button and by the key for as long as the window is open', async () => {
    const host = new FakeHost({
      'runs.remove': ({ run: name }) => ({ token: 'token-1', kind: 'run', name, title: name }),
      'trash.restore': () => ({ name: 'swift-heron' }),
    });
    const onclose = vi.fn();
    const { app } = detail(host, { onclose });
    await fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(onclose).toHaveBeenCalled());
    show(host, Notices, {});
    expect(app.notices.all[0].text).toBe('Moved swift-heron to the trash.');
    app.notices.dismiss(app.notices.all[0].id);
    await app.undo();
    expect(host.of('trash.restore')).toEqual([{ token: 'token-1' }]);
    await app.undo();
    expect(host.of('trash.restore')).toHaveLength(1);
    expect(app.notices.all.at(-1)?.text).toBe('Restored swift-heron.');
  });

  it('say what happened to a run that failed: what, what was kept, what to do', async () => {
    const error = {
      code: 'out-of-memory' as const,
      message: msg`Too little memory.`,
      kept: msg`Step 200.`,
      hint: msg`Smaller.`,
    };
    const host = new FakeHost();
    detail(host, { run: runView('broken', { phase: 'failed', status: 'failed', error }) });
    expect(screen.getByRole('alert').textContent).toMatch(/Too little memory\..*Step 200\..*Smaller\./s);
    expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Retry with less memory' }));
    expect(host.of('runs.reduceMemory')).toEqual([{ run: 'broken' }]);
  });

  it('say where a run that was cut off goes on', () => {
    detail(new FakeHost(), { run: runView('cut', { phase: 'interrupted', checkpoints: [100, 1200] }) });
    expect(screen.getByRole('alert').textContent).toContain('The checkpoint at step 1,200 is intact.');
  });
});
