import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { toEnglish, msg, type MessageLike } from '../../../main/contract/message.ts';
import { Archive } from './archive.ts';
import { openText } from './encodings.ts';
import { isProtected, readPackage, type Package } from './epub-package.ts';
import { declaredEncoding } from './html.ts';
import { HtmlText, OmittedParts } from './html-text.ts';
import type { Input } from './input.ts';
import { problem, decodeText, untilEnough, type ReadContext, type ReaderEvent } from './reader.ts';

/** A book in EPUB: its chapters in reading order as one document, with chapters and headings as places. */
export async function* readEpub(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
  try {
    if (await isProtected(archive))
      throw new HyenaError('bad-input', 'The book is copy-protected (DRM) and cannot be read.');
    let book: Package;
    try {
      book = await readPackage(archive);
    } catch (error) {
      context.signal.throwIfAborted();
      const pages = archive.names.filter((name) => /\.x?html?$/i.test(name));
      if (pages.length === 0) throw error;
      yield problem('note', input.name, msg`${messageOf(error)} Pages were read in file-name order.`);
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
  { signal, enough }: ReadContext,
): AsyncGenerator<ReaderEvent> {
  const left = new OmittedParts();
  const seenNotes = new Set<string>();
  let hasText = false;
  let { pictures } = book;
  yield { type: 'document', source: input.name, title: book.title };
  if (book.missing.length > 0)
    yield problem(
      'partly-read',
      input.name,
      msg`${book.missing.length} listed {0|one: chapter was|other: chapters were} not found in the book: ${list(book.missing)}.`,
    );
  if (book.aside.length > 0)
    yield problem(
      'note',
      input.name,
      msg`${book.aside.length} {0|one: page|other: pages} outside the book's reading order {0|one: was|other: were} skipped: ${list(book.aside)}.`,
    );
  for (const name of book.chapters) {
    signal.throwIfAborted();
    if (enough?.()) break;
    // The same of every chapter is reported once.
    const note = (message: MessageLike) => {
      if (!seenNotes.has(toEnglish(message)))
        input.note?.(msg`${name}: ${typeof message === 'string' ? { template: message, values: [] } : message}`);
      seenNotes.add(toEnglish(message));
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
      yield* untilEnough(events, enough);
    } catch (error) {
      yield problem('partly-read', input.name, msg`Chapter ${name} was skipped: ${messageOf(error)}`);
    }
  }
  if (!hasText) throw new HyenaError('bad-input', 'The book contains no text; its pages may be images.');
  yield { type: 'end' };
  if (pictures > 0)
    yield problem(
      'note',
      input.name,
      msg`${pictures} {0|one: page contains no text; it may be an image|other: pages contain no text; they may be images}.`,
    );
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
  { book, name, left, note }: { book: Package; name: string; left: OmittedParts; note: (message: MessageLike) => void },
): Promise<{ events: ReaderEvent[]; title: string }> {
  const entry = { ...archive.entry(name), note };
  const text = await openText(entry, declaredEncoding);
  if (!text) throw new HyenaError('bad-input', 'not a text file.');
  const anchors = new Map(
    (book.labels.get(name) ?? []).flatMap(({ anchor, label, level }) =>
      anchor === null ? [] : [[anchor, { label, level }] as const],
    ),
  );
  const html = new HtmlText({ left, anchors });
  const events: ReaderEvent[] = [];
  for await (const piece of text.pieces()) events.push(...html.push(decodeText(piece)));
  events.push(...html.end());
  return { events, title: html.title.trim() };
}
