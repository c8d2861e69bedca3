import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { byteCharacters } from './byte-alphabet.ts';
import { BytePairTokenizer } from './byte-pair.ts';
import { bytesTokenizer } from './bytes.ts';
import type { EndOfText } from './hugging-face.ts';
import { PaddedBytesTokenizer } from './padded-bytes.ts';
import { resourcePath } from './resources.ts';
import type { Tokenizer } from './tokenizer.ts';
import { END_OF_TEXT, readVocabulary } from './vocabulary.ts';

/** What `--tokenizer` may say. */
export type TokenizerChoice =
  | { kind: 'bytes' }
  | { kind: 'characters' }
  | { kind: 'gpt2' }
  | { kind: 'bpe'; size: number }
  | { kind: 'file'; path: string };

const SMALLEST_BPE = 258;
const LARGEST_BPE = 1_000_000;
const LARGEST_FILE = 256 << 20;

/** Reads `bytes`, `characters`, `gpt2`, `bpe:SIZE` or the path of a tokenizer.json. Throws `usage`. */
export function parseTokenizerChoice(choice: string): TokenizerChoice {
  if (choice === 'bytes') return { kind: 'bytes' };
  if (choice === 'characters') return { kind: 'characters' };
  if (choice === 'gpt2') return { kind: 'gpt2' };
  const bpe = /^bpe(?::(.*))?$/.exec(choice);
  if (!bpe) return { kind: 'file', path: choice };
  const size = Number(bpe[1]);
  if (Number.isInteger(size) && size >= SMALLEST_BPE && size <= LARGEST_BPE) return { kind: 'bpe', size };
  throw new HyenaError(
    'usage',
    msg`'${choice}' must specify a vocabulary size from ${SMALLEST_BPE} to ${LARGEST_BPE}.`,
    {
      hint: 'Example: bpe:4096, which is 256 bytes, an end-of-text token, and 3839 learned tokens.',
    },
  );
}

/** The tokenizer of a choice that needs no text to learn from. Throws `not-found` and `bad-input`. */
export async function loadTokenizer(
  choice: Exclude<TokenizerChoice, { kind: 'bpe' | 'characters' }>,
): Promise<Tokenizer> {
  switch (choice.kind) {
    case 'bytes':
      return bytesTokenizer;
    case 'gpt2':
      return readTokenizerFile(resourcePath('tokenizers', 'gpt2', 'tokenizer.json'), 'gpt2');
    case 'file':
      return readTokenizerFile(choice.path, nameOf(choice.path));
  }
}

/** `…/gpt-neo/tokenizer.json` is called gpt-neo, `…/my.json` is called my. */
function nameOf(path: string): string {
  const name = basename(path, extname(path));
  const folder = basename(dirname(path));
  // A checkpoint is called by its step; people know the run that it is of.
  const above = dirname(dirname(path));
  if (name === 'tokenizer' && basename(above) === 'checkpoints') return basename(dirname(above));
  return name === 'tokenizer' && folder !== '' && folder !== '.' ? folder : name;
}

const recentlyRead: { key: string; text: string; tokenizer: Tokenizer }[] = [];
const KEPT = 3;

/**
 * Reads a `tokenizer.json` from a file. The last few are kept: they take long to read and hold nothing that their use
 * changes.
 *
 * @param known what is known of its end of text; else the files beside it and its name say it
 * @throws HyenaError `not-found`, `bad-input`
 */
export async function readTokenizerFile(path: string, name: string, known: EndOfText = {}): Promise<Tokenizer> {
  const text = await readText(path);
  const end = { ...(await endBeside(dirname(path))), ...known };
  const key = JSON.stringify([name, end]);
  const recent = recentlyRead.find((entry) => entry.key === key && entry.text === text);
  if (recent) return recent.tokenizer;
  const tokenizer = await parseTokenizer(text, path, name, end);
  recentlyRead.push({ key, text, tokenizer });
  if (recentlyRead.length > KEPT) recentlyRead.shift();
  return tokenizer;
}

/**
 * Reads the text of a `tokenizer.json`.
 *
 * @param path of the file, for the error
 * @throws HyenaError `bad-input`
 */
export async function parseTokenizer(text: string, path: string, name: string, end: EndOfText): Promise<Tokenizer> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new HyenaError('bad-input', msg`${path} is not a tokenizer: ${messageOf(error)}.`, { cause: error });
  }
  try {
    return await tokenizerFromJSON(json, name, end);
  } catch (error) {
    const { code, messages: parts } = HyenaError.from(error);
    // What is wrong with it is known by its name: a person looks for the file.
    if (code !== 'bad-input') throw error;
    throw new HyenaError('bad-input', msg`${path}: ${parts.message}`, { ...parts, cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > LARGEST_FILE) throw new HyenaError('bad-input', msg`${path} is too large for a tokenizer file.`);
    return bytes.toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' || code === 'EISDIR'
      ? new HyenaError('not-found', msg`Unknown tokenizer: '${path}'.`, {
          hint: 'Use bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.',
        })
      : error;
  }
}

const tokenText = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);
const tokenId = z.union([z.int(), z.array(z.int()).transform(([first]) => first)]);
const besideSchema = z.looseObject({
  eos_token: tokenText.nullish().catch(null),
  eos_token_id: tokenId.nullish().catch(null),
});

/** What the usual files beside a tokenizer.json say of the token that ends texts. What cannot be read says nothing. */
export async function endBeside(folder: string): Promise<EndOfText> {
  const found: { token?: string; id?: number } = {};
  for (const file of ['tokenizer_config.json', 'special_tokens_map.json', 'generation_config.json', 'config.json']) {
    const text = await readFile(join(folder, file), 'utf8')
      .then((text) => besideSchema.parse(JSON.parse(text)))
      .catch(() => null);
    found.token ??= text?.eos_token ?? undefined;
    found.id ??= text?.eos_token_id ?? undefined;
  }
  return found;
}

/** A byte-level BPE that the encoder of this project does exactly: GPT-2's pattern, no normalization. */
const byteLevelSchema = z.object({
  truncation: z.null().optional(),
  padding: z.null().optional(),
  normalizer: z.null().optional(),
  pre_tokenizer: z.object({
    type: z.literal('ByteLevel'),
    add_prefix_space: z.literal(false),
    use_regex: z.boolean().default(true),
  }),
  post_processor: z.object({ type: z.literal('ByteLevel') }).nullish(),
  decoder: z.object({ type: z.literal('ByteLevel') }),
  added_tokens: z
    .array(z.object({ id: z.int(), content: z.literal(END_OF_TEXT) }))
    .max(1)
    .default([]),
  model: z.object({
    type: z.literal('BPE').optional(),
    dropout: z.null().optional(),
    unk_token: z.string().nullish(),
    continuing_subword_prefix: z.literal('').nullish(),
    end_of_word_suffix: z.literal('').nullish(),
    byte_fallback: z.literal(false).optional(),
    ignore_merges: z.literal(false).optional(),
    // Checked entry by entry where they are read: they are long.
    vocab: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
    merges: z.custom<unknown[]>(Array.isArray),
  }),
});

/**
 * Reads a `tokenizer.json`: one of this project or GPT-2's by the encoders for bytes, any other of Hugging Face's layout
 * part by part.
 *
 * @param end what the files beside it say of its end of text
 * @throws HyenaError `bad-input`
 */
export async function tokenizerFromJSON(json: unknown, name: string, end: EndOfText = {}): Promise<Tokenizer> {
  const padded = PaddedBytesTokenizer.fromJSON(json);
  if (padded) return padded;
  const parsed = byteLevelSchema.safeParse(json);
  if (!parsed.success) {
    const { HuggingFaceTokenizer } = await import('./hugging-face.ts');
    return HuggingFaceTokenizer.fromJSON(json, name, end);
  }
  const { model, added_tokens, pre_tokenizer } = parsed.data;
  const isBytes =
    model.merges.length === 0 &&
    added_tokens.length === 0 &&
    Object.keys(model.vocab).length === 256 &&
    byteCharacters.every((character, byte) => model.vocab[character] === byte);
  if (isBytes) return bytesTokenizer;
  if (!pre_tokenizer.use_regex) {
    const { HuggingFaceTokenizer } = await import('./hugging-face.ts');
    return HuggingFaceTokenizer.fromJSON(json, name, end);
  }
  return new BytePairTokenizer(name, readVocabulary({ model, added_tokens }, name));
}
