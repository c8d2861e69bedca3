import * as tf from '@tensorflow/tfjs-core';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { trainingSchema } from '../../main/contract/configuration.ts';
import { syntheticBatch } from '../../worker/benchmarks/training-benchmark.ts';
import { openDevice } from '../../worker/devices/index.ts';
import { fasterConvolution, rememberConvolutions } from '../../worker/devices/tensorflow/convolution-choice.ts';
import { withFactorsOf } from '../../worker/devices/tensorflow/matrix-products.ts';
import { findInstallation } from '../../worker/devices/tensorflow/installation.ts';
import type { Content } from '../../main/library/files/atomic.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import type { Precision } from '../../worker/ops/index.ts';
import { fastLength } from '../../worker/ops/long-convolution/tensorflow.ts';
import { ModelLearner } from '../../worker/training/model-learner.ts';
import { TestLibrary } from '../end-to-end/command.ts';
import { trainBeyondMemory, writePages } from '../end-to-end/full-memory.ts';
import { configurationOf } from './models.ts';
import * as cases from './operation-cases.ts';
import { checkCase } from './operation-checks.ts';

const vocabulary = 61;
const config = configurationOf({ d_model: 24, n_layer: 2, l_max: 64, order: 2 }, vocabulary);
const training = trainingSchema.parse({ batch_size: 2, learning_rate: 1e-3 });

it('lengths of transforms are the shortest fast ones', () => {
  expect([1, 2, 3, 7, 11, 127, 2047, 4095, 4097].map(fastLength)).toEqual([2, 2, 4, 8, 12, 128, 2048, 4096, 4320]);
});

describe.skipIf(!findInstallation('tensorflow'))('the device tensorflow', () => {
  beforeAll(async () => {
    await openDevice('tensorflow');
  });

  /** Trains on made-up text on a device; moves weights and moments to where they go on, as a checkpoint does. */
  async function train(device: string, from: number, to: number, given: string | null, folder: string) {
    const opened = await openDevice(device);
    const learner = new ModelLearner(LanguageModel.create(config, opened.device, 3), training);
    if (given !== null) await learner.restore(given);
    const losses: number[] = [];
    for (let step = from; step <= to; step++) {
      losses.push(await learner.accumulate(syntheticBatch(vocabulary, 2, 64, step % 3), 1, step));
      await learner.update(1, step);
    }
    const saved = mkdtempSync(path.join(folder, 'saved-'));
    for (const [name, content] of Object.entries(learner.contents()))
      writeFileSync(path.join(saved, name), await bytesOf(content));
    return { losses, saved };
  }

  async function bytesOf(content: Content): Promise<string | Uint8Array> {
    if (typeof content === 'string' || content instanceof Uint8Array) return content;
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(Uint8Array.from(part));
    return Buffer.concat(parts);
  }

  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'hyena-tensorflow-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const close = (actual: number[], expected: number[], tolerance: number) =>
    actual.forEach((loss, step) =>
      expect(Math.abs(loss - expected[step]) / expected[step], `step ${step}: ${loss}, ${expected[step]}`).toBeLessThan(
        tolerance,
      ),
    );

  it('trains with the losses of the native device, and a run moves between devices', async () => {
    const steps = 12;
    const expected = (await train('native', 1, steps, null, folder)).losses;
    expect(expected.at(-1)).toBeLessThan(expected[0]);
    close((await train('tensorflow', 1, steps, null, folder)).losses, expected, 2e-4);
    const first = await train('native', 1, 4, null, folder);
    const second = await train('tensorflow', 5, 8, first.saved, folder);
    const third = await train('portable', 9, steps, second.saved, folder);
    close([...first.losses, ...second.losses, ...third.losses], expected, 2e-4);
  });

  it('holds no more tensors and no more handles after many steps', async () => {
    const { device } = await openDevice('tensorflow');
    const learner = new ModelLearner(LanguageModel.create(config, device, 3), training);
    const handles = () => (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors();
    const held: number[][] = [];
    for (let step = 1; step <= 6; step++) {
      await learner.accumulate(syntheticBatch(vocabulary, 2, 64, 1), 1, step);
      await learner.update(1, step);
      held.push([tf.memory().numTensors, tf.memory().numBytes, handles()]);
    }
    expect(held.at(-1)).toEqual(held[2]);
  });

  it('rounds factors to bfloat16 where it is asked to: outputs and gradients within a hundredth', async () => {
    await openDevice('tensorflow');
    for (const each of [
      cases.linearCase(2, 35, 19, 70, 'tokens', 'tokens', 'bf16-mixed'),
      cases.linearCase(2, 17, 19, 7, 'channels', 'tokens', 'bf16-mixed'),
      cases.linearCase(2, 17, 19, 7, 'tokens', 'channels', 'bf16-mixed'),
      cases.mlpCase(2, 9, 7, 20, 'bf16-mixed'),
      cases.crossEntropyCase(13, 6, 300, [1, 0, 0.5], 'bf16-mixed'),
    ])
      await checkCase(each, 1e-2);
    const [a, b] = [tf.tensor2d([[1 + 2 ** -10]]), tf.ones([1, 1])];
    const product = async (precision: Precision) => {
      const c = withFactorsOf(precision, () => tf.matMul(a, b));
      return (await c.data())[0];
    };
    expect(await product('bf16-mixed')).toBe(1);
    expect(await product('fp32')).toBe(1 + 2 ** -10);
  });

  it('trains so with losses within a hundredth, and no handle is left', async () => {
    const { device } = await openDevice('tensorflow');
    const lossesWith = async (precision: Precision) => {
      const model = LanguageModel.create(config, device, 3);
      const learner = new ModelLearner(model, { ...training, precision });
      const losses: number[] = [];
      const handles: number[] = [];
      for (let step = 1; step <= 6; step++) {
        losses.push(await learner.accumulate(syntheticBatch(vocabulary, 2, 64, 1), 1, step));
        await learner.update(1, step);
        handles.push((tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors());
      }
      expect(handles.at(-1)).toBe(handles[2]);
      return losses;
    };
    const expected = await lossesWith('fp32');
    const rounded = await lossesWith('bf16-mixed');
    close(rounded, expected, 1e-2);
    expect(rounded).not.toEqual(expected);
  });

  it('says that its memory is full, and computes on', async () => {
    await openDevice('tensorflow');
    const held = tf.range(0, 8);
    expect(() => tf.tidy(() => tf.fill([2 ** 22, 2 ** 22], 1))).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: expect.stringMatching(/About .* GB or more of memory required/) as string,
      }) as Error,
    );
    expect([...(await tf.square(held).data())]).toEqual([0, 1, 4, 9, 16, 25, 36, 49]);
    held.dispose();
  });

  it('tells a run whose memory is full what to do, and the run goes on with it', async () => {
    const place = await TestLibrary.make();
    onTestFinished(() => place.remove());
    await writePages(place);
    await trainBeyondMemory(
      place,
      'tensorflow',
      8,
      /^About [\d.]+ MB or more of memory required, 8\.00 MB available\.$/,
    );
  });

  it('measures which form of the convolution is faster, once, and remembers it', async () => {
    await openDevice('tensorflow');
    rememberConvolutions(folder, 'a machine');
    const shape = [64, 4, 1024, 1024] as const;
    let measured = 0;
    const slow = (inputs: tf.Tensor[]) => {
      measured++;
      return [tf.tidy(() => Array.from({ length: 30 }).reduce<tf.Tensor>((x) => tf.exp(tf.sin(x)), inputs[0]))];
    };
    const forms = { fft: slow, monarch: (inputs: tf.Tensor[]) => [tf.neg(inputs[0])] };
    expect(fasterConvolution(shape, forms)).toBe('monarch');
    const once = measured;
    expect(once).toBeGreaterThan(0);
    expect(fasterConvolution(shape, forms)).toBe('monarch');
    expect(measured).toBe(once);
    expect(readFileSync(path.join(folder, 'convolutions.json'), 'utf8')).toContain('a machine 64x4x1024x1024');
  });
});
