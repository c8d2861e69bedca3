import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import type { CheckpointView, RunView } from '../../../../../main/contract/views.ts';
import Checkpoints from '../../../../../renderer/pages/runs/Checkpoints.svelte';
import { groupRuns } from '../../../../../renderer/pages/runs/run-table.ts';
import RunTable from '../../../../../renderer/pages/runs/RunTable.svelte';
import { FakeHost, runView, show } from '../../fake-host.ts';

beforeAll(() => {
  // jsdom has dialogs, but opens none.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

const view = (step: number, changes: Partial<CheckpointView> = {}): CheckpointView => ({
  ...{ step, path: `/runs/heron/checkpoints/${changes.best ? 'best' : 'step'}-${step}`, bytes: 4_000_000 },
  ...{ time: '2026-01-01T00:00:00.000Z', best: false, last: false },
  ...changes,
});
const all = [view(500, { last: true }), view(480, { best: true }), view(250)];
const run = runView('heron', { phase: 'stopped', checkpoints: [250, 480, 500] });
const hostOf = (checkpoints = all) =>
  new FakeHost({
    'runs.checkpoints': () => checkpoints,
    'runs.branch': () => runView('heron-step-250', { phase: 'stopped', step: 250 }),
    'runs.removeCheckpoint': () => checkpoints.slice(0, 2),
    'runs.start': () => run,
    'model.estimate': () => ({ code: 'internal', message: { template: 'x', values: [] } }),
  });
const group = async (name: string) => within(await screen.findByRole('group', { name }));

describe('the checkpoints of a run', () => {
  it('are chatted with as they are where the run would take them, else as a copy', async () => {
    const host = hostOf();
    const { app } = show(host, Checkpoints, { run });
    await fireEvent.click((await group('Step 480')).getByRole('button', { name: 'Chat' }));
    await waitFor(() => expect(app.router.route).toMatchObject({ page: 'chat', query: { model: 'heron' } }));
    expect(host.of('runs.branch')).toEqual([]);
    await fireEvent.click((await group('Step 250')).getByRole('button', { name: 'Chat' }));
    await waitFor(() => expect(app.router.route.query).toEqual({ model: 'heron-step-250' }));
    expect(host.of('runs.branch')).toEqual([{ run: 'heron', checkpoint: 'step-250' }]);
  });

  it('are resumed from, the latest by the run itself', async () => {
    const host = hostOf();
    const { app } = show(host, Checkpoints, { run });
    await fireEvent.click((await group('Step 500')).getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(host.of('runs.start')).toEqual([{ run: 'heron' }]));
    await fireEvent.click((await group('Step 250')).getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(host.of('runs.start').at(-1)).toEqual({ run: 'heron-step-250' }));
    await waitFor(() => expect(app.router.route).toMatchObject({ page: 'training', subject: 'heron-step-250' }));
  });

  it('are exported and deleted, after a question; the only one is not', async () => {
    const host = hostOf();
    show(host, Checkpoints, { run });
    await fireEvent.click((await group('Step 500')).getByRole('button', { name: 'Export …' }));
    // The dialog's file is read when it is first shown.
    expect(await screen.findByRole('dialog', { name: /heron/ }, { timeout: 10_000 })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Delete the checkpoint: Step 250' }));
    expect(host.of('runs.removeCheckpoint')).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(host.of('runs.removeCheckpoint')).toEqual([{ run: 'heron', checkpoint: 'step-250' }]));
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Step 250' })).toBeNull());
  });

  it('keep the only one', async () => {
    show(hostOf([view(500, { last: true })]), Checkpoints, { run });
    const remove = await screen.findByRole<HTMLButtonElement>('button', { name: 'Delete the checkpoint: Step 500' });
    expect(remove.disabled).toBe(true);
  });
});

describe('groups of runs', () => {
  const configured = (name: string, dataset: string, layers: string, tags: string[]): RunView =>
    runView(name, {
      configuration: runConfigurationSchema.parse({ dataset, model: { layers } }),
      annotations: { tags, notes: '' },
    });
  const runs = [
    configured('b', 'book', 'hyena', ['wide', 'old']),
    configured('c', 'code', 'attention', []),
    configured('a', 'book', 'hyena', ['wide']),
  ];
  const names = (by: Parameters<typeof groupRuns>[1]) =>
    groupRuns(runs, by).map((one) => [one.name, one.runs.map(({ name }) => name).join(' ')]);

  it('are by data set, mixer or first tag, each in the order of the table', () => {
    expect(names('none')).toEqual([]);
    expect(names('dataset')).toEqual([
      ['book', 'b a'],
      ['code', 'c'],
    ]);
    expect(
      names('mixer')
        .map(([, members]) => members)
        .sort(),
    ).toEqual(['b a', 'c']);
    expect(names('tag')).toEqual([
      ['wide', 'b a'],
      ['', 'c'],
    ]);
  });

  it('stand below their names, and the arrow keys pass these by', async () => {
    show(new FakeHost(), RunTable, {
      ...{ runs, groups: groupRuns(runs, 'tag'), compared: new Set<string>(), shown: null },
      ...{ onsort: vi.fn(), ontoggle: vi.fn(), sorting: { key: 'name' as const, ascending: true } },
    });
    const heads = screen.getAllByRole('rowheader').map((one) => one.textContent.replaceAll(/\s+/g, ' ').trim());
    expect(heads).toEqual(['wide 2 runs', 'Without a tag 1 run']);
    const box = (name: string) => screen.getByRole('checkbox', { name: `Compare ${name}` });
    box('a').focus();
    await fireEvent.keyDown(box('a'), { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement).toBe(box('c')));
    await fireEvent.keyDown(box('c'), { key: 'ArrowUp' });
    await waitFor(() => expect(document.activeElement).toBe(box('a')));
    await fireEvent.keyDown(box('a'), { key: 'Home' });
    await waitFor(() => expect(document.activeElement).toBe(box('b')));
  });
});
