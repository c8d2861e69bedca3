import type { DecodingCalls } from './decoding.ts';
import type { DeviceCalls } from './device.ts';
import type { MixerCalls } from './mixers.ts';
import type { OperationCalls } from './operations.ts';
import type { TensorCalls } from './tensors.ts';

export type { Handle, KernelWork, NativeMemory, NativeType } from './device.ts';

/**
 * The functions of `hyena.node`. Those that compute enqueue: they return at once, and the queue works in order on its
 * own thread. Each checks types and sizes of all its properties before it enqueues anything, and throws a HyenaError that
 * names the function and the property. What goes wrong in the queue is thrown by the next call or read.
 *
 * A call takes one object whose properties are tensors, sizes and settings by name. Sizes count elements. A tensor must
 * hold as many values as its documented shape, row-major; those are float32 unless another type is named. Every property
 * must be there: where `null` is allowed it says what is absent.
 */
export interface Addon extends DeviceCalls, TensorCalls, OperationCalls, DecodingCalls, MixerCalls {}
