import { expect, it } from 'vitest';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { batchOf, configurationOf, plain } from './models.ts';

await onEveryDevice('a head at asked places', (device) => {
  it('gives the loss and the gradients of the whole head, masked', async () => {
    const config = configurationOf({ layers: 'hyena,attention' });
    const model = LanguageModel.create(config, device(), 7);
    const whole = batchOf(2, 16);
    // Few enough places for the head to be computed there alone; one of them weighs less.
    const few = new Float32Array(32);
    for (const [place, weight] of [
      [0, 1],
      [5, 0.5],
      [17, 1],
      [31, 1],
    ])
      few[place] = weight;
    const losses = await model.tokenLosses(whole);
    const { loss, gradients } = model.lossAndGradients({ ...whole, mask: few }, plain);
    const expected = few.reduce((sum, weight, place) => sum + weight * losses[place], 0) / 3.5;
    expect(await loss).toBeCloseTo(expected, 4);
    // The same tokens counted beside many that weigh next to nothing: more than half of the places, the whole head.
    const many = few.map((weight) => (weight === 0 ? 1e-20 : weight));
    const other = model.lossAndGradients({ ...whole, mask: many }, plain);
    expect(await other.loss).toBeCloseTo(expected, 4);
    for (const name of gradients.names) {
      const [picked, everything] = [await gradients.read(name), await other.gradients.read(name)];
      const shape = [picked.length];
      expectClose(name, { shape, data: picked }, { shape, data: everything }, 1e-4);
    }
    gradients.dispose();
    other.gradients.dispose();
    model.dispose();
  });

  it('answers with the likeliest token and the loss of the target', async () => {
    const config = configurationOf();
    const model = LanguageModel.create(config, device(), 3);
    const batch = batchOf(2, 9);
    const places = Int32Array.from([0, 8, 9, 13]);
    const { tokens, losses } = await model.answers(batch, places);
    const logits = await model.logits(batch.ids, 2);
    const all = await model.tokenLosses(batch);
    for (const [index, place] of places.entries()) {
      const scores = logits.subarray(place * config.vocab_size, (place + 1) * config.vocab_size);
      expect(tokens[index]).toBe(scores.indexOf(Math.max(...scores)));
      expect(losses[index]).toBeCloseTo(all[place], 4);
    }
    model.dispose();
  });
});
