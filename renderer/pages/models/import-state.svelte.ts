import { HyenaError, type ErrorReport } from '../../../main/contract/errors.ts';
import {
  hubNameSchema,
  type ImportChoices,
  type ImportPreview,
  type ImportSource,
} from '../../../main/contract/models.ts';
import { reportOf } from '../../connection/client.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

/** The source that an address names: what a person chose, or a model of the hub. */
export function sourceIn({ grant, hub }: Record<string, string>): ImportSource | null {
  if (grant !== undefined) return { from: 'grant', grant };
  return hub !== undefined && hubNameSchema.safeParse(hub).success ? { from: 'hub', name: hub } : null;
}

export const sourceQuery = (source: ImportSource): Record<string, string> =>
  source.from === 'grant' ? { grant: source.grant } : { hub: source.name };

export type Choices = Required<ImportChoices>;

const noChoices: Choices = { name: null, as: null, dtype: null, filters: null, set: {} };

/** What an import would make, asked again whenever a choice changes it. */
export class PlannedImport {
  readonly source: ImportSource;
  readonly #app: AppState;
  #choices = $state.raw<Choices>(noChoices);
  #preview = $state.raw<ImportPreview | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #task = $state<string | null>(null);

  constructor(app: AppState, source: ImportSource) {
    this.#app = app;
    this.source = source;
  }

  get choices(): Choices {
    return this.#choices;
  }
  get preview(): ImportPreview | null {
    return this.#preview;
  }
  get error(): ErrorReport | null {
    return this.#error;
  }
  /** The task that looks at the source now. */
  get task(): string | null {
    return this.#task;
  }

  /** Changes what is asked for, and looks again unless only the name is another. */
  choose(changes: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...changes };
    if (Object.keys(changes).some((key) => key !== 'name')) void this.plan();
  }

  /** Lines of KEY=VALUE that differ from the published model. */
  async chooseSettings(lines: string): Promise<void> {
    try {
      // The schemas of the configuration are not needed before.
      const { parseSettings } = await import('../../../main/contract/settings.ts');
      const { model = {} } = parseSettings(lines.split('\n').filter((line) => line.trim() !== ''));
      this.choose({ set: model });
    } catch (error) {
      this.#error = HyenaError.from(error).toReport();
    }
  }

  async plan(): Promise<void> {
    this.cancel();
    const task = crypto.randomUUID();
    this.#task = task;
    this.#error = null;
    const { source } = this;
    try {
      const preview = await this.#app.client.request('models.plan', { task, source, choices: this.#choices });
      if (this.#task === task) this.#preview = preview;
    } catch (error) {
      if (this.#task === task) this.#error = reportOf(error);
    } finally {
      if (this.#task === task) this.#task = null;
    }
  }

  /** Ends looking at the source; what comes of it is of no interest any more. */
  cancel(): void {
    const task = this.#task;
    this.#task = null;
    if (task !== null) this.#app.client.request('tasks.stop', { task }).catch(() => undefined);
  }

  /** Whether the import has begun. */
  async begin(accepted: boolean): Promise<boolean> {
    return await importStarts(this.#app).begin({ source: this.source, choices: this.#choices, accepted });
  }
}

interface Start {
  readonly source: ImportSource;
  readonly choices: Choices;
  readonly accepted: boolean;
}

/** How the imports of this window were begun, so that one that failed can be tried again. */
class ImportStarts {
  readonly #app: AppState;
  readonly #byTask = new Map<string, Start>();

  constructor(app: AppState) {
    this.#app = app;
  }

  async begin(start: Start): Promise<boolean> {
    const started = await this.#app.ask('models.import', start);
    if (started) this.#byTask.set(started.task, start);
    return started !== undefined;
  }

  knows(task: string): boolean {
    return this.#byTask.has(task);
  }

  async again(task: string): Promise<void> {
    const start = this.#byTask.get(task);
    if (!start) return;
    await this.#app.ask('tasks.dismiss', { task });
    await this.begin(start);
  }
}

const starts = new WeakMap<AppState, ImportStarts>();
export function importStarts(app: AppState): ImportStarts {
  const known = starts.get(app) ?? new ImportStarts(app);
  starts.set(app, known);
  return known;
}
