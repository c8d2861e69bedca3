import { type GpuKernels, elementsOf } from '../../devices/webgpu/kernel.ts';
import { multiplyOnGpu } from '../../devices/webgpu/kernels/matrix-product.ts';
import { biasGradient, wantedGradients } from '../linear/webgpu.ts';
import type { MlpAttributes } from './composed.ts';

/**
 * GELU and its slope are computed where the products load or store: no activation is ever written. In `f16-mixed` the
 * hidden layer, the result and their gradients lie in f16.
 */
export const webgpuMlp: GpuKernels = {
  Mlp(backend, [x, w1, b1, w2, b2], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const outer = x.shape.slice(0, -1);
    const rows = elementsOf({ shape: outer });
    const hidden = multiplyOnGpu(
      backend,
      {
        ...{ a: x, b: w1, m: rows, k: d, n: inner, transposeB: true },
        ...{ bias: { along: 'columns', values: b1 }, precision, keep: 'activation' },
      },
      [...outer, inner],
    );
    const y = multiplyOnGpu(
      backend,
      {
        ...{ a: hidden, b: w2, m: rows, k: inner, n: d, geluA: true, transposeB: true },
        ...{ bias: { along: 'columns', values: b2 }, precision, keep: 'activation' },
      },
      x.shape,
    );
    return [y, hidden];
  },

  MlpBackward(backend, [dy, x, w1, w2, hidden], attributes) {
    const { precision } = attributes as unknown as MlpAttributes;
    const [inner, d] = w1.shape;
    const rows = elementsOf({ shape: x.shape.slice(0, -1) });
    const mixed = { precision, gradient: { factor: 'a' as const, tokens: rows } };
    const dHidden = multiplyOnGpu(
      backend,
      { a: dy, b: w2, m: rows, k: d, n: inner, slopeAt: hidden, ...mixed, keep: 'gradient' },
      hidden.shape,
    );
    const gradients = wantedGradients(backend, attributes, [
      () => multiplyOnGpu(backend, { a: dHidden, b: w1, m: rows, k: inner, n: d, ...mixed, keep: 'gradient' }, x.shape),
      () => multiplyOnGpu(backend, { a: dHidden, b: x, m: inner, k: rows, n: d, transposeA: true, ...mixed }, w1.shape),
      () => biasGradient(backend, dHidden, rows, inner, true),
      () =>
        multiplyOnGpu(
          backend,
          { a: dy, b: hidden, m: d, k: rows, n: inner, transposeA: true, geluB: true, ...mixed },
          w2.shape,
        ),
      () => biasGradient(backend, dy, rows, d, true),
    ]);
    backend.discard(dHidden);
    return gradients;
  },
};
