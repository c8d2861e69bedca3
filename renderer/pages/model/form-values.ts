import { runConfigurationSchema, type RunConfiguration } from '../../../main/contract/configuration.ts';
import type { Field } from '../../../main/contract/schema-fields.ts';
import { allFields, fieldsFor } from '../../../main/contract/fields.ts';
import type { ConfigurationInput } from '../../../main/contract/settings.ts';
import type { Formats } from '../../i18n/format.ts';
import type { NumberKind } from '../../i18n/parse-number.ts';

/**
 * A form's fields: text for everything but switches, and numbers as JSON has them, in no language. What is typed into a
 * number's field becomes such text by `parse-number.ts`, or is kept beside these values where it is refused.
 */
export type FormValues = Record<string, string | boolean>;

/** Fields whose text is refused, by their path. */
export type RejectedValue = Readonly<Record<string, { readonly text: string; readonly problem: string }>>;

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

/** What a form shows of a configuration. A key that its model does not have is ready with its default. */
export const toForm = (configuration: RunConfiguration): FormValues =>
  Object.fromEntries(
    allFields().map((field) => {
      const value = valueAt(configuration, field);
      return [field.path, toText(value === undefined ? field.default : value)];
    }),
  );

/** The fields that a form has, by what its model chooses. */
export const fieldsIn = (values: FormValues): readonly Field[] =>
  fieldsFor({ layers: values['model.layers'], positions: values['model.positions'] });

/** The value of a field; what cannot be read as a number stays text, so that the schema says what is wrong. */
function fromText(field: Field, text: string | boolean): unknown {
  if (typeof text === 'boolean') return text;
  const trimmed = text.trim();
  if (field.kind === 'text' || field.kind === 'choice') return field.nullable && trimmed === '' ? null : text;
  if (trimmed === '') return field.nullable ? null : text;
  const number = Number(trimmed.replaceAll('_', ''));
  return /^[-\d]/.test(trimmed) && Number.isFinite(number) ? number : text;
}

export interface CheckedForm {
  /** Null where a field is wrong. */
  configuration: RunConfiguration | null;
  /** What is wrong, by the path of the field. */
  problems: ReadonlyMap<string, string>;
}

/** What a field takes, in words. */
export type Explain = (field: Field) => string;

/** Checks a form. */
export function checkForm(values: FormValues, explain: Explain, refused: RejectedValue = {}): CheckedForm {
  const input: Required<ConfigurationInput> = { dataset: '', device: 'auto', from: null, model: {}, training: {} };
  for (const field of fieldsIn(values)) {
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
