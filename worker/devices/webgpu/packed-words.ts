import { groupsOf, rowBytes, type PackedType, type PackedWeight } from '../../../main/contract/logic/weight-format.ts';

/** Words of 32 bits of a row of a packed matrix, as kernels/words-*.wgsl read it: its values, then its scales. */
export const rowWords = (type: PackedType, columns: number): number =>
  Math.ceil(rowBytes(type, columns) / 4) + (type === 'bf16' ? 0 : Math.ceil(groupsOf(columns) / 2));

/** A packed matrix as a GPU has it, `[rows, rowWords]`: each row begins with a word. */
export function packedWords({ type, rows, columns, values, scales }: PackedWeight): Uint32Array<ArrayBuffer> {
  const words = rowWords(type, columns);
  const result = new Uint32Array(rows * words);
  const bytes = new Uint8Array(result.buffer);
  const halves = new Uint16Array(result.buffer);
  const width = rowBytes(type, columns);
  const groups = scales.length / rows;
  for (let row = 0; row < rows; row++) {
    bytes.set(values.subarray(row * width, (row + 1) * width), 4 * row * words);
    if (type !== 'bf16') halves.set(scales.subarray(row * groups, (row + 1) * groups), 2 * row * words + width / 2);
  }
  return result;
}
