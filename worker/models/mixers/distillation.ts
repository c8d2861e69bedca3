import type { DistillationResult } from '../../../main/contract/distillation.ts';
import type { HyenaError } from '../../../main/contract/errors.ts';
import type { Stepper } from '../decoding/stepper.ts';
import type { LanguageModel } from '../language-model.ts';
import type { LayerStepper, StepDevice, Weights } from './mixer.ts';

export interface DistillationPlace {
  /** Of the run; fits are kept in it, by weights and state. */
  readonly runFolder: string;
  /** Checksum of the weights. */
  readonly identity: string;
}

/** Layers that go on in constant memory after they have read a text exactly. */
export interface DistilledLayers {
  /** By their place in the model; their states need nothing of a cache once they have begun. */
  readonly layers: ReadonlyMap<number, (model: LanguageModel, mixerWeights: Weights) => LayerStepper>;
  /** The whole model, where all its layers are among them and its blocks are the usual ones. */
  readonly fused?: Partial<Record<StepDevice, (model: LanguageModel) => Stepper>>;
}

export interface Distilled {
  readonly layers: DistilledLayers;
  /** Whether the fit had been kept before. */
  readonly kept: boolean;
  /** How near it comes. */
  readonly quality: Pick<DistillationResult, 'exactTaps' | 'relative' | 'largest' | 'bound' | 'needed' | 'filters'>;
}

/** Distils the layers of a model that have a mixer, so that a token costs them the same however long the text is. */
export type Distiller = (
  model: LanguageModel,
  state: number,
  place: DistillationPlace,
  options: { onProgress?: (done: number) => void; onProblem: (error: HyenaError) => void },
) => Promise<Distilled>;
