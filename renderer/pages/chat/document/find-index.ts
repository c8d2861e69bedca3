import type { AskResult, Citation, DocumentPlace } from '../../../../main/contract/documents.ts';
import { startWorker } from '../../../connection/trusted-worker.ts';
import workerAddress from './find-worker.ts?worker&url';

/** A passage that shares words with a question. */
export interface LexicalPassage extends Citation {
  /** Score of its sentence by words. */
  readonly lexical: number;
  /** The one that most likely answers the question. */
  readonly sentence: AskResult['passages'][number]['sentence'];
  /** Of the best one's. */
  readonly share: number;
}

export type ToIndex =
  | { type: 'text'; text: string }
  | { type: 'places'; places: DocumentPlace[] }
  | { type: 'ask'; question: string; count: number };
export type FromIndex =
  | { type: 'progress'; done: number }
  | { type: 'ready' }
  | { type: 'found'; question: string; passages: LexicalPassage[] };

/** What an index of words is spoken to by: a worker, or whatever a test puts in its place. */
export type IndexPort = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export const startIndex = (): IndexPort => startWorker(workerAddress);
