import { defaultPreset, presets } from '../../../main/contract/presets.ts';
import type { TaskView } from '../../../main/contract/views.ts';
import { trainFirst } from '../../frame/first-training.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

const sampleName = 'moby-dick';

/** The way from nothing to a chart that falls: read the book, then train a small model on it. */
export class FirstRun {
  readonly #app: AppState;
  #task = $state<string | null>(null);
  #busy = $state(false);

  constructor(app: AppState) {
    this.#app = app;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Reading the book, while that lasts. */
  get task(): TaskView | null {
    return this.#app.activity.tasks.find(({ id }) => id === this.#task) ?? null;
  }

  async start(): Promise<void> {
    this.#busy = true;
    try {
      if (await this.#data()) await trainFirst(this.#app, sampleName);
    } finally {
      this.#busy = false;
      this.#task = null;
    }
  }

  async #data(): Promise<boolean> {
    const app = this.#app;
    if (app.datasets?.some(({ name }) => name === sampleName)) return true;
    const book = await app.ask('files.sample', {});
    if (!book) return false;
    const started = await app.ask('datasets.add', {
      name: sampleName,
      grants: [book.grant],
      tokenizer: presets[defaultPreset].tokenizer,
      validation: 0.05,
      field: null,
    });
    if (!started) return false;
    this.#task = started.task;
    return await ended(app, started.task);
  }
}

/** Waits for the end of a task; tells why where it failed. */
function ended(app: AppState, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        const task = app.activity.tasks.find((one) => one.id === id);
        if (!task || task.status === 'running' || task.status === 'stopping') return;
        queueMicrotask(() => stop());
        if (task.error && task.status === 'failed') app.notices.fail(task.error);
        resolve(task.status === 'done');
      });
    });
  });
}
