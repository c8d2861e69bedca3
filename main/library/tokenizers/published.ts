/** Tokenizers of published models that come without a tokenizer.json, as one. */

interface AddedToken {
  id: number;
  content: string;
}

const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

function wordLevelJson(
  words: readonly string[],
  pieces: object,
  decoder: object | null,
  unknown: string,
  added: AddedToken[],
): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added.map((token) => ({ ...token, ...special })),
    normalizer: null,
    pre_tokenizer: pieces,
    post_processor: null,
    decoder,
    model: { type: 'WordLevel', vocab: Object.fromEntries(words.map((word, id) => [word, id])), unk_token: unknown },
  };
}

const hyenaDnaWords = ['[CLS]', '[SEP]', '[BOS]', '[MASK]', '[PAD]', '[RESERVED]', '[UNK]', 'A', 'C', 'G', 'T', 'N'];

/** HyenaDNA's: one token a character; [SEP], 1, ends a sequence, and any other character is [UNK]. */
export const hyenaDnaTokenizerJson = (): object =>
  wordLevelJson(
    hyenaDnaWords,
    { type: 'Split', pattern: { Regex: '[\\s\\S]' }, behavior: 'Isolated', invert: false },
    { type: 'Fuse' },
    '[UNK]',
    hyenaDnaWords.slice(0, 7).map((content, id) => ({ id, content })),
  );
/** The token that ends a sequence of HyenaDNA. */
export const hyenaDnaEnd = { token: '[SEP]', id: 1 };

/** For a model without a tokenizer: a text is its ids, written as numbers with spaces between. */
export const numbersTokenizerJson = (vocabulary: number): object =>
  wordLevelJson(
    Array.from({ length: vocabulary }, (_, id) => String(id)),
    { type: 'WhitespaceSplit' },
    null,
    '0',
    [],
  );
