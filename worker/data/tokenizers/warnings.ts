import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import { msg } from '../../../main/contract/message.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';

/**
 * What a person must know of a tokenizer before a model learns from its tokens.
 *
 * @param lost characters that it left out
 * @param documents how many it was given
 */
export function tokenizerWarnings(tokenizer: Tokenizer, lost: number, documents: number): DatasetProblem[] {
  const remarks: DatasetProblem[] = [];
  const { name: source, endOfText } = tokenizer;
  if (endOfText === null)
    remarks.push({
      source,
      severity: 'note',
      message:
        documents > 1
          ? msg`The tokenizer has no end-of-text token: the ${documents} documents are concatenated without a separator, and a model trained on them will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.`
          : msg`The tokenizer has no end-of-text token: a model trained with it will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.`,
    });
  if (lost > 0)
    remarks.push({
      source,
      severity: 'partly-read',
      message: msg`Characters skipped: ${lost}. They are not in the vocabulary, and it has no unknown token. Choose another tokenizer to keep them.`,
    });
  return remarks;
}
