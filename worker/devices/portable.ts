import { msg } from '../../main/contract/message.ts';
import type { DeviceKind } from './device.ts';

/** WebAssembly: runs wherever Node runs, with nothing to compile or install. Its backend is loaded where it is opened. */
export const portable: DeviceKind = {
  name: 'portable',

  find: () => Promise.resolve({ available: true, description: msg`WebAssembly on one CPU core` }),

  open: async () => (await import('./portable-device.ts')).openPortable(),
};
