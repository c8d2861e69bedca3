import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import { registerOperations } from '../ops/index.ts';
import { portableOverrides } from '../ops/portable.ts';
import type { Device } from './device.ts';
import { guardAllocation } from './wasm-allocation.ts';
import { setUpProducts } from './wasm-products.ts';

const backendName = 'wasm';
let registered = false;
let guarded = false;

/** Opens the device `portable`. */
export async function openPortable(): Promise<Device> {
  if (!registered) {
    setUpProducts(backendName);
    registerOperations(backendName, portableOverrides);
  }
  registered = true;
  if (!(await tf.setBackend(backendName)))
    throw new HyenaError('device', 'The WebAssembly backend did not start.', {
      hint: 'Reinstall Hyena Studio: a file may be missing.',
    });
  if (!guarded) guardAllocation(tf.backend() as BackendWasm);
  guarded = true;
  return {
    name: 'portable',
    backendName,
    description: 'WebAssembly, one thread',
    precisions: ['fp32'],
    deterministic: true,
    memoryBytes: () => tf.memory().numBytes,
  };
}
