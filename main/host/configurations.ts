import { readFile } from 'node:fs/promises';
import { withoutFormerKeys, type RunConfiguration } from '../contract/configuration.ts';
import { HyenaError, messageOf } from '../contract/errors.ts';
import { msg, joinMessages } from '../contract/message.ts';
import { suggest } from '../contract/similar-names.ts';
import type { Preset, PresetName } from '../contract/presets.ts';
import { presets } from '../contract/presets.ts';
import type { ConfigurationInput } from '../contract/settings.ts';
import { checkConfiguration, mergeConfigurations } from '../contract/settings.ts';

/** A preset by its name; throws a HyenaError `usage` that lists those there are. */
export function findPreset(name: string): Preset {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName];
  const names = Object.keys(presets);
  const suggestion = suggest(name, names);
  const unknown = msg`Unknown preset: ${name}.`;
  throw new HyenaError('usage', suggestion === undefined ? unknown : joinMessages([unknown, suggestion]), {
    hint: msg`Available presets: ${names.join(', ')}.`,
  });
}

/** A preset as a layer below all others; none without a name. @throws HyenaError `usage` */
export function presetLayer(preset: string | undefined): ConfigurationInput[] {
  if (preset === undefined) return [];
  const { model, training } = findPreset(preset);
  return [{ model: { ...model }, training: { ...training } }];
}

/**
 * The configuration of a run: the defaults, over them the preset, over that each layer in turn (a file, then single
 * settings). Throws a HyenaError `usage` or `configuration`.
 */
export function composeConfiguration(
  preset: string | undefined,
  layers: readonly ConfigurationInput[],
): RunConfiguration {
  return checkConfiguration(mergeConfigurations([...presetLayer(preset), ...layers]));
}

/** Reads a configuration, or a part of one, from a JSON file; its keys are checked when it is composed. */
export async function readConfigurationFile(file: string): Promise<ConfigurationInput> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new HyenaError('not-found', msg`Cannot read the configuration ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const hint = 'It must contain a single object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.';
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HyenaError('configuration', msg`${file} is not JSON: ${messageOf(error)}`, { hint, cause: error });
  }
  const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isObject(value)) throw new HyenaError('configuration', msg`${file} does not contain a JSON object.`, { hint });
  for (const section of ['model', 'training']) {
    const part = (value as Record<string, unknown>)[section];
    if (part !== undefined && !isObject(part)) {
      throw new HyenaError('configuration', msg`${section} in ${file} is not an object.`, { hint });
    }
  }
  const input = value as ConfigurationInput;
  // A file that was written by an earlier version.
  return input.model === undefined
    ? input
    : { ...input, model: withoutFormerKeys(input.model) as ConfigurationInput['model'] };
}
