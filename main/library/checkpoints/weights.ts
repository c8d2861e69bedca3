import { createReadStream } from 'node:fs';
import { access, link } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { adapterNames, adapterScale, type AdapterSettings } from '../../contract/logic/adapters.ts';
import type { PackedWeight } from '../../contract/logic/weight-format.ts';
import { msg } from '../../contract/message.ts';
import { temporaryName, writeFileAtomic } from '../files/atomic.ts';
import { nodeDisk } from '../files/disk.ts';
import { adaptersFile, basePath, weightsFile } from './manifest.ts';
import { SafetensorsFile, type TensorToWrite } from './safetensors.ts';

/** The weights of a checkpoint by their names, read when requested. */
export interface WeightsFile {
  readonly path: string;
  readonly names: string[];
  has(name: string): boolean;
  /** @throws HyenaError `bad-input` if there is no such tensor */
  shapeOf(name: string): readonly number[];
  /** A matrix as it is kept; null where it is in fp32, or made of several. @throws HyenaError as `shapeOf` */
  readPacked(name: string): Promise<PackedWeight | null>;
  /** All values, row-major. @throws HyenaError as `shapeOf`, or for a type that is no floating-point type */
  readFloats(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Whether a checkpoint holds adapters, of which the weights are made with those of the run's base. */
export const hasAdapters = (checkpoint: string): Promise<boolean> =>
  access(join(checkpoint, adaptersFile)).then(
    () => true,
    () => false,
  );

/**
 * Opens the weights of a checkpoint as a model computes with them: adapters are merged into the weights that they were
 * trained for.
 *
 * @throws HyenaError `not-found`, `bad-input`
 */
export async function openWeights(checkpoint: string): Promise<WeightsFile> {
  if (!(await hasAdapters(checkpoint))) return SafetensorsFile.open(join(checkpoint, weightsFile));
  const adapters = await SafetensorsFile.open(join(checkpoint, adaptersFile));
  try {
    return new MergedWeights(await SafetensorsFile.open(basePath(dirname(dirname(checkpoint)))), adapters);
  } catch (error) {
    await adapters.close();
    throw error;
  }
}

/** All tensors of it for `safetensorsPieces`, in fp32, each read when its turn comes. */
export const wholeWeights = (file: WeightsFile): TensorToWrite[] =>
  file.names.map((name) => ({
    ...{ name, dtype: 'F32', shape: [...file.shapeOf(name)], data: () => file.readFloats(name) },
  }));

/** What a file of adapters says of them. */
export const adapterMetadata = ({ rank, alpha }: AdapterSettings): Record<string, string> => ({
  format: 'pt',
  lora_rank: String(rank),
  lora_alpha: String(alpha),
});

function scaleOf({ metadata, path }: SafetensorsFile): number {
  const [rank, alpha] = ['lora_rank', 'lora_alpha'].map((key) => Number(metadata.get(key)));
  const scale = adapterScale({ rank, alpha });
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new HyenaError('bad-input', msg`${path} does not say the rank and alpha of its adapters.`);
  return scale;
}

/** W + scale·B·A of each matrix with an adapter (LoRA, arXiv 2106.09685, eq. 3), summed in double precision. */
class MergedWeights implements WeightsFile {
  readonly #base: SafetensorsFile;
  readonly #adapters: SafetensorsFile;
  readonly #scale: number;

  constructor(base: SafetensorsFile, adapters: SafetensorsFile) {
    this.#base = base;
    this.#adapters = adapters;
    this.#scale = scaleOf(adapters);
  }

  get path(): string {
    return this.#base.path;
  }

  get names(): string[] {
    return this.#base.names;
  }

  has(name: string): boolean {
    return this.#base.has(name);
  }

  shapeOf(name: string): readonly number[] {
    return this.#base.shapeOf(name);
  }

  async readPacked(name: string): Promise<PackedWeight | null> {
    const isChanged = this.#adapters.has(name) || this.#adapters.has(adapterNames(name).a);
    return isChanged ? null : this.#base.readPacked(name);
  }

  async readFloats(name: string): Promise<Float32Array> {
    // What was trained beside the adapters, such as norms.
    if (this.#adapters.has(name)) return this.#adapters.readFloats(name);
    const weight = await this.#base.readFloats(name);
    const names = adapterNames(name);
    if (!this.#adapters.has(names.a)) return weight;
    const [a, b] = [await this.#adapters.readFloats(names.a), await this.#adapters.readFloats(names.b)];
    const [rank, width] = this.#adapters.entry(names.a).shape;
    const sum = new Float64Array(width);
    for (let row = 0; row * width < weight.length; row++) {
      const to = weight.subarray(row * width, (row + 1) * width);
      sum.set(to);
      for (let factor = 0; factor < rank; factor++) {
        const share = this.#scale * b[row * rank + factor];
        const from = factor * width;
        for (let column = 0; column < width; column++) sum[column] += share * a[from + column];
      }
      to.set(sum);
    }
    return weight;
  }

  async close(): Promise<void> {
    await Promise.all([this.#base.close(), this.#adapters.close()]);
  }
}

/**
 * Keeps the weights that a run's adapters are trained for in the run's folder, so that it stays whole if the run that they
 * come from is deleted: as one more name of the same file where the file system allows it, else as a copy.
 *
 * @param weights of a checkpoint, which is never changed in place
 * @throws the system's error
 */
export async function keepBase(runFolder: string, weights: string): Promise<void> {
  const target = basePath(runFolder);
  const temporary = temporaryName(target);
  try {
    await link(weights, temporary);
  } catch {
    await writeFileAtomic(target, createReadStream(weights, { highWaterMark: 1 << 20 }));
    return;
  }
  await nodeDisk.rename(temporary, target);
  await nodeDisk.syncFolder(runFolder);
}
