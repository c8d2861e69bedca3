import * as tf from '@tensorflow/tfjs-core';
import type { Device } from './index.ts';
import type { Cancellation } from '../process/cancellation.ts';
import { longStep } from '../process/long-step.ts';

/**
 * Lets a job end between any two kernels, within a step that takes half a minute too: every kernel first looks whether
 * the end was requested, and a device that computes behind our back is notified. What the interrupted computation held
 * is freed with its scopes.
 *
 * @param onKernel called before every kernel: a heartbeat
 */
export function interruptKernels(
  device: Device,
  cancellation: Cancellation,
  onKernel: () => void = () => undefined,
): void {
  cancellation.onInterruption(() => device.interrupt?.() ?? Promise.resolve());
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  engine.runKernel = (kernelName, inputs, attributes) => {
    onKernel();
    cancellation.checkKernel();
    return longStep(() => runKernel(kernelName, inputs, attributes));
  };
}
