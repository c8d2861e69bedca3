import type { DocumentPart } from '../../../../main/contract/conversation.ts';
import type { DocumentFit } from '../../../../main/contract/documents.ts';
import type { MarkedRange } from './spans.ts';

/**
 * What a model reads of a document: as much as fits its context after the offset of the part, or before it. Null: all
 * of the document, or not known yet.
 *
 * @param length of the document, in UTF-16 units
 */
export function chosenPart(
  { edge, offset }: DocumentPart,
  fit: DocumentFit | null,
  length: number,
): MarkedRange | null {
  if (!fit || fit.characters >= length) return null;
  if (edge === 'to') return { start: Math.max(0, offset - fit.characters), end: offset };
  const start = Math.min(offset, length - fit.characters);
  return { start, end: start + fit.characters };
}
