import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveModel } from '../../../../../main/contract/configuration.ts';
import { labCsv } from '../../../../../main/contract/lab/export.ts';
import { recipeSchema, textIn, verdictOf, type LabResult } from '../../../../../main/contract/lab/recipes.ts';
import {
  isFileTask,
  taskSettings,
  type GeneratedTaskName,
  type TaskSettings,
} from '../../../../../main/contract/lab/tasks.ts';
import { countParameters, modelSpecs } from '../../../../../main/contract/logic/model-parameters.ts';
import { initialValues } from '../../../../../main/contract/logic/parameter-specs.ts';
import { languageSchema } from '../../../../../main/contract/preferences.ts';
import { composeConfiguration } from '../../../../../main/host/configurations.ts';
import { generators } from '../../../../../worker/lab/tasks/index.ts';
import type { Task } from '../../../../../worker/lab/tasks/task.ts';

const folder = join(import.meta.dirname, '../../../../../resources/recipes');
const files = readdirSync(folder);
const read = (file: string) => recipeSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));

describe('the recipes of the program', () => {
  it.each(files)('%s is complete, in every language, and can be trained', (file) => {
    const recipe = read(file);
    expect(`${recipe.name}.json`).toBe(file);
    const { data, base } = recipe;
    let length: number | undefined;
    if ('task' in data) {
      const name = data.task;
      if (isFileTask(name)) throw new Error(`The program has no files for the task ${name}.`);
      const task = generators[name] as unknown as Task;
      const settings: TaskSettings<GeneratedTaskName> = taskSettings(name, data.settings);
      expect(task.problem?.(settings) ?? null).toBeNull();
      length = task.length(settings);
    }
    expect(new Set(recipe.contestants.map(({ name }) => name)).size).toBe(recipe.contestants.length);
    for (const contestant of recipe.contestants) {
      const layers = [
        length === undefined ? {} : { model: { l_max: length } },
        base,
        { model: contestant.model, training: contestant.training },
        { dataset: recipe.name },
      ];
      const configuration = composeConfiguration(undefined, layers);
      expect(configuration.model.l_max).toBeGreaterThan(0);
    }
    for (const text of [
      recipe.title,
      recipe.description,
      ...recipe.contestants.flatMap(({ differences }) => differences),
    ])
      for (const language of languageSchema.options) {
        expect(typeof text).toBe('object');
        expect(textIn(text, language)).toBeTruthy();
        if (language !== 'en') expect(textIn(text, language)).not.toBe(textIn(text));
      }
  });
});

describe('Hyena on Tiny Shakespeare', () => {
  const { base } = read('shakespeare-hyena.json');
  const { model, training } = composeConfiguration(undefined, [base, { dataset: 'shakespeare' }]);
  const specs = modelSpecs(resolveModel(model, 65));

  it('has the parameters that were published', () => {
    expect(countParameters(resolveModel(model, 65)).total).toBe(1_510_016);
  });

  it('decays matrices, those of the filters among them, and neither the embedding nor vectors', () => {
    for (const { name, shape, group } of specs)
      if (group !== null)
        expect([name, group.weightDecay(training)]).toEqual([
          name,
          shape.length > 1 && !name.includes('embeddings') ? 0.1 : 0,
        ]);
  });

  it('begins with the published values', () => {
    const values = (name: string) => {
      const spec = specs.find((one) => one.name === `backbone.layers.0.mixer.${name}`)!;
      return initialValues(spec, 0);
    };
    const spread = (name: string) => Math.sqrt(values(name).reduce((sum, x) => sum + x * x, 0) / values(name).length);
    const most = (name: string) => values(name).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const network = 'filter_fn.implicit_filter';
    expect(spread('short_filter.weight')).toBeCloseTo(Math.sqrt(1 / 3), 1);
    expect(spread('out_proj.weight')).toBeCloseTo(0.02 / Math.sqrt(12), 3);
    expect(most(`${network}.0.weight`)).toBeGreaterThan(0.9);
    expect(most(`${network}.0.weight`)).toBeLessThanOrEqual(1);
    for (const [place, bound] of [
      [2, Math.sqrt(6 / 64)],
      [8, Math.sqrt(6 / 64)],
      [10, Math.sqrt(0.12 / 64)],
    ]) {
      expect(most(`${network}.${place}.weight`)).toBeGreaterThan(0.98 * bound);
      expect(most(`${network}.${place}.weight`)).toBeLessThanOrEqual(bound + 1e-7);
    }
    for (const bias of ['short_filter.bias', `${network}.0.bias`, `${network}.8.bias`]) expect(most(bias)).toBe(0);
    const [z, t, decays] = ['pos_emb.z', 'pos_emb.t', 'modulation.deltas'].map((name) => values(`filter_fn.${name}`));
    expect(z).toHaveLength(256);
    for (const place of [0, 100, 255]) {
      expect(t[place]).toBeCloseTo(place / 511, 6);
      expect(z[place]).toBeCloseTo((2 * place) / 511 - 1, 6);
    }
    // Both long convolutions have windows from slow to fast.
    const [slow, fast] = [Math.log(0.01) / 1.5, Math.log(0.01) / 0.3];
    for (const first of [0, 128]) {
      expect(decays[first]).toBeCloseTo(slow, 0);
      expect(decays[first + 127]).toBeCloseTo(fast, 0);
    }
  });
});

describe('a verdict', () => {
  it('is within the tolerance, or better or worse as the measure has it', () => {
    expect(verdictOf(1.46, 1.447, 0.02, 'loss')).toBe('within');
    expect(verdictOf(1.467, 1.447, 0.02, 'loss')).toBe('within');
    expect(verdictOf(1.468, 1.447, 0.02, 'loss')).toBe('worse');
    expect(verdictOf(1.4, 1.447, 0.02, 'loss')).toBe('better');
    expect(verdictOf(0.9, 0.52, 0.02, 'accuracy')).toBe('better');
    expect(verdictOf(0.4, 0.52, 0.02, 'rows')).toBe('worse');
  });
});

describe('results as CSV', () => {
  it('have a line for each step that was measured or published, and the verdict at the last', () => {
    const recipe = read('shakespeare-hyena.json');
    const [{ title, published }] = recipe.contestants;
    const result: LabResult = {
      ...{ recipe: recipe.name, contestant: 'hyena', title, seed: 0, run: 'a,"b', status: 'done' },
      ...{ value: 1.45, verdict: 'within', published, steps: 2000, seconds: 12, parameters: 5 },
      ...{
        curve: [
          [250, 2.5],
          [2000, 1.45],
        ],
        device: 'native',
        processor: 'CPU',
      },
    };
    const lines = labCsv(recipe, [result]).split('\r\n');
    expect(lines[0]).toContain('Hyena on Tiny Shakespeare');
    expect(lines[1]).toBe(
      'recipe,contestant,seed,run,device,processor,parameters,seconds,step,loss,published loss,verdict',
    );
    expect(lines[2]).toBe('shakespeare-hyena,hyena,0,"a,""b",native,CPU,5,12,0,,4.154,');
    expect(lines[3]).toBe('shakespeare-hyena,hyena,0,"a,""b",native,CPU,5,12,250,2.5,2.53,');
    expect(lines[10]).toBe('shakespeare-hyena,hyena,0,"a,""b",native,CPU,5,12,2000,1.45,1.447,within');
    expect(lines).toHaveLength(12);
  });
});
