import type { DocumentEvent, WrittenEvent } from '../../contract/documents.ts';
import type { EventStream } from '../event-stream.ts';
import { Signal } from './signal.ts';

/** A summary that is over stays this long, for a window that joins late. */
const keptMilliseconds = 60_000;

/** Summaries as they are written, by the tasks that write them; who joins late gets what there is first. */
export class WrittenStreams {
  readonly #events = new Map<string, EventStream<DocumentEvent>>();
  readonly #changed = new Signal();

  /** What a task tells from now on can be followed. */
  tell(task: string, events: EventStream<DocumentEvent>): void {
    this.#events.set(task, events);
    this.#changed.raise();
    void this.#forget(task, events);
  }

  /** The parts and their text; a window may ask before the task has begun. */
  async *follow(task: string, signal: AbortSignal): AsyncGenerator<WrittenEvent> {
    while (!this.#events.has(task)) {
      await this.#changed.changed(this.#changed.version, signal);
      if (signal.aborted) return;
    }
    for await (const event of this.#events.get(task)!.join()) {
      if (signal.aborted) return;
      if (event.type === 'part' || event.type === 'text') yield event;
    }
  }

  async #forget(task: string, events: EventStream<DocumentEvent>): Promise<void> {
    for await (const event of events.join(events.history.length)) void event;
    setTimeout(() => this.#events.delete(task), keptMilliseconds).unref();
  }
}
