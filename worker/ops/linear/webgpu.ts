import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../../devices/webgpu/backend.ts';
import type { GpuKernels } from '../../devices/webgpu/kernel.ts';
import { multiplyOnGpu } from '../../devices/webgpu/kernels/matrix-product.ts';
import { sumOfColumns, sumOfRows } from '../../devices/webgpu/kernels/sums.ts';
import { isWanted } from '../operation.ts';
import { toRows, shapeOf, type LinearAttributes } from './composed.ts';

const attributesOf = (attributes: Record<string, unknown>) => attributes as unknown as LinearAttributes;

/** The gradients of a backward kernel that are wanted, `[0]` in place of each other one. */
export const wantedGradients = (
  backend: WebGpuBackend,
  attributes: Record<string, unknown>,
  gradients: readonly (() => tf.TensorInfo)[],
): tf.TensorInfo[] =>
  gradients.map((compute, position) =>
    isWanted(attributes, position) ? compute() : backend.makeTensorInfo([0], 'float32', new Float32Array(0)),
  );

/** Sums of a gradient over all tokens: `[rows, width]` or `[width, rows]`. */
export function biasGradient(backend: WebGpuBackend, dy: tf.TensorInfo, rows: number, width: number, tokens: boolean) {
  return tokens ? sumOfColumns(backend, dy, rows, width) : sumOfRows(backend, dy, width, rows);
}

export const webgpuLinear: GpuKernels = {
  Linear(backend, [x, weight, bias], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const rows = toRows(x.shape, input);
    const tokens = rows[0] * rows[1];
    const shape = shapeOf(rows, outWidth, output);
    const product =
      output === 'tokens'
        ? {
            ...{ a: x, b: weight, m: tokens, k: inWidth, n: outWidth, transposeA: input === 'channels' },
            ...{ transposeB: true, bias: { along: 'columns' as const, values: bias } },
          }
        : {
            ...{ a: weight, b: x, m: outWidth, k: inWidth, n: tokens, transposeB: input === 'tokens' },
            bias: { along: 'rows' as const, values: bias },
          };
    return [multiplyOnGpu(backend, { ...product, precision, keep: 'activation' }, shape)];
  },

  LinearBackward(backend, [dy, x, weight], attributes) {
    const { input, output, precision } = attributesOf(attributes);
    const [outWidth, inWidth] = weight.shape;
    const rows = toRows(x.shape, input);
    const tokens = rows[0] * rows[1];
    const fromTokens = output === 'tokens';
    const dyFirst = { precision, gradient: { factor: 'a' as const, tokens } };
    const dySecond = { precision, gradient: { factor: 'b' as const, tokens } };
    const dx =
      input === 'tokens'
        ? { a: dy, b: weight, m: tokens, k: outWidth, n: inWidth, transposeA: !fromTokens, ...dyFirst }
        : {
            a: weight,
            b: dy,
            m: inWidth,
            k: outWidth,
            n: tokens,
            transposeA: true,
            transposeB: fromTokens,
            ...dySecond,
          };
    const dWeight = {
      ...{ a: dy, b: x, m: outWidth, k: tokens, n: inWidth, ...dyFirst },
      ...{ transposeA: fromTokens, transposeB: input === 'channels' },
    };
    return wantedGradients(backend, attributes, [
      () => multiplyOnGpu(backend, { ...dx, keep: 'gradient' }, x.shape),
      () => multiplyOnGpu(backend, dWeight, weight.shape),
      () => biasGradient(backend, dy, tokens, outWidth, fromTokens),
    ]);
  },
};
