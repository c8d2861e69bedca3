import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { ConvolutionAlgorithm, LinearLayout } from '../../worker/ops/index.ts';
import { onEveryDevice } from './devices.ts';
import {
  adaptedMlpCase,
  attentionCase,
  convolutionCase,
  crossEntropyCase,
  embeddingCase,
  filterCase,
  layerNormCase,
  linearCase,
  mlpCase,
  recurrenceCase,
  residualCase,
  rotaryCase,
} from './operation-cases.ts';
import { checkCase, type Case } from './operation-checks.ts';

const algorithms: ConvolutionAlgorithm[] = ['auto', 'fft', 'monarch'];
const layouts: LinearLayout[] = ['tokens', 'channels'];
const tolerance = 1e-5;

const size = (max: number) => fc.integer({ min: 1, max });
const runs = (count: number) => ({ numRuns: count, seed: 1 });

await onEveryDevice('operations', () => {
  const check = (operation: Case, allowed = tolerance) => checkCase(operation, allowed);

  it('Embedding', () =>
    fc.assert(
      fc.asyncProperty(size(3), size(20), size(30), size(9), (...shape) => check(embeddingCase(...shape))),
      runs(10),
    ));

  it('LayerNorm', async () => {
    await fc.assert(
      fc.asyncProperty(size(3), size(9), fc.integer({ min: 2, max: 33 }), (a, b, width) =>
        check(layerNormCase([a, b], width)),
      ),
      runs(10),
    );
    await check(layerNormCase([2, 100], 128));
  });

  it('ResidualLayerNorm', () =>
    fc.assert(
      fc.asyncProperty(size(3), size(9), fc.integer({ min: 2, max: 33 }), (a, b, width) =>
        check(residualCase([a, b], width)),
      ),
      runs(10),
    ));

  describe.each(layouts)('Linear from %s', (input) => {
    it.each(layouts)('to %s', async (output) => {
      await fc.assert(
        fc.asyncProperty(size(3), size(17), size(19), size(35), (...shape) =>
          check(linearCase(...shape, input, output)),
        ),
        runs(8),
      );
      await check(linearCase(2, 65, 48, 40, input, output));
    });
  });

  it('Mlp', () =>
    fc.assert(
      fc.asyncProperty(size(3), size(9), size(17), size(35), (...shape) => check(mlpCase(...shape))),
      runs(10),
    ));

  it('AdaptedMlp', async () => {
    await fc.assert(
      fc.asyncProperty(size(3), size(9), size(17), size(35), fc.tuple(size(5), size(5)), (...shape) =>
        check(adaptedMlpCase(...shape)),
      ),
      runs(10),
    );
    await check(adaptedMlpCase(1, 300, 5, 7, [3, 2]));
  });

  it('only the gradients that are wanted', async () => {
    const frozen = (operation: Case, ...constant: number[]): Case => ({ ...operation, constant });
    for (const input of layouts)
      for (const output of layouts) {
        const operation = linearCase(2, 9, 5, 7, input, output);
        for (const some of [[1], [1, 2], [0], [0, 1]]) await check(frozen(operation, ...some));
      }
    for (const some of [
      [1, 3],
      [1, 2, 3, 4],
      [0, 1, 2],
    ])
      await check(frozen(mlpCase(2, 9, 5, 7), ...some));
    const adapted = adaptedMlpCase(2, 9, 5, 7, [2, 3]);
    for (const some of [
      [2, 4],
      [0, 2],
      [5, 6],
      [5, 7],
      [6, 8],
      [7, 8],
    ])
      await check(frozen(adapted, 1, 3, ...some));
    await check(frozen(crossEntropyCase(9, 5, 7, [1, 0.5], 'fp32', false), 1, 3));
  });

  it('ImplicitFilter', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ length: size(20), features: size(7), width: size(12), channels: size(9), inner: fc.nat(3) }),
        fc.constantFrom(0, 0.05),
        fc.boolean(),
        (shape, shift, modulate) => check(filterCase(shape, shift, modulate)),
      ),
      runs(10),
    ));

  it.each(algorithms)('LongConvolution by %s, small', (algorithm) =>
    fc.assert(
      fc.asyncProperty(size(4), size(3), size(70), size(80), (...shape) => check(convolutionCase(...shape, algorithm))),
      runs(15),
    ),
  );
  it.each(algorithms)('LongConvolution by %s at lengths 1, 2, 3, primes and powers', async (algorithm) => {
    for (const length of [1, 2, 3, 4, 5, 127, 128, 129, 500, 509])
      await check(convolutionCase(2, 2, length, length, algorithm));
  });

  it.each(algorithms)('HyenaRecurrence by %s', (algorithm) =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          width: size(3),
          batch: size(3),
          length: size(40),
          taps: size(6),
          order: fc.integer({ min: 2, max: 5 }),
        }),
        (shape) => check(recurrenceCase(shape, algorithm)),
      ),
      runs(12),
    ),
  );
  it('HyenaRecurrence at long odd lengths', () =>
    check(recurrenceCase({ width: 1, batch: 2, length: 331, taps: 3, order: 3 }, 'auto')));

  it('Attention', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          batch: size(2),
          queries: size(20),
          past: fc.nat(20),
          kvHeads: size(3),
          shared: size(3),
          size: size(9),
        }),
        fc.option(size(12)),
        (shape, window) => check(attentionCase(shape, window)),
      ),
      runs(12),
    );
    for (const shape of [
      { batch: 1, queries: 50, past: 0, kvHeads: 1, shared: 2, size: 32 },
      { batch: 1, queries: 33, past: 70, kvHeads: 1, shared: 1, size: 40 },
      { batch: 2, queries: 1, past: 140, kvHeads: 1, shared: 3, size: 16 },
    ])
      for (const window of [null, 37]) await check(attentionCase(shape, window));
  });

  it('Rotary', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ batch: size(2), length: size(20), heads: size(3), half: size(17) }),
        fc.constantFrom(10_000, 500_000),
        fc.constantFrom(1, 16),
        fc.constantFrom(0, 7, 1_000_000),
        (shape, ...settings) => check(rotaryCase(shape, ...settings)),
      ),
      runs(12),
    ));

  it('CrossEntropy', async () => {
    await fc.assert(
      fc.asyncProperty(
        size(20),
        size(9),
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom<number[]>([1], [1, 0], [0.5, 2, 0]),
        (tokens, width, vocabulary, mask) => check(crossEntropyCase(tokens, width, vocabulary, mask)),
      ),
      runs(12),
    );
    await check(crossEntropyCase(5, 4, 7, [0]));
  });
});
