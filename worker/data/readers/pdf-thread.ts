import { MessageChannel, Worker } from 'node:worker_threads';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { PDFWorker } from 'pdfjs-dist';
import { HyenaError } from '../../../main/contract/errors.ts';
import { toMessage, msg } from '../../../main/contract/message.ts';

/**
 * What the thread runs. The library expects to have one of its own, as in a browser: in damaged files it leaves promises
 * behind that are rejected with nobody to hear them.
 */
const code = `
const { workerData: { library, port } } = require('node:worker_threads');
process.on('unhandledRejection', () => undefined);
import(library).then(({ WorkerMessageHandler }) => WorkerMessageHandler.initializeFromPort(port));
`;

/** The half of pdf.js that reads files, in a thread. */
export interface PdfThread {
  readonly worker: PDFWorker;
  /** What the thread was asked for; rejects where it ends before it answers. */
  readonly answer: <Value>(requested: Promise<Value>) => Promise<Value>;
  /** Ends it, whatever it does; the next document gets another one. */
  readonly end: () => void;
}

let open: PdfThread | null = null;

/** The thread of this process, which takes one document after another and keeps no process from ending. */
export async function pdfThread(): Promise<PdfThread> {
  const { PDFWorker } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  if (open) return open;
  const { port1, port2 } = new MessageChannel();
  const library = pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href;
  const thread = new Worker(code, { eval: true, workerData: { library, port: port2 }, transferList: [port2] });
  // Whoever waits for an answer; a promise that all of them raced with would keep every answer.
  const waiting = new Set<(error: HyenaError) => void>();
  let ended: HyenaError | null = null;
  const forget = () => {
    if (open === own) open = null;
  };
  const emit = (reason: string) => {
    forget();
    const error = (ended ??= new HyenaError('bad-input', msg`The PDF is damaged: ${toMessage(reason)}`));
    for (const reject of waiting) reject(error);
  };
  thread.once('error', (error) => emit(String(error)));
  thread.once('exit', (status) => emit(`the reader exited with ${status}`));
  // Any port will do, though the library's types want that of a browser.
  const parameters: object = { port: port1 };
  const worker = PDFWorker.create(parameters);
  thread.unref();
  port1.unref();
  const own: PdfThread = {
    worker,
    answer: (requested) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.add(reject);
        void requested.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
    end: () => {
      forget();
      void thread.terminate();
    },
  };
  return (open = own);
}
