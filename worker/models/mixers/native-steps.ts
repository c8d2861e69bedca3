import type * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from '../../devices/native/backend.ts';
import type { Handle } from '../../devices/native/calls/index.ts';
import type { Modes, Orientation } from '../../ops/index.ts';
import type { Weights } from './mixer.ts';
import type { NativeStep } from './recurrent.ts';

interface Width {
  readonly d_model: number;
  /** Of the projections. */
  readonly mixer_bias: boolean;
}

/** Explicit filters `[groups,1,taps]` or `[groups,taps]`; bias and skip `[channels]`. */
interface ExplicitFilter {
  readonly filter: tf.Tensor;
  readonly bias?: tf.Tensor;
  readonly skip?: tf.Tensor;
  readonly orientation: Orientation;
}

interface ModalFilter {
  readonly modes: Modes;
  readonly skip: tf.Tensor;
}

/** A mixer of the form out_proj(gate · filter(a · b)), where gate, a and b are thirds of `in_proj`, one after another. */
interface GatedMixer {
  readonly names: readonly string[];
  readonly width: number;
  /** Whether the projections into the mixer and out of it have biases. */
  readonly biased: { readonly input: boolean; readonly output: boolean };
  /** Which third; a and b are the others. */
  readonly gate: 0 | 1 | 2;
  /** That the projections pass through first; the last tap is that of the present. */
  readonly short?: { readonly filter: tf.Tensor; readonly bias?: tf.Tensor };
  readonly filter: ExplicitFilter | ModalFilter;
}

const optional = (backend: NativeBackend, tensor: tf.Tensor | undefined): Handle | null =>
  tensor ? backend.handle(tensor) : null;
const tapsOf = ({ shape }: tf.Tensor): number => shape.at(-1)!;

/** A projection by its name. @param biased whether it has a bias */
function projection(backend: NativeBackend, weights: Weights, name: string, biased: boolean) {
  return {
    weight: backend.handle(weights(`${name}.weight`)),
    bias: biased ? backend.handle(weights(`${name}.bias`)) : null,
  };
}

/** As the calls take modes. */
function modal(backend: NativeBackend, { poles, residues }: Modes, skip: tf.Tensor) {
  const [groups, modes] = poles.shape;
  return { groups, modes, ...backend.handles({ poles, residues, modesSkip: skip }) };
}

/** The step of a {@link GatedMixer}. */
export function gatedStep(weights: Weights, mixer: GatedMixer, dispose?: () => void): NativeStep {
  const { names, width, biased, gate, short, filter } = mixer;
  const noModes = { modes: 0, poles: null, residues: null, modesSkip: null };
  const noFilter = { taps: 1, presentLast: true, filter: null, filterBias: null, filterSkip: null };
  /** All but what a step is given: of the weights as they are at the first. */
  const fixedOf = (backend: NativeBackend) => {
    const into = projection(backend, weights, 'in_proj', biased.input);
    const out = projection(backend, weights, 'out_proj', biased.output);
    return {
      ...{ d: width, gate },
      ...{ inWeight: into.weight, inBias: into.bias, outWeight: out.weight, outBias: out.bias },
      shortTaps: short ? tapsOf(short.filter) : 1,
      ...{ shortWeight: optional(backend, short?.filter), shortBias: optional(backend, short?.bias) },
      ...('modes' in filter
        ? { ...noFilter, ...modal(backend, filter.modes, filter.skip) }
        : {
            ...noModes,
            ...{ groups: filter.filter.shape[0], taps: tapsOf(filter.filter) },
            ...{ presentLast: filter.orientation === 'correlation', filter: backend.handle(filter.filter) },
            ...{ filterBias: optional(backend, filter.bias), filterSkip: optional(backend, filter.skip) },
          }),
    };
  };
  let fixed: ReturnType<typeof fixedOf> | null = null;
  return {
    names,
    step(backend, x, y, states) {
      fixed ??= fixedOf(backend);
      backend.addon.gatedStep({
        ...fixed,
        texts: x.shape[0],
        states: states.map((state) => backend.handle(state)),
        ...backend.handles({ x, y }),
      });
    },
    ...(dispose && { dispose }),
  };
}

/** The step of RWKV-4. */
export function rwkvStep(weights: Weights, config: Width): NativeStep {
  return {
    names: ['last', 'sums'],
    step(backend, x, y, states) {
      const [key, value, receptance, out] = ['key', 'value', 'receptance', 'output'].map((name) =>
        projection(backend, weights, name, config.mixer_bias),
      );
      backend.addon.rwkvStep({
        ...{ texts: x.shape[0], d: config.d_model },
        ...{ keyWeight: key.weight, keyBias: key.bias, valueWeight: value.weight, valueBias: value.bias },
        ...{ receptanceWeight: receptance.weight, receptanceBias: receptance.bias },
        ...{ outWeight: out.weight, outBias: out.bias },
        ...backend.handles({
          ...{ mixKey: weights('time_mix_k'), mixValue: weights('time_mix_v'), mixReceptance: weights('time_mix_r') },
          ...{ decay: weights('time_decay'), bonus: weights('time_first') },
        }),
        states: states.map((state) => backend.handle(state)),
        ...backend.handles({ x, y }),
      });
    },
  };
}

/** Sizes of Mamba-2 that its step takes beside its projections. */
interface Mamba2Mixer {
  readonly inner: number;
  readonly heads: number;
  readonly states: number;
  /** Of the norm. */
  readonly epsilon: number;
}

/** The step of Mamba-2. */
export function mamba2Step(weights: Weights, config: Width, mixer: Mamba2Mixer): NativeStep {
  const { inner, heads, states: stateSize, epsilon } = mixer;
  return {
    names: ['inputs', 'state'],
    step(backend, x, y, states) {
      const into = projection(backend, weights, 'in_proj', config.mixer_bias);
      const out = projection(backend, weights, 'out_proj', config.mixer_bias);
      const filter = weights('conv1d.weight');
      backend.addon.mamba2Step({
        ...{ texts: x.shape[0], d: config.d_model, inner, heads, stateSize, epsilon, taps: tapsOf(filter) },
        ...{ inWeight: into.weight, inBias: into.bias, outWeight: out.weight, outBias: out.bias },
        ...backend.handles({
          ...{ filter, filterBias: weights('conv1d.bias'), dtBias: weights('dt_bias'), aLog: weights('A_log') },
          ...{ skip: weights('D'), norm: weights('norm.weight') },
        }),
        states: states.map((state) => backend.handle(state)),
        ...backend.handles({ x, y }),
      });
    },
  };
}

/** What the step of H3 takes beside its projections. */
interface H3Mixer extends ModalFilter {
  /** Channels of a head. */
  readonly size: number;
  /** `[D,1,taps]`, the last tap that of the present. */
  readonly shift: tf.Tensor;
  /** `[D]` */
  readonly shiftSkip: tf.Tensor;
}

/** The step of H3. */
export function h3Step(weights: Weights, config: Width, mixer: H3Mixer, dispose: () => void): NativeStep {
  const { size, shift, shiftSkip, modes, skip } = mixer;
  return {
    names: ['keys', 'state'],
    step(backend, x, y, states) {
      const [q, k, v, out] = ['q_proj', 'k_proj', 'v_proj', 'output_linear'].map((name) =>
        projection(backend, weights, name, config.mixer_bias),
      );
      backend.addon.h3Step({
        ...{ texts: x.shape[0], d: config.d_model, size },
        ...{ qWeight: q.weight, qBias: q.bias, kWeight: k.weight, kBias: k.bias },
        ...{ vWeight: v.weight, vBias: v.bias, outWeight: out.weight, outBias: out.bias },
        ...{ taps: tapsOf(shift), ...backend.handles({ shift, shiftSkip }), ...modal(backend, modes, skip) },
        states: states.map((state) => backend.handle(state)),
        ...backend.handles({ x, y }),
      });
    },
    dispose,
  };
}

/** The step of S4D. */
export function s4dStep(
  weights: Weights,
  config: Width,
  { modes, skip }: ModalFilter,
  dispose: () => void,
): NativeStep {
  return {
    names: ['state'],
    step(backend, x, y, states) {
      const out = projection(backend, weights, 'output_linear', config.mixer_bias);
      backend.addon.s4dStep({
        ...{ texts: x.shape[0], d: config.d_model, outWeight: out.weight, outBias: out.bias },
        ...modal(backend, modes, skip),
        states: states.map((state) => backend.handle(state)),
        ...backend.handles({ x, y }),
      });
    },
    dispose,
  };
}
