import { z } from 'zod';
import { runConfigurationSchema, trainingSchema } from './configuration.ts';
import { allModelSettings, settingsFor } from './model-configuration.ts';
import { toEnglish, msg, joinMessages, type Message } from './message.ts';

/** What a form, a command line or a help page needs to know of one key of the configuration. */
export interface Field {
  /** `model.d_model` */
  readonly path: string;
  /** `d_model`; unique over the whole configuration */
  readonly key: string;
  readonly section: 'run' | 'model' | 'training';
  readonly title: string;
  readonly description: string;
  readonly unit: string | undefined;
  readonly advanced: boolean;
  readonly kind: 'integer' | 'number' | 'boolean' | 'text' | 'choice';
  readonly choices: readonly string[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Whether the bound itself is outside. */
  readonly exclusiveMinimum: boolean;
  readonly exclusiveMaximum: boolean;
  /** Whether it may be left empty (`null`). */
  readonly nullable: boolean;
  /** Undefined where a value must be given. */
  readonly default: unknown;
}

/** The part of JSON Schema that the configuration schemas turn into. */
interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  unit?: string;
  advanced?: boolean;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
}

function kindOf({ type, enum: choices }: JsonSchema): Field['kind'] {
  if (choices) return 'choice';
  if (type === 'integer' || type === 'number' || type === 'boolean') return type;
  return 'text';
}

function toField(section: Field['section'], key: string, schema: JsonSchema): Field {
  const alternatives = schema.anyOf ?? [schema];
  const value = alternatives.find(({ type }) => type !== 'null') ?? schema;
  return {
    path: section === 'run' ? key : `${section}.${key}`,
    key,
    section,
    title: schema.title ?? key,
    description: schema.description ?? '',
    unit: schema.unit,
    advanced: schema.advanced ?? false,
    kind: kindOf(value),
    choices: value.enum ?? [],
    minimum: value.minimum ?? value.exclusiveMinimum,
    maximum: value.maximum ?? value.exclusiveMaximum,
    exclusiveMinimum: value.exclusiveMinimum !== undefined,
    exclusiveMaximum: value.exclusiveMaximum !== undefined,
    nullable: alternatives.length > 1,
    default: schema.default,
  };
}

/** What was requested once: a schema takes milliseconds to describe, and a command line asks for every option. */
const described = new Map<z.ZodType, Record<string, JsonSchema>>();

/** The keys of any object schema; `section` says what their paths start with (`run`: nothing). */
export function fieldsOf(section: Field['section'], schema: z.ZodType): readonly Field[] {
  let properties = described.get(schema);
  if (!properties) {
    ({ properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
    described.set(schema, properties);
  }
  return Object.entries(properties).map(([key, property]) => toField(section, key, property));
}

const fieldsWith = (modelSettings: z.ZodType): readonly Field[] => [
  ...fieldsOf('run', runConfigurationSchema).filter(({ key }) => key !== 'model' && key !== 'training'),
  ...fieldsOf('model', modelSettings),
  ...fieldsOf('training', trainingSchema),
];

/** Every key of the configuration, in the order of the schemas, whatever a model chooses. */
export const allFields = (): readonly Field[] => fieldsWith(allModelSettings);

/** The keys that a configuration with this model may have: those of its mixers and positions, and no others. */
export const fieldsFor = (model: Record<string, unknown>): readonly Field[] => fieldsWith(settingsFor(model));

/** The field of a path (`model.d_model`) or of a bare key (`d_model`); `lr` is the learning rate. */
export function findField(written: string): Field | undefined {
  const name = written === 'lr' ? 'learning_rate' : written;
  return allFields().find((field) => field.path === name || field.key === name);
}

/** The bounds of a field; null if it has none. */
function rangeOf({ minimum, maximum: most, exclusiveMinimum, exclusiveMaximum }: Field): Message | null {
  const maximum = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  if (minimum === undefined) {
    if (maximum === undefined) return null;
    return exclusiveMaximum ? msg`range|below ${maximum}` : msg`range|to ${maximum}`;
  }
  if (maximum === undefined) return exclusiveMinimum ? msg`range|above ${minimum}` : msg`range|from ${minimum}`;
  if (exclusiveMaximum)
    return exclusiveMinimum
      ? msg`range|above ${minimum} below ${maximum}`
      : msg`range|from ${minimum} below ${maximum}`;
  return exclusiveMinimum ? msg`range|above ${minimum} up to ${maximum}` : msg`range|from ${minimum} to ${maximum}`;
}

/** What a field takes, in words: `a whole number from 4 to 16384`. */
export function valuesMessage(field: Field): Message {
  const values = valuesOf(field);
  return field.nullable ? msg`${values}, or none` : values;
}

export const describeValues = (field: Field): string => toEnglish(valuesMessage(field));

function within(kind: Message, field: Field): Message {
  const range = rangeOf(field);
  return range === null ? kind : joinMessages([kind, range]);
}

function valuesOf(field: Field): Message {
  switch (field.kind) {
    case 'choice':
      return msg`${field.choices.join(' | ')}`;
    case 'boolean':
      return msg`${'true | false'}`;
    case 'integer':
      return within(msg`a whole number`, field);
    case 'number':
      return within(msg`a number`, field);
    case 'text':
      return msg`value|text`;
  }
}

/** A value as a person writes and reads it; `none` for what is left empty. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value === '' ? "''" : value;
  return JSON.stringify(value);
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2][j - 2] + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** Up to three of `names` that look like what was written, the nearest first. */
export function similarNames(written: string, names: Iterable<string>): string[] {
  const word = written.toLowerCase();
  const allowed = Math.max(1, Math.floor(word.length / 3));
  return [...names]
    .map((name) => ({ name, distance: editDistance(word, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= allowed || (word.length > 3 && name.toLowerCase().includes(word)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

const anyOf = (names: readonly string[]): Message =>
  names.slice(1).reduce((before, name) => msg`${before} or ${name}`, msg`${names[0]}`);

/** `Did you mean d_model?`, or nothing if no name is near. */
export function suggest(written: string, names: Iterable<string>): Message | undefined {
  const near = similarNames(written, names);
  return near.length > 0 ? msg`Did you mean ${anyOf(near)}?` : undefined;
}
