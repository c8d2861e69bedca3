// Estimated against measured peak memory of training: `node test/benchmarks/estimates.js [DEVICE]`. Build first.
import { trainingMemory } from '../../build/main/contract/estimate.js';
import { modelSchema, resolveModel } from '../../build/main/contract/configuration.js';
import { checkConfiguration } from '../../build/main/contract/settings.js';
import { startJob } from '../../build/main/workers/start-job.js';

const device = process.argv[2] ?? 'auto';
/** @type {[name: string, vocabulary: number, model: object, training: object][]} */
const cases = [
  ['tiny', 256, { d_model: 128, n_layer: 2, l_max: 512 }, { batch_size: 8 }],
  ['small', 256, { d_model: 128, n_layer: 4, l_max: 1024 }, { batch_size: 8 }],
  [
    'small, checkpointing',
    256,
    { d_model: 128, n_layer: 4, l_max: 1024 },
    { batch_size: 8, gradient_checkpointing: true },
  ],
  ['small, batch 32', 256, { d_model: 128, n_layer: 4, l_max: 1024 }, { batch_size: 32 }],
  ['small, 12 layers', 256, { d_model: 128, n_layer: 12, l_max: 1024 }, { batch_size: 8 }],
  ['small, order 4', 256, { d_model: 128, n_layer: 4, l_max: 1024, order: 4 }, { batch_size: 8 }],
  ['base', 4096, { d_model: 256, n_layer: 6, l_max: 2048 }, { batch_size: 4 }],
  [
    'base, checkpointing',
    4096,
    { d_model: 256, n_layer: 6, l_max: 2048 },
    { batch_size: 4, gradient_checkpointing: true },
  ],
  ['long', 256, { d_model: 256, n_layer: 2, l_max: 16_384 }, { batch_size: 1 }],
  ['vocabulary 50,257', 50_257, { d_model: 256, n_layer: 2, l_max: 1024 }, { batch_size: 2 }],
];

const mebibytes = (/** @type {number} */ bytes) => Math.round(bytes / 1024 / 1024);
console.log('| configuration | device | estimated MiB | measured MiB | off |\n| --- | --- | ---: | ---: | ---: |');
for (const [name, vocabulary, model, training] of cases) {
  const configuration = checkConfiguration({
    dataset: 'none',
    device,
    model: { ...model, vocab_size: vocabulary },
    training: { ...training, max_steps: 10 },
  });
  const resolved = resolveModel(modelSchema.parse(configuration.model), vocabulary);
  const estimated = trainingMemory(resolved, {
    length: resolved.l_max,
    batch: configuration.training.batch_size,
    gradientCheckpointing: configuration.training.gradient_checkpointing,
  }).total;
  const measured = /** @type {{ device: string, peakMemoryMiB: number }} */ (
    await startJob({ kind: 'measure', configuration }, () => undefined).result
  );
  const off = (100 * estimated) / 1024 / 1024 / measured.peakMemoryMiB - 100;
  console.log(
    `| ${name} | ${measured.device} | ${mebibytes(estimated)} | ${Math.round(measured.peakMemoryMiB)} ` +
      `| ${off > 0 ? '+' : ''}${off.toFixed(0)}% |`,
  );
}
