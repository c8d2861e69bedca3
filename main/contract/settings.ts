import type { z } from 'zod';
import type { RunConfiguration } from './configuration.ts';
import { runConfigurationSchema } from './configuration.ts';
import { HyenaError } from './errors.ts';
import { asTold, told, toldTogether, type Told } from './told.ts';
import type { Field } from './fields.ts';
import { allFields, findField, formatValue, suggest, toldValues } from './fields.ts';

/** What a person gave, before it is checked: any part of a configuration. */
export interface ConfigurationInput {
  dataset?: unknown;
  device?: unknown;
  from?: unknown;
  model?: Record<string, unknown>;
  training?: Record<string, unknown>;
}

function unknownKey(name: string, section?: string): Told {
  const known =
    section === undefined ? allFields().map((field) => (name.includes('.') ? field.path : field.key)) : keysOf(section);
  const suggestion = suggest(name, known);
  const unknown =
    section === undefined || section === ''
      ? told`There is no key ${name}.`
      : told`There is no key ${name} in ${section}.`;
  return suggestion === undefined ? unknown : toldTogether([unknown, suggestion]);
}

const keysOf = (section: string): string[] =>
  section === ''
    ? ['dataset', 'device', 'from', 'model', 'training']
    : allFields()
        .filter((field) => field.section === section)
        .map(({ key }) => key);

const allKeys = 'hyena train --help lists every key with its bounds.';

/** A value as it is written on a command line, as the type that the field has; what does not fit stays text. */
export function parseValue(field: Field, text: string): unknown {
  if (field.nullable && /^(none|null|)$/i.test(text)) return null;
  if (field.kind === 'boolean' && /^(true|yes|on)$/i.test(text)) return true;
  if (field.kind === 'boolean' && /^(false|no|off)$/i.test(text)) return false;
  const isNumber = field.kind === 'integer' || field.kind === 'number';
  if (isNumber && text.trim() !== '' && Number.isFinite(Number(text.replaceAll('_', '')))) {
    return Number(text.replaceAll('_', ''));
  }
  return text;
}

/**
 * Reads `key=value` settings, where a key is a path (`model.d_model`) or a bare key (`d_model`); later ones win.
 * Throws a HyenaError `usage` for a malformed setting and `configuration` for an unknown key.
 */
export function parseSettings(settings: readonly string[]): ConfigurationInput {
  const model: Record<string, unknown> = {};
  const training: Record<string, unknown> = {};
  const input: ConfigurationInput = { model, training };
  for (const setting of settings) {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || text === undefined) {
      throw new HyenaError('usage', told`'${setting}' is not of the form key=value.`, {
        hint: 'Write for example --set d_model=128.',
      });
    }
    const field = findField(name.trim());
    if (!field) throw new HyenaError('configuration', unknownKey(name.trim()), { hint: allKeys });
    const value = parseValue(field, text);
    if (field.section === 'run') input[field.key as 'dataset' | 'device' | 'from'] = value;
    else input[field.section]![field.key] = value;
  }
  return input;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

function explainIssue(issue: z.core.$ZodIssue, input: unknown): Told[] {
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, name));
  const field = findField(name);
  const given = valueAt(input, issue.path);
  const problem = asTold(issue.message);
  if (!field) return [name === '' ? told`The configuration: ${problem}.` : told`${name}: ${problem}.`];
  const values = toldValues(field);
  if (given === undefined) return [told`${field.path} is missing: it takes ${values}.`];
  const named = field.unit === undefined ? field.path : told`${field.path} (${asTold(field.unit)})`;
  return issue.code === 'custom'
    ? [told`${named} ${problem}; it takes ${values}; ${formatValue(given)} was given.`]
    : [told`${named} must be ${values}; ${formatValue(given)} was given.`];
}

/** What holds between several keys and no schema of one key can say. */
function contradictions({ model, training }: RunConfiguration): Told[] {
  const found: Told[] = [];
  if (training.sequence_length !== null && training.sequence_length > model.l_max) {
    found.push(
      told`training.sequence_length (${training.sequence_length}) is longer than model.l_max (${model.l_max}), the longest sequence the filters are defined for.`,
    );
  }
  if (training.sequence_length_warmup_steps > 0) {
    const full = training.sequence_length ?? model.l_max;
    if (training.sequence_length_start > full) {
      found.push(
        told`training.sequence_length_start (${training.sequence_length_start}) is longer than ${full}, the full length.`,
      );
    }
  }
  return found;
}

/** Checks a whole configuration; throws a HyenaError `configuration` that names every key at fault and its bounds. */
export function checkConfiguration(input: ConfigurationInput): RunConfiguration {
  const checked = runConfigurationSchema.safeParse(input);
  const problems = checked.success
    ? contradictions(checked.data)
    : checked.error.issues.flatMap((issue) => explainIssue(issue, input));
  if (checked.success && problems.length === 0) return checked.data;
  throw new HyenaError('configuration', toldTogether(problems, '\n'), { hint: allKeys });
}

const budgets = ['max_steps', 'max_epochs', 'max_tokens', 'max_minutes'] as const;

/** How long a run lasts for which nobody named a budget. */
export const defaultBudget = { max_steps: 1000 } as const;

/**
 * Lays configurations over each other, the later over the earlier, key by key. Budgets go together: a layer that
 * names one replaces those of the layers below it, so that `max_steps=5000` over a preset of two minutes means five
 * thousand steps.
 */
export function mergeConfigurations(layers: readonly ConfigurationInput[]): ConfigurationInput {
  let merged: ConfigurationInput & { training: Record<string, unknown> } = { training: {} };
  for (const layer of layers) {
    const below = { ...merged.training };
    const named = budgets.some((budget) => (layer.training?.[budget] ?? null) !== null);
    if (named) for (const budget of budgets) delete below[budget];
    merged = {
      ...merged,
      ...layer,
      model: { ...merged.model, ...layer.model },
      training: { ...below, ...layer.training },
    };
  }
  const limited = budgets.some((budget) => (merged.training[budget] ?? null) !== null);
  if (!limited) Object.assign(merged.training, defaultBudget);
  return merged;
}
