import type { Columns, RowMapping } from '../../main/contract/columns.ts';
import type { DatasetProblem, ShownToken } from '../../main/contract/datasets.ts';
import type { InspectedFile, Inspection } from '../../main/contract/views.ts';
import { yieldToEventLoop } from './datasets/gather.ts';
import { readFiles } from './readers/read.ts';
import { bytesOf, problemOf, decodeText } from './readers/reader.ts';
import { findFiles, type FoundFile } from './readers/walk.ts';
import { BytePairTokenizer } from '../../main/library/tokenizers/byte-pair.ts';
import { CharacterVocabulary } from './tokenizers/characters.ts';
import { learnBytePairs, WordCounter } from './tokenizers/byte-pair-training.ts';
import { loadTokenizer, parseTokenizerChoice } from '../../main/library/tokenizers/load.ts';
import { tokenizerWarnings } from './tokenizers/warnings.ts';
import { shownTokens } from '../../main/library/tokenizers/shown-tokens.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';

/** Text that is looked at: enough for the compression to be reported within a few percent. */
const sampleBytes = 1 << 19;
/** Of each file at least so much, so that none is passed over. */
const leastOfFile = 2048;
/** This many files are looked into; the rest is counted. */
const mostFiles = 200;
/** Of a file: as many documents and characters are shown. */
const shownDocuments = 4;
const shownCharacters = 2400;
/** Of all files together. */
const shownInAll = 120_000;
const shownTokensOfFile = 800;
const shownProblems = 50;
/** Beyond its sample a file is read on so long in all, to count its documents and to meet what is wrong with it. */
const countingMilliseconds = 2500;

export interface InspectOptions {
  /** Files and folders. */
  paths: readonly string[];
  /** How a person knows each path; the path otherwise. */
  names?: readonly string[];
  /** As {@link parseTokenizerChoice} reads them. */
  tokenizers: readonly string[];
  /** Column or key that holds the text; null: found by itself. */
  field: string | null;
  /** Columns that are put together instead. */
  columns?: Columns | null;
}

interface FileSample {
  about: InspectedFile;
  /** The pieces of each document. */
  texts: Uint8Array[][];
  bytes: number;
}

interface Sample {
  files: FileSample[];
  bytes: number;
  problems: DatasetProblem[];
  problemCount: number;
}

/** How much of each file is looked at: small ones whole, so that the large share what is left. */
function byteShares(sizes: readonly number[], total: number): number[] {
  const order = sizes.map((_, index) => index).sort((a, b) => sizes[a] - sizes[b]);
  const given = sizes.map(() => 0);
  let left = total;
  order.forEach((index, place) => {
    const even = Math.floor(left / (order.length - place));
    // An unpacked file may be larger than it lies on disk.
    given[index] = Math.max(leastOfFile, Math.min(even, 8 * sizes[index]));
    left = Math.max(0, left - Math.min(given[index], sizes[index]));
  });
  return given;
}

/** Reads the beginning of every file, as adding them would. */
async function readSample(
  found: Awaited<ReturnType<typeof findFiles>>,
  field: RowMapping | null,
  signal: AbortSignal,
): Promise<Sample> {
  const sample: Sample = {
    ...{ files: [], bytes: 0 },
    problems: found.problems.slice(0, shownProblems),
    problemCount: found.problems.length,
  };
  const looked = found.files.slice(0, mostFiles);
  const room = byteShares(
    looked.map(({ size }) => size),
    sampleBytes,
  );
  const characters = Math.max(200, Math.min(shownCharacters, shownInAll / Math.max(1, looked.length * shownDocuments)));
  const began = performance.now();
  for (const [index, file] of looked.entries()) {
    const until = began + (countingMilliseconds * (index + 1)) / looked.length;
    const one = await sampleFile(file, { field, signal, room: room[index], characters, until }, sample);
    sample.bytes += one.bytes;
    sample.files.push(one);
  }
  return sample;
}

async function sampleFile(
  file: FoundFile,
  limits: { field: RowMapping | null; signal: AbortSignal; room: number; characters: number; until: number },
  sample: Sample,
): Promise<FileSample> {
  const about: InspectedFile = {
    ...{ source: file.name ?? file.path, bytes: file.size, documents: [], count: 0, complete: true },
    ...{ rows: null, columns: [], problems: 0 },
  };
  const one: FileSample = { about, texts: [], bytes: 0 };
  const { field, signal } = limits;
  // Rows end with what was left out of them, which is shown too; anything else ends where the sample does.
  let full = false;
  const enough = () => full;
  let beyond = 0;
  for await (const event of readFiles([file], { options: { field }, signal, enough })) {
    if (full) {
      about.complete = false;
      if (event.type === 'text') beyond += event.content.length;
      if (event.type === 'document' || beyond > limits.room) break;
    } else if (event.type !== 'document') {
      // Never between a row's being requested and its arrival, so that a reader of rows can end by itself.
      full = one.bytes >= limits.room && performance.now() > limits.until;
    }
    if (event.type === 'document') one.texts.push([]);
    if (event.type === 'document' && about.documents.length < shownDocuments)
      about.documents.push({ source: event.source, title: event.title ?? null, text: '', truncated: false });
    else if (event.type === 'text') {
      const shown = about.count < shownDocuments ? about.documents.at(-1) : undefined;
      if (shown && !shown.truncated) {
        const text = shown.text + decodeText(event.content);
        shown.truncated = text.length > limits.characters;
        shown.text = wholeText(text, limits.characters);
      }
      const bytes = bytesOf(event.content).slice(0, limits.room - one.bytes);
      if (bytes.length > 0) one.texts.at(-1)?.push(bytes);
      one.bytes += bytes.length;
    } else if (event.type === 'end') about.count++;
    else if (event.type === 'columns') about.available = event.columns;
    else if (event.type === 'rows') {
      about.columns = event.columns;
      about.rows = event.rows;
    } else if (event.type === 'problem') {
      about.problems++;
      sample.problemCount++;
      if (sample.problems.length < shownProblems) sample.problems.push(problemOf(event));
    }
    await yieldToEventLoop(signal);
  }
  about.documents = about.documents.filter(({ text }) => text !== '');
  // Rows are counted where all of them were read.
  if (!about.complete) about.rows = null;
  return one;
}

/** The beginning of a text, not ending within a character. */
function wholeText(text: string, most: number): string {
  const unit = text.charCodeAt(most - 1);
  return text.slice(0, unit >= 0xd800 && unit < 0xdc00 ? most - 1 : most);
}

/** The tokenizer of a choice; one that is learned learns from the sample. */
async function tokenizerOf(choice: string, files: readonly FileSample[], signal: AbortSignal): Promise<Tokenizer> {
  const parsed = parseTokenizerChoice(choice);
  if (parsed.kind === 'characters') {
    const vocabulary = new CharacterVocabulary();
    for (const { texts } of files) for (const piece of texts.flat()) vocabulary.push(piece);
    return vocabulary.tokenizer();
  }
  if (parsed.kind !== 'bpe') return await loadTokenizer(parsed);
  const counter = new WordCounter();
  for (const { texts } of files) for (const piece of texts.flat()) counter.push(piece);
  counter.end();
  const learning = learnBytePairs(counter, parsed.size);
  for (;;) {
    const step = learning.next();
    if (step.done) return new BytePairTokenizer(choice, step.value);
    await yieldToEventLoop(signal);
  }
}

async function measure(choice: string, sample: Sample, signal: AbortSignal): Promise<Inspection['tokenizers'][number]> {
  const tokenizer = await tokenizerOf(choice, sample.files, signal);
  const perFile = Math.max(60, Math.min(shownTokensOfFile, Math.floor((10 * shownTokensOfFile) / sample.files.length)));
  let count = 0;
  let lost = 0;
  const byFile: Inspection['tokenizers'][number]['byFile'] = [];
  for (const [index, { texts }] of sample.files.entries()) {
    const encoder = tokenizer.streamEncoder();
    const tokens: ShownToken[] = [];
    const starts: number[] = [];
    for (const text of texts) {
      const first: number[] = [];
      const take = (ids: Int32Array) => {
        count += ids.length;
        const room = perFile - tokens.length - first.length;
        if (room > 0) first.push(...ids.subarray(0, room));
      };
      for (const piece of text) {
        take(encoder.push(piece));
        await yieldToEventLoop(signal);
      }
      take(encoder.end());
      if (first.length === 0) continue;
      starts.push(tokens.length);
      tokens.push(...shownTokens(tokenizer, first));
    }
    lost += encoder.lost ?? 0;
    if (tokens.length > 0) byFile.push({ file: index, tokens, starts });
  }
  const documents = sample.files.reduce((sum, { about }) => sum + about.count, 0);
  for (const remark of tokenizerWarnings(tokenizer, lost, documents)) {
    sample.problemCount++;
    sample.problems.push(remark);
  }
  return {
    tokenizer: choice,
    vocabularySize: tokenizer.vocabularySize,
    bytesPerToken: count === 0 ? 0 : sample.bytes / count,
    tokens: byFile[0]?.tokens ?? [],
    byFile,
  };
}

/**
 * What adding files would find, from the beginning of each: the text as read, what is wrong, and how well tokenizers
 * compress it. Nothing is written.
 *
 * @throws HyenaError `not-found` for a path that does not exist, `usage` for a tokenizer that does not
 */
export async function inspectFiles(options: InspectOptions, signal: AbortSignal): Promise<Inspection> {
  const found = await findFiles(options.paths, signal, options.names);
  const sample = await readSample(found, options.columns ?? options.field, signal);
  const tokenizers: Inspection['tokenizers'] = [];
  for (const choice of options.tokenizers) tokenizers.push(await measure(choice, sample, signal));
  const about = sample.files.map(({ about: one }) => one);
  return {
    files: found.files.length,
    bytes: found.files.reduce((sum, { size }) => sum + size, 0),
    sampledBytes: sample.bytes,
    documents: about.flatMap(({ documents }) => documents).slice(0, shownDocuments),
    byFile: about,
    problems: sample.problems,
    problemCount: sample.problemCount,
    tokenizers,
  };
}
