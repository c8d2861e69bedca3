import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import { msg } from '../../../../../main/contract/message.ts';
import {
  SafetensorsFile,
  safetensorsPieces,
  type TensorToWrite,
} from '../../../../../main/library/checkpoints/safetensors.ts';
import { writeFileAtomic } from '../../../../../main/library/files/atomic.ts';
import type { LanguageModel } from '../../../language-model.ts';
import type { DistillationPlace } from '../../distillation.ts';
import { configurationOf } from '../configuration.ts';
import { distil, emptyModes, hyenaLayers, type DistilledFilters, type LayerModes } from './filters.ts';

/** Changes with how filters are fitted: an older fit is not used. */
const method = 2;
const measures = ['relative', 'largest', 'bound', 'least', 'likely'] as const;
const parts = ['poleRe', 'poleIm', 'residueRe', 'residueIm'] as const;

/**
 * A model's filters distilled: those that were kept, or fitted now and kept.
 *
 * @param onProblem called where a kept fit cannot be used, or the new one not be kept
 */
export async function distilledFilters(
  model: LanguageModel,
  state: number,
  { runFolder, identity }: DistillationPlace,
  options: { onProgress?: (done: number) => void; onProblem: (error: HyenaError) => void },
): Promise<{ filters: DistilledFilters; kept: boolean }> {
  const file = path.join(runFolder, 'distilled', `${identity.slice(0, 16)}-${state}-${method}.safetensors`);
  try {
    return { filters: await load(file, model, state), kept: true };
  } catch (thrown) {
    const error = HyenaError.from(thrown);
    if (error.code !== 'not-found') options.onProblem(error);
  }
  const filters = await distil(model, state, options.onProgress);
  try {
    await save(file, filters);
  } catch (error) {
    options.onProblem(HyenaError.from(error));
  }
  return { filters, kept: false };
}

async function save(file: string, { layers, errors }: DistilledFilters): Promise<void> {
  const tensors = [...layers].flatMap(([index, layer]) =>
    parts.map((part): TensorToWrite => ({
      name: `layers.${index}.${part}`,
      dtype: 'F32',
      shape: [layer.channels, layer.modes],
      data: Float32Array.from(layer[part]),
    })),
  );
  const flat = errors.flatMap((error) => measures.map((measure) => error[measure]));
  const shape = [errors.length, measures.length];
  tensors.push({ name: 'errors', dtype: 'F32', shape, data: Float32Array.from(flat) });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, safetensorsPieces(tensors));
}

async function load(path: string, model: LanguageModel, state: number): Promise<DistilledFilters> {
  const config = configurationOf(model);
  const channels = (config.order - 1) * config.d_model;
  const file = await SafetensorsFile.open(path);
  try {
    const places = hyenaLayers(config);
    const layers = new Map<number, LayerModes>();
    for (const layer of places) {
      const made = emptyModes(channels, state);
      for (const part of parts) {
        const values = await file.readFloats(`layers.${layer}.${part}`);
        if (values.length !== made[part].length)
          throw new HyenaError('damaged', msg`The distilled filters in ${path} have a different shape.`);
        made[part].set(values);
      }
      layers.set(layer, made);
    }
    const stored = await file.readFloats('errors');
    const errors = Array.from({ length: stored.length / measures.length }, (_, index) => {
      const [relative, largest, bound, least, likely] = stored.subarray(index * measures.length);
      const place = { layer: places[Math.floor(index / channels)], channel: index % channels };
      return { ...place, relative, largest, bound, least, likely };
    });
    return { state, layers, errors };
  } finally {
    await file.close();
  }
}
