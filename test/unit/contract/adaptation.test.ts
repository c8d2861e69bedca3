import { describe, expect, it } from 'vitest';
import { adapted, asSettings, lighter } from '../../../main/contract/adaptation.ts';
import { trainingSchema } from '../../../main/contract/configuration.ts';
import { initialState, withBatchesOf } from '../../../worker/training/state.ts';

const training = (batch_size: number, gradient_accumulation_steps = 1, gradient_checkpointing = false) =>
  trainingSchema.parse({ batch_size, gradient_accumulation_steps, gradient_checkpointing });

describe('a run that goes on with less memory', () => {
  it('learns from as many sequences a step as before', () => {
    expect(adapted(training(8), { batch_size: 2 })).toMatchObject({ batch_size: 2, gradient_accumulation_steps: 4 });
    expect(adapted(training(3, 4), { batch_size: 6 })).toMatchObject({ batch_size: 6, gradient_accumulation_steps: 2 });
    expect(adapted(training(6, 2), { precision: 'bf16-mixed' })).toEqual({
      ...training(6, 2),
      precision: 'bf16-mixed',
    });
    expect(() => adapted(training(8), { batch_size: 5 })).toThrow(
      expect.objectContaining({ code: 'configuration', hint: 'The nearest that does is 4.' }) as Error,
    );
  });

  it('is told half the batch first, then to compute again, then nothing', () => {
    expect(lighter(training(8))).toEqual({ batch_size: 4 });
    expect(lighter(training(9, 2))).toEqual({ batch_size: 3 });
    expect(lighter(training(7))).toEqual({ batch_size: 1 });
    expect(lighter(training(1, 16))).toEqual({ gradient_checkpointing: true });
    expect(lighter(training(1, 16, true))).toBeNull();
    expect(asSettings({ batch_size: 4, gradient_checkpointing: true })).toBe(
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
