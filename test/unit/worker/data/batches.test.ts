import { describe, expect, it } from 'vitest';
import { TrainingBatches } from '../../../../worker/data/batches.ts';
import { KeyedPermutation } from '../../../../worker/data/permutation.ts';
import { useLibrary } from './library.ts';

/** Every token tells its place: two bytes that count up. */
const counting = (length: number) => Uint8Array.from({ length }, (_, index) => 33 + (index % 90));

describe('the order of training windows', () => {
  it('is a permutation for every size', () => {
    for (const size of [1, 2, 3, 4, 5, 16, 17, 255, 1000, 4097]) {
      const permutation = new KeyedPermutation(size, 1234 + size);
      const seen = new Set(Array.from({ length: size }, (_, index) => permutation.at(index)));
      expect(seen.size).toBe(size);
      expect(Math.max(...seen)).toBe(size - 1);
    }
  });

  it('looks random: neighbours do not stay neighbours, and keys differ', () => {
    const size = 4096;
    const first = Array.from({ length: size }, (_, index) => new KeyedPermutation(size, 1).at(index));
    const second = Array.from({ length: size }, (_, index) => new KeyedPermutation(size, 2).at(index));
    expect(first.filter((value, index) => value === second[index]).length).toBeLessThan(10);
    expect(first.filter((value, index) => Math.abs(value - (first[index + 1] ?? 0)) === 1).length).toBeLessThan(20);
    const mean = first.slice(0, 400).reduce((sum, value) => sum + value, 0) / 400;
    expect(Math.abs(mean - size / 2)).toBeLessThan(size / 8);
  });
});

describe('training batches', () => {
  const { file, withDataset } = useLibrary();
  const withText = <T>(length: number, use: (batches: TrainingBatches) => T) =>
    withDataset({ paths: [file('a.txt', counting(length))], validation: 0 }, (reader) =>
      use(new TrainingBatches(reader, 7)),
    );

  it('gives windows whose targets are the next tokens', async () => {
    await withText(5000, (batches) => {
      const { inputs, targets, mask, learnedTokens } = batches.batch(3, 8, 64);
      expect(inputs.length).toBe(8 * 64);
      for (let row = 0; row < 8; row++)
        for (let column = 0; column < 64; column++) {
          const next = column < 63 ? inputs[row * 64 + column + 1] : undefined;
          expect(targets[row * 64 + column]).toBe(next ?? targets[row * 64 + column]);
          expect((targets[row * 64 + column] - 33 - (inputs[row * 64 + column] - 33) + 90) % 90).toBe(1);
        }
      expect(mask.every((weight) => weight === 1)).toBe(true);
      expect(learnedTokens).toBe(8 * 64);
    });
  });

  it('goes through all windows once an epoch, side by side, from a new offset each time', async () => {
    await withText(5000, (batches) => {
      const windows = batches.examplesPerEpoch(64);
      expect(windows).toBe(Math.floor((5000 - 64) / 64));
      const offsets = [0, 1, 2, 3].map((epoch) => {
        const starts = Array.from({ length: windows }, (_, index) => batches.startOf(epoch * windows + index, 64));
        starts.sort((a, b) => a - b);
        starts.forEach((start, index) => expect(start).toBe(starts[0] + 64 * index));
        expect(starts.at(-1)! + 64).toBeLessThanOrEqual(4999);
        return starts[0];
      });
      expect(new Set(offsets).size).toBeGreaterThan(1);
    });
  });

  it('is a function of seed, example and length alone', async () => {
    await withDataset({ paths: [file('a.txt', counting(5000))], validation: 0 }, (reader) => {
      const whole = new TrainingBatches(reader, 7).batch(0, 100, 50);
      for (const first of [0, 13, 99]) {
        const one = new TrainingBatches(reader, 7).batch(first, 1, 50);
        expect([...one.inputs]).toEqual([...whole.inputs.subarray(first * 50, (first + 1) * 50)]);
      }
      expect(new TrainingBatches(reader, 8).batch(0, 100, 50).inputs).not.toEqual(whole.inputs);
    });
  });

  it('needs one window and no more', async () => {
    await withText(65, (batches) => {
      expect(batches.examplesPerEpoch(64)).toBe(1);
      expect(batches.batch(0, 3, 64).inputs.length).toBe(192);
      expect(() => batches.batch(0, 1, 65)).toThrow(/65 training tokens, fewer than one sequence of 65/);
    });
  });
});
