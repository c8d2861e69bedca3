// node test/benchmarks/webgpu-counts.js (after a build): what one training step of `base` records on the device webgpu,
// kernel by kernel, and what share of cards' limits each can reach; then the same step in f16-mixed beside it. Dawn's null adapter takes the commands and computes
// nothing, so that it needs no GPU: the counts are exact, the shares upper bounds.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const build = path.resolve(import.meta.dirname, '..', '..', 'build');
/** @param {string} file */
const load = (file) => import(pathToFileURL(path.join(build, 'worker', file)).href);

/** Data sheets: memory, and fp32 without matrix units (which WebGPU does not offer everywhere). */
const cards = [
  { name: 'NVIDIA H100 SXM', bytesPerSecond: 3.35e12, flopsPerSecond: 66.9e12 },
  { name: 'NVIDIA RTX 4090', bytesPerSecond: 1.008e12, flopsPerSecond: 82.6e12 },
  { name: 'AMD RX 7900 XTX', bytesPerSecond: 0.96e12, flopsPerSecond: 61.4e12 },
  { name: 'Intel Arc A770', bytesPerSecond: 0.56e12, flopsPerSecond: 19.7e12 },
];

const { listAdapters } = await load('devices/webgpu/dawn.js');
const { countWork, leastSeconds } = await load('devices/webgpu/counts.js');
const { LanguageModel } = await load('models/language-model.js');
const { ModelLearner } = await load('training/model-learner.js');
const { madeUpBatch } = await load('benchmarks/training-benchmark.js');
const { modelSchema, resolveModel, trainingSchema } = await import(
  pathToFileURL(path.join(build, 'main', 'contract', 'configuration.js')).href
);
const dawn = await import('webgpu');
Object.assign(globalThis, dawn.globals);
const { openBackend } = await load('devices/webgpu/register.js');

const gpu = dawn.create(['backend=null']);
const [adapter] = await listAdapters(gpu);
const backend = await openBackend({ ...adapter, software: false });
// The null adapter has 512 MiB: what kernels write, which nobody reads here, is not given its memory.
const { bufferManager } = backend;
const acquire = bufferManager.acquireBuffer.bind(bufferManager);
bufferManager.acquireBuffer = (
  /** @type {number} */ size,
  /** @type {number} */ usage,
  /** @type {boolean} */ mapped = false,
  /** @type {boolean} */ reuse = true,
) => acquire(mapped ? size : Math.min(size, 1 << 16), usage, mapped, reuse);
// Copies of what has no memory are counted and not made; parameters lie beside each other, as from the second step on.
Object.assign(Object.getPrototypeOf(backend.device.createCommandEncoder()), {
  copyBufferToBuffer: () => undefined,
  clearBuffer: () => undefined,
});
backend.moveInto = () => undefined;
const precisions = ['fp32', 'f16-mixed'];
const device = { name: 'webgpu', backendName: 'webgpu', description: '', precisions, deterministic: true };

const [vocabulary, rows, length] = [4096, 4, 2048];
const config = resolveModel(modelSchema.parse({ d_model: 256, n_layer: 6, l_max: length }), vocabulary);
const batch = madeUpBatch(vocabulary, rows, length, 1);

/**
 * What a step records.
 * @param {string} precision
 */
async function stepIn(precision) {
  const training = trainingSchema.parse({ batch_size: rows, precision });
  const learner = new ModelLearner(LanguageModel.create(config, device, 1), training);
  return countWork(backend, async () => {
    await learner.accumulate(batch, 1, 1);
    await learner.update(1, 1);
  });
}
const { kernels, readBacks } = await stepIn('fp32');
const inF16 = await stepIn('f16-mixed');

/** @param {number} value */
const share = (value) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%`;
/** @param {readonly any[]} counts @param {'dispatches' | 'bytes' | 'flops'} key */
const sum = (counts, key) => counts.reduce((total, count) => total + count[key], 0);
/** @param {readonly any[]} counts @param {any} on */
const leastOf = (counts, on) => counts.reduce((seconds, count) => seconds + leastSeconds(count, on), 0);
const copies = kernels.find((/** @type {any} */ { kernel }) => kernel === 'copy')?.dispatches ?? 0;
const [card] = cards;
const total = leastOf(kernels, card);
console.log(
  `| kernel | dispatches | MB | GFLOP | FLOP a byte | ${cards.map(({ name }) => name).join(' | ')} | of the step |`,
);
console.log(`| --- | ---: | ---: | ---: | ---: | ${cards.map(() => '---:').join(' | ')} | ---: |`);
for (const count of kernels) {
  const limits = cards.map((each) => {
    const seconds = leastSeconds(count, each);
    const memory = count.bytes / each.bytesPerSecond / seconds;
    const units = count.flops / each.flopsPerSecond / seconds;
    return `${share(memory)} / ${share(units)}`;
  });
  const columns = [count.kernel, count.dispatches, (count.bytes / 1e6).toFixed(1), (count.flops / 1e9).toFixed(2)];
  const intensity = (count.flops / count.bytes).toFixed(2);
  console.log(`| ${[...columns, intensity, ...limits, share(leastSeconds(count, card) / total)].join(' | ')} |`);
}
console.log(
  `\nA step: ${sum(kernels, 'dispatches') - copies} dispatches, ${copies} copies, ${(sum(kernels, 'bytes') / 1e9).toFixed(2)} GB, ${(sum(kernels, 'flops') / 1e9).toFixed(0)} GFLOP.`,
);
for (const each of cards) {
  const seconds = leastOf(kernels, each);
  console.log(
    `${each.name}: at least ${(1000 * seconds).toFixed(2)} ms, at most ${Math.round((rows * length) / seconds)} tokens/s.`,
  );
}
console.log(`Read back: ${readBacks.join(', ')} bytes.`);

console.log('\n| kernel | MB in fp32 | MB in f16-mixed | saved |\n| --- | ---: | ---: | ---: |');
const before = new Map(kernels.map((/** @type {any} */ count) => [count.kernel, count.bytes]));
const saved = inF16.kernels
  .map((/** @type {any} */ { kernel, bytes }) => ({ kernel, bytes, was: before.get(kernel) ?? 0 }))
  .sort((/** @type {any} */ a, /** @type {any} */ b) => b.was - b.bytes - (a.was - a.bytes));
const line = (/** @type {any[]} */ [name, was, bytes]) =>
  `| ${name} | ${(was / 1e6).toFixed(1)} | ${(bytes / 1e6).toFixed(1)} | ${share(1 - bytes / was)} |`;
for (const { kernel, was, bytes } of saved) if (was !== bytes) console.log(line([kernel, was, bytes]));
console.log(line(['all', sum(kernels, 'bytes'), sum(inF16.kernels, 'bytes')]));
console.log(`\n${(sum(inF16.kernels, 'flops') / 1e9).toFixed(0)} GFLOP, ${sum(inF16.kernels, 'dispatches')} recorded.`);
/** What is left where the products take no time, as with matrix units. @param {readonly any[]} counts */
const besideProducts = (counts) => counts.filter(({ kernel }) => !kernel.startsWith('product-by'));
for (const each of cards) {
  const [one, other] = [kernels, inF16.kernels].map((counts) => (1000 * leastOf(counts, each)).toFixed(2));
  const [rest, otherRest] = [kernels, inF16.kernels].map((counts) =>
    (1000 * leastOf(besideProducts(counts), each)).toFixed(2),
  );
  console.log(
    `${each.name}: at least ${one} ms in fp32, ${other} ms in f16-mixed; beside matrix products ${rest} and ${otherRest} ms.`,
  );
}
process.exit(0);
