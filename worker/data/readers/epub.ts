import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { Archive } from './archive.ts';
import { openText } from './encodings.ts';
import { declaredEncoding } from './html.ts';
import { HtmlText } from './html-text.ts';
import type { Input } from './input.ts';
import { problem, textOf, type ReadContext, type ReaderEvent } from './reader.ts';

/** A book's parts in the order they are read, and what is known about them. */
interface Package {
  title: string | undefined;
  chapters: string[];
  /** Names of chapters by file, from the table of contents. */
  labels: Map<string, string>;
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** A book in EPUB: its chapters in reading order as one document, with chapters and headings as places. */
export async function* readEpub(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
  try {
    if (archive.has('META-INF/encryption.xml') && (await isProtected(archive)))
      throw new HyenaError('bad-input', 'The book is protected against copying and cannot be read.');
    let book: Package;
    try {
      book = await readPackage(archive);
    } catch (error) {
      context.signal.throwIfAborted();
      const pages = archive.names.filter((name) => /\.x?html?$/i.test(name));
      if (pages.length === 0) throw error;
      yield problem('note', input.name, told`${said(error)} Its pages were read in the order of their names.`);
      book = { title: undefined, chapters: pages, labels: new Map() };
    }
    yield* chapters(archive, book, input, context);
  } finally {
    archive.close();
  }
}

async function* chapters(
  archive: Archive,
  book: Package,
  input: Input,
  { signal }: ReadContext,
): AsyncGenerator<ReaderEvent> {
  let hasText = false;
  yield { type: 'document', source: input.name, title: book.title };
  for (const name of book.chapters) {
    signal.throwIfAborted();
    try {
      // A chapter that breaks off is left out as a whole.
      const { events, title } = await chapterText(archive, name);
      if (!events.some(({ type }) => type === 'text')) continue;
      if (hasText) yield { type: 'text', content: '\n\n' };
      hasText = true;
      const label = book.labels.get(name) ?? title;
      if (label) yield { type: 'place', kind: 'chapter', label, level: 1 };
      yield* events;
    } catch (error) {
      yield problem('partly-read', input.name, told`The chapter ${name} was left out: ${said(error)}`);
    }
  }
  if (!hasText) throw new HyenaError('bad-input', 'The book has no text; its pages may be pictures.');
  yield { type: 'end' };
}

async function chapterText(archive: Archive, name: string): Promise<{ events: ReaderEvent[]; title: string }> {
  const entry = archive.entry(name);
  const text = await openText(entry, declaredEncoding);
  if (!text) throw new HyenaError('bad-input', 'it is no text.');
  const html = new HtmlText();
  const events: ReaderEvent[] = [];
  for await (const piece of text.pieces()) events.push(...html.push(textOf(piece)));
  events.push(...html.end());
  return { events, title: html.title.trim() };
}

/** The elements of an XML part, each with the text directly in it. */
async function elementsOf(archive: Archive, name: string): Promise<Element[]> {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        const element = { name: localName(tag), attributes, text: '' };
        if (open.length > 1000) throw new HyenaError('bad-input', told`${name} is nested too deep.`);
        elements.push(element);
        open.push(element);
      },
      ontext: (text) => {
        const element = open.at(-1);
        if (element && element.text.length < 1000) element.text += text;
      },
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true },
  );
  parser.end(textOf(await archive.read(name)));
  return elements;
}

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1).toLowerCase();

/** A path in the archive, from a link in one of its parts. */
function resolveLink(from: string, link: string): string {
  const path = link.split('#')[0];
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // A stray percent sign is part of the name.
  }
  return posix.join(posix.dirname(from), decoded);
}

async function readPackage(archive: Archive): Promise<Package> {
  const container = 'META-INF/container.xml';
  if (!archive.has(container)) throw new HyenaError('bad-input', 'The book lacks its container.xml.');
  const root = (await elementsOf(archive, container)).find(({ name }) => name === 'rootfile')?.attributes['full-path'];
  if (!root || !archive.has(root)) throw new HyenaError('bad-input', 'The book lacks its package file.');
  const elements = await elementsOf(archive, root);
  const items = new Map<string, Record<string, string>>();
  for (const { name, attributes } of elements) if (name === 'item') items.set(attributes.id, attributes);
  const chapters = elements
    .filter(({ name, attributes }) => name === 'itemref' && items.has(attributes.idref))
    .map(({ attributes }) => resolveLink(root, items.get(attributes.idref)!.href ?? ''));
  const contents = [...items.values()].find(
    (item) => item.properties?.split(' ').includes('nav') || item['media-type'] === 'application/x-dtbncx+xml',
  );
  const toc = contents?.href ? resolveLink(root, contents.href) : null;
  const present = [...new Set(chapters)].filter((name) => archive.has(name));
  if (present.length === 0) throw new HyenaError('bad-input', 'The book names no chapters.');
  return {
    title: elements.find(({ name, text }) => name === 'title' && text.trim() !== '')?.text.trim(),
    chapters: present,
    labels: toc && archive.has(toc) ? await tableOfContents(archive, toc) : new Map<string, string>(),
  };
}

/** The first name of each file in a table of contents, EPUB 2's or 3's. */
async function tableOfContents(archive: Archive, toc: string): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  let label = '';
  for (const { name, attributes, text } of await elementsOf(archive, toc)) {
    if (name === 'text') label = text;
    const link = name === 'content' ? attributes.src : name === 'a' ? attributes.href : undefined;
    if (!link) continue;
    const file = resolveLink(toc, link);
    const named = (name === 'a' ? text : label).replace(/\s+/g, ' ').trim();
    if (named !== '' && !labels.has(file)) labels.set(file, named.slice(0, 200));
  }
  return labels;
}

/** Whether more than fonts is encrypted. */
async function isProtected(archive: Archive): Promise<boolean> {
  const links = (await elementsOf(archive, 'META-INF/encryption.xml')).filter(({ name }) => name === 'cipherreference');
  return links.some(({ attributes }) => /\.(x?html?|opf|ncx|xml)$/i.test(attributes.URI ?? ''));
}
