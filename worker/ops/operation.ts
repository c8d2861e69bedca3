import * as tf from '@tensorflow/tfjs-core';

/**
 * How an operation of this project becomes a pair of tfjs kernels.
 *
 * An operation is few and fat: `forward` maps input tensors to output tensors, `backward` maps the gradients of the
 * visible outputs to the gradients of the differentiable inputs. Both exist `composed` of plain tfjs operations, which
 * run on every backend; a device may override either with its own kernel under the names `<Name>` and
 * `<Name>Backward`.
 */
export type Attributes = Record<string, string | number | boolean | number[] | null>;

export interface Implementation<A extends Attributes> {
  /** Inputs in the order of the contract to outputs in the order of the contract; never an input itself. */
  forward(inputs: tf.Tensor[], attributes: A): tf.Tensor[];
  /**
   * Gradients of the differentiable inputs, in their order. One that is not wanted may be of shape `[0]`.
   *
   * @param outputGradients of the visible outputs
   * @param saved the saved inputs, in their order
   * @param outputs the saved outputs, in their order
   */
  backward?(
    outputGradients: tf.Tensor[],
    saved: tf.Tensor[],
    outputs: tf.Tensor[],
    attributes: A & Unwanted,
  ): tf.Tensor[];
}

export interface OperationDefinition<A extends Attributes> {
  readonly name: string;
  readonly composed: Implementation<A>;
  /** How many of the outputs the caller sees; those behind them exist for `backward` alone. Default: 1. */
  readonly visibleOutputs?: number;
  /** Which inputs `backward` needs. Default: all. */
  readonly savedInputs?: (index: number) => boolean;
  /** Which outputs `backward` needs. Default: none. */
  readonly savedOutputs?: (index: number) => boolean;
  /** Which inputs have a gradient (token ids do not). Default: all. */
  readonly differentiable?: (index: number) => boolean;
}

export interface Operation<A extends Attributes> {
  readonly name: string;
  /** Runs the operation on the current backend, recorded for the gradient; returns the visible outputs. */
  run(inputs: tf.Tensor[], attributes: A): tf.Tensor[];
  /** Runs only the forward kernel, nothing recorded; returns all outputs. For kernels made of other operations. */
  forward(inputs: tf.Tensor[], attributes: A): tf.Tensor[];
  /** Runs only the backward kernel, for all gradients. */
  backward(outputGradients: tf.Tensor[], saved: tf.Tensor[], outputs: tf.Tensor[], attributes: A): tf.Tensor[];
}

/** What the kernel `<Name>Backward` is called with, besides the attributes of the operation. */
export interface BackwardAttributes extends Attributes {
  outputCount: number;
  savedOutputCount: number;
  unwanted: number[];
}

interface Unwanted {
  /**
   * Positions among the gradients that nobody wants: those of frozen weights, and of what depends on frozen ones alone.
   * Left out: none.
   */
  readonly unwanted?: readonly number[];
}

/** Whether a backward kernel has to compute the gradient at that position. */
export const isWanted = ({ unwanted = [] }: Unwanted, position: number): boolean => !unwanted.includes(position);

const definitions = new Map<string, OperationDefinition<Attributes>>();

export function backwardKernelName(name: string): string {
  return `${name}Backward`;
}

type Saver = (tensors: tf.Tensor[]) => void;

/**
 * The engine's own way to record a gradient. `tf.customGrad` is made of it, but allows a single output, and
 * `tf.registerGradient` would allocate a zero gradient for every output that only the backward kernel needs.
 */
interface Recorder {
  runKernelFunc(call: {
    inputs: Record<string, tf.Tensor>;
    forwardFunc: (backend: unknown, save: Saver) => tf.Tensor[];
    backwardsFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
  }): tf.Tensor[];
}

/** What the engine records of a kernel. In the backward pass only the inputs whose gradients it wants are left. */
interface TapeNode {
  readonly inputs: Record<string, tf.Tensor>;
  readonly outputs: tf.Tensor[];
  gradient?: (outputGradients: tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/**
 * Runs `forward` and records `backward` for it.
 *
 * @param forward returns the outputs that the caller sees, and calls `save` with what `backward` needs
 * @param backward gradients of the inputs by index; an index left out has none. `isInputWanted` tells which of them are used:
 *   the others may be left out
 */
export function recordGradient(
  inputs: tf.Tensor[],
  forward: (save: Saver) => tf.Tensor[],
  backward: (
    outputGradients: tf.Tensor[],
    saved: tf.Tensor[],
    isInputWanted: (index: number) => boolean,
  ) => Map<number, tf.Tensor>,
): tf.Tensor[] {
  let wanted: Record<string, tf.Tensor> | null = null;
  const outputs = (tf.engine() as unknown as Recorder).runKernelFunc({
    inputs: Object.fromEntries(inputs.map((input, index) => [String(index), input])),
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: (dy, saved) => {
      const outputGradients = Array.isArray(dy) ? dy : [dy];
      // Computed at once, not in the thunks: a result shared between lazy thunks would be disposed with the first.
      const gradients = backward(outputGradients, saved, (index) => wanted === null || String(index) in wanted);
      if (releasing) for (const tensor of [...outputGradients, ...saved]) tensor.dispose();
      return Object.fromEntries([...gradients].map(([index, gradient]) => [String(index), () => gradient]));
    },
  });
  const node = (tf.engine().state.activeTape as TapeNode[] | undefined)?.at(-1);
  const gradient = node?.gradient;
  if (gradient && node.outputs[0] === outputs[0])
    // The engine calls this on a copy of the node, without the inputs that lead to nothing that it differentiates by.
    node.gradient = function (this: TapeNode, outputGradients) {
      wanted = this.inputs;
      return gradient(outputGradients);
    };
  return outputs;
}

let releasing = false;

/**
 * Within `compute`, the gradients and saved tensors that an operation's backward pass has used are freed at once and
 * not, as the engine does it, when the whole backward pass ends. For gradients of whole models: their memory is then
 * that of the activations. What `compute` differentiates must not be needed by anyone else.
 */
export function releasingEarly<T>(compute: () => T): T {
  const before = releasing;
  releasing = true;
  try {
    return compute();
  } finally {
    releasing = before;
  }
}

function runKernel(kernelName: string, inputs: tf.Tensor[], attributes: Attributes): tf.Tensor[] {
  const result = tf
    .engine()
    .runKernel<tf.Tensor | tf.Tensor[]>(
      kernelName,
      inputs as unknown as tf.NamedTensorMap,
      attributes as unknown as tf.NamedAttrMap,
    );
  return Array.isArray(result) ? result : [result];
}

/** Declares an operation and its gradient, for every backend. */
export function defineOperation<A extends Attributes>(definition: OperationDefinition<A>): Operation<A> {
  const { name, composed, visibleOutputs = 1, savedInputs, savedOutputs, differentiable } = definition;
  definitions.set(name, definition);
  const always = () => true;
  const never = () => false;

  const forward = (inputs: tf.Tensor[], attributes: A) => runKernel(name, inputs, attributes);
  const backward = (
    outputGradients: tf.Tensor[],
    saved: tf.Tensor[],
    outputs: tf.Tensor[],
    attributes: A,
    unwanted: number[] = [],
  ) =>
    runKernel(backwardKernelName(name), [...outputGradients, ...saved, ...outputs], {
      ...attributes,
      outputCount: outputGradients.length,
      savedOutputCount: outputs.length,
      unwanted,
    });

  const run = (inputs: tf.Tensor[], attributes: A): tf.Tensor[] => {
    if (!composed.backward) return forward(inputs, attributes);
    const inputsToSave = inputs.filter((_, index) => (savedInputs ?? always)(index));
    return recordGradient(
      inputs,
      (save) => {
        const outputs = forward(inputs, attributes);
        save([...inputsToSave, ...outputs.filter((_, index) => (savedOutputs ?? never)(index))]);
        return outputs.slice(0, visibleOutputs);
      },
      (outputGradients, saved, isInputWanted) => {
        const indices = inputs.map((_, index) => index).filter(differentiable ?? always);
        const gradients = backward(
          outputGradients,
          saved.slice(0, inputsToSave.length),
          saved.slice(inputsToSave.length),
          attributes,
          [...indices.keys()].filter((position) => !isInputWanted(indices[position])),
        );
        const used = new Map<number, tf.Tensor>();
        for (const [position, index] of indices.entries())
          if (isInputWanted(index)) used.set(index, gradients[position]);
          else gradients[position].dispose();
        return used;
      },
    );
  };
  return { name, run, forward, backward };
}

/** A backend's own kernels by kernel name (`<Name>`, `<Name>Backward`); what is left out stays composed. */
export type Overrides = Record<string, tf.KernelFunc>;

/** The inputs of a backward kernel, taken apart: gradients of the visible outputs, saved inputs, saved outputs. */
export function splitBackwardInputs<T>(tensors: T[], attributes: BackwardAttributes): [T[], T[], T[]] {
  const inputsEnd = tensors.length - attributes.savedOutputCount;
  return [
    tensors.slice(0, attributes.outputCount),
    tensors.slice(attributes.outputCount, inputsEnd),
    tensors.slice(inputsEnd),
  ];
}

/**
 * Registers every operation's kernels with a tfjs backend. Call once for each backend, after all operations have been
 * imported and before the first use.
 */
export function registerOperations(backendName: string, overrides: Overrides = {}): void {
  const unused = new Set(Object.keys(overrides));
  const register = (kernelName: string, composed: tf.KernelFunc) => {
    tf.registerKernel({ kernelName, backendName, kernelFunc: overrides[kernelName] ?? composed });
    unused.delete(kernelName);
  };
  for (const { name, composed } of definitions.values()) {
    register(name, ({ inputs, attrs }) =>
      tf.tidy(() => composed.forward(Object.values(inputs) as tf.Tensor[], attrs as unknown as Attributes)),
    );
    const gradient = composed.backward?.bind(composed);
    if (!gradient) continue;
    register(backwardKernelName(name), ({ inputs, attrs }) => {
      const attributes = attrs as unknown as BackwardAttributes;
      const [outputGradients, saved, outputs] = splitBackwardInputs(Object.values(inputs) as tf.Tensor[], attributes);
      return tf.tidy(() => gradient(outputGradients, saved, outputs, attributes));
    });
  }
  if (unused.size > 0) throw new Error(`Overrides of unknown kernels: ${[...unused].join(', ')}`);
}
