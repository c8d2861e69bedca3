import { presets } from '../../main/contract/presets.ts';
import type { TaskView } from '../../main/contract/views.ts';
import { presetConfiguration } from '../pages/model/form-values.ts';
import type { Studio } from './studio.svelte.ts';

export const sampleName = 'moby-dick';

/** The way from nothing to a chart that falls: read the book, then train a small model on it. */
export class FirstRun {
  readonly #studio: Studio;
  #task = $state<string | null>(null);
  #busy = $state(false);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Reading the book, while that lasts. */
  get task(): TaskView | null {
    return this.#studio.activity.tasks.find(({ id }) => id === this.#task) ?? null;
  }

  async start(): Promise<void> {
    this.#busy = true;
    try {
      if (await this.#data()) await this.#train();
    } finally {
      this.#busy = false;
      this.#task = null;
    }
  }

  async #data(): Promise<boolean> {
    const studio = this.#studio;
    if (studio.datasets?.some(({ name }) => name === sampleName)) return true;
    const book = await studio.ask('files.sample', {});
    if (!book) return false;
    const started = await studio.ask('datasets.add', {
      name: sampleName,
      grants: [book.grant],
      tokenizer: presets.tiny.tokenizer,
      validation: 0.05,
      field: null,
    });
    if (!started) return false;
    this.#task = started.task;
    return await ended(studio, started.task);
  }

  async #train(): Promise<void> {
    const studio = this.#studio;
    const configuration = presetConfiguration('tiny', sampleName);
    const run = await studio.ask('runs.create', {
      // Text soon, also on a slow machine.
      configuration: { ...configuration, training: { ...configuration.training, sample_interval: 50 } },
      name: null,
      annotations: { tags: [], notes: '' },
      start: true,
    });
    if (!run) return;
    await studio.prefer({ welcomed: true });
    studio.router.go('training', run.name);
  }
}

/** Waits for the end of a task; tells why where it failed. */
export function ended(studio: Studio, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        const task = studio.activity.tasks.find((one) => one.id === id);
        if (!task || task.status === 'running' || task.status === 'stopping') return;
        queueMicrotask(() => stop());
        if (task.error && task.status === 'failed') studio.notices.fail(task.error);
        resolve(task.status === 'done');
      });
    });
  });
}
