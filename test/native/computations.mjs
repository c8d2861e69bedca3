// What emulated.js runs on two systems and compares: `node computations.mjs`, with the addon that HYENA_ADDON names. Trains a
// model with a layer of each mixer; computes long convolutions, attention and texts token by token with weights of each
// type, which the benchmarks compare with direct sums and with whole passes. Prints one line of JSON.
import { runBench } from '../../build/worker/benchmarks/bench-job.js';
import { Cancellation } from '../../build/worker/process/cancellation.js';
import { benchJobSchema } from '../../build/main/contract/jobs.js';

const cancellation = new Cancellation();
const nothing = () => undefined;
const context = {
  cancellation,
  signal: cancellation.signal,
  emit: nothing,
  onMessage: nothing,
  heartbeat: nothing,
  activeSeconds: () => 0,
};

const mixers = 'hyena,hyena-se,hyena-mr,hyena-li,attention,short-conv,s4d,h3';
const small = { d_model: 32, vocab_size: 96, length: 64, batch: 2, device: 'native' };
const jobs = [
  { ...small, what: 'train', n_layer: 8, layers: mixers, steps: 6 },
  { ...small, what: 'convolution', steps: 1, length: 200 },
  { ...small, what: 'attention', steps: 1, heads: 4, length: 100 },
  ...['fp32', 'bf16', 'int8', 'int4'].flatMap((dtype) =>
    [1, 3].map((texts) => ({ ...small, what: 'generate', d_model: 96, n_layer: 2, steps: 20, dtype, texts })),
  ),
  { ...small, what: 'generate', n_layer: 8, layers: mixers, steps: 20 },
];
const results = [];
for (const job of jobs) {
  const { loss, contexts } = await runBench(benchJobSchema.parse({ kind: 'bench', ...job }), context);
  results.push({ what: job.what, dtype: job.dtype ?? 'fp32', loss, error: contexts?.[0].largestError ?? null });
}
console.log(JSON.stringify({ system: `${process.platform}-${process.arch}`, node: process.version, results }));
process.exit(0);
