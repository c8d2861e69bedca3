import { csvText } from '../logic/csv.ts';
import { textIn, type LabResult, type Recipe } from './recipes.ts';

const columns = [
  'recipe',
  'contestant',
  'seed',
  'run',
  'device',
  'processor',
  'parameters',
  'seconds',
  'step',
] as const;

/** Results of a recipe as CSV: one line for each step that was measured or published. */
export function labCsv(recipe: Recipe, results: readonly LabResult[]): string {
  const lines = results.flatMap((result) => {
    const { published, curve } = result;
    const theirs = new Map(published?.curve ?? []);
    const ours = new Map(curve);
    const last = curve.at(-1)?.[0];
    if (published && published.curve === undefined && last !== undefined) theirs.set(last, published.value);
    const steps = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b);
    return steps.map((step) => [
      ...columns.map((column) => (column === 'step' ? step : result[column])),
      ours.get(step),
      theirs.get(step),
      step === last ? result.verdict : null,
    ]);
  });
  const head = [...columns, recipe.measure, `published ${recipe.measure}`, 'verdict'];
  const title = [`${textIn(recipe.title)} (${recipe.source.title}, ${recipe.source.url})`];
  return csvText([title, head, ...lines]);
}
