import { describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { presets, type PresetName } from '../../../../../main/contract/presets.ts';
import { presetConfiguration } from '../../../../../main/contract/settings.ts';
import { sizes } from '../../../../../main/contract/logic/sizes.ts';
import { atSize, nearestSize, parametersOf } from '../../../../../renderer/pages/model/size-dial.ts';

const names = Object.keys(presets) as PresetName[];

describe('the dial of sizes', () => {
  it.each(names)('gives valid configurations from %s, each larger than the one before', (name) => {
    const from = presetConfiguration(name, 'book');
    const all = sizes.map((_, index) => atSize(from, index));
    for (const one of all) expect(runConfigurationSchema.parse(one)).toEqual(one);
    const parameters = all.map((one) => parametersOf(one, 4096));
    for (let index = 1; index < parameters.length; index++)
      expect(parameters[index]).toBeGreaterThanOrEqual(parameters[index - 1]);
    expect(parameters.at(-1)! / parameters[0]).toBeGreaterThan(500);
    // The rate falls and the tokens of a step grow with the size; the context stays.
    const tokens = all.map(
      ({ training, model }) => training.batch_size * training.gradient_accumulation_steps * model.l_max,
    );
    for (let index = 1; index < all.length; index++) {
      expect(all[index].training.learning_rate).toBeLessThanOrEqual(all[index - 1].training.learning_rate);
      expect(tokens[index]).toBeGreaterThanOrEqual(tokens[index - 1]);
      expect(all[index].model.l_max).toBe(from.model.l_max);
    }
  });

  it.each(sizes.map((_, index) => index))('stands where it was put: %i', (index) => {
    const from = presetConfiguration('tiny', 'book');
    expect(nearestSize(atSize(from, index), 1024)).toBe(index);
  });

  it('stands at the presets, and near a size between', () => {
    expect(sizes[nearestSize(presetConfiguration('tiny', 'book'), 1024)]).toMatchObject({ d_model: 128, n_layer: 2 });
    expect(sizes[nearestSize(presetConfiguration('125m', 'book'), 50_257)]).toMatchObject({ d_model: 768 });
    const between = runConfigurationSchema.parse({ dataset: 'book', model: { d_model: 224, n_layer: 6 } });
    expect([192, 256]).toContain(sizes[nearestSize(between, 256)].d_model);
  });

  it('keeps whole rounds of a pattern and lets heads follow the width', () => {
    const from = presetConfiguration('hybrid-small', 'book');
    for (const index of sizes.keys()) {
      const { model } = atSize(from, index);
      expect(model.n_layer % 4).toBe(0);
      expect(model.d_inner).toBe(4 * model.d_model);
    }
  });
});
