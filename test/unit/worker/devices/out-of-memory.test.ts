import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { openNullAdapter } from './null-adapter.ts';

it('a GPU whose memory is full says so, and what would help', async () => {
  const backend = await openNullAdapter();
  const fill = () => {
    for (let count = 0; count < 20; count++) backend.uploadToGPU(backend.make([1 << 24]).dataId);
    tf.add(tf.ones([2]), 1);
  };
  expect(fill).toThrow(
    expect.objectContaining({ code: 'out-of-memory', hint: expect.stringMatching(/smaller batch/) as string }) as Error,
  );
});
