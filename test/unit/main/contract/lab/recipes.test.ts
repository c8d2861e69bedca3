import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labCsv } from '../../../../../main/contract/lab/export.ts';
import { recipeSchema, textIn, verdictOf, type LabResult } from '../../../../../main/contract/lab/recipes.ts';
import { taskSettings } from '../../../../../main/contract/lab/tasks.ts';
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
      const task = generators[data.task] as unknown as Task;
      const settings = taskSettings(data.task, data.settings);
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
