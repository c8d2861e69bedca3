import * as tf from '@tensorflow/tfjs-core';
import { continueGroupedConvolution, groupedConvolution, modalScan, type Modes } from '../../ops/index.ts';
import { linearLayer } from '../biased-linear.ts';
import { tidyAll } from '../decoding/tensor-scope.ts';
import type { Weights } from './mixer.ts';
import type { Recurrence, RecurrentState } from './recurrent.ts';

/** Long convolutions of C channels whose taps are sums of modes, but for the first of them. */
export interface ModalConvolution {
  /** The first K taps of each channel, `[C,1,K]`; null: the modes give all of them. */
  readonly taps: tf.Tensor | null;
  /** Of C filters: the taps from tap K on. */
  readonly modes: Modes;
  /** What the present input adds to the output, `[C]`. */
  readonly skip: tf.Tensor;
}

/** State of such convolutions: `modes` `[C,B,S,4]` and, where there are exact taps, the last K inputs, `near` `[C,B,K]`. */
export type ModalState = RecurrentState;

/** The names of the tensors of a state. */
const stateNames = ({ taps }: ModalConvolution): string[] => (taps ? ['near', 'modes'] : ['modes']);

/** The state before the first position of `texts` texts. Within a tidy. */
function beginModal({ taps, modes }: ModalConvolution, texts: number): ModalState {
  const [channels, count] = modes.poles.shape as [number, number];
  return {
    ...(taps && { near: tf.zeros([channels, texts, taps.shape[2]!]) }),
    modes: tf.zeros([channels, texts, count, 4]),
  };
}

/** Within a tidy. @param u `[C,B,L]` @returns the output at these positions, `[C,B,L]`, and the state after them */
export function continueModal(
  convolution: ModalConvolution,
  u: tf.Tensor,
  before: ModalState,
): { y: tf.Tensor; after: ModalState } {
  const { taps, modes, skip } = convolution;
  if (!taps) {
    const { y, after } = modalScan({ u, modes, skip, before: before.modes });
    return { y, after: { modes: after } };
  }
  const { far, after } = passOn(convolution, u, before);
  const reach = taps.shape[2]! - 1;
  const near = groupedConvolution(
    { u, filter: taps, skip, before: reach === 0 ? null : tf.slice(before.near, [0, 0, 1], [-1, -1, reach]) },
    { orientation: 'convolution' },
  );
  return { y: tf.add(near, far), after };
}

/** Positions whose state is advanced at once: they bound the memory. */
const positionsAtOnce = 8192;

/** The state after a text of which these were the inputs. Within a tidy. @param inputs `[C,L]` */
export function absorbModal(convolution: ModalConvolution, inputs: tf.Tensor): ModalState {
  const [channels, length] = inputs.shape as [number, number];
  let state = beginModal(convolution, 1);
  for (let first = 0; first < length; first += positionsAtOnce) {
    const count = Math.min(positionsAtOnce, length - first);
    const before = state;
    state = tidyAll(() => {
      const u = tf.reshape(tf.slice(inputs, [0, first], [-1, count]), [channels, 1, count]);
      return (convolution.taps ? passOn(convolution, u, before) : continueModal(convolution, u, before)).after;
    });
    tf.dispose(Object.values(before));
  }
  return state;
}

/** Behind exact taps: inputs reach the modes K positions later. @returns what the modes add, and the state after */
function passOn(
  { taps, modes }: ModalConvolution,
  u: tf.Tensor,
  before: ModalState,
): { far: tf.Tensor; after: ModalState } {
  const length = u.shape[2]!;
  const known = tf.concat([before.near, u], 2);
  const scanned = modalScan({
    ...{ u: tf.slice(known, [0, 0, 0], [-1, -1, length]), modes, before: before.modes },
    skip: tf.zeros([modes.poles.shape[0]]),
  });
  const near = tf.slice(known, [0, 0, length], [-1, -1, taps!.shape[2]!]);
  return { far: scanned.y, after: { near, modes: scanned.after } };
}

/** A Hyena layer of any order whose long convolutions are modal. */
export interface ModalLayer {
  readonly width: number;
  readonly order: number;
  /** Of the short convolution. */
  readonly shortTaps: number;
  readonly shortBias: boolean;
  /** Whether the projections into the layer and out of it have biases. */
  readonly biased: { readonly input: boolean; readonly output: boolean };
  /** Order-major, of (N-1)·D channels. */
  readonly convolution: ModalConvolution;
}

/**
 * The Hyena operator (arXiv 2302.10866, definition 3.1) as a recurrence, with the state of its convolutions and `tail`, the
 * last projections, `[(N+1)D,B,K-1]`, left out where the short convolution has one tap.
 */
export function modalRecurrence(weights: Weights, layer: ModalLayer): Recurrence {
  const { width, order, shortTaps, shortBias, biased, convolution } = layer;
  const looksBack = shortTaps > 1;
  const stages =
    order === 2
      ? [convolution]
      : Array.from({ length: order - 1 }, (_, stage) => tidyAll(() => stageOf(convolution, stage * width, width)));
  const kept = stateNames(convolution);
  return {
    names: [...(looksBack ? ['tail'] : []), ...kept],
    begin: (texts) => ({
      ...(looksBack && { tail: tf.zeros([(order + 1) * width, texts, shortTaps - 1]) }),
      ...beginModal(convolution, texts),
    }),
    advance(x, { tail = null, ...before }) {
      const project = (from: tf.Tensor, name: string, bias: boolean, input: 'tokens' | 'channels') =>
        linearLayer(from, weights, name, bias, {
          ...{ input, output: input === 'tokens' ? 'channels' : 'tokens', precision: 'fp32' },
        });
      const short = continueGroupedConvolution(
        {
          u: project(x, 'in_proj', biased.input, 'tokens'),
          filter: weights('short_filter.weight'),
          ...(shortBias && { bias: weights('short_filter.bias') }),
          before: tail,
        },
        { orientation: 'correlation' },
      );
      const gates = tf.split(short.y, order + 1, 0);
      let v = gates[order];
      const after: ModalState[] = [];
      for (const [stage, one] of stages.entries()) {
        const state: ModalState =
          stages.length === 1
            ? before
            : Object.fromEntries(kept.map((name) => [name, rowsOf(before[name], stage * width, width)]));
        const step = continueModal(one, tf.mul(gates[order - 1 - stage], v), state);
        after.push(step.after);
        v = step.y;
      }
      const together = (name: string) =>
        after.length === 1
          ? after[0][name]
          : tf.concat(
              after.map((state) => state[name]),
              0,
            );
      return {
        y: project(tf.mul(gates[0], v), 'out_proj', biased.output, 'channels'),
        after: {
          ...(looksBack && { tail: short.after }),
          ...Object.fromEntries(kept.map((name) => [name, together(name)])),
        },
      };
    },
    dispose() {
      if (stages.length > 1)
        for (const stage of stages) {
          disposeModal(stage);
          stage.skip.dispose();
        }
      disposeModal(convolution);
    },
  };
}

/** Frees the tensors of convolutions, but for the skip, which is a weight of the model. */
export function disposeModal({ taps, modes }: ModalConvolution): void {
  tf.dispose([modes.poles, modes.residues]);
  taps?.dispose();
}

const rowsOf = (tensor: tf.Tensor, first: number, count: number): tf.Tensor =>
  tf.slice(tensor, [first, ...tensor.shape.slice(1).map(() => 0)], [count, ...tensor.shape.slice(1)]);

/** Some of the channels. */
const stageOf = ({ taps, modes, skip }: ModalConvolution, first: number, count: number): ModalConvolution => ({
  taps: taps && rowsOf(taps, first, count),
  modes: { poles: rowsOf(modes.poles, first, count), residues: rowsOf(modes.residues, first, count) },
  skip: rowsOf(skip, first, count),
});
