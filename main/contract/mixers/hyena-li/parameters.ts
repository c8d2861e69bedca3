import { initialPhases, initialRealDecays, initialResidues, initialRingDecays } from '../../logic/initial-modes.ts';
import type { Initializer, ParameterGroup, ParameterSpec } from '../../logic/parameter-specs.ts';
import type { RandomKey } from '../../logic/random.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { convolutionSpecs, projectionSpecs } from '../layer-specs.ts';
import { projectionBiases } from '../projection-biases.ts';
import type { SettingsOf } from '../settings.ts';

/** A model with Hyena-LI layers. */
export type HyenaLiConfiguration = ResolvedModelConfiguration & SettingsOf<'hyena-li'>;

/** Poles and residues: never decayed, as of state spaces (S4, arXiv 2111.00396, appendix D). */
const filterGroup: ParameterGroup = {
  learningRate: ({ filter_learning_rate, learning_rate }) => filter_learning_rate ?? learning_rate,
  weightDecay: () => 0,
};

/** Moduli of complex poles at first: filters decay within some ten to a thousand positions. */
const ring = { least: 0.9, most: 0.999 };

/**
 * The long filters: D of S modes with the poles exp(-exp(log_decays) + i·phases), which lie within the unit circle
 * whatever the values (arXiv 2303.06349, section 3.3): a filter cannot grow, however long the text. In the free form they
 * are the poles, or logarithms of real ones, of published checkpoints as they are.
 */
function filterSpecs({
  d_model: d,
  modal_states: modes,
  modal_poles,
  modal_form,
}: HyenaLiConfiguration): ParameterSpec[] {
  const sizes = { groups: d, modes };
  const spec = (name: string, shape: number[], initial: Initializer): ParameterSpec => ({
    ...{ name: `filter.${name}`, shape, group: filterGroup, part: 'filters', initial },
  });
  const skip = spec('D', [d], { from: 'normal', deviation: 1 });
  if (modal_form === 'free') {
    const parts = modal_poles === 'real' ? 1 : 2;
    const shape = parts === 1 ? [d, modes] : [d, modes, 2];
    return [
      skip,
      spec(parts === 1 ? 'log_poles' : 'poles', shape, {
        from: 'values',
        values: (key) => freePoles(parts, { ...sizes, key }),
      }),
      spec('residues', shape, { from: 'values', values: (key) => initialResidues({ ...sizes, parts }, key) }),
    ];
  }
  if (modal_poles === 'real')
    return [
      skip,
      spec('log_decays', [d, modes], { from: 'values', values: (key) => initialRealDecays(sizes, key) }),
      spec('residues', [d, modes], {
        from: 'values',
        values: (key) => initialResidues({ ...sizes, parts: 1 }, key),
      }),
    ];
  return [
    skip,
    spec('log_decays', [d, modes], { from: 'values', values: (key) => initialRingDecays(sizes, ring, key) }),
    spec('phases', [d, modes], { from: 'values', values: (key) => initialPhases(sizes, key) }),
    spec('residues', [d, modes, 2], { from: 'values', values: (key) => initialResidues({ ...sizes, parts: 2 }, key) }),
  ];
}

/** The initial poles of the decaying form: λ of real ones, real and imaginary parts of complex ones. */
function freePoles(parts: 1 | 2, { key, ...sizes }: { groups: number; modes: number; key: RandomKey }): Float32Array {
  if (parts === 1) return initialRealDecays(sizes, key).map((logDecay) => -Math.exp(logDecay));
  const decays = initialRingDecays(sizes, ring, key);
  const phases = initialPhases(sizes, key);
  const poles = new Float32Array(2 * decays.length);
  for (const [index, logDecay] of decays.entries()) {
    const modulus = Math.exp(-Math.exp(logDecay));
    poles[2 * index] = modulus * Math.cos(phases[index]);
    poles[2 * index + 1] = modulus * Math.sin(phases[index]);
  }
  return poles;
}

/** Whether the projections into the mixer and out of it have biases. */
export const hyenaLiBiases = ({ convolution_biases, mixer_bias }: HyenaLiConfiguration) =>
  projectionBiases(convolution_biases, mixer_bias);

/**
 * The parameters of a Hyena-LI mixer. Projected channels are x2, x1, v, D of each one after another: those of Hyena of
 * order 2, whose recurrence it is.
 */
export function hyenaLiSpecs(config: HyenaLiConfiguration): ParameterSpec[] {
  const { d_model: d, short_filter_order: taps, short_filter_bias } = config;
  const { input, output } = hyenaLiBiases(config);
  return [
    ...projectionSpecs(config, 'in_proj', [3 * d, d], { biased: input }),
    ...convolutionSpecs('short_filter', 3 * d, taps, short_filter_bias),
    ...filterSpecs(config),
    ...projectionSpecs(config, 'out_proj', [d, d], { residual: true, biased: output }),
  ];
}
