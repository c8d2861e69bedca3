import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { partLength } from '../../main/contract/mixers/index.ts';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { prefill } from '../../worker/models/decoding/prefill.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { mixerOf } from '../../worker/models/mixers/index.ts';
import { expectClose, type Values } from './compare.ts';
import { onEveryDevice, valuesOf } from './devices.ts';
import { readLineage, type LineageVector } from './lineage.ts';
import { hyenaLiCases } from './mixers/hyena-li.ts';
import { configurationOf, idsOf, plain } from './models.ts';

type Floats = Float32Array | Float64Array;

/** Rows of the published projections in the order of ours: all of x2, of x1, of v, which they have in every head. */
function thirds(values: Floats, rows: number, heads: number): Float32Array {
  const [ofRow, ofPart] = [values.length / rows, rows / 3 / heads];
  const sorted = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const [part, head, place] = [Math.floor(row / (heads * ofPart)), Math.floor(row / ofPart) % heads, row % ofPart];
    const from = (head * 3 + part) * ofPart + place;
    sorted.set(values.subarray(from * ofRow, (from + 1) * ofRow), row * ofRow);
  }
  return sorted;
}

/** A published operator's file as weights of the mixer, with its gradients, by the names of both. */
interface Published {
  readonly settings: Record<string, unknown>;
  readonly heads: number;
  /** Our names of the weights that differ in name or order alone. */
  readonly names: Record<string, string>;
  /** The poles, and their gradients as those of ours. */
  readonly poles: (values: (name: string) => Floats) => {
    weights: Record<string, Floats>;
    gradients: Record<string, Floats>;
  };
}

const shared = {
  'projections.weight': 'in_proj.weight',
  'filter.short_filter_weight': 'short_filter.weight',
  'filter.D': 'filter.D',
  'filter.residues': 'filter.residues',
  'out_filter_dense.weight': 'out_proj.weight',
  'out_filter_dense.bias': 'out_proj.bias',
};
const published: Record<string, Published> = {
  'mixers/hcl': {
    settings: { modal_states: 4, short_filter_bias: false },
    heads: 12,
    names: shared,
    // λ = -e^d
    poles: (values) => {
      const [logPoles, slopes] = [values('weight.filter.log_poles'), values('grad.filter.log_poles')];
      return {
        weights: { log_decays: logPoles.map((pole) => Math.log(-pole)) },
        gradients: { log_decays: slopes.map((slope, at) => slope * logPoles[at]) },
      };
    },
  },
  'mixers/modal_complex': {
    settings: { modal_poles: 'complex', modal_states: 2 },
    heads: 3,
    names: {
      ...shared,
      'projections.bias': 'in_proj.bias',
      'filter.short_filter_bias': 'short_filter.bias',
    },
    // p = exp(-e^d + iφ): a change of d and φ turns and scales p.
    poles: (values) => {
      const [poles, slopes] = [values('weight.filter.poles'), values('grad.filter.poles')];
      const each = (of: (re: number, im: number, slopeRe: number, slopeIm: number) => number) =>
        Float32Array.from({ length: poles.length / 2 }, (_, at) =>
          of(poles[2 * at], poles[2 * at + 1], slopes[2 * at], slopes[2 * at + 1]),
        );
      return {
        weights: {
          log_decays: each((re, im) => Math.log(-Math.log(Math.hypot(re, im)))),
          phases: each((re, im) => Math.atan2(im, re)),
        },
        gradients: {
          log_decays: each((re, im, a, b) => Math.log(Math.hypot(re, im)) * (re * a + im * b)),
          phases: each((re, im, a, b) => re * b - im * a),
        },
      };
    },
  },
};

/** Values of ours by name, from those of a file with this prefix. */
function named({ heads, names }: Published, vector: LineageVector, prefix: string): Map<string, Floats> {
  const all = new Map<string, Floats>();
  for (const [theirs, ours] of Object.entries(names)) {
    const { data } = vector.values(`${prefix}.${theirs}`);
    all.set(ours, /^(in_proj|short_filter)/.test(ours) ? thirds(data, 36, heads) : data);
  }
  return all;
}

await onEveryDevice('Hyena-LI', (device, _deviceName, slow) => {
  it.each(Object.entries(published))('is the published operator with its weights mapped: %s', async (name, file) => {
    const vector = await readLineage(`${name}.safetensors`);
    const config = configurationOf({ layers: 'hyena-li', n_layer: 1, ...file.settings });
    const model = LanguageModel.create(config, device(), 0);
    const poles = file.poles((each) => vector.values(each).data);
    const weights = named(file, vector, 'weight');
    const slopes = named(file, vector, 'grad');
    for (const [each, values] of Object.entries(poles.weights)) weights.set(`filter.${each}`, values);
    for (const [each, values] of Object.entries(poles.gradients)) slopes.set(`filter.${each}`, values);
    const prefix = 'backbone.layers.0.mixer.';
    for (const { name: parameter } of model.parameters.all()) {
      if (!parameter.startsWith(prefix)) continue;
      const values = weights.get(parameter.slice(prefix.length));
      // Projections without a bias have zeros here.
      if (values) model.parameters.set(parameter, Float32Array.from(values));
      else expect(parameter).toBe(`${prefix}in_proj.bias`);
    }
    const names = [...weights.keys()];
    const x = vector.tensor('input');
    const variables = names.map((each) => model.parameters.get(prefix + each));
    const { value, grads } = tf
      .engine()
      .gradients(
        () => mixerOf(config, 0).forward(x, (each) => model.parameters.get(prefix + each), config, plain),
        [x, ...variables],
        vector.tensor('grad_output'),
      );
    const close = async (what: string, actual: tf.Tensor, expected: Values) => {
      const found = await valuesOf(actual);
      expectClose(what, { ...found, shape: expected.shape }, expected, vector.tolerance);
    };
    await close('output', value, vector.values('output'));
    await close('grad_input', grads[0], vector.values('grad_input'));
    for (const [index, each] of names.entries()) {
      const data = slopes.get(each)!;
      await close(`gradient of ${each}`, grads[index + 1], { shape: [data.length], data });
    }
    tf.dispose([value, ...grads, x]);
    model.dispose();
  });

  const count = slow ? 700 : 6000;
  // Real poles, then complex ones.
  describe.each(hyenaLiCases.slice(slow ? 1 : 0, 2))('over thousands of tokens, %j', (shape) => {
    /** Filters that still act at the far end. */
    const slowDecays = (model: LanguageModel, { n_layer, d_model, modal_states = 1 }: ResolvedModelConfiguration) => {
      for (let layer = 0; layer < n_layer; layer++)
        model.parameters.set(
          `backbone.layers.${layer}.mixer.filter.log_decays`,
          Float32Array.from({ length: d_model * modal_states }, (_, at) => -4 - 6 * ((at * 0.381) % 1)),
        );
    };

    it('the recurrence in parts and by steps is the convolution of the whole', async () => {
      const config = configurationOf({ ...shape, layers: 'hyena-li', l_max: 40 });
      const model = LanguageModel.create(config, device(), 3);
      slowDecays(model, config);
      const decoder = new Decoder(model);
      const ids = idsOf(count);
      const vocabulary = config.vocab_size;
      const expected = await model.logits(ids, 1);
      const check = (length: number, logits: Float32Array) =>
        expectClose(
          `scores after ${length} tokens`,
          { shape: [vocabulary], data: logits },
          { shape: [vocabulary], data: expected.subarray((length - 1) * vocabulary, length * vocabulary) },
          1e-4,
        );
      const { text, logits } = await decoder.prefill(ids.slice(0, 1));
      check(1, logits);
      let length = 1;
      for (const end of [2, 301, 302, count - 300]) {
        check(end, await decoder.prefillMore(text, ids.slice(length, end)));
        length = end;
      }
      for (; length < count; length++) {
        const [next] = await decoder.step([text], [ids[length]]);
        if (length % 50 === 49) check(length + 1, next);
      }
      text.dispose();
      decoder.dispose();
      model.dispose();
    });

    // Tens of thousands of tokens: not by the reference's small operations.
    it.skipIf(slow)(
      'a text longer than a part is read as the whole, and its memory is not that of its length',
      async () => {
        const config = configurationOf({ ...shape, layers: 'hyena-li', l_max: 40, d_model: 4, d_inner: 4, n_layer: 1 });
        const model = LanguageModel.create(config, device(), 3);
        slowDecays(model, config);
        const length = 2 * partLength + 77;
        const ids = idsOf(length);
        const seen: number[] = [];
        const progress: number[] = [];
        const { past, last } = await prefill(model, null, ids, {
          snapshots: true,
          onHidden: (hidden, first) => {
            for (let row = 0; row < hidden.shape[0]; row++) seen.push(first + row);
            return Promise.resolve();
          },
          onProgress: (done) => progress.push(done),
        });
        const decoder = new Decoder(model);
        const vocabulary = { shape: [config.vocab_size] };
        const compare = async (name: string, logits: Float32Array, text: Int32Array) =>
          expectClose(
            name,
            { ...vocabulary, data: logits },
            { ...vocabulary, data: await model.lastLogits(text, 1) },
            1e-4,
          );
        await compare('in parts', await decoder.scores(last), ids);
        expect(seen).toEqual(Array.from(ids, (_, index) => index));
        expect(progress).toEqual([...progress].sort((a, b) => a - b));
        expect(progress.at(-1)).toBe(1);
        const short = await prefill(model, null, ids.slice(0, 1024), { snapshots: true });
        expect(past.bytes).toBeLessThan(12 * short.past.bytes);
        // Cut where there is a snapshot at or before: the nearer to the end, the nearer.
        for (const [asked, found] of [
          [16_128, 16_128],
          [13_056, 12_800],
          [300 * 256, 16_384],
        ]) {
          const cut = past.cut(asked)!;
          expect(cut.length).toBe(found);
          const rest = await prefill(model, cut, ids.slice(found, found + 9));
          await compare(`cut at ${found}`, await decoder.scores(rest.last), ids.slice(0, found + 9));
          cut.release();
          rest.past.release();
        }
        expect(past.cut(256)).toBeNull();
        for (const each of [past, short.past]) each.release();
        short.last.dispose();
        decoder.dispose();
        model.dispose();
      },
    );
  });

  it('is causal', async () => {
    for (const shape of hyenaLiCases) {
      const model = LanguageModel.create(configurationOf({ ...shape, layers: 'hyena-li' }), device(), 1);
      const ids = idsOf(20);
      const cut = 11;
      const [before, after] = [
        await model.logits(ids, 1),
        await model.logits(
          ids.map((id, place) => (place > cut ? (id + 7) % 23 : id)),
          1,
        ),
      ];
      const past = (cut + 1) * model.config.vocab_size;
      const data = (values: Float32Array) => ({ shape: [past], data: values.slice(0, past) });
      expectClose('scores of the past', data(after), data(before), 1e-5);
      expect(after.slice(past)).not.toEqual(before.slice(past));
      model.dispose();
    }
  });
});
