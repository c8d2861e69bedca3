import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import { asMessage, told } from '../../../main/contract/told.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * What a person must know of a tokenizer before a model learns from its tokens.
 *
 * @param lost characters that it left out
 * @param documents how many it was given
 */
export function tokenizerRemarks(tokenizer: Tokenizer, lost: number, documents: number): DatasetProblem[] {
  const remarks: DatasetProblem[] = [];
  const { name: source, endOfText } = tokenizer;
  if (endOfText === null)
    remarks.push({
      source,
      severity: 'note',
      ...asMessage(
        documents > 1
          ? told`No token for the end of a text was found in the tokenizer: the ${documents} documents follow each other without a separator, and a model trained on them does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.`
          : told`No token for the end of a text was found in the tokenizer: a model trained with it does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.`,
      ),
    });
  if (lost > 0)
    remarks.push({
      source,
      severity: 'partly-read',
      ...asMessage(
        told`Characters left out: ${lost}. The vocabulary has neither them nor a token for unknown ones. Choose another tokenizer to keep them.`,
      ),
    });
  return remarks;
}
