import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { registerOperations } from '../ops/index.ts';
import { reference as longConvolution } from '../ops/long-convolution/reference.ts';
import type { Device } from './device.ts';

const backendName = 'cpu';
let registered = false;

/** Opens the device `reference`. */
export async function openReference(): Promise<Device> {
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
}
