import type { DocumentOutline } from '../../../../main/contract/documents.ts';
import { longestRange } from '../../../../main/contract/documents.ts';
import type { ErrorReport } from '../../../../main/contract/errors.ts';
import { toMessage } from '../../../../main/contract/message.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';
import { startIndex, type FromIndex, type IndexPort, type LexicalPassage, type ToIndex } from './find-index.ts';

/** The words of longer documents would not fit the memory of a page. */
export const mostIndexed = 24_000_000;
const shownPassages = 20;

/** Passages that share words with a question, as it is typed: by an index of the page's own. */
export class LexicalFind {
  readonly #app: AppState;
  readonly #start: () => IndexPort;
  #port: IndexPort | null = null;
  #progress = $state(0);
  #state = $state<'none' | 'indexing' | 'ready' | 'too-long' | 'failed'>('none');
  #error = $state.raw<ErrorReport | null>(null);
  #passages = $state.raw<readonly LexicalPassage[] | null>(null);
  #question = '';

  /** @param start begins an index; tests give their own */
  constructor(app: AppState, start: () => IndexPort = startIndex) {
    this.#app = app;
    this.#start = start;
  }

  get state(): 'none' | 'indexing' | 'ready' | 'too-long' | 'failed' {
    return this.#state;
  }
  /** Share of the document that is indexed. */
  get progress(): number {
    return this.#progress;
  }
  get error(): ErrorReport | null {
    return this.#error;
  }
  /** Null where nothing is asked. */
  get passages(): readonly LexicalPassage[] | null {
    return this.#passages;
  }

  /** Reads the whole document, once; half of the progress is reading, half is indexing. */
  async prepare({ record, places }: DocumentOutline): Promise<void> {
    if (this.#state !== 'none' && this.#state !== 'failed') return;
    if (record.characters > mostIndexed) {
      this.#state = 'too-long';
      return;
    }
    this.#state = 'indexing';
    this.#error = null;
    const port = this.#start();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromIndex>) => this.#receive(data);
    port.onerror = ({ message }) => this.#fail({ code: 'internal', message: toMessage(message) });
    const send = (message: ToIndex) => port.postMessage(message);
    try {
      for (let start = 0; start < record.characters && this.#port === port; start += longestRange) {
        const end = Math.min(record.characters, start + longestRange);
        const { text } = await this.#app.client.request('documents.text', { document: record.id, start, end });
        send({ type: 'text', text });
        this.#progress = end / record.characters / 2;
      }
      send({ type: 'places', places });
    } catch (error) {
      this.#fail(reportOf(error));
    }
  }

  ask(question: string): void {
    this.#question = question.trim();
    if (this.#question === '') this.#passages = null;
    else if (this.#state === 'ready') this.#send();
  }

  close(): void {
    this.#port?.terminate();
    this.#port = null;
    this.#state = 'none';
    this.#progress = 0;
  }

  #send(): void {
    const message: ToIndex = { type: 'ask', question: this.#question, count: shownPassages };
    this.#port?.postMessage(message);
  }

  #receive(message: FromIndex): void {
    if (message.type === 'progress') this.#progress = 0.5 + message.done / 2;
    else if (message.type === 'ready') {
      this.#state = 'ready';
      if (this.#question !== '') this.#send();
    } else if (message.question === this.#question) this.#passages = message.passages;
  }

  #fail(error: ErrorReport): void {
    this.close();
    this.#state = 'failed';
    this.#error = error;
  }
}
