import { describe, expect, it } from 'vitest';
import { toMessage } from '../../../../main/contract/message.ts';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { Binding } from '../../../../worker/devices/tensorflow/binding.ts';
import { guardMemory, isOutOfMemory, refusedBytes } from '../../../../worker/devices/tensorflow/memory.ts';

const refusal =
  'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[1024,1048576] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc [Op:MatMul]';

const bindingThat = (executeOp: () => never): Binding => ({ TF_Version: '2', executeOp }) as unknown as Binding;

describe('the memory of TensorFlow', () => {
  it('is recognised as full, with what was asked for', () => {
    expect(isOutOfMemory(refusal)).toBe(true);
    expect(refusedBytes(refusal)).toBe(2 ** 32);
    expect(isOutOfMemory('Invalid TF_Status: 3\nMessage: Input dimension 2 must have length')).toBe(false);
    expect(refusedBytes('no shape')).toBe(0);
  });

  it('being full is told with what is needed, what there is and what to do', () => {
    const binding = bindingThat(() => {
      throw new Error(refusal);
    });
    const guarded = guardMemory(binding, { bytes: 8 * 2 ** 30, what: toMessage('memory of A GPU'), enforced: false });
    let error: unknown;
    try {
      guarded.executeOp('MatMul', [], [], 1);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(HyenaError);
    expect(error).toMatchObject({ code: 'out-of-memory', hint: expect.stringContaining('smaller batch') as string });
    expect((error as HyenaError).message).toMatch(
      /About 4\.0 GB or more of memory of A GPU required, 8\.0 GB available/,
    );
    expect(guarded.TF_Version).toBe('2');
  });

  it('lets other failures through as they are', () => {
    const failure = new Error('Invalid TF_Status: 3');
    const guarded = guardMemory(
      bindingThat(() => {
        throw failure;
      }),
      { bytes: 1e9, what: toMessage('memory'), enforced: true },
    );
    expect(() => guarded.executeOp('RFFT', [], [], 1)).toThrow(failure);
  });
});
