import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { recipeSchema, type LabResult } from '../../../../../main/contract/lab/recipes.ts';
import LabPage from '../../../../../renderer/pages/lab/LabPage.svelte';
import { FakeHost, idle, information, preferences, runView, show } from '../../fake-host.ts';

const recipe = recipeSchema.parse({
  ...{ format: 1, name: 'recall', title: { en: 'Recall', de: 'Abruf' }, description: 'Pairs, then a key.' },
  source: { title: 'A paper', url: 'https://example.org' },
  data: { task: 'recall' },
  ...{ measure: 'accuracy', tolerance: 0.02 },
  contestants: [
    { name: 'attention', title: 'Attention', published: { value: 1, curve: [[100, 0.5]] } },
    { name: 'hyena', title: 'Hyena', published: { value: 0.52 }, differences: ['One learning rate.'] },
  ],
});
const result: LabResult = {
  ...{ recipe: 'recall', contestant: 'attention', title: 'Attention', seed: 0, run: 'recall-attention' },
  ...{ status: 'done', value: 0.991, verdict: 'within', published: recipe.contestants[0].published },
  ...{ curve: [[100, 0.991]], steps: 100, seconds: 3, parameters: 10, device: 'native', processor: 'CPU' },
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

it('shows a recipe with its results beside the published ones, and trains what is missing', async () => {
  const host = new FakeHost({
    'app.information': () => information,
    'preferences.get': () => preferences,
    'datasets.list': () => [],
    'runs.list': () => [runView('recall-attention')],
    'lab.recipes': () => [recipe],
    'lab.results': () => [result],
    'lab.scaling': () => null,
    'experiments.list': () => [],
    'lab.train': () => ({ runs: ['recall-hyena'] }),
    'lab.generate': () => ({ task: 'x' }),
  });
  const { app } = show(host, LabPage, {});
  await app.start();
  host.emit('activity', idle);
  await screen.findByRole('heading', { name: 'Recall' });
  const verdict = await screen.findByRole('link', { name: 'Within 2%' });
  expect(verdict.getAttribute('href')).toBe('#/training/recall-attention');
  expect(screen.getByText('99.1%')).toBeTruthy();
  expect(screen.getByText('52%')).toBeTruthy();
  expect(screen.getByText('One learning rate.')).toBeTruthy();
  // Attention has been trained: only the other is left.
  const train = screen.getAllByRole('button', { name: 'Train' });
  expect(train).toHaveLength(1);
  await fireEvent.click(train[0]);
  await waitFor(() => expect(host.of('lab.train')).toEqual([{ recipe: 'recall', contestants: ['hyena'] }]));
  expect(host.of('lab.results').length).toBeGreaterThan(1);
  await fireEvent.click(screen.getAllByRole('button', { name: 'Create data set' })[0]);
  await waitFor(() => expect(host.of('lab.generate')).toEqual([{ task: 'recall', name: 'recall' }]));
});
