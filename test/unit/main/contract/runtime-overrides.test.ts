import { describe, expect, it } from 'vitest';
import { withOverrides, toSettings, suggestReduction } from '../../../../main/contract/runtime-overrides.ts';
import { trainingSchema } from '../../../../main/contract/configuration.ts';
import { initialState, withBatchesOf } from '../../../../main/library/runs/training-state.ts';

const training = (batch_size: number, gradient_accumulation_steps = 1, gradient_checkpointing = false) =>
  trainingSchema.parse({ batch_size, gradient_accumulation_steps, gradient_checkpointing });

describe('a run that goes on with less memory', () => {
  it('learns from as many sequences a step as before', () => {
    expect(withOverrides(training(8), { batch_size: 2 })).toMatchObject({
      batch_size: 2,
      gradient_accumulation_steps: 4,
    });
    expect(withOverrides(training(3, 4), { batch_size: 6 })).toMatchObject({
      batch_size: 6,
      gradient_accumulation_steps: 2,
    });
    expect(withOverrides(training(6, 2), { precision: 'bf16-mixed' })).toEqual({
      ...training(6, 2),
      precision: 'bf16-mixed',
    });
    expect(() => withOverrides(training(8), { batch_size: 5 })).toThrow(
      expect.objectContaining({ code: 'configuration', hint: 'The nearest valid batch size is 4.' }) as Error,
    );
  });

  it('is told half the batch first, then to compute again, then nothing', () => {
    expect(suggestReduction(training(8))).toEqual({ batch_size: 4 });
    expect(suggestReduction(training(9, 2))).toEqual({ batch_size: 3 });
    expect(suggestReduction(training(7))).toEqual({ batch_size: 1 });
    expect(suggestReduction(training(1, 16))).toEqual({ gradient_checkpointing: true });
    expect(suggestReduction(training(1, 16, true))).toBeNull();
    expect(toSettings({ batch_size: 4, gradient_checkpointing: true })).toBe(
      '--set batch_size=4 --set gradient_checkpointing=true',
    );
  });

  it('goes on at the same place of the data', () => {
    const begun = withBatchesOf(8, { ...initialState(), batches: 6 });
    expect(begun).toMatchObject({ batches: 6, batchSize: 8 });
    expect(withBatchesOf(2, begun)).toMatchObject({ batches: 24, batchSize: 2 });
    expect(withBatchesOf(8, withBatchesOf(2, begun))).toEqual(begun);
  });
});
