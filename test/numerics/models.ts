import {
  modelSchema,
  resolveModel,
  trainingSchema,
  type ResolvedModelConfiguration,
} from '../../main/contract/configuration.ts';
import { withoutForeignKeys } from '../../main/contract/model-configuration.ts';
import { batchOfWindows, type TokenBatch } from '../../worker/models/batch.ts';
import type { TrainingOptions } from '../../worker/models/language-model.ts';
import { noise } from './operation-checks.ts';

/** What a model chooses. */
const pick = ({ layers, positions }: Record<string, unknown>) => ({
  ...(layers === undefined ? {} : { layers }),
  ...(positions === undefined ? {} : { positions }),
});

/** A small model; `changes` are keys of the configuration. */
export function configurationOf(changes: Record<string, unknown> = {}, vocabulary = 23): ResolvedModelConfiguration {
  const shared = { d_model: 12, n_layer: 2, d_inner: 20, l_max: 32 };
  // Small filters, where the mixers that are chosen have any.
  const small = withoutForeignKeys({ ...shared, emb_dim: 5, filter_order: 8, w: 4, ...pick(changes) });
  return resolveModel(modelSchema.parse({ ...small, ...changes }), vocabulary);
}

export function idsOf(count: number, vocabulary = 23, seed = 5): Int32Array {
  return Int32Array.from(noise(seed, count).data, (x) => Math.floor(((x + 1) / 2) * vocabulary));
}

export function batchOf(batchSize: number, length: number, vocabulary = 23, seed = 5): TokenBatch {
  return batchOfWindows(idsOf(batchSize * (length + 1), vocabulary, seed), batchSize, length);
}

export const plain: TrainingOptions = {
  precision: 'fp32',
  convolution: 'auto',
  checkpointing: false,
  dropoutSeed: null,
};

export const trainingDefaults = trainingSchema.parse({});
