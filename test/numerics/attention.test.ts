import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { attention, linear, rotary, type Precision } from '../../worker/ops/index.ts';
import { expectClose, type Values } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import * as naive from './naive.ts';
import { attentionCase } from './operation-cases.ts';
import { checkCase, noise, scaled, tensorOf } from './operation-checks.ts';
import { readSafetensors } from './read-safetensors.ts';

/** What operations.test.ts does not show of attention: texts of any length, what must not change, frozen vectors. */

const projected = { input: 'tokens', output: 'tokens', precision: 'fp32' } as const;
const settings = { heads: 4, kvHeads: 2, window: null };

/** A frozen vector: its tensors, and its metadata parsed. */
async function readVector(name: string) {
  const { metadata, tensors } = await readSafetensors(join(import.meta.dirname, '../vectors/attention', name));
  const values = (tensor: string) => tensors.get(tensor) as Values & { data: Float32Array };
  return {
    config: JSON.parse(metadata.get('config')!) as Record<string, number>,
    tolerance: JSON.parse(metadata.get('tolerance')!) as number,
    values,
    tensor: (tensor: string) => tf.tensor(values(tensor).data, [...values(tensor).shape]),
  };
}

await onEveryDevice('attention', (_device, deviceName, slow) => {
  // Beyond the blocks of every kernel; the time grows with the square.
  const length = slow ? 320 : deviceName === 'portable' ? 1024 : 4096;
  it(`is right at a few rows of ${length} positions, with and without a window`, async () => {
    const inputs = [noise(1, 1, length, 4 * 32), scaled(noise(2, 1, length, 2 * 32), 3), noise(3, 1, length, 2 * 32)];
    const rows = [0, 1, 127, length / 2 + 5, length - 2, length - 1];
    for (const window of [null, slow ? 100 : 300]) {
      const y = tf.tidy(() => {
        const [q, k, v] = inputs.map((input) => tensorOf(input));
        return tf.gather(attention(q, k, v, { ...settings, window, precision: 'fp32' }), tf.tensor1d(rows, 'int32'), 1);
      });
      const expected = naive.attention(inputs[0], inputs[1], inputs[2], { ...settings, window }, rows);
      expectClose(`window ${window}`, await valuesOf(y), expected, 1e-5);
      y.dispose();
    }
  });

  it('continues a text as if it had been read at once', async () => {
    const [past, total] = [150, 211];
    const inputs = [noise(1, 2, total, 4 * 8), noise(2, 2, total, 2 * 8), noise(3, 2, total, 2 * 8)];
    const [whole, parts] = tf.tidy(() => {
      const [q, k, v] = inputs.map((input) => tensorOf(input) as tf.Tensor3D);
      const options = { ...settings, window: 90, precision: 'fp32' } as const;
      const upTo = (x: tf.Tensor3D, end: number) => tf.slice(x, [0, 0, 0], [2, end, x.shape[2]]);
      const from = (x: tf.Tensor3D, begin: number, end: number) =>
        tf.slice(x, [0, begin, 0], [2, end - begin, x.shape[2]]);
      const steps = [0, past, past + 1, total - 1, total];
      const pieces = steps
        .slice(1)
        .map((end, index) => attention(from(q, steps[index], end), upTo(k, end), upTo(v, end), options));
      return [attention(q, k, v, options), tf.concat(pieces, 1)];
    });
    expectClose('in parts', await valuesOf(parts), await valuesOf(whole), 1e-6);
    tf.dispose([whole, parts]);
  });

  it('lets nothing of later positions into earlier ones', async () => {
    const [count, changed] = [140, 75];
    const run = (factor: number) =>
      tf.tidy(() => {
        const [q, k, v] = [noise(1, 1, count, 32), noise(2, 1, count, 16), noise(3, 1, count, 16)].map((input) => {
          const from = changed * input.shape[2];
          return tensorOf({
            shape: input.shape,
            data: input.data.map((x, i) => (i < from ? x : Math.fround(x * factor))),
          });
        });
        return attention(q, k, v, { ...settings, precision: 'fp32' });
      });
    const [first, second] = [run(1), run(-50)];
    const [a, b] = [(await valuesOf(first)).data, (await valuesOf(second)).data];
    expect(Array.from(a).slice(0, changed * 32)).toEqual(Array.from(b).slice(0, changed * 32));
    expect(Array.from(a).slice(changed * 32)).not.toEqual(Array.from(b).slice(changed * 32));
    tf.dispose([first, second]);
  });

  it('passes NaN on to the rows that see it, and to no others of its text', async () => {
    const count = 100;
    const data = noise(2, 2, count, 16).data;
    data[(count + 40) * 16 + 9] = NaN; // of the second text, kv head 1
    const y = tf.tidy(() =>
      attention(
        tensorOf(noise(1, 2, count, 32)),
        tensorOf({ shape: [2, count, 16], data }),
        tensorOf(noise(3, 2, count, 16)),
        { ...settings, precision: 'fp32' },
      ),
    );
    const values = (await valuesOf(y)).data;
    for (let i = 0; i < values.length; i++) {
      const [row, channel] = [Math.floor(i / 32), i % 32];
      expect(Number.isNaN(values[i]), `row ${row}, channel ${channel}`).toBe(row >= count + 40 && channel >= 16);
    }
    y.dispose();
  });

  it('gives the same bits again', async () => {
    const run = async () => {
      const tensors = [noise(1, 1, 300, 32), noise(2, 1, 300, 16), noise(3, 1, 300, 16)].map((x) => tensorOf(x));
      const { value, grads } = tf
        .engine()
        .gradients(
          () => attention(tensors[0], tensors[1], tensors[2], { ...settings, precision: 'fp32' }),
          tensors,
          tensorOf(noise(4, 1, 300, 32)),
        );
      const results = await Promise.all([value, ...grads].map(async (x) => Array.from((await valuesOf(x)).data)));
      tf.dispose([...tensors, value, ...grads]);
      return results;
    };
    expect(await run()).toEqual(await run());
  });

  it('is that of a published implementation: several heads, rotary, all gradients', async () => {
    const { config, tolerance, values, tensor } = await readVector('multi_head.safetensors');
    const { d_model: width, num_heads: heads, rotary_emb_base: base } = config;
    const part = (x: tf.Tensor, index: number) => tf.slice(x, index * width, width);
    const [weight, bias] = [tensor('weight.Wqkv.weight'), tensor('weight.Wqkv.bias')];
    const parts = [0, 1, 2].flatMap((index) => [part(weight, index), part(bias, index)]);
    const trained = [tensor('input'), ...parts, tensor('weight.out_proj.weight'), tensor('weight.out_proj.bias')];
    const [x, qWeight, qBias, kWeight, kBias, vWeight, vBias, outWeight, outBias] = trained;
    const { value, grads } = tf.engine().gradients(
      () => {
        const turn = (y: tf.Tensor) => rotary(y, { heads, base, interpolation: 1, offset: 0 });
        const q = turn(linear(x, qWeight, qBias, projected));
        const k = turn(linear(x, kWeight, kBias, projected));
        const v = linear(x, vWeight, vBias, projected);
        const y = attention(q, k, v, { heads, kvHeads: heads, window: null, precision: 'fp32' });
        return linear(y, outWeight, outBias, projected);
      },
      trained,
      tensor('grad_output'),
    );
    expectClose('output', await valuesOf(value), values('output'), tolerance);
    expectClose('grad_input', await valuesOf(grads[0]), values('grad_input'), tolerance);
    for (const [name, gradient] of [
      ['Wqkv.weight', tf.concat([grads[1], grads[3], grads[5]])],
      ['Wqkv.bias', tf.concat([grads[2], grads[4], grads[6]])],
      ['out_proj.weight', grads[7]],
      ['out_proj.bias', grads[8]],
    ] as const)
      expectClose(`gradient of ${name}`, await valuesOf(gradient), values(`grad.${name}`), tolerance);
  });

  it('is that of a published implementation: kv heads that several query heads share', async () => {
    const { config, tolerance, values, tensor } = await readVector('grouped_query.safetensors');
    const { num_heads: heads, num_kv_heads: kvHeads, rotary_emb_base: base, eps } = config;
    const zeros = (count: number) => tf.zeros([count]);
    const x = tensor('input');
    const project = (name: string, y = x) => {
      const weight = tensor(`weight.${name}.weight`);
      return linear(y, weight, zeros(weight.shape[0]), projected);
    };
    // Each head is normed before it is turned.
    const normed = (name: string, y: tf.Tensor, count: number) => {
      const byHead = tf.reshape(y, [2, -1, count, y.shape[2]! / count]);
      const scale = tf.rsqrt(tf.add(tf.mean(tf.square(byHead), 3, true), eps));
      const turned = tf.mul(tf.mul(byHead, scale), tensor(`weight.${name}_layernorm.weight`));
      return rotary(tf.reshape(turned, y.shape), { heads: count, base, interpolation: 1, offset: 0 });
    };
    const [q, k] = [normed('q', project('q_proj'), heads), normed('k', project('k_proj'), kvHeads)];
    const [vWeight, outWeight] = [tensor('weight.v_proj.weight'), tensor('weight.out_proj.weight')];
    const { value, grads } = tf.engine().gradients(
      () => {
        const v = linear(x, vWeight, zeros(vWeight.shape[0]), projected);
        const y = attention(q, k, v, { heads, kvHeads, window: null, precision: 'fp32' });
        return linear(y, outWeight, zeros(outWeight.shape[0]), projected);
      },
      [vWeight, outWeight],
      tensor('grad_output'),
    );
    expectClose('output', await valuesOf(value), values('output'), tolerance);
    for (const [index, name] of ['v_proj', 'out_proj'].entries())
      expectClose(`gradient of ${name}`, await valuesOf(grads[index]), values(`grad.${name}.weight`), tolerance);
  });

  it('refuses sizes that do not fit', () => {
    const [q, kv] = [tf.zeros([1, 4, 32]), tf.zeros([1, 4, 16])];
    const run = (x: tf.Tensor, y: tf.Tensor, changes: object = {}) =>
      attention(x, y, y, { ...settings, precision: 'fp32', ...changes });
    expect(() => run(q, kv, { heads: 5 })).toThrow(/32 channels do not divide into 5 heads/);
    expect(() => run(q, kv, { kvHeads: 3 })).toThrow(/4 heads do not share 3 kv heads/);
    expect(() => run(q, kv, { window: 0 })).toThrow(/invalid window of 0 positions/);
    expect(() => run(q, q)).toThrow(/Attention: k must be/);
    expect(() => run(q, tf.zeros([1, 3, 16]))).toThrow(/4 queries cannot be the last of 3 positions/);
    expect(() => rotary(tf.zeros([1, 4, 6]), { heads: 2, base: 1e4, interpolation: 1, offset: 0 })).toThrow(
      /even size/,
    );
  });
});

await onEveryDevice('attention in lower precision', (device) => {
  it('is near in each precision that the device has', async () => {
    const precisions: Precision[] = (['bf16-mixed', 'f16-mixed', 'tf32'] as const).filter((precision) =>
      device().precisions.includes(precision),
    );
    for (const precision of precisions) {
      const shape = { batch: 1, queries: 40, past: 25, kvHeads: 2, shared: 2, size: 16 };
      await checkCase(attentionCase(shape, null, precision), 2e-2);
    }
  });
});
