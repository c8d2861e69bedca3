import type { DocumentPlace } from '../../../../main/contract/documents.ts';
import { ChapterFinder } from '../../../../worker/documents/chapters.ts';

/** As {@link ChapterFinder}, of a text as a whole. */
export function chaptersOf(text: string): DocumentPlace[] {
  const finder = new ChapterFinder();
  finder.push(text);
  return finder.end();
}
