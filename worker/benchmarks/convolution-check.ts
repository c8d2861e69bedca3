import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** Values of a long convolution, its inputs and its gradients for an output gradient dy, row-major. */
export interface ConvolutionValues {
  /** `[channels, batch, length]` of u, y, dy and du. */
  readonly shape: readonly [number, number, number];
  readonly u: Float32Array;
  readonly h: Float32Array;
  readonly skip: Float32Array;
  readonly dy: Float32Array;
  readonly y: Float32Array;
  readonly du: Float32Array;
  readonly dh: Float32Array;
}

/** At most this many elements of each result are checked, spread over all of it. */
const samples = 48;
/** Largest error relative to the largest magnitude of a result: fp32 sums of a whole row lie well below. */
const tolerance = 1e-4;

/**
 * Compares results with direct sums in double precision, so that nothing wrong is timed.
 *
 * @throws HyenaError `numerical`, with the largest error and where it is
 */
export function checkConvolution(values: ConvolutionValues): void {
  const { shape, u, h, skip, dy } = values;
  const [channels, batch, length] = shape;
  const spread = (size: number) =>
    Array.from({ length: samples }, (_, k) => (Math.imul(k + 1, 2654435761) >>> 0) % size);

  compare('output', values.y, spread(values.y.length), (at) => {
    const i = at % length;
    const row = at - i;
    const channel = Math.floor(row / length / batch);
    let sum = skip[channel] * u[at];
    for (let j = 0; j <= i; j++) sum += h[channel * length + j] * u[at - j];
    return sum;
  });
  compare('gradient of the input', values.du, spread(values.du.length), (at) => {
    const i = at % length;
    const channel = Math.floor((at - i) / length / batch);
    let sum = skip[channel] * dy[at];
    for (let j = 0; i + j < length; j++) sum += h[channel * length + j] * dy[at + j];
    return sum;
  });
  compare('gradient of the filter', values.dh, spread(channels * length), (at) => {
    const j = at % length;
    const channel = (at - j) / length;
    let sum = 0;
    for (let b = 0; b < batch; b++) {
      const row = (channel * batch + b) * length;
      for (let i = j; i < length; i++) sum += dy[row + i] * u[row + i - j];
    }
    return sum;
  });
}

function compare(name: string, values: Float32Array, places: number[], exact: (at: number) => number): void {
  const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (const place of places) {
    const wanted = exact(place);
    const error = Math.abs(values[place] - wanted) / scale;
    if (error <= tolerance) continue;
    throw new HyenaError(
      'numerical',
      msg`Wrong ${name} of the convolution: got ${values[place]}, expected ${wanted} at element ${place}.`,
      { hint: 'This device computes incorrect results. Use another device and report this.' },
    );
  }
}
