import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import { SafetensorsFile, safetensorsPieces, type TensorToWrite } from '../../main/library/checkpoints/safetensors.ts';
import { readJson, writeFileAtomic, writeJson } from '../../main/library/files/atomic.ts';
import { PrefixCache } from '../models/decoding/prefix-cache.ts';
import { mixerOf } from '../models/mixers/index.ts';
import type { LayerCache } from '../models/mixers/mixer.ts';

/** A text that has been read, as it is kept: its tokens, what the model keeps of them, the scores of what follows. */
export interface SavedPrefill {
  readonly ids: Int32Array;
  readonly cache: PrefixCache;
  readonly logits: Float32Array;
  /** Cross entropy of each token given those before it, nats; that of the first is 0. */
  readonly losses: Float32Array;
}

/** Beside the tensors: written after them, so that without it they count as unfinished. */
const manifestSchema = z.strictObject({
  format: z.literal(1),
  model: z.string().describe('Checksum of the weights used.'),
  tokens: z.int(),
  bytes: z.int(),
  sha256: z.string(),
});

const tensorFile = (folder: string) => path.join(folder, 'state.safetensors');
const manifestFileOf = (folder: string) => path.join(folder, 'state.json');
const nameOf = (layer: number, part: string) => `layers.${layer}.${part}`;

/**
 * Keeps a reading in its own folder, in place of the one before. @param model identity of the weights
 * @returns bytes that it takes
 */
export async function savePrefill(
  folder: string,
  model: string,
  { ids, cache, logits, losses }: SavedPrefill,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const tensors: TensorToWrite[] = [
    { name: 'ids', dtype: 'I32', shape: [ids.length], data: ids },
    { name: 'logits', dtype: 'F32', shape: [logits.length], data: logits },
    { name: 'losses', dtype: 'F32', shape: [losses.length], data: losses },
  ];
  for (const [layer, kept] of cache.layers.entries())
    for (const [part, tensor] of Object.entries(kept.kept()))
      tensors.push({ name: nameOf(layer, part), dtype: 'F32', ...tensor });
  const { bytes, sha256 } = await writeFileAtomic(tensorFile(folder), safetensorsPieces(tensors));
  await writeJson(manifestFileOf(folder), { format: 1, model, tokens: ids.length, bytes, sha256 });
  return bytes;
}

/**
 * Opens a reading that was kept.
 *
 * @param config of the model
 * @returns null if there is none, or one of other weights
 * @throws HyenaError `damaged` if it is not what was written: read the text again
 */
export async function loadPrefill(
  folder: string,
  model: string,
  config: ResolvedModelConfiguration,
): Promise<SavedPrefill | null> {
  let manifest: z.infer<typeof manifestSchema>;
  try {
    manifest = await readJson(manifestFileOf(folder), manifestSchema, msg`The metadata of a saved prefix cache`);
  } catch (error) {
    if (HyenaError.from(error).code === 'not-found') return null;
    throw error;
  }
  if (manifest.model !== model) return null;
  if ((await checksum(tensorFile(folder))) !== manifest.sha256)
    throw new HyenaError('damaged', msg`The saved prefix cache in ${folder} is damaged (checksum mismatch).`, {
      hint: 'The text will be prefilled again.',
    });
  const file = await SafetensorsFile.open(tensorFile(folder));
  const read: LayerCache[] = [];
  try {
    const ids = (await file.read('ids')) as Int32Array;
    const [logits, losses] = [await file.readFloats('logits'), await file.readFloats('losses')];
    for (let layer = 0; layer < config.n_layer; layer++) {
      const cache = await readLayer(file, layer, ids.length, config);
      if (!cache)
        throw new HyenaError(
          'damaged',
          msg`The saved prefix cache in ${folder} is incomplete: layer ${layer} not found.`,
        );
      read.push(cache);
    }
    return { ids, cache: new PrefixCache(ids.length, read), logits, losses };
  } catch (error) {
    for (const layer of read) layer.dispose();
    throw error;
  } finally {
    await file.close();
  }
}

/** What a layer keeps; null where its mixer misses a tensor. */
async function readLayer(
  file: SafetensorsFile,
  layer: number,
  length: number,
  config: ResolvedModelConfiguration,
): Promise<LayerCache | null> {
  const prefix = nameOf(layer, '');
  const tensors: Record<string, tf.Tensor> = {};
  let cache: LayerCache | null = null;
  try {
    for (const name of file.names.filter((one) => one.startsWith(prefix)))
      tensors[name.slice(prefix.length)] = tf.tensor(await file.readFloats(name), [...file.entry(name).shape]);
    cache = mixerOf(config, layer).cacheFrom(tensors, length, config);
    return cache;
  } finally {
    if (!cache) tf.dispose(tensors);
  }
}

async function checksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 22 }) as AsyncIterable<Buffer>)
      hash.update(piece);
  } catch (error) {
    throw HyenaError.from(error);
  }
  return hash.digest('hex');
}
