import type { I18n } from './i18n.svelte.ts';

/**
 * What a person calls a device: `native` is 'CPU (native)', and `cuda:1` the GPU 1 of CUDA. One that has no such name
 * keeps its own.
 */
export function deviceName(device: string, i18n: Pick<I18n, 'maybe'>): string {
  const [kind, index] = device.split(':');
  const name = i18n.maybe(`device.${kind}`, kind);
  return index === undefined ? name : `${name} #${index}`;
}
