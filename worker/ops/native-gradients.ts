import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../devices/native/backend.ts';
import type { Handle } from '../devices/native/calls/device.ts';
import type { KernelAttributes } from '../devices/native/kernels/kernel.ts';
import { isWanted } from './operation.ts';

/**
 * The results of a backward kernel that computes only what is wanted.
 *
 * @param shapes of the gradients by the names that the addon has for them, in the order of the operation
 * @returns the gradients, `[0]` where nobody wants one, and their handles, null there
 */
export function wantedGradients<Name extends string>(
  backend: NativeBackend,
  attributes: KernelAttributes,
  shapes: Record<Name, readonly number[]>,
): { gradients: tf.TensorInfo[]; handles: Record<Name, Handle | null> } {
  const handles = {} as Record<Name, Handle | null>;
  const gradients = (Object.keys(shapes) as Name[]).map((name, position) => {
    const wanted = isWanted(attributes, position);
    const gradient = backend.make(wanted ? shapes[name] : [0], 'float32');
    handles[name] = wanted ? backend.handle(gradient) : null;
    return gradient;
  });
  return { gradients, handles };
}
