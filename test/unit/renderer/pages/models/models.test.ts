import { expect, it, vi } from 'vitest';
import type { ImportPreview, ModelFacts } from '../../../../../main/contract/models.ts';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { I18n } from '../../../../../renderer/i18n/i18n.svelte.ts';
import { PlannedImport, sourceIn, sourceQuery } from '../../../../../renderer/pages/models/import-state.svelte.ts';
import {
  filterModels,
  layersText,
  modelEntries,
  originText,
  sortModels,
} from '../../../../../renderer/pages/models/model-entries.ts';
import { AppState } from '../../../../../renderer/state/app-state.svelte.ts';
import { FakeHost, runView } from '../../fake-host.ts';

const facts = (run: string, changes: Partial<ModelFacts> = {}): ModelFacts => ({
  ...{ run, bytes: 1000, origin: { from: 'trained' }, licence: null, tokenizer: { name: 'bytes', vocabulary: 256 } },
  measurements: { evaluations: [], distillations: [] },
  ...changes,
});
const evaluation = {
  ...{ run: 'dna', step: 0, source: 'genome.txt', loss: 1, perplexity: 2.7, bitsPerByte: 1.9, tokens: 10, bytes: 10 },
  ...{ seconds: 1, time: '2026-01-01T00:00:00.000Z' },
};

it('lists runs that have a checkpoint, with what they cost per byte where that is known', () => {
  const known = new Map([
    ['dna', facts('dna', { bytes: 5000, measurements: { evaluations: [evaluation], distillations: [] } })],
    ['base', facts('base')],
  ]);
  const runs = [
    runView('base'),
    runView('dna', { best: null, checkpoints: [0], dataset: null }),
    runView('begun', { best: null, checkpoints: [] }),
  ];
  const entries = modelEntries(runs, known, []);
  expect(entries.map(({ run, bits }) => [run.name, bits])).toEqual([
    ['base', null],
    ['dna', { value: 1.9, source: 'genome.txt' }],
  ]);
  const names = (ones: typeof entries) => ones.map(({ run }) => run.name);
  expect(names(sortModels(entries, { key: 'bytes', ascending: false }))).toEqual(['dna', 'base']);
  // What has no value comes last either way.
  for (const ascending of [true, false])
    expect(names(sortModels(entries, { key: 'bits', ascending }))).toEqual(['dna', 'base']);
});

it('says layers and origins in words, and finds models by them', () => {
  const i18n = new I18n();
  const { model } = runConfigurationSchema.parse({
    dataset: 'x',
    model: { layers: 'hyena-se*2,attention', n_layer: 6 },
  });
  expect(layersText(model, i18n)).toBe('Hyena-SE × 4 and Attention × 2');
  const published = { from: 'published', source: 'someone/small-dna', title: 'HyenaDNA' } as const;
  const entries = modelEntries(
    [
      runView('one'),
      runView('two', { configuration: runConfigurationSchema.parse({ dataset: 'book', from: 'one', model }) }),
    ],
    new Map([
      ['one', facts('one', { origin: published })],
      ['two', facts('two')],
    ]),
    [],
  );
  expect(entries.map((entry) => originText(entry, i18n))).toEqual([
    'Imported: someone/small-dna',
    'Trained here from one',
  ]);
  const found = (filter: string) => filterModels(entries, filter, i18n).map(({ run }) => run.name);
  expect(found('small-dna')).toEqual(['one']);
  expect(found('attention trained')).toEqual(['two']);
  expect(found('bytes')).toEqual(['one', 'two']);
});

it('keeps the source of an import in the address', () => {
  const sources = [
    { from: 'hub', name: 'someone/small@refs/pr/1' },
    { from: 'grant', grant: 'abc' },
  ] as const;
  for (const source of sources) expect(sourceIn({ ...sourceQuery(source) })).toEqual(source);
  expect(sourceIn({ hub: 'no name of a model' })).toBeNull();
  expect(sourceIn({ import: '1' })).toBeNull();
});

it('looks at a model again where a choice changes it, and shows only the last answer', async () => {
  const preview: ImportPreview = {
    ...{
      kind: 'own',
      what: 'model',
      name: 'swift',
      bytes: 10,
      parameters: 5,
      context: 16,
      layers: 'hyena',
      n_layer: 1,
    },
  };
  const host = new FakeHost({ 'models.plan': () => preview, 'tasks.stop': () => ({}) });
  const planned = new PlannedImport(new AppState(host.client), { from: 'hub', name: 'someone/small' });
  await planned.plan();
  expect(planned.preview).toEqual(preview);
  planned.choose({ name: 'mine' });
  expect(host.of('models.plan')).toHaveLength(1);
  planned.choose({ dtype: 'bf16' });
  await vi.waitFor(() => expect(planned.task).toBeNull());
  expect(host.of('models.plan').at(-1)).toMatchObject({ choices: { name: 'mine', dtype: 'bf16' } });
  await planned.chooseSettings('model.modulate=true\n');
  await vi.waitFor(() => expect(planned.task).toBeNull());
  expect(host.of('models.plan').at(-1)).toMatchObject({ choices: { set: { modulate: true } } });
  await planned.chooseSettings('nonsense');
  expect(planned.error?.code).toBe('usage');
  // What is asked and not answered is stopped when its panel goes.
  delete host.answers['models.plan'];
  void planned.plan();
  planned.cancel();
  await vi.waitFor(() => expect(host.of('tasks.stop')).toHaveLength(1));
  expect(planned.task).toBeNull();
});
