import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&url';
import { longestPdfRange } from '../../../../main/contract/documents.ts';
import { startWorker } from '../../../connection/trusted-worker.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';

/** The pages of a stored PDF as images; its bytes come from the host where they are needed. */
export class PdfPages {
  readonly #document: PDFDocumentProxy;
  readonly #worker: Worker;
  #task: RenderTask | null = null;

  private constructor(document: PDFDocumentProxy, worker: Worker) {
    this.#document = document;
    this.#worker = worker;
  }

  /**
   * @param length of the file, bytes
   * @throws what the host or pdf.js says
   */
  static async open(app: AppState, document: string, length: number): Promise<PdfPages> {
    const { getDocument, PDFDataRangeTransport, PDFWorker } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const worker = startWorker(workerAddress);
    try {
      const transport = new PDFDataRangeTransport(length, null);
      let fail: (error: unknown) => void = () => undefined;
      const failed = new Promise<never>((_, reject) => (fail = reject));
      transport.requestDataRange = (begin, end) => {
        void (async () => {
          for (let start = begin; start < end; start += longestPdfRange) {
            const range = { document, start, end: Math.min(end, start + longestPdfRange) };
            const { data } = await app.client.request('documents.pdf', range);
            transport.onDataRange(
              start,
              Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0)),
            );
          }
        })().catch(fail);
      };
      const opening = getDocument({
        ...{ range: transport, worker: PDFWorker.create({ port: worker }), rangeChunkSize: 1 << 18 },
        ...{ disableAutoFetch: true, disableStream: true, useWasm: false, useSystemFonts: true, enableXfa: false },
        isEvalSupported: false,
      });
      return new PdfPages(await Promise.race([opening.promise, failed]), worker);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  get count(): number {
    return this.#document.numPages;
  }

  /**
   * Draws a page; one that is being drawn is given up.
   *
   * @param number from 1
   * @param width CSS pixels
   * @returns whether it was drawn to its end
   */
  async draw(canvas: HTMLCanvasElement, number: number, width: number): Promise<boolean> {
    this.#task?.cancel();
    const page = await this.#document.getPage(number);
    const scale = width / page.getViewport({ scale: 1 }).width;
    const viewport = page.getViewport({ scale: scale * Math.min(3, window.devicePixelRatio || 1) });
    // Drawn beside the one that is seen, so that nothing flickers.
    const sheet = document.createElement('canvas');
    sheet.width = Math.floor(viewport.width);
    sheet.height = Math.floor(viewport.height);
    const task = page.render({ canvas: sheet, viewport });
    this.#task = task;
    try {
      await task.promise;
    } catch (error) {
      if ((error as Error).name === 'RenderingCancelledException') return false;
      throw error;
    }
    canvas.width = sheet.width;
    canvas.height = sheet.height;
    canvas.getContext('2d')?.drawImage(sheet, 0, 0);
    return true;
  }

  async close(): Promise<void> {
    this.#task?.cancel();
    await this.#document.loadingTask.destroy();
    this.#worker.terminate();
  }
}
