import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openAddon } from '../../worker/devices/native/addon.ts';
import { openDevice } from '../../worker/devices/index.ts';
import { native } from '../../worker/devices/native.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { ModelLearner } from '../../worker/training/model-learner.ts';
import { batchOf, configurationOf, trainingDefaults } from './models.ts';

const steps = 1200;
const mebibyte = 2 ** 20;

/** Many steps with all that a run does: accumulation, dropout, recomputation, evaluation, reading of weights. */
const { available } = await native.find();
it.skipIf(!available)(
  `holds after ${steps} steps what it held after the first ones`,
  { timeout: 300_000 },
  async () => {
    const { device } = await openDevice('native');
    const addon = openAddon();
    const config = configurationOf({ embedding_dropout: 0.1, residual_dropout: 0.1 });
    const training = { ...trainingDefaults, gradient_checkpointing: true };
    const learner = new ModelLearner(LanguageModel.create(config, device, 0), training);
    const first: number[] = [];
    const last: number[] = [];
    const held = () => ({ tfjs: tf.memory().numTensors, bytes: tf.memory().numBytes, ...addon.memory() });
    let before = held();
    // What the process has besides JavaScript's heap, which comes and goes with its collector.
    const outsideHeap = () => {
      const { rss, heapTotal } = process.memoryUsage();
      return (rss - heapTotal) / mebibyte;
    };
    let outsideBefore = 0;
    for (let step = 1; step <= steps; step++) {
      let loss = 0;
      for (const half of [0, 1]) loss += (await learner.accumulate(batchOf(2, 32, 23, half), 0.5, 2 * step + half)) / 2;
      await learner.update(0.2, step);
      if (step % 50 === 0) await learner.score(batchOf(2, 32, 23, 7));
      if (step <= 20) first.push(loss);
      if (step > steps - 20) last.push(loss);
      // Buffers and compiled code settle within the first quarter.
      if (step === steps / 4) {
        before = held();
        outsideBefore = outsideHeap();
      }
    }
    expect(held()).toEqual(before);
    expect(outsideHeap() - outsideBefore).toBeLessThan(8);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(last)).toBeLessThan(0.8 * mean(first));
  },
);
