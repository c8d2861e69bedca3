import { HyenaError } from '../../../main/contract/errors.ts';
import type { Recipe } from '../../../main/contract/imports/blueprint.ts';
import { initialValues, parameterSize, type ParameterSpec } from '../../../main/contract/logic/parameter-specs.ts';
import { toBf16 } from '../../../main/contract/logic/bf16.ts';
import type { WeightType } from '../../../main/contract/logic/weight-format.ts';
import { readStoredRows, toSingles } from './numbers.ts';
import { isDense, type StoredTensor } from './stored-tensor.ts';

/** What is in memory at once of a tensor that is converted, bytes. */
const chunkBytes = 8 << 20;
/** Rows that lie apart are read with what is between them, up to so many times as much. */
const widestSpread = 4;

/** Types that values are read as. */
type ReadType = 'F32' | 'BF16';

/** A parameter to be written: where its values come from. */
export interface ParameterSource {
  readonly spec: ParameterSpec;
  readonly recipe: Recipe;
  /** How it will be kept. */
  readonly type: WeightType;
  /** What its pieces are: what it was stored as where nothing is to be rounded. */
  readonly read: ReadType;
}

/** The tensor of a file that a recipe means. */
export type FindStored = (name: string) => StoredTensor;

/** The values of a parameter, little-endian, in pieces of bounded size. */
export async function* parameterPieces(
  { spec, recipe, read: dtype }: ParameterSource,
  find: FindStored,
): AsyncGenerator<Uint8Array> {
  if (!('from' in recipe)) {
    yield bytesOf(formulaValues(spec, recipe), dtype);
    return;
  }
  const { repeated = 1 } = recipe;
  const stored = recipe.from.map(({ name }) => find(name));
  const tensors = repeated === 1 ? stored.map(withRows) : stored;
  const total = repeated * tensors.reduce((sum, { shape }) => sum + (shape[0] ?? 1), 0);
  const rowSize = parameterSize(spec.shape) / total;
  // Across its rows a tensor is read as a whole.
  const atOnce = tensors.every(isDense) ? Math.max(1, Math.floor(chunkBytes / 4 / rowSize)) : total;
  for (let first = 0; first < total; first += atOnce) {
    const count = Math.min(atOnce, total - first);
    const rows = Array.from({ length: count }, (_, index) =>
      Math.floor((recipe.rows?.(first + index) ?? first + index) / repeated),
    );
    yield await gatherRows(tensors, rows, rowSize, dtype);
  }
}

/** Without axes of one before its rows. */
function withRows(tensor: StoredTensor): StoredTensor {
  const first = tensor.shape.findIndex((extent) => extent !== 1);
  return first <= 0 ? tensor : { ...tensor, shape: tensor.shape.slice(first), strides: tensor.strides.slice(first) };
}

function formulaValues(spec: ParameterSpec, recipe: Exclude<Recipe, { from: unknown }>): Float32Array {
  if ('constant' in recipe) return new Float32Array(parameterSize(spec.shape)).fill(recipe.constant);
  return recipe.values === 'zero' ? new Float32Array(parameterSize(spec.shape)) : initialValues(spec, 0);
}

/** @param rows of the tensors one after another */
async function gatherRows(
  tensors: readonly StoredTensor[],
  rows: readonly number[],
  rowSize: number,
  dtype: ReadType,
): Promise<Uint8Array> {
  const width = dtype === 'F32' ? 4 : 2;
  const gathered = new Uint8Array(rows.length * rowSize * width);
  for (let at = 0; at < rows.length;) {
    const { tensor, firstRow } = holderOf(tensors, rows[at]);
    const end = firstRow + (tensor.shape[0] ?? 1);
    let [low, high, count] = [rows[at], rows[at], 1];
    for (; at + count < rows.length; count++) {
      const row = rows[at + count];
      const [lower, upper] = [Math.min(low, row), Math.max(high, row)];
      if (row < firstRow || row >= end || upper - lower >= widestSpread * (count + 1)) break;
      [low, high] = [lower, upper];
    }
    const block = await convertedRows(tensor, low - firstRow, high - low + 1, dtype);
    for (let index = 0; index < count; index++) {
      const from = (rows[at + index] - low) * rowSize * width;
      gathered.set(block.subarray(from, from + rowSize * width), (at + index) * rowSize * width);
    }
    at += count;
  }
  return gathered;
}

function holderOf(tensors: readonly StoredTensor[], row: number): { tensor: StoredTensor; firstRow: number } {
  let firstRow = 0;
  for (const tensor of tensors) {
    const count = tensor.shape[0] ?? 1;
    if (row < firstRow + count) return { tensor, firstRow };
    firstRow += count;
  }
  throw new HyenaError('internal', `There is no row ${row} among ${firstRow}.`);
}

/** Rows in the wanted type: as they are where they have it, so that nothing is rounded. */
async function convertedRows(tensor: StoredTensor, first: number, count: number, dtype: ReadType): Promise<Uint8Array> {
  const stored = await readStoredRows(tensor, first, count);
  return tensor.dtype === dtype ? stored : bytesOf(toSingles(stored, tensor.dtype), dtype);
}

function bytesOf(values: Float32Array, dtype: ReadType): Uint8Array {
  const numbers = dtype === 'F32' ? values : toBf16(values);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
