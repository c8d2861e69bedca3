import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  complexModes,
  continueGroupedConvolution,
  continueH3,
  diagonalModes,
  activation,
  groupedConvolution,
  h3,
  linear,
  longConvolution,
  modalFilter,
  modalScan,
  realModes,
  selectiveScan,
  wkv,
  type Modes,
  type Orientation,
} from '../../worker/ops/index.ts';
import { attendOn } from '../../worker/models/mixers/mega/chunked-attention.ts';
import type { RecurrentState } from '../../worker/models/mixers/recurrent.ts';
import { expectClose, type Values } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import { readLineage } from './lineage.ts';
import * as cases from './mixer-cases.ts';
import * as naive from './naive-mixers.ts';
import { longConvolution as directSum } from './naive.ts';
import { checkCase, noise, scaled, tensorOf, type Case } from './operation-checks.ts';

const size = (max: number) => fc.integer({ min: 1, max });
const runs = (count: number) => ({ numRuns: count, seed: 1 });
const orientations: Orientation[] = ['correlation', 'convolution'];
const rules = ['zero-order-hold', 'bilinear', { softmax: 1 }, { softmax: 40 }, { softmax: 300 }] as const;

await onEveryDevice('operations of mixers', (_device, deviceName, slow) => {
  const check = (operation: Case, allowed = 1e-5) => checkCase(operation, allowed);

  describe.each(orientations)('GroupedConvolution, %s', (orientation) => {
    it('is the direct sum, and so are its gradients', () =>
      fc.assert(
        fc.asyncProperty(
          fc.record({
            ...{ groups: size(3), shared: size(3), batch: size(2), past: fc.nat(8), length: size(30), taps: size(9) },
          }),
          fc.boolean(),
          (shape, extras) => check(cases.groupedCase(shape, orientation, extras)),
        ),
        runs(slow ? 8 : 16),
      ));

    it('has filters of 128 taps, longer and shorter than the sequence', async () => {
      const shape = { groups: 2, shared: 2, batch: 2, past: 0, taps: 128 };
      await check(cases.groupedCase({ ...shape, length: 150 }, orientation, true));
      await check(cases.groupedCase({ ...shape, length: 40 }, orientation, false));
      await check(cases.groupedCase({ ...shape, shared: 1, length: 21, past: 127 }, orientation, true));
    });

    it('delays by as much as an impulse lies behind the present, never advances', async () => {
      const [length, lag, taps] = [12, 2, 7];
      const filter = new Float32Array(taps);
      filter[orientation === 'correlation' ? taps - 1 - lag : lag] = 1;
      const u = noise(1, 1, 1, length);
      const y = groupedConvolution({ u: tensorOf(u), filter: tf.tensor(filter, [1, 1, taps]) }, { orientation });
      const expected = Float64Array.from(u.data, (_, i) => (i < lag ? 0 : u.data[i - lag]));
      expectClose('delayed', await valuesOf(y), { shape: [1, 1, length], data: expected }, 1e-6);
    });

    it('continues a sequence in parts of any size as the whole', async () => {
      for (const taps of [1, 3, 7, 128]) {
        const length = 300;
        const [u, filter] = [tensorOf(noise(1, 4, 2, length)), tensorOf(noise(2, 2, 1, taps))];
        const [bias, skip] = [tensorOf(noise(3, 4)), tensorOf(noise(4, 4))];
        const y = tf.tidy(() => {
          const parts: tf.Tensor[] = [];
          let before: tf.Tensor | null = null;
          const ends = [0, 1, 2, 3, 40, 41, 200, length];
          for (let index = 1; index < ends.length; index++) {
            const now = cases.part(u, ends[index - 1], ends[index]);
            const result = continueGroupedConvolution({ u: now, filter, bias, skip, before }, { orientation });
            parts.push(result.y);
            before = result.after;
          }
          expect(before!.shape[2]).toBe(taps - 1);
          return tf.concat(parts, 2);
        });
        const whole = groupedConvolution({ u, filter, bias, skip }, { orientation });
        expectClose(`${taps} taps`, await valuesOf(y), await valuesOf(whole), 2e-6);
        tf.dispose([u, filter, bias, skip]);
      }
    });
  });

  it('GroupedConvolution refuses what does not fit', () => {
    const u = tf.zeros([4, 1, 5]);
    const run = (filter: tf.Tensor, before?: tf.Tensor) =>
      groupedConvolution({ u, filter, before }, { orientation: 'correlation' });
    expect(() => run(tf.zeros([3, 1, 2]))).toThrow(/4 channels do not divide into 3 groups/);
    expect(() => run(tf.zeros([4, 1, 2]), tf.zeros([4, 1, 2]))).toThrow(
      /2 positions before are more than 2 taps reach/,
    );
    expect(() => run(tf.zeros([4, 2]))).toThrow(/GroupedConvolution: filter must be/);
  });

  it('ModalFilter is the sum of its modes, and so are its gradients', async () => {
    const shapes = fc.record({ groups: size(3), modes: size(5), length: size(150) });
    await fc.assert(
      fc.asyncProperty(shapes, (shape) => check(cases.complexCase(shape))),
      runs(8),
    );
    await fc.assert(
      fc.asyncProperty(shapes, (shape) => check(cases.realCase(shape))),
      runs(8),
    );
    // A pole of any phase is within 6e-8 of what it should be, its t-th power within t times that, and a gradient sums those.
    await fc.assert(
      fc.asyncProperty(shapes, (shape) => check(cases.decayingCase(shape), 1e-4)),
      runs(8),
    );
    for (const shape of [
      { groups: 2, modes: 3, length: 64 },
      { groups: 2, modes: 17, length: 65 },
      { groups: 1, modes: 1, length: 1 },
      { groups: 1, modes: 2, length: 128 },
    ])
      await check(cases.complexCase(shape));
  });

  it.each(rules)('ModalFilter of a diagonal state space by %j', (rule) =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ groups: size(3), modes: size(5), length: fc.integer({ min: 2, max: 90 }) }),
        // What the softmax divides by nearly cancels the gradient where it is short, and turns often where it is long.
        (shape) => check(cases.diagonalCase(shape, rule), typeof rule === 'object' ? 1e-4 : 1e-5),
      ),
      runs(8),
    ),
  );

  it('H3, of several heads and several channels a head', async () => {
    const shape = { batch: 2, length: 9, order: 4, modes: 3 };
    await check(cases.h3Case({ ...shape, heads: 3, headDim: 1 }));
    await check(cases.h3Case({ ...shape, heads: 2, headDim: 3 }));
    await check(cases.h3Case({ ...shape, heads: 1, headDim: 2, order: 1, length: 1 }));
  });

  it('Activation by the exact GELU', () => check(cases.geluCase(3, 40)));

  it('a pole of 0 acts on the first two taps alone, and has a gradient', async () => {
    const [poles, residues] = [tf.zeros([1, 1, 2]), tf.tensor([2, -3], [1, 1, 2])];
    const slopes = tf.tensor([5, 7, 11], [1, 3]);
    const { value, grads } = tf
      .engine()
      .gradients(() => modalFilter(complexModes(poles, residues), { length: 3 }), [poles, residues], slopes);
    expectClose('h', await valuesOf(value), { shape: [1, 3], data: [2, 0, 0] }, 1e-6);
    expectClose('of the pole', await valuesOf(grads[0]), { shape: [1, 1, 2], data: [14, 21] }, 1e-6);
    expectClose('of the residue', await valuesOf(grads[1]), { shape: [1, 1, 2], data: [5, 0] }, 1e-6);
  });

  const length = slow ? 2048 : 4096;
  describe(`modes near the unit circle over ${length} positions`, () => {
    const u = noise(5, 1, 1, length);
    const skip = noise(6, 1);
    const { poles, residues } = cases.nearUnity(
      [0.9999, 0.9999, 0.999, 0.99995, 0.7, 0.9999],
      [0, 0.01, 1.3, 3.1, -2, -0.5],
    );
    const logPoles = scaled(noise(8, 1, 5), 5e-4, -6e-4);
    const realResidues = noise(9, 1, 5);
    const system = [
      { shape: [1], data: Float64Array.of(Math.fround(Math.log(0.001))) },
      { shape: [1, 8], data: new Float64Array(8).fill(Math.fround(Math.log(0.5))) },
      { shape: [1, 8], data: Float64Array.from({ length: 8 }, (_, n) => Math.fround(Math.PI * n * 8)) },
      noise(10, 1, 8, 2),
      noise(11, 1, 8, 2),
    ];
    const systemModes = (rule: (typeof rules)[number]) => {
      const [logDt, logAReal, aImag, c, b] = system.map((values) => tensorOf(values));
      return diagonalModes({ logDt, logAReal, aImag, c, b }, rule);
    };
    /** A GPU's own exponential of the logarithm of a step is off by (3 + 2|x|) units of the last place. */
    const roughly = (rule: string) => (deviceName === 'webgpu' && rules.some((each) => each === rule) ? 4e-5 : 1e-5);
    const all: [string, () => Modes, ReturnType<typeof naive.complexFilter>][] = [
      [
        'complex poles',
        () => complexModes(tensorOf(poles), tensorOf(residues)),
        naive.complexFilter(poles, residues, length),
      ],
      [
        'real poles',
        () => realModes(tensorOf(logPoles), tensorOf(realResidues)),
        naive.realFilter(logPoles, realResidues, length),
      ],
      ...rules.map((rule): [string, () => Modes, ReturnType<typeof naive.complexFilter>] => [
        JSON.stringify(rule),
        () => systemModes(rule),
        naive.diagonalFilter(system, rule, length),
      ]),
    ];

    it.each(all)('%s: filter, convolution and recurrence are the direct sum', async (name, modesOf, h) => {
      const expected = directSum(u, h, skip);
      const [taps, convolved, scanned] = tf.tidy(() => {
        const modes = modesOf();
        const filter = modalFilter(modes, { length });
        const [input, factor] = [tensorOf(u), tensorOf(skip)];
        return [
          filter,
          longConvolution(input, filter, factor, { algorithm: 'auto' }),
          modalScan({ u: input, modes, skip: factor, before: null }).y,
        ];
      });
      expectClose('filter', await valuesOf(taps), h, roughly(name));
      expectClose('convolution', await valuesOf(convolved), expected, roughly(name));
      expectClose('recurrence', await valuesOf(scanned), expected, roughly(name));
    });

    it.each(all)('%s: the recurrence in parts and by steps is the whole', async (name, modesOf, h) => {
      const expected = directSum(u, h, skip);
      const steps = slow ? 40 : 300;
      const ends = [0, 1, 700, 701, length - steps, ...Array.from({ length: steps }, (_, i) => length - steps + 1 + i)];
      const y = tf.tidy(() => {
        const [input, factor, modes] = [tensorOf(u), tensorOf(skip), modesOf()];
        let before: tf.Tensor | null = null;
        const parts: tf.Tensor[] = [];
        for (let index = 1; index < ends.length; index++) {
          const now = cases.part(input, ends[index - 1], ends[index]);
          const result = modalScan({ u: now, modes, skip: factor, before });
          parts.push(result.y);
          before = result.after;
        }
        return tf.concat(parts, 2);
      });
      expectClose('in parts', await valuesOf(y), expected, roughly(name));
    });

    it('gradients of complex poles are those of the direct sum', async () => {
      const slopes = noise(12, 1, length);
      const tensors = [poles, residues].map((values) => tensorOf(values));
      const { value, grads } = tf
        .engine()
        .gradients(() => modalFilter(complexModes(tensors[0], tensors[1]), { length }), tensors, tensorOf(slopes));
      const expected = naive.complexFilterGradients(poles, residues, slopes);
      expectClose('of poles', await valuesOf(grads[0]), expected[0], 1e-6);
      expectClose('of residues', await valuesOf(grads[1]), expected[1], 1e-6);
      tf.dispose([value, ...tensors]);
    });
  });

  it('ModalScan shares modes in groups, row by row', async () => {
    const [channels, batch, count] = [6, 2, 33];
    const u = noise(1, channels, batch, count);
    const [poles, residues, skip] = [scaled(noise(2, 3, 4, 2), 0.7), noise(3, 3, 4, 2), noise(4, 3)];
    const { y, after } = tf.tidy(() => {
      const modes = complexModes(tensorOf(poles), tensorOf(residues));
      return modalScan({ u: tensorOf(u), modes, skip: tensorOf(skip), before: null });
    });
    const h = naive.complexFilter(poles, residues, count);
    const shared = {
      shape: [channels, count],
      data: Float64Array.from(
        { length: channels * count },
        (_, at) => h.data[Math.floor(at / count / 2) * count + (at % count)],
      ),
    };
    const factors = { shape: [channels], data: Float64Array.from({ length: channels }, (_, c) => skip.data[c >> 1]) };
    expect(after.shape).toEqual([channels, batch, 4, 4]);
    after.dispose();
    expectClose('y', await valuesOf(y), directSum(u, shared, factors), 1e-5);
  });

  it('nothing of later positions acts on earlier ones', async () => {
    const [count, changed] = [90, 51];
    const values = noise(1, 4, 1, count);
    const other = { ...values, data: values.data.map((x, i) => (i % count < changed ? x : Math.fround(-50 * x))) };
    const modes = () => complexModes(tensorOf(scaled(noise(2, 2, 3, 2), 0.7)), tensorOf(noise(3, 2, 3, 2)));
    const run = (input: typeof values) =>
      tf.tidy(() => {
        const u = tensorOf(input);
        const filters = { filter: tensorOf(noise(4, 2, 1, 7)), skip: tensorOf(noise(5, 4)) };
        const results = [
          modalScan({ u, modes: modes(), skip: tensorOf(noise(6, 2)), before: null }).y,
          ...orientations.map((orientation) => groupedConvolution({ u, ...filters }, { orientation })),
        ];
        return tf.concat(results, 0);
      });
    const [first, second] = [(await valuesOf(run(values))).data, (await valuesOf(run(other))).data];
    for (let i = 0; i < first.length; i++) if (i % count < changed) expect(second[i], `element ${i}`).toBe(first[i]);
    expect(Array.from(second)).not.toEqual(Array.from(first));
  });

  it('attention in chunks sees each token’s chunk up to itself, and so do its gradients', async () => {
    for (const [length, chunk] of [
      [1, 1],
      [1, 4],
      [4, 4],
      [3, 7],
      [11, 4],
      [5, 1],
      [24, 8],
    ])
      await check(cases.chunkedCase({ batch: 2, length, chunk, width: 3 }));
  });

  it.each([1, 2, 5, 8])('attention in chunks of %i continues in parts of any size as the whole', async (chunk) => {
    const [batch, length, width] = [2, 37, 3];
    const inputs = cases.chunkedInputs({ batch, length, chunk, width });
    const expected = naive.chunkedAttention(inputs);
    const y = tf.tidy(() => {
      const [q, k, v, bias] = inputs.map((input) => tensorOf(input));
      const zeros = (size: number) => tf.zeros([1, batch, chunk, size]);
      let before: RecurrentState = { keys: zeros(width), values: zeros(width + 2), place: tf.zeros([1, batch]) };
      const parts: tf.Tensor[] = [];
      const ends = [0, 1, 2, 4, 5, 16, 17, 18, 36, length];
      for (let index = 1; index < ends.length; index++) {
        const [begin, end] = [ends[index - 1], ends[index]];
        const now = (x: tf.Tensor) => tf.slice(x, [0, begin, 0], [batch, end - begin, x.shape[2]!]);
        const { attended, kept } = attendOn(
          { queries: now(q), keys: now(k), values: now(v) },
          bias as tf.Tensor1D,
          before,
        );
        parts.push(attended);
        before = kept;
      }
      return tf.concat(parts, 1);
    });
    expectClose('in parts', await valuesOf(y), expected, 1e-5);
  });

  const tokenShapes = fc.record({ batch: size(3), length: size(25), width: size(9) });

  it('TokenShift is a mixture with the token before, and so are its gradients', () =>
    fc.assert(
      fc.asyncProperty(tokenShapes, fc.boolean(), (shape, continued) => check(cases.tokenShiftCase(shape, continued))),
      runs(8),
    ));

  it('Wkv is the weighted mean of equation 14, and so are its gradients', async () => {
    await fc.assert(
      fc.asyncProperty(tokenShapes, fc.constantFrom(1, 4), (shape, spread) => check(cases.wkvCase(shape, spread))),
      runs(8),
    );
    await check(cases.wkvCase({ batch: 2, length: 130, width: 3 }, 2));
  });

  it('Wkv takes keys whose exponentials no number holds, and continues in parts of any size', async () => {
    const [batch, count, width] = [2, 40, 3];
    const inputs = [
      ...[scaled(noise(1, batch, count, width), 300), noise(2, batch, count, width)],
      ...[scaled(noise(3, width), 0.5, 0.51), scaled(noise(4, width), 200)],
    ];
    const y = tf.tidy(() => {
      const [k, v, rate, bonus] = inputs.map((input) => tensorOf(input));
      const parts: tf.Tensor[] = [];
      let before: tf.Tensor | null = null;
      const ends = [0, 1, 2, 9, 10, 30, count];
      for (let index = 1; index < ends.length; index++) {
        const [begin, end] = [ends[index - 1], ends[index]];
        const now = (x: tf.Tensor) => tf.slice(x, [0, begin, 0], [batch, end - begin, width]);
        const result = wkv({ k: now(k), v: now(v), rate, bonus, before });
        parts.push(result.y);
        before = result.after;
      }
      return [wkv({ k, v, rate, bonus, before: null }).y, tf.concat(parts, 1)];
    });
    const expected = naive.wkv(inputs);
    expectClose('whole', await valuesOf(y[0]), expected, 1e-4);
    expectClose('in parts', await valuesOf(y[1]), expected, 1e-4);
  });

  it('SelectiveScan is the recurrence, and so are its gradients', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ heads: size(3), headDim: size(3), states: size(4), batch: size(2), length: size(20) }),
        (shape) => check(cases.selectiveCase(shape), 2e-5),
      ),
      runs(slow ? 4 : 8),
    );
    // More than two chunks. The gradient of a decay is a difference of sums over the whole sequence, in fp32.
    await check(cases.selectiveCase({ heads: 2, headDim: 1, states: 2, batch: 1, length: 150 }), 1e-4);
  });

  it('SelectiveScan in parts is the whole', async () => {
    const count = 150;
    const inputs = cases.selectiveInputs({ heads: 2, headDim: 3, states: 4, batch: 2, length: count });
    const y = tf.tidy(() => {
      const [x, dt, dtBias, aLog, b, c, skip] = inputs.map((input) => tensorOf(input));
      const parts: tf.Tensor[] = [];
      let before: tf.Tensor | null = null;
      const ends = [0, 1, 2, 3, 70, 71, count];
      for (let index = 1; index < ends.length; index++) {
        const [xNow, dtNow, bNow, cNow] = [x, dt, b, c].map((one) => cases.part(one, ends[index - 1], ends[index]));
        const result = selectiveScan({ x: xNow, dt: dtNow, dtBias, aLog, b: bNow, c: cNow, skip, before });
        parts.push(result.y);
        before = result.after;
      }
      return tf.concat(parts, 2);
    });
    expectClose('in parts', await valuesOf(y), naive.selectiveScan(inputs), 1e-5);
  });

  it('H3 in parts is H3', async () => {
    const [width, batch, count, heads, order] = [6, 2, 40, 3, 5];
    const y = tf.tidy(() => {
      const [q, k, v] = [
        noise(1, width, batch, count),
        noise(2, width, batch, count),
        noise(3, width, batch, count),
      ].map((x) => tensorOf(x));
      const modes = complexModes(tensorOf(scaled(noise(4, heads, 3, 2), 0.7)), tensorOf(noise(5, heads, 3, 2)));
      const weights = {
        ...{ shiftB: tensorOf(noise(6, width, order)), shiftC: tensorOf(noise(7, width, order)) },
        ...{ shiftSkip: tensorOf(noise(8, width)), skip: tensorOf(noise(9, heads)), modes },
      };
      const parts: tf.Tensor[] = [];
      let state: Parameters<typeof continueH3>[1] = null;
      const ends = [0, 1, 3, 20, 21, count];
      for (let index = 1; index < ends.length; index++) {
        const [qNow, kNow, vNow] = [q, k, v].map((x) => cases.part(x, ends[index - 1], ends[index]));
        const result = continueH3({ q: qNow, k: kNow, v: vNow, ...weights }, state);
        parts.push(result.y);
        state = result.after;
      }
      return [h3({ q, k, v, ...weights }, { algorithm: 'auto' }), tf.concat(parts, 2)];
    });
    expectClose('in parts', await valuesOf(y[1]), await valuesOf(y[0]), 1e-5);
  });
});

/** The tensors of a vector by name, from which a mixer is built, and what it makes of them. */
type Build = (x: tf.Tensor, weight: (name: string) => tf.Tensor, config: Record<string, number>) => tf.Tensor;

const toChannels = { input: 'tokens', output: 'channels', precision: 'fp32' } as const;
const toTokens = { input: 'channels', output: 'tokens', precision: 'fp32' } as const;
const noBias = (weight: tf.Tensor) => tf.zeros([weight.shape[0]]);

/** Rows `[3D,B,L]` as x2, x1, v: of each of `heads` blocks the first third, the second, the last. */
function columnSplit(z: tf.Tensor, heads: number): tf.Tensor[] {
  const [rows, batch, length] = z.shape as [number, number, number];
  // Not in five dimensions: tfjs's WebGPU backend pads none of them.
  const split = tf.reshape(z, [heads, 3, rows / 3 / heads, batch * length]);
  return [0, 1, 2].map((which) =>
    tf.reshape(tf.slice(split, [0, which, 0, 0], [-1, 1, -1, -1]), [rows / 3, batch, length]),
  );
}

/** A block of StripedHyena: x2·mix(x1·v) between its projections. */
const striped =
  (mix: (u: tf.Tensor, weight: (name: string) => tf.Tensor) => tf.Tensor): Build =>
  (x, weight, { d_model: width, num_heads: heads }) => {
    const named = weight('projections.weight');
    // Evo 2 interleaves x2, x1, v: a head of one channel. It has no biases here.
    const biased = heads !== undefined;
    const z = linear(x, named, biased ? weight('projections.bias') : noBias(named), toChannels);
    const short = groupedConvolution(
      {
        u: z,
        filter: weight('filter.short_filter_weight'),
        ...(biased ? { bias: weight('filter.short_filter_bias') } : {}),
      },
      { orientation: 'correlation' },
    );
    const [x2, x1, v] = columnSplit(short, heads ?? width);
    const y = tf.mul(x2, mix(tf.mul(x1, v), weight));
    return linear(y, weight('out_filter_dense.weight'), weight('out_filter_dense.bias'), toTokens);
  };
const flat = (x: tf.Tensor, ...shape: number[]) => tf.reshape(x, shape);
const lengthOf = (u: tf.Tensor) => ({ length: u.shape[2]! });

const mixers: Record<string, Build> = {
  'mixers/modal_complex': striped((u, weight) => {
    const [width, modes] = weight('filter.poles').shape as [number, number];
    const [poles, residues] = ['poles', 'residues'].map((name) => flat(weight(`filter.${name}`), width, modes, 2));
    const h = modalFilter(complexModes(poles, residues), lengthOf(u));
    return longConvolution(u, h, weight('filter.D'), { algorithm: 'auto' });
  }),
  'mixers/hcl': striped((u, weight) => {
    const residues = weight('filter.residues');
    const h = modalFilter(realModes(flat(weight('filter.log_poles'), ...residues.shape), residues), lengthOf(u));
    return longConvolution(u, h, weight('filter.D'), { algorithm: 'auto' });
  }),
  'mixers/hcs': striped((u, weight) =>
    groupedConvolution({ u, filter: weight('filter.h') }, { orientation: 'correlation' }),
  ),
  'mixers/hcm': striped((u, weight) =>
    groupedConvolution({ u, filter: weight('filter.h'), skip: weight('filter.D') }, { orientation: 'convolution' }),
  ),
  'mixers/short_conv': (x, weight) => {
    const z = linear(x, weight('in_proj.weight'), noBias(weight('in_proj.weight')), toChannels);
    const [b, c, v] = columnSplit(z, 1);
    const y = groupedConvolution({ u: tf.mul(b, v), filter: weight('conv.weight') }, { orientation: 'correlation' });
    return linear(tf.mul(c, y), weight('out_proj.weight'), noBias(weight('out_proj.weight')), toTokens);
  },
  ...Object.fromEntries(
    ['h3/operator_head1', 'h3/operator_head4'].map((name): [string, Build] => [
      name,
      (x, weight) => {
        const project = (which: string) =>
          linear(x, weight(`${which}_proj.weight`), weight(`${which}_proj.bias`), toChannels);
        const part = (which: string) => weight(`kernel.kernel.${which}`);
        const [shiftB, shiftC] = ['B', 'C'].map((which) => weight(`ssm_k_kernel.kernel.${which}`));
        const system = {
          ...{ logDt: part('log_dt'), logAReal: part('inv_A_real'), aImag: part('A_imag'), b: part('B') },
          c: flat(part('C'), ...part('B').shape),
        };
        const y = h3(
          {
            ...{ q: project('q'), k: project('k'), v: project('v') },
            ...{ shiftB, shiftC: flat(shiftC, ...shiftB.shape), shiftSkip: weight('ssm_k_D'), skip: weight('D') },
            modes: diagonalModes(system, 'bilinear'),
          },
          { algorithm: 'auto' },
        );
        return linear(y, weight('output_linear.weight'), weight('output_linear.bias'), toTokens);
      },
    ]),
  ),
  's4d/operator': (x, weight) => {
    const [batch, length, width] = x.shape as [number, number, number];
    const u = tf.transpose(x, [2, 0, 1]);
    const system = {
      ...{ logDt: weight('kernel.log_dt'), logAReal: weight('kernel.log_A_real'), aImag: weight('kernel.A_imag') },
      c: weight('kernel.C'),
    };
    const h = modalFilter(diagonalModes(system, 'zero-order-hold'), { length });
    const y = activation(longConvolution(u, h, weight('D'), { algorithm: 'auto' }), null, 'gelu');
    const outWeight = flat(weight('output_linear.0.weight'), 2 * width, width);
    const out = linear(y, outWeight, weight('output_linear.0.bias'), toTokens);
    const [a, b] = [0, 1].map((which) => tf.slice(out, [0, 0, which * width], [batch, length, width]));
    return tf.mul(a, tf.sigmoid(b));
  },
};

await onEveryDevice('published mixers', () => {
  it.each(Object.entries(mixers))('%s: output and all gradients', async (name, build) => {
    const vector = await readLineage(`${name}.safetensors`);
    const weights = new Map(vector.weights.map((each) => [each, vector.tensor(`weight.${each}`)]));
    const x = vector.tensor('input');
    const slope = vector.tensor('grad_output');
    const { value, grads } = tf
      .engine()
      .gradients(() => build(x, (each) => weights.get(each)!, vector.config), [x, ...weights.values()], slope);
    const close = async (what: string, actual: tf.Tensor, expected: Values) =>
      expectClose(what, await valuesOf(actual), expected, vector.tolerance);
    await close('output', value, vector.values('output'));
    await close('grad_input', grads[0], vector.values('grad_input'));
    for (const [index, each] of vector.weights.entries())
      await close(`gradient of ${each}`, grads[index + 1], vector.values(`grad.${each}`));
    tf.dispose([x, slope, ...weights.values()]);
  });
});
