import { runConfigurationSchema, type RunConfiguration } from '../../../main/contract/configuration.ts';
import { allFields, type Field } from '../../../main/contract/fields.ts';
import { presets, type PresetName } from '../../../main/contract/presets.ts';
import { mergeConfigurations, type ConfigurationInput } from '../../../main/contract/settings.ts';
import type { Formats } from '../../i18n/format.ts';
import type { NumberKind } from '../../i18n/parse-number.ts';

/**
 * A form's fields: text for everything but switches, and numbers as JSON has them, in no language. What is typed into a
 * number's field becomes such text by `parse-number.ts`, or is kept beside these values where it is refused.
 */
export type FormValues = Record<string, string | boolean>;

/** Fields whose text is refused, by their path. */
export type Refused = Readonly<Record<string, { readonly text: string; readonly problem: string }>>;

const isNumber = ({ kind }: Field): boolean => kind === 'integer' || kind === 'number';

/** How a field's number is typed: the share of something may be a percentage. */
export const numberKind = ({ kind, minimum, maximum }: Field): NumberKind | null =>
  kind === 'integer'
    ? { whole: true }
    : kind === 'number'
      ? { share: (minimum ?? -1) >= 0 && (maximum ?? 2) <= 1 }
      : null;

/** A value as its field shows it. */
export function shownValue(field: Field, value: string | boolean, formats: Formats): string | boolean {
  const number = isNumber(field) ? fromText(field, value) : null;
  return typeof number === 'number' ? formats.field(number) : value;
}

const valueAt = (configuration: RunConfiguration, field: Field): unknown =>
  field.section === 'run'
    ? configuration[field.key as 'dataset' | 'device' | 'from']
    : (configuration[field.section] as Record<string, unknown>)[field.key];

/** A value as it stands in its field; nothing stands for null. */
function toText(value: unknown): string | boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a form shows of a configuration. */
export const toForm = (configuration: RunConfiguration): FormValues =>
  Object.fromEntries(allFields().map((field) => [field.path, toText(valueAt(configuration, field))]));

/** The value of a field; what cannot be read as a number stays text, so that the schema says what is wrong. */
function fromText(field: Field, text: string | boolean): unknown {
  if (typeof text === 'boolean' || field.kind === 'choice') return text;
  const trimmed = text.trim();
  if (field.kind === 'text') return field.nullable && trimmed === '' ? null : text;
  if (trimmed === '') return field.nullable ? null : text;
  const number = Number(trimmed.replaceAll('_', ''));
  return /^[-\d]/.test(trimmed) && Number.isFinite(number) ? number : text;
}

export interface Checked {
  /** Null where a field is wrong. */
  configuration: RunConfiguration | null;
  /** What is wrong, by the path of the field. */
  problems: ReadonlyMap<string, string>;
}

/** What a field takes, in words. */
export type Explain = (field: Field) => string;

/** Checks a form. */
export function checkForm(values: FormValues, explain: Explain, refused: Refused = {}): Checked {
  const input: Required<ConfigurationInput> = { dataset: '', device: 'auto', from: null, model: {}, training: {} };
  for (const field of allFields()) {
    const value = fromText(field, values[field.path] ?? '');
    if (field.section === 'run') input[field.key as 'dataset' | 'device' | 'from'] = value;
    else input[field.section][field.key] = value;
  }
  const parsed = runConfigurationSchema.safeParse(input);
  const problems = new Map(Object.entries(refused).map(([path, { problem }]) => [path, problem]));
  if (!parsed.success) {
    for (const { path } of parsed.error.issues) {
      const field = allFields().find((one) => one.path === path.join('.'));
      if (field && !problems.has(field.path)) problems.set(field.path, explain(field));
    }
    return { configuration: null, problems };
  }
  const { model, training } = parsed.data;
  if (training.sequence_length !== null && training.sequence_length > model.l_max)
    problems.set('training.sequence_length', `≤ ${model.l_max}`);
  const unlimited = [training.max_steps, training.max_epochs, training.max_tokens, training.max_minutes].every(
    (budget) => budget === null,
  );
  if (unlimited) problems.set('training.max_steps', explain(allFields().find(({ key }) => key === 'max_steps')!));
  return { configuration: problems.size === 0 ? parsed.data : null, problems };
}

/** The configuration of a preset on a data set. */
export function presetConfiguration(preset: PresetName, dataset: string, device = 'auto'): RunConfiguration {
  const { model, training } = presets[preset];
  // The data set may not have been chosen yet; its name is the only part that needs one.
  const merged = mergeConfigurations([
    { model, training },
    { dataset: dataset === '' ? '-' : dataset, device },
  ]);
  return { ...runConfigurationSchema.parse(merged), dataset };
}
