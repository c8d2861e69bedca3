import * as tf from '@tensorflow/tfjs-core';
import { adapterNames, adapterScale } from '../../main/contract/logic/adapters.ts';
import { SafetensorsFile } from '../../main/library/checkpoints/safetensors.ts';
import type { LanguageModel } from './language-model.ts';

/**
 * Runs `compute` while a model's adapters are merged into its weights, so that text is generated as fast as without them.
 * The matrices are afterwards read again, and are then what they were, bit for bit and in their type.
 *
 * @param base the file of the weights that the adapters belong to
 */
export async function withMergedAdapters<T>(model: LanguageModel, base: string, compute: () => Promise<T>): Promise<T> {
  const { adapters, parameters } = model;
  if (adapters === null) return compute();
  const matrices = [...new Set(parameters.all().flatMap(({ adapterOf }) => adapterOf ?? []))];
  const file = await SafetensorsFile.open(base);
  try {
    for (const name of matrices) merge(model, name, adapterScale(adapters));
    return await compute();
  } finally {
    try {
      for (const name of matrices) await parameters.reload(file, name);
    } finally {
      await file.close();
    }
  }
}

function merge({ parameters }: LanguageModel, name: string, scale: number): void {
  const [weight, a, b] = [name, ...Object.values(adapterNames(name))].map((one) => parameters.get(one));
  const merged = tf.tidy(() => tf.add(weight, tf.mul(tf.matMul(b as tf.Tensor2D, a as tf.Tensor2D), scale)));
  weight.assign(merged);
  merged.dispose();
}
