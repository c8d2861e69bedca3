import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describePublished, promisedTensors } from '../../../../../main/contract/imports/index.ts';
import { knownModels } from '../../../../../main/contract/imports/known-models.ts';
import { PublishedConfig } from '../../../../../main/contract/imports/published.ts';
import { countParameters } from '../../../../../main/contract/logic/model-parameters.ts';

interface PublishedSize {
  name: string;
  parameters: number;
  tensors: number;
  elements: number;
  bytes: number;
}

/** What is known of the published files, from their sizes. */
const folder = process.env['HYENA_LINEAGE'] ?? join(import.meta.dirname, '../../../../vectors/lineage');
const { models } = JSON.parse(readFileSync(join(folder, 'sizes.json'), 'utf8')) as { models: PublishedSize[] };

const width: Record<string, number> = { F32: 4, BF16: 2 };

it.each(models)('$name has the parameters and bytes of the published file', async (size) => {
  const known = knownModels.find(({ id }) => id.split('/')[1] === size.name)!;
  const config = new PublishedConfig('config.json', known.config);
  const tensors = promisedTensors(config);
  const blueprint = await describePublished({ tensors, config }, null, { set: {} }, () => Promise.resolve(null));
  const storages = new Map(tensors.map((tensor) => [tensor.storage, tensor]));
  const counts = [...storages.values()].map(({ shape, dtype }) => ({
    elements: shape.reduce((product, extent) => product * extent, 1),
    width: width[dtype],
  }));
  expect({
    parameters: countParameters(blueprint.model).total,
    tensors: storages.size,
    elements: counts.reduce((sum, { elements }) => sum + elements, 0),
    bytes: counts.reduce((sum, one) => sum + one.elements * one.width, 0),
    family: blueprint.family,
  }).toEqual({
    ...{ parameters: size.parameters, tensors: size.tensors, elements: size.elements, bytes: size.bytes },
    family: known.family,
  });
});

it('knows every published model of the list', () => {
  expect(knownModels.map(({ id }) => id.split('/')[1]).sort()).toEqual(models.map(({ name }) => name).sort());
});
