import * as tf from '@tensorflow/tfjs-core';
import { modelSchema, resolveModel, trainingSchema } from '../../main/contract/configuration.ts';
import { HyenaError, messageOf } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Device } from '../devices/device.ts';
import { kindNamed, splitDeviceName } from '../devices/device-names.ts';
import { deviceKinds } from '../devices/index.ts';
import { syntheticBatch } from '../benchmarks/training-benchmark.ts';
import { LanguageModel } from '../models/language-model.ts';
import type { Precision } from '../ops/index.ts';
import { ModelLearner } from '../training/model-learner.ts';

/** Models and ways of training that together use every kernel of training. */
const cases = [
  { model: { order: 2 }, training: {} },
  { model: { order: 3, tie_embeddings: false }, training: { convolution: 'monarch' } },
  { model: { order: 3 }, training: { convolution: 'fft', gradient_checkpointing: true } },
  { model: { order: 2, embedding_dropout: 0.1, residual_dropout: 0.1 }, training: {} },
] as const;
type Case = (typeof cases)[number];

const vocabulary = 61;
const steps = 3;
/** Losses of a few steps, relative: different orders of sums, or factors that are rounded. */
const toleranceOf = (precision: Precision) => (precision === 'fp32' ? 1e-4 : 2e-2);

/** Loss after each of a few training steps on synthetic text, and that of the text once more. */
async function lossesOf(device: Device, { model, training }: Case, precision: Precision): Promise<number[]> {
  const small = { d_model: 16, n_layer: 2, d_inner: 32, l_max: 48, emb_dim: 5, filter_order: 8 };
  const config = resolveModel(modelSchema.parse({ ...small, ...model }), vocabulary);
  const settings = trainingSchema.parse({ batch_size: 2, learning_rate: 1e-3, ...training, precision });
  const learner = new ModelLearner(LanguageModel.create(config, device, 3), settings);
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    losses.push(await learner.accumulate(syntheticBatch(vocabulary, 2, 48, 1), 1, step));
    await learner.update(1, step);
  }
  return losses;
}

/** Names of the kernels that a backend runs while `work` does its work. */
async function kernelsOf(work: () => Promise<void>): Promise<Set<string>> {
  const names = new Set<string>();
  const engine = tf.engine();
  const own = Object.getOwnPropertyDescriptor(engine, 'runKernel');
  const runKernel = engine.runKernel.bind(engine);
  engine.runKernel = (name, inputs, attributes) => {
    names.add(name);
    return runKernel(name, inputs, attributes);
  };
  try {
    await work();
  } finally {
    if (own) Object.defineProperty(engine, 'runKernel', own);
    else Reflect.deleteProperty(engine, 'runKernel');
  }
  return names;
}

export interface SelfTestResult {
  readonly kernels: number;
}

/**
 * Trains small models for a few steps on a device, in each precision that it offers, and on the portable one, and compares
 * their losses.
 *
 * @throws HyenaError `device` that names the kernel that is missing, or the losses that differ
 */
export async function selfTest(
  name: string,
  onProgress: (done: number, total: number) => void,
): Promise<SelfTestResult> {
  const open = async (wanted: string): Promise<Device> => {
    return await kindNamed(wanted, deviceKinds).open(splitDeviceName(wanted)[1]);
  };
  const kernels = new Set<string>();
  const { precisions } = await open(name);
  const all = cases.flatMap((one) => precisions.map((precision) => ({ one, precision })));
  for (const [index, { one, precision }] of all.entries()) {
    const expected = await lossesOf(await open('portable'), one, 'fp32');
    const device = await open(name);
    let losses: number[] = [];
    try {
      for (const kernel of await kernelsOf(async () => void (losses = await lossesOf(device, one, precision))))
        kernels.add(kernel);
    } catch (cause) {
      throw new HyenaError('device', msg`The self-test of '${name}' failed: ${messageOf(cause)}`, {
        kept: 'Downloaded and built files were kept; the device was not enabled.',
        hint: 'Another libtensorflow may work. Other devices are unaffected.',
        command: `hyena setup ${name} --library PATH`,
        cause,
      });
    }
    const apart = losses.map((loss, step) => Math.abs(loss - expected[step]) / Math.abs(expected[step]));
    if (!apart.every((difference) => difference < toleranceOf(precision)))
      throw new HyenaError(
        'device',
        msg`'${name}' computes incorrect results: its losses are ${losses.join(', ')}, those of CPU, compatible (WebAssembly) ${expected.join(', ')}.`,
        {
          kept: 'Downloaded and built files were kept; the device was not enabled.',
          hint: 'The GPU, its driver or this libtensorflow is faulty. Another libtensorflow may work.',
          command: `hyena setup ${name} --library PATH`,
        },
      );
    onProgress(index + 1, all.length);
  }
  return { kernels: kernels.size };
}
