import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { EstimateView } from '../../../../../main/contract/views.ts';
import { msg } from '../../../../../main/contract/message.ts';
import UnfitDialog from '../../../../../renderer/pages/model/UnfitDialog.svelte';
import RunDetail from '../../../../../renderer/pages/runs/RunDetail.svelte';
import RunTable from '../../../../../renderer/pages/runs/RunTable.svelte';
import RunHeader from '../../../../../renderer/pages/training/RunHeader.svelte';
import type { AppState } from '../../../../../renderer/state/app-state.svelte.ts';
import { FakeHost, runView, show } from '../../fake-host.ts';
import Within from '../../Within.svelte';

beforeAll(() => {
  // jsdom has dialogs, but opens none.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

const estimate = (fit: EstimateView['fit']): EstimateView => ({
  parameters: { total: 1_300_000_000, parts: [] },
  trainingMemory: { totalMiB: 40_000, parts: [] },
  generationMemoryMiB: 6000,
  availableMemoryMiB: 24_000,
  fit,
  flopsPerToken: { model: 6e9, gpt: 9e9 },
  tokensPerStep: 4096,
  steps: 100,
  tokensPerSecond: 12,
  seconds: 7200,
  basis: 'calculated',
  advice: [{ path: 'training.batch_size', value: 2, memoryMiB: 20_000 }],
});
const run = runView('huge', { phase: 'interrupted' });
const hostWith = (fit: EstimateView['fit']) =>
  new FakeHost({ 'model.estimate': () => estimate(fit), 'runs.start': () => run, 'runs.reduceMemory': () => run });
const ask = async (app: AppState) => {
  await waitFor(() => expect(app.unfit).not.toBeNull());
  render(Within, { app, part: UnfitDialog as never, given: { unfit: app.unfit } });
  await screen.findByText(/Training needs .* and .* is available/);
};
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

const starters: Record<string, (host: FakeHost) => { app: AppState; button: string }> = {
  'the table of runs': (host) => ({
    ...show(host, RunTable, {
      runs: [run],
      compared: new Set<string>(),
      shown: null,
      onsort: vi.fn(),
      ontoggle: vi.fn(),
      sorting: { key: 'best' as const, ascending: true },
    }),
    button: 'Resume: huge',
  }),
  'the details of a run': (host) => ({
    ...show(host, RunDetail, { run, onclose: vi.fn(), onrenamed: vi.fn() }),
    button: 'Resume',
  }),
  'the page of a run': (host) => ({ ...show(host, RunHeader, { run, store: null }), button: 'Resume' }),
};

describe.each(Object.entries(starters))('a run that is resumed from %s', (_where, open) => {
  it('starts at once if it fits', async () => {
    const host = hostWith('tight');
    const { app, button } = open(host);
    await press(button);
    await waitFor(() => expect(host.of('runs.start')).toEqual([{ run: 'huge' }]));
    expect(host.of('model.estimate')).toEqual([{ configuration: run.configuration }]);
    expect(app.unfit).toBeNull();
  });

  it('is asked about if it does not fit, and starts only after that', async () => {
    const host = hostWith('too-big');
    const { app, button } = open(host);
    await press(button);
    await ask(app);
    expect(host.of('runs.start')).toEqual([]);
    await press('Start anyway');
    await waitFor(() => expect(host.of('runs.start')).toEqual([{ run: 'huge' }]));
    expect(app.unfit).toBeNull();
  });
});

describe('the question whether a run is to start that does not fit', () => {
  it('can be answered with less memory, and with no', async () => {
    const host = hostWith('too-big');
    const { app } = show(host, RunHeader, { run, store: null });
    await app.startRun(run);
    await ask(app);
    await press('Start with less memory');
    await waitFor(() => expect(host.of('runs.reduceMemory')).toEqual([{ run: 'huge' }]));
    expect(host.of('runs.start')).toEqual([]);
    expect(app.unfit).toBeNull();
  });

  it('offers no smaller batch where there is none', async () => {
    const host = hostWith('too-big');
    const { app } = show(host, RunHeader, { run, store: null });
    const { training } = run.configuration;
    const least = { ...training, batch_size: 1, gradient_accumulation_steps: 1, gradient_checkpointing: true };
    await app.startRun({ ...run, configuration: { ...run.configuration, training: least } });
    await ask(app);
    expect(screen.queryByRole('button', { name: 'Start with less memory' })).toBeNull();
    await press('Cancel');
    expect(app.unfit).toBeNull();
    expect([...host.of('runs.start'), ...host.of('runs.reduceMemory')]).toEqual([]);
  });

  it('keeps nobody from training where no estimate can be had', async () => {
    const host = hostWith('too-big');
    host.answers['model.estimate'] = () => ({ code: 'internal', message: msg`No.` });
    const { app } = show(host, RunHeader, { run, store: null });
    await app.startRun(run);
    expect(host.of('runs.start')).toEqual([{ run: 'huge' }]);
    expect(app.unfit).toBeNull();
  });
});
