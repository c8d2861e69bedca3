import { beforeAll, describe, expect, it } from 'vitest';
import { HyenaError } from '../../main/contract/errors.ts';
import { openAddon } from '../../worker/devices/native/addon.ts';
import type { Addon, Handle, NativeType } from '../../worker/devices/native/calls/index.ts';
import { native } from '../../worker/devices/native.ts';

const { available } = await native.find();

/** What each function of the addon takes, of all but `open` and those that take nothing. */
type Calls = {
  [Name in keyof Addon as Parameters<Addon[Name]> extends [] ? never : Exclude<Name, 'open'>]: Parameters<
    Addon[Name]
  >[0];
};

describe.skipIf(!available)('a call of the native device', () => {
  let addon: Addon;
  let calls: Calls;
  /** Type of each tensor of the calls. */
  const types = new Map<unknown, NativeType>();

  /** A tensor of zeros. */
  const made = (type: NativeType, count: number): Handle => {
    const tensor = addon.create({ type, count });
    addon.fill({ value: 0, y: tensor });
    types.set(tensor, type);
    return tensor;
  };

  beforeAll(async () => {
    await native.open();
    addon = openAddon();
    calls = rightCalls(
      (count) => made('float32', count),
      (count) => made('int32', count),
      (count) => made('bool', count),
    );
  });

  /** How a call with other properties is refused. */
  const refusal = (name: keyof Calls, named: object): string => {
    try {
      (addon[name] as (named: object) => unknown)(named);
    } catch (error) {
      expect(error).toBeInstanceOf(HyenaError);
      return (error as HyenaError).message;
    }
    throw new Error(`${name} took ${JSON.stringify(named)}`);
  };
  const eachCall = (check: (name: keyof Calls, call: Record<string, unknown>) => void) => {
    const all = Object.entries(calls as unknown as Record<string, Record<string, unknown>>);
    for (const [name, call] of all) check(name as keyof Calls, call);
  };

  it('is refused without its object, with two of them, or with something else', () => {
    eachCall((name, call) => {
      for (const wrong of [[], [call, call], [7], [null]])
        expect(() => (addon[name] as (...given: unknown[]) => unknown)(...wrong)).toThrow(
          `${name}: takes one object of named arguments`,
        );
    });
  });

  it('is refused by the name of a property that is missing, or is no such thing', () => {
    eachCall((name, call) => {
      for (const property of Object.keys(call)) {
        expect(refusal(name, { ...call, [property]: undefined })).toBe(`${name}: '${property}' is missing`);
        expect(refusal(name, { ...call, [property]: {} })).toContain(`${name}: '${property}' must be `);
      }
    });
  });

  it('is refused where a tensor has another size or type, or was released', () => {
    const gone = addon.create({ type: 'float32', count: 4 });
    addon.release({ tensor: gone });
    // None of the calls has a tensor of two values.
    const short = { float32: made('float32', 2), int32: made('int32', 2), bool: made('bool', 2) };
    eachCall((name, call) => {
      const tensors = Object.entries(call).filter(([, value]) => types.has([value].flat()[0]));
      for (const [property, value] of tensors) {
        const [first, ...others] = [value].flat() as Handle[];
        const replaced = (tensor: Handle) => ({
          ...call,
          [property]: Array.isArray(value) ? [tensor, ...others] : tensor,
        });
        expect(refusal(name, replaced(gone))).toBe(`${name}: '${property}' is not a tensor, or was disposed of`);
        // Any tensor can be copied from memory.
        if (tensors.length === 1 || (name === 'readMemory' && property === 'x')) continue;
        if (!ofAnySize(name, property))
          expect(refusal(name, replaced(short[types.get(first)!]))).toMatch(
            new RegExp(`^${name}: '.*' (must hold|has) `),
          );
        if (name === 'cast' || name === 'copy') continue;
        const type = types.get(first) === 'float32' ? 'int32' : 'float32';
        expect(refusal(name, replaced(short[type]))).toMatch(new RegExp(`^${name}: `));
      }
      for (const [property, value] of Object.entries(call))
        if (Array.isArray(value) && types.has(value[0]) && !ofAnySize(name, property))
          expect(refusal(name, { ...call, [property]: value.slice(1) })).toMatch(new RegExp(`^${name}: `));
    });
  });

  it('is taken with the right properties, after all these', async () => {
    eachCall((name, call) => {
      expect(() => (addon[name] as (named: object) => unknown)(call), name).not.toThrow();
    });
    await addon.finish();
  });
});

/** Gradients that only count in a norm: as many, and as large, as there are. */
const ofAnySize = (name: string, property: string): boolean => name === 'adamw' && property === 'others';

type Make = (count: number) => Handle;

/** One right call of each; no tensor has two values. */
function rightCalls(floats: Make, ints: Make, bools: Make): Calls {
  const shapes = { aShape: [2, 3], bShape: [3], yShape: [2, 3] };
  const norm = { rows: 4, d: 3, epsilon: 1e-5 };
  const linear = { rows: 4, inWidth: 3, outWidth: 5, input: 'tokens', output: 'channels', precision: 'fp32' } as const;
  const mlp = { rows: 4, d: 3, inner: 6, precision: 'bf16-mixed' } as const;
  const adapted = {
    ...{ ...mlp, firstRank: 4, secondRank: 5, scale: 0.5, w1: floats(18), w2: floats(18) },
    ...{ a1: floats(12), b1: floats(24), a2: floats(30), b2: floats(15) },
  };
  const table = { tokens: 4, vocabulary: 5, d: 3 };
  const filter = {
    ...{ length: 4, features: 3, width: 6, channels: 5, inner: 1, shift: 0.05, modulate: true },
    ...{ z: floats(12), t: floats(4), deltas: floats(5), freq: floats(6) },
    ...{ weights: [floats(18), floats(36), floats(30)], biases: [floats(6), floats(6)] },
  };
  const convolution = {
    channels: 3,
    batch: 2,
    length: 4,
    filterLength: 4,
    u: floats(24),
    h: floats(12),
    skip: floats(3),
  };
  const recurrence = {
    ...{ d: 3, batch: 2, length: 4, filterLength: 4, shortLength: 3, order: 2 },
    ...{ p: floats(72), shortWeight: floats(27), shortBias: floats(9), h: floats(12), skip: floats(3) },
  };
  const attention = {
    ...{ batch: 2, queries: 3, keys: 4, heads: 2, kvHeads: 1, headDim: 4, window: 2, precision: 'fp32' as const },
    ...{ q: floats(48), k: floats(32), v: floats(32), y: floats(48), sums: floats(12) },
  };
  const grouped = {
    ...{ channels: 4, groups: 2, batch: 2, lead: 2, length: 3, taps: 3, presentLast: true },
    ...{ u: floats(40), filter: floats(6), skip: floats(4) },
  };
  const modal = { groups: 4, modes: 3, length: 5, poles: floats(48), residues: floats(24) };
  const wkv = {
    ...{ batch: 1, length: 5, width: 3, k: floats(15), v: floats(15), rate: floats(3), bonus: floats(3) },
  };
  const block = 32;
  return {
    create: { type: 'bool', count: 3 },
    createWeight: { type: 'int4', rows: 2, columns: 40 },
    write: { tensor: floats(3), values: new Float32Array(3) },
    read: { tensor: floats(3) },
    readSync: { tensor: floats(3) },
    release: { tensor: floats(3) },
    measure: { on: false },

    readMemory: { x: floats(6), sum: ints(1) },
    multiplyRegisters: { rounds: 5, precision: 'bf16-mixed', sum: floats(1) },
    widen: { weight: floats(6), rows: 2, columns: 3, y: floats(6) },
    weightProduct: { x: floats(6), weight: floats(12), y: floats(8), rows: 2, inWidth: 3, outWidth: 4 },
    unary: { operation: 'exp', x: floats(6), y: floats(6) },
    test: { operation: 'nan', x: floats(6), y: bools(6) },
    clip: { low: -1, high: 1, x: floats(6), y: floats(6) },
    cast: { x: floats(6), y: ints(6) },
    binary: { operation: 'add', a: floats(6), b: floats(3), y: floats(6), ...shapes },
    compare: { operation: 'less', a: floats(6), b: floats(3), y: bools(6), ...shapes },
    logical: { operation: 'and', a: bools(6), b: bools(3), y: bools(6), ...shapes },
    select: { condition: bools(3), conditionShape: [3], a: floats(6), b: floats(3), y: floats(6), ...shapes },
    copy: { dims: [3], x: floats(6), xOffset: 4, xStrides: [-2], y: floats(6), yOffset: 1, yStrides: [2] },
    fill: { value: 1, y: floats(3) },
    gather: { x: floats(24), indices: ints(5), y: floats(30), outer: 3, rows: 4, inner: 2, count: 5 },
    oneHot: { indices: ints(5), y: floats(15), count: 5, depth: 3, on: 1, off: 0 },
    segmentSum: { x: floats(12), ids: ints(4), y: floats(9), rows: 4, inner: 3, segments: 3 },
    reduce: { operation: 'sum', x: floats(24), y: floats(6), outer: 3, count: 4, inner: 2 },
    argExtreme: { smallest: true, x: floats(12), y: ints(3), outer: 3, count: 4 },
    softmax: { logarithm: false, x: floats(12), y: floats(12), rows: 3, count: 4 },
    cumulativeSum: { exclusive: true, reverse: false, x: floats(12), y: floats(12), rows: 3, count: 4 },
    matrixProduct: {
      ...{ a: floats(12), b: floats(40), y: floats(30), transposeA: false, transposeB: true },
      ...{ batch: 2, m: 3, n: 5, k: 4, aBatch: 1, bBatch: 2 },
    },

    embedding: { ids: ints(4), weight: floats(15), y: floats(12), ...table },
    embeddingBackward: { ids: ints(4), dy: floats(12), dWeight: floats(15), ...table },
    layerNorm: {
      ...{ x: floats(12), residual: floats(12), gamma: floats(3), beta: floats(3), sum: floats(12), y: floats(12) },
      ...norm,
    },
    layerNormBackward: {
      ...{ dy: floats(12), dSum: floats(12), sum: floats(12), gamma: floats(3) },
      ...{ dx: floats(12), dGamma: floats(3), dBeta: floats(3), ...norm },
    },
    linear: { x: floats(12), weight: floats(15), bias: floats(5), y: floats(20), ...linear },
    linearBackward: {
      ...{ dy: floats(20), x: floats(12), weight: floats(15) },
      ...{ dx: floats(12), dWeight: floats(15), dBias: floats(5), ...linear },
    },
    mlp: {
      ...{ x: floats(12), w1: floats(18), b1: floats(6), w2: floats(18), b2: floats(3) },
      ...{ y: floats(12), hidden: floats(12), ...mlp },
    },
    mlpBackward: {
      ...{ dy: floats(12), x: floats(12), w1: floats(18), w2: floats(18), hidden: floats(12) },
      ...{ dx: floats(12), dw1: floats(18), db1: floats(6), dw2: floats(18), db2: floats(3), ...mlp },
    },
    adaptedMlp: {
      ...{ ...adapted, x: floats(12), bias1: floats(6), bias2: floats(3), y: floats(12), hidden: floats(24) },
    },
    adaptedMlpBackward: {
      ...{ ...adapted, dy: floats(12), x: floats(12), hidden: floats(24), dx: floats(12) },
      ...{ dBias1: floats(6), dBias2: floats(3), da1: floats(12), db1: floats(24), da2: floats(30), db2: floats(15) },
    },
    crossEntropy: {
      ...{ x: floats(12), weight: floats(15), targets: ints(4), mask: floats(4), precision: 'fp32' },
      ...{ loss: floats(1), tokenLoss: floats(4), dx: floats(12), dWeight: floats(15), ...table },
    },
    scaleInPlace: { x: floats(6), factor: floats(1), count: 6 },
    implicitFilter: { ...filter, h: floats(20) },
    implicitFilterBackward: {
      ...filter,
      ...{ dh: floats(20), dz: floats(12), dFreq: floats(6) },
      ...{ dWeights: [floats(18), floats(36), floats(30)], dBiases: [floats(6), floats(6)] },
    },
    longConvolution: { ...convolution, y: floats(24) },
    longConvolutionBackward: { ...convolution, dy: floats(24), du: floats(24), dh: floats(12), dSkip: floats(3) },
    recurrence: { ...recurrence, y: floats(24) },
    recurrenceBackward: {
      ...recurrence,
      ...{ dy: floats(24), dp: floats(72), dShortWeight: floats(27), dShortBias: floats(9) },
      ...{ dh: floats(12), dSkip: floats(3) },
    },
    prefill: {
      ...{ d: 3, lead: 2, length: 4, past: 5, reach: 10, shortLength: 3, order: 2 },
      ...{ p: floats(54), shortWeight: floats(27), shortBias: floats(9), h: floats(30), skip: floats(3) },
      ...{ convInputs: floats(15), y: floats(12), inputs: floats(12), lookahead: floats(3) },
    },
    decodeStep: {
      ...{ d: 3, inner: 6, vocabulary: 5, layers: 1, order: 2, shortLength: 3, epsilon: 1e-5 },
      weights: [
        ...[15, 3, 3, 15, 3, 3, 27, 9, 27, 9, 3, 9, 3, 3, 3, 18, 6, 18, 3].map(floats),
        floats(3 * block), // the first taps
      ],
      states: [floats(18), floats(3 * block), floats(3 * block)],
      ...{ ids: [4], places: [31], logits: floats(5) },
    },
    decodeAdvance: {
      ...{ channels: 3, room: 2 * block, taps: 2 * block, ahead: 7, generated: block },
      ...{ blockInputs: floats(3 * block), blockBase: floats(3 * block), inputs: floats(6 * block) },
      ...{ tileSums: floats(6 * block), filters: floats(6 * block), lookahead: floats(21) },
    },
    attention,
    attentionBackward: { ...attention, dy: floats(48), dq: floats(48), dk: floats(32), dv: floats(32) },
    attentionStep: {
      ...{ heads: 2, kvHeads: 1, headDim: 4, epsilon: 1e-5, base: 10_000, interpolation: 1 },
      ...{ qNorm: floats(4), kNorm: floats(4), qkv: floats(16), y: floats(8) },
      ...{ buffers: [floats(12), floats(12), floats(20), floats(20)], places: [6, 1, 3, 0, 3, 5] },
    },
    rotary: {
      ...{ batch: 2, length: 3, heads: 2, headDim: 4, offset: 1, base: 10_000, interpolation: 1, back: false },
      ...{ x: floats(48), y: floats(48) },
    },
    groupedConvolution: { ...grouped, bias: floats(4), y: floats(24) },
    groupedConvolutionBackward: {
      ...grouped,
      ...{ dy: floats(24), du: floats(40), dFilter: floats(6), dBias: floats(4), dSkip: floats(4) },
    },
    modalFilter: { ...modal, h: floats(20) },
    modalFilterBackward: { ...modal, dh: floats(20), dPoles: floats(48), dResidues: floats(24) },
    modalScan: {
      ...{ ...modal, channels: 8, batch: 2, u: floats(80), skip: floats(4), y: floats(80) },
      ...{ before: floats(192), after: floats(192) },
    },
    wkv: { ...wkv, before: floats(9), y: floats(15), after: floats(9) },
    wkvBackward: { ...wkv, dy: floats(15), dK: floats(15), dV: floats(15), dRate: floats(3), dBonus: floats(3) },
    gatedStep: {
      ...{ texts: 1, d: 4, gate: 0, x: floats(4), y: floats(4), states: [floats(24), floats(16)] },
      ...{ inWeight: floats(48), inBias: floats(12), outWeight: floats(16), outBias: floats(4) },
      ...{ shortTaps: 3, shortWeight: floats(36), shortBias: floats(12) },
      ...{ taps: 5, groups: 1, presentLast: true, filter: floats(5), filterBias: floats(4), filterSkip: floats(4) },
      ...{ modes: 0, poles: null, residues: null, modesSkip: null },
    },
    h3Step: {
      ...{ texts: 1, d: 6, size: 2, x: floats(6), y: floats(6), states: [floats(12), floats(48)] },
      ...{ qWeight: floats(36), qBias: floats(6), kWeight: floats(36), kBias: floats(6) },
      ...{ vWeight: floats(36), vBias: floats(6), outWeight: floats(36), outBias: floats(6) },
      ...{ taps: 3, shift: floats(18), shiftSkip: floats(6) },
      ...{ groups: 3, modes: 1, poles: floats(12), residues: floats(6), modesSkip: floats(3) },
    },
    s4dStep: {
      ...{
        texts: 1,
        d: 4,
        x: floats(4),
        y: floats(4),
        states: [floats(16)],
        outWeight: floats(32),
        outBias: floats(8),
      },
      ...{ groups: 4, modes: 1, poles: floats(16), residues: floats(8), modesSkip: floats(4) },
    },
    rwkvStep: {
      ...{ texts: 1, d: 4, x: floats(4), y: floats(4), states: [floats(4), floats(12)] },
      ...{ keyWeight: floats(16), keyBias: floats(4), valueWeight: floats(16), valueBias: floats(4) },
      ...{ receptanceWeight: floats(16), receptanceBias: floats(4), outWeight: floats(16), outBias: floats(4) },
      ...{ mixKey: floats(4), mixValue: floats(4), mixReceptance: floats(4), decay: floats(4), bonus: floats(4) },
    },
    mamba2Step: {
      ...{ texts: 1, d: 4, inner: 6, heads: 3, stateSize: 5, epsilon: 1e-5, taps: 3 },
      ...{ x: floats(4), y: floats(4), states: [floats(32), floats(30)] },
      ...{ inWeight: floats(25 * 4), inBias: floats(25), outWeight: floats(24), outBias: floats(4) },
      ...{ filter: floats(48), filterBias: floats(16) },
      ...{ dtBias: floats(3), aLog: floats(3), skip: floats(3), norm: floats(6) },
    },
    activation: { kind: 1, count: 6, h: floats(6), factor: floats(6), y: floats(6) },
    activationBackward: {
      ...{ kind: 0, count: 6, dy: floats(6), h: floats(6), factor: floats(6), dh: floats(6), dFactor: floats(6) },
    },
    dropout: { x: floats(6), y: floats(6), count: 6, firstKey: 1, secondKey: 2, threshold: 2 ** 23, scale: 2 },
    adamw: {
      ...{
        values: [floats(6)],
        gradients: [floats(6)],
        firsts: [floats(6)],
        seconds: [floats(6)],
        others: [floats(5)],
      },
      ...{ learningRates: [1e-3], weightDecays: [0.1], beta1: 0.9, beta2: 0.98, epsilon: 1e-8, step: 1 },
      ...{ clip: 1, norm: floats(1) },
    },
  };
}
