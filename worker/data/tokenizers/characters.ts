import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { tokenizerFromJSON } from '../../../main/library/tokenizers/load.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';

/** A text with more different characters is better served by another tokenizer. */
const mostCharacters = 60_000;

/** Gathers the characters (code points) of a text that comes in pieces: the vocabulary of nanoGPT and other small experiments. */
export class CharacterVocabulary {
  readonly #found = new Set<string>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  push(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#found.add(character);
  }

  /**
   * The tokenizer whose ids are the characters in their order.
   *
   * @throws HyenaError `bad-input` for a text with too many different ones
   */
  tokenizer(): Promise<Tokenizer> {
    const found = this.#found;
    if (found.size > mostCharacters)
      throw new HyenaError('bad-input', msg`The text has ${found.size} different characters.`, {
        kept: 'No data set was created.',
        hint: 'Choose another tokenizer, such as bytes.',
      });
    const characters = [...found].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
    // A vocabulary has two ids at least.
    for (const spare of [' ', 'a']) if (characters.length < 2 && !found.has(spare)) characters.push(spare);
    return tokenizerFromJSON(tokenizerJson(characters), 'characters');
  }
}

/** A tokenizer.json whose tokens are single characters. */
const tokenizerJson = (characters: readonly string[]): object => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'Split', pattern: { Regex: '[\\s\\S]' }, behavior: 'Isolated', invert: false },
  post_processor: null,
  decoder: { type: 'Fuse' },
  model: {
    type: 'WordLevel',
    vocab: Object.fromEntries(characters.map((character, id) => [character, id])),
    unk_token: '<unk>',
  },
});
