import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../../main/contract/configuration.ts';
import type { NativeBackend } from '../../devices/native/backend.ts';
import { snapshotPlaces } from '../decoding/snapshots.ts';
import { tidyAll, withScope } from '../decoding/tensor-scope.ts';
import type {
  KeptTensor,
  LayerCache,
  LayerState,
  LayerStepper,
  Mixer,
  PrefilledLayer,
  PrefillRequest,
  Weights,
} from './mixer.ts';

/**
 * What a layer continues from, of B texts side by side: tensors by their names, with the texts along axis 1, the same
 * names and shapes at every position.
 */
export type RecurrentState = Readonly<Record<string, tf.Tensor>>;

/** A layer of given weights as a recurrence over positions. */
export interface Recurrence {
  /** Names of the tensors of a state. */
  readonly names: readonly string[];
  /** The state before the first position of `texts` texts. Within a tidy. */
  begin(texts: number): RecurrentState;
  /**
   * Any number of positions more. Within a tidy; the state before stays as it is.
   *
   * @param x `[B,L,D]`, normalised
   * @returns y `[B,L,D]`, and the state after the last position
   */
  advance(x: tf.Tensor, before: RecurrentState): { y: tf.Tensor; after: RecurrentState };
  /** Frees what was computed of the weights. */
  dispose?(): void;
}

/** One position more by the native device, in one call, which writes to the states. */
export interface NativeStep {
  /** As {@link Recurrence.names}. */
  readonly names: readonly string[];
  /**
   * @param x `[texts,1,D]`, normalised
   * @param y of the same shape, written to
   * @param states text by text, each its tensors in the order of `names`; written to
   */
  step(backend: NativeBackend, x: tf.Tensor, y: tf.Tensor, states: readonly tf.Tensor[]): void;
  /** Frees what was computed of the weights. */
  dispose?(): void;
}

export type MakeNativeStep<Config extends ResolvedModelConfiguration> = (
  weights: Weights,
  config: Config,
) => NativeStep;

export type MakeRecurrence<Config extends ResolvedModelConfiguration> = (
  weights: Weights,
  config: Config,
) => Recurrence;

/**
 * How a mixer whose memory of a text has a fixed size is read and continued: all but its forward pass, from its recurrence.
 * A text is read in stretches, each of which may be a whole part of it, and can be cut at the places of `snapshotPlaces`.
 *
 * @param makeNative null: the native device makes steps by the operations that all devices have
 */
export function recurrentMixer<Config extends ResolvedModelConfiguration>(
  make: MakeRecurrence<Config>,
  makeNative: MakeNativeStep<Config> | null,
): Pick<Mixer, 'prefill' | 'step' | 'cacheFrom'> {
  return {
    async prefill(
      x: tf.Tensor,
      weights: Weights,
      config: Config,
      before: RecurrentCache | null,
      request: PrefillRequest,
    ) {
      return await prefillRecurrent(x, () => make(weights, config), before, request);
    },
    step: {
      host: (weights: Weights, config: Config) => new RecurrentStepper(make(weights, config)),
      ...(makeNative && {
        native: (weights: Weights, config: Config) => new NativeRecurrentStepper(makeNative(weights, config)),
      }),
    },
    cacheFrom: (tensors) => RecurrentCache.from(tensors),
  };
}

const clonesOf = (state: RecurrentState): RecurrentState =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.clone()]));
/** The same values in memory of their own. */
const copiesOf = (state: RecurrentState): RecurrentState =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tf.keep(tf.add(tensor, 0))]));
const bytesOf = (state: RecurrentState): number =>
  Object.values(state).reduce((sum, { size }) => sum + Float32Array.BYTES_PER_ELEMENT * size, 0);
const disposeOf = (state: RecurrentState): void => tf.dispose(Object.values(state));

/** States by the positions that they follow. */
type Snapshots = ReadonlyMap<number, RecurrentState>;

/** What a recurrent layer keeps: the state at the end, of one text, and those at some positions before. */
class RecurrentCache implements LayerCache {
  readonly lookahead = Infinity;
  readonly state: RecurrentState;
  readonly snapshots: Snapshots;

  /** Takes the tensors over. */
  constructor(state: RecurrentState, snapshots: Snapshots) {
    this.state = state;
    this.snapshots = snapshots;
  }

  /** A cache from what {@link kept} gave: `tail` of the end, `tail@512` of a snapshot. */
  static from(tensors: Readonly<Record<string, tf.Tensor>>): RecurrentCache | null {
    const states = new Map<string, Record<string, tf.Tensor>>();
    for (const [name, tensor] of Object.entries(tensors)) {
      const [, part, place = ''] = /^(\w+)(?:@(\d+))?$/.exec(name) ?? [];
      if (part === undefined) return null;
      const state = states.get(place) ?? {};
      state[part] = tensor;
      states.set(place, state);
    }
    const end = states.get('');
    states.delete('');
    if (!end) return null;
    const names = Object.keys(end);
    const whole = [...states.values()].every(
      (state) => Object.keys(state).length === names.length && names.every((name) => Object.hasOwn(state, name)),
    );
    return whole ? new RecurrentCache(end, new Map([...states].map(([place, state]) => [Number(place), state]))) : null;
  }

  /**
   * After a text was read further.
   *
   * @param made states by the positions that they follow, ascending, the last that of the end; taken over
   * @param before stays as it is
   * @param places where the text can be cut: other snapshots are left
   */
  static reaching(made: Snapshots, before: RecurrentCache | null, places: readonly number[]): RecurrentCache {
    const end = [...made.values()].at(-1)!;
    const snapshots = new Map<number, RecurrentState>();
    for (const place of places) {
      const fresh = made.get(place);
      const known = fresh ?? before?.snapshots.get(place);
      if (known) snapshots.set(place, fresh && fresh !== end ? fresh : clonesOf(known));
    }
    return new RecurrentCache(end, snapshots);
  }

  get bytes(): number {
    return [this.state, ...this.snapshots.values()].reduce((sum, state) => sum + bytesOf(state), 0);
  }

  kept(): Record<string, KeptTensor> {
    const kept: Record<string, KeptTensor> = {};
    const add = (state: RecurrentState, at: string) => {
      for (const [name, tensor] of Object.entries(state))
        kept[name + at] = { shape: tensor.shape, data: async () => (await tensor.data()) as Float32Array };
    };
    add(this.state, '');
    for (const [length, state] of this.snapshots) add(state, `@${length}`);
    return kept;
  }

  longestCut(length: number): number {
    return Math.max(0, ...[...this.snapshots.keys()].filter((place) => place <= length));
  }

  cut(length: number): RecurrentCache | null {
    const state = this.snapshots.get(length);
    if (!state) return null;
    const before = [...this.snapshots].filter(([place]) => place <= length);
    return new RecurrentCache(clonesOf(state), new Map(before.map(([place, one]) => [place, clonesOf(one)])));
  }

  share(): RecurrentCache {
    return new RecurrentCache(
      clonesOf(this.state),
      new Map([...this.snapshots].map(([place, state]) => [place, clonesOf(state)])),
    );
  }

  /** The same with an end of its own, which may be written to. */
  copy(): RecurrentCache {
    const snapshots = [...this.snapshots].map(([place, state]) => [place, clonesOf(state)] as const);
    return new RecurrentCache(copiesOf(this.state), new Map(snapshots));
  }

  /** The same snapshots before another end. Takes its place: frees its end. @param state taken over */
  reached(state: RecurrentState): RecurrentCache {
    disposeOf(this.state);
    return new RecurrentCache(state, this.snapshots);
  }

  dispose(): void {
    disposeOf(this.state);
    for (const state of this.snapshots.values()) disposeOf(state);
  }
}

async function prefillRecurrent(
  x: tf.Tensor,
  make: () => Recurrence,
  before: RecurrentCache | null,
  { offset, snapshots, settle }: PrefillRequest,
): Promise<PrefilledLayer> {
  const [, length, width] = x.shape as [number, number, number];
  const end = offset + length;
  const places = snapshots ? snapshotPlaces(end) : [];
  const stops = [...places.filter((place) => place > offset && place < end), end];
  const recurrence = make();
  try {
    const { y, states } = tidyAll(() => {
      const parts: tf.Tensor[] = [];
      const reached: RecurrentState[] = [];
      let state = before?.state ?? recurrence.begin(1);
      let start = offset;
      for (const stop of stops) {
        const stretch = stops.length === 1 ? x : tf.slice(x, [0, start - offset, 0], [1, stop - start, width]);
        const part = recurrence.advance(stretch, state);
        parts.push(part.y);
        reached.push(part.after);
        state = part.after;
        start = stop;
      }
      return { y: parts.length === 1 ? parts[0] : tf.concat(parts, 1), states: reached };
    });
    return await withScope(async (scope) => {
      const tensors = [y, ...states.flatMap((state) => Object.values(state))];
      for (const tensor of tensors) scope.add(tensor);
      await settle(y, 1);
      scope.give(...tensors);
      return {
        rows: (first: number, count: number) => tf.slice(y, [0, first, 0], [1, count, width]),
        free: () => y.dispose(),
        cache: RecurrentCache.reaching(new Map(stops.map((place, index) => [place, states[index]])), before, places),
      };
    });
  } finally {
    recurrence.dispose?.();
  }
}

/** One token more, by the operations of any device: the same few of them at any length. */
export class RecurrentStepper implements LayerStepper<RecurrentLayerState> {
  readonly #recurrence: Recurrence;
  readonly #absorb: ((cache: LayerCache) => RecurrentState) | null;

  /** @param absorb the state after a text that the layer read in another way, within a tidy; left out: as a recurrence */
  constructor(recurrence: Recurrence, absorb: ((cache: LayerCache) => RecurrentState) | null = null) {
    this.#recurrence = recurrence;
    this.#absorb = absorb;
  }

  begin(cache: LayerCache): Promise<RecurrentLayerState> {
    const absorb = this.#absorb;
    const own = absorb
      ? new RecurrentCache(
          tidyAll(() => absorb(cache)),
          new Map(),
        )
      : (cache as RecurrentCache).share();
    return Promise.resolve(new RecurrentLayerState(own));
  }

  step(x: tf.Tensor, states: readonly RecurrentLayerState[]): Promise<tf.Tensor> {
    const { names } = this.#recurrence;
    const { y, after } = tidyAll(() => {
      const single = states.length === 1;
      const together = single
        ? states[0].state
        : Object.fromEntries(
            names.map((name) => [
              name,
              tf.concat(
                states.map(({ state }) => state[name]),
                1,
              ),
            ]),
          );
      const stepped = this.#recurrence.advance(x, together);
      if (single) return { y: stepped.y, after: [stepped.after] };
      const parts = names.map((name) => tf.split(stepped.after[name], states.length, 1));
      return {
        y: stepped.y,
        after: states.map((_, text) => Object.fromEntries(names.map((name, index) => [name, parts[index][text]]))),
      };
    });
    for (const [index, state] of states.entries()) state.advance(after[index]);
    return Promise.resolve(y);
  }

  dispose(): void {
    this.#recurrence.dispose?.();
  }
}

class RecurrentLayerState implements LayerState {
  #cache: RecurrentCache;

  /** Takes over the cache. */
  constructor(cache: RecurrentCache) {
    this.#cache = cache;
  }

  get state(): RecurrentState {
    return this.#cache.state;
  }

  get bytes(): number {
    return bytesOf(this.state);
  }

  advance(state: RecurrentState): void {
    this.#cache = this.#cache.reached(state);
  }

  cache(): RecurrentCache {
    return this.#cache.share();
  }

  fork(): RecurrentLayerState {
    return new RecurrentLayerState(this.#cache.share());
  }

  dispose(): void {
    this.#cache.dispose();
  }
}

/** One token more by the native device, which nothing waits for. */
class NativeRecurrentStepper implements LayerStepper<WrittenLayerState> {
  readonly #native: NativeStep;
  readonly #backend = tf.backend() as NativeBackend;

  constructor(native: NativeStep) {
    this.#native = native;
  }

  begin(cache: RecurrentCache): Promise<WrittenLayerState> {
    return Promise.resolve(new WrittenLayerState(cache.copy()));
  }

  step(x: tf.Tensor, states: readonly WrittenLayerState[]): Promise<tf.Tensor> {
    const y = tidyAll(() => tf.zeros(x.shape));
    this.stepInto(x, y, states);
    return Promise.resolve(y);
  }

  stepInto(x: tf.Tensor, y: tf.Tensor, states: readonly WrittenLayerState[]): void {
    const tensors = states.flatMap(({ state }) => this.#native.names.map((name) => state[name]));
    this.#native.step(this.#backend, x, y, tensors);
  }

  dispose(): void {
    this.#native.dispose?.();
  }
}

/** A state in memory of its own, which steps write to. */
class WrittenLayerState implements LayerState {
  readonly #cache: RecurrentCache;

  /** Takes over the cache. */
  constructor(cache: RecurrentCache) {
    this.#cache = cache;
  }

  get state(): RecurrentState {
    return this.#cache.state;
  }

  get bytes(): number {
    return bytesOf(this.state);
  }

  cache(): RecurrentCache {
    return this.#cache.copy();
  }

  fork(): WrittenLayerState {
    return new WrittenLayerState(this.#cache.copy());
  }

  dispose(): void {
    this.#cache.dispose();
  }
}
