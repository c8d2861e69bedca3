// A library of a year of work for the benchmarks of the window: what one `hyena data add` and one `hyena train` have left,
// copied under other names with metrics, dates and losses of their own, and chats; so that all files are as the program writes them.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const words = readFileSync(new URL('../../resources/books/moby-dick.txt', import.meta.url), 'utf8')
  .slice(30_000, 400_000)
  .split(/\s+/);
const mixers = ['hyena', 'attention', 'rwkv', 'mamba2'];
const dayMilliseconds = 86_400_000;

/** Hexadecimal digits that are the same each time. @param {string} text @param {number} length */
const idOf = (text, length) => createHash('sha256').update(text).digest('hex').slice(0, length);
/** @param {unknown[]} entries */
const linesOf = (entries) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
/** Words of the book. @param {number} seed @param {number} count */
const wordsFrom = (seed, count) => {
  const start = (seed * 7919) % (words.length - count);
  return words.slice(start, start + count).join(' ');
};
/** When the item with an index was made: one a day. @param {number} index */
const timeOf = (index) => new Date(Date.UTC(2026, 0, 1) + index * dayMilliseconds).toISOString();

/** A falling loss with noise, evaluations and samples. @param {string} run @param {number} index @param {number} steps */
function metricsOf(run, index, steps) {
  const perStep = 8192;
  const entries = [];
  const start = {
    type: 'start',
    run,
    dataset: 'book',
    device: 'native',
    deviceReason: 'It is the fastest of those found.',
  };
  entries.push({ ...start, parameters: 330_000, step: 0, totalSteps: steps, vocabularySize: 256, resumed: false });
  for (let step = 1; step <= steps; step++) {
    const noise = Math.sin(step * 12.9898 + index) * 0.12;
    const loss = 1.6 + (index % 17) / 20 + 3.9 * Math.exp(-step / (90 + 5 * index)) + noise;
    const rate = 2e-3 * Math.min(1, step / 100);
    const speed = {
      tokensPerSecond: 41_234.5 + noise * 1000,
      tokens: step * perStep,
      milliseconds: 198.7 + 10 * noise,
    };
    const rest = { secondsLeft: (steps - step) * 0.2, seconds: step * 0.2, memoryMiB: 281.4 };
    entries.push({
      type: 'step',
      step,
      loss,
      learningRate: rate,
      gradientNorm: 0.6 + Math.abs(noise) * 4,
      ...speed,
      ...rest,
    });
    if (step % 250 === 0) {
      const validation = loss - noise + 0.05;
      const scores = { perplexity: Math.exp(validation), bitsPerByte: validation / Math.LN2, tokens: 10_000 };
      entries.push({ type: 'evaluation', step, loss: validation, ...scores, best: true });
      entries.push({ type: 'sample', step, prompt: 'The whale', text: ` ${wordsFrom(step + index, 60)}` });
    }
  }
  entries.push({ type: 'done', step: steps, reason: 'budget', loss: 2, validationLoss: 2, seconds: steps * 0.2 });
  return linesOf(entries);
}

/** @param {string} library @param {number} count @param {number} steps of each */
function addRuns(library, count, steps) {
  const source = path.join(library, 'runs', 'little');
  const record = JSON.parse(readFileSync(path.join(source, 'run.json'), 'utf8'));
  for (let index = 0; index < count; index++) {
    const name = `run-${String(index).padStart(4, '0')}`;
    const folder = path.join(library, 'runs', name);
    cpSync(path.join(source, 'checkpoints'), path.join(folder, 'checkpoints'), { recursive: true });
    const { training, model } = record.configuration;
    const configuration = {
      ...record.configuration,
      dataset: index % 3 === 0 ? `set-${String(index % 50).padStart(2, '0')}` : 'book',
      training: { ...training, seed: index, learning_rate: 1e-3 * (1 + (index % 5)) },
      model: { ...model, mixers: undefined, mixer: mixers[index % mixers.length], d_model: 64 * (1 + (index % 4)) },
    };
    const changes = {
      name,
      created: timeOf(index),
      updated: timeOf(index),
      configuration,
      step: steps,
      totalSteps: steps,
    };
    const best = { step: steps, loss: 1.5 + ((index * 7919) % 1000) / 1000 };
    writeFileSync(
      path.join(folder, 'run.json'),
      JSON.stringify({ ...record, ...changes, best, validationLoss: best.loss }),
    );
    writeFileSync(path.join(folder, 'metrics.jsonl'), metricsOf(name, index, steps));
    const annotations = { tags: [`week-${index % 7}`], notes: index % 4 === 0 ? wordsFrom(index, 40) : '' };
    writeFileSync(path.join(folder, 'annotations.json'), JSON.stringify(annotations));
  }
}

/** @param {string} library @param {number} count */
function addSets(library, count) {
  const source = path.join(library, 'datasets', 'book');
  const record = JSON.parse(readFileSync(path.join(source, 'dataset.json'), 'utf8'));
  for (let index = 0; index < count; index++) {
    const name = `set-${String(index).padStart(2, '0')}`;
    const folder = path.join(library, 'datasets', name);
    cpSync(source, folder, { recursive: true });
    writeFileSync(path.join(folder, 'dataset.json'), JSON.stringify({ ...record, name, created: timeOf(index) }));
  }
}

/** @param {string} library @param {number} count @param {number} messages of each */
function addChats(library, count, messages) {
  for (let index = 0; index < count; index++) {
    const id = idOf(`chat ${index}`, 16);
    const time = timeOf(index);
    const run = index % 2 === 0 ? 'little' : `run-${String(index % 100).padStart(4, '0')}`;
    /** @type {unknown[]} */
    const entries = [
      { type: 'chat', format: 1, id, time },
      { type: 'settings', changes: { title: index % 5 === 0 ? `Notes of day ${index}` : '', run }, time },
    ];
    let parent = null;
    for (let turn = 0; turn < messages; turn++) {
      const message = { id: idOf(`message ${index} ${turn}`, 12), parent, time, state: 'done' };
      const how = { run, step: 5, reason: 'length', tokens: 80, seconds: 1.5, seed: 1, context: null, error: null };
      const said = turn % 2 === 0 ? { role: 'user', text: wordsFrom(index + turn, 20), answer: null } : null;
      const answered = { role: 'assistant', text: ` ${wordsFrom(index * 31 + turn, 120)}`, answer: how };
      entries.push({ type: 'message', message: { ...message, ...(said ?? answered) } });
      parent = message.id;
    }
    const folder = path.join(library, 'chats', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'chat.jsonl'), linesOf(entries));
  }
}

/**
 * Fills a library in which data set `book` and run `little` are already.
 *
 * @param {string} library
 * @param {{ runs: number, steps: number, sets: number, chats: number, messages: number }} sizes
 */
export function fillWithWork(library, { runs, steps, sets, chats, messages }) {
  addSets(library, sets);
  addRuns(library, runs, steps);
  addChats(library, chats, messages);
}
