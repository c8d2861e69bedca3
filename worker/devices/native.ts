import * as tf from '@tensorflow/tfjs-core';
import { cpus } from 'node:os';
import { msg } from '../../main/contract/message.ts';
import type { Device, DeviceKind, DeviceAvailability } from './device.ts';
import { findAddon, openAddon } from './native/addon.ts';
import { backendName, registerNative } from './native/register.ts';

/** The CPU's name, as its vendor writes it. */
const processor = () => (cpus()[0]?.model ?? 'processor').trim().replaceAll(/\s+/g, ' ');

/** Our own C++ kernels on all CPU cores. */
export const native: DeviceKind = {
  name: 'native',

  find(): Promise<DeviceAvailability> {
    if (findAddon())
      return Promise.resolve({ available: true, description: msg`${processor()}, all cores, C++ kernels` });
    return Promise.resolve({
      available: false,
      description: msg`the C++ kernels are not built`,
      hint: msg`Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then build the kernels.`,
      command: 'node worker/native/build.mjs',
    });
  },

  async open(): Promise<Device> {
    registerNative();
    // Opened here and not by tfjs, which would swallow the reason of a failure.
    const { instructionSet, threads, bf16, tiles } = openAddon().information();
    await tf.setBackend(backendName);
    const units = tiles ? ', AMX' : bf16 ? ', bf16' : '';
    return {
      name: 'native',
      backendName,
      description: `${processor()}, ${instructionSet}${units}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      precisions: bf16 ? ['fp32', 'bf16-mixed'] : ['fp32'],
      deterministic: true,
      interrupt: async () => {
        openAddon().interrupt();
        // Takes the failure that stands for what was dropped, so that nothing later meets it.
        try {
          await openAddon().finish();
        } catch {
          // It was: the device continues.
        }
      },
      memoryBytes: () => {
        const { inUse, scratch } = openAddon().memory();
        return inUse + scratch;
      },
    };
  },
};
