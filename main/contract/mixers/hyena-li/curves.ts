import type { FilterView } from '../../views.ts';
import { modalCurves, type Mode } from '../curves.ts';
import type { CurveQuery, StoredWeights } from '../mixer.ts';
import type { HyenaLiConfiguration } from './parameters.ts';

/** The long filters at some positions up to l_max. */
export async function hyenaLiCurves(
  config: HyenaLiConfiguration,
  weights: StoredWeights,
  query: CurveQuery,
): Promise<FilterView> {
  const { d_model, l_max } = config;
  return modalCurves(query, { total: d_model, length: l_max }, await hyenaLiModes(config, weights));
}

/** The modes of each channel's filter. */
export async function hyenaLiModes(
  config: HyenaLiConfiguration,
  weights: StoredWeights,
): Promise<(channel: number) => Mode[]> {
  const { modal_states: modes } = config;
  const complex = config.modal_poles === 'complex';
  const [residues, logPoles] = await Promise.all([weights('filter.residues'), logarithms(config, weights)]);
  return (channel) =>
    Array.from({ length: modes }, (_, mode) => {
      const at = channel * modes + mode;
      const [re, im] = complex ? [residues[2 * at], residues[2 * at + 1]] : [residues[at], 0];
      return { re, im, ...logPoles(at) };
    });
}

/** What each pole falls by in a step, and what it turns by, whatever form they are kept in. */
async function logarithms(
  { modal_poles, modal_form }: HyenaLiConfiguration,
  weights: StoredWeights,
): Promise<(mode: number) => { rate: number; phase: number }> {
  const complex = modal_poles === 'complex';
  if (modal_form === 'free') {
    const poles = await weights(complex ? 'filter.poles' : 'filter.log_poles');
    if (!complex) return (mode) => ({ rate: -poles[mode], phase: 0 });
    return (mode) => {
      const [re, im] = [poles[2 * mode], poles[2 * mode + 1]];
      return { rate: -Math.log(Math.hypot(re, im)), phase: Math.atan2(im, re) };
    };
  }
  const logDecays = await weights('filter.log_decays');
  const phases = complex ? await weights('filter.phases') : null;
  return (mode) => ({ rate: Math.exp(logDecays[mode]), phase: phases?.[mode] ?? 0 });
}
