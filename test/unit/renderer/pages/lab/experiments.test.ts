import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { ExperimentView } from '../../../../../main/contract/lab/experiment-views.ts';
import { experimentSeries } from '../../../../../renderer/pages/lab/experiment-series.ts';
import LabPage from '../../../../../renderer/pages/lab/LabPage.svelte';
import { FakeHost, idle, information, preferences, runView, show } from '../../fake-host.ts';

const trial = (run: string, seed: number | null, value: number) => ({
  ...{ seed, run, status: 'done', step: 20, totalSteps: 20, seconds: 4, value, parameters: 1000, device: 'native' },
  curve: [{ step: 20, value, tokens: 200, seconds: 4 }],
});
const contestant = { values: [], flopsPerToken: 50, isAlive: true };
const race: ExperimentView = {
  ...{ name: 'mixers', kind: 'race', created: '2026-01-01T00:00:00Z', measure: 'loss', keys: [], halving: null },
  ...{ version: '1.2.3', dataset: 'book', rung: 0, rungs: [{ contestants: 2, share: 1 }], pending: 1, secondsLeft: 60 },
  contestants: [
    { ...contestant, title: 'hyena', trials: [trial('a', 0, 3), trial('b', 1, 2)] },
    { ...contestant, title: 'attention', trials: [trial('c', 0, 2)] },
  ],
};

// jsdom does not lay out: a chart is never seen.
beforeAll(() =>
  vi.stubGlobal(
    'IntersectionObserver',
    vi.fn(
      class {
        observe = vi.fn();
        disconnect = vi.fn();
      },
    ),
  ),
);
afterAll(() => vi.unstubAllGlobals());
afterEach(() => (location.hash = ''));

async function openLab(hash: string) {
  location.hash = hash;
  const host = new FakeHost({
    'app.information': () => information,
    'preferences.get': () => preferences,
    'datasets.list': () => [],
    'runs.list': () => [runView('a'), runView('b'), runView('c')],
    'lab.recipes': () => [],
    'lab.results': () => [],
    'lab.scaling': () => null,
    'experiments.list': () => [{ name: 'sweep', kind: 'sweep', created: race.created }],
    'experiments.get': () => race,
    'experiments.sweep': () => ({ ...race, name: 'a-sweep' }),
    'experiments.race': () => race,
    'experiments.train': () => ({ runs: ['d'] }),
    'experiments.remove': () => ({}),
  });
  const { app } = show(host, LabPage, {});
  await app.start();
  host.emit('activity', idle);
  return host;
}

it('plans a sweep around a run, says how many runs it has, and what cannot be read', async () => {
  const host = await openLab('#/lab?sweep=a');
  await screen.findByText('3 runs');
  const values = screen.getByRole('textbox', { name: 'Values of learning_rate' });
  await fireEvent.input(values, { target: { value: '1e-2..1e-4' } });
  expect((await screen.findByRole('alert')).textContent).toContain('neither a range nor a list of values');
  const start = screen.getByRole('button', { name: 'Start sweep' });
  expect((start as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.input(values, { target: { value: '1e-4..1e-2/9' } });
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Successive halving' }));
  expect(screen.getByText(/9 → 3 → 1/)).toBeTruthy();
  await fireEvent.click(start);
  await waitFor(() =>
    expect(host.of('experiments.sweep')).toEqual([
      {
        ...{ name: 'a-sweep', base: { run: 'a' }, random: null, halving: 3 },
        ranges: ['learning_rate=1e-4..1e-2/9', 'max_steps=300'],
      },
    ]),
  );
  await waitFor(() => expect(location.hash).toBe('#/lab?experiment=a-sweep'));
});

it('plans a race', async () => {
  const host = await openLab('#/lab?race=a');
  await screen.findByText('6 runs');
  await fireEvent.click(screen.getByRole('button', { name: 'Remove attention' }));
  await fireEvent.change(screen.getByRole('combobox', { name: 'Unit of the budget' }), { target: { value: 'tokens' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Start race' }));
  await waitFor(() =>
    expect(host.of('experiments.race')).toEqual([
      {
        ...{ name: 'race', base: { run: 'a' }, contestants: ['hyena', 'hyena,attention'], seeds: 2, sameSize: true },
        budget: { unit: 'tokens', amount: 300 },
      },
    ]),
  );
});

it('shows a race from the best to the worst with links to its runs, and continues it', async () => {
  const host = await openLab('#/lab?experiment=mixers');
  const table = within(await screen.findByRole('region', { name: 'mixers' })).getByRole('table');
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/1 ?attention ?2\.0000/),
    expect.stringMatching(/2 ?hyena ?2\.5000/),
  ]);
  expect(rows[1].textContent).toContain('± 0.7071');
  expect(
    within(rows[1])
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual(['#/training/a', '#/training/b']);
  expect(screen.getByText(/3 of 3 runs done · ends about/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await waitFor(() => expect(host.of('experiments.train')).toEqual([{ name: 'mixers' }]));
});

it('keeps the colour of a contestant, with a band over its seeds', () => {
  const [hyena, attention] = experimentSeries(race, 'flops', 1);
  expect(hyena).toMatchObject({ style: 0, x: [10_000], y: [2.5], band: { low: [2], high: [3] } });
  expect(attention).toMatchObject({ style: 1, name: 'attention' });
  expect(attention.band).toBeUndefined();
});
