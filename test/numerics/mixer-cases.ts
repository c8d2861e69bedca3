import * as tf from '@tensorflow/tfjs-core';
import type { DiscretisationRule } from '../../main/contract/mixers/state-space.ts';
import {
  complexModes,
  decayingModes,
  diagonalModes,
  activation,
  groupedConvolution,
  h3,
  modalFilter,
  realModes,
  selectiveScan,
  tokenShift,
  wkv,
  type Orientation,
} from '../../worker/ops/index.ts';
import { attendInChunks } from '../../worker/models/mixers/mega/chunked-attention.ts';
import type { Matrix } from './naive.ts';
import * as naive from './naive-mixers.ts';
import { noise, scaled, type Case } from './operation-checks.ts';

/** The operations of mixers beside their naive forms, for shapes of any size. */

export interface GroupedShape {
  groups: number;
  /** Channels of a group. */
  shared: number;
  batch: number;
  /** Positions before. */
  past: number;
  length: number;
  taps: number;
}
const columns = (x: Matrix, from: number): Matrix => {
  const [channels, batch, length] = x.shape;
  return { shape: [channels, batch, length - from], data: x.data.filter((_, index) => index % length >= from) };
};
const joined = (a: Matrix, b: Matrix): Matrix => {
  const [past, length] = [a.shape[2], b.shape[2]];
  const rows = Array.from({ length: b.shape[0] * b.shape[1] }, (_, row) => [
    ...a.data.slice(row * past, (row + 1) * past),
    ...b.data.slice(row * length, (row + 1) * length),
  ]);
  return { shape: [b.shape[0], b.shape[1], past + length], data: Float64Array.from(rows.flat()) };
};
export const groupedCase = (shape: GroupedShape, orientation: Orientation, extras: boolean): Case => {
  const { groups, shared, batch, length, taps } = shape;
  const past = Math.min(shape.past, taps - 1);
  const channels = groups * shared;
  const inputs = [noise(1, channels, batch, length), scaled(noise(2, groups, 1, taps), 1 / Math.sqrt(taps))];
  if (extras) inputs.push(noise(3, channels), noise(4, channels));
  if (past > 0) inputs.push(noise(5, channels, batch, past));
  const named = <T>(values: T[]) => ({
    ...{ u: values[0], filter: values[1], bias: extras ? values[2] : undefined, skip: extras ? values[3] : undefined },
    before: past > 0 ? values.at(-1) : undefined,
  });
  return {
    name: `GroupedConvolution ${JSON.stringify(shape)}, ${orientation}, ${extras ? 'bias and skip' : 'plain'}`,
    inputs,
    run: (tensors) => [groupedConvolution(named(tensors), { orientation })],
    naive: (values) => {
      const { u, filter, bias, skip, before } = named(values);
      const whole = before ? joined(before, u) : u;
      return [
        columns(
          naive.groupedConvolution(whole, filter, bias ?? null, skip ?? null, { orientation }),
          before ? past : 0,
        ),
      ];
    },
  };
};

export interface ModalShape {
  groups: number;
  modes: number;
  length: number;
}
/** Poles within a disk of the given radius, of all angles. */
function polesWithin(radius: number, { groups, modes }: ModalShape): Matrix {
  const [sizes, angles] = [noise(1, groups, modes), noise(2, groups, modes)];
  const data = Float64Array.from({ length: 2 * groups * modes }, (_, index) => {
    const at = index >> 1;
    const size = radius * Math.sqrt((sizes.data[at] + 1) / 2);
    return Math.fround(size * (index % 2 === 0 ? Math.cos : Math.sin)(Math.PI * angles.data[at]));
  });
  return { shape: [groups, modes, 2], data };
}
export const complexCase = (shape: ModalShape, radius = 0.999): Case => ({
  name: `ModalFilter of complex poles ${JSON.stringify(shape)}`,
  inputs: [polesWithin(radius, shape), noise(3, shape.groups, shape.modes, 2)],
  // One tap is the residues alone.
  constant: shape.length === 1 ? [0] : [],
  run: ([poles, residues]) => tf.tidy(() => [modalFilter(complexModes(poles, residues), shape)]),
  naive: ([poles, residues]) => [naive.complexFilter(poles, residues, shape.length)],
});
export const realCase = (shape: ModalShape): Case => ({
  name: `ModalFilter of real poles ${JSON.stringify(shape)}`,
  inputs: [scaled(noise(1, shape.groups, shape.modes), 1, -1.001), noise(2, shape.groups, shape.modes)],
  constant: shape.length === 1 ? [0] : [],
  run: ([logPoles, residues]) => tf.tidy(() => [modalFilter(realModes(logPoles, residues), shape)]),
  naive: ([logPoles, residues]) => [naive.realFilter(logPoles, residues, shape.length)],
});
export const decayingCase = (shape: ModalShape): Case => ({
  name: `ModalFilter of decaying poles ${JSON.stringify(shape)}`,
  inputs: [
    scaled(noise(1, shape.groups, shape.modes), 1.5, -2.5),
    scaled(noise(2, shape.groups, shape.modes), Math.PI),
    noise(3, shape.groups, shape.modes, 2),
  ],
  constant: shape.length === 1 ? [0, 1] : [],
  run: ([logDecays, phases, residues]) =>
    tf.tidy(() => [modalFilter(decayingModes(logDecays, phases, residues), shape)]),
  naive: ([logDecays, phases, residues]) => {
    const data = Float64Array.from({ length: residues.data.length }, (_, index) => {
      const [decay, phase] = [logDecays.data[index >> 1], phases.data[index >> 1]];
      return Math.exp(-Math.exp(decay)) * (index % 2 === 0 ? Math.cos : Math.sin)(phase);
    });
    return [naive.complexFilter({ shape: residues.shape, data }, residues, shape.length)];
  },
});
const systemInputs = ({ groups, modes }: ModalShape): Matrix[] => [
  scaled(noise(1, groups), 1.5, -3),
  scaled(noise(2, groups, modes), 0.5, -0.7),
  scaled(noise(3, groups, modes), 8),
  noise(4, groups, modes, 2),
  noise(5, groups, modes, 2),
];
export const diagonalCase = (shape: ModalShape, rule: DiscretisationRule): Case => ({
  name: `ModalFilter of a diagonal system, ${JSON.stringify(rule)}, ${JSON.stringify(shape)}`,
  inputs: systemInputs(shape),
  run: ([logDt, logAReal, aImag, c, b]) =>
    tf.tidy(() => [modalFilter(diagonalModes({ logDt, logAReal, aImag, c, b }, rule), shape)]),
  naive: (inputs) => [naive.diagonalFilter(inputs, rule, shape.length)],
});

export interface H3Shape {
  heads: number;
  headDim: number;
  batch: number;
  length: number;
  order: number;
  modes: number;
}
export const h3Case = (shape: H3Shape): Case => {
  const { heads, headDim, batch, length, order, modes } = shape;
  const width = heads * headDim;
  return {
    name: `H3 ${JSON.stringify(shape)}`,
    inputs: [
      ...[noise(11, width, batch, length), noise(12, width, batch, length), noise(13, width, batch, length)],
      ...[noise(14, width, order), noise(15, width, order), noise(16, width), noise(17, heads)],
      ...systemInputs({ groups: heads, modes, length }),
    ],
    run: ([q, k, v, shiftB, shiftC, shiftSkip, skip, logDt, logAReal, aImag, c, b]) =>
      tf.tidy(() => {
        const system = diagonalModes({ logDt, logAReal, aImag, c, b }, 'bilinear');
        return [h3({ q, k, v, shiftB, shiftC, shiftSkip, skip, modes: system }, { algorithm: 'auto' })];
      }),
    naive: (inputs) => [
      naive.h3(inputs.slice(0, 7), headDim, naive.diagonalFilter(inputs.slice(7), 'bilinear', length)),
    ],
  };
};

export interface TokenShape {
  batch: number;
  length: number;
  width: number;
}
export const tokenShiftCase = ({ batch, length, width }: TokenShape, continued: boolean): Case => ({
  name: `TokenShift [${batch}, ${length}, ${width}], ${continued ? 'continued' : 'from the start'}`,
  inputs: [
    ...[noise(1, batch, length, width), noise(2, 1, 1, width)],
    ...(continued ? [noise(3, batch, 1, width)] : []),
  ],
  constant: [2],
  run: ([x, mix, before]) => [tokenShift(x, mix, before ?? null)],
  naive: ([x, mix, before]) => [naive.tokenShift(x, mix, before ?? null)],
});
/** @param spread of the keys, which are exponents */
export const wkvCase = ({ batch, length, width }: TokenShape, spread: number): Case => ({
  name: `Wkv [${batch}, ${length}, ${width}], keys within ${spread}`,
  inputs: [
    ...[scaled(noise(1, batch, length, width), spread), noise(2, batch, length, width)],
    ...[scaled(noise(3, width), 0.5, 0.51), scaled(noise(4, width), 2)],
  ],
  run: ([k, v, rate, bonus]) => {
    const { y, after } = wkv({ k, v, rate, bonus, before: null });
    after.dispose();
    return [y];
  },
  naive: (inputs) => [naive.wkv(inputs)],
  constant: length === 1 ? [0, 2, 3] : length === 2 ? [2] : [],
});

export interface ChunkedShape {
  batch: number;
  length: number;
  chunk: number;
  width: number;
}
export const chunkedInputs = ({ batch, length, chunk, width }: ChunkedShape): Matrix[] => [
  ...[noise(1, batch, length, width), noise(2, batch, length, width), noise(3, batch, length, width + 2)],
  noise(4, chunk),
];
export const chunkedCase = (shape: ChunkedShape): Case => ({
  name: `attention in chunks ${JSON.stringify(shape)}`,
  inputs: chunkedInputs(shape),
  // Of one token the share is 1, whatever its score.
  constant: Math.min(shape.length, shape.chunk) === 1 ? [0, 1, 3] : [],
  run: ([queries, keys, values, bias]) => [
    tf.tidy(() => attendInChunks({ queries, keys, values }, bias as tf.Tensor1D)),
  ],
  naive: (inputs) => [naive.chunkedAttention(inputs)],
});

export interface SelectiveShape {
  heads: number;
  headDim: number;
  states: number;
  batch: number;
  length: number;
}
export const selectiveInputs = ({ heads, headDim, states, batch, length }: SelectiveShape): Matrix[] => [
  ...[noise(1, heads * headDim, batch, length), noise(2, heads, batch, length), scaled(noise(3, heads), 2, -2)],
  ...[noise(4, heads), noise(5, states, batch, length), noise(6, states, batch, length), noise(7, heads)],
];
export const selectiveCase = (shape: SelectiveShape): Case => ({
  name: `SelectiveScan ${JSON.stringify(shape)}`,
  inputs: selectiveInputs(shape),
  constant: shape.length === 1 ? [3] : [],
  run: ([x, dt, dtBias, aLog, b, c, skip]) => {
    const { y, after } = selectiveScan({ x, dt, dtBias, aLog, b, c, skip, before: null });
    after.dispose();
    return [y];
  },
  naive: (inputs) => [naive.selectiveScan(inputs)],
});

/** Φ by Simpson's rule. */
function normal(x: number): number {
  const steps = 400;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-(((x * i) / steps) ** 2) / 2);
  }
  return 0.5 + (sum * x) / steps / 3 / Math.sqrt(2 * Math.PI);
}
export const geluCase = (rows: number, width: number): Case => ({
  name: `GELU [${rows}, ${width}]`,
  inputs: [scaled(noise(1, rows, width), 4)],
  run: ([x]) => [activation(x, null, 'gelu')],
  naive: ([x]) => [{ shape: x.shape, data: x.data.map((value) => value * normal(value)) }],
});

/** Modes near the unit circle, and the same as fp32 parameters of their naive forms. */
export const nearUnity = (moduli: number[], angles: number[]) => {
  const data = moduli.flatMap((modulus, index) =>
    [Math.cos(angles[index]), Math.sin(angles[index])].map((part) => Math.fround(modulus * part)),
  );
  return {
    poles: { shape: [1, moduli.length, 2], data: Float64Array.from(data) },
    residues: noise(7, 1, moduli.length, 2),
  };
};

/** The first `end` columns but `begin`, of `[C,B,L]`. */
export const part = (x: tf.Tensor, begin: number, end: number): tf.Tensor =>
  tf.slice(x, [0, 0, begin], [-1, -1, end - begin]);
