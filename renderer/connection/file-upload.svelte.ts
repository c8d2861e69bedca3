import type { Grant } from '../../main/contract/grants.ts';
import type { AppState } from '../state/app-state.svelte.ts';
import { reportOf } from './client.ts';
import { droppedFiles, uploadFiles, type DroppedFile } from './files.ts';

/** Files on their way to the host: a desktop hands over where they lie, a browser sends them. */
export class FileUpload {
  readonly #app: AppState;
  #sent = $state(0);
  #total = $state(0);
  #leaving = $state.raw<AbortController | null>(null);

  constructor(app: AppState) {
    this.#app = app;
  }

  get busy(): boolean {
    return this.#leaving !== null;
  }
  get sent(): number {
    return this.#sent;
  }
  get total(): number {
    return this.#total;
  }

  cancel(): void {
    this.#leaving?.abort();
  }

  /** The files of a drop; none where it brings none, is cancelled or fails, which is told. */
  async drop(data: DataTransfer): Promise<Grant[]> {
    if (window.hyena) return await window.hyena.grantDropped([...data.files]);
    return await this.send(await droppedFiles(data));
  }

  async send(files: readonly DroppedFile[]): Promise<Grant[]> {
    if (files.length === 0) return [];
    const leaving = new AbortController();
    this.#leaving = leaving;
    this.#sent = 0;
    this.#total = files.reduce((sum, { file }) => sum + file.size, 0);
    try {
      return await uploadFiles(files, leaving.signal, (bytes) => (this.#sent = bytes));
    } catch (error) {
      if (!leaving.signal.aborted) this.#app.notices.fail(reportOf(error));
      return [];
    } finally {
      this.#leaving = null;
    }
  }
}
