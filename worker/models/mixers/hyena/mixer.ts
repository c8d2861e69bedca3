import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import { resampledPositions } from '../../../../main/contract/mixers/hyena/positions.ts';
import type { Mixer, Weights } from '../mixer.ts';
import { ReferenceDecoder } from './cached-decoder.ts';
import { HyenaCache } from './cache.ts';
import { distilHyena } from './distilled/distiller.ts';
import { hyenaForward, hyenaMixing } from './forward.ts';
import { HyenaStepper } from './host-step.ts';
import { hostStepper } from './host-stepper.ts';
import { nativeStepper } from './native-stepper.ts';
import { prefillHyena } from './prefill.ts';
import { webgpuStepper } from './webgpu-stepper.ts';

/** Tables of the filters that have a row for each position. */
const positionTables = { 'filter_fn.pos_emb.z': 'features', 'filter_fn.pos_emb.t': 'times' } as const;

export const hyena = {
  forward: hyenaForward,
  mixing: hyenaMixing,
  prefill: prefillHyena,
  step: { host: (weights: Weights, config: HyenaConfiguration) => new HyenaStepper(weights, config) },
  fused: { host: hostStepper, native: nativeStepper, webgpu: webgpuStepper },
  cacheFrom: (tensors, _length, config: HyenaConfiguration) => HyenaCache.from(tensors, config),
  resize(name, values, from: HyenaConfiguration, length) {
    const table = Object.hasOwn(positionTables, name) ? positionTables[name as keyof typeof positionTables] : null;
    return table === null ? values : resampledPositions(table, values, from, length);
  },
  comparison: (model) => ReferenceDecoder.create(model),
  distiller: distilHyena,
} satisfies Mixer;
