import type { ExperimentSummary, ExperimentView } from '../../../main/contract/lab/experiment-views.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

/** Sweeps and races of a window, and the one that is shown. */
export class ExperimentsState {
  readonly #app: AppState;
  list = $state.raw<readonly ExperimentSummary[]>([]);
  view = $state.raw<ExperimentView | null>(null);
  /** Moves on with the view: a chart draws it again. */
  version = $state(0);

  constructor(app: AppState) {
    this.#app = app;
    void this.#read();
  }

  async #read(): Promise<void> {
    this.list = (await this.#app.ask('experiments.list', {})) ?? this.list;
  }

  /** @param name null: none is shown */
  async show(name: string | null): Promise<void> {
    if (name === null) return void (this.view = null);
    const view = await this.#app.ask('experiments.get', { name });
    if (view) this.#take(view);
  }

  /** An experiment has been planned. */
  async started(view: ExperimentView): Promise<void> {
    this.#take(view);
    await this.#read();
    this.#app.router.go('lab', null, { experiment: view.name });
  }

  #take(view: ExperimentView): void {
    this.view = view;
    this.version++;
  }

  async train(name: string): Promise<void> {
    const queued = await this.#app.ask('experiments.train', { name });
    if (queued) this.#app.notices.notify(this.#app.i18n.t('lab.queued', { n: queued.runs.length }), 'good');
    await this.show(name);
  }

  async remove(name: string): Promise<void> {
    if (!(await this.#app.ask('experiments.remove', { name }))) return;
    this.view = null;
    await this.#read();
    this.#app.router.go('lab');
  }
}

/** A name that no experiment has: `sweep`, `sweep-2`, … */
export function freeName(wanted: string, taken: readonly ExperimentSummary[]): string {
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${wanted}-${number}`;
  return name;
}
