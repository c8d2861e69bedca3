import type { DatasetProblem } from '../../main/contract/datasets.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { headerParts } from '../data/readers/fasta.ts';
import { readFiles } from '../data/readers/read.ts';
import { decodeText, problemOf } from '../data/readers/reader.ts';
import { findFiles } from '../data/readers/walk.ts';

/** A document of a file, whole. */
export interface SequenceRecord {
  /** The first word of its header; of a document without a title its file. */
  readonly id: string;
  readonly description: string;
  readonly text: string;
}

export interface ReadRecords {
  readonly paths: readonly string[];
  /** How a person knows each path. */
  readonly names?: readonly string[];
  readonly signal: AbortSignal;
  readonly onProblem: (problem: DatasetProblem) => void;
}

/** The documents of files one after another, each whole. @throws HyenaError `not-found` for a path */
export async function* readRecords({ paths, names, signal, onProblem }: ReadRecords): AsyncGenerator<SequenceRecord> {
  const { files, problems } = await findFiles(paths, signal, names ?? paths);
  problems.forEach(onProblem);
  let title = '';
  let pieces: string[] = [];
  for await (const event of readFiles(files, { signal })) {
    if (event.type === 'problem') onProblem(problemOf(event));
    else if (event.type === 'document') {
      title = event.title ?? event.source;
      pieces = [];
    } else if (event.type === 'text') pieces.push(decodeText(event.content));
    else if (event.type === 'end') yield { ...headerParts(title), text: pieces.join('') };
  }
}

/** Letters of texts that the vocabulary does not have: they are scored as its unknown token. */
export class UnknownLetters {
  readonly #tokenizer: Tokenizer;
  readonly #known = new Map<string, boolean>();
  readonly #found = new Set<string>();
  #count = 0;
  #all = 0;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** Looks at a text whose letters are a token each; others are not looked at. */
  add(text: string, ids: Int32Array): void {
    if (ids.length !== text.length) return;
    this.#all += text.length;
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      let known = this.#known.get(letter);
      if (known === undefined) {
        known = this.#tokenizer.decode([ids[at]]) === letter;
        this.#known.set(letter, known);
      }
      if (known) continue;
      this.#count++;
      if (this.#found.size < 20) this.#found.add(letter);
    }
  }

  /** What a person should know; null: nothing. */
  notice(): Message | null {
    if (this.#count === 0) return null;
    return msg`${this.#count} of ${this.#all} letters are not in the vocabulary of this model and were scored as its unknown token: ${[...this.#found].join(', ')}.`;
  }
}

/** Ids of a text whose letters are a token each. @throws HyenaError `bad-input` for another tokenizer */
export function encodeLetters(tokenizer: Tokenizer, text: string): Int32Array {
  const ids = tokenizer.encode(text);
  if (ids.length !== text.length)
    throw new HyenaError('bad-input', 'This model does not read sequences letter by letter.', {
      hint: 'Choose a model whose tokens are characters or bytes.',
    });
  return ids;
}
