import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import { SafetensorsFile, safetensorsPieces, type TensorToWrite } from '../checkpoints/safetensors.ts';
import { readJson, writeFileAtomic, writeJson } from '../files/atomic.ts';
import { Past, type LayerPast } from '../models/decoding/past.ts';

/**
 * Positions of the future that are kept, at most, and no more than the text has: so many tokens can be read and written
 * before anything has to be convolved.
 */
const keptAhead = 2048;

/** A text that has been read, as it is kept: its tokens, what the model keeps of them, the scores of what follows. */
export interface SavedReading {
  readonly ids: Int32Array;
  readonly past: Past;
  readonly logits: Float32Array;
  /** Cross entropy of each token given those before it, nats; that of the first is 0. */
  readonly losses: Float32Array;
}

/** Beside the tensors: written after them, so that without it they count as unfinished. */
const sealSchema = z.strictObject({
  format: z.literal(1),
  model: z.string().describe('Checksum of the weights that read.'),
  tokens: z.int(),
  bytes: z.int(),
  sha256: z.string(),
});

const tensorFile = (folder: string) => path.join(folder, 'state.safetensors');
const sealFile = (folder: string) => path.join(folder, 'state.json');
const layerParts = ['history', 'tail', 'marks'] as const;
const nameOf = (layer: number, part: string) => `layers.${layer}.${part}`;

/**
 * Keeps a reading in a folder of its own, in place of the one before. @param model identity of the weights
 * @returns bytes that it takes
 */
export async function saveReading(
  folder: string,
  model: string,
  { ids, past, logits, losses }: SavedReading,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const tensors: TensorToWrite[] = [
    { name: 'ids', dtype: 'I32', shape: [ids.length], data: ids },
    { name: 'logits', dtype: 'F32', shape: [logits.length], data: logits },
    { name: 'losses', dtype: 'F32', shape: [losses.length], data: losses },
  ];
  for (const [layer, parts] of past.layers.entries())
    for (const part of layerParts) {
      const tensor = parts[part];
      if (!tensor) continue;
      const data = async () => (await tensor.data()) as Float32Array;
      tensors.push({ name: nameOf(layer, part), dtype: 'F32', shape: tensor.shape, data });
    }
  const ahead = Math.min(past.ahead, past.length, keptAhead);
  for (const [layer, { future }] of past.layers.entries()) {
    if (!future || ahead === 0) continue;
    const [channels] = future.shape;
    const data = async () => {
      const near = tf.slice(future, [0, 0], [channels, ahead]);
      try {
        return (await near.data()) as Float32Array;
      } finally {
        near.dispose();
      }
    };
    tensors.push({ name: nameOf(layer, 'future'), dtype: 'F32', shape: [channels, ahead], data });
  }
  const { bytes, sha256 } = await writeFileAtomic(tensorFile(folder), safetensorsPieces(tensors));
  await writeJson(sealFile(folder), { format: 1, model, tokens: ids.length, bytes, sha256 });
  return bytes;
}

/**
 * Opens a reading that was kept.
 *
 * @param layers of the model
 * @returns null where there is none, or one of other weights
 * @throws HyenaError `damaged` where it is not what was written: read the text anew
 */
export async function loadReading(folder: string, model: string, layers: number): Promise<SavedReading | null> {
  let seal: z.infer<typeof sealSchema>;
  try {
    seal = await readJson(sealFile(folder), sealSchema, told`The seal of a kept reading`);
  } catch (error) {
    if (HyenaError.from(error).code === 'not-found') return null;
    throw error;
  }
  if (seal.model !== model) return null;
  if ((await checksum(tensorFile(folder))) !== seal.sha256)
    throw new HyenaError(
      'damaged',
      told`The kept reading in ${folder} is not what was written (its checksum differs).`,
      {
        hint: 'The text is read anew.',
      },
    );
  const file = await SafetensorsFile.open(tensorFile(folder));
  const read: LayerPast[] = [];
  try {
    const tensor = async (layer: number, part: string) => {
      const name = nameOf(layer, part);
      if (!file.has(name)) return null;
      return tf.tensor2d(await file.readFloats(name), file.entry(name).shape as [number, number]);
    };
    for (let layer = 0; layer < layers; layer++) {
      const history = await tensor(layer, 'history');
      if (!history) throw new HyenaError('damaged', told`The kept reading in ${folder} lacks layer ${layer}.`);
      read.push({
        history,
        tail: await tensor(layer, 'tail'),
        marks: await tensor(layer, 'marks'),
        future: await tensor(layer, 'future'),
      });
    }
    const ids = (await file.read('ids')) as Int32Array;
    const [logits, losses] = [await file.readFloats('logits'), await file.readFloats('losses')];
    const ahead = Math.min(...read.map(({ future }) => future?.shape[1] ?? 0));
    return { ids, past: new Past(ids.length, ahead, read), logits, losses };
  } catch (error) {
    new Past(0, 0, read).release();
    throw error;
  } finally {
    await file.close();
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
