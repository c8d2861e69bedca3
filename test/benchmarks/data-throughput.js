// `node test/benchmarks/data-throughput.js [FILE]` (after a build): how much text tokenizers encode and decode, and the reader
// reads, in a second of one core (processor time: other work of the machine does not count). By default Moby-Dick. The best of
// five rounds. Prints a Markdown table.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @param {string} file */
const load = (file) => import(new URL(file, new URL('../../build/', import.meta.url)).href);
const { loadTokenizer } = await load('main/library/tokenizers/load.js');
const { bytesTokenizer } = await load('main/library/tokenizers/bytes.js');
const { BytePairTokenizer } = await load('main/library/tokenizers/byte-pair.js');
const { learnBytePairs, WordCounter } = await load('worker/data/tokenizers/byte-pair-training.js');
const { readFiles } = await load('worker/data/readers/read.js');

const file = process.argv[2] ?? fileURLToPath(new URL('../../resources/books/moby-dick.txt', import.meta.url));
const bytes = readFileSync(file);
const text = bytes.toString('utf8');

/** Megabytes in a second of processor time. @param {() => unknown} work */
async function speed(work) {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const began = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(began);
    best = Math.max(best, bytes.length / (user + system));
  }
  return best.toFixed(1);
}

const counter = new WordCounter();
const learning = process.cpuUsage();
counter.push(bytes);
const steps = learnBytePairs(counter, 4096);
let step = steps.next();
while (!step.done) step = steps.next();
const { user, system } = process.cpuUsage(learning);
const learned = new BytePairTokenizer('bpe:4096', step.value);

console.log('| | encode, MB/s | as a stream | decode | bytes a token |\n| --- | ---: | ---: | ---: | ---: |');
for (const [name, tokenizer] of [
  ['bytes', bytesTokenizer],
  ['gpt2', await loadTokenizer({ kind: 'gpt2' })],
  ['bpe:4096', learned],
]) {
  const ids = tokenizer.encode(text);
  const encode = await speed(() => tokenizer.encode(text));
  const stream = await speed(() => {
    const encoder = tokenizer.streamEncoder();
    for (let at = 0; at < bytes.length; at += 1 << 16) encoder.push(bytes.subarray(at, at + (1 << 16)));
    encoder.end();
  });
  const decode = await speed(() => tokenizer.decode(ids));
  console.log(`| ${name} | ${encode} | ${stream} | ${decode} | ${(bytes.length / ids.length).toFixed(2)} |`);
}
const reading = await speed(async () => {
  for await (const event of readFiles([{ path: file, size: bytes.length }])) void event;
});
console.log(
  `\nThe reader of text: ${reading} MB/s. Learning bpe:4096: ${(bytes.length / (user + system)).toFixed(1)} MB/s.`,
);
