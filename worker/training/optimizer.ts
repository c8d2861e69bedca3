import * as tf from '@tensorflow/tfjs-core';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { SafetensorsFile, TensorToWrite } from '../../main/library/checkpoints/safetensors.ts';
import { adamW } from '../ops/index.ts';
import type { Gradients } from '../models/gradients.ts';
import type { LanguageModel } from '../models/language-model.ts';
import type { ParameterGroup } from '../../main/contract/logic/parameter-specs.ts';
import type { Parameter } from '../models/parameters.ts';

interface State {
  readonly parameter: Parameter & { readonly group: ParameterGroup };
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

const stateNames = (name: string) => ({ first: `first.${name}`, second: `second.${name}` });

/** AdamW over the parameters of a model, each in its group. */
export class Optimizer {
  readonly #settings: TrainingConfiguration;
  readonly #states: State[];

  /** @param check called before each parameter's moments are made: throws where the job is to stop */
  constructor(model: LanguageModel, settings: TrainingConfiguration, check: () => void = () => undefined) {
    this.#settings = settings;
    const zeros = (shape: readonly number[]) => {
      const values = tf.zeros([...shape]);
      const variable = tf.variable(values, false);
      values.dispose();
      return variable;
    };
    this.#states = model.parameters.trainable().map((parameter) => {
      check();
      return { parameter, first: zeros(parameter.shape), second: zeros(parameter.shape) };
    });
  }

  /**
   * One step in place; uses the gradients up. Where their norm is not finite, no weight and no moment changes.
   *
   * @param step of the bias correction, from 1
   * @param learningRateScale what every group's learning rate is multiplied by: schedule and recoveries
   * @returns the norm of all gradients before clipping
   */
  async step(
    gradients: Gradients,
    { step, learningRateScale }: { step: number; learningRateScale: number },
  ): Promise<number> {
    const { adam_beta1, adam_beta2, adam_epsilon, grad_clip } = this.#settings;
    const norm = adamW(
      this.#states.map(({ parameter, first, second }) => {
        const { learningRate, weightDecay } = parameter.group;
        return {
          value: parameter.variable,
          gradient: gradients.get(parameter.name),
          first,
          second,
          learningRate: learningRate(this.#settings) * learningRateScale,
          weightDecay: weightDecay(this.#settings),
        };
      }),
      { beta1: adam_beta1, beta2: adam_beta2, epsilon: adam_epsilon, step, clip: grad_clip },
    );
    gradients.dispose();
    try {
      return (await norm.data())[0];
    } finally {
      norm.dispose();
    }
  }

  /** The moments of all parameters for `writeSafetensors`, `first.<name>` and `second.<name>`. */
  toWrite(): TensorToWrite[] {
    return this.#states.flatMap(({ parameter: { name, shape }, first, second }) => {
      const names = stateNames(name);
      const data = (variable: tf.Variable) => async () => (await variable.data()) as Float32Array;
      return [
        { name: names.first, dtype: 'F32' as const, shape, data: data(first) },
        { name: names.second, dtype: 'F32' as const, shape, data: data(second) },
      ];
    });
  }

  /** Takes the moments from a file that `toWrite` made. @throws HyenaError `bad-input` where they do not fit */
  async load(file: SafetensorsFile, check: () => void = () => undefined): Promise<void> {
    const expected = this.#states.flatMap(({ parameter: { name, shape }, first, second }) => {
      const names = stateNames(name);
      return [
        { name: names.first, shape, variable: first },
        { name: names.second, shape, variable: second },
      ];
    });
    for (const { name, shape } of expected)
      if (file.entry(name).shape.join() !== shape.join())
        throw new HyenaError(
          'bad-input',
          msg`'${name}' of ${file.path} does not have the shape [${shape.join(', ')}].`,
        );
    for (const { name, shape, variable } of expected) {
      check();
      const values = tf.tensor(await file.readFloats(name), [...shape]);
      variable.assign(values);
      values.dispose();
    }
  }

  dispose(): void {
    for (const { first, second } of this.#states) tf.dispose([first, second]);
  }
}
