import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import type { Archive } from './archive.ts';
import { openText } from './encodings.ts';
import { declaredEncoding } from './html.ts';
import { decodeText } from './reader.ts';
import { visible } from './text-flow.ts';

/** The name of a part of a book in its table of contents. */
interface Label {
  /** The id within the page where the part begins; null: at its beginning. */
  anchor: string | null;
  label: string;
  level: number;
}

/** A book's parts in the order they are read, and what is known about them. */
export interface Package {
  title: string | undefined;
  /** Pages in the archive, in their order. */
  chapters: string[];
  /** Pages that the order names but the archive lacks. */
  missing: string[];
  /** Pages that the book has but leaves out of its order: notes, answers, a table of contents. */
  aside: string[];
  /** Of the order, what are pictures and the like. */
  pictures: number;
  /** By page. */
  labels: Map<string, Label[]>;
}

/** Finds parts of a book by links, written as loosely as books are made. */
class PackageParts {
  readonly #archive: Archive;
  readonly #byName = new Map<string, string>();

  constructor(archive: Archive) {
    this.#archive = archive;
    for (const name of archive.names)
      for (const form of [folded(name), folded(decoded(name))])
        if (!this.#byName.has(form)) this.#byName.set(form, name);
  }

  /** The name in the archive of what a part links to; null if it is not there. */
  find(from: string, link: string): string | null {
    const path = link.split('#')[0].replaceAll('\\', '/');
    if (path === '') return null;
    const bases = path.startsWith('/') ? [path.slice(1)] : [posix.join(posix.dirname(from), path), path];
    for (const base of bases) for (const name of [decoded(base), base]) if (this.#archive.has(name)) return name;
    for (const base of bases)
      for (const name of [decoded(base), base]) {
        const found = this.#byName.get(folded(name));
        if (found !== undefined) return found;
      }
    return null;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign is part of the name.
    return path;
  }
}

/** A name as systems compare them that care neither for case nor for how letters are put together. */
const folded = (name: string): string =>
  posix.normalize(name.replaceAll('\\', '/')).replace(/^\/+/, '').normalize('NFC').toLowerCase();

interface Element {
  name: string;
  attributes: Record<string, string>;
  /** All text within it. */
  text: string;
  depth: number;
}

/** The elements of an XML part in the order they begin, each with the text within it. */
async function elementsOf(archive: Archive, name: string): Promise<Element[]> {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        const element = { name: localName(tag), attributes, text: '', depth: open.length };
        if (open.length > 1000) throw new HyenaError('bad-input', msg`${name} is nested too deep.`);
        elements.push(element);
        open.push(element);
      },
      ontext: (text) => {
        // Of the outermost elements, all text would be kept once for each.
        for (const element of open.slice(-6)) if (element.text.length < 1000) element.text += text;
      },
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true },
  );
  const text = await openText(archive.entry(name), declaredEncoding);
  if (!text) throw new HyenaError('bad-input', msg`${name} is not text.`);
  for await (const piece of text.pieces()) parser.write(decodeText(piece));
  parser.end();
  return elements;
}

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1).toLowerCase();

const isPage = (item: Record<string, string>): boolean =>
  /html|^text\/|\bxml$/i.test(item['media-type'] ?? '') && !/svg|dtbncx|smil/i.test(item['media-type'] ?? '');

/** @throws HyenaError `bad-input` if nothing says which pages there are */
export async function readPackage(archive: Archive): Promise<Package> {
  const parts = new PackageParts(archive);
  const container = parts.find('', 'META-INF/container.xml');
  if (!container) throw new HyenaError('bad-input', 'container.xml not found in the book.');
  const path = (await elementsOf(archive, container)).find(({ name }) => name === 'rootfile')?.attributes['full-path'];
  const root = path ? parts.find('', path) : null;
  if (!root) throw new HyenaError('bad-input', "The book's package file was not found.");
  const elements = await elementsOf(archive, root);
  const items = new Map<string, Record<string, string>>();
  for (const { name, attributes } of elements) if (name === 'item') items.set(attributes.id, attributes);
  const book: Package = {
    title: elements.find(({ name, text }) => name === 'title' && text.trim() !== '')?.text.trim(),
    ...{ chapters: [], missing: [], aside: [], pictures: 0, labels: new Map() },
  };
  const seen = new Set<string>();
  for (const { name, attributes } of elements) {
    if (name !== 'itemref') continue;
    const item = pageOf(items, attributes.idref);
    const isAside = attributes.linear === 'no';
    if (item === 'picture') {
      if (!isAside) book.pictures++;
      continue;
    }
    const page = item ? parts.find(root, item.href ?? '') : null;
    if (page === null) book.missing.push(item?.href ? decoded(item.href) : (attributes.idref ?? '?'));
    else if (!seen.has(page)) {
      seen.add(page);
      (isAside ? book.aside : book.chapters).push(page);
    }
  }
  if (book.chapters.length === 0) throw new HyenaError('bad-input', 'The book lists no chapters.');
  const tables = [...items.values()].filter(
    (item) => item.properties?.split(/\s+/).includes('nav') || item['media-type'] === 'application/x-dtbncx+xml',
  );
  for (const item of items.values()) {
    if (!isPage(item) || tables.includes(item)) continue;
    const page = parts.find(root, item.href ?? '');
    if (page !== null && !seen.has(page)) book.aside.push(page);
    if (page !== null) seen.add(page);
  }
  // The newer table of contents says more; the older one stands in where it is missing.
  tables.sort((a, b) => Number(b.properties !== undefined) - Number(a.properties !== undefined));
  for (const { href } of tables) {
    const toc = href ? parts.find(root, href) : null;
    if (toc === null || book.labels.size > 0) continue;
    book.labels = await tableOfContents(archive, parts, toc).catch(() => new Map<string, Label[]>());
  }
  return book;
}

/** The page of an item, or what stands in for what is not a page. */
function pageOf(
  items: ReadonlyMap<string, Record<string, string>>,
  id: string,
): Record<string, string> | 'picture' | null {
  let item = items.get(id);
  if (!item) return null;
  const first = item;
  for (let steps = 0; item && !isPage(item) && steps < 10; steps++) item = items.get(item.fallback ?? '');
  if (item) return item;
  return first['media-type'] ? 'picture' : first;
}

/** The names in a table of contents, EPUB 2's or 3's, by page. */
async function tableOfContents(archive: Archive, parts: PackageParts, toc: string): Promise<Map<string, Label[]>> {
  const labels = new Map<string, Label[]>();
  const elements = await elementsOf(archive, toc);
  const navs = elements.filter(({ name }) => name === 'nav');
  const isContents = ({ attributes }: Element) => /\btoc\b/.test(attributes['epub:type'] ?? attributes.role ?? '');
  const chosen = navs.find(isContents) ?? navs[0];
  let label = '';
  /** Depths of the lists or points around. */
  let around: number[] = [];
  let inside = chosen === undefined;
  for (const element of elements) {
    const { name, attributes, depth } = element;
    if (name === 'nav') inside = element === chosen;
    else if (chosen && inside && depth <= chosen.depth) inside = false;
    around = around.filter((outer) => outer < depth);
    if (name === 'ol' || name === 'navpoint') around.push(depth);
    if (name === 'text') label = element.text;
    const link = name === 'content' ? attributes.src : name === 'a' && inside ? attributes.href : undefined;
    if (!link) continue;
    const page = parts.find(toc, link);
    const named = visible(name === 'a' ? element.text : label)
      .replace(/\s+/g, ' ')
      .trim();
    if (page === null || named === '') continue;
    const anchor = link.includes('#') ? decoded(link.slice(link.indexOf('#') + 1)) : '';
    const known = labels.get(page) ?? [];
    if (!known.some((one) => one.anchor === (anchor || null)))
      known.push({ anchor: anchor || null, label: named.slice(0, 200), level: Math.max(1, around.length) });
    labels.set(page, known);
  }
  return labels;
}

/** Whether more than fonts is encrypted. */
export async function isProtected(archive: Archive): Promise<boolean> {
  const path = new PackageParts(archive).find('', 'META-INF/encryption.xml');
  if (!path) return false;
  const links = (await elementsOf(archive, path)).filter(({ name }) => name === 'cipherreference');
  return links.some(({ attributes }) => /\.(x?html?|opf|ncx|xml)$/i.test(attributes.URI ?? ''));
}
