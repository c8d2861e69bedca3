import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hyenaExtension } from '../../worker/ops/index.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import * as naive from './naive.ts';
import { noise, scaled, tensorOf } from './operation-checks.ts';

await onEveryDevice('HyenaExtension', () => {
  it('is the recurrence of the new positions, and tells what all add to those to come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          width: fc.integer({ min: 1, max: 5 }),
          order: fc.integer({ min: 2, max: 4 }),
          taps: fc.integer({ min: 1, max: 6 }),
          past: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
          length: fc.integer({ min: 1, max: 60 }),
          ahead: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
        }),
        async ({ width, order, taps, past, length, ahead }) => {
          const [channels, filters, total] = [(order + 1) * width, (order - 1) * width, past + length];
          const p = noise(1, channels, total);
          const weights = [
            noise(2, channels, 1, taps),
            noise(3, channels),
            scaled(noise(4, filters, total + ahead), 0.2),
          ];
          const inputs = [p, ...weights, noise(5, filters)];
          const [y, given, future] = naive.hyenaExtension(inputs, past, order);
          const [, before] = naive.hyenaExtension(inputs, 0, order);
          const tensors = tf.memory().numTensors;
          const made = tf.tidy(() => {
            const [pAll, shortWeight, shortBias, h, skip] = inputs.map((input) => tensorOf(input)) as [
              ...[tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
            ];
            const lead = Math.min(taps - 1, past);
            const columns = tf.slice(pAll, [0, past - lead], [channels, lead + length]);
            const history = past === 0 ? null : tf.slice(tensorOf(before) as tf.Tensor2D, [0, 0], [filters, past]);
            const outputs = hyenaExtension({ p: columns, shortWeight, shortBias, h, skip, history }, { order });
            return [outputs.y, outputs.given, ...(outputs.future ? [outputs.future] : [])];
          });
          expect(made).toHaveLength(ahead > 0 ? 3 : 2);
          for (const [index, expected] of [y, given, future].slice(0, made.length).entries())
            expectClose(`output ${index}`, await valuesOf(made[index]), expected, 1e-5);
          expect(tf.memory().numTensors).toBe(tensors);
        },
      ),
      { numRuns: 25, seed: 11 },
    ));

  it('refuses filters that end before the last position', () => {
    tf.tidy(() => {
      const inputs = { p: tf.zeros([3, 5]), shortWeight: tf.zeros([3, 1, 2]), shortBias: tf.zeros([3]) };
      expect(() =>
        hyenaExtension({ ...inputs, h: tf.zeros([1, 4]), skip: tf.zeros([1]), history: null }, { order: 2 }),
      ).toThrow(/filters of 4 taps/);
    });
  });
});
