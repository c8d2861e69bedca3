// `node --expose-gc test/benchmarks/distilled-decoding.js [STATE]` (after a build): what a token costs after long texts with
// exact filters and with distilled ones, on the native device: processor time, and the memory that an open text keeps (tensors
// and arrays). The model is that of `hyena bench generate`. How near the filters come does not matter to either; they are not
// fitted here. Prints a Markdown table.
import * as tf from '@tensorflow/tfjs-core';

/** @param {string} file */
const load = (file) => import(new URL(file, new URL('../../build/', import.meta.url)).href);
const { modelSchema, resolveModel } = await load('main/contract/configuration.js');
const { openDevice } = await load('worker/devices/index.js');
const { LanguageModel } = await load('worker/models/language-model.js');
const { Decoder } = await load('worker/models/decoding/decoder.js');
const { distilledStrategy } = await load('worker/models/decoding/distilled.js');
const { distilledLayers } = await load('worker/models/mixers/hyena/distilled/distiller.js');
const { emptyModes } = await load('worker/models/mixers/hyena/distilled/filters.js');

const state = Number(process.argv[2] ?? 16);
const [lengths, tokens] = [[1024, 65_536], 256];
const { device } = await openDevice('native');
const config = resolveModel(modelSchema.parse({ d_model: 128, n_layer: 4, l_max: 65_536 + tokens + 2 }), 256);
const model = LanguageModel.create(config, device, 0);

/** Pairs of poles spread over the circle, that fade slowly. */
const layers = new Map(
  Array.from({ length: config.n_layer }, (_, layer) => {
    const made = emptyModes((config.order - 1) * config.d_model, state);
    for (let channel = 0; channel < made.channels; channel++)
      for (let mode = 0; mode < state / 2; mode++) {
        const at = channel * state + mode;
        made.poleRe[at] = 0.999 * Math.cos(0.1 * (mode + 1));
        made.poleIm[at] = 0.999 * Math.sin(0.1 * (mode + 1));
        made.residueRe[at] = 1e-3;
      }
    return [layer, made];
  }),
);
const kept = () => {
  globalThis.gc?.();
  return tf.memory().numBytes + process.memoryUsage().arrayBuffers;
};

console.log(
  '| filters | context | a token, ms of one core | kept by an open text, MiB |\n| --- | ---: | ---: | ---: |',
);
for (const [name, strategy] of /** @type {const} */ ([
  ['exact', undefined],
  [`distilled, state ${state}`, distilledStrategy(distilledLayers({ state, layers, errors: [] }))],
]))
  for (const length of lengths) {
    const decoder = new Decoder(model, strategy);
    // What is made once for a decoder is no part of a text.
    const { text: first } = await decoder.prefill(Int32Array.of(1, 2, 3));
    await decoder.step([first], [4]);
    first.dispose();
    const before = kept();
    const { text } = await decoder.prefill(Int32Array.from({ length }, (_, index) => (index * 7919) % 256));
    const bytes = kept() - before;
    // What was begun by reading ends before the first token.
    await decoder.step([text], [0]);
    const began = process.cpuUsage();
    for (let token = 0; token < tokens; token++) await decoder.step([text], [token % 256]);
    const { user, system } = process.cpuUsage(began);
    text.dispose();
    decoder.dispose();
    const [milliseconds, mebibytes] = [(user + system) / 1000 / tokens, bytes / 2 ** 20];
    console.log(
      `| ${name} | ${length.toLocaleString('en-US')} | ${milliseconds.toFixed(2)} | ${mebibytes.toFixed(1)} |`,
    );
  }
process.exit(0);
