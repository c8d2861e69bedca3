import { describe, expect, it } from 'vitest';
import { modelSchema } from '../../../../main/contract/configuration.ts';
import { contextLimit, longestContext, readsInParts } from '../../../../main/contract/mixers/index.ts';
import { mixerNameOf } from '../../../../main/contract/mixers/layers.ts';
import { defaultPreset, presets, type PresetName } from '../../../../main/contract/presets.ts';

const modelOf = (name: PresetName) => modelSchema.parse(presets[name].model);
const hybrids = (Object.keys(presets) as PresetName[]).filter((name) => name.startsWith('hybrid-'));

describe('presets', () => {
  it('what a first run trains reads texts of any length, in parts', () => {
    expect(contextLimit(modelOf(defaultPreset))).toBe(longestContext);
    expect(readsInParts(modelOf(defaultPreset))).toBe(true);
  });

  it.each([...hybrids, 'long'] as PresetName[])(
    '%s has no end of its context, and every mixer that it names',
    (name) => {
      const model = modelOf(name);
      expect(contextLimit(model)).toBe(longestContext);
      const used = new Set(Array.from({ length: model.n_layer }, (_, layer) => mixerNameOf(model, layer)));
      expect([...used].sort()).toEqual([...new Set(model.layers.split(','))].sort());
    },
  );

  it.each(hybrids)('attention of %s sees no distance that it was not trained on', (name) => {
    const { attention_window: window, l_max, layers, positions } = modelOf(name);
    if (!layers.includes('attention')) return expect(window).toBeUndefined();
    expect(window).toBeLessThanOrEqual(l_max);
    expect(positions).toBe('rotary');
  });
});
