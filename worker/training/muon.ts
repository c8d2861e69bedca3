import * as tf from '@tensorflow/tfjs-core';

export interface MuonMatrix {
  /** `[rows,columns]` */
  readonly value: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly momentum: tf.Variable;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Coefficients of the quintic iteration, and its steps (Jordan et al., Muon, kellerjordan.github.io/posts/muon). */
const [a, b, c] = [3.4445, -4.775, 2.0315];
const steps = 5;

/**
 * A matrix `[m,n]` whose singular vectors are those of `x` and whose singular values lie near 1 (between about 0.5 and
 * 1.5): five steps of Newton and Schulz, X ← a·X + (b·XXᵀ + c·(XXᵀ)²)·X, from x by its Frobenius norm.
 */
function orthogonalised(x: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [rows, columns] = x.shape;
    // Transposed, the products of a tall matrix with itself are smaller.
    const wide = rows > columns ? tf.transpose(x) : x;
    let y = tf.div<tf.Tensor2D>(wide, tf.add(tf.sqrt(tf.sum(tf.square(wide))), 1e-7));
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => {
        const squares = tf.matMul(y, y, false, true);
        const factor = tf.add<tf.Tensor2D>(tf.mul(squares, b), tf.mul(tf.matMul(squares, squares), c));
        return tf.add<tf.Tensor2D>(tf.mul(y, a), tf.matMul(factor, y));
      });
      y.dispose();
      y = next;
    }
    return rows > columns ? tf.transpose(y) : y;
  });
}

/**
 * One step of Muon in place: the momentum of each gradient, with Nesterov's look ahead, orthogonalised. Its update is
 * multiplied by 0.2·√max(rows, columns), which gives it about the root mean square of AdamW's updates, so that both have
 * one learning rate; weight decay is decoupled (Liu et al., arXiv 2502.16982, eq. 4).
 *
 * @param momentum decay rate of the momentum
 * @param factor of all gradients, by clipping
 */
export function muon(
  matrices: readonly MuonMatrix[],
  { momentum: beta, factor }: { momentum: number; factor: number },
): void {
  for (const { value, gradient, momentum, learningRate, weightDecay } of matrices)
    tf.tidy(() => {
      const rest = tf.mul(gradient, (1 - beta) * factor);
      momentum.assign(tf.add(tf.mul(momentum, beta), rest));
      const update = orthogonalised(tf.add(tf.mul<tf.Tensor2D>(momentum, beta), rest));
      const scale = learningRate * 0.2 * Math.sqrt(Math.max(...value.shape));
      value.assign(tf.sub(tf.mul(value, 1 - learningRate * weightDecay), tf.mul(update, scale)));
    });
}
