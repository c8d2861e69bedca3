import type * as tf from '@tensorflow/tfjs-core';

/** An attribute of a TensorFlow op; `type` is one of the binding's TF_ATTR_ numbers. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** A tensor that an op returned. */
interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** The functions and numbers of `tfjs_binding.node` that are used here. */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_COMPLEX64: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: number[], dtype: number, values: tf.BackendValues): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): tf.BackendValues;
  executeOp(name: string, attributes: OpAttribute[], inputs: number[], outputs: number): TensorMetadata[];
}

/** The backend of the npm package, as far as it is used here. */
export interface TensorFlowBackend extends tf.KernelBackend {
  readonly binding: Binding;
  readSync(dataId: tf.DataId): tf.BackendValues;
  /** Handles of tensors, which are sent to the device where they are not there yet. */
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
  /** Makes a tensor of the engine of what an op returned. */
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: tf.TensorInfo[], count: number): tf.Tensor[];
}
