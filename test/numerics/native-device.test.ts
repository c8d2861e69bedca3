import * as tf from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HyenaError } from '../../main/contract/errors.ts';
import { dataTypes, findAddon, openAddon, type Addon } from '../../worker/devices/native/addon.ts';
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

  const floats = (count: number) => addon.create(dataTypes.float32, count);

  it('refuses wrong arguments by the name of the kernel, before it enqueues anything', () => {
    const [x, y, short] = [floats(6), floats(6), floats(5)];
    const ids = addon.create(dataTypes.int32, 6);
    const wrong: [string, string, () => void][] = [
      ['unary', "'x' must hold 6 values", () => addon.unary('exp', short, y)],
      ['unary', 'has 6 of int32', () => addon.unary('exp', ids, y)],
      ['unary', "no operation 'sinh'", () => addon.unary('sinh' as 'exp', x, y)],
      ['layerNorm', "'gamma' must hold 3 values", () => addon.layerNorm(x, null, short, x, null, y, 2, 3, 1e-5)],
      ['embedding', "'weight' must hold 12 values", () => addon.embedding(ids, x, y, 4, 3)],
      ['copy', 'would leave the tensor', () => addon.copy([7], x, 0, [1], y, 0, [1])],
      ['copy', 'would leave the tensor', () => addon.copy([3], x, 1, [-1], y, 0, [1])],
      ['binary', 'do not broadcast', () => addon.binary('add', x, [2, 3], short, [5], y, [2, 3])],
      ['release', 'is not a tensor', () => addon.release(12345)],
      ['create', "'count' must be an integer", () => void addon.create(dataTypes.float32, -1)],
      ['create', "'count' must be an integer", () => void addon.create(dataTypes.float32, NaN)],
      ['write', 'values', () => addon.write(x, new Float32Array(7))],
      ['write', 'typed array', () => addon.write(x, [1] as unknown as Float32Array)],
      ['linear', 'takes 10 arguments', () => (addon.linear as () => void)()],
    ];
    for (const [name, message, call] of wrong) {
      const error = errorOf(call);
      expect(error.message).toContain(`${name}: `);
      expect(error.message).toContain(message);
    }
    for (const tensor of [x, y, short, ids]) addon.release(tensor);
  });

  it('refuses a tensor that was released, also when its place is used again', () => {
    const gone = floats(4);
    addon.release(gone);
    const next = floats(4);
    expect(next).not.toBe(gone);
    expect(errorOf(() => addon.readSync(gone)).message).toContain('disposed');
    expect(errorOf(() => addon.release(gone)).message).toContain('disposed');
    addon.release(next);
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
    const error = errorOf(() => addon.create(dataTypes.float32, 2 ** 39));
    expect(error.code).toBe('out-of-memory');
    expect(error.message).toMatch(/2097152 MiB more do not fit: \d+ MiB are in use/);
    expect(error.hint).toContain('batch');
    expect(addon.memory().inUse).toBe(before);
  });

  it('keeps to HYENA_MEMORY_LIMIT_MIB', () => {
    const program = `
      const addon = require(${JSON.stringify(findAddon())});
      addon.open(1, 64 * 2 ** 20, (code, message) => Object.assign(new Error(message), { code }));
      const one = addon.create(0, 10 * 2 ** 20);
      try { addon.create(0, 10 * 2 ** 20); } catch (error) { console.log(error.code, error.message); }
      addon.release(one);
      addon.create(0, 16 * 2 ** 20);
      console.log('fits');`;
    const { stdout, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect(stdout).toContain('out-of-memory create: 40 MiB more do not fit: 40 MiB are in use, 64 MiB are allowed');
    expect(stdout).toContain('fits');
    expect(status).toBe(0);
  });

  it('lets the process end, with tensors held and work still in the queue', () => {
    const program = `
      const addon = require(${JSON.stringify(findAddon())});
      addon.open(2, 0, (code, message) => Object.assign(new Error(message), { code }));
      const [a, b] = [addon.create(0, 600 * 600), addon.create(0, 600 * 600)];
      addon.fill(1, a);
      for (let i = 0; i < 2000; i++) addon.matrixProduct(a, a, b, 1, 600, 600, 600, false, false, 0, 0);
      if (process.argv[1] === 'waiting') addon.read(b);
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

  it('leaves the event loop free while it computes', async () => {
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
    // Most of the time is spent computing, not enqueueing, and timers ran meanwhile.
    if (total > 60 && enqueued < total / 2) expect(ticks).toBeGreaterThan(3);
    tf.dispose([a, product]);
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
