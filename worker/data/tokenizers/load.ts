import { HyenaError } from '../../../main/contract/errors.ts';
import { bytesTokenizer } from './bytes.ts';
import type { Tokenizer } from './tokenizer.ts';

/** What `--tokenizer` may say. */
export type TokenizerChoice =
  { kind: 'bytes' } | { kind: 'gpt2' } | { kind: 'bpe'; size: number } | { kind: 'file'; path: string };

const SMALLEST_BPE = 257;
const LARGEST_BPE = 1_000_000;

/** Reads `bytes`, `gpt2`, `bpe:SIZE` or the path of a tokenizer.json. Throws `usage`. */
export function parseTokenizerChoice(choice: string): TokenizerChoice {
  if (choice === 'bytes') return { kind: 'bytes' };
  if (choice === 'gpt2') return { kind: 'gpt2' };
  const bpe = /^bpe(?::(.*))?$/.exec(choice);
  if (!bpe) return { kind: 'file', path: choice };
  const size = Number(bpe[1]);
  if (Number.isInteger(size) && size >= SMALLEST_BPE && size <= LARGEST_BPE) return { kind: 'bpe', size };
  throw new HyenaError('usage', `'${choice}' names no vocabulary size from ${SMALLEST_BPE} to ${LARGEST_BPE}.`, {
    hint: 'Write for example bpe:4096: 256 bytes, the end of text, and what is learned.',
  });
}

/** The tokenizer of a choice that needs no text to learn from. */
export function loadTokenizer(choice: Exclude<TokenizerChoice, { kind: 'bpe' }>): Promise<Tokenizer> {
  if (choice.kind === 'bytes') return Promise.resolve(bytesTokenizer);
  throw new HyenaError('not-found', `There is no tokenizer ${choice.kind} yet.`);
}

/** Reads a `tokenizer.json`: of this project (bytes, GPT-2, trained here) or any other of Hugging Face's layout. */
export function tokenizerFromJSON(json: unknown, name: string): Promise<Tokenizer> {
  if (json && name === 'bytes') return Promise.resolve(bytesTokenizer);
  throw new HyenaError('not-found', `There is no tokenizer ${name} yet.`);
}
