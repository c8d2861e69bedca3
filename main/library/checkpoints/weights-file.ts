import { HyenaError } from '../../contract/errors.ts';
import {
  groupsOf,
  isQuantised,
  packRows,
  rowBytes,
  weightGroup,
  type WeightType,
} from '../../contract/logic/weight-format.ts';
import { quantisedKey, quantisedText, scalesName } from './quantised-weights.ts';
import type { TensorEntry } from './safetensors.ts';
import { alignedOrder, safetensorsHeader } from './safetensors.ts';

/** A weight on its way to a file. */
export interface WeightToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: WeightType;
  /** The values in pieces of whole rows, little-endian: bf16 for bf16, else fp32. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

type Entry = Pick<TensorEntry, 'name' | 'dtype' | 'shape'>;

/** The tensors that a weight is in a file. */
function entriesOf({ name, shape, type }: WeightToWrite): Entry[] {
  if (!isQuantised(type)) return [{ name, dtype: type === 'fp32' ? 'F32' : 'BF16', shape }];
  const [rows, columns] = shape;
  return [
    { name, dtype: type === 'int8' ? 'I8' : 'U8', shape: [rows, rowBytes(type, columns)] },
    { name: scalesName(name), dtype: 'BF16', shape: [rows, groupsOf(columns)] },
  ];
}

/**
 * The bytes of a `model.safetensors` whose weights are kept in whatever type, some rows at a time in memory. Quantised
 * ones come last, each followed by its scales; what precedes a tensor is a multiple of its alignment in any case.
 */
export async function* weightsFilePieces(weights: readonly WeightToWrite[]): AsyncGenerator<Uint8Array> {
  const quantised = weights.filter(({ type }) => isQuantised(type));
  const plain = alignedOrder(
    weights.filter(({ type }) => !isQuantised(type)).map((weight) => ({ ...entriesOf(weight)[0], weight })),
  ).map(({ weight }) => weight);
  const listed = new Map(
    quantised.map(({ name, shape, type }) => [
      name,
      { type: type as 'int8' | 'int4', shape: [shape[0], shape[1]] as [number, number] },
    ]),
  );
  yield safetensorsHeader(
    [...plain, ...quantised].flatMap(entriesOf),
    quantised.length > 0 ? { [quantisedKey]: quantisedText(listed), group: String(weightGroup) } : {},
  );
  for (const weight of plain) yield* weight.pieces();
  for (const weight of quantised) yield* quantisedPieces(weight);
}

async function* quantisedPieces({ name, shape, type, pieces }: WeightToWrite): AsyncGenerator<Uint8Array> {
  const columns = shape[1];
  const scales: Uint16Array[] = [];
  for await (const piece of pieces()) {
    const values = new Float32Array(Uint8Array.from(piece).buffer);
    if (values.length % columns !== 0) throw new HyenaError('internal', `A piece of '${name}' ends within a row.`);
    const packed = packRows(values, columns, type as 'int8' | 'int4');
    scales.push(packed.scales);
    yield packed.values;
  }
  for (const { buffer, byteOffset, byteLength } of scales) yield new Uint8Array(buffer, byteOffset, byteLength);
}

/** Bytes of a weight in a file. */
export function bytesInFile({ shape, type }: Pick<WeightToWrite, 'shape' | 'type'>): number {
  if (!isQuantised(type)) return (type === 'fp32' ? 4 : 2) * shape.reduce((product, extent) => product * extent, 1);
  return shape[0] * (rowBytes(type, shape[1]) + 2 * groupsOf(shape[1]));
}
