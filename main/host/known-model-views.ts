import { totalmem } from 'node:os';
import { describePublished, promisedTensors } from '../contract/imports/index.ts';
import { knownModels, type KnownModel } from '../contract/imports/known-models.ts';
import { PublishedConfig } from '../contract/imports/published.ts';
import { countParameters, generationMemory } from '../contract/logic/cost.ts';
import type { KnownModelView } from '../contract/models.ts';

const bytesOf: Readonly<Record<string, number>> = { F32: 4, BF16: 2, F16: 2 };

async function viewOf({ id, family, licence, config }: KnownModel): Promise<KnownModelView> {
  const published = {
    tensors: promisedTensors(new PublishedConfig(id, config)),
    config: new PublishedConfig(id, config),
  };
  const blueprint = await describePublished(published, null, { set: {} }, () => Promise.resolve(null));
  const memory = generationMemory(blueprint.model).total;
  const stored = new Map(published.tensors.map((tensor) => [tensor.storage, tensor]));
  return {
    ...{ id, family, licence, title: blueprint.title },
    restricted: blueprint.licence?.terms !== undefined,
    parameters: countParameters(blueprint.model).total,
    bytes: [...stored.values()].reduce(
      (sum, { shape, dtype }) => sum + shape.reduce((product, extent) => product * extent, bytesOf[dtype] ?? 4),
      0,
    ),
    context: blueprint.model.l_max,
    memory,
    fits: memory <= totalmem(),
  };
}

let views: Promise<KnownModelView[]> | null = null;

/** Published models that this program knows of, with what they take, by their configurations alone. */
export const knownModelViews = (): Promise<KnownModelView[]> => (views ??= Promise.all(knownModels.map(viewOf)));
