import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { openText } from './encodings.ts';
import type { Input } from './input.ts';
import { problem, type ReaderEvent } from './reader.ts';

/** Plain text and source code: the bytes as they are, but for a byte order mark; other encodings become UTF-8. */
export async function* readText(input: Input): AsyncGenerator<ReaderEvent> {
  const text = await openText(input);
  if (!text) throw new HyenaError('bad-input', told`${input.name} is not text: it holds binary data.`);
  let invalid = 0;
  yield { type: 'document', source: input.name };
  for await (const content of text.pieces((sequences) => (invalid += sequences))) yield { type: 'text', content };
  yield { type: 'end' };
  if (invalid > 0)
    yield problem('note', input.name, told`${invalid} byte sequences are not valid UTF-8; they were kept as they are.`);
}
