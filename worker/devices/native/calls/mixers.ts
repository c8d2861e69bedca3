import type { Handle } from './device.ts';

interface GroupedConvolutionInputs {
  channels: number;
  /** Divides the channels; neighbouring ones share a filter. */
  groups: number;
  batch: number;
  /** Rows of u before the first of y: what the chunk before left. */
  lead: number;
  /** Rows of y. */
  length: number;
  taps: number;
  /** Whether the last tap multiplies the present, or the first. */
  presentLast: boolean;
  /** `[channels, batch, lead + length]` */
  u: Handle;
  /** `[groups, taps]` */
  filter: Handle;
  /** `[channels]` */
  skip: Handle | null;
}

interface GroupedConvolutionCall extends GroupedConvolutionInputs {
  /** `[channels]` */
  bias: Handle | null;
  /** `[channels, batch, length]` */
  y: Handle;
}

interface GroupedConvolutionBackwardCall extends GroupedConvolutionInputs {
  /** `[channels, batch, length]` */
  dy: Handle;
  /** As u. */
  du: Handle;
  /** As filter. */
  dFilter: Handle;
  /** `[channels]` */
  dBias: Handle | null;
  /** `[channels]` */
  dSkip: Handle | null;
}

interface ModalInputs {
  groups: number;
  /** Exponentials of a group. */
  modes: number;
  length: number;
  /** `[groups, modes, 4]` */
  poles: Handle;
  /** `[groups, modes, 2]` */
  residues: Handle;
}

interface ModalFilterCall extends ModalInputs {
  /** `[groups, length]` */
  h: Handle;
}

interface ModalFilterBackwardCall extends ModalInputs {
  /** `[groups, length]` */
  dh: Handle;
  /** As poles. */
  dPoles: Handle;
  /** As residues. */
  dResidues: Handle;
}

interface ModalScanCall extends ModalInputs {
  channels: number;
  batch: number;
  /** `[channels, batch, length]` */
  u: Handle;
  /** `[groups]` */
  skip: Handle;
  /** As u. */
  y: Handle;
  /** `[channels, batch, modes, 4]`, the state before the first row; null: zeros. */
  before: Handle | null;
  /** As before, gets the state after the last row. */
  after: Handle;
}

interface WkvInputs {
  batch: number;
  length: number;
  width: number;
  /** `[batch, length, width]` */
  k: Handle;
  /** As k. */
  v: Handle;
  /** `[width]` */
  rate: Handle;
  /** `[width]` */
  bonus: Handle;
}

interface WkvCall extends WkvInputs {
  /** `[3, batch, width]`, the state before the first position; null: nothing was seen. */
  before: Handle | null;
  /** As k. */
  y: Handle;
  /** `[3, batch, width]`, gets the state after the last position. */
  after: Handle;
}

interface WkvBackwardCall extends WkvInputs {
  /** As k. */
  dy: Handle;
  /** As k. */
  dK: Handle;
  /** As k. */
  dV: Handle;
  /** As rate. */
  dRate: Handle;
  /** As rate. */
  dBonus: Handle;
}

/** What mixers do along the sequence, apart from Hyena's long convolutions and attention. */
export interface MixerCalls {
  groupedConvolution(call: GroupedConvolutionCall): void;
  groupedConvolutionBackward(call: GroupedConvolutionBackwardCall): void;
  modalFilter(call: ModalFilterCall): void;
  modalFilterBackward(call: ModalFilterBackwardCall): void;
  modalScan(call: ModalScanCall): void;
  wkv(call: WkvCall): void;
  wkvBackward(call: WkvBackwardCall): void;
}
