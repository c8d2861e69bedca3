import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import type { SafetensorsFile, TensorToWrite } from '../checkpoints/safetensors.ts';
import { longStep } from '../long-step.ts';
import { derivedSeed, randomKey, randomNormal, randomUniform } from '../ops/random.ts';

/** Which learning rate and weight decay a parameter has. `filter`: the implicit filters; `position`: their features z. */
export type ParameterGroup = 'matrix' | 'bias' | 'filter' | 'position';

export type Initial =
  | { readonly from: 'normal'; readonly deviation: number }
  /** Between -bound and bound. */
  | { readonly from: 'uniform'; readonly bound: number }
  | { readonly from: 'constant'; readonly value: number }
  | { readonly from: 'values'; readonly values: () => Float32Array };

export interface ParameterSpec {
  /** As in the published checkpoints. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Null for a buffer: kept in checkpoints, never trained. */
  readonly group: ParameterGroup | null;
  readonly initial: Initial;
  /** Further names of the same tensor in published checkpoints. */
  readonly aliases?: readonly string[];
}

export interface Parameter extends ParameterSpec {
  readonly variable: tf.Variable;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** Values that are computed between two looks at whether the job is to stop: some milliseconds' worth. */
const valuesAtOnce = 1 << 17;

function filled(size: number, check: () => void, value: (index: number) => number): Float32Array {
  const values = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    if (index % valuesAtOnce === 0) check();
    values[index] = value(index);
  }
  return values;
}

/**
 * Values that depend on the seed and the name of the parameter alone: the same on every device.
 *
 * @param check called often: throws where the job is to stop
 */
export function initialValues(
  { name, shape, initial }: ParameterSpec,
  seed: number,
  check: () => void = () => undefined,
): Float32Array {
  const size = sizeOf(shape);
  const key = randomKey(derivedSeed(seed, name));
  switch (initial.from) {
    case 'normal':
      return filled(size, check, (index) => initial.deviation * randomNormal(key, index));
    case 'uniform':
      return filled(size, check, (index) => initial.bound * (2 * randomUniform(key, index) - 1));
    case 'constant':
      return new Float32Array(size).fill(initial.value);
    case 'values':
      return initial.values();
  }
}

/** The weights of a model by their published names, as variables on the current device. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();

  /**
   * @param seed null: all zero, for weights that are about to be loaded
   * @param onProgress receives the share of the values that are there; it is called often and may throw to end it
   */
  constructor(
    specs: readonly ParameterSpec[],
    seed: number | null,
    onProgress: (done: number) => void = () => undefined,
  ) {
    const all = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    let before = 0;
    for (const spec of specs) {
      const check = () => onProgress(before / all);
      check();
      const initial =
        seed === null ? new Float32Array(sizeOf(spec.shape)) : longStep(() => initialValues(spec, seed, check));
      before += sizeOf(spec.shape);
      const values = tf.tensor(initial, [...spec.shape], 'float32');
      this.#parameters.set(spec.name, { ...spec, variable: tf.variable(values, spec.group !== null) });
      values.dispose();
    }
  }

  get(name: string): tf.Variable {
    const parameter = this.#parameters.get(name);
    if (!parameter) throw new HyenaError('internal', `The model has no parameter named '${name}'.`);
    return parameter.variable;
  }

  all(): Parameter[] {
    return [...this.#parameters.values()];
  }

  /** What is trained, in a fixed order. */
  trainable(): (Parameter & { readonly group: ParameterGroup })[] {
    return this.all().filter(
      (parameter): parameter is Parameter & { group: ParameterGroup } => parameter.group !== null,
    );
  }

  /** How many numbers are trained. */
  count(): number {
    return this.trainable().reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  }

  /** All tensors for `writeSafetensors`, each fetched when its turn comes. */
  toWrite(): TensorToWrite[] {
    return this.all().map(({ name, shape, variable }) => ({
      name,
      dtype: 'F32',
      shape,
      data: async () => (await variable.data()) as Float32Array,
    }));
  }

  /**
   * Replaces all values by those of a checkpoint. Nothing is changed where it does not fit.
   *
   * @param nameOf where the file keeps each parameter, by default under its own name
   * @param check called before each parameter: throws where the job is to stop
   * @throws HyenaError `bad-input` for a missing or unknown tensor, a wrong shape or type
   */
  async load(
    file: SafetensorsFile,
    nameOf: (name: string) => string = (name) => name,
    check: () => void = () => undefined,
  ): Promise<void> {
    const known = new Set(this.all().flatMap(({ name, aliases = [] }) => [name, ...aliases].map(nameOf)));
    const unknown = file.names.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new HyenaError('bad-input', told`${file.path} holds '${unknown}', which this model does not have.`, {
        hint: 'Its config.json and its weights do not belong together.',
      });
    for (const { name, shape } of this.all()) {
      const entry = file.entry(nameOf(name));
      if (entry.shape.length !== shape.length || entry.shape.some((extent, axis) => extent !== shape[axis]))
        throw new HyenaError(
          'bad-input',
          told`'${nameOf(name)}' of ${file.path} has the shape [${entry.shape.join(', ')}], but the model needs [${shape.join(', ')}].`,
          { hint: 'Its config.json and its weights do not belong together.' },
        );
    }
    for (const { name } of this.all()) {
      check();
      this.set(name, await file.readFloats(nameOf(name)));
    }
  }

  /** Replaces one parameter. @param values row-major */
  set(name: string, values: Float32Array): void {
    const variable = this.get(name);
    if (values.length !== variable.size)
      throw new HyenaError('internal', `'${name}' has ${variable.size} values, not ${values.length}.`);
    // A copy: a tensor may keep the array that it was made of.
    const tensor = tf.tensor(values.slice(), variable.shape, 'float32');
    variable.assign(tensor);
    tensor.dispose();
  }

  dispose(): void {
    for (const { variable } of this.all()) variable.dispose();
    this.#parameters.clear();
  }
}
