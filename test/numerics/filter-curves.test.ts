import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { descriptionOf } from '../../main/contract/mixers/index.ts';
import { s4dRule } from '../../main/contract/mixers/s4d/description.ts';
import { mixerNames } from '../../main/contract/mixers/names.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { diagonalModes, modalFilter } from '../../worker/ops/index.ts';
import { modesOf as gssModes } from '../../worker/models/mixers/gss/mixer.ts';
import { modesOf as megaModes } from '../../worker/models/mixers/mega/mixer.ts';
import { squash } from '../../worker/models/mixers/long-conv/mixer.ts';
import { modesOf } from '../../worker/models/mixers/hyena-li/forward.ts';
import { hyenaFilters } from '../../worker/models/mixers/hyena/forward.ts';
import { onEveryDevice } from './devices.ts';
import { configurationOf } from './models.ts';
import { mixerCases } from './mixers/index.ts';

/** The filters that are drawn are those that the model computes with. */
await onEveryDevice('filter curves', (device) => {
  it.each(mixerNames)('%s', async (name) => {
    for (const changes of mixerCases.filter(({ layers }) => layers === name)) {
      const model = LanguageModel.create(configurationOf({ ...changes, n_layer: 2 }), device(), 7);
      const { config } = model;
      const weights = (one: string) => model.layerWeights(1)(`mixer.${one}`);
      const description = descriptionOf(name);
      if (name === 'attention' || name === 'mamba2') {
        expect('curves' in description).toBe(false);
        model.dispose();
        continue;
      }
      const query = { layer: 1, channels: 1000, points: 1000 };
      const drawn = await description.curves!(
        config,
        async (one) => (await weights(one).data()) as Float32Array,
        query,
      );
      const length = drawn.length;
      const filters = tf.tidy((): tf.Tensor => {
        const state = (part: string, real: string) => ({
          ...{ logDt: weights(`${part}.log_dt`), logAReal: weights(`${part}.${real}`) },
          ...{ aImag: weights(`${part}.A_imag`), c: weights(`${part}.C`) },
        });
        const explicit = (tensor: tf.Tensor) => tf.reshape(tensor, [-1, length]);
        switch (name) {
          case 'hyena':
            return hyenaFilters(weights, config as never, length);
          case 'hyena-li':
            return modalFilter(modesOf(weights, config as never), { length });
          case 's4d':
            return modalFilter(diagonalModes(state('kernel', 'log_A_real'), s4dRule(config as never)), { length });
          case 'h3':
            return modalFilter(
              diagonalModes({ ...state('kernel.kernel', 'inv_A_real'), b: weights('kernel.kernel.B') }, 'bilinear'),
              { length },
            );
          case 'hyena-mr':
            return explicit(weights('filter.h')).clone();
          case 'hyena-se':
            return tf.reverse(explicit(weights('filter.h')), 1);
          case 'gss':
            return modalFilter(gssModes(weights, config as never), { length });
          case 'mega':
            return modalFilter(megaModes(weights), { length });
          case 'long-conv':
            return squash(
              explicit(weights('kernel.kernel')),
              (config as unknown as { long_conv_squash: number }).long_conv_squash,
            );
          case 'rwkv': {
            const rate = tf.exp(weights('time_decay'));
            return tf.exp(tf.neg(tf.mul(tf.reshape(rate, [-1, 1]), tf.range(0, length))));
          }
          case 'short-conv':
            return tf.reverse(explicit(weights('conv.weight')), 1);
        }
      });
      const values = (await filters.data()) as Float32Array;
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(drawn.channels).toHaveLength(filters.shape[0]);
      expect(drawn.positions).toEqual(Array.from({ length }, (_, place) => place));
      for (const { channel, response } of drawn.channels)
        for (const [place, value] of response.entries())
          expect(Math.abs(value - values[channel * length + place]) / scale).toBeLessThan(1e-4);
      filters.dispose();
      model.dispose();
    }
  });
});
