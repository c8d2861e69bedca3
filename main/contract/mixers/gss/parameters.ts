import { randomNormal } from '../../logic/random.ts';
import type { ParameterSpec } from '../../logic/parameter-specs.ts';
import type { ResolvedModelConfiguration } from '../../model-configuration.ts';
import { biasSpec, matrixSpec, normal, projectionSpecs } from '../layer-specs.ts';
import type { SettingsOf } from '../settings.ts';
import { discreteModes, stateSpaceGroup } from '../state-space.ts';
import type { Mode } from '../curves.ts';

/** A model with layers of gated state spaces. */
export type GssConfiguration = ResolvedModelConfiguration & SettingsOf<'gss'>;

/** H channels of the state space, F of the gate, and N modes. */
export const gssSizes = ({ d_model: width, gss_state_width, gss_expand, gss_states }: GssConfiguration) => ({
  channels: gss_state_width ?? Math.max(1, Math.floor(width / 4)),
  gate: gss_expand * width,
  modes: gss_states,
});

/** All parts of Λ and C begin as standard normal numbers (arXiv 2206.13947, section 3.2.1). */
export function gssSpecs(model: GssConfiguration): ParameterSpec[] {
  const { d_model: d } = model;
  const { channels, gate, modes } = gssSizes(model);
  const spectrum = (name: string): ParameterSpec => ({
    ...{ name, shape: [modes], group: stateSpaceGroup, part: 'filters', initial: normal(1) },
  });
  return [
    ...projectionSpecs(model, 'to_u', [channels, d]),
    ...projectionSpecs(model, 'to_v', [gate, d]),
    biasSpec('dss.norm.weight', channels, { from: 'constant', value: 1 }),
    biasSpec('dss.norm.bias', channels),
    spectrum('dss.Lambda_re'),
    spectrum('dss.Lambda_im'),
    {
      ...matrixSpec('dss.C', [channels, modes, 2], {
        from: 'values',
        // The output of N modes has the size of its input.
        values: (key) =>
          Float32Array.from(
            { length: channels * modes * 2 },
            (_, index) => randomNormal(key, index) / Math.sqrt(modes),
          ),
      }),
      ...{ group: stateSpaceGroup, part: 'filters' },
    },
    { ...biasSpec('dss.D', channels, normal(1)), part: 'filters' },
    ...projectionSpecs(model, 'to_gate', [gate, channels]),
    ...projectionSpecs(model, 'to_out', [d, gate], { residual: true }),
  ];
}

/**
 * The modes of each channel: h[t] = Re Σ_n C[h,n]·(e^Λ[n] - 1)/Λ[n]·e^(Λ[n]·t), Λ = -exp(`Lambda_re`) + i·exp(`Lambda_im`).
 *
 * @param weights values of `dss.Lambda_re`, `dss.Lambda_im` and `dss.C`
 */
export function gssModes(weights: { re: Float32Array; im: Float32Array; c: Float32Array }, channel: number): Mode[] {
  const { re, im, c } = weights;
  const modes = re.length;
  const system = {
    ...{ logDt: Float32Array.of(0), logAReal: re, aImag: im.map(Math.exp), b: null },
    // Of conjugate pairs the rule counts both; here each mode counts once.
    c: c.slice(2 * modes * channel, 2 * modes * (channel + 1)).map((x) => x / 2),
  };
  return discreteModes(system, 'zero-order-hold', 0);
}
