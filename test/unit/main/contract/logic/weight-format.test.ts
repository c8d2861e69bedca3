import { expect, it } from 'vitest';
import { singlesOfBf16, toBf16 } from '../../../../../main/contract/logic/bf16.ts';
import {
  groupsOf,
  packRows,
  rowBytes,
  unpackRows,
  weightBytes,
  type PackedType,
} from '../../../../../main/contract/logic/weight-format.ts';

/** Numbers as the weights of a model are spread, the same each time. */
function normals(count: number, deviation: number): Float32Array {
  let state = 12345;
  const uniform = () => (state = (1103515245 * state + 12345) % 2147483648) / 2147483648 + 1e-9;
  return Float32Array.from(
    { length: count },
    () => deviation * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

const relativeError = (found: Float32Array, values: Float32Array) => {
  let [error, size] = [0, 0];
  for (const [index, value] of values.entries()) {
    error += (found[index] - value) ** 2;
    size += value ** 2;
  }
  return Math.sqrt(error / size);
};

it.each([
  ['bf16', 2e-3],
  ['int8', 8e-3],
  ['int4', 0.1],
] as const)('keeps weights as %s within its rounding', (type, tolerance) => {
  for (const columns of [1, 31, 32, 40, 864]) {
    const values = normals(7 * columns, 0.02);
    const packed = packRows(values, columns, type);
    expect(packed.values.length).toBe(7 * rowBytes(type, columns));
    expect(packed.values.byteLength + packed.scales.byteLength).toBe(weightBytes(type, 7, columns));
    expect(relativeError(unpackRows(packed), values)).toBeLessThan(tolerance);
  }
});

it.each(['bf16', 'int8', 'int4'] as PackedType[])('packs rows of %s some at a time as all at once', (type) => {
  const values = normals(6 * 70, 1);
  const whole = packRows(values, 70, type);
  const parts = [packRows(values.slice(0, 140), 70, type), packRows(values.slice(140), 70, type)];
  expect(Buffer.concat(parts.map((part) => part.values))).toEqual(Buffer.from(whole.values));
  expect(parts.flatMap(({ scales }) => [...scales])).toEqual([...whole.scales]);
});

it.each(['int8', 'int4'] as PackedType[])('%s is what the documentation says, byte by byte', (type) => {
  const columns = 40;
  const values = normals(3 * columns, 0.5);
  const { values: bytes, scales } = packRows(values, columns, type);
  const unpacked = unpackRows(packRows(values, columns, type));
  const width = rowBytes(type, columns);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < columns; column++) {
      const [group, place] = [Math.floor(column / 32), column % 32];
      const scale = singlesOfBf16(scales.slice(row * groupsOf(columns) + group))[0];
      const own = bytes.subarray(row * width, (row + 1) * width);
      const byte = own[16 * group + (place % 16)];
      const number = type === 'int8' ? Buffer.from(own).readInt8(column) : ((place < 16 ? byte : byte >> 4) & 15) - 8;
      expect(unpacked[row * columns + column]).toBe(Math.fround(number * scale));
    }
});

it('quantises what was quantised without any loss, and zeros to zeros', () => {
  const zeros = packRows(new Float32Array(64), 32, 'int4');
  expect([...unpackRows(zeros)].every((value) => value === 0)).toBe(true);
  const once = unpackRows(packRows(normals(10 * 64, 3), 64, 'int8'));
  expect(relativeError(unpackRows(packRows(once, 64, 'int8')), once)).toBeLessThan(1e-3);
});

it('chooses the scale of int4 by the error of all, so that an outlier does not cost the others their digits', () => {
  const values = normals(320, 0.1);
  const plain = values.map((value, index) => {
    const group = values.subarray(index - (index % 32), index - (index % 32) + 32);
    const scale = Math.max(...group.map(Math.abs)) / 7;
    return scale * Math.min(7, Math.max(-8, Math.round(value / scale)));
  });
  expect(relativeError(unpackRows(packRows(values, 320, 'int4')), values)).toBeLessThan(
    0.93 * relativeError(plain, values),
  );
});

it('refuses weights that are not finite', () => {
  for (const bad of [NaN, Infinity]) {
    const values = normals(64, 1);
    values[40] = bad;
    expect(() => packRows(values, 64, 'int8')).toThrow('not a finite number');
    expect(() => packRows(values, 64, 'int4')).toThrow('not a finite number');
    expect(unpackRows(packRows(values, 64, 'bf16'))[40]).toBe(bad);
  }
});

it('rounds to bf16 to nearest, ties to even', () => {
  const halves = singlesOfBf16(toBf16(Float32Array.of(1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -1 - 2 ** -7)));
  expect([...halves]).toEqual([1, 1, 1 + 2 ** -6, -1 - 2 ** -7]);
});
