import type { KeptNote } from '../../../../main/contract/documents.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';
import type { MarkedRange } from './spans.ts';

/** Highlights and notes of a document: kept by the host, in the order of the text. */
export class DocumentNotes {
  readonly #app: AppState;
  readonly #document: string;
  #all = $state.raw<readonly KeptNote[]>([]);
  /** The one that is being written. */
  editing = $state<string | null>(null);

  constructor(app: AppState, document: string) {
    this.#app = app;
    this.#document = document;
  }

  get all(): readonly KeptNote[] {
    return this.#all;
  }

  /** Reads what is kept: another window may have added to it. */
  async read(): Promise<void> {
    try {
      this.#all = await this.#app.client.request('documents.notes', { document: this.#document });
    } catch (error) {
      this.#app.notices.fail(reportOf(error));
    }
  }

  /**
   * Keeps a passage, or finds the one that is kept already.
   *
   * @param edit whether a note is to be written to it
   */
  async keep({ start, end }: MarkedRange, text: string, edit = false): Promise<void> {
    const same = this.#all.find((note) => note.start === start && note.end === end);
    const note = same ?? {
      ...{ id: crypto.randomUUID(), start, end, text: text.slice(0, 20_000) },
      ...{ note: '', made: new Date().toISOString() },
    };
    if (!same) await this.#put(note);
    if (edit) this.editing = note.id;
  }

  async write(id: string, note: string): Promise<void> {
    const kept = this.#all.find((one) => one.id === id);
    if (kept && kept.note !== note) await this.#put({ ...kept, note });
  }

  /** Removes one, with a way back. */
  async drop(id: string): Promise<void> {
    const kept = this.#all.find((one) => one.id === id);
    if (!kept) return;
    const left = await this.#app.ask('documents.dropNote', { document: this.#document, note: id });
    if (!left) return;
    this.#all = left;
    const { notices, i18n } = this.#app;
    notices.notify(i18n.t('doc.notes.removed'), 'plain', { label: i18n.t('undo'), run: () => void this.#put(kept) });
  }

  async #put(note: KeptNote): Promise<void> {
    const all = await this.#app.ask('documents.keepNote', { document: this.#document, note });
    if (all) this.#all = all;
  }
}
