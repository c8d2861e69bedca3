import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { readAll, type Input } from './input.ts';
import { pdfThread, type PdfThread } from './pdf-thread.ts';
import { FontCheck } from './pdf-fonts.ts';
import { KnownWords } from './pdf-hyphens.ts';
import { pageLines, type Line, type PageItem } from './pdf-layout.ts';
import { betweenPages, paragraphsOf } from './pdf-paragraphs.ts';
import { COMPARED_PAGES, withoutRunning } from './pdf-running.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

const LARGEST_FILE = 1 << 29;

interface Chapter {
  label: string;
  level: number;
  /** Its number from 0, or the object that it is: see {@link nameOf}. */
  page: number | string;
}

/** A PDF: its text page by page, pages and the chapters of its outline as places. */
export async function* readPdf(input: Input, { signal }: Pick<ReadContext, 'signal'>): AsyncGenerator<ReaderEvent> {
  const thread = await pdfThread();
  // A page may take very long: one that asks for an end does not wait for it.
  signal.addEventListener('abort', thread.end);
  try {
    yield* readDocument(await openDocument(await readAll(input, LARGEST_FILE), thread), input, thread, signal);
  } finally {
    signal.removeEventListener('abort', thread.end);
  }
}

async function* readDocument(
  document: PDFDocumentProxy,
  input: Input,
  thread: PdfThread,
  signal: AbortSignal,
): AsyncGenerator<ReaderEvent> {
  try {
    const labels = await thread.answer(document.getPageLabels()).catch(() => null);
    const chapters = await thread.answer(outlineOf(document)).catch(() => []);
    const title = await thread.answer(titleOf(document)).catch(() => undefined);
    let before = '';
    const empty: string[] = [];
    const unreadable: string[] = [];
    const broken: string[] = [];
    yield { type: 'document', source: input.name, title };
    for await (const { number, label, text, object, unknown, failure } of pagesOf(document, labels, thread, signal)) {
      if (failure !== null) broken.push(`${number} (${failure})`);
      else if (unknown > 0) unreadable.push(label);
      else if (text === '') empty.push(label);
      if (text !== '' && before !== '') yield { type: 'text', content: betweenPages(before, text) };
      for (const chapter of chapters.filter(({ page }) => page === number - 1 || page === object))
        yield { type: 'place', kind: 'chapter', label: chapter.label, level: chapter.level };
      yield { type: 'place', kind: 'page', label, level: 1 };
      if (text === '') continue;
      yield { type: 'text', content: text };
      before = text.slice(-8);
    }
    if (before === '') throw noText(document.numPages, unreadable);
    yield { type: 'end' };
    const listed = (pages: readonly string[]) => pages.slice(0, 20).join(', ') + (pages.length > 20 ? ', …' : '');
    if (broken.length > 0)
      yield problem('partly-read', input.name, told`Pages were left out as damaged: ${listed(broken)}.`);
    if (unreadable.length > 0)
      yield problem(
        'partly-read',
        input.name,
        told`Text in fonts whose letters the file does not name was left out, on ${unreadable.length} pages: ${listed(unreadable)}. Recognise it (OCR), for example with ocrmypdf --force-ocr.`,
      );
    if (empty.length > 0)
      yield problem('note', input.name, told`${empty.length} of ${document.numPages} pages have no text.`);
  } finally {
    await thread.answer(document.loadingTask.destroy()).catch(() => undefined);
  }
}

function noText(pages: number, unreadable: readonly string[]): HyenaError {
  if (unreadable.length > 0)
    return new HyenaError(
      'bad-input',
      told`The fonts of its text do not name their letters (on ${unreadable.length} of ${pages} pages): the text cannot be read.`,
      { hint: 'Recognise its text first (OCR), for example with ocrmypdf --force-ocr.' },
    );
  return new HyenaError('bad-input', told`None of its ${pages} pages has text: they are pictures, as of a scan.`, {
    hint: 'Recognise its text first (OCR), for example with ocrmypdf.',
  });
}

interface ReadPage {
  readonly number: number;
  readonly lines: readonly Line[];
  readonly object: string | null;
  /** Characters in fonts whose letters are not known. */
  readonly unknown: number;
  readonly failure: string | null;
}

/** The pages in turn, each read with those around it: what recurs on them is no text of its own. */
async function* pagesOf(
  document: PDFDocumentProxy,
  labels: readonly string[] | null,
  thread: PdfThread,
  signal: AbortSignal,
): AsyncGenerator<ReadPage & { text: string; label: string }> {
  const fonts = new FontCheck();
  const words = new KnownWords();
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
      read.push(page);
    }
    const page = read.find((one) => one.number === number)!;
    const neighbours = new Map(
      read.filter((one) => one !== page && one.lines.length > 0).map((one) => [one.number - number, one.lines]),
    );
    const label = labels?.[number - 1] || String(number);
    yield { ...page, label, text: paragraphsOf(withoutRunning(page.lines, label, neighbours), words) };
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
      throw new HyenaError('bad-input', 'The PDF is locked with a password.', {
        hint: 'Save a copy without the password.',
      });
    throw new HyenaError('bad-input', told`The PDF is damaged: ${said(error)}`, { cause: error });
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
