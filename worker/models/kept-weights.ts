import * as tf from '@tensorflow/tfjs-core';
import type { PackedWeight } from '../../main/contract/logic/weight-format.ts';
import { NativeBackend } from '../devices/native/backend.ts';
import type { WebGpuBackend } from '../devices/webgpu/backend.ts';

/** Whether the current device multiplies with packed weights as they are; others are given fp32. */
export const keepsPacked = (): boolean => tf.backend() instanceof NativeBackend || tf.getBackend() === 'webgpu';

/**
 * A matrix in memory as it is kept, an fp32 tensor to everything else: operations with weights read it as it is, all
 * others, and reads, see it widened.
 */
export const keptTensor = (weight: PackedWeight): tf.Tensor =>
  (tf.backend() as NativeBackend | WebGpuBackend).packed(weight);
