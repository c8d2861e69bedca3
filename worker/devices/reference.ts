import { msg } from '../../main/contract/message.ts';
import type { DeviceKind } from './device.ts';

/** Slow and obvious, for tests: plain tfjs on one thread of JavaScript, sequence mixing as direct sums. */
export const reference: DeviceKind = {
  name: 'reference',
  testing: true,

  find: () => Promise.resolve({ available: true, description: msg`plain JavaScript, for tests only (slow)` }),

  open: async () => (await import('./reference-device.ts')).openReference(),
};
