import type { RunConfiguration } from '../../../main/contract/configuration.ts';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { presets, type PresetName } from '../../../main/contract/presets.ts';
import { teachingConfiguration } from '../../../main/contract/teaching.ts';
import { checkForm, presetConfiguration, toForm, type Checked, type Explain, type FormValues } from './form-values.ts';

const draftKey = 'hyena-studio.draft';

interface Draft {
  values: FormValues;
  preset: PresetName | null;
  name: string;
  /** The run that it was copied from. */
  source: string | null;
}

/** The form of a new run; what was written survives a reload. */
export class ModelForm {
  #values = $state<FormValues>({});
  #preset = $state<PresetName | null>('tiny');
  #name = $state('');
  #source = $state<string | null>(null);
  readonly #checked: Checked;

  /** @param explain says what a field takes, in the language of the window */
  constructor(dataset: string, explain: Explain) {
    this.#checked = $derived(checkForm(this.#values, explain));
    this.#values = toForm(presetConfiguration('tiny', dataset));
    try {
      const draft = JSON.parse(localStorage.getItem(draftKey) ?? 'null') as Draft | null;
      if (draft && typeof draft.values === 'object') {
        // Fields that were added since the draft was kept have their default.
        this.#values = { ...this.#values, ...draft.values };
        this.#preset = draft.preset !== null && Object.hasOwn(presets, draft.preset) ? draft.preset : null;
        this.#name = String(draft.name ?? '');
        this.#source = typeof draft.source === 'string' ? draft.source : null;
      }
    } catch {
      // An unreadable draft is none.
    }
  }

  get preset(): PresetName | null {
    return this.#preset;
  }
  get checked(): Checked {
    return this.#checked;
  }
  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name;
    this.#keep();
  }

  /** The run whose configuration this began as. */
  get source(): string | null {
    return this.#source;
  }

  value(path: string): string | boolean {
    return this.#values[path] ?? '';
  }

  set(path: string, value: string | boolean): void {
    this.#values[path] = value;
    if (path !== 'dataset' && path !== 'device') this.#preset = null;
    this.#keep();
  }

  choose(preset: PresetName): void {
    const { dataset, device } = this.#values;
    this.#values = toForm(presetConfiguration(preset, String(dataset ?? ''), String(device ?? 'auto')));
    this.#preset = preset;
    this.#source = null;
    this.#keep();
  }

  /** Starts from what another run had. */
  copy(configuration: RunConfiguration, source: string): void {
    this.#values = toForm(configuration);
    this.#preset = null;
    this.#name = '';
    this.#source = source;
    this.#keep();
  }

  /** Starts from the weights of a run, to teach it to answer from chats; their size says for how long. */
  teach(configuration: RunConfiguration, run: string, chats: DatasetRecord | null): void {
    const taught = teachingConfiguration(configuration, run, chats?.name ?? '', chats?.splits.train ?? null);
    this.#values = toForm(taught);
    this.#preset = null;
    this.#name = '';
    this.#source = null;
    this.#keep();
  }

  #keep(): void {
    const values = $state.snapshot(this.#values);
    const draft: Draft = { values, preset: this.#preset, name: this.#name, source: this.#source };
    localStorage.setItem(draftKey, JSON.stringify(draft));
  }
}
