import { textIn, type LabResult, type Recipe, type RecipeText } from '../../../main/contract/lab/recipes.ts';
import type { ScalingQuantity, ScalingRow } from '../../../main/contract/lab/scaling.ts';
import type { Series } from '../../charts/view.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

/** The laboratory of a window: recipes, and the results of the one that is shown. */
export class LabState {
  readonly #app: AppState;
  recipes = $state.raw<readonly Recipe[] | null>(null);
  results = $state.raw<readonly LabResult[]>([]);
  /** Moves on with the results: a chart draws them again. */
  version = $state(0);
  /** Whether data are made and runs are queued. */
  preparing = $state(false);

  constructor(app: AppState) {
    this.#app = app;
    void app.ask('lab.recipes', {}).then((recipes) => (this.recipes = recipes ?? []));
  }

  text(text: RecipeText): string {
    return textIn(text, this.#app.i18n.language);
  }

  async read(recipe: Recipe): Promise<void> {
    const results = await this.#app.ask('lab.results', { recipe: recipe.name });
    if (!results) return;
    this.results = results;
    this.version++;
  }

  /** @param grant the file that the recipe asks for */
  async train(recipe: Recipe, contestants: readonly string[], grant?: string): Promise<void> {
    this.preparing = true;
    try {
      const queued = await this.#app.ask('lab.train', { recipe: recipe.name, contestants: [...contestants], grant });
      if (queued) this.#app.notices.notify(this.#app.i18n.t('lab.queued', { n: queued.runs.length }), 'good');
    } finally {
      this.preparing = false;
      await this.read(recipe);
    }
  }

  /** The curves of the results, each followed by the published one where there is one. */
  curves(recipe: Recipe): Series[] {
    const line = (id: string, name: string, points: readonly (readonly [number, number])[], style: number): Series => ({
      ...{ id, name, style, exact: true, generation: this.version },
      x: points.map(([step]) => step),
      y: points.map(([, value]) => value),
    });
    const series: Series[] = [];
    const { i18n } = this.#app;
    for (const { run, curve } of this.results) if (curve.length > 0) series.push(line(run, run, curve, series.length));
    for (const { name, title, published } of recipe.contestants)
      if (published?.curve)
        series.push(
          line(name, i18n.t('lab.curve.published', { name: this.text(title) }), published.curve, series.length),
        );
    return series;
  }
}

/** One line a mixer. */
export function scalingSeries(rows: readonly ScalingRow[], quantity: ScalingQuantity, generation: number): Series[] {
  const mixers = [...new Set(rows.map(({ mixer }) => mixer))];
  return mixers.map((mixer, style) => {
    const own = rows.filter((row) => row.mixer === mixer);
    return {
      ...{ id: `${quantity}/${mixer}`, name: mixer, style, exact: true, generation },
      x: own.map(({ length }) => length),
      y: own.map((row) => row[quantity]),
    };
  });
}
