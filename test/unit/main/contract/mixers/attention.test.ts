import { describe, expect, it } from 'vitest';
import { contextLimit, descriptionOf, longestContext } from '../../../../../main/contract/mixers/index.ts';
import { modelSchema, resolveModel } from '../../../../../main/contract/model-configuration.ts';
import { estimateFlops } from '../../../../../main/contract/logic/cost.ts';
import { headsOf, type AttentionConfiguration } from '../../../../../main/contract/mixers/attention/parameters.ts';

const model = (settings: object) =>
  resolveModel(modelSchema.parse({ layers: 'attention', ...settings }), 256) as AttentionConfiguration;

describe('attention', () => {
  it.each([
    [768, 12, 64],
    [864, 16, 54],
    [128, 2, 64],
    [12, 1, 12],
    [101, 101, 1],
    [130, 5, 26],
  ])('of a width of %i has %i heads of %i channels, where nobody says how many', (d_model, heads, headDim) => {
    expect(headsOf(model({ d_model }))).toEqual({ heads, kvHeads: heads, headDim });
  });

  it.each([
    [
      { d_model: 100, n_head: 3 },
      'n_head',
      'model.n_head must divide model.d_model: 100 channels cannot be split into 3 heads.',
    ],
    [{ n_head: 4, n_kv_head: 3 }, 'n_kv_head', 'model.n_kv_head must divide model.n_head: 4 heads cannot share 3.'],
    [
      { d_model: 12, n_head: 4, positions: 'rotary' },
      'n_head',
      'Rotary positions need heads of even width: 4 heads of 12 channels have 3 each.',
    ],
  ])('refuses %j by the key that is wrong', (settings, key, message) => {
    const { error } = modelSchema.safeParse({ layers: 'hyena,attention', ...settings });
    expect(error?.issues.map((issue) => ({ path: issue.path, message: issue.message }))).toEqual([
      { path: [key], message },
    ]);
  });

  it('reads texts longer than those that it was trained on, but not with learned positions', () => {
    expect(contextLimit(model({ l_max: 64, positions: 'rotary' }))).toBe(longestContext);
    expect(contextLimit(model({ l_max: 64, positions: 'learned' }))).toBe(64);
    expect(contextLimit(model({ l_max: 64, layers: 'hyena,attention' }))).toBe(64);
  });

  it('costs what its pairs of tokens cost: each sees those before it, or a window', () => {
    const pairs = (settings: object, length: number) =>
      (estimateFlops(model({ n_layer: 1, ...settings }), { length, batch: 1 }).convolutions * length) / (4 * (128 + 2));
    expect(pairs({}, 5)).toBeCloseTo(1 + 2 + 3 + 4 + 5, 9);
    expect(pairs({ attention_window: 2 }, 5)).toBeCloseTo(1 + 2 + 2 + 2 + 2, 9);
    expect(pairs({ attention_window: 9 }, 5)).toBeCloseTo(15, 9);
  });

  it('keeps the keys and values of its key-value heads, of a window no more than it sees', () => {
    const attention = descriptionOf('attention');
    expect(attention.cacheBytes(model({ d_model: 64, n_head: 8, n_kv_head: 2 }), 1000)).toBe(4 * 2 * 2 * 8 * 1000);
    expect(attention.cacheBytes(model({ d_model: 64, attention_window: 10 }), 1000)).toBe(4 * 2 * 64 * 10);
  });
});
