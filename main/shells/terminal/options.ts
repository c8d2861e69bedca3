import { InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { templateNameSchema } from '../../contract/conversation.ts';
import type { Field } from '../../contract/schema-fields.ts';
import { fieldsOf } from '../../contract/schema-fields.ts';
import { describeValues, formatValue } from '../../contract/fields.ts';
import { parseValue } from '../../contract/settings.ts';
import { parseNumber } from '../../contract/typed-number.ts';

/** One option of the command line for a key of a schema: its help, its default and its check come from there. */
export function schemaOption(schema: z.ZodObject, key: string, flags: string, description?: string): Option {
  const field = fieldsOf('run', schema).find((one) => one.key === key);
  if (!field) throw new RangeError(`The schema has no key ${key}`);
  const text = `${description ?? field.description} (${describeValues(field)}; default ${formatValue(field.default)})`;
  return new Option(flags, text.trimStart()).argParser((value) =>
    checked(schema.shape[key] as z.ZodType, field, value),
  );
}

function checked(schema: z.ZodType, field: Field, text: string): unknown {
  const result = schema.safeParse(parseValue(field, text));
  if (!result.success || text.trim() === '') throw new InvalidArgumentError(`Expected ${describeValues(field)}.`);
  return result.data;
}

/** Gathers an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** Reads a whole number within bounds. */
export function readCount(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = parseNumber(text, true);
    if (value !== null && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Expected an integer from ${minimum} to ${maximum}.`);
  };
}

/** How a conversation becomes a text, by the name of a template. */
export const templateOption = (description: string): Option =>
  new Option('--template <name>', description).choices(templateNameSchema.options).default('auto');
