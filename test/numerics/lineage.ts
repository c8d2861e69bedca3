import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Values } from './compare.ts';
import { readSafetensors } from './read-safetensors.ts';

/** The folder of the frozen vectors of the lineage's mixers: HYENA_LINEAGE, or this project's copies. */
export const lineageFolder = process.env['HYENA_LINEAGE'] ?? join(import.meta.dirname, '../vectors/lineage');

export interface LineageVector {
  readonly config: Record<string, number>;
  readonly tolerance: number;
  /** An entry of the file's metadata, parsed. */
  metadata(name: string): unknown;
  values(name: string): Values & { data: Float32Array };
  tensor(name: string): tf.Tensor;
  /** Names of the weights, without the prefix. */
  readonly weights: string[];
}

/** A file of an operator or a language model: its tensors, and its metadata parsed. */
export async function readLineage(file: string): Promise<LineageVector> {
  const { metadata, tensors } = await readSafetensors(join(lineageFolder, file));
  const parsed = (name: string): unknown => JSON.parse(metadata.get(name)!);
  const values = (name: string) => {
    const found = tensors.get(name);
    if (!found) throw new Error(`${file} has no tensor '${name}'`);
    return found as Values & { data: Float32Array };
  };
  return {
    config: parsed('config') as Record<string, number>,
    tolerance: parsed('tolerance') as number,
    metadata: parsed,
    values,
    tensor: (name) => tf.tensor(values(name).data, [...values(name).shape]),
    weights: [...tensors.keys()]
      .filter((name) => name.startsWith('weight.'))
      .map((name) => name.slice('weight.'.length)),
  };
}
