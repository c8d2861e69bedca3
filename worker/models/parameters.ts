import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { TensorToWrite } from '../../main/library/checkpoints/safetensors.ts';
import type { WeightsFile } from '../../main/library/checkpoints/weights.ts';
import {
  type ParameterGroup,
  type ParameterSpec,
  initialValues,
  parameterSize,
} from '../../main/contract/logic/parameter-specs.ts';
import { longStep } from '../process/long-step.ts';

export interface Parameter extends ParameterSpec {
  readonly variable: tf.Variable;
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
    const all = specs.reduce((sum, { shape }) => sum + parameterSize(shape), 0);
    let before = 0;
    for (const spec of specs) {
      const check = () => onProgress(before / all);
      check();
      before += parameterSize(spec.shape);
      const values =
        seed === null || spec.loaded
          ? tf.zeros([...spec.shape])
          : tf.tensor(
              longStep(() => initialValues(spec, seed, check)),
              [...spec.shape],
              'float32',
            );
      this.#parameters.set(spec.name, { ...spec, variable: tf.variable(values, spec.group !== null) });
      values.dispose();
    }
  }

  get(name: string): tf.Variable {
    const parameter = this.#parameters.get(name);
    if (!parameter) throw new HyenaError('internal', `The model has no parameter named '${name}'.`);
    return parameter.variable;
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
   * @param nameOf where the file keeps each parameter, by default under its own name
   * @param check called before each parameter: throws where the job is to stop
   * @throws HyenaError `bad-input` for a missing or unknown tensor, a wrong shape or type
   */
  async load(
    file: WeightsFile,
    parameters: readonly Parameter[] = this.all(),
    check: () => void = () => undefined,
  ): Promise<void> {
    const known = new Set(parameters.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
    const unknown = file.names.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new HyenaError('bad-input', msg`${file.path} contains '${unknown}', which this model does not have.`, {
        hint: 'config.json and the weights do not match.',
      });
    for (const { name, shape } of parameters) {
      const entry = file.entry(name);
      if (entry.shape.length !== shape.length || entry.shape.some((extent, axis) => extent !== shape[axis]))
        throw new HyenaError(
          'bad-input',
          msg`'${name}' in ${file.path} has shape [${entry.shape.join(', ')}], but the model expects [${shape.join(', ')}].`,
          { hint: 'config.json and the weights do not match.' },
        );
    }
    for (const { name } of parameters) {
      check();
      this.#take(name, await file.readFloats(name));
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
    const tensor = tf.tensor(values, variable.shape, 'float32');
    variable.assign(tensor);
    tensor.dispose();
  }

  dispose(): void {
    for (const { variable } of this.all()) variable.dispose();
    this.#parameters.clear();
  }
}
