import type { Grant, Inspection } from '../../../main/contract/views.ts';
import { datasetNames, nameKey } from '../../../main/contract/names.ts';
import type { Studio } from '../../state/studio.svelte.ts';
import { suggestName } from './names.ts';

const tokenizerChoices = ['bytes', 'bpe:1024', 'bpe:4096', 'gpt2'] as const;

/** What a person decides between choosing files and having a data set. */
export class AddData {
  readonly #studio: Studio;
  readonly #choices: readonly string[];
  #grants = $state.raw<readonly Grant[]>([]);
  #inspection = $state.raw<Inspection | null>(null);
  #inspecting = $state(false);
  name = $state('');
  tokenizer = $state<string>('bytes');
  validation = $state(5);
  field = $state('');

  /** @param run whose tokenizer is offered first: the data are for going on with it */
  constructor(studio: Studio, run: string | null = null) {
    this.#studio = studio;
    this.#choices = [...(run === null ? [] : [`run:${run}`]), ...tokenizerChoices];
    this.tokenizer = this.#choices[0] ?? 'bytes';
  }

  get grants(): readonly Grant[] {
    return this.#grants;
  }
  get inspection(): Inspection | null {
    return this.#inspection;
  }
  get inspecting(): boolean {
    return this.#inspecting;
  }

  /** Whether the name can be that of a new data set: what is wrong with it otherwise. */
  get nameProblem(): string | null {
    const { i18n, datasets } = this.#studio;
    const problem = i18n.nameProblem(this.name, datasetNames);
    if (problem !== undefined) return problem;
    return datasets?.some(({ name }) => nameKey(name) === nameKey(this.name)) ? i18n.t('form.name.taken') : null;
  }

  async choose(grants: readonly Grant[]): Promise<void> {
    this.#grants = [...this.#grants, ...grants];
    if (this.name === '') {
      const taken = new Set(this.#studio.datasets?.map(({ name }) => nameKey(name)));
      this.name = suggestName(this.#grants[0]?.name ?? '', taken);
    }
    await this.inspect();
  }

  async inspect(): Promise<void> {
    this.#inspecting = true;
    const asked = this.#grants;
    const inspection = await this.#studio.ask('files.inspect', {
      grants: asked.map(({ grant }) => grant),
      tokenizers: [...this.#choices],
      field: this.field.trim() === '' ? null : this.field.trim(),
    });
    if (asked !== this.#grants) return;
    this.#inspecting = false;
    this.#inspection = inspection ?? null;
  }

  /** Starts reading; the files are then no longer being chosen. */
  async add(): Promise<boolean> {
    const started = await this.#studio.ask('datasets.add', {
      name: this.name,
      grants: this.#grants.map(({ grant }) => grant),
      tokenizer: this.tokenizer,
      validation: this.validation / 100,
      field: this.field.trim() === '' ? null : this.field.trim(),
    });
    if (started) this.clear();
    return started !== undefined;
  }

  clear(): void {
    this.#grants = [];
    this.#inspection = null;
    this.#inspecting = false;
    this.name = '';
    this.field = '';
  }
}
