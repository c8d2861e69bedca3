// node test/benchmarks/webgpu-counts.js (after a build): what one training step of `base` records on the device webgpu,
// kernel by kernel, and what share of cards' limits each can reach; then the same step in f16-mixed beside it. Dawn's
// null adapter takes the commands and computes nothing, so that it needs no GPU: the counts are exact, the shares upper bounds.
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
const { countWork } = await load('devices/webgpu/counts.js');
const { Decoder } = await load('models/decoding/decoder.js');
const { readOn } = await load('models/decoding/read.js');
const { LanguageModel } = await load('models/language-model.js');
const { ModelLearner } = await load('training/model-learner.js');
const { syntheticBatch } = await load('benchmarks/training-benchmark.js');
const { modelSchema, resolveModel, trainingSchema } = await import(
  pathToFileURL(path.join(build, 'main', 'contract', 'configuration.js')).href
);
const dawn = await import('webgpu');
Object.assign(globalThis, dawn.globals);
const { openBackend } = await load('devices/webgpu/register.js');

const [adapter] = await listAdapters((/** @type {string[]} */ ...options) => dawn.create(['backend=null', ...options]));
const backend = await openBackend({ ...adapter, software: false });
// The null adapter has 512 MiB: what kernels write, which nobody reads here, is not given its memory, but for what lies
// beside other things, so is one-dimensional. Copies of what has no memory are counted and not made.
const { bufferManager } = backend;
const acquire = bufferManager.acquireBuffer.bind(bufferManager);
const upload = backend.uploadToGPU.bind(backend);
let whole = true;
backend.uploadToGPU = (/** @type {object} */ dataId) => {
  const { shape, values } = backend.tensorMap.get(dataId);
  whole = shape.length < 2 || Boolean(values);
  upload(dataId);
  whole = true;
};
const makeHalf = backend.makeHalf.bind(backend);
backend.makeHalf = (/** @type {readonly number[]} */ shape, /** @type {number} */ scale) => {
  whole = false;
  const tensor = makeHalf(shape, scale);
  whole = true;
  return tensor;
};
/** Bytes of buffers in use, as they would be, now and at most. */
const held = { now: 0, most: 0 };
/** @type {WeakMap<object, number>} */
const sizes = new WeakMap();
bufferManager.acquireBuffer = (
  /** @type {number} */ size,
  /** @type {number} */ usage,
  /** @type {boolean} */ mapped = false,
  /** @type {boolean} */ reuse = true,
) => {
  const buffer = acquire(whole || mapped ? size : Math.min(size, 1 << 16), usage, mapped, reuse);
  sizes.set(buffer, size);
  held.now += size;
  held.most = Math.max(held.most, held.now);
  return buffer;
};
const release = bufferManager.releaseBuffer.bind(bufferManager);
bufferManager.releaseBuffer = (/** @type {object} */ buffer, /** @type {boolean} */ reuse = true) => {
  held.now -= sizes.get(buffer) ?? 0;
  release(buffer, reuse);
};
Object.assign(Object.getPrototypeOf(backend.device.createCommandEncoder()), {
  copyBufferToBuffer: () => undefined,
  clearBuffer: () => undefined,
});
const precisions = ['fp32', 'f16-mixed'];
const device = { name: 'webgpu', backendName: 'webgpu', description: '', precisions, deterministic: true };

const [vocabulary, rows, length] = [4096, 4, 2048];
const config = resolveModel(modelSchema.parse({ d_model: 256, n_layer: 6, l_max: length }), vocabulary);
const batch = syntheticBatch(vocabulary, rows, length, 1);
/** A model, and its steps. @param {string} precision */
const learnerIn = (precision) => {
  const before = held.now;
  const model = LanguageModel.create(config, device, 1);
  const learner = new ModelLearner(model, trainingSchema.parse({ batch_size: rows, precision }));
  /** @param {number} number @param {number} batches */
  const step = async (number, batches) => {
    for (let index = 0; index < batches; index++) await learner.accumulate(batch, 1 / batches, number);
    await learner.update(1, number);
  };
  /** What the model and a step hold at most, in MiB. @param {number} number */
  const memoryOf = async (number) => {
    held.most = held.now;
    await step(number, 1);
    return Math.round((held.most - before) / 2 ** 20);
  };
  return { model, step, memoryOf };
};
const { model, step, memoryOf } = learnerIn('fp32');
// The first step lays parameters beside each other.
await step(1, 1);
const { kernels, readBacks } = await countWork(backend, () => step(2, 1));
const { kernels: ofTwo } = await countWork(backend, () => step(3, 2));
const memory = await memoryOf(4);
const inF16 = learnerIn('f16-mixed');
await inF16.step(1, 1);
const { kernels: halved } = await countWork(backend, () => inF16.step(2, 1));
const memoryInF16 = await inF16.memoryOf(3);
const ids = batch.ids.slice(0, length / 2);
const reading = await countWork(backend, async () => {
  const { past, last } = await readOn(model, null, ids);
  last.dispose();
  const further = await readOn(model, past, ids);
  further.last.dispose();
  past.release();
  further.past.release();
});

const decoder = new Decoder(model);
const { text } = await decoder.read(ids);
/** @param {number} count */
const write = async (count) => {
  for (let index = 0; index < count; index++) await decoder.step([text], [ids[index]]);
};
await write(32);
const block = await countWork(backend, () => write(32));

/** @param {number} value */
const share = (value) => `${(100 * value).toFixed(Math.abs(value) < 0.1 ? 1 : 0)}%`;
/** @param {any[]} counts */
const commands = (counts) => {
  const all = counts.reduce((total, { dispatches }) => total + dispatches, 0);
  const copies = counts.find(({ kernel }) => kernel === 'copy')?.dispatches ?? 0;
  return `${all - copies} dispatches, ${copies} copies`;
};
/** @param {readonly any[]} counts @param {'bytes' | 'flops'} key */
const sum = (counts, key) => counts.reduce((total, count) => total + count[key], 0);
/**
 * Seconds that work takes at least on a card: its bytes at the memory's speed or its operations at the units'.
 * @param {{ bytes: number, flops: number }} count @param {{ bytesPerSecond: number, flopsPerSecond: number }} card
 */
const leastSeconds = ({ bytes, flops }, { bytesPerSecond, flopsPerSecond }) =>
  Math.max(bytes / bytesPerSecond, flops / flopsPerSecond);
/** @param {readonly any[]} counts @param {any} on */
const leastOf = (counts, on) => counts.reduce((seconds, count) => seconds + leastSeconds(count, on), 0);
/** @param {any[]} counts */
const amounts = (counts) =>
  `${commands(counts)}, ${(sum(counts, 'bytes') / 1e9).toFixed(2)} GB, ${(sum(counts, 'flops') / 1e9).toFixed(0)} GFLOP`;
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
console.log(`\nA step: ${amounts(kernels)}.`);
for (const each of cards) {
  const seconds = leastOf(kernels, each);
  console.log(
    `${each.name}: at least ${(1000 * seconds).toFixed(2)} ms, at most ${Math.round((rows * length) / seconds)} tokens/s.`,
  );
}
console.log(`Read back: ${readBacks.join(', ')} bytes.`);
console.log(`\nA step of two batches: ${commands(ofTwo)}.`);
console.log(`\nReading ${length / 2} tokens, and then ${length / 2} more: ${commands(reading.kernels)}.`);
for (const { kernel, dispatches, bytes } of reading.kernels)
  console.log(`${kernel}: ${dispatches}, ${(bytes / 1e6).toFixed(1)} MB`);
const [times, bytesOfEach] = [block.readBacks.length, block.readBacks[0]];
console.log(
  `\nWriting a block of 32 tokens: ${commands(block.kernels)}; read back: ${times} times ${bytesOfEach} bytes.`,
);
for (const { kernel, dispatches, bytes } of block.kernels)
  console.log(`${kernel}: ${dispatches}, ${(bytes / 1e6).toFixed(1)} MB`);

console.log(`\nA step in f16-mixed: ${amounts(halved)}.`);
console.log(`It holds ${memoryInF16} MiB at most, that in fp32 ${memory}.`);
console.log('\n| kernel | MB in fp32 | MB in f16-mixed | less |\n| --- | ---: | ---: | ---: |');
/** The same work under another name. @param {string} kernel */
const plainName = (kernel) => kernel.replace('_in_f16', '');
const before = new Map(kernels.map((/** @type {any} */ count) => [count.kernel, count.bytes]));
const saved = halved
  .map((/** @type {any} */ { kernel, bytes }) => ({ kernel, bytes, was: before.get(plainName(kernel)) }))
  .filter((/** @type {any} */ { was, bytes }) => was !== bytes)
  .sort((/** @type {any} */ a, /** @type {any} */ b) => b.was - b.bytes - (a.was - a.bytes));
for (const { kernel, was, bytes } of saved)
  console.log(`| ${[kernel, (was / 1e6).toFixed(1), (bytes / 1e6).toFixed(1), share(1 - bytes / was)].join(' | ')} |`);
/** What is left where the products take no time. @param {readonly any[]} counts */
const besideProducts = (counts) => counts.filter(({ kernel }) => !kernel.startsWith('product-by-threads.multiply'));
for (const each of cards) {
  /** @param {readonly any[]} counts */
  const least = (counts) => `${(1000 * leastOf(counts, each)).toFixed(1)} ms`;
  const all = `at least ${least(kernels)} in fp32, ${least(halved)} in f16-mixed`;
  const others = `${least(besideProducts(kernels))} and ${least(besideProducts(halved))}`;
  console.log(`${each.name}: ${all}; of that beside matrix products ${others}.`);
}
process.exit(0);
