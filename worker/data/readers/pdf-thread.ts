import { MessageChannel, Worker } from 'node:worker_threads';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { PDFWorker } from 'pdfjs-dist';
import { HyenaError } from '../../../main/contract/errors.ts';
import { asTold, told } from '../../../main/contract/told.ts';

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
  readonly answer: <Value>(asked: Promise<Value>) => Promise<Value>;
}

let open: PdfThread | null = null;

/** The thread of this process, which takes one document after another and keeps no process from ending. */
export async function pdfThread(): Promise<PdfThread> {
  const { PDFWorker } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  if (open) return open;
  const { port1, port2 } = new MessageChannel();
  const library = pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs')).href;
  const thread = new Worker(code, { eval: true, workerData: { library, port: port2 }, transferList: [port2] });
  const ended = new Promise<never>((_, reject) => {
    thread.once('error', (error) => reject(endedBy(String(error))));
    thread.once('exit', (status) => reject(endedBy(`its reader ended with ${status}`)));
  });
  ended.catch(() => (open = null));
  const worker = PDFWorker.create({ port: port1 });
  thread.unref();
  port1.unref();
  open = { worker, answer: (asked) => Promise.race([asked, ended]) };
  return open;
}

const endedBy = (reason: string) => new HyenaError('bad-input', told`The PDF is damaged: ${asTold(reason)}`);
