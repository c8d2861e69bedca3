import * as tf from '@tensorflow/tfjs-core';
import type { Dispatch } from '../../devices/webgpu/backend.ts';
import { elementGroups, reads, sizeOf, updates, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { convolveOnGpu } from '../../ops/long-convolution/webgpu-rows.ts';
import type { Past } from './past.ts';
import { block, roomFor, type Continuation } from './stepper.ts';
import type { GpuStepper } from './webgpu-stepper.ts';

const shader = loadShader(import.meta.dirname, 'decoding.wgsl');

/** Tensors of one layer of one text, which kernels write into; as decoding.wgsl has them. */
interface LayerState {
  readonly state: tf.Tensor;
  /** `[(N-1)D,room]` */
  given: tf.Tensor2D;
  pending: tf.Tensor2D;
}

/** What a text has beyond its past, on a GPU. */
export class GpuContinuation implements Continuation {
  readonly past: Past;
  readonly #stepper: GpuStepper;
  readonly #layers: LayerState[];
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;

  /** Takes over one use of the past. */
  private constructor(stepper: GpuStepper, past: Past, layers: LayerState[]) {
    this.#stepper = stepper;
    this.past = past;
    this.#layers = layers;
  }

  static begin(stepper: GpuStepper, past: Past): GpuContinuation {
    const { d_model, order, short_filter_order: taps } = stepper.model.config;
    const [channels, filters, back] = [(order + 1) * d_model, (order - 1) * d_model, taps - 1];
    const zeros = () => tf.keep(tf.zeros<tf.Rank.R2>([filters, roomFor(0)]));
    const layers = past.layers.map(({ tail }): LayerState => {
      const state = tf.tidy(() => {
        if (tail === null) return tf.zeros([channels * back + 2 * filters * block]);
        const window = tf.pad(tail, [
          [0, 0],
          [back - tail.shape[1], 0],
        ]);
        return tf.concat([tf.reshape(window, [-1]), tf.zeros([2 * filters * block])]);
      });
      return { state: tf.keep(state), given: zeros(), pending: zeros() };
    });
    return new GpuContinuation(stepper, past.share(), layers);
  }

  get generated(): number {
    return this.#generated;
  }

  count(): void {
    this.#generated++;
  }

  /** One layer's recurrence at the next position. @param projected `[texts,(N+1)D]` @param mixed `[texts,D]`, written to */
  mix(layer: number, text: number, projected: tf.TensorInfo, filters: tf.TensorInfo, mixed: tf.TensorInfo): void {
    const weights = this.#stepper.model.layerWeights(layer);
    const { d_model: width, order } = this.#stepper.model.config;
    const { state } = this.#layers[layer];
    const perChannel = (order - 1) * width * (block + 2);
    this.#run('mix', layer, {
      text,
      workgroups: [Math.ceil(width / 64), 1, 1],
      flops: perChannel,
      filterTaps: filters.shape[1],
      bindings: {
        ...{
          1: reads(projected, (order + 1) * width),
          2: updates(state),
          3: reads(filters, (order - 1) * width * block),
        },
        ...{ 4: reads(weights('mixer.short_filter.weight')), 5: reads(weights('mixer.short_filter.bias')) },
        ...{ 6: reads(weights('mixer.filter_fn.bias')), 7: writes(mixed, width) },
      },
    });
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % block !== 0 || this.#readyFor === generated) return;
    for (const [layer, kept] of this.#layers.entries()) {
      if (generated === kept.given.shape[1])
        [kept.given, kept.pending] = [kept.given, kept.pending].map((tensor) => doubled(tensor));
      if (generated > 0) this.#addTile(layer);
      const { state, pending } = kept;
      const { future } = this.past.layers[layer];
      const count = pending.shape[0] * block;
      this.#run('lay_ready', layer, {
        workgroups: elementGroups(count),
        flops: count,
        bindings: {
          ...{ 2: writes(state, count), 13: reads(pending, count) },
          14: reads(future ?? pending, future ? count : 0),
        },
      });
    }
    this.#readyFor = generated;
  }

  /** What the last tokens add to as many that follow. */
  #addTile(layer: number): void {
    const { backend } = this.#stepper;
    const { state, given, pending } = this.#layers[layer];
    const [channels, room] = given.shape;
    const tile = this.#tile;
    const filters = this.#stepper.filters(layer, room);
    const [row, out] = [0, 1].map(() => backend.make([channels, 2 * tile]));
    const run = (entry: string, elements: number, bindings: Dispatch['bindings']) =>
      this.#run(entry, layer, { workgroups: elementGroups(elements), flops: elements, bindings });
    run('keep_block', channels * block, { 2: updates(state), 8: writes(given, channels * block) });
    run('tile_rows', channels * 2 * tile, { 9: reads(given, channels * tile), 10: writes(row) });
    convolveOnGpu(backend, {
      ...{ channels, batch: 1, length: 2 * tile, input: { tensor: row }, out },
      filters: { tensor: filters, taps: filters.shape[1]! },
    });
    run('add_tile', channels * tile, { 11: reads(out, channels * tile), 12: updates(pending) });
    backend.discard(row, out);
  }

  get #tile(): number {
    return this.#generated & -this.#generated;
  }

  #run(
    entry: string,
    layer: number,
    {
      text = 0,
      filterTaps = 0,
      ...rest
    }: Pick<Dispatch, 'workgroups' | 'bindings' | 'flops'> & { text?: number; filterTaps?: number },
  ): void {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.model.config;
    const { future } = this.past.layers[layer];
    this.#stepper.backend.dispatch({
      ...{ shader, entry, ...rest },
      uniforms: [
        ...[width, order, taps, filterTaps, text, this.#generated % block, this.#layers[layer].given.shape[1]],
        ...[this.#generated, this.#tile, future?.shape[1] ?? 0],
      ],
    });
  }

  /** What lies in a layer's state from an element on. */
  #part(layer: number, from: number, shape: [number, number]): tf.Tensor2D {
    const size = sizeOf({ shape });
    return tf.reshape(tf.slice(this.#layers[layer].state, from, size), shape);
  }

  given(): tf.Tensor2D[] {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.model.config;
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    return this.#layers.map(({ given }, layer) =>
      tf.tidy(() => {
        const whole = tf.slice(given, [0, 0], [-1, this.#generated - inBlock]);
        if (inBlock === 0) return whole;
        const recent = this.#part(layer, (order + 1) * width * (taps - 1), [(order - 1) * width, block]);
        return tf.concat([whole, tf.slice(recent, [0, 0], [-1, inBlock])], 1);
      }),
    );
  }

  tails(): (tf.Tensor2D | null)[] {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.model.config;
    const kept = Math.min(taps - 1, this.past.length + this.#generated);
    return this.#layers.map((_, layer) =>
      kept === 0
        ? null
        : tf.tidy(() =>
            tf.slice(this.#part(layer, 0, [(order + 1) * width, taps - 1]), [0, taps - 1 - kept], [-1, kept]),
          ),
    );
  }

  get bytes(): number {
    return this.#layers.reduce(
      (sum, { state, given, pending }) => sum + 4 * (state.size + given.size + pending.size),
      0,
    );
  }

  fork(): GpuContinuation {
    const copied = <T extends tf.Tensor>(tensor: T) => tf.keep(tf.add<T>(tensor, 0));
    const layers = this.#layers.map(({ state, given, pending }) => ({
      ...{ state: copied(state), given: copied(given), pending: copied(pending) },
    }));
    const copy = new GpuContinuation(this.#stepper, this.past.share(), layers);
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  dispose(): void {
    for (const { state, given, pending } of this.#layers) tf.dispose([state, given, pending]);
    this.past.release();
  }
}

/** The same with as many zero columns more; the tensor is freed. */
function doubled(tensor: tf.Tensor2D): tf.Tensor2D {
  const wider = tf.keep(
    tf.pad(tensor, [
      [0, 0],
      [0, tensor.shape[1]],
    ]),
  );
  tensor.dispose();
  return wider;
}
