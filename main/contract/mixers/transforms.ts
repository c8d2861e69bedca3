/** Operations of a real Fourier transform of n points: 2.5 n log2 n. */
const realTransform = (points: number): number => 2.5 * points * Math.log2(points);

/**
 * Operations per channel and token of a causal convolution by transforms, its skip included: it needs twice the length, the
 * input forth, the product, and back.
 */
export const longConvolution = (length: number): number => (2 * realTransform(2 * length) + 6 * length) / length + 2;

/** Operations per channel and token of a causal convolution with explicit taps: direct sums, or transforms where fewer. */
export const explicitConvolution = (taps: number, length: number): number =>
  Math.min(2 * taps, longConvolution(length));

/** Operations per token of a sequence that the transforms of so many filters take, once for all sequences of a batch. */
export const filterTransforms = (filters: number, { length, batch }: { length: number; batch: number }): number =>
  (filters * realTransform(2 * length)) / length / batch;
