import type { TensorEntry } from '../../../library/checkpoints/safetensors.ts';
import {
  dataTypes,
  floatInfo,
  type AttributeRecord,
  type DataType,
  type GraphRecord,
  type NodeRecord,
  type SubgraphRecord,
  type TensorRecord,
  type ValueRecord,
} from './format.ts';

/** A value of a graph, by its name. */
export type Value = string;

/** The last index of an axis, for slices to its end. */
export const toEnd = Number.MAX_SAFE_INTEGER;

const [floatAttribute, intAttribute, stringAttribute, graphAttribute, intsAttribute] = [1, 2, 3, 5, 7];
const weightTypes: Partial<Record<string, DataType>> = { F32: 'float', F16: 'float16', BF16: 'bfloat16' };

/** Where weights lie: tensors of a safetensors file, which a graph reads as they are. */
export interface WeightFile {
  readonly name: string;
  entry(name: string): TensorEntry;
  has(name: string): boolean;
  readFloats(name: string): Promise<Float32Array>;
}

/** Builds a graph node by node; values are known by their names. */
export class Graph {
  readonly weights: WeightFile;
  readonly #name: string;
  #nodes: NodeRecord[] = [];
  #count = 0;
  readonly #initializers = new Map<string, TensorRecord>();
  readonly #inputs: ValueRecord[] = [];
  readonly #outputs: ValueRecord[] = [];
  readonly #widened = new Map<string, Value>();

  constructor(name: string, weights: WeightFile) {
    this.#name = name;
    this.weights = weights;
  }

  get record(): GraphRecord {
    return {
      ...{ name: this.#name, node: this.#nodes, initializer: [...this.#initializers.values()] },
      ...{ input: this.#inputs, output: this.#outputs },
    };
  }

  get inputs(): readonly ValueRecord[] {
    return this.#inputs;
  }

  input(name: string, type: DataType, shape: readonly (number | string)[]): Value {
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** Gives a value a name by which a caller gets it. */
  output(value: Value, name: string, type: DataType, shape: readonly (number | string)[]): void {
    this.#nodes.push({ name, opType: 'Identity', input: [value], output: [name], attribute: [] });
    this.#outputs.push({ name, type, shape });
  }

  /** The result of an operator. @param inputs an empty name leaves an input out */
  op(opType: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.ops(opType, inputs, 1, attributes)[0];
  }

  /** The results of an operator that has several. */
  ops(
    opType: string,
    inputs: readonly Value[],
    count: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const name = `${opType}_${this.#count++}`;
    const output = Array.from({ length: count }, (_, index) => (count === 1 ? name : `${name}.${index}`));
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.#nodes.push({ name, opType, input: inputs, output, attribute });
    return output;
  }

  /**
   * A recurrence over the positions of some values (the operator Scan). Weights that `body` needs are to be made before.
   *
   * @param state values at first, all of fp32
   * @param inputs `[L,…]` each, of which `body` is given one position
   * @param body the state after a position, and what it gives there
   * @returns what all positions gave, `[L,…]`
   */
  scan(
    state: readonly Value[],
    inputs: readonly Value[],
    body: (state: Value[], inputs: Value[]) => { state: readonly Value[]; output: Value },
  ): Value {
    const outer = this.#nodes;
    this.#nodes = [];
    const own = (values: readonly Value[]) => values.map(() => `position_${this.#count++}`);
    const [before, here] = [own(state), own(inputs)];
    const made = body(before, here);
    const record: SubgraphRecord = {
      ...{ name: `scan_${this.#count++}`, node: this.#nodes, input: [...before, ...here].map(floatInfo) },
      output: [...made.state, made.output].map(floatInfo),
    };
    this.#nodes = outer;
    return this.ops('Scan', [...state, ...inputs], state.length + 1, {
      ...{ body: { graph: record }, num_scan_inputs: inputs.length },
    })[state.length];
  }

  /** Whole numbers as a constant, `[n]`, or one as a scalar. */
  ints(values: readonly number[] | number): Value {
    const list = typeof values === 'number' ? [values] : values;
    const name = `int.${typeof values === 'number' ? 'scalar.' : ''}${list.join('.')}`;
    const data = BigInt64Array.from(list, BigInt);
    return this.#constant(name, 'int64', typeof values === 'number' ? [] : [list.length], data);
  }

  scalar(value: number, type: 'float' | 'double' = 'float'): Value {
    return this.floats(`${type}.${value}`, type === 'float' ? Float32Array.of(value) : Float64Array.of(value), []);
  }

  /** Numbers that were computed here. */
  floats(name: string, values: Float32Array | Float64Array, shape: readonly number[]): Value {
    return this.#constant(name, values instanceof Float32Array ? 'float' : 'double', shape, values);
  }

  /** A tensor of the file of weights, in fp32; in the file it stays what it is. */
  weight(name: string): Value {
    const known = this.#widened.get(name);
    if (known !== undefined) return known;
    const { dtype, shape, start, byteLength } = this.weights.entry(name);
    const type = weightTypes[dtype];
    if (!type) throw new RangeError(`Weights of the type ${dtype} are not exported.`);
    const place = { location: this.weights.name, offset: String(start), length: String(byteLength) };
    this.#initializers.set(name, {
      ...{ name, dims: shape, dataType: dataTypes[type], dataLocation: 1 },
      externalData: Object.entries(place).map(([key, value]) => ({ key, value })),
    });
    const widened = type === 'float' ? name : this.cast(name, 'float');
    this.#widened.set(name, widened);
    return widened;
  }

  #constant(name: string, type: DataType, dims: readonly number[], values: ArrayBufferView): Value {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.set(name, { name, dims, dataType: dataTypes[type], rawData });
    return name;
  }

  // Shorthands of operators.

  add = (a: Value, b: Value): Value => this.op('Add', [a, b]);
  sub = (a: Value, b: Value): Value => this.op('Sub', [a, b]);
  mul = (a: Value, b: Value): Value => this.op('Mul', [a, b]);
  matMul = (a: Value, b: Value): Value => this.op('MatMul', [a, b]);
  concat = (values: readonly Value[], axis: number): Value => this.op('Concat', values, { axis });
  transpose = (x: Value, perm: readonly number[]): Value => this.op('Transpose', [x], { perm });
  reshape = (x: Value, shape: readonly number[]): Value => this.op('Reshape', [x, this.ints(shape)]);
  unsqueeze = (x: Value, axes: readonly number[]): Value => this.op('Unsqueeze', [x, this.ints(axes)]);
  cast = (x: Value, type: DataType): Value => this.op('Cast', [x], { to: dataTypes[type] });
  sum = (x: Value, axis: number, keepdims = false): Value =>
    this.op('ReduceSum', [x, this.ints([axis])], { keepdims: keepdims ? 1 : 0 });
  /** The size of an axis, `[1]`. */
  size = (x: Value, axis: number): Value => this.op('Shape', [x], { start: axis, end: axis + 1 });
  /** @param start and `end` numbers, or values `[1]` */
  slice(x: Value, axis: number, start: number | Value, end: number | Value, step = 1): Value {
    const at = (place: number | Value) => (typeof place === 'number' ? this.ints([place]) : place);
    return this.op('Slice', [x, at(start), at(end), this.ints([axis]), this.ints([step])]);
  }
  split(x: Value, axis: number, parts: number): Value[] {
    return parts === 1 ? [x] : this.ops('Split', [x], parts, { axis, num_outputs: parts });
  }
  /** 0, 1, … count - 1, of whole numbers. @param count `[1]` */
  range = (count: Value): Value =>
    this.op('Range', [this.ints(0), this.op('Squeeze', [count, this.ints([0])]), this.ints(1)]);
}

type Attribute = number | string | readonly number[] | { readonly float: number } | { readonly graph: SubgraphRecord };

function attributeOf(name: string, value: Attribute): AttributeRecord {
  if (typeof value === 'number') return { name, type: intAttribute, i: value };
  if (typeof value === 'string') return { name, type: stringAttribute, s: Buffer.from(value) };
  if ('graph' in value) return { name, type: graphAttribute, g: value.graph };
  if ('float' in value) return { name, type: floatAttribute, f: value.float };
  return { name, type: intsAttribute, ints: value };
}
