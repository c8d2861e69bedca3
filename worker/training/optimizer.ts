import * as tf from '@tensorflow/tfjs-core';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { SafetensorsFile, TensorToWrite } from '../../main/library/checkpoints/safetensors.ts';
import { adamW, type AdamWParameter } from '../ops/index.ts';
import type { Gradients } from '../models/gradients.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { momentNames, optimizerOf, type ParameterGroup } from '../../main/contract/logic/parameter-specs.ts';
import type { Parameter } from '../models/parameters.ts';
import { muon, type MuonMatrix } from './muon.ts';

interface State {
  readonly parameter: Parameter & { readonly group: ParameterGroup };
  /** The moments of AdamW, first and second, or the momentum of Muon, by the names of `momentNames`. */
  readonly moments: readonly tf.Variable[];
}

/** AdamW and Muon over the parameters of a model, each in its group. */
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
      return { parameter, moments: momentNames(parameter, settings).map(() => zeros(parameter.shape)) };
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
    const { adam_beta1, adam_beta2, adam_epsilon, muon_momentum, grad_clip } = this.#settings;
    const adamWParameters: AdamWParameter[] = [];
    const muonMatrices: MuonMatrix[] = [];
    for (const { parameter, moments } of this.#states) {
      const shared = {
        value: parameter.variable,
        gradient: gradients.get(parameter.name),
        learningRate: parameter.group.learningRate(this.#settings) * learningRateScale,
        weightDecay: parameter.group.weightDecay(this.#settings),
      };
      const [first, second] = moments;
      if (optimizerOf(parameter, this.#settings) === 'muon') muonMatrices.push({ ...shared, momentum: first });
      else adamWParameters.push({ ...shared, first, second });
    }
    const norm = adamW(
      adamWParameters,
      { beta1: adam_beta1, beta2: adam_beta2, epsilon: adam_epsilon, step, clip: grad_clip },
      muonMatrices.map(({ gradient }) => gradient),
    );
    try {
      const [length] = await norm.data();
      const factor = grad_clip === null ? 1 : Math.min(1, grad_clip / (length + 1e-6));
      if (Number.isFinite(length)) muon(muonMatrices, { momentum: muon_momentum, factor });
      return length;
    } finally {
      gradients.dispose();
      norm.dispose();
    }
  }

  /** The moments of all parameters for `writeSafetensors`, `first.<name>` and `second.<name>`; of Muon the first alone. */
  toWrite(): TensorToWrite[] {
    return this.#named().map(({ name, shape, variable }) => ({
      ...{ name, dtype: 'F32', shape },
      data: async () => (await variable.data()) as Float32Array,
    }));
  }

  #named(): { name: string; shape: readonly number[]; variable: tf.Variable }[] {
    return this.#states.flatMap(({ parameter, moments }) =>
      momentNames(parameter, this.#settings).map((name, index) => ({
        ...{ name, shape: parameter.shape, variable: moments[index] },
      })),
    );
  }

  /** Takes the moments from a file that `toWrite` made. @throws HyenaError `bad-input` where they do not fit */
  async load(file: SafetensorsFile, check: () => void = () => undefined): Promise<void> {
    const expected = this.#named();
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
    for (const { moments } of this.#states) tf.dispose([...moments]);
  }
}
