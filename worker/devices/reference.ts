import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { registerOperations } from '../ops/index.ts';
import { reference as longConvolution } from '../ops/long-convolution/reference.ts';
import { msg } from '../../main/contract/message.ts';
import type { Device, DeviceKind } from './device.ts';

const backendName = 'cpu';
let registered = false;

/** Slow and obvious, for tests: plain tfjs on one thread of JavaScript, sequence mixing as direct sums. */
export const reference: DeviceKind = {
  name: 'reference',
  testing: true,

  find: () => Promise.resolve({ available: true, description: msg`plain JavaScript, for tests only (slow)` }),

  async open(): Promise<Device> {
    if (!registered) registerOperations(backendName, longConvolution);
    registered = true;
    await tf.setBackend(backendName);
    return {
      name: 'reference',
      backendName,
      description: 'plain JavaScript, one thread',
      precisions: ['fp32'],
      deterministic: true,
      memoryBytes: () => tf.memory().numBytes,
    };
  },
};
