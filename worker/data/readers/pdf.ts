import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { readAll, type Input } from './input.ts';
import { pdfThread, type PdfThread } from './pdf-thread.ts';
import { FontCheck } from './pdf-fonts.ts';
import { KnownWords } from './pdf-hyphens.ts';
import { TypeSizes, type PageHeading } from './pdf-headings.ts';
import { pageLines, type PageLine, type PageItem } from './pdf-layout.ts';
import { noteParagraphs, splitNotes } from './pdf-notes.ts';
import { groupParagraphs, joinLines, runsOnto } from './pdf-paragraphs.ts';
import { COMPARED_PAGES, withoutRunning } from './pdf-running.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

const LARGEST_FILE = 1 << 29;

interface Chapter {
  label: string;
  level: number;
  /** Its number from 0, or the object that it is: see {@link nameOf}. */
  page: number | string;
}

/** A PDF: its text page by page; as places its pages and the chapters of its outline, or headings by their type size. */
export async function* readPdf(
  input: Input,
  { signal, enough }: Pick<ReadContext, 'signal' | 'enough'>,
): AsyncGenerator<ReaderEvent> {
  const thread = await pdfThread();
  // A page may take very long: one that asks for an end does not wait for it.
  signal.addEventListener('abort', thread.end);
  try {
    const document = await openDocument(await readAll(input, LARGEST_FILE), thread);
    yield* readDocument(document, input, thread, { signal, enough });
  } finally {
    signal.removeEventListener('abort', thread.end);
  }
}

async function* readDocument(
  document: PDFDocumentProxy,
  input: Input,
  thread: PdfThread,
  { signal, enough }: Pick<ReadContext, 'signal' | 'enough'>,
): AsyncGenerator<ReaderEvent> {
  try {
    const labels = await thread.answer(document.getPageLabels()).catch(() => null);
    const chapters = await thread.answer(outlineOf(document)).catch(() => []);
    const title = await thread.answer(titleOf(document)).catch(() => undefined);
    const words = new KnownWords();
    const sizes = chapters.length === 0 ? new TypeSizes() : null;
    const empty: string[] = [];
    const unreadable: string[] = [];
    const broken: string[] = [];
    let running = 0;
    let before: readonly PageLine[] = [];
    // Notes wait for the end of the sentence that they interrupt; half a word waits for its other half.
    const notes: string[] = [];
    let half = '';
    yield { type: 'document', source: input.name, title };
    for await (const page of pagesOf(document, labels, { thread, signal, words, sizes })) {
      const { number, label, body, object, unknown, failure } = page;
      if (failure !== null) broken.push(`${number} (${failure})`);
      else if (unknown > 0) unreadable.push(label);
      else if (body.length === 0) empty.push(label);
      running += page.running;
      let text = groupParagraphs(body, words);
      if (body.length > 0 && before.length > 0) {
        const runsOn = runsOnto(before, body);
        if (runsOn && half !== '') {
          const [first] = /^\S+/.exec(text)!;
          text = text.slice(first.length).trimStart();
          yield { type: 'text', content: joinLines(half, first, words) };
        } else if (half !== '') yield { type: 'text', content: half };
        half = '';
        if (!runsOn) yield* paragraphs(notes.splice(0));
        yield { type: 'text', content: runsOn ? ' ' : '\n\n' };
      }
      for (const chapter of chapters.filter(({ page }) => page === number - 1 || page === object))
        yield { type: 'place', kind: 'chapter', label: chapter.label, level: chapter.level };
      yield { type: 'place', kind: 'page', label, level: 1 };
      if (page.notes.length > 0) notes.push(noteParagraphs(page.notes, words));
      if (body.length === 0) continue;
      half = /[\p{L}\p{M}\p{N}]+[-\u2010\u00ad]$/u.exec(text)?.[0] ?? '';
      yield* withHeadings(text.slice(0, text.length - half.length), sizes?.headings(body, text) ?? []);
      before = body;
      if (enough?.()) break;
    }
    if (half !== '') yield { type: 'text', content: half };
    yield* paragraphs(notes);
    if (before.length === 0) throw noText(document.numPages, unreadable);
    yield { type: 'end' };
    const listed = (pages: readonly string[]) => pages.slice(0, 20).join(', ') + (pages.length > 20 ? ', …' : '');
    if (broken.length > 0)
      yield problem('partly-read', input.name, msg`Damaged pages were skipped: ${listed(broken)}.`);
    if (running > 0)
      yield problem(
        'note',
        input.name,
        msg`${running} {0|one: running header, footer or page number was|other: running headers, footers and page numbers were} removed.`,
      );
    if (unreadable.length > 0)
      yield problem(
        'partly-read',
        input.name,
        msg`Text in fonts without a Unicode mapping was skipped on ${unreadable.length} {0|one: page|other: pages}: ${listed(unreadable)}. Run OCR, for example with ocrmypdf --force-ocr.`,
      );
    if (empty.length > 0)
      yield problem(
        'note',
        input.name,
        msg`${empty.length} of ${document.numPages} {1|one: page|other: pages} {0|one: contains|other: contain} no text.`,
      );
  } finally {
    await thread.answer(document.loadingTask.destroy()).catch(() => undefined);
  }
}

/** Text with the places of its headings. */
function* withHeadings(text: string, headings: readonly PageHeading[]): Generator<ReaderEvent> {
  let from = 0;
  for (const { at, label, level } of headings.filter((heading) => heading.at < text.length)) {
    if (at > from) yield { type: 'text', content: text.slice(from, at) };
    yield { type: 'place', kind: 'heading', label, level };
    from = at;
  }
  if (from < text.length) yield { type: 'text', content: text.slice(from) };
}

function* paragraphs(texts: readonly string[]): Generator<ReaderEvent> {
  for (const text of texts) yield { type: 'text', content: `\n\n${text}` };
}

function noText(pages: number, unreadable: readonly string[]): HyenaError {
  if (unreadable.length > 0)
    return new HyenaError(
      'bad-input',
      msg`The fonts have no Unicode mapping (on ${unreadable.length} of ${pages} {1|one: page|other: pages}), so the text cannot be read.`,
      { hint: 'Run OCR first, for example with ocrmypdf --force-ocr.' },
    );
  return new HyenaError(
    'bad-input',
    msg`{0|one: The only page is an image, probably a scan, and contains|other: All ${pages} pages are images, probably scans, and contain} no text.`,
    {
      hint: 'Run OCR first, for example with ocrmypdf.',
    },
  );
}

interface ReadPage {
  readonly number: number;
  readonly lines: readonly PageLine[];
  readonly object: string | null;
  /** Characters in fonts whose letters are not known. */
  readonly unknown: number;
  readonly failure: string | null;
}

/** The pages in turn, each read with those around it: what recurs on them is not text of its own. */
async function* pagesOf(
  document: PDFDocumentProxy,
  labels: readonly string[] | null,
  {
    thread,
    signal,
    words,
    sizes,
  }: { thread: PdfThread; signal: AbortSignal; words: KnownWords; sizes: TypeSizes | null },
): AsyncGenerator<
  ReadPage & { label: string; body: readonly PageLine[]; notes: readonly PageLine[]; running: number }
> {
  const fonts = new FontCheck();
  const read: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    while (read.length > 0 && read[0].number < number - COMPARED_PAGES) read.shift();
    for (
      let next = (read.at(-1)?.number ?? 0) + 1;
      next <= Math.min(number + COMPARED_PAGES, document.numPages);
      next++
    ) {
      signal.throwIfAborted();
      const page = await thread.answer(readPage(document, next, fonts)).catch((error: unknown): ReadPage => ({
        number: next,
        lines: [],
        object: null,
        unknown: 0,
        failure: (error as Error).message,
      }));
      words.add(page.lines);
      sizes?.add(page.lines);
      read.push(page);
    }
    const page = read.find((one) => one.number === number)!;
    const neighbours = new Map(
      read.filter((one) => one !== page && one.lines.length > 0).map((one) => [one.number - number, one.lines]),
    );
    const label = labels?.[number - 1] || String(number);
    const kept = withoutRunning(page.lines, label, neighbours);
    yield { ...page, label, ...splitNotes(kept), running: page.lines.length - kept.length };
  }
}

async function openDocument(bytes: Uint8Array, { worker, answer }: PdfThread): Promise<PDFDocumentProxy> {
  // What pdf.js wants of a browser for drawing; for text nothing of it is used.
  const globals = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globals[name] ??= class {};
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  try {
    const { promise } = getDocument({
      worker,
      // The library keeps and detaches what it is given.
      data: Uint8Array.from(bytes),
      cMapUrl: join(library, 'cmaps') + sep,
      cMapPacked: true,
      standardFontDataUrl: join(library, 'standard_fonts') + sep,
      useSystemFonts: false,
      disableFontFace: true,
      fontExtraProperties: true,
      isEvalSupported: false,
      verbosity: VerbosityLevel.ERRORS,
    });
    return await answer(promise);
  } catch (error) {
    if ((error as Error).name === 'PasswordException')
      throw new HyenaError('bad-input', 'The PDF is password-protected.', {
        hint: 'Save a copy without a password.',
      });
    throw new HyenaError('bad-input', msg`The PDF is damaged: ${messageOf(error)}`, { cause: error });
  }
}

async function readPage(document: PDFDocumentProxy, number: number, fonts: FontCheck): Promise<ReadPage> {
  const page = await document.getPage(number);
  try {
    const { items } = await page.getTextContent({ includeMarkedContent: false });
    const { known, unknown } = await fonts.readable(
      page,
      items.filter((item): item is (typeof items)[number] & PageItem & { fontName: string } => 'str' in item),
    );
    const object = page.ref === null ? null : nameOf(page.ref);
    return { number, lines: pageLines(known), object, unknown, failure: null };
  } finally {
    page.cleanup();
  }
}

async function titleOf(document: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await document.getMetadata();
  const title = (info as { Title?: unknown }).Title;
  return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
}

type OutlineNode = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

async function outlineOf(document: PDFDocumentProxy): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  const visit = async (nodes: readonly OutlineNode[], level: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (chapters.length >= 10_000) return;
      const page = await pageOf(document, dest).catch(() => null);
      if (page !== null && title.trim() !== '') chapters.push({ label: title.trim(), level, page });
      if (level < 20) await visit(items as OutlineNode[], level + 1);
    }
  };
  await visit((await document.getOutline()) ?? [], 1);
  return chapters;
}

type Reference = NonNullable<PDFPageProxy['ref']>;

/** An object of the file, as a word. */
const nameOf = ({ num, gen }: Reference): string => `${num} ${gen}`;

/** The library's own search for the number of a page leaves rejections behind in damaged files: the object has to do. */
async function pageOf(document: PDFDocumentProxy, dest: OutlineNode['dest']): Promise<Chapter['page'] | null> {
  const target: unknown = typeof dest === 'string' ? await document.getDestination(dest) : dest;
  const reference: unknown = Array.isArray(target) ? target[0] : null;
  if (typeof reference === 'number') return reference;
  if (typeof reference !== 'object' || reference === null) return null;
  return nameOf(reference as Reference);
}
