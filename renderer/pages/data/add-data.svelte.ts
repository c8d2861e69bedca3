import type { Grant } from '../../../main/contract/grants.ts';
import type { Inspection, TaskView } from '../../../main/contract/views.ts';
import type { Columns } from '../../../main/contract/columns.ts';
import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { datasetNames, nameKey } from '../../../main/contract/names.ts';
import { reportOf } from '../../connection/client.ts';
import type { AppState } from '../../state/app-state.svelte.ts';
import { availableColumns, ColumnChoice, columnDraftSchema, type FoundColumn } from './column-choice.svelte.ts';
import { draftStorage, type DataDraft, type DraftStorage, type PendingAddition } from './data-draft.ts';
import { suggestName } from './names.ts';
import { recommendedTokenizer } from './recommended-tokenizer.ts';

const tokenizerChoices = ['bytes', 'bpe:1024', 'bpe:4096', 'gpt2'] as const;
const fieldDelay = 500;

/** What keeps data from being added. */
export type AddObstacle = 'inspecting' | 'name' | 'files' | 'field' | 'columns' | 'unread' | 'empty';

/** What a person decides between choosing files and having a data set. */
export class AddData {
  readonly #app: AppState;
  readonly #storage: DraftStorage | null;
  #learner = $state<string | null>(null);
  #grants = $state.raw<readonly Grant[]>([]);
  #inspection = $state.raw<Inspection | null>(null);
  #available = $state.raw<readonly FoundColumn[]>([]);
  #inspecting = $state(false);
  #inspections = 0;
  #error = $state.raw<ErrorReport | null>(null);
  /** What was wrong with the files of an addition that failed. */
  #problems = $state.raw<readonly DatasetProblem[]>([]);
  #pending: readonly PendingAddition[] = [];
  /** Settles when it is known whether the host still has the files of an earlier visit. */
  #restored: Promise<void> = Promise.resolve();
  #name = $state('');
  #named = false;
  #tokenizer = $state<string | null>(null);
  #validation = $state(5);
  #field = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly columnChoice = new ColumnChoice((isWriting) => this.#reconsider(isWriting));

  /**
   * @param run whose tokenizer is offered first: the data are for going on with it
   * @param storage where the choices are kept for when the page is opened again
   */
  constructor(app: AppState, run: string | null = null, storage: DraftStorage | null = null) {
    this.#app = app;
    this.#storage = storage;
    this.#learner = run;
    const saved = storage?.read();
    if (!saved) return;
    this.#pending = saved.pending;
    if (saved.draft) this.#restore(saved.draft);
  }

  get choices(): readonly string[] {
    const own = [this.#learner === null ? null : `run:${this.#learner}`, this.#tokenizer].filter(
      (choice) => choice?.startsWith('run:') === true,
    );
    return [...new Set([...(own as string[]), ...tokenizerChoices])];
  }
  get grants(): readonly Grant[] {
    return this.#grants;
  }
  /** Whether something is being decided. */
  get active(): boolean {
    return this.#grants.length > 0 || this.#error !== null;
  }
  get inspection(): Inspection | null {
    return this.#inspection;
  }
  get inspecting(): boolean {
    return this.#inspecting;
  }
  get error(): ErrorReport | null {
    return this.#error;
  }
  get problems(): readonly DatasetProblem[] {
    return this.#problems;
  }

  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name;
    this.#named = name !== '';
    this.#keep();
  }
  get tokenizer(): string {
    const { choices } = this;
    if (this.#tokenizer !== null && choices.includes(this.#tokenizer)) return this.#tokenizer;
    const suited = this.#inspection && recommendedTokenizer(this.#inspection, this.#inspection.tokenizers);
    return suited ?? choices[0] ?? 'bytes';
  }
  set tokenizer(tokenizer: string) {
    this.#tokenizer = tokenizer;
    this.#keep();
  }
  /** Percent. */
  get validation(): number {
    return this.#validation;
  }
  set validation(validation: number) {
    this.#validation = validation;
    this.#keep();
  }
  get field(): string {
    return this.#field;
  }
  /** The files are looked at again when a person has stopped writing. */
  set field(field: string) {
    if (field === this.#field) return;
    this.#field = field;
    this.#reconsider(true);
  }
  /** The columns of the chosen files. */
  get available(): readonly FoundColumn[] {
    return this.#available;
  }

  /** Whether the name can be that of a new data set: what is wrong with it otherwise. */
  get nameProblem(): string | null {
    const { i18n, datasets } = this.#app;
    const problem = i18n.nameProblem(this.name, datasetNames);
    if (problem !== undefined) return problem;
    return datasets?.some(({ name }) => nameKey(name) === nameKey(this.name)) ? i18n.t('form.name.taken') : null;
  }

  /** Why nothing can be added now; null where it can. */
  get obstacle(): AddObstacle | null {
    if (this.#grants.length === 0) return 'files';
    if (!this.columnChoice.complete) return 'columns';
    if (this.#inspecting) return 'inspecting';
    if (this.#inspection?.sampledBytes === 0)
      return this.#columns ? 'unread' : this.#given === null ? 'empty' : 'field';
    return this.nameProblem === null ? null : 'name';
  }

  /** Whose tokenizer is offered first from here on. */
  serve(run: string | null): void {
    if (run === this.#learner) return;
    this.#learner = run;
    if (this.#grants.length > 0) void this.inspect();
  }

  async choose(grants: readonly Grant[]): Promise<void> {
    // Files that the host has no longer would take these with them.
    await this.#restored;
    const areFirst = this.#grants.length === 0;
    this.#grants = [...this.#grants, ...grants];
    this.#error = null;
    this.#problems = [];
    if (this.#name === '' || (areFirst && !this.#named)) {
      const taken = new Set(this.#app.datasets?.map(({ name }) => nameKey(name)));
      this.#name = suggestName(this.#grants[0]?.name ?? '', taken);
    }
    this.#keep();
    await this.inspect();
  }

  /** Takes something that was chosen out again. */
  async remove(grant: string): Promise<void> {
    const left = this.#grants.filter((one) => one.grant !== grant);
    if (left.length === 0) {
      this.clear();
      return;
    }
    this.#grants = left;
    this.#keep();
    await this.inspect();
  }

  /** A field that has been written is looked for without waiting; one that was looked for already is not again. */
  async commitField(): Promise<void> {
    if (this.#timer !== undefined) await this.inspect();
  }

  async inspect(): Promise<void> {
    this.#settleField();
    if (this.#grants.length === 0) return;
    this.#inspecting = true;
    const requested = ++this.#inspections;
    try {
      const inspection = await this.#app.client.request('files.inspect', {
        grants: this.#grants.map(({ grant }) => grant),
        tokenizers: [...this.choices],
        ...this.#mapping,
      });
      if (requested !== this.#inspections) return;
      this.#inspection = inspection;
      this.#available = availableColumns(inspection.byFile ?? []);
    } catch (thrown) {
      if (requested !== this.#inspections) return;
      const error = reportOf(thrown);
      this.#inspection = null;
      this.#error = error;
      // The host no longer has them; what was chosen beside them is kept for when they are chosen again.
      if (error.code === 'usage') this.#grants = [];
    }
    this.#inspecting = false;
  }

  /** Starts reading. The choices come back where that fails. */
  async add(): Promise<boolean> {
    const draft = this.#draft;
    const { name, validation } = draft;
    this.#error = null;
    this.#problems = [];
    try {
      const { task } = await this.#app.client.request('datasets.add', {
        ...{ name, tokenizer: this.tokenizer, validation: validation / 100, ...this.#mapping },
        grants: draft.grants.map(({ grant }) => grant),
      });
      this.#pending = [...this.#pending, { task, draft, time: Date.now() }];
      this.clear();
      return true;
    } catch (thrown) {
      this.#error = reportOf(thrown);
      return false;
    }
  }

  /** Takes note of how additions stand: one that failed is decided again, with all that was chosen. */
  follow(tasks: readonly TaskView[]): void {
    for (const pending of this.#pending) {
      const task = tasks.find(({ id }) => id === pending.task);
      const isOver = task ? task.status === 'done' || task.status === 'cancelled' : Date.now() - pending.time > 120_000;
      if (isOver) this.#forget(pending);
      if (task?.status !== 'failed' || this.active) continue;
      this.#forget(pending);
      this.#restore(pending.draft);
      this.#error = task.error;
      this.#problems = task.problems;
      this.#keep();
      void this.#app.ask('tasks.dismiss', { task: task.id });
    }
  }

  clear(): void {
    this.#settleField();
    this.#inspections++;
    this.#grants = [];
    this.#inspection = null;
    this.#inspecting = false;
    this.#error = null;
    this.#problems = [];
    this.#name = '';
    this.#named = false;
    this.#field = '';
    this.#available = [];
    this.columnChoice.clear();
    this.#keep();
  }

  #settleField(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The files are looked at again, while a person is writing not yet. */
  #reconsider(isWriting: boolean): void {
    this.#keep();
    if (this.#grants.length === 0) return;
    this.#settleField();
    // A choice that is not complete leaves what was found.
    this.#inspecting = this.columnChoice.complete;
    if (!this.columnChoice.complete) this.#inspections++;
    else if (isWriting) this.#timer = setTimeout(() => void this.inspect(), fieldDelay);
    else void this.inspect();
  }

  get #given(): string | null {
    return this.columnChoice.draft.as !== 'text' || this.#field.trim() === '' ? null : this.#field.trim();
  }
  get #columns(): Columns | null {
    return this.columnChoice.columns;
  }
  get #mapping(): { field: string | null; columns?: Columns } {
    return { field: this.#given, ...(this.#columns && { columns: this.#columns }) };
  }

  get #draft(): DataDraft {
    return {
      grants: [...this.#grants],
      ...{
        name: this.#name,
        named: this.#named,
        tokenizer: this.#tokenizer,
        validation: this.#validation,
        field: this.#field,
        columns: this.columnChoice.draft,
      },
    };
  }

  #restore({ grants, name, named, tokenizer, validation, field, columns }: DataDraft): void {
    this.#grants = grants;
    this.#name = name;
    this.#named = named;
    this.#tokenizer = tokenizer;
    this.#validation = validation;
    this.#field = field;
    this.columnChoice.restore(columns ?? columnDraftSchema.parse({}));
    if (grants.length > 0) this.#restored = this.inspect();
  }

  #forget(pending: PendingAddition): void {
    this.#pending = this.#pending.filter((one) => one !== pending);
    this.#keep();
  }

  #keep(): void {
    this.#storage?.write({ draft: this.#draft, pending: this.#pending });
  }
}

const known = new WeakMap<AppState, AddData>();

/** What is being added in this window: the same on every visit of the page, and after a reload. */
export function addDataOf(app: AppState): AddData {
  const adding = known.get(app) ?? new AddData(app, null, draftStorage());
  known.set(app, adding);
  return adding;
}
