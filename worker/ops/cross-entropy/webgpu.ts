import { type GpuKernels, groups, reads, updates, writes } from '../../devices/webgpu/kernel.ts';
import { multiplyOnGpu } from '../../devices/webgpu/kernels/matrix-product.ts';
import { scaleInPlace, sumOfRows } from '../../devices/webgpu/kernels/sums.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import type { CrossEntropyAttributes } from './composed.ts';

const shader = loadShader(import.meta.dirname, '../../devices/webgpu/kernels/reduction.wgsl', 'cross-entropy.wgsl');
const constants = (gradients: boolean) => ({ THREADS: 256, GRADIENTS: Number(gradients) });

/** The logits of a chunk of tokens have at most this many elements (64 MiB): no `[T,V]` is ever held. */
const chunkElements = 1 << 24;

export const webgpuCrossEntropy: GpuKernels = {
  CrossEntropy(backend, [x, weight, targets, mask], attributes) {
    const { gradients } = attributes as unknown as CrossEntropyAttributes;
    const [tokens, width] = x.shape;
    const [vocabulary] = weight.shape;
    const [loss, tokenLoss] = [backend.make([]), backend.make([tokens])];
    const none = () => backend.makeTensorInfo([0], 'float32', new Float32Array(0));
    const gradX = gradients ? backend.make(x.shape) : none();
    const gradWeight = gradients ? backend.make(weight.shape) : none();
    const maskSum = sumOfRows(backend, mask, 1, tokens);
    const chunk = Math.min(tokens, Math.max(1, Math.floor(chunkElements / vocabulary)));
    for (let from = 0; from < tokens; from += chunk) {
      const count = Math.min(chunk, tokens - from);
      const logits = multiplyOnGpu(
        backend,
        { a: x, b: weight, m: count, k: width, n: vocabulary, transposeB: true, offsets: { a: from * width } },
        [count, vocabulary],
      );
      backend.dispatch({
        ...{ shader, entry: 'of_tokens', constants: constants(gradients), workgroups: groups(count) },
        uniforms: [count, vocabulary, from],
        bindings: {
          ...{ 1: updates(logits), 2: reads(targets), 3: reads(mask), 4: reads(maskSum) },
          5: writes(tokenLoss, count),
        },
        flops: 6 * count * vocabulary,
      });
      if (gradients) {
        const dx = { a: logits, b: weight, m: count, k: vocabulary, n: width, offsets: { c: from * width } };
        multiplyOnGpu(backend, dx, [], { into: gradX });
        const dWeight = { a: logits, b: x, m: vocabulary, k: count, n: width, transposeA: true };
        const into = { into: gradWeight, accumulate: from > 0 };
        multiplyOnGpu(backend, { ...dWeight, offsets: { b: from * width } }, [], into);
      }
      backend.discard(logits);
    }
    backend.dispatch({
      ...{ shader, entry: 'of_all', constants: constants(gradients), workgroups: [1, 1, 1] },
      uniforms: [tokens, vocabulary, 0],
      bindings: { 3: reads(mask), 4: reads(maskSum), 6: reads(tokenLoss), 7: writes(loss) },
      flops: 2 * tokens,
    });
    backend.discard(maskSum);
    return [loss, tokenLoss, gradX, gradWeight];
  },

  /** The saved gradients are used once: they become the result, scaled where the loss was. */
  CrossEntropyBackward(backend, [dLoss, , gradX, gradWeight]) {
    return [gradX, gradWeight].map((gradient) => {
      scaleInPlace(backend, gradient, dLoss);
      return backend.share(gradient);
    });
  },
};
