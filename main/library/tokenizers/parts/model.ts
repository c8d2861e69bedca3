import { msg } from '../../../contract/message.ts';
import { bytePairModel } from './byte-pair-model.ts';
import type { ConfigPart } from './part.ts';
import { unigramModel } from './unigram-model.ts';
import { wordLevelModel, wordPieceModel } from './word-models.ts';

/** Larger ids would want tables that no machine holds. */
export const LARGEST_ID = (1 << 24) - 1;

export type Vocabulary = ReadonlyMap<string, number>;

/** Turns the pieces of a pre-tokenizer into ids. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /**
   * @param ids what the ids are added to
   * @returns how many characters have no id and were left out, as the vocabulary names no unknown token
   */
  encode(piece: string, ids: number[]): number;
}

/** The model that a tokenizer.json describes, as Hugging Face's library does it. Throws for an unknown one. */
export function modelOf(part: ConfigPart): Model {
  switch (part.type) {
    case 'BPE':
      return bytePairModel(part, vocabularyOf(part));
    case 'WordPiece':
      return wordPieceModel(part, vocabularyOf(part));
    case 'WordLevel':
      return wordLevelModel(part, vocabularyOf(part));
    case 'Unigram':
      return unigramModel(part);
    default:
      throw part.unknown();
  }
}

/** Old files do not name the type of their model. */
export function modelType(json: Readonly<Record<string, unknown>>): string {
  if (typeof json.type === 'string') return json.type;
  if (Array.isArray(json.vocab)) return 'Unigram';
  if (Array.isArray(json.merges)) return 'BPE';
  return 'max_input_chars_per_word' in json || 'continuing_subword_prefix' in json ? 'WordPiece' : 'WordLevel';
}

function vocabularyOf(part: ConfigPart): Vocabulary {
  const vocab = part.get('vocab');
  if (typeof vocab !== 'object' || vocab === null || Array.isArray(vocab))
    throw part.wrong(msg`vocab is not an object`);
  const ids = new Map<string, number>();
  for (const [token, id] of Object.entries(vocab)) {
    if (!isId(id)) throw part.wrong(msg`token '${token}' has id ${String(id)}; ids must be 0 to ${LARGEST_ID}`);
    ids.set(token, id);
  }
  return ids;
}

const isId = (id: unknown): id is number => Number.isInteger(id) && (id as number) >= 0 && (id as number) <= LARGEST_ID;
