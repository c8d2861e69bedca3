import { describe, expect, it } from 'vitest';
import { resolveModel } from '../../../../../main/contract/configuration.ts';
import { depthSettings, mostDepth } from '../../../../../main/contract/logic/depth.ts';
import { countParameters } from '../../../../../main/contract/logic/model-parameters.ts';
import { rateAtWidth, sizes } from '../../../../../main/contract/logic/sizes.ts';
import { TrainingPlan } from '../../../../../main/contract/logic/training-plan.ts';
import { presets } from '../../../../../main/contract/presets.ts';
import { checkConfiguration, mergeConfigurations } from '../../../../../main/contract/settings.ts';

const configurationAt = (depth: number, ...layers: Parameters<typeof mergeConfigurations>[0]) =>
  checkConfiguration(mergeConfigurations([{ dataset: 'book' }, depthSettings(depth), ...layers]));

describe('the dial of depth', () => {
  it('is a valid configuration everywhere, whose size, batch and budget grow and whose rate falls', () => {
    const depths = Array.from({ length: mostDepth }, (_, index) => index + 1);
    const all = depths.map((depth) => configurationAt(depth, { model: { layers: 'hyena,attention' } }));
    for (const [index, { model, training }] of all.entries()) {
      expect(model.d_model % 64).toBe(0);
      const before = all[index - 1];
      if (!before) continue;
      const size = (one: typeof model) => countParameters(resolveModel(one, 1024)).total;
      expect(size(model)).toBeGreaterThan(size(before.model));
      expect(training.learning_rate).toBeLessThanOrEqual(before.training.learning_rate);
      expect(training.max_tokens!).toBeGreaterThan(before.training.max_tokens!);
      expect(training.gradient_accumulation_steps).toBeGreaterThanOrEqual(before.training.gradient_accumulation_steps);
    }
  });

  it('has the rates of the sizes of its widths, and rates between them elsewhere', () => {
    for (const { d_model, learning_rate } of sizes.filter(
      ({ d_model }, index) => sizes[index - 1]?.d_model !== d_model,
    ))
      expect(depthSettings(d_model / 64).training.learning_rate).toBe(learning_rate);
    // Width 320, between 256 and 384: 1.5e-3·(1.2/1.5)^(ln(320/256)/ln(384/256)).
    expect(depthSettings(5).training.learning_rate).toBe(1.3e-3);
    expect(rateAtWidth(32)).toBe(4e-3);
    expect(rateAtWidth(4096)).toBe(2.2e-4);
  });

  it('agrees with the presets of its widths', () => {
    expect(configurationAt(2).training.learning_rate).toBe(presets['hybrid-tiny'].training.learning_rate);
    expect(configurationAt(4).training.learning_rate / 2e-3).toBeCloseTo(1, 0);
  });

  it('ends after four epochs of little data, and at a budget that is named after it', () => {
    const { model, training } = configurationAt(4);
    const perStep = 8 * model.l_max;
    expect(new TrainingPlan(training, model, 10 * perStep).totalSteps).toBe(40);
    expect(new TrainingPlan(training, model, 1e9).totalSteps).toBe(Math.ceil(62_914_560 / perStep));
    const limited = configurationAt(4, { training: { max_steps: 7 } });
    expect(limited.training).toMatchObject({ max_steps: 7, max_tokens: null, max_epochs: null });
  });
});
