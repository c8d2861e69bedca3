import type { ModelFacts, ModelsView } from '../../../main/contract/models.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

/** What the records of the runs do not say of their models, read again whenever these change. */
export class ModelFactsList {
  readonly #app: AppState;
  #view = $state.raw<ModelsView | null>(null);
  readonly #byRun = $derived(new Map<string, ModelFacts>(this.#view?.models.map((one) => [one.run, one])));
  #reading = false;
  #again = false;

  constructor(app: AppState) {
    this.#app = app;
  }

  get view(): ModelsView | null {
    return this.#view;
  }
  get byRun(): ReadonlyMap<string, ModelFacts> {
    return this.#byRun;
  }

  /** Reads one after the other: a library changes more often than its folders are measured. */
  async read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#view = (await this.#app.ask('models.list', {})) ?? this.#view;
      }
    } finally {
      this.#reading = false;
    }
  }
}
