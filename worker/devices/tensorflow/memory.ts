import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { longStep } from '../../process/long-step.ts';
import type { Binding } from './binding.ts';

/** What tensors may take, and where they lie. */
export interface MemoryBudget {
  readonly bytes: number;
  /** For messages: 'GPU memory', 'memory'. */
  readonly what: Message;
  /** Whether this program has to refuse by itself: a system may grant memory that it does not have. */
  readonly enforced: boolean;
}

const inWords = (bytes: number): string =>
  bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toPrecision(3)} MB` : `${(bytes / 2 ** 30).toFixed(1)} GB`;

const typeBytes: Readonly<Record<string, number>> = { double: 8, int64: 8, complex64: 8, float: 4, int32: 4, half: 2 };

/** Bytes of the tensor that TensorFlow says it had no room for; 0 where it does not say. */
export function refusedBytes(message: string): number {
  const found = /tensor with shape ?\[([\d,]*)\][^]*?type (\w+)/i.exec(message);
  if (!found) return 0;
  const elements = found[1]
    .split(',')
    .filter(Boolean)
    .reduce((product, extent) => product * Number(extent), 1);
  return elements * (typeBytes[found[2]] ?? 4);
}

/** Whether what an op threw says that there was no memory for it. */
export const isOutOfMemory = (message: string): boolean =>
  /\bOOM\b|RESOURCE_EXHAUSTED|ResourceExhausted|out of memory|failed to allocate|bad_alloc|Invalid TF_Status: 8\b/i.test(
    message,
  );

/** An error that says how much was needed and how much there is. */
function outOfMemory(needed: number, { bytes, what }: MemoryBudget, cause?: unknown): HyenaError {
  // With something of everything else that the step would still have needed it is more: 'about' and 'at least'.
  return new HyenaError(
    'out-of-memory',
    msg`About ${inWords(needed)} or more of ${what} required, ${inWords(bytes)} available.`,
    {
      hint: 'Use a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.',
      cause,
    },
  );
}

const heldBytes = (): number => (tf.engine() as unknown as { state: { numBytes: number } }).state.numBytes;

/** The binding with its calls watched: long ones count as long steps, and a lack of memory is reported as such. */
export function guardMemory(binding: Binding, budget: MemoryBudget): Binding {
  const watched = <Result>(call: () => Result): Result => {
    try {
      return longStep(call);
    } catch (thrown) {
      const { message } = thrown as Error;
      if (!isOutOfMemory(message)) throw thrown;
      throw outOfMemory(heldBytes() + refusedBytes(message), budget, thrown);
    }
  };
  const guarded: Pick<Binding, 'executeOp' | 'createTensor' | 'tensorDataSync'> = {
    executeOp: (name, attributes, inputs, outputs) => {
      if (budget.enforced && heldBytes() > budget.bytes) throw outOfMemory(heldBytes(), budget);
      return watched(() => binding.executeOp(name, attributes, inputs, outputs));
    },
    createTensor: (shape, dtype, values) => watched(() => binding.createTensor(shape, dtype, values)),
    // A GPU computes behind our back: reading waits for it.
    tensorDataSync: (id) => watched(() => binding.tensorDataSync(id)),
  };
  // The binding's own properties cannot be written.
  const descriptors = Object.entries(guarded).map(([name, value]) => [name, { value }] as const);
  return Object.create(binding, Object.fromEntries(descriptors)) as Binding;
}
