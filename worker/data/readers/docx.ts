import { posix } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { Archive } from './archive.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';
import { Styles } from './word-styles.ts';
import { OmittedWordParts, WordText } from './word-text.ts';
import { readPart, type WordHandler } from './word-xml.ts';

/**
 * A Word document as it is shown: its text, its headings as places, notes behind it. What is hidden or marked as deleted
 * is left out and counted.
 */
export async function* readDocx(input: Input, { signal }: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
  try {
    const main = (await related(archive, '', 'officeDocument', signal)) ?? 'word/document.xml';
    if (!archive.has(main)) throw new HyenaError('bad-input', 'Not a Word document.');
    const part = async (type: string, handler: WordHandler): Promise<boolean> => {
      const name = await related(archive, main, type, signal);
      return name === null || !archive.has(name) || (await readPart(archive, name, handler, signal));
    };
    const styles = new Styles();
    await part('styles', styles);
    const left = new OmittedWordParts();
    const body = new WordText(styles, left);
    let isWhole = await readPart(archive, main, body, signal);
    const notes = new WordText(styles, left);
    for (const type of ['footnotes', 'endnotes', 'comments']) isWhole = (await part(type, notes)) && isWhole;
    for (const name of archive.names.filter((one) => /(?:^|\/)(?:header|footer)\d*\.xml$/i.test(one)))
      if (await hasWords(archive, name, signal)) left.headers++;
    const events: ReaderEvent[] = body.end();
    for (const id of new Set([...body.references, ...notes.references])) {
      const note = notes.notes.get(id) ?? [];
      if (note.length > 0 && events.length > 0) events.push({ type: 'text', content: '\n\n' });
      events.push(...note);
    }
    if (!events.some(({ type }) => type === 'text'))
      throw new HyenaError('bad-input', 'The Word document contains no text.');
    const title = events.find((event) => event.type === 'place');
    yield { type: 'document', source: input.name, title: title?.type === 'place' ? title.label : undefined };
    // Before the text: the preview reads the beginning alone.
    if (!isWhole) yield problem('partly-read', input.name, 'The Word document is damaged: its text is truncated.');
    for (const sentence of left.sentences()) yield problem('note', input.name, sentence);
    yield* events;
    yield { type: 'end' };
  } finally {
    archive.close();
  }
}

async function hasWords(archive: Archive, name: string, signal: AbortSignal): Promise<boolean> {
  let isText = false;
  let found = false;
  const handler: WordHandler = {
    open: (element) => void (isText = element === 't'),
    text: (text) => void (found ||= isText && /[\p{L}\p{N}]/u.test(text)),
    close: () => void (isText = false),
  };
  await readPart(archive, name, handler, signal);
  return found;
}

/** The part that another is related to in a way, by the last word of its address; null if there is none. */
async function related(archive: Archive, from: string, type: string, signal: AbortSignal): Promise<string | null> {
  const list = posix.join(posix.dirname(from), '_rels', `${posix.basename(from)}.rels`);
  if (!archive.has(list)) return null;
  let found: string | null = null;
  const handler: WordHandler = {
    open: (name, attributes) => {
      if (name.endsWith('relationship') && attributes.get('type')?.endsWith(`/${type}`))
        found ??= attributes.get('target') ?? null;
    },
    text: () => {},
    close: () => {},
  };
  await readPart(archive, list, handler, signal);
  const target = found as string | null;
  if (target === null) return null;
  return target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(from), target);
}
