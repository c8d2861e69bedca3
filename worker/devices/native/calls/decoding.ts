import type { Handle } from './device.ts';

/** The recurrence at `length` positions after `past` others, and what these add to those that follow. */
interface PrefillCall {
  d: number;
  /** Columns of p that belong to the past, for the short filters. */
  lead: number;
  length: number;
  past: number;
  /** Taps of h: past + length, or more where positions lie ahead. */
  reach: number;
  /** Taps of the short filters. */
  shortLength: number;
  order: number;
  /** `[(N+1)D, lead + length]` */
  p: Handle;
  /** `[(N+1)D, shortLength]` */
  shortWeight: Handle;
  /** `[(N+1)D]` */
  shortBias: Handle;
  /** `[(N-1)D, reach]` */
  h: Handle;
  /** `[(N-1)D]` */
  skip: Handle;
  /** `[(N-1)D, past]`: what the long filters read in the past; null if there is none. */
  convInputs: Handle | null;
  /** `[D, length]` */
  y: Handle;
  /** `[(N-1)D, length]`: what the long filters read here. */
  inputs: Handle;
  /** `[(N-1)D, reach - past - length]`: what all this adds at the positions ahead; null if there are none. */
  lookahead: Handle | null;
}

/** One token more of each of several texts, the whole model. */
interface DecodeStepCall {
  d: number;
  inner: number;
  vocabulary: number;
  layers: number;
  order: number;
  /** Taps of the short filters. */
  shortLength: number;
  /** Of the norms. */
  epsilon: number;
  /** Embedding, weight and bias of the last norm, head, then of each layer those of native-stepper.ts, in its order. */
  weights: readonly Handle[];
  /** Window, block inputs and block base of each layer of each text. */
  states: readonly Handle[];
  /** The token of each text. */
  ids: readonly number[];
  /** Its place in its block. */
  places: readonly number[];
  /** `[texts, vocabulary]` */
  logits: Handle;
}

/**
 * What one layer of a text does between blocks of tokens: `blockInputs` goes to `inputs`, the tile that is due is added to
 * `tileSums`, and `blockBase` gets the coming block's share of all before it.
 */
interface DecodeAdvanceCall {
  /** (N-1)D */
  channels: number;
  /** Columns of inputs and tile sums: a power of two of whole blocks. */
  room: number;
  /** Of the filters. */
  taps: number;
  /** Columns of `lookahead`. */
  ahead: number;
  /** Tokens generated so far: whole blocks. */
  generated: number;
  /** `[block, channels]` */
  blockInputs: Handle;
  /** `[block, channels]` */
  blockBase: Handle;
  /** `[channels, room]` */
  inputs: Handle;
  /** `[channels, room]` */
  tileSums: Handle;
  /** `[channels, taps]` */
  filters: Handle;
  /** `[channels, ahead]`: what the text before adds; null where that is nothing. */
  lookahead: Handle | null;
}

/** One position more of each of some texts. */
interface AttentionStepCall {
  heads: number;
  /** A divisor of `heads`. */
  kvHeads: number;
  headDim: number;
  /** `[headDim]`, the scale of each head's RMSNorm; null if there is none. */
  qNorm: Handle | null;
  /** As qNorm. */
  kNorm: Handle | null;
  /** Of the norms. */
  epsilon: number;
  /** Of rotary positions; null where heads are not rotated. */
  base: number | null;
  interpolation: number;
  /** `[texts, (heads + 2 kvHeads) · headDim]`, as projected; overwritten. */
  qkv: Handle;
  /**
   * Of each text the keys and the values that were read at once before, `[prefix, kvHeads · headDim]`, and those generated
   * since, `[room, kvHeads · headDim]`, which get the new row.
   */
  buffers: readonly Handle[];
  /**
   * Of each text its position, the first row that it sees of the prefix, the prefix's rows, the first row that it sees of
   * those generated since, where the new row goes, and the room.
   */
  places: readonly number[];
  /** `[texts, heads · headDim]` */
  y: Handle;
}

/** Modes of a step, null and 0 where a mixer has explicit filters. */
interface StepModes<Present> {
  groups: number;
  modes: number;
  /** `[groups, modes, 4]` */
  poles: Handle | Present;
  /** `[groups, modes, 2]` */
  residues: Handle | Present;
  /** `[groups]` */
  modesSkip: Handle | Present;
}

interface StepTexts {
  texts: number;
  d: number;
  /** Text by text, written to. */
  states: readonly Handle[];
  /** `[texts, d]` */
  x: Handle;
  /** As x. */
  y: Handle;
}

/** y = out(gate · filter(a · b)), where gate, a and b are thirds of in(x) after a short convolution. */
interface GatedStepCall extends StepModes<null>, StepTexts {
  /** Which third, from 0. */
  gate: number;
  /** `[3 d, d]` */
  inWeight: Handle;
  /** `[3 d]` */
  inBias: Handle | null;
  /** `[d, d]` */
  outWeight: Handle;
  /** `[d]` */
  outBias: Handle | null;
  shortTaps: number;
  /** `[3 d, shortTaps]`; null, with one tap, where there is no short convolution. */
  shortWeight: Handle | null;
  /** `[3 d]` */
  shortBias: Handle | null;
  taps: number;
  presentLast: boolean;
  /** `[groups, taps]`; null where there are modes. */
  filter: Handle | null;
  /** `[d]` */
  filterBias: Handle | null;
  /** `[d]` */
  filterSkip: Handle | null;
  /**
   * Of each text `[3 d, shortTaps - 1]`, left out where there is one tap, and `[d, taps - 1]` or, with modes,
   * `[d, modes, 4]`.
   */
  states: readonly Handle[];
}

interface H3StepCall extends StepModes<never>, StepTexts {
  /** Channels of a head; `groups` is the number of heads. */
  size: number;
  /** `[d, d]` */
  qWeight: Handle;
  /** `[d]` */
  qBias: Handle | null;
  /** As qWeight. */
  kWeight: Handle;
  /** As qBias. */
  kBias: Handle | null;
  /** As qWeight. */
  vWeight: Handle;
  /** As qBias. */
  vBias: Handle | null;
  /** As qWeight. */
  outWeight: Handle;
  /** As qBias. */
  outBias: Handle | null;
  taps: number;
  /** `[d, taps]`, the last tap that of the present. */
  shift: Handle;
  /** `[d]` */
  shiftSkip: Handle;
  /** Of each text `[d, taps - 1]` and `[d · size, modes, 4]`. */
  states: readonly Handle[];
}

interface S4dStepCall extends StepModes<never>, StepTexts {
  /** `[2 d, d]` */
  outWeight: Handle;
  /** `[2 d]` */
  outBias: Handle | null;
  /** Of each text `[d, modes, 4]`. */
  states: readonly Handle[];
}

interface RwkvStepCall extends StepTexts {
  /** `[d, d]` */
  keyWeight: Handle;
  /** `[d]` */
  keyBias: Handle | null;
  /** As keyWeight. */
  valueWeight: Handle;
  /** As keyBias. */
  valueBias: Handle | null;
  /** As keyWeight. */
  receptanceWeight: Handle;
  /** As keyBias. */
  receptanceBias: Handle | null;
  /** As keyWeight. */
  outWeight: Handle;
  /** As keyBias. */
  outBias: Handle | null;
  /** `[d]`, the share of the present in what keys are projected of. */
  mixKey: Handle;
  /** As mixKey. */
  mixValue: Handle;
  /** As mixKey. */
  mixReceptance: Handle;
  /** `[d]`: the logarithm of what an exponent loses with every position. */
  decay: Handle;
  /** `[d]` */
  bonus: Handle;
  /** Of each text `[d]`, the input before, and `[3, d]`, as `wkv` has them. */
  states: readonly Handle[];
}

interface Mamba2StepCall extends StepTexts {
  /** Channels of all heads. */
  inner: number;
  heads: number;
  /** Numbers that each channel keeps. */
  stateSize: number;
  /** Of the norm. */
  epsilon: number;
  taps: number;
  /** `[2 inner + 2 stateSize + heads, d]` */
  inWeight: Handle;
  /** `[2 inner + 2 stateSize + heads]` */
  inBias: Handle | null;
  /** `[d, inner]` */
  outWeight: Handle;
  /** `[d]` */
  outBias: Handle | null;
  /** `[inner + 2 stateSize, taps]`, the last tap that of the present. */
  filter: Handle;
  /** `[inner + 2 stateSize]` */
  filterBias: Handle;
  /** `[heads]` */
  dtBias: Handle;
  /** As dtBias. */
  aLog: Handle;
  /** As dtBias. */
  skip: Handle;
  /** `[inner]` */
  norm: Handle;
  /** Of each text `[inner + 2 stateSize, taps - 1]` and `[heads, stateSize, inner / heads]`. */
  states: readonly Handle[];
}

/** One part of a text after another: prefill, and a token at a time. */
export interface DecodingCalls {
  prefill(call: PrefillCall): void;
  decodeStep(call: DecodeStepCall): void;
  decodeAdvance(call: DecodeAdvanceCall): void;
  attentionStep(call: AttentionStepCall): void;

  // One position more of each of some texts, by the mixers of those names.
  gatedStep(call: GatedStepCall): void;
  h3Step(call: H3StepCall): void;
  s4dStep(call: S4dStepCall): void;
  rwkvStep(call: RwkvStepCall): void;
  mamba2Step(call: Mamba2StepCall): void;
}
