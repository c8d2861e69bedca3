import type { DatasetProblem } from '../../main/contract/datasets.ts';
import type { Inspection } from '../../main/contract/views.ts';
import { breathe } from './datasets/gather.ts';
import { readFiles } from './readers/read.ts';
import { bytesOf, textOf } from './readers/reader.ts';
import { findFiles } from './readers/walk.ts';
import { BytePairTokenizer } from './tokenizers/byte-pair.ts';
import { learnBytePairs, WordCounter } from './tokenizers/byte-pair-training.ts';
import { loadTokenizer, parseTokenizerChoice } from './tokenizers/load.ts';
import { tokenizerRemarks } from './tokenizers/remarks.ts';
import type { Tokenizer } from './tokenizers/tokenizer.ts';

/** Text that is looked at: enough for the compression to be told within a few percent. */
const sampleBytes = 1 << 19;
const shownDocuments = 3;
const shownCharacters = 4000;
const shownTokens = 800;
const shownProblems = 50;

export interface InspectOptions {
  /** Files and folders. */
  paths: readonly string[];
  /** As {@link parseTokenizerChoice} reads them. */
  tokenizers: readonly string[];
  /** Column or key that holds the text; null: found by itself. */
  field: string | null;
}

interface Sample {
  documents: Inspection['documents'];
  pieces: Uint8Array[];
  bytes: number;
  problems: DatasetProblem[];
  problemCount: number;
}

/** Reads the beginning of the files, as adding them would. */
async function readSample(
  files: Awaited<ReturnType<typeof findFiles>>,
  field: string | null,
  signal: AbortSignal,
): Promise<Sample> {
  const sample: Sample = {
    documents: [],
    pieces: [],
    bytes: 0,
    problems: files.problems.slice(0, shownProblems),
    problemCount: files.problems.length,
  };
  for await (const event of readFiles(files.files, { options: { field }, signal })) {
    if (event.type === 'document' && sample.documents.length < shownDocuments)
      sample.documents.push({ source: event.source, text: '', truncated: false });
    else if (event.type === 'text') {
      const shown = sample.documents.at(-1);
      if (shown && !shown.truncated) {
        const text = shown.text + textOf(event.content);
        shown.truncated = text.length > shownCharacters;
        shown.text = text.slice(0, shownCharacters);
      }
      const bytes = bytesOf(event.content).slice(0, sampleBytes - sample.bytes);
      sample.pieces.push(bytes);
      sample.bytes += bytes.length;
    } else if (event.type === 'problem') {
      sample.problemCount++;
      const { source, message, severity } = event;
      if (sample.problems.length < shownProblems) sample.problems.push({ source, message, severity });
    }
    if (sample.bytes >= sampleBytes) break;
    await breathe(signal);
  }
  sample.documents = sample.documents.filter(({ text }) => text !== '');
  return sample;
}

/** The tokenizer of a choice; one that is learned learns from the sample. */
async function tokenizerOf(choice: string, pieces: readonly Uint8Array[], signal: AbortSignal): Promise<Tokenizer> {
  const parsed = parseTokenizerChoice(choice);
  if (parsed.kind !== 'bpe') return await loadTokenizer(parsed);
  const counter = new WordCounter();
  for (const piece of pieces) counter.push(piece);
  counter.end();
  const learning = learnBytePairs(counter, parsed.size);
  for (;;) {
    const step = learning.next();
    if (step.done) return new BytePairTokenizer(choice, step.value);
    await breathe(signal);
  }
}

async function measure(choice: string, sample: Sample, signal: AbortSignal): Promise<Inspection['tokenizers'][number]> {
  const tokenizer = await tokenizerOf(choice, sample.pieces, signal);
  const encoder = tokenizer.streamEncoder();
  let count = 0;
  const first: number[] = [];
  const take = (ids: Int32Array) => {
    count += ids.length;
    if (first.length < shownTokens) first.push(...ids.subarray(0, shownTokens - first.length));
  };
  for (const piece of sample.pieces) {
    take(encoder.push(piece));
    await breathe(signal);
  }
  take(encoder.end());
  for (const remark of tokenizerRemarks(tokenizer, encoder.lost ?? 0, sample.documents.length)) {
    sample.problemCount++;
    sample.problems.push(remark);
  }
  return {
    tokenizer: choice,
    vocabularySize: tokenizer.vocabularySize,
    bytesPerToken: count === 0 ? 0 : sample.bytes / count,
    tokens: first.map((id) => ({ id, text: tokenizer.decode([id]) })),
  };
}

/**
 * What adding files would find, from their beginning: the text as read, what is wrong, and how well tokenizers
 * compress it. Nothing is written.
 *
 * @throws HyenaError `not-found` for a path that does not exist, `usage` for a tokenizer that does not
 */
export async function inspectFiles(options: InspectOptions, signal: AbortSignal): Promise<Inspection> {
  const found = await findFiles(options.paths, signal);
  const sample = await readSample(found, options.field, signal);
  const tokenizers: Inspection['tokenizers'] = [];
  for (const choice of options.tokenizers) tokenizers.push(await measure(choice, sample, signal));
  return {
    files: found.files.length,
    bytes: found.files.reduce((sum, { size }) => sum + size, 0),
    sampledBytes: sample.bytes,
    documents: sample.documents,
    problems: sample.problems,
    problemCount: sample.problemCount,
    tokenizers,
  };
}
