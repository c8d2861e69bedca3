import type { ErrorReport } from '../../../../main/contract/errors.ts';
import type { WrittenEvent } from '../../../../main/contract/documents.ts';
import type { WrittenPart, WrittenSummary } from '../../../../main/contract/written-summary.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';
import { Work } from './work.svelte.ts';

/** A part of a summary, with as much of its text as there is. */
export type ShownPart = Omit<WrittenPart, 'reason' | 'tokens'> & Partial<Pick<WrittenPart, 'reason'>>;

/** A summary that a model writes: what there is of it while it comes, and what came of it. */
export class WrittenSummaryWork {
  readonly work: Work<'documents.write'>;
  readonly #app: AppState;
  #coming = $state.raw<readonly ShownPart[]>([]);

  constructor(app: AppState) {
    this.#app = app;
    this.work = new Work(app, 'documents.write');
  }

  get running(): boolean {
    return this.work.running;
  }
  get error(): ErrorReport | null {
    return this.work.error;
  }
  /** The last one that is over. */
  get result(): WrittenSummary | null {
    return this.work.result;
  }
  /** What is shown: that which is being written as soon as anything of it is there, else the last one. */
  get parts(): readonly ShownPart[] {
    return this.running && this.#coming.length > 0 ? this.#coming : (this.result?.parts ?? []);
  }

  async start(document: string, run: string, by: 'whole' | 'section'): Promise<void> {
    const done = this.work.start({ document, run, by });
    const task = this.work.id;
    this.#coming = [];
    if (task === null) return;
    const leave = this.#app.client.join(
      'documents.written',
      () => {
        // A window that lost its connection hears all of it once more.
        this.#coming = [];
        return { task };
      },
      (event) => {
        if (this.work.id === task) this.#hear(event);
      },
      () => undefined,
    );
    await done;
    leave();
  }

  cancel(): void {
    this.work.cancel();
  }

  #hear(event: WrittenEvent): void {
    if (event.type === 'part') {
      const { section, start, end, place } = event;
      this.#coming = [...this.#coming, { section, start, end, place, text: '' }];
      return;
    }
    const last = this.#coming.at(-1);
    if (last) this.#coming = [...this.#coming.slice(0, -1), { ...last, text: last.text + event.text }];
  }
}
