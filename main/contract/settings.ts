import type { z } from 'zod';
import type { RunConfiguration } from './configuration.ts';
import { runConfigurationSchema } from './configuration.ts';
import { withoutForeignKeys } from './model-configuration.ts';
import { HyenaError } from './errors.ts';
import { toMessage, msg, joinMessages, type Message } from './message.ts';
import { presets, type PresetName } from './presets.ts';
import { parseNumber } from './typed-number.ts';
import type { Field } from './schema-fields.ts';
import { suggest } from './similar-names.ts';
import { allFields, findField, formatValue, valuesMessage } from './fields.ts';

/** What a person gave, before it is checked: any part of a configuration. */
export interface ConfigurationInput {
  dataset?: unknown;
  device?: unknown;
  from?: unknown;
  model?: Record<string, unknown>;
  training?: Record<string, unknown>;
}

function unknownKey(name: string, section?: string): Message {
  const known =
    section === undefined ? allFields().map((field) => (name.includes('.') ? field.path : field.key)) : keysOf(section);
  const suggestion = suggest(name, known);
  const unknown =
    section === undefined || section === '' ? msg`Unknown key: ${name}.` : msg`Unknown key ${name} in ${section}.`;
  return suggestion === undefined ? unknown : joinMessages([unknown, suggestion]);
}

const keysOf = (section: string): string[] =>
  section === ''
    ? ['dataset', 'device', 'from', 'model', 'training']
    : allFields()
        .filter((field) => field.section === section)
        .map(({ key }) => key);

/** What a person at a terminal may look at: every key with its bounds. */
const allKeys = 'hyena train --help';

/** A value as it is written on a command line, as the type that the field has; what does not fit stays text. */
export function parseValue(field: Field, text: string): unknown {
  if (field.nullable && /^(none|null|)$/i.test(text)) return null;
  if (field.kind === 'boolean' && /^(true|yes|on)$/i.test(text)) return true;
  if (field.kind === 'boolean' && /^(false|no|off)$/i.test(text)) return false;
  const isNumber = field.kind === 'integer' || field.kind === 'number';
  return (isNumber ? parseNumber(text, field.kind === 'integer') : null) ?? text;
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
      throw new HyenaError('usage', msg`'${setting}' does not have the form key=value.`, {
        hint: 'Example: d_model=128.',
      });
    }
    const field = findField(name.trim());
    if (!field) throw new HyenaError('configuration', unknownKey(name.trim()), { command: allKeys });
    const value = parseValue(field, text);
    if (field.section === 'run') input[field.key as 'dataset' | 'device' | 'from'] = value;
    else input[field.section]![field.key] = value;
  }
  return input;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

function explainIssue(issue: z.core.$ZodIssue, input: unknown): Message[] {
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, name));
  const field = findField(name);
  const given = valueAt(input, issue.path);
  const problem = toMessage(issue.message);
  if (issue.code === 'custom' && issue.params?.whole === true) return [problem];
  if (!field) return [name === '' ? msg`Invalid configuration: ${problem}.` : msg`${name}: ${problem}.`];
  const values = valuesMessage(field);
  if (given === undefined) return [msg`${field.path} is missing. Expected: ${values}.`];
  const named = field.unit === undefined ? field.path : msg`${field.path} (${toMessage(field.unit)})`;
  return issue.code === 'custom'
    ? [msg`${named} ${problem}. Expected: ${values}; got ${formatValue(given)}.`]
    : [msg`${named} must be ${values}; got ${formatValue(given)}.`];
}

/** What holds between several keys and no schema of one key can say. */
function contradictions({ model, training }: RunConfiguration): Message[] {
  const found: Message[] = [];
  if (training.sequence_length !== null && training.sequence_length > model.l_max) {
    found.push(
      msg`training.sequence_length (${training.sequence_length}) exceeds model.l_max (${model.l_max}), the context length.`,
    );
  }
  if (training.sequence_length_warmup_steps > 0) {
    const full = training.sequence_length ?? model.l_max;
    if (training.sequence_length_start > full) {
      found.push(
        msg`training.sequence_length_start (${training.sequence_length_start}) exceeds the full sequence length (${full}).`,
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
  throw new HyenaError('configuration', joinMessages(problems, '\n'), { command: allKeys });
}

const budgets = ['max_steps', 'max_epochs', 'max_tokens', 'max_minutes'] as const;

/** How long a run lasts for which nobody named a budget. */
export const defaultBudget = { max_steps: 1000 } as const;

/** What stays of a model under a layer of settings. */
function belowModel(below: Record<string, unknown>, { mixer, layers = mixer, positions }: Record<string, unknown>) {
  if (layers === undefined && positions === undefined) return below;
  const { mixer: formerly, ...rest } = below;
  const chosen = { layers: layers ?? rest.layers ?? formerly, positions: positions ?? rest.positions };
  const known = Object.fromEntries(Object.entries({ ...rest, ...chosen }).filter(([, value]) => value !== undefined));
  return withoutForeignKeys(known);
}

/**
 * Lays configurations over each other, the later over the earlier, key by key. Budgets go together: a layer that
 * names one replaces those of the layers below it, so that `max_steps=5000` over a preset of two minutes means five
 * thousand steps. A layer that names other mixers or positions takes the keys away that belonged to those below it.
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
      model: { ...belowModel(merged.model ?? {}, layer.model ?? {}), ...layer.model },
      training: { ...below, ...layer.training },
    };
  }
  const limited = budgets.some((budget) => (merged.training[budget] ?? null) !== null);
  if (!limited) Object.assign(merged.training, defaultBudget);
  return merged;
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
