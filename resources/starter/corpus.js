// `node resources/starter/corpus.js FOLDER [--books FOLDER]`: makes the training text of a starter model from text that
// may be redistributed, and questions with answers from that text: docs/starter.md. Needs Debian's apt, and once the
// English package descriptions (`apt-get -o Acquire::Languages=en update`). Running it again replaces what it wrote;
// packages that were downloaded stay in FOLDER/packages.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { hashOf, isHeldOut, Seen, tidy } from './clean.js';
import {
  definitionOf,
  passageInstructions,
  passagesOf,
  plainPairs,
  questionsOf,
  sentencesOf,
  summaryOf,
  titleOf,
} from './instructions.js';
import { dictionaryEntries, readBook, readDescriptions, readDictd, readHtml } from './readers.js';
import { bookFiles, packageDescriptions, packageFiles, packageSources } from './sources.js';

/** @typedef {import('./instructions.js').Instruction} Instruction */
/** @typedef {import('./readers.js').Document} Document */
/** @typedef {{ name: string, version: string | null, licence: string, domain: string, documents: Document[] }} Source */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { books: { type: 'string' }, most: { type: 'string', default: '40000' }, domains: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined)
  throw new Error('Usage: node resources/starter/corpus.js FOLDER [--books FOLDER] [--most N] [--domains LIST]');
/** Those that are taken; all by default. @param {string} domain */
const isTaken = (domain) => values.domains === undefined || values.domains.split(',').includes(domain);
/** Instructions of a kind at most. */
const most = Number(values.most);

const texts = path.join(folder, 'texts');
const licences = path.join(folder, 'licences');
for (const one of [texts, licences]) {
  rmSync(one, { recursive: true, force: true });
  mkdirSync(one, { recursive: true });
}

/** @returns {Generator<Source>} */
function* sources() {
  const descriptions = readDescriptions(packageDescriptions());
  yield {
    ...{ name: 'Debian package descriptions', version: null, domain: 'descriptions', documents: descriptions },
    licence: 'section main: each the free licence of its package (Debian Free Software Guidelines)',
  };
  for (const { name, licence, domain, holds } of packageSources) {
    if (!isTaken(domain)) continue;
    const { version, files, copyright } = packageFiles(name, path.join(folder, 'packages'));
    writeFileSync(path.join(licences, `${name}.txt`), copyright);
    yield {
      name,
      version,
      licence,
      domain,
      documents: 'files' in holds ? pages(files, holds.files) : entries(files, holds.dictionary),
    };
  }
  const shipped = path.join(import.meta.dirname, '../books');
  const books = isTaken('books') ? [...bookFiles(shipped), ...(values.books === undefined ? [] : bookFiles(values.books))] : [];
  for (const file of books) {
    const name = path.basename(file, '.txt');
    const text = readBook(readFileSync(file, 'utf8'));
    yield { name, version: null, licence: 'public domain', domain: 'books', documents: [{ title: name, text }] };
  }
}

/** @param {string[]} files @param {RegExp} wanted */
const pages = (files, wanted) =>
  files.filter((file) => wanted.test(file)).map((file) => readHtml(readFileSync(file, 'utf8')));

/** @param {string[]} files @param {string} kind */
function entries(files, kind) {
  const [dictionary, index] = ['.dict.dz', '.index'].map((ending) => files.find((file) => file.endsWith(ending)));
  if (!dictionary || !index) throw new Error(`No dictionary in ${files[0]}`);
  return readDictd(gunzipSync(readFileSync(dictionary)), readFileSync(index, 'utf8')).flatMap(
    (entry) => dictionaryEntries[kind](entry) ?? [],
  );
}

const seen = new Seen();
/** @type {Map<string, Instruction[]>} */
const byKind = new Map();
/** The last question that a text answered: others do not. @type {import('./instructions.js').SentenceQuestion | null} */
let lastQuestion = null;

/** What a document teaches. @param {string} domain @param {Document} document @param {string} text @returns {Generator<Instruction>} */
function* instructionsOf(domain, { title, summary }, text) {
  const short = text.length <= 1500;
  if (domain === 'descriptions' && summary !== undefined && short && text.length > 3 * summary.length)
    yield summaryOf(text, tidy(summary));
  if (domain === 'dictionary' && summary !== undefined && summary.length > 8) yield definitionOf(title, tidy(summary));
  if (domain === 'computing') yield definitionOf(title, sentencesOf(text)[0]);
  if (domain !== 'dictionary' && domain !== 'books' && short && title.length < 60) yield titleOf(text, tidy(title));
  if (domain === 'dictionary') return;
  /** @type {import('./instructions.js').SentenceQuestion | null} */
  let other = null;
  for (const passage of passagesOf(text)) {
    yield* passageInstructions(passage, hashOf(passage) % 2 === 0 ? (other ?? lastQuestion) : null);
    other = sentencesOf(passage).flatMap(questionsOf).at(-1) ?? other;
  }
  lastQuestion = other ?? lastQuestion;
}

/** The instructions of each kind, at most so many, in an order that depends on their texts alone. @returns {Instruction[]} */
function chosenInstructions() {
  const order = new Map([...byKind.values()].flat().map((one) => [one, hashOf(one.question)]));
  const byHash = (/** @type {Instruction} */ a, /** @type {Instruction} */ b) =>
    /** @type {number} */ (order.get(a)) - /** @type {number} */ (order.get(b));
  return [...byKind.values()].flatMap((list) => list.sort(byHash).slice(0, most)).sort(byHash);
}

/** @param {string} file @param {string[]} lines */
const writeLines = (file, lines) => writeFileSync(path.join(folder, file), `${lines.join('\n')}\n`);

/** Descriptions that no model is trained on: their synopses are what summaries are compared with. @type {string[]} */
const heldOut = [];
const report = [];
for (const { documents, ...source } of sources()) {
  const lines = [];
  let characters = 0;
  for (const document of documents) {
    const text = seen.newProse(document.text);
    if (text.length < 20) continue;
    if (source.domain === 'descriptions' && isHeldOut(document.title)) {
      heldOut.push(JSON.stringify({ ...document, text }));
      continue;
    }
    characters += text.length;
    const untitled = source.domain === 'books' || source.domain === 'dictionary';
    lines.push(JSON.stringify({ text: untitled ? text : `${tidy(document.title)}\n\n${text}` }));
    for (const one of instructionsOf(source.domain, document, text)) {
      const list = byKind.get(one.kind);
      if (list) list.push(one);
      else byKind.set(one.kind, [one]);
    }
  }
  if (lines.length > 0) writeLines(`texts/${source.name.toLowerCase().replaceAll(/\W+/g, '-')}.jsonl`, lines);
  report.push({ ...source, documents: lines.length, characters });
  console.log(`${source.name}: ${lines.length} documents, ${characters} characters`);
}

const instructions = chosenInstructions();
writeLines(
  'instructions.jsonl',
  instructions.map(({ question, answer }) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: question },
        { role: 'assistant', content: answer },
      ],
    }),
  ),
);
writeLines(
  'pairs.jsonl',
  instructions.flatMap(plainPairs).map((text) => JSON.stringify({ text })),
);
writeLines('held-out.jsonl', heldOut);
/** @type {Record<string, { documents: number, characters: number }>} */
const domains = {};
for (const { domain, documents, characters } of report) {
  const sum = (domains[domain] ??= { documents: 0, characters: 0 });
  sum.documents += documents;
  sum.characters += characters;
}
/** @type {Record<string, number>} */
const kinds = {};
for (const { kind } of instructions) kinds[kind] = (kinds[kind] ?? 0) + 1;
writeFileSync(
  path.join(folder, 'corpus.json'),
  `${JSON.stringify({ sources: report, domains, instructions: kinds }, null, 2)}\n`,
);
writeLines('LICENCES.md', [
  '# Where the texts are from\n',
  'Each package with the licence that its file `copyright` states; these files are in `licences/`.\n',
  '| source | version | licence | domain | documents | characters |',
  '| --- | --- | --- | --- | ---: | ---: |',
  ...report.map(
    (row) => `| ${[row.name, row.version ?? '', row.licence, row.domain, row.documents, row.characters].join(' | ')} |`,
  ),
]);
console.log(JSON.stringify({ domains, instructions: kinds }, null, 2));
