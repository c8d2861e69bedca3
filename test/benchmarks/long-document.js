// `node test/benchmarks/long-document.js [FILE]` (after a build): time and peak memory of what is done with a very long
// document, each step in a process of its own: importing it, opening it as the window does, finding by words, and an
// extractive summary. Without a file, Moby-Dick again and again, 200 MB. Prints a Markdown table.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { writeLongText } from './long-text.js';

const build = new URL('../../build/', import.meta.url);
/** @param {string} file */
const load = (file) => import(new URL(file, build).href);
const mebi = (/** @type {number} */ bytes) => Math.round(bytes / 2 ** 20).toLocaleString('en-US');

/** @type {Record<string, (library: string, given: string) => Promise<string>>} */
const steps = {
  async 'a process that does nothing'() {
    await load('worker/documents/import.js');
    return '';
  },
  async import(library, file) {
    const { importDocument } = await load('worker/documents/import.js');
    const record = await importDocument(library, file, new AbortController().signal);
    return `${record.characters.toLocaleString('en-US')} characters, ${record.places.chapters.toLocaleString('en-US')} chapters`;
  },
  async 'open in the window, and read at 200 places'(library) {
    const { DocumentTexts } = await load('main/host/document-texts.js');
    const { documents } = await (await load('main/library/documents/store.js')).listDocuments(library);
    const texts = new DocumentTexts(library);
    const began = performance.now();
    const outline = await texts.outline(documents[0].id);
    const sent = JSON.stringify(outline).length;
    const opened = performance.now() - began;
    const { characters } = documents[0];
    for (let index = 0; index < 200; index++) {
      const start = Math.floor((index * 7919 * 104_729) % characters);
      const { text } = await texts.range(documents[0].id, start, start + 16_000);
      if (text.length !== Math.min(16_000, characters - start)) throw new Error(`A range at ${start} is short.`);
    }
    return `opened after ${(opened / 1000).toFixed(1)} s with ${mebi(sent)} MiB`;
  },
  async 'find by words'(library) {
    const { documents } = await (await load('main/library/documents/store.js')).listDocuments(library);
    const { text, places } = await (
      await load('main/library/documents/store.js')
    ).readDocument(library, documents[0].id);
    const { findPassages } = await load('worker/documents/find.js');
    const found = findPassages(text, places, 'Who nailed a doubloon to the mast?', 20);
    return JSON.stringify(text.slice(found[0].start, found[0].end).replaceAll(/\s+/g, ' ').slice(0, 60));
  },
  async 'summarise without a model'(library) {
    const { documents } = await (await load('main/library/documents/store.js')).listDocuments(library);
    const { text, places } = await (
      await load('main/library/documents/store.js')
    ).readDocument(library, documents[0].id);
    const { summarise } = await load('worker/documents/summarise.js');
    return `${(await summarise(text, places, 5, null)).length} sentences`;
  },
};

const [first, library, file] = process.argv.slice(2);
if (first === '--step') {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [step, given] = [process.env.STEP ?? '', file];
  const began = performance.now();
  const outcome = await steps[step](library, given);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage();
  process.send?.({
    told: outcome,
    seconds,
    processor: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
    pause: delay.max / 1e6,
  });
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-long-'));
  try {
    const text = first ?? path.join(folder, 'long.txt');
    if (first === undefined) await writeLongText(text);
    await mkdir(path.join(folder, 'library', 'documents'), { recursive: true });
    console.log(`${(statSync(text).size / 1e6).toFixed(0)} MB\n`);
    console.log(
      '| step | seconds | of processors | peak MiB | longest pause, ms | |\n| --- | ---: | ---: | ---: | ---: | --- |',
    );
    for (const step of Object.keys(steps)) {
      const child = fork(new URL(import.meta.url), ['--step', path.join(folder, 'library'), text], {
        env: { ...process.env, STEP: step },
      });
      const [{ told: outcome, seconds, processor, peak, pause }] = await once(child, 'message');
      await once(child, 'exit');
      console.log(
        `| ${step} | ${seconds.toFixed(1)} | ${processor.toFixed(1)} | ${mebi(peak)} | ${pause.toFixed(0)} | ${outcome} |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
