// `node test/benchmarks/compare-training.js [--rounds N] [--python PROGRAM] [--only NAME]`: training speed and peak
// memory beside PyTorch's (test/benchmarks/pytorch/train.py), and how speed depends on the sequence length.
// Build first (`npm run build`); nothing else may run meanwhile. Each figure is the median of the rounds, which alternate
// between the programs, so that a slow minute of the machine meets both. Prints Markdown tables.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string' },
  },
});
const projectFolder = path.resolve(import.meta.dirname, '../..');
const threads = process.env['HYENA_THREADS'] ?? '2';

/** @typedef {{ d: number, layers: number, vocabulary: number, length: number, batch: number }} Work */
/** @typedef {{ tokensPerSecond: number, peakMemoryMiB: number, parameters: number }} Figures */

/** @type {Record<string, Work>} */
const works = {
  small: { d: 128, layers: 4, vocabulary: 256, length: 1024, batch: 8 },
  base: { d: 256, layers: 6, vocabulary: 4096, length: 2048, batch: 4 },
  long: { d: 256, layers: 2, vocabulary: 256, length: 16384, batch: 1 },
};

/** The JSON in the last line that a program prints. @param {string} program @param {string[]} parameters */
function figuresOf(program, parameters) {
  const { stdout, stderr, status } = spawnSync(program, parameters, {
    cwd: projectFolder,
    encoding: 'utf8',
    env: { ...process.env, HYENA_THREADS: threads },
  });
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')} failed:\n${stderr}`);
  return /** @type {Figures} */ (JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

/** @param {Work} work @param {string} precision @param {number} steps */
function ours({ d, layers, vocabulary, length, batch }, precision, steps) {
  const sizes = { 'd-model': d, layers, vocab: vocabulary, length, batch, steps };
  const options = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const hyena = path.join(projectFolder, 'build', 'main', 'shells', 'terminal', 'main.js');
  const command = [hyena, 'bench', 'train', '--device', 'native', '--precision', precision, '--json', ...options];
  return figuresOf(process.execPath, command);
}

/** @param {Work} work @param {number} steps */
function theirs({ d, layers, vocabulary, length, batch }, steps) {
  const program = path.join(import.meta.dirname, 'pytorch', 'train.py');
  return figuresOf(values.python, [program, ...[d, layers, vocabulary, length, batch, steps, threads].map(String)]);
}

/** @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');

/** @template T @param {number} rounds @param {() => T} once */
const repeated = (rounds, once) => Array.from({ length: rounds }, once);

const rounds = Number(values.rounds);
console.log('| work | PyTorch, tokens/s | fp32 | ratio | bf16-mixed | ratio | PyTorch, MiB | fp32, MiB | share |');
console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: |');
for (const [name, work] of Object.entries(works)) {
  if (values.only !== undefined && values.only !== name) continue;
  const measured = repeated(rounds, () => ({
    torch: theirs(work, 5),
    fp32: ours(work, 'fp32', 10),
    bf16: ours(work, 'bf16-mixed', 10),
  }));
  if (measured.some(({ torch, fp32 }) => torch.parameters !== fp32.parameters))
    throw new Error(`${name}: the two models differ in their parameters`);
  const speed = (/** @type {'torch' | 'fp32' | 'bf16'} */ kind) =>
    median(measured.map((one) => one[kind].tokensPerSecond));
  const memory = (/** @type {'torch' | 'fp32'} */ kind) => median(measured.map((one) => one[kind].peakMemoryMiB));
  const ratio = (/** @type {'fp32' | 'bf16'} */ kind) => (speed(kind) / speed('torch')).toFixed(2);
  const speeds = [whole(speed('torch')), whole(speed('fp32')), ratio('fp32'), whole(speed('bf16')), ratio('bf16')];
  const sizes = [whole(memory('torch')), whole(memory('fp32')), (memory('fp32') / memory('torch')).toFixed(2)];
  console.log(`| ${[name, ...speeds, ...sizes].join(' | ')} |`);
}

if (values.only === undefined) {
  console.log(
    '\n| length | batch | tokens/s | time per token, of that at 1,024 | MiB |\n| --: | --: | --: | --: | --: |',
  );
  const lengths = [1024, 4096, 16384, 65536];
  const measured = repeated(rounds, () =>
    lengths.map((length) => ours({ d: 128, layers: 2, vocabulary: 256, length, batch: 65536 / length }, 'fp32', 5)),
  );
  const speeds = lengths.map((_, index) => median(measured.map((row) => row[index].tokensPerSecond)));
  for (const [index, length] of lengths.entries()) {
    const memory = median(measured.map((row) => row[index].peakMemoryMiB));
    const row = [whole(length), whole(65536 / length), whole(speeds[index]), (speeds[0] / speeds[index]).toFixed(2)];
    console.log(`| ${[...row, whole(memory)].join(' | ')} |`);
  }
}
