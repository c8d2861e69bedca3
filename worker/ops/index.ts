/**
 * Every operation, and the one place where a device registers them: importing this declares all of them, then
 * `registerOperations(backendName, overrides)` makes their kernels.
 */
export { accumulate } from './accumulate/contract.ts';
export { activation, type ActivationKind } from './activation/contract.ts';
export { adaptedMlp } from './adapted-mlp/contract.ts';
export { adamW, type AdamWParameter } from './adamw/contract.ts';
export { attention } from './attention/contract.ts';
export { crossEntropy } from './cross-entropy/contract.ts';
export { dropout } from './dropout/contract.ts';
export { embedding } from './embedding/contract.ts';
export { continueGroupedConvolution, groupedConvolution, type Orientation } from './grouped-convolution/contract.ts';
export { continueH3, h3, shiftFilter } from './h3/h3.ts';
export { hyenaPrefill } from './hyena-prefill/contract.ts';
export { hyenaRecurrence } from './hyena-recurrence/contract.ts';
export { implicitFilter } from './implicit-filter/contract.ts';
export { layerNorm } from './layer-norm/contract.ts';
export { linear, type LinearAttributes, type LinearLayout } from './linear/contract.ts';
export type { Precision } from '../devices/device.ts';
export { longConvolution, type ConvolutionAlgorithm } from './long-convolution/contract.ts';
export { mlp } from './mlp/contract.ts';
export { modalFilter, type Modes } from './modal-filter/contract.ts';
export { modalScan } from './modal-scan/contract.ts';
export { diagonalModes } from './modes/discretisation.ts';
export { complexModes, decayingModes, realModes } from './modes/modes.ts';
export { residualLayerNorm } from './residual-layer-norm/contract.ts';
export { rmsNorm } from './rms-norm/contract.ts';
export { rotary } from './rotary/contract.ts';
export { selectiveScan } from './selective-scan/contract.ts';
export { tokenShift } from './token-shift/contract.ts';
export { wkv } from './wkv/contract.ts';
import './tfjs-gradients.ts';

export { registerOperations } from './operation.ts';
