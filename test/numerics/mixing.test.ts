import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { mixersIn } from '../../main/contract/mixers/layers.ts';
import { mixerNames } from '../../main/contract/mixers/names.ts';
import { mixerOf } from '../../worker/models/mixers/index.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { mixingMatrices } from '../../worker/models/mixing.ts';
import { expectClose } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { mixerCasesOn } from './mixers/index.ts';
import { configurationOf, idsOf, plain } from './models.ts';

const length = 19;

/** M·values of each channel as a direct sum. */
function product(matrices: Float32Array, count: number, values: Float32Array): Float64Array {
  const channels = values.length / length;
  const mixed = new Float64Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    const matrix = Math.floor((channel * count) / channels) * length * length;
    for (let i = 0; i < length; i++)
      for (let j = 0; j < length; j++)
        mixed[channel * length + i] += matrices[matrix + i * length + j] * values[channel * length + j];
  }
  return mixed;
}

await onEveryDevice('mixers as matrices', (device, _deviceName, _slow, fewModels) => {
  const cases = mixerCasesOn(fewModels).filter((one) => 'mixing' in mixerOf(configurationOf(one), 0));

  it('are of every mixer that depends on its text', () => {
    const offering = mixerNames.filter((layers) => 'mixing' in mixerOf(configurationOf({ layers }), 0));
    expect(offering.filter((name) => !cases.some((one) => mixersIn(configurationOf(one)).includes(name)))).toEqual([]);
    expect(mixerNames.filter((name) => !offering.includes(name))).toEqual(['s4d', 'gss', 'long-conv']);
  });

  describe.each(cases)('%j', (changes) => {
    it('give what the layer gives, causally, and leave no tensor behind', async () => {
      const config = configurationOf(changes);
      const model = LanguageModel.create(config, device(), 7);
      // Biases are zero at first, and so are many gates of one.
      for (const [index, { name, variable }] of model.parameters.trainable().entries()) {
        const before = (await variable.data()) as Float32Array;
        model.parameters.set(
          name,
          before.map((value, at) => value + 0.1 * Math.sin(1 + index + 7 * at)),
        );
      }
      let visited = 0;
      await model.visitMixers(idsOf(length), async (layer, x, weights) => {
        visited++;
        const mixer = mixerOf(config, layer);
        const tensors = tf.memory().numTensors;
        const { count, data } = await mixingMatrices(() => mixer.mixing!(x, weights, config));
        expect(tf.memory().numTensors).toBe(tensors);
        const largest = Math.max(...data.map(Math.abs));
        for (let place = 0; place < data.length; place++)
          if (place % length > Math.floor(place / length) % length)
            expect(Math.abs(data[place]), `above the diagonal, ${place}`).toBeLessThan(1e-6 * largest + 1e-12);
        const values = tf.tidy(() => mixer.mixing!(x, weights, config).values.clone());
        const mixed = product(data, count, (await values.data()) as Float32Array);
        const projected = tf.tidy(() =>
          mixer.mixing!(x, weights, config).project(tf.tensor(Float32Array.from(mixed), values.shape)),
        );
        const y = tf.tidy(() => mixer.forward(x, weights, config, plain));
        const expected = { shape: y.shape, data: Float64Array.from(await y.data()) };
        expectClose('the layer', { shape: projected.shape, data: await projected.data() }, expected, 1e-4);
        tf.dispose([values, projected, y]);
      });
      expect(visited).toBe(config.n_layer);
      model.dispose();
    });
  });
});
