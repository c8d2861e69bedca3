import { z } from 'zod';

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
