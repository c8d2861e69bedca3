import type { ErrorReport } from '../../../../main/contract/errors.ts';
import type { RequestInput, RequestName, RequestResult } from '../../../../main/contract/requests.ts';
import type { TaskView } from '../../../../main/contract/views.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';

/** Requests that a model works on for a while, as a task that the window has named. */
type WorkName =
  | 'documents.ask'
  | 'documents.summarise'
  | 'documents.write'
  | 'documents.map'
  | 'sequences.score'
  | 'sequences.variant';

/** One piece of work at a time: how far it is, a way to end it, and what came of it. */
export class Work<Name extends WorkName & RequestName> {
  readonly #app: AppState;
  readonly #name: Name;
  #task = $state<string | null>(null);
  #result = $state.raw<RequestResult<Name> | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #cancelled = $state(false);

  constructor(app: AppState, name: Name) {
    this.#app = app;
    this.#name = name;
  }

  /** Of what is under way. */
  get id(): string | null {
    return this.#task;
  }
  get running(): boolean {
    return this.#task !== null;
  }
  /** Null while it is not told of. */
  get task(): TaskView | null {
    return this.#app.activity.tasks.find(({ id }) => id === this.#task) ?? null;
  }
  get result(): RequestResult<Name> | null {
    return this.#result;
  }
  get error(): ErrorReport | null {
    return this.#error;
  }
  /** Whether the last one was ended by the person. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Ends what is under way, and begins anew; the earlier result is kept until there is another. */
  async start(params: Omit<RequestInput<Name>, 'task'>): Promise<RequestResult<Name> | null> {
    this.cancel();
    const task = crypto.randomUUID();
    this.#task = task;
    this.#error = null;
    this.#cancelled = false;
    try {
      const result = await this.#app.client.request(this.#name, { ...params, task } as RequestInput<Name>);
      if (this.#task !== task) return null;
      this.#result = result;
      return result;
    } catch (thrown) {
      const error = reportOf(thrown);
      if (this.#task === task && !this.#cancelled) this.#error = error;
      return null;
    } finally {
      if (this.#task === task) this.#task = null;
    }
  }

  cancel(): void {
    if (this.#task === null) return;
    this.#cancelled = true;
    void this.#app.ask('tasks.stop', { task: this.#task });
  }

  /** What was found is about something else now. */
  clear(): void {
    this.#result = null;
    this.#error = null;
    this.#cancelled = false;
  }
}
