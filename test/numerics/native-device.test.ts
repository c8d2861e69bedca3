import * as tf from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HyenaError } from '../../main/contract/errors.ts';
import { findAddon, openAddon } from '../../worker/devices/native/addon.ts';
import type { Addon, Handle } from '../../worker/devices/native/calls/index.ts';
import { native } from '../../worker/devices/native.ts';
import { adamW, embedding, layerNorm } from '../../worker/ops/index.ts';
import { devicesNamedBy } from './devices.ts';

/** What the native device promises besides right numbers: errors, memory, a free event loop. */
const { available } = await native.find();
const described = available ? describe : describe.skip;

it('is there wherever HYENA_EXPECTED_DEVICES says so', () => {
  const expected = devicesNamedBy('HYENA_EXPECTED_DEVICES');
  expect(available || !expected.includes('native')).toBe(true);
});

/** The HyenaError that a call throws. */
function errorOf(call: () => unknown): HyenaError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(HyenaError);
    return error as HyenaError;
  }
  throw new Error('nothing was thrown');
}

described('the native device', () => {
  let addon: Addon;
  beforeAll(async () => {
    await native.open();
    addon = openAddon();
  });

  const floats = (count: number) => addon.create({ type: 'float32', count });
  const release = (...tensors: Handle[]) => tensors.forEach((tensor) => addon.release({ tensor }));

  it('counts only the rows of a table that are read', async () => {
    const [vocabulary, d, tokens] = [1000, 8, 3];
    const [weight, y] = [floats(vocabulary * d), floats(tokens * d)];
    const ids = addon.create({ type: 'int32', count: tokens });
    addon.write({ tensor: ids, values: Int32Array.from([7, 999, 0]) });
    addon.fill({ value: 1, y: weight });
    addon.measure({ on: true });
    addon.embedding({ ids, weight, y, tokens, vocabulary, d });
    await addon.finish();
    addon.measure({ on: false });
    expect(addon.measured().embedding).toMatchObject({ calls: 1, bytes: 4 * (tokens + 2 * tokens * d) });
    release(weight, y, ids);
  });

  it('refuses wrong arguments by the name of the kernel, before it enqueues anything', () => {
    const [x, y, short, three] = [floats(6), floats(6), floats(5), floats(3)];
    const ids = addon.create({ type: 'int32', count: 6 });
    const norm = { x, residual: null, gamma: short, beta: x, sum: null, y, rows: 2, d: 3, epsilon: 1e-5 };
    const box = { dims: [7], x, xOffset: 0, xStrides: [1], y, yOffset: 0, yStrides: [1] };
    const wrong: [string, string, () => void][] = [
      ['unary', "'x' must hold 6 values", () => addon.unary({ operation: 'exp', x: short, y })],
      ['unary', 'has 6 of int32', () => addon.unary({ operation: 'exp', x: ids, y })],
      ['unary', "'operation' must be one of negate", () => addon.unary({ operation: 'sinh' as 'exp', x, y })],
      ['layerNorm', "'gamma' must hold 3 values", () => addon.layerNorm(norm)],
      [
        'layerNorm',
        "'sum' goes with 'residual'",
        () => addon.layerNorm({ ...norm, gamma: three, beta: three, sum: y }),
      ],
      [
        'embedding',
        "'weight' must hold 12 values",
        () => addon.embedding({ ids, weight: x, y, tokens: 6, vocabulary: 4, d: 3 }),
      ],
      [
        'embedding',
        "'ids' must hold 5 values",
        () => addon.embedding({ ids, weight: x, y, tokens: 5, vocabulary: 2, d: 3 }),
      ],
      ['copy', 'which the box would leave', () => addon.copy(box)],
      ['copy', 'which the box would leave', () => addon.copy({ ...box, dims: [3], xOffset: 1, xStrides: [-1] })],
      [
        'binary',
        'do not broadcast',
        () => addon.binary({ operation: 'add', a: x, aShape: [2, 3], b: short, bShape: [5], y, yShape: [2, 3] }),
      ],
      ['release', 'is not a tensor', () => addon.release({ tensor: 12345 })],
      ['create', "'count' must be an integer", () => void addon.create({ type: 'float32', count: -1 })],
      ['create', "'count' must be an integer", () => void addon.create({ type: 'float32', count: NaN })],
      ['write', 'values', () => addon.write({ tensor: x, values: new Float32Array(7) })],
      ['write', 'typed array', () => addon.write({ tensor: x, values: [1] as unknown as Float32Array })],
    ];
    for (const [name, message, call] of wrong) {
      const error = errorOf(call);
      expect(error.message).toContain(`${name}: `);
      expect(error.message).toContain(message);
    }
    release(x, y, short, three, ids);
  });

  it('refuses a tensor that was released, also when its place is used again', () => {
    const gone = floats(4);
    release(gone);
    const next = floats(4);
    expect(next).not.toBe(gone);
    expect(errorOf(() => addon.readSync({ tensor: gone })).message).toContain('disposed');
    expect(errorOf(() => release(gone)).message).toContain('disposed');
    release(next);
  });

  it('tells of an id outside the vocabulary at the next read, then goes on', async () => {
    const weight = tf.ones([4, 3]);
    const wrong = tf.tensor2d([[0, 9]], [1, 2], 'int32');
    const y = embedding(wrong, weight);
    await expect(y.data()).rejects.toThrow(/Embedding: token id 9 is outside 0..3/);
    const right = tf.tensor2d([[0, 3]], [1, 2], 'int32');
    const z = embedding(right, weight);
    expect([...(await z.data())]).toEqual([1, 1, 1, 1, 1, 1]);
    const again = embedding(wrong, weight);
    expect(() => again.dataSync()).toThrow(/token id 9/);
    tf.dispose([weight, wrong, right, y, z, again]);
  });

  it('leaves parameters as they are where a kernel before the update failed', async () => {
    const variable = tf.variable(tf.ones([4, 3]));
    const [first, second] = [tf.variable(tf.zeros([4, 3])), tf.variable(tf.zeros([4, 3]))];
    const wrong = tf.tensor2d([[9]], [1, 1], 'int32');
    const parameter = { value: variable, gradient: tf.ones([4, 3]), first, second, learningRate: 1, weightDecay: 0 };
    const attributes = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, step: 1, clip: null };
    const bad = embedding(wrong, variable);
    let norm: tf.Tensor | undefined;
    // The failure is thrown by whichever comes first: the next call or the read.
    await expect(
      (async () => {
        norm = adamW([parameter], attributes);
        await norm.data();
      })(),
    ).rejects.toThrow(/token id 9/);
    expect([...(await variable.data())]).toEqual(new Array(12).fill(1));
    tf.dispose([variable, first, second, wrong, bad, parameter.gradient, ...(norm ? [norm] : [])]);
  });

  it('answers a request for too much memory with what was asked and what is in use', () => {
    const before = addon.memory().inUse;
    const error = errorOf(() => floats(2 ** 39));
    expect(error.code).toBe('out-of-memory');
    expect(error.message).toMatch(/cannot allocate 2097152 MiB more; \d+ MiB in use/);
    expect(error.hint).toContain('batch');
    expect(addon.memory().inUse).toBe(before);
  });

  it('keeps to HYENA_MEMORY_LIMIT_MIB', () => {
    const program = `
      const addon = require(${JSON.stringify(findAddon())});
      const makeError = (code, message) => Object.assign(new Error(message), { code });
      addon.open({ threads: 1, limit: 64 * 2 ** 20, makeError });
      const create = (mebibytes) => addon.create({ type: 'float32', count: mebibytes * 2 ** 18 });
      const one = create(40);
      try { create(40); } catch (error) { console.log(error.code, error.message); }
      addon.release({ tensor: one });
      create(64);
      console.log('fits');`;
    const { stdout, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect(stdout).toContain('out-of-memory create: cannot allocate 40 MiB more; 40 MiB in use, limit 64 MiB');
    expect(stdout).toContain('fits');
    expect(status).toBe(0);
  });

  it('lets the process end, with tensors held and work still in the queue', () => {
    const program = `
      const addon = require(${JSON.stringify(findAddon())});
      addon.open({ threads: 2, limit: 0, makeError: (code, message) => Object.assign(new Error(message), { code }) });
      const [a, y] = [1, 2].map(() => addon.create({ type: 'float32', count: 600 * 600 }));
      addon.fill({ value: 1, y: a });
      const sizes = { batch: 1, aBatch: 1, bBatch: 1, m: 600, n: 600, k: 600, transposeA: false, transposeB: false };
      for (let i = 0; i < 2000; i++) addon.matrixProduct({ a, b: a, y, ...sizes });
      if (process.argv[1] === 'waiting') addon.read({ tensor: y });
      process.exit(0);`;
    for (const mode of ['idle', 'waiting']) {
      const { status, signal } = spawnSync(process.execPath, ['-e', program, mode], { timeout: 30_000 });
      expect({ status, signal }).toEqual({ status: 0, signal: null });
    }
  });

  it('gives memory back: the same work again needs no more', async () => {
    const work = async () => {
      const y = tf.tidy(() => {
        const x = tf.ones([64, 48]);
        return tf.sum(layerNorm(tf.add(tf.exp(x), 1), tf.ones([48]), tf.zeros([48]), 1e-5));
      });
      await y.data();
      y.dispose();
    };
    await work();
    const before = addon.memory();
    for (let i = 0; i < 300; i++) await work();
    const after = addon.memory();
    expect(after.tensors).toBe(before.tensors);
    expect(after.inUse).toBe(before.inUse);
    expect(after.reserved).toBe(before.reserved);
    expect(after.scratch).toBe(before.scratch);
  });

  it('leaves the event loop free while it computes', async ({ skip }) => {
    const size = 700;
    const a = tf.ones([size, size]);
    let product: tf.Tensor = a.clone();
    const started = performance.now();
    for (let i = 0; i < 40; i++) {
      const next = tf.mul(tf.matMul(product as tf.Tensor2D, a as tf.Tensor2D), 1 / size);
      product.dispose();
      product = next;
    }
    const enqueued = performance.now() - started;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const [first] = await product.data();
    clearInterval(timer);
    const total = performance.now() - started;
    expect(first).toBeCloseTo(1, 4);
    tf.dispose([a, product]);
    // Most of the time must be spent computing, not enqueueing, for timers to run meanwhile.
    skip(total <= 60 || enqueued >= total / 2, `it took ${total.toFixed(0)} ms, ${enqueued.toFixed(0)} to enqueue`);
    expect(ticks).toBeGreaterThan(3);
  });

  it('gives the same bits on any number of threads and at every run', () => {
    const program = path.join(import.meta.dirname, 'native-digest.mjs');
    const digests = ['1', '2', '3', '3'].map((threads) => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [program, findAddon()!], {
        encoding: 'utf8',
        env: { ...process.env, HYENA_THREADS: threads },
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      return stdout.trim();
    });
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(digests).size).toBe(1);
  });
});
