import * as tf from '@tensorflow/tfjs-core';
import type { MemoryUse } from '../../main/contract/benchmarks.ts';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { embeddingName, modelSpecs, positionsName } from '../../main/contract/logic/model-parameters.ts';
import { modelBytes, type WeightType } from '../../main/contract/logic/weight-format.ts';
import { NativeBackend } from '../devices/native/backend.ts';

/** What no cache holds. */
const measuredBytes = 512 << 20;
const rounds = 6;

/**
 * Bytes of the weights that a token takes: all but the filters, which were computed before, and the tables of which a row
 * is read.
 */
function bytesRead(config: ResolvedModelConfiguration, dtype: WeightType): number {
  const read = modelSpecs(config).filter(
    ({ name, part }) =>
      part !== 'filters' && name !== positionsName && (config.tie_embeddings || name !== embeddingName),
  );
  return modelBytes(read, dtype);
}

/** Bytes a second that all threads of the device read from memory, the best of some rounds. */
export async function bandwidthOf(backend: NativeBackend): Promise<number> {
  const x = backend.make([measuredBytes / 4], 'int32');
  const sum = backend.make([1], 'int32');
  let best = Infinity;
  try {
    backend.addon.fill({ value: 1, y: backend.handle(x) });
    for (let round = 0; round < rounds; round++) {
      await backend.addon.finish();
      const start = performance.now();
      backend.addon.readMemory(backend.handles({ x, sum }));
      await backend.addon.finish();
      best = Math.min(best, performance.now() - start);
    }
  } finally {
    for (const tensor of [x, sum]) backend.discard(tensor);
  }
  return (1000 * measuredBytes) / best;
}

/** How well decoding uses the memory; null on devices other than the native one. @param seconds of a step */
export async function memoryUse(
  config: ResolvedModelConfiguration,
  { dtype, texts, seconds }: { dtype: WeightType; texts: number; seconds: number },
): Promise<MemoryUse | null> {
  const backend = tf.backend();
  if (!(backend instanceof NativeBackend)) return null;
  const bytesPerStep = bytesRead(config, dtype);
  const bandwidth = await bandwidthOf(backend);
  return { dtype, texts, bytesPerStep, bandwidth, share: bytesPerStep / seconds / bandwidth };
}
