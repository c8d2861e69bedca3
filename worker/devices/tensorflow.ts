import * as tf from '@tensorflow/tfjs-core';
import { availableParallelism, cpus } from 'node:os';
import { told } from '../../main/contract/told.ts';
import { memoryLimit } from './native/addon.ts';
import type { Device, DeviceKind, Finding } from './device.ts';
import { rememberConvolutions } from './tensorflow/convolution-choice.ts';
import { findInstallation, installationFolder } from './tensorflow/installation.ts';
import { backendName, loadTensorFlow } from './tensorflow/load.ts';
import { registerTensorFlow } from './tensorflow/register.ts';

const processor = () => (cpus()[0]?.model ?? 'processor').trim().replaceAll(/\s+/g, ' ');

/** TensorFlow's own kernels on the processor: the same binding as `cuda`, with nothing that needs a GPU. */
export const tensorflow: DeviceKind = {
  name: 'tensorflow',
  automatic: false,

  find(): Promise<Finding> {
    const installation = findInstallation('tensorflow');
    if (!installation)
      return Promise.resolve({
        available: false,
        description: told`TensorFlow for the processor is not set up; the native device is faster`,
        hint: told`To compare with it: hyena setup tensorflow`,
      });
    return Promise.resolve({
      available: true,
      description: told`TensorFlow ${installation.tensorflow} on the processor, ${installation.package}`,
    });
  },

  async open(): Promise<Device> {
    const budget = { bytes: memoryLimit(), what: told`memory`, enforced: true };
    const folder = installationFolder('tensorflow')!;
    const { binding } = loadTensorFlow(folder, { CUDA_VISIBLE_DEVICES: '-1' }, () => budget);
    registerTensorFlow();
    rememberConvolutions(folder, `${processor()} TensorFlow ${binding.TF_Version}`);
    await tf.setBackend(backendName);
    return {
      name: 'tensorflow',
      backendName,
      description: `${processor()}, TensorFlow ${binding.TF_Version}, ${process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism()} threads`,
      precisions: ['fp32', 'bf16-mixed'],
      deterministic: true,
      memoryBytes: () => tf.memory().numBytes,
    };
  },
};
