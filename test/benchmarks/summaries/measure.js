// `node test/benchmarks/summaries/measure.js --papers FOLDER [--set test] [--count N] [--sentences 3,5] [--library FOLDER --run RUN]`:
// ROUGE of summaries against the abstracts of RFCs: the first sentences, TextRank, and `hyena summarise` with its model and
// without. All choose from the same sentences of running text, and as many. Build first (`npm run build`). The papers:
//   apt-get download doc-rfc-informational && dpkg-deb -x doc-rfc-informational_*.deb papers
//   … --papers papers/usr/share/doc/RFC/informational
// `--descriptions FILE` compares with the synopses of package descriptions instead: the file `held-out.jsonl` that
// `node resources/starter/corpus.js` writes; every second one is for development, `--count` (500) are taken.
// `--training FOLDER` writes the texts that are in neither set instead, to train a model on. Prints a Markdown table, and
// below it the mean difference to the first sentences with its 95% interval (paired bootstrap over the documents).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { developmentCount, papersIn, testCount } from './documents.js';
import { rouge } from './rouge.js';
import { textRank } from './text-rank.js';

const { values } = parseArgs({
  options: {
    papers: { type: 'string' },
    descriptions: { type: 'string' },
    training: { type: 'string' },
    set: { type: 'string', default: 'test' },
    count: { type: 'string' },
    sentences: { type: 'string', default: '3,5' },
    library: { type: 'string' },
    run: { type: 'string' },
    device: { type: 'string', default: 'auto' },
  },
});
if (values.papers === undefined && values.descriptions === undefined)
  throw new Error('--papers FOLDER is missing: the text files of the RFCs; or --descriptions FILE.');
const papers = values.papers === undefined ? [] : papersIn(values.papers);
if (values.training !== undefined) {
  mkdirSync(values.training, { recursive: true });
  for (const { name, body } of papers.slice(developmentCount + testCount))
    writeFileSync(path.join(values.training, `${name}.txt`), `${body}\n`);
  process.exit(0);
}
/** Descriptions of several sentences and their synopses. @param {string} file @param {number} half */
function describedPackages(file, half) {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const described = lines.flatMap((line, index) => {
    const { title, summary, text } = JSON.parse(line);
    return index % 2 === half && text.length >= 600 ? [{ name: title, title, summary, body: text }] : [];
  });
  return described.slice(0, Number(values.count ?? 500));
}
const all = values.descriptions
  ? describedPackages(values.descriptions, values.set === 'development' ? 0 : 1)
  : values.set === 'development'
    ? papers.slice(0, developmentCount)
    : papers.slice(developmentCount, developmentCount + testCount);
const chosen = all.slice(0, values.count === undefined ? all.length : Number(values.count));

const build = new URL('../../../build/', import.meta.url);
/** @param {string} file */
const load = (file) => import(new URL(file, build).href);
const { sentencesOf } = await load('main/contract/logic/reading/segments.js');
const { isRunningText } = await load('worker/documents/sentences.js');
const { summarise } = await load('worker/documents/summarise.js');
const losses = values.run === undefined ? null : await modelLosses(values.library ?? '', values.run);

/** @typedef {{ rouge1: number, rouge2: number, rougeL: number, words: number }} Row */
const metrics = /** @type {const} */ (['rouge1', 'rouge2', 'rougeL', 'words']);

for (const count of values.sentences.split(',').map(Number)) {
  /** @type {Record<string, Row[]>} */
  const systems = {};
  for (const { summary, body } of chosen) {
    const sentences = sentencesOf(body).filter((/** @type {Segment} */ one) => isRunningText(body, one));
    const texts = sentences.map((/** @type {Segment} */ one) => textOf(body, one));
    const ranks = textRank(texts);
    const best = [...texts.keys()].sort((a, b) => ranks[b] - ranks[a]).slice(0, count);
    /** @type {Record<string, string[]>} */
    const summaries = {
      [`the first ${count}`]: texts.slice(0, count),
      TextRank: best.sort((a, b) => a - b).map((index) => texts[index]),
      'without a model': await ownSummary(body, count, null),
    };
    if (losses) summaries['with the model'] = await ownSummary(body, count, losses);
    for (const [name, lines] of Object.entries(summaries)) {
      const text = lines.join(' ');
      (systems[name] ??= []).push({ ...rouge(summary, text), words: text.split(' ').length });
    }
  }
  report(count, systems);
}

/** @typedef {{ start: number, end: number }} Segment */
/** @param {string} body @param {Segment} segment */
function textOf(body, { start, end }) {
  return body.slice(start, end).replaceAll(/\s+/g, ' ');
}

/** @param {string} body @param {number} count @param {unknown} scorer @returns {Promise<string[]>} */
async function ownSummary(body, count, scorer) {
  const sentences = await summarise(body, [], count, scorer);
  return sentences.map((/** @type {Segment} */ one) => textOf(body, one));
}

/** @param {string} library @param {string} run */
async function modelLosses(library, run) {
  const { chooseCheckpoint, openModel } = await load('worker/models/open-model.js');
  const { openDevice } = await load('worker/devices/index.js');
  const { continuationLosses } = await load('worker/documents/likelihood.js');
  const entry = await chooseCheckpoint(path.join(library, 'runs', run), run, 'best', () => undefined);
  const { device } = await openDevice(values.device);
  const { model, tokenizer } = await openModel(entry.path, device);
  return (/** @type {unknown} */ pairs) => continuationLosses(model, tokenizer, pairs, () => undefined);
}

/** @param {number} count @param {Record<string, Row[]>} systems */
function report(count, systems) {
  const mean = (/** @type {number[]} */ list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const shown = (/** @type {number} */ value) => (100 * value).toFixed(1);
  console.log(`\n${count} sentences of ${chosen.length} documents (${values.set})\n`);
  console.log('| summary | ROUGE-1 | ROUGE-2 | ROUGE-L | words |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [name, rows] of Object.entries(systems)) {
    const [one, two, long, words] = metrics.map((metric) => mean(rows.map((row) => row[metric])));
    console.log(`| ${name} | ${shown(one)} | ${shown(two)} | ${shown(long)} | ${words.toFixed(0)} |`);
  }
  const [lead, ...others] = Object.keys(systems);
  for (const name of others)
    for (const metric of metrics.slice(0, 3)) {
      const differences = systems[name].map((row, index) => row[metric] - systems[lead][index][metric]);
      const [low, high] = interval(differences, mean);
      console.log(`${name}, ${metric}: ${shown(mean(differences))} (${shown(low)} to ${shown(high)})`);
    }
}

/** 95% of the means of so many drawn with replacement. @param {number[]} sample @param {(list: number[]) => number} mean */
function interval(sample, mean) {
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return sample[Math.floor((state / 2 ** 32) * sample.length)];
  };
  const means = Array.from({ length: 2000 }, () => mean(sample.map(draw))).sort((a, b) => a - b);
  return [means[50], means[1949]];
}
