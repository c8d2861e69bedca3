import type { RunConfiguration } from '../../../main/contract/configuration.ts';
import type { Field } from '../../../main/contract/schema-fields.ts';
import { findField } from '../../../main/contract/fields.ts';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { defaultPreset, presets, type PresetName } from '../../../main/contract/presets.ts';
import { presetConfiguration } from '../../../main/contract/settings.ts';
import { teachingConfiguration, usualRank, withAdapters } from '../../../main/contract/logic/teaching.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import { numberProblem } from '../../i18n/number-problem.ts';
import { parseNumber } from '../../i18n/parse-number.ts';
import { explainValues } from './explain-values.ts';
import {
  checkForm,
  fieldsIn,
  numberKind,
  shownValue,
  toForm,
  type CheckedForm,
  type FormValues,
  type RejectedValue,
} from './form-values.ts';

const draftKey = 'hyena-studio.draft';

interface Draft {
  values: FormValues;
  refused: RejectedValue;
  preset: PresetName | null;
  name: string;
  /** The run that it was copied from. */
  source: string | null;
  /** What it began as. */
  base: FormValues;
  basePreset: PresetName | null;
}

/** The form of a new run; what was written survives a reload. */
export class ModelForm {
  readonly #i18n: I18n;
  #values = $state<FormValues>({});
  #refused = $state<RejectedValue>({});
  /** The field that is being typed in, with its text as it is typed. */
  #typing = $state<{ path: string; text: string } | null>(null);
  #preset = $state<PresetName | null>(defaultPreset);
  #name = $state('');
  #source = $state<string | null>(null);
  /** What it began as: changes are marked against it, and can be taken back one by one. */
  #base = $state.raw<FormValues>({});
  #basePreset: PresetName | null = defaultPreset;
  readonly #checked: CheckedForm;

  constructor(dataset: string, i18n: I18n) {
    this.#i18n = i18n;
    this.#checked = $derived(checkForm(this.#values, (field) => explainValues(field, i18n), this.#refused));
    this.#values = toForm(presetConfiguration(defaultPreset, dataset));
    this.#base = { ...this.#values };
    try {
      const draft = JSON.parse(localStorage.getItem(draftKey) ?? 'null') as Partial<Draft> | null;
      if (draft) this.#take(draft);
    } catch {
      // An unreadable draft is none.
    }
  }

  get preset(): PresetName | null {
    return this.#preset;
  }
  get checked(): CheckedForm {
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

  /** The run whose weights it starts from. */
  get from(): string | null {
    const from = this.#values.from;
    return typeof from === 'string' && from !== '' ? from : null;
  }

  /** What can be set, by the mixers and positions that are chosen. */
  get fields(): readonly Field[] {
    return fieldsIn(this.#values);
  }

  /** Whether it is anything but a preset as it is. */
  get changed(): boolean {
    return this.#preset === null || this.#name !== '' || Object.keys(this.#refused).length > 0;
  }

  /** Whether a field is not as the preset, or the run that this was copied from, has it. */
  isChanged(path: string): boolean {
    if (!Object.hasOwn(this.#base, path)) return false;
    return Object.hasOwn(this.#refused, path) || this.#values[path] !== this.#base[path];
  }

  /** Takes a change of a field back. */
  reset(path: string): void {
    this.#typing = null;
    this.set(path, this.#base[path] ?? '');
    const others = Object.keys(this.#base).filter((one) => one !== 'dataset' && one !== 'device');
    if (!others.some((one) => this.isChanged(one))) this.#preset = this.#basePreset;
    this.#keep();
  }

  value(path: string): string | boolean {
    return this.#values[path] ?? '';
  }

  /** What stands in a field: as it is typed, then as the language writes it. */
  shown(path: string): string | boolean {
    if (this.#typing?.path === path) return this.#typing.text;
    const field = findField(path);
    return this.#refused[path]?.text ?? (field ? shownValue(field, this.value(path), this.#i18n.format) : '');
  }

  /** Sets a value; numbers as JSON has them. */
  set(path: string, value: string | boolean): void {
    this.#values[path] = value;
    this.#accept(path);
    if (path !== 'dataset' && path !== 'device') this.#preset = null;
    this.#keep();
  }

  /** Minutes that a run lasts, if nothing but time limits it. */
  get minutes(): number | null {
    const others = ['max_steps', 'max_epochs', 'max_tokens'].some((key) => this.value(`training.${key}`) !== '');
    const minutes = Number(this.value('training.max_minutes') || NaN);
    return others || !Number.isFinite(minutes) ? null : minutes;
  }
  /** Lets time alone limit the run; null: what it began as. */
  set minutes(minutes: number | null) {
    for (const key of ['max_steps', 'max_epochs', 'max_tokens', 'max_minutes']) {
      const path = `training.${key}`;
      const value = minutes === null ? (this.#base[path] ?? '') : key === 'max_minutes' ? String(minutes) : '';
      if (this.#values[path] !== value) this.set(path, value);
    }
  }

  /** Takes what is typed into a field, in the language of the window. */
  type(path: string, text: string | boolean): void {
    const field = findField(path);
    const kind = field ? numberKind(field) : null;
    if (!field || !kind || typeof text === 'boolean' || text.trim() === '') {
      this.#typing = typeof text === 'boolean' ? null : { path, text };
      return this.set(path, typeof text === 'boolean' || !kind ? text : '');
    }
    this.#typing = { path, text };
    const reading = parseNumber(text, this.#i18n.format.locale, kind);
    if (reading.value !== null) return this.set(path, JSON.stringify(reading.value));
    const problem = numberProblem(reading, explainValues(field, this.#i18n), this.#i18n);
    this.#refused = { ...this.#refused, [path]: { text, problem } };
    this.#preset = null;
    this.#keep();
  }

  /** A field was left: it shows what is used, or what was refused. */
  leave(path: string): void {
    if (this.#typing?.path === path) this.#typing = null;
  }

  choose(preset: PresetName): void {
    const { dataset, device } = this.#values;
    this.#begin(presetConfiguration(preset, String(dataset ?? ''), String(device ?? 'auto')), preset, null);
  }

  /** Takes what another size of the model changes; each change is marked, and can be taken back. */
  resize(configuration: RunConfiguration): void {
    const wanted = toForm(configuration);
    for (const { path } of this.fields) if (this.#values[path] !== wanted[path]) this.set(path, wanted[path]);
    const preset = (Object.keys(presets) as PresetName[]).find((name) => {
      const own = toForm(presetConfiguration(name, String(this.value('dataset')), String(this.value('device'))));
      return this.fields.every(({ path }) => own[path] === this.#values[path]);
    });
    this.#preset = preset ?? null;
    this.#keep();
  }

  /** Starts from what another run had. */
  copy(configuration: RunConfiguration, source: string): void {
    this.#name = '';
    this.#begin(configuration, null, source);
  }

  /** Starts from the weights of a run, to teach it to answer from chats; their size says for how long. */
  teach(configuration: RunConfiguration, run: string, chats: DatasetRecord | null): void {
    const taught = teachingConfiguration(configuration, run, chats?.name ?? '', chats?.splits.train ?? null);
    this.#name = '';
    this.#begin(taught, null, null);
  }

  /** Starts from weights of its own instead of those of a run. */
  startAnew(): void {
    this.chooseAdapters(false);
    this.set('from', '');
  }

  /** Trains adapters for the weights that it starts from, or these weights themselves. */
  chooseAdapters(chosen: boolean): void {
    const { configuration } = this.#checked;
    if (!configuration) return;
    const { lora_rank, learning_rate } = withAdapters(configuration.training, chosen ? usualRank : null);
    this.set('training.lora_rank', lora_rank === null ? '' : String(lora_rank));
    this.set('training.learning_rate', String(learning_rate));
  }

  /**
   * A fresh form.
   *
   * @returns brings back what was there before
   */
  discard(dataset: string): () => void {
    const before = this.#draft();
    this.#name = '';
    this.#begin(presetConfiguration(defaultPreset, dataset), defaultPreset, null);
    return () => {
      this.#take(before);
      this.#keep();
    };
  }

  #begin(configuration: RunConfiguration, preset: PresetName | null, source: string | null): void {
    this.#values = toForm(configuration);
    this.#base = toForm(configuration);
    this.#basePreset = preset;
    this.#refused = {};
    this.#typing = null;
    this.#preset = preset;
    this.#source = source;
    this.#keep();
  }

  #accept(path: string): void {
    if (!Object.hasOwn(this.#refused, path)) return;
    this.#refused = Object.fromEntries(Object.entries(this.#refused).filter(([one]) => one !== path));
  }

  #take(draft: Partial<Draft>): void {
    if (typeof draft.values !== 'object') return;
    // Fields that were added since the draft was kept have their default.
    this.#values = { ...this.#values, ...draft.values };
    this.#refused = typeof draft.refused === 'object' ? draft.refused : {};
    this.#preset = typeof draft.preset === 'string' && Object.hasOwn(presets, draft.preset) ? draft.preset : null;
    this.#name = String(draft.name ?? '');
    this.#source = typeof draft.source === 'string' ? draft.source : null;
    // A draft of an earlier version does not say what it began as: nothing of it is marked.
    this.#base = typeof draft.base === 'object' ? { ...this.#base, ...draft.base } : { ...this.#values };
    this.#basePreset =
      typeof draft.basePreset === 'string' && Object.hasOwn(presets, draft.basePreset) ? draft.basePreset : null;
  }

  #draft(): Draft {
    const values = $state.snapshot(this.#values);
    const refused = $state.snapshot(this.#refused);
    const base = { base: this.#base, basePreset: this.#basePreset };
    return { values, refused, preset: this.#preset, name: this.#name, source: this.#source, ...base };
  }

  #keep(): void {
    localStorage.setItem(draftKey, JSON.stringify(this.#draft()));
  }
}
