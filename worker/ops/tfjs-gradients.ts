import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients of the tfjs kernels that models and mixers use between the operations of this project. tfjs-core brings
 * them only for bundlers; what is not here throws 'gradient function not found' when it is differentiated.
 */
type Gradients = Record<string, (dy: tf.Tensor) => tf.Tensor>;

function register(
  kernelName: string,
  gradients: (saved: tf.Tensor[], attributes: tf.NamedAttrMap) => Gradients,
  save: Pick<tf.GradConfig, 'inputsToSave' | 'outputsToSave' | 'saveAllInputs'> = {},
): void {
  tf.registerGradient({
    kernelName,
    ...save,
    gradFunc: (dy, saved, attributes) =>
      Object.fromEntries(
        Object.entries(gradients(saved, attributes)).map(([name, gradient]) => [name, () => gradient(dy as tf.Tensor)]),
      ),
  });
}

/** Sums over the axes along which a tensor of `shape` was broadcast to that of `x`; always a new tensor. */
function unbroadcast(x: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, shape);
}

const inputX = { inputsToSave: ['x'] };
const inputsAB = { inputsToSave: ['a', 'b'] };
const output = { outputsToSave: [true] };

register('Identity', () => ({ x: (dy) => dy.clone() }));
register('Reshape', ([x]) => ({ x: (dy) => tf.reshape(dy, x.shape) }), inputX);
register('Transpose', (_saved, { perm }) => ({
  x: (dy) => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm as number[])),
}));
register(
  'Slice',
  ([x], { begin, size }) => {
    const [from, count] = tf.slice_util.parseSliceParams(x, begin as number[], size as number[]);
    return {
      x: (dy) =>
        tf.pad(
          dy,
          from.map((start, axis) => [start, x.shape[axis] - start - count[axis]]),
        ),
    };
  },
  inputX,
);
register(
  'Sum',
  ([x], { axis }) => ({
    x: (dy) => {
      const axes = tf.util.parseAxisParam(axis as number[], x.shape);
      const kept = x.shape.map((extent, index) => (axes.includes(index) ? 1 : extent));
      return tf.mul(tf.reshape(dy, kept), tf.onesLike(x));
    },
  }),
  inputX,
);
register('Add', ([a, b]) => ({ a: (dy) => unbroadcast(dy, a.shape), b: (dy) => unbroadcast(dy, b.shape) }), inputsAB);
register(
  'Sub',
  ([a, b]) => ({ a: (dy) => unbroadcast(dy, a.shape), b: (dy) => unbroadcast(tf.neg(dy), b.shape) }),
  inputsAB,
);
register(
  'Multiply',
  ([a, b]) => ({
    a: (dy) => unbroadcast(tf.mul(dy, b), a.shape),
    b: (dy) => unbroadcast(tf.mul(dy, a), b.shape),
  }),
  inputsAB,
);
register('Neg', () => ({ x: (dy) => tf.neg(dy) }));
register('Exp', ([y]) => ({ x: (dy) => tf.mul(dy, y) }), output);
register('Tanh', ([y]) => ({ x: (dy) => tf.mul(dy, tf.sub(1, tf.square(y))) }), output);
register('Sigmoid', ([y]) => ({ x: (dy) => tf.mul(dy, tf.mul(y, tf.sub(1, y))) }), output);
register(
  'Softmax',
  ([y], { dim }) => ({
    logits: (dy) => {
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, dim as number, true), y));
    },
  }),
  output,
);
register(
  'BatchMatMul',
  ([a, b], { transposeA, transposeB }) => ({
    a: (dy) => (transposeA ? tf.matMul(b, dy, !!transposeB, true) : tf.matMul(dy, b, false, !transposeB)),
    b: (dy) => (transposeB ? tf.matMul(dy, a, true, !!transposeA) : tf.matMul(a, dy, !transposeA, false)),
  }),
  inputsAB,
);
register('SplitV', (_saved, { axis }) => ({
  x: (dy) => tf.concat(dy as unknown as tf.Tensor[], axis as number),
}));
register(
  'Concat',
  (saved, { axis }) => {
    const [along] = tf.util.parseAxisParam(axis as number, saved[0].shape);
    const starts = saved.map((_, index) => saved.slice(0, index).reduce((sum, part) => sum + part.shape[along], 0));
    const begin = (index: number) => saved[0].shape.map((_, each) => (each === along ? starts[index] : 0));
    return Object.fromEntries(
      saved.map((part, index) => [String(index), (dy: tf.Tensor) => tf.slice(dy, begin(index), part.shape)]),
    );
  },
  { saveAllInputs: true },
);
