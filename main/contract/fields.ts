import type { z } from 'zod';
import { runConfigurationSchema, trainingSchema } from './configuration.ts';
import { allModelSettings, settingsFor } from './model-configuration.ts';
import { toEnglish, msg, joinMessages, type Message } from './message.ts';
import { fieldsOf, type Field } from './schema-fields.ts';

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
