import { HyenaError } from '../errors.ts';
import { msg } from '../message.ts';
import { familyNames, type Blueprint, type FamilyName, type ImportChoices, type ReadSmall } from './blueprint.ts';
import { hyenaFamily } from './hyena/family.ts';
import { hyenaLayout } from './hyena/layout.ts';
import { lfm2Family } from './lfm2/family.ts';
import { lfm2Layout } from './lfm2/layout.ts';
import type { PublishedConfig, PublishedModel, PublishedTensor } from './published.ts';
import { stripedHyenaFamily } from './stripedhyena/family.ts';
import { stripedHyenaLayout } from './stripedhyena/layout.ts';

const families = [hyenaFamily, stripedHyenaFamily, lfm2Family];

/**
 * A published model in the terms of this program: recognised by the names of its tensors.
 *
 * @param as the family, where a person names it
 * @throws HyenaError `bad-input` for a model that is none of these, or that this program cannot compute
 */
export async function describePublished(
  published: PublishedModel,
  as: FamilyName | null,
  choices: ImportChoices,
  readSmall: ReadSmall,
): Promise<Blueprint> {
  const names = published.tensors.map(({ name }) => name);
  const { values } = published.config;
  const family = families.find((one) => (as === null ? one.recognises(names, values) : one.names.includes(as)));
  if (!family)
    throw new HyenaError('bad-input', msg`This is not a model of a known family (${familyNames.join(', ')}).`, {
      kept: 'Nothing was imported.',
      hint: 'If it is one of these, name it.',
      command: 'hyena import SOURCE --as FAMILY',
    });
  return await family.describe(published, choices, readSmall);
}

/** Whether tensors of these names are a model of a known family. */
export const isPublished = (names: readonly string[], config: Record<string, unknown>): boolean =>
  families.some((family) => family.recognises(names, config));

/**
 * The tensors that a configuration promises, for what can be told before any file is there.
 *
 * @throws HyenaError `bad-input` where it says too little
 */
export function promisedTensors(config: PublishedConfig): PublishedTensor[] {
  const layout =
    config.text('model_type') === 'lfm2'
      ? lfm2Layout
      : config.has('attn_layer_idxs') || config.has('hcl_layer_idxs')
        ? stripedHyenaLayout
        : hyenaLayout;
  try {
    return layout(config);
  } catch (cause) {
    throw new HyenaError(
      'bad-input',
      msg`${config.file ?? ''} is not the configuration of a known family (${familyNames.join(', ')}).`,
      { hint: 'Choose a folder with the weights of the model.', cause },
    );
  }
}
