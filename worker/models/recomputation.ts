import * as tf from '@tensorflow/tfjs-core';
import { recordGradient } from '../ops/operation.ts';

/**
 * Gradient checkpointing (arXiv 1604.06174): runs `compute` without keeping what its gradient needs, and runs it again
 * in the backward pass. The gradients are the same, bit for bit where the device is deterministic.
 *
 * @param compute a function of `inputs` alone (constants aside) that gives the same outputs each time
 */
export function checkpointGradients(compute: (inputs: tf.Tensor[]) => tf.Tensor[], inputs: tf.Tensor[]): tf.Tensor[] {
  return recordGradient(
    inputs,
    (save) => {
      save(inputs);
      return compute(inputs);
    },
    (outputGradients, saved) => {
      const { state } = tf.engine();
      // The engine clears the tape of a gradient within a gradient: that of the whole model must outlive it.
      const tape = state.activeTape;
      try {
        const { value, grads } = tf
          .engine()
          .gradients(() => scalarWithGradients(compute(saved), outputGradients), saved);
        value.dispose();
        return new Map(grads.map((gradient, index) => [index, gradient]));
      } finally {
        state.activeTape = tape;
      }
    },
  );
}

/** A scalar whose gradients by `outputs` are `gradients`: several outputs are differentiated as one. */
function scalarWithGradients(outputs: tf.Tensor[], gradients: tf.Tensor[]): tf.Tensor {
  const [scalar] = recordGradient(
    outputs,
    () => [tf.scalar(0)],
    () => new Map(gradients.map((gradient, index) => [index, gradient.clone()])),
  );
  return scalar;
}
