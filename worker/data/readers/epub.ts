import { HyenaError, said } from '../../../main/contract/errors.ts';
import { english, told, type Text } from '../../../main/contract/told.ts';
import { Archive } from './archive.ts';
import { openText } from './encodings.ts';
import { isProtected, readPackage, type Package } from './epub-package.ts';
import { declaredEncoding } from './html.ts';
import { HtmlText, LeftOut } from './html-text.ts';
import type { Input } from './input.ts';
import { problem, textOf, type ReadContext, type ReaderEvent } from './reader.ts';

/** A book in EPUB: its chapters in reading order as one document, with chapters and headings as places. */
export async function* readEpub(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
  try {
    if (await isProtected(archive))
      throw new HyenaError('bad-input', 'The book is protected against copying and cannot be read.');
    let book: Package;
    try {
      book = await readPackage(archive);
    } catch (error) {
      context.signal.throwIfAborted();
      const pages = archive.names.filter((name) => /\.x?html?$/i.test(name));
      if (pages.length === 0) throw error;
      yield problem('note', input.name, told`${said(error)} Its pages were read in the order of their names.`);
      book = { title: undefined, chapters: pages, missing: [], aside: [], pictures: 0, labels: new Map() };
    }
    yield* chapters(archive, book, input, context);
  } finally {
    archive.close();
  }
}

const NAMED = 5;
const list = (names: readonly string[]): string =>
  names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ', …' : '');

async function* chapters(
  archive: Archive,
  book: Package,
  input: Input,
  { signal }: ReadContext,
): AsyncGenerator<ReaderEvent> {
  const left = new LeftOut();
  const seenNotes = new Set<string>();
  let hasText = false;
  let { pictures } = book;
  yield { type: 'document', source: input.name, title: book.title };
  if (book.missing.length > 0)
    yield problem(
      'partly-read',
      input.name,
      told`${book.missing.length} chapters that the book names are not in it: ${list(book.missing)}.`,
    );
  if (book.aside.length > 0)
    yield problem(
      'note',
      input.name,
      told`${book.aside.length} pages that are not part of the book's reading order were left out: ${list(book.aside)}.`,
    );
  for (const name of book.chapters) {
    signal.throwIfAborted();
    // The same of every chapter is told once.
    const note = (message: Text) => {
      if (!seenNotes.has(english(message)))
        input.note?.(told`${name}: ${typeof message === 'string' ? { template: message, values: [] } : message}`);
      seenNotes.add(english(message));
    };
    try {
      // A chapter that breaks off is left out as a whole.
      const contents = left.contents;
      const { events, title } = await chapterText(archive, { book, name, left, note });
      if (!events.some(({ type }) => type === 'text')) {
        if (left.contents === contents) pictures++;
        continue;
      }
      if (hasText) yield { type: 'text', content: '\n\n' };
      hasText = true;
      const label = startOf(book, name, events) ?? (book.labels.has(name) || title === book.title ? '' : title);
      if (typeof label !== 'string') yield label;
      else if (label !== '') yield { type: 'place', kind: 'chapter', label, level: 1 };
      yield* events;
    } catch (error) {
      yield problem('partly-read', input.name, told`The chapter ${name} was left out: ${said(error)}`);
    }
  }
  if (!hasText) throw new HyenaError('bad-input', 'The book has no text; its pages may be pictures.');
  yield { type: 'end' };
  if (pictures > 0) yield problem('note', input.name, told`${pictures} pages hold no text; they may be pictures.`);
  for (const sentence of left.sentences()) yield problem('note', input.name, sentence);
}

/** The place that a page begins with: what names the page, or an anchor that it does not have. */
function startOf(book: Package, name: string, events: readonly ReaderEvent[]): ReaderEvent | null {
  const labels = book.labels.get(name);
  if (!labels) return null;
  const isFound = (label: string) =>
    events.some((event) => event.type === 'place' && event.kind === 'chapter' && event.label === label);
  const first = labels.find(({ anchor }) => anchor === null) ?? (isFound(labels[0].label) ? undefined : labels[0]);
  return first ? { type: 'place', kind: 'chapter', label: first.label, level: first.level } : null;
}

async function chapterText(
  archive: Archive,
  { book, name, left, note }: { book: Package; name: string; left: LeftOut; note: (message: Text) => void },
): Promise<{ events: ReaderEvent[]; title: string }> {
  const entry = { ...archive.entry(name), note };
  const text = await openText(entry, declaredEncoding);
  if (!text) throw new HyenaError('bad-input', 'it is not text.');
  const anchors = new Map(
    (book.labels.get(name) ?? []).flatMap(({ anchor, label, level }) =>
      anchor === null ? [] : [[anchor, { label, level }] as const],
    ),
  );
  const html = new HtmlText({ left, anchors });
  const events: ReaderEvent[] = [];
  for await (const piece of text.pieces()) events.push(...html.push(textOf(piece)));
  events.push(...html.end());
  return { events, title: html.title.trim() };
}
