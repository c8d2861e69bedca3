/**
 * Every operation, and the one place where a device registers them: importing this declares all of them, then
 * `registerOperations(backendName, overrides)` makes their kernels.
 */
export { accumulate } from './accumulate/contract.ts';
export { adamW, type AdamWAttributes, type AdamWParameter } from './adamw/contract.ts';
export { crossEntropy, type CrossEntropyAttributes } from './cross-entropy/contract.ts';
export { dropout, type DropoutAttributes } from './dropout/contract.ts';
export { embedding } from './embedding/contract.ts';
export { hyenaExtension, type HyenaExtensionInputs, type HyenaExtensionOutputs } from './hyena-extension/contract.ts';
export {
  hyenaRecurrence,
  type HyenaRecurrenceAttributes,
  type HyenaRecurrenceInputs,
} from './hyena-recurrence/contract.ts';
export {
  implicitFilter,
  type ImplicitFilterAttributes,
  type ImplicitFilterInputs,
} from './implicit-filter/contract.ts';
export { layerNorm } from './layer-norm/contract.ts';
export { linear, type Layout, type LinearAttributes, type Precision } from './linear/contract.ts';
export {
  longConvolution,
  type ConvolutionAlgorithm,
  type LongConvolutionAttributes,
} from './long-convolution/contract.ts';
export { mlp, type MlpAttributes } from './mlp/contract.ts';
export { residualLayerNorm } from './residual-layer-norm/contract.ts';
import './tfjs-gradients.ts';

export { registerOperations, splitBackwardInputs, type BackwardAttributes, type Overrides } from './operation.ts';
