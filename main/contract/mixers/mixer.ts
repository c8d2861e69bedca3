import type { FilterView } from '../views.ts';
import type { Message } from '../message.ts';
import type { MessageKey } from '../messages/language.ts';
import type { ParameterSpec } from '../logic/parameter-specs.ts';
import type { ModelConfiguration, ResolvedModelConfiguration } from '../model-configuration.ts';

/** What is computed at once. */
interface SequenceShape {
  /** Tokens of a sequence. */
  readonly length: number;
  /** Sequences computed at once. */
  readonly batch: number;
}

/** Arithmetic of one layer's mixer for one token; a multiplication and an addition are two operations. */
interface MixerFlops {
  /** Matrix products of the projections. */
  readonly matrices: number;
  /** What acts along the sequence: convolutions, recurrences, attention, with their gates. */
  readonly mixing: number;
  /** What is made once a step and shared by all sequences of the batch, as filters are. */
  readonly filters: number;
}

/** Memory of one layer's mixer while training, bytes. */
interface MixerMemory {
  /** What the backward pass needs of the forward pass. */
  readonly saved: number;
  /** What the backward pass needs at once beside its inputs and outputs. */
  readonly workspace: number;
}

/** A word of a row, or a message of the window with its values. */
type SketchWord = string | { readonly say: MessageKey; readonly values?: Record<string, number> };
/** One line of the picture of a mixer. */
export type SketchRow = readonly SketchWord[];

/** Weights of one layer's mixer, by their names within it. */
export type StoredWeights = (name: string) => Promise<Float32Array>;

export interface CurveQuery {
  readonly layer: number;
  /** How many channels, and how many positions of each. */
  readonly channels: number;
  readonly points: number;
}

/** What of a model does not fit together, and the key that a person would change. */
export interface MixerProblem {
  readonly key: keyof ModelConfiguration;
  /** A whole sentence. */
  readonly message: Message;
}

/**
 * A mixer as the contract knows it: pure functions of the configuration, from which forms, estimates and pictures come.
 * Its keys stand in `settings.ts`; what computes is the room of the same name in worker/models/mixers/. A description is
 * asked of models that name it: its methods may take a configuration with its own keys.
 */
export interface MixerDescription {
  /** As people write it: Hyena. */
  readonly title: string;
  /** Keys that may differ between a model and the one whose weights it starts from, besides those of no weight. */
  readonly resizable: readonly (keyof ModelConfiguration)[];
  /** Its keys of no weight: a run may set them as it likes, whatever it starts from. Default: none. */
  readonly weightless?: readonly (keyof ModelConfiguration)[];
  /** Whether l_max ends what the mixer can compute; else it is the length of training alone. */
  bindsContext(model: ModelConfiguration): boolean;
  /** What its keys and those of the model contradict, where no bound of one key says it. */
  problem?(model: ModelConfiguration): MixerProblem | null;
  /**
   * Whether a text that is read part by part costs no more than one that is read at once: what the mixer keeps does not
   * grow with the text, or only what it keeps does. Default: no.
   */
  readsInParts?(model: ModelConfiguration): boolean;
  /**
   * Parameters and buffers of one layer, with their names within the mixer.
   *
   * @param layer its number, which initial values may depend on
   */
  specs(model: ResolvedModelConfiguration, layer: number): ParameterSpec[];
  flops(model: ResolvedModelConfiguration, shape: SequenceShape): MixerFlops;
  /** @param bytes of a value that goes into or out of a product: 4, or 2 in f16 */
  trainingMemory(model: ResolvedModelConfiguration, shape: SequenceShape, bytes: number): MixerMemory;
  /** Bytes that one layer takes at once while it reads a text of `length` tokens. */
  prefillMemory(model: ResolvedModelConfiguration, length: number): number;
  /** Bytes that one layer keeps of a text of `length` tokens. */
  cacheBytes(model: ResolvedModelConfiguration, length: number): number;
  /** What stands beside its title in the picture of the model, and the lines below. */
  sketch(model: ModelConfiguration): { readonly detail: SketchRow; readonly rows: readonly SketchRow[] };
  /** The filters of a layer, drawn; a mixer without filters has none. */
  curves?(model: ResolvedModelConfiguration, weights: StoredWeights, query: CurveQuery): Promise<FilterView>;
}
