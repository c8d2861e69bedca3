import * as tf from '@tensorflow/tfjs-core';
import { availableParallelism, cpus } from 'node:os';
import { msg } from '../../main/contract/message.ts';
import { memoryLimit } from './native/addon.ts';
import type { Device, DeviceKind, DeviceAvailability } from './device.ts';
import { rememberConvolutions } from './tensorflow/convolution-choice.ts';
import { findInstallation, installationFolder } from './tensorflow/installation.ts';
import { backendName, loadTensorFlow } from './tensorflow/load.ts';
import { registerTensorFlow } from './tensorflow/register.ts';
import { variable } from '../../main/library/environment.ts';

const processor = () => (cpus()[0]?.model ?? 'processor').trim().replaceAll(/\s+/g, ' ');

/** TensorFlow's own kernels on the CPU: the same binding as `cuda`, with nothing that needs a GPU. */
export const tensorflow: DeviceKind = {
  name: 'tensorflow',
  automatic: false,

  find(): Promise<DeviceAvailability> {
    const installation = findInstallation('tensorflow');
    if (!installation)
      return Promise.resolve({
        available: false,
        description: msg`TensorFlow on the CPU is not set up; CPU (native) is faster`,
        hint: msg`Set it up to compare speeds.`,
        command: 'hyena setup tensorflow',
      });
    return Promise.resolve({
      available: true,
      description: msg`TensorFlow ${installation.tensorflow} on the CPU, ${installation.package}`,
    });
  },

  async open(): Promise<Device> {
    const budget = { bytes: memoryLimit(), what: msg`device|memory`, enforced: true };
    const folder = installationFolder('tensorflow')!;
    const { binding } = loadTensorFlow(folder, { CUDA_VISIBLE_DEVICES: '-1' }, () => budget);
    registerTensorFlow();
    rememberConvolutions(folder, `${processor()} TensorFlow ${binding.TF_Version}`);
    await tf.setBackend(backendName);
    return {
      name: 'tensorflow',
      backendName,
      description: `${processor()}, TensorFlow ${binding.TF_Version}, ${variable('TF_NUM_INTRAOP_THREADS') ?? availableParallelism()} threads`,
      precisions: ['fp32', 'bf16-mixed'],
      deterministic: true,
      memoryBytes: () => tf.memory().numBytes,
    };
  },
};
