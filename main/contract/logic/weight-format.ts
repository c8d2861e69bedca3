import { HyenaError } from '../errors.ts';
import { msg } from '../message.ts';
import { singlesOfBf16, toBf16 } from './bf16.ts';
import { parameterSize, type ParameterSpec } from './parameter-specs.ts';

/**
 * How the weight matrices of a model are kept, on the disk and in memory alike.
 *
 * - `bf16`: each weight rounded to bfloat16.
 * - `int8`: whole numbers from -127 to 127, in groups of 32 along a row, each with a bf16 scale: weight = number · scale.
 * - `int4`: whole numbers from -8 to 7 in the same groups; of a group, byte i holds weight i in its lower half and weight
 *   i + 16 in its upper half, each plus 8.
 *
 * A row that does not end with a group is filled up with zeros. docs/models.md has the layout in files.
 */
export const weightTypes = ['fp32', 'bf16', 'int8', 'int4'] as const;
export type WeightType = (typeof weightTypes)[number];
/** Types whose weights are packed: all but fp32. */
export type PackedType = Exclude<WeightType, 'fp32'>;
/** Types that a model cannot be trained in. */
export const isQuantised = (type: WeightType): type is 'int8' | 'int4' => type === 'int8' || type === 'int4';

/** Weights that share a scale. */
export const weightGroup = 32;

/** A matrix as it is kept. */
export interface PackedWeight {
  readonly type: PackedType;
  readonly rows: number;
  readonly columns: number;
  /** Row by row; bf16 little-endian. */
  readonly values: Uint8Array;
  /** bf16, `[rows, groups]`; empty for bf16. */
  readonly scales: Uint16Array;
}

export const groupsOf = (columns: number): number => Math.ceil(columns / weightGroup);

/** Bytes of the values of a row. */
export function rowBytes(type: PackedType, columns: number): number {
  if (type === 'bf16') return 2 * columns;
  return (groupsOf(columns) * weightGroup) / (type === 'int8' ? 1 : 2);
}

/** Bytes of a matrix, scales included. */
export function weightBytes(type: WeightType, rows: number, columns: number): number {
  if (type === 'fp32') return 4 * rows * columns;
  return rows * (rowBytes(type, columns) + (isQuantised(type) ? 2 * groupsOf(columns) : 0));
}

/** Whether a parameter is packed: matrices are. Filters, norms and biases are few, and rounding them tells. */
export const isPackable = ({ shape, part }: Pick<ParameterSpec, 'shape' | 'part'>): boolean =>
  shape.length === 2 && part !== 'filters' && shape[1] >= weightGroup;

/** Bytes of a model's weights. */
export const modelBytes = (specs: readonly ParameterSpec[], type: WeightType): number =>
  specs.reduce(
    (sum, spec) =>
      sum + (isPackable(spec) ? weightBytes(type, spec.shape[0], spec.shape[1]) : 4 * parameterSize(spec.shape)),
    0,
  );

/**
 * Packs rows; each row by itself, so that a matrix may be packed some rows at a time.
 *
 * @param values `[rows, columns]`, row-major
 * @throws HyenaError `bad-input` for int8 and int4 where a weight is not finite
 */
export function packRows(values: Float32Array, columns: number, type: PackedType): PackedWeight {
  const rows = values.length / columns;
  if (type === 'bf16') {
    const halves = toBf16(values);
    return { type, rows, columns, values: bytesOf(halves), scales: new Uint16Array(0) };
  }
  const groups = groupsOf(columns);
  const width = rowBytes(type, columns);
  const packed = new Uint8Array(rows * width);
  const scales = new Float32Array(rows * groups);
  const group = new Float32Array(weightGroup);
  const numbers = new Int8Array(weightGroup);
  for (let row = 0; row < rows; row++)
    for (let index = 0; index < groups; index++) {
      const from = row * columns + index * weightGroup;
      const count = Math.min(weightGroup, columns - index * weightGroup);
      group.fill(0);
      group.set(values.subarray(from, from + count));
      scales[row * groups + index] = quantise(group, numbers, type);
      const to = row * width + (index * width) / groups;
      if (type === 'int8') packed.set(bytesOf(numbers), to);
      else for (let i = 0; i < 16; i++) packed[to + i] = (numbers[i] + 8) | ((numbers[i + 16] + 8) << 4);
    }
  // They are bf16 already.
  return { type, rows, columns, values: packed, scales: toBf16(scales) };
}

/** The weights of a packed matrix as fp32, row-major. */
export function unpackRows({ type, rows, columns, values, scales }: PackedWeight): Float32Array {
  if (type === 'bf16') return singlesOfBf16(new Uint16Array(Uint8Array.from(values).buffer));
  const groups = groupsOf(columns);
  const width = rowBytes(type, columns);
  const singles = singlesOfBf16(scales);
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = column % weightGroup;
      const group = (column - at) / weightGroup;
      const byte = values[row * width + (type === 'int8' ? column : group * 16 + (at & 15))];
      const number = type === 'int8' ? (byte << 24) >> 24 : (at < 16 ? byte & 15 : byte >> 4) - 8;
      result[row * columns + column] = number * singles[row * groups + group];
    }
  return result;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint16Array | Int8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const half = new Float32Array(1);
/** The nearest bf16. */
function rounded(scale: number): number {
  half[0] = scale;
  return singlesOfBf16(toBf16(half))[0];
}

/** The whole numbers of a group for a scale. @returns the sum of the squares of the errors */
function numbersFor(group: Float32Array, scale: number, least: number, most: number, numbers: Int8Array): number {
  const inverse = scale === 0 ? 0 : 1 / scale;
  let error = 0;
  for (let i = 0; i < group.length; i++) {
    const number = Math.min(most, Math.max(least, Math.round(group[i] * inverse)));
    numbers[i] = number;
    error += (group[i] - number * scale) ** 2;
  }
  return error;
}

/** Where the weight of largest magnitude comes to lie when the scale of int4 is chosen: -8 keeps it, others round it. */
const largestNumbers = [-6.6, -7, -7.4, -7.8, -8, -8.4, -8.8];

/** Quantises a group. @returns its scale, a bf16 number, negative where the largest weight is positive (int4) */
function quantise(group: Float32Array, numbers: Int8Array, type: 'int8' | 'int4'): number {
  let largest = 0;
  for (const value of group) {
    if (!Number.isFinite(value))
      throw new HyenaError('bad-input', msg`A weight of the model is not a finite number and cannot be quantised.`);
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  if (type === 'int8') {
    const scale = rounded(Math.abs(largest) / 127);
    numbersFor(group, scale, -127, 127, numbers);
    return scale;
  }
  let best = { scale: 0, error: Infinity };
  for (const place of largestNumbers) {
    // The scale for which these whole numbers are nearest, by least squares.
    numbersFor(group, largest / place, -8, 7, numbers);
    let [products, squares] = [0, 0];
    for (let i = 0; i < group.length; i++) {
      products += group[i] * numbers[i];
      squares += numbers[i] ** 2;
    }
    const scale = rounded(squares === 0 ? 0 : products / squares);
    const error = numbersFor(group, scale, -8, 7, numbers);
    if (error < best.error) best = { scale, error };
  }
  numbersFor(group, best.scale, -8, 7, numbers);
  return best.scale;
}
