import { describe, expect, it } from 'vitest';
import { checkAttention, type AttentionValues } from '../../../../worker/benchmarks/attention-check.ts';

const [batch, length, heads, size] = [2, 19, 2, 3];
const width = heads * size;
const at = (b: number, row: number, head: number, e: number) => ((b * length + row) * heads + head) * size + e;

/** Attention by its definition, and its gradients. */
function exact(): AttentionValues {
  const made = (seed: number) =>
    Float32Array.from({ length: batch * length * width }, (_, i) => Math.sin(seed * 17 + i * 1.7));
  const [q, k, v, dy] = [1, 2, 3, 4].map(made);
  const [y, dq, dk, dv] = Array.from({ length: 4 }, () => new Float32Array(batch * length * width));
  const channels = Array.from({ length: size }, (_, e) => e);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  for (let b = 0; b < batch; b++)
    for (let head = 0; head < heads; head++)
      for (let i = 0; i < length; i++) {
        const rows = Array.from({ length: i + 1 }, (_, j) => j);
        const powers = rows.map((j) =>
          Math.exp(sum(channels.map((e) => q[at(b, i, head, e)] * k[at(b, j, head, e)])) / Math.sqrt(size)),
        );
        const weights = powers.map((power) => power / sum(powers));
        const slopes = rows.map((j) => sum(channels.map((e) => dy[at(b, i, head, e)] * v[at(b, j, head, e)])));
        const mean = sum(rows.map((j) => weights[j] * slopes[j]));
        for (const j of rows) {
          const gradient = (weights[j] * (slopes[j] - mean)) / Math.sqrt(size);
          for (const e of channels) {
            y[at(b, i, head, e)] += weights[j] * v[at(b, j, head, e)];
            dq[at(b, i, head, e)] += gradient * k[at(b, j, head, e)];
            dk[at(b, j, head, e)] += gradient * q[at(b, i, head, e)];
            dv[at(b, j, head, e)] += weights[j] * dy[at(b, i, head, e)];
          }
        }
      }
  return { shape: [batch, length, width], heads, q, k, v, dy, y, dq, dk, dv };
}

describe('checkAttention', () => {
  it('accepts what is right', () => {
    expect(() => checkAttention(exact(), 1e-4)).not.toThrow();
  });

  it.each(['y', 'dq', 'dk', 'dv'] as const)('refuses a %s that is 1%% too large', (name) => {
    const values = exact();
    values[name].forEach((value, i) => (values[name][i] = 1.01 * value));
    expect(() => checkAttention(values, 1e-4)).toThrow(/^Wrong .* of attention/);
  });

  it.each(['y', 'dq', 'dk', 'dv'] as const)('refuses a %s that is not a number', (name) => {
    const values = exact();
    values[name].fill(NaN);
    expect(() => checkAttention(values, 1e-4)).toThrow(/got NaN, expected/);
  });
});
