import { HyenaError } from '../../../main/contract/errors.ts';
import type { Blueprint } from '../../../main/contract/imports/blueprint.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { parseTokenizer } from '../../../main/library/tokenizers/load.ts';
import type { EndOfText } from '../../../main/library/tokenizers/hugging-face.ts';
import { PaddedBytesTokenizer } from '../../../main/library/tokenizers/padded-bytes.ts';
import {
  hyenaDnaEnd,
  hyenaDnaTokenizerJson,
  numbersTokenizerJson,
} from '../../../main/library/tokenizers/published.ts';
import { loadTokenizer } from '../../../main/library/tokenizers/load.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import type { SourceFolder } from './folder.ts';

/** A tokenizer as a model keeps it. */
export interface ChosenTokenizer {
  readonly tokenizer: Tokenizer;
  /** Of its tokenizer.json. */
  readonly text: string;
  /** What a plan calls it. */
  readonly name: string;
  readonly notes: readonly Message[];
}

/** Files beside a tokenizer that say how texts and conversations end; they are kept as they are. */
export const tokenizerFiles = ['tokenizer_config.json', 'special_tokens_map.json', 'chat_template.jinja'];

/**
 * The tokenizer of a published model: that of its folder, the one of its family, or numbers where there is none that fits.
 *
 * @throws HyenaError `bad-input` for one in the folder that cannot be used
 */
export async function chooseTokenizer(folder: SourceFolder, blueprint: Blueprint): Promise<ChosenTokenizer> {
  const { vocabulary, model, tokenizer: usual } = blueprint;
  const fits = ({ vocabularySize }: Tokenizer) => vocabularySize <= model.vocab_size;
  if (folder.names.includes('tokenizer.json')) {
    const text = await folder.text('tokenizer.json');
    const tokenizer = await parseTokenizer(text, 'tokenizer.json', folder.name, await endBesideIn(folder));
    if (!fits(tokenizer))
      throw new HyenaError(
        'bad-input',
        msg`tokenizer.json has ${tokenizer.vocabularySize} tokens, but the model has ${model.vocab_size}.`,
        { hint: 'Use the tokenizer.json file of this model.' },
      );
    return { tokenizer, text, name: tokenizer.name, notes: [] };
  }
  const found = await familyTokenizer(usual, model.vocab_size);
  if (found && fits(found))
    return { tokenizer: found, text: JSON.stringify(found.toJSON()), name: found.name, notes: [] };
  const text = JSON.stringify(numbersTokenizerJson(vocabulary));
  const numbers = await parseTokenizer(text, 'tokenizer.json', 'numbers', {});
  // Nothing was downloaded yet of a model whose files are known.
  if (folder.names.length === 0)
    return { tokenizer: numbers, text, name: 'tokenizer.json', notes: [msg`Its tokenizer is downloaded with it.`] };
  return {
    ...{ tokenizer: numbers, text, name: numbers.name },
    notes: [
      folder.names.includes('tokenizer.model')
        ? msg`tokenizer.model is not read; put the tokenizer.json of the model beside it. Until then texts are numbers of tokens, with spaces between.`
        : msg`No tokenizer.json found: texts are numbers of tokens, with spaces between.`,
    ],
  };
}

async function familyTokenizer(usual: Blueprint['tokenizer'], rows: number): Promise<Tokenizer | null> {
  switch (usual) {
    case 'gpt2':
      return await loadTokenizer({ kind: 'gpt2' });
    case 'hyenadna':
      return await parseTokenizer(JSON.stringify(hyenaDnaTokenizerJson()), 'tokenizer.json', 'hyenadna', hyenaDnaEnd);
    case 'evo-bytes':
      return new PaddedBytesTokenizer(rows);
    case 'folder':
      return null;
  }
}

/** What the files beside a tokenizer say of the end of a text. What cannot be read says nothing. */
async function endBesideIn(folder: SourceFolder): Promise<EndOfText> {
  const found: { token?: string; id?: number } = {};
  for (const file of ['tokenizer_config.json', 'special_tokens_map.json', 'generation_config.json', 'config.json']) {
    if (!folder.names.includes(file)) continue;
    let values: { eos_token?: unknown; eos_token_id?: unknown };
    try {
      values = (JSON.parse(await folder.text(file)) ?? {}) as typeof values;
    } catch {
      continue;
    }
    const { eos_token: token, eos_token_id: ids } = values;
    const text = typeof token === 'object' && token !== null ? (token as { content?: unknown }).content : token;
    if (typeof text === 'string') found.token ??= text;
    const id: unknown = Array.isArray(ids) ? ids[0] : ids;
    if (typeof id === 'number' && Number.isInteger(id)) found.id ??= id;
  }
  return found;
}
