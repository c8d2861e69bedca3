import * as tf from '@tensorflow/tfjs-core';

/**
 * How an operation of this project becomes a pair of tfjs kernels.
 *
 * An operation is few and fat: `forward` maps input tensors to output tensors, `backward` maps the gradients of the
 * outputs to the gradients of all inputs. Both exist `composed` of plain tfjs operations, which run on every backend;
 * a device may override either with a kernel of its own under the names `<name>` and `<name>Backward`.
 */
export type Attributes = Record<string, string | number | boolean | number[] | null>;

export interface Implementation<A extends Attributes> {
  /** Inputs in the order of the contract to outputs in the order of the contract. */
  forward(inputs: tf.Tensor[], attributes: A): tf.Tensor[];
  /** Gradients of the inputs, in their order; a zero-size placeholder is never returned. */
  backward?(outputGradients: tf.Tensor[], inputs: tf.Tensor[], outputs: tf.Tensor[], attributes: A): tf.Tensor[];
}

export interface Operation<A extends Attributes> {
  readonly name: string;
  /** Which outputs `backward` needs; all inputs are always kept. */
  readonly savedOutputs: readonly boolean[];
  /** Which inputs have a gradient (token ids do not). */
  readonly differentiable: (index: number) => boolean;
  readonly composed: Implementation<A>;
  /** Runs the operation on the current backend, recorded for the gradient. */
  run(inputs: tf.Tensor[], attributes: A): tf.Tensor[];
}

const operations = new Map<string, Operation<Attributes>>();

export function backwardKernelName(name: string): string {
  return `${name}Backward`;
}

const asNamed = (tensors: tf.Tensor[]) => tensors as unknown as tf.NamedTensorMap;
const toList = (result: tf.Tensor | tf.Tensor[]): tf.Tensor[] => (Array.isArray(result) ? result : [result]);

/** Declares an operation and its gradient, for every backend. */
export function defineOperation<A extends Attributes>(
  definition: Pick<Operation<A>, 'name' | 'composed'> & Partial<Pick<Operation<A>, 'savedOutputs' | 'differentiable'>>,
): Operation<A> {
  const { name, composed, savedOutputs = [], differentiable = () => true } = definition;
  const operation: Operation<A> = {
    name,
    composed,
    savedOutputs,
    differentiable,
    run: (inputs, attributes) =>
      toList(
        tf.engine().runKernel(name, asNamed(inputs), attributes as unknown as tf.NamedAttrMap) as
          tf.Tensor | tf.Tensor[],
      ),
  };
  if (composed.backward) {
    tf.registerGradient({
      kernelName: name,
      saveAllInputs: true,
      outputsToSave: [...savedOutputs],
      gradFunc: (dy, saved, attributes) => {
        // Computed at once, not in the thunks: a result shared between lazy thunks would be disposed with the first.
        const gradients = toList(
          tf.engine().runKernel(backwardKernelName(name), asNamed([...toList(dy), ...saved]), {
            ...attributes,
            outputCount: toList(dy).length,
            savedOutputCount: savedOutputs.filter(Boolean).length,
          }) as tf.Tensor | tf.Tensor[],
        );
        const inputCount = saved.length - savedOutputs.filter(Boolean).length;
        const thunks: Record<string, () => tf.Tensor> = {};
        let next = 0;
        for (let index = 0; index < inputCount; index++) {
          if (!differentiable(index)) continue;
          const gradient = gradients[next++]!;
          thunks[String(index)] = () => gradient;
        }
        return thunks;
      },
    });
  }
  operations.set(name, operation as unknown as Operation<Attributes>);
  return operation;
}

/** A backend's own kernels by kernel name (`<Name>`, `<Name>Backward`); what is left out stays composed. */
export type Overrides = Record<string, tf.KernelFunc>;

/** What the kernel `<Name>Backward` is called with, besides the attributes of the operation. */
export interface BackwardAttributes extends Attributes {
  outputCount: number;
  savedOutputCount: number;
}

/** The inputs of a backward kernel, taken apart: gradients of the outputs, inputs, saved outputs. */
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
  for (const { name, composed } of operations.values()) {
    const forward: tf.KernelFunc = ({ inputs, attrs }) =>
      tf.tidy(() => composed.forward(Object.values(inputs) as tf.Tensor[], attrs as unknown as Attributes));
    tf.registerKernel({ kernelName: name, backendName, kernelFunc: overrides[name] ?? forward });
    if (!composed.backward) continue;
    const gradient = composed.backward.bind(composed);
    const backward: tf.KernelFunc = ({ inputs, attrs }) => {
      const attributes = attrs as unknown as BackwardAttributes;
      const [outputGradients, saved, outputs] = splitBackwardInputs(Object.values(inputs) as tf.Tensor[], attributes);
      return tf.tidy(() => gradient(outputGradients, saved, outputs, attributes));
    };
    const kernelName = backwardKernelName(name);
    tf.registerKernel({ kernelName, backendName, kernelFunc: overrides[kernelName] ?? backward });
  }
}
