import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import {
  groupsOf,
  isPackable,
  packRows,
  rowBytes,
  unpackRows,
  type PackedType,
  type PackedWeight,
} from '../../main/contract/logic/weight-format.ts';
import type { TensorToWrite } from '../../main/library/checkpoints/safetensors.ts';
import type { WeightsFile } from '../../main/library/checkpoints/weights.ts';
import {
  type ParameterGroup,
  type ParameterSpec,
  initialValues,
  parameterSize,
} from '../../main/contract/logic/parameter-specs.ts';
import { longStep } from '../process/long-step.ts';

import { keepsPacked, keptTensor } from './kept-weights.ts';

export interface Parameter extends ParameterSpec {
  readonly variable: tf.Variable;
}

/** The weights of a model by their published names, as variables on the current device. */
export class ParameterStore {
  readonly #parameters = new Map<string, Parameter>();

  private constructor(parameters: Iterable<Parameter>) {
    for (const parameter of parameters) this.#parameters.set(parameter.name, parameter);
  }

  /** New weights. @param onProgress receives the share of the values that are there; called often, may throw to end it */
  static create(
    specs: readonly ParameterSpec[],
    seed: number,
    onProgress: (done: number) => void = () => undefined,
  ): ParameterStore {
    const all = specs.reduce((sum, { shape }) => sum + parameterSize(shape), 0);
    let before = 0;
    const parameters = specs.map((spec) => {
      const check = () => onProgress(before / all);
      check();
      before += parameterSize(spec.shape);
      const values = spec.loaded
        ? placeholder(spec)
        : tf.tensor(
            longStep(() => initialValues(spec, seed, check)),
            [...spec.shape],
            'float32',
          );
      return asParameter(spec, values);
    });
    return new ParameterStore(parameters);
  }

  /**
   * The weights of a checkpoint, to compute with: matrices stay in the type that the file has them in, where the device
   * has products for it.
   *
   * @throws HyenaError `bad-input` for a missing or unknown tensor, a wrong shape or type
   */
  static async read(specs: readonly ParameterSpec[], file: WeightsFile): Promise<ParameterStore> {
    checkFit(specs, file);
    const parameters: Parameter[] = [];
    try {
      for (const spec of specs) {
        const packed = await readKept(spec, file);
        const tensor = packed
          ? keptTensor(packed)
          : tf.tensor(await file.readFloats(spec.name), [...spec.shape], 'float32');
        parameters.push(asParameter(spec, tensor));
      }
    } catch (error) {
      for (const { variable } of parameters) variable.dispose();
      throw error;
    }
    return new ParameterStore(parameters);
  }

  get(name: string): tf.Variable {
    return this.#parameter(name).variable;
  }

  #parameter(name: string): Parameter {
    const parameter = this.#parameters.get(name);
    if (!parameter) throw new HyenaError('internal', `The model has no parameter named '${name}'.`);
    return parameter;
  }

  has(name: string): boolean {
    return this.#parameters.has(name);
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
    return this.trainable().reduce((sum, { shape }) => sum + parameterSize(shape), 0);
  }

  /** The weights that adapters are added to: all but the factors of adapters. */
  base(): Parameter[] {
    return this.all().filter(({ adapterOf }) => adapterOf === undefined);
  }

  /** Parameters, by default all, for `writeSafetensors`, each fetched when its turn comes. */
  toWrite(parameters: readonly Parameter[] = this.all()): TensorToWrite[] {
    return parameters.map(({ name, shape, variable }) => ({
      name,
      dtype: 'F32',
      shape,
      data: async () => (await variable.data()) as Float32Array,
    }));
  }

  /**
   * Replaces the values of some parameters by those of a checkpoint, which has these alone. Nothing is changed where it
   * does not fit.
   *
   * @param check called before each parameter: throws where the job is to stop
   * @throws HyenaError `bad-input` for a missing or unknown tensor, a wrong shape or type
   */
  async load(
    file: WeightsFile,
    parameters: readonly Parameter[] = this.all(),
    check: () => void = () => undefined,
  ): Promise<void> {
    checkFit(parameters, file);
    for (const parameter of parameters) {
      check();
      await this.#read(parameter, file);
    }
  }

  /** Replaces the values of one parameter by those that a file has, which may have others. */
  async reload(file: WeightsFile, name: string): Promise<void> {
    await this.#read(this.#parameter(name), file);
  }

  /** What is trained is in fp32; what is frozen stays as it is kept. */
  async #read(parameter: Parameter, file: WeightsFile): Promise<void> {
    const packed = parameter.group === null ? await readKept(parameter, file) : null;
    if (packed) this.#assign(parameter.name, keptTensor(packed));
    else this.#take(parameter.name, await file.readFloats(parameter.name));
  }

  /** Keeps the matrices in this type from now on, as those of a checkpoint in it would be; not to be trained then. */
  async pack(type: PackedType): Promise<void> {
    for (const { name, shape, variable } of this.all().filter(isPackable)) {
      const values = (await variable.data()) as Float32Array;
      const weight = longStep(() => packRows(values, shape[1], type));
      const tensor = keepsPacked() ? keptTensor(weight) : tf.tensor(unpackRows(weight), [...shape], 'float32');
      this.#assign(name, tensor);
    }
  }

  /** Replaces one parameter. @param values row-major */
  set(name: string, values: Float32Array): void {
    // A copy: a tensor may keep the array that it was made of.
    this.#take(name, values.slice());
  }

  /** @param values belong to the parameter from here on */
  #take(name: string, values: Float32Array): void {
    const variable = this.get(name);
    if (values.length !== variable.size)
      throw new HyenaError('internal', `'${name}' has ${variable.size} values, not ${values.length}.`);
    this.#assign(name, tf.tensor(values, variable.shape, 'float32'));
  }

  #assign(name: string, tensor: tf.Tensor): void {
    this.get(name).assign(tensor);
    tensor.dispose();
  }

  dispose(): void {
    for (const { variable } of this.all()) variable.dispose();
    this.#parameters.clear();
  }
}

/** A matrix as a file keeps it, where the device multiplies with it so; else null. */
const readKept = async (spec: ParameterSpec, file: WeightsFile): Promise<PackedWeight | null> =>
  isPackable(spec) && keepsPacked() ? await file.readPacked(spec.name) : null;

/** Zeros in place of a weight that is going to be loaded: of a matrix as few bytes as the device can keep it in. */
function placeholder(spec: ParameterSpec): tf.Tensor {
  if (!isPackable(spec) || !keepsPacked()) return tf.zeros([...spec.shape]);
  const [rows, columns] = spec.shape;
  const [values, scales] = [
    new Uint8Array(rows * rowBytes('int4', columns)),
    new Uint16Array(rows * groupsOf(columns)),
  ];
  return keptTensor({ type: 'int4', rows, columns, values, scales });
}

function asParameter(spec: ParameterSpec, tensor: tf.Tensor): Parameter {
  const variable = tf.variable(tensor, spec.group !== null);
  tensor.dispose();
  return { ...spec, variable };
}

/** @throws HyenaError `bad-input` where a file has not exactly these parameters, in their shapes */
function checkFit(specs: readonly ParameterSpec[], file: WeightsFile): void {
  const known = new Set(specs.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const unknown = file.names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new HyenaError('bad-input', msg`${file.path} contains '${unknown}', which this model does not have.`, {
      hint: 'config.json and the weights do not match.',
    });
  for (const { name, shape } of specs) {
    const found = file.shapeOf(name);
    if (found.length !== shape.length || found.some((extent, axis) => extent !== shape[axis]))
      throw new HyenaError(
        'bad-input',
        msg`'${name}' in ${file.path} has shape [${found.join(', ')}], but the model expects [${shape.join(', ')}].`,
        { hint: 'config.json and the weights do not match.' },
      );
  }
}
