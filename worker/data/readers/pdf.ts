import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { readAll, type Input } from './input.ts';
import { pdfThread, type PdfThread } from './pdf-thread.ts';
import { betweenPages, pageText, type PageItem } from './pdf-layout.ts';
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
    let empty = 0;
    const broken: string[] = [];
    yield { type: 'document', source: input.name, title };
    for (let number = 1; number <= document.numPages; number++) {
      signal.throwIfAborted();
      const label = labels?.[number - 1] || String(number);
      let text = '';
      let object: string | null = null;
      try {
        ({ text, object } = await thread.answer(readPage(document, number, label)));
      } catch (error) {
        broken.push(`${number} (${(error as Error).message})`);
      }
      if (text === '') empty++;
      else if (before !== '') yield { type: 'text', content: betweenPages(before, text) };
      for (const chapter of chapters.filter(({ page }) => page === number - 1 || page === object))
        yield { type: 'place', kind: 'chapter', label: chapter.label, level: chapter.level };
      yield { type: 'place', kind: 'page', label, level: 1 };
      if (text === '') continue;
      yield { type: 'text', content: text };
      before = text.slice(-8);
    }
    if (before === '')
      throw new HyenaError(
        'bad-input',
        told`None of its ${document.numPages} pages has text: they are pictures, as of a scan.`,
        {
          hint: 'Recognise its text first (OCR), for example with ocrmypdf.',
        },
      );
    yield { type: 'end' };
    if (broken.length > 0)
      yield problem(
        'partly-read',
        input.name,
        told`Pages were left out as damaged: ${broken.slice(0, 20).join(', ')}.`,
      );
    else if (empty > 0) yield problem('note', input.name, told`${empty} of ${document.numPages} pages have no text.`);
  } finally {
    await thread.answer(document.loadingTask.destroy()).catch(() => undefined);
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

async function readPage(
  document: PDFDocumentProxy,
  number: number,
  label: string,
): Promise<{ text: string; object: string | null }> {
  const page = await document.getPage(number);
  try {
    const { items } = await page.getTextContent({ includeMarkedContent: false });
    const text = pageText(
      items.filter((item): item is (typeof items)[number] & PageItem => 'str' in item),
      label,
    );
    return { text, object: page.ref === null ? null : nameOf(page.ref) };
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
