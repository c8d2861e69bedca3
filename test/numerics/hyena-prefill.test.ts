import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hyenaPrefill } from '../../worker/ops/index.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import * as naive from './naive.ts';
import { noise, scaled, tensorOf } from './operation-checks.ts';

await onEveryDevice('HyenaPrefill', () => {
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
        async ({ width, order, taps, past: cache, length, ahead }) => {
          const [channels, filters, total] = [(order + 1) * width, (order - 1) * width, cache + length];
          const p = noise(1, channels, total);
          const weights = [
            noise(2, channels, 1, taps),
            noise(3, channels),
            scaled(noise(4, filters, total + ahead), 0.2),
          ];
          const inputs = [p, ...weights, noise(5, filters)];
          const [y, given, future] = naive.hyenaPrefill(inputs, cache, order);
          const [, before] = naive.hyenaPrefill(inputs, 0, order);
          const tensors = tf.memory().numTensors;
          const made = tf.tidy(() => {
            const [pAll, shortWeight, shortBias, h, skip] = inputs.map((input) => tensorOf(input)) as [
              ...[tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
            ];
            const lead = Math.min(taps - 1, cache);
            const columns = tf.slice(pAll, [0, cache - lead], [channels, lead + length]);
            const history = cache === 0 ? null : tf.slice(tensorOf(before) as tf.Tensor2D, [0, 0], [filters, cache]);
            const outputs = hyenaPrefill(
              { p: columns, shortWeight, shortBias, h, skip, convInputs: history },
              { order },
            );
            return [outputs.y, outputs.inputs, ...(outputs.lookahead ? [outputs.lookahead] : [])];
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
        hyenaPrefill({ ...inputs, h: tf.zeros([1, 4]), skip: tf.zeros([1]), convInputs: null }, { order: 2 }),
      ).toThrow(/filters of 4 taps/);
    });
  });
});
