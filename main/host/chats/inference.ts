import { listCheckpoints } from '../../library/checkpoints/checkpoint-folder.ts';
import { HyenaError } from '../../contract/errors.ts';
import { itemFolder } from '../library.ts';
import type { Models } from '../models.ts';
import type { ServedModelInfo, ServedModel } from '../serving.ts';
import { VersionSignal } from '../window/version-signal.ts';

interface Loaded {
  readonly run: string;
  /** Which checkpoint was there when it was loaded. */
  readonly checkpoint: string;
  readonly model: ServedModel;
}

export interface InferenceOptions {
  readonly library: string;
  readonly models: Models;
  /** Called with what a person should know. */
  readonly report: (message: string) => void;
  /** A model that nobody has used for so long is put away. */
  readonly idleMilliseconds?: number;
}

/**
 * One model, loaded in its own compute process for as long as it is used. Another takes its place when it is
 * requested and nobody uses the one before; where its process dies, the next use starts another.
 */
export class Inference {
  readonly #options: InferenceOptions;
  readonly #changed = new VersionSignal();
  #loaded: Loaded | null = null;
  #users = 0;
  #closed = false;
  #idle: NodeJS.Timeout | undefined;
  /** Models are exchanged one after the other. */
  #exchange: Promise<unknown> = Promise.resolve();

  constructor(options: InferenceOptions) {
    this.#options = options;
  }

  /**
   * Works with a run's model.
   *
   * @param wait whether to wait while another model is used; else that is an error
   * @param onTaken called when it is this model's turn; it may have to be loaded
   * @throws HyenaError `locked`, `interrupted` by the signal, or why the model cannot be loaded
   */
  async use<Result>(
    run: string,
    { signal, wait }: { signal: AbortSignal; wait: boolean },
    work: (model: ServedModel, ready: ServedModelInfo) => Promise<Result>,
    onTaken: () => void = () => undefined,
  ): Promise<Result> {
    const model = await this.#take(run, signal, wait);
    try {
      onTaken();
      return await work(model, await untilAborted(model.ready(), signal));
    } finally {
      this.#users--;
      this.#changed.raise();
      this.#restWhenIdle();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    const loaded = this.#loaded;
    this.#loaded = null;
    await loaded?.model.close();
  }

  /** The model, counted as used. */
  async #take(run: string, signal: AbortSignal, wait: boolean): Promise<ServedModel> {
    for (;;) {
      signal.throwIfAborted();
      const checkpoint = await this.#checkpointOf(run);
      const seen = this.#changed.version;
      const taken = this.#exchange.then(() => this.#exchangeFor(run, checkpoint));
      this.#exchange = taken.catch(() => undefined);
      const model = await taken;
      if (model) return model;
      if (!wait)
        throw new HyenaError('locked', 'Another model is generating.', { hint: 'Wait for its answer, or stop it.' });
      await this.#changed.changed(seen, signal);
    }
  }

  /** Null where another model is used. */
  async #exchangeFor(run: string, checkpoint: string): Promise<ServedModel | null> {
    if (this.#closed) throw new HyenaError('interrupted', 'Hyena Studio is shutting down.');
    const loaded = this.#loaded;
    if (loaded?.run !== run || loaded.checkpoint !== checkpoint) {
      if (this.#users > 0 && loaded?.run !== run) return null;
      // Who uses the run's model of before finishes with it: the newer checkpoint is for the next answer.
      if (this.#users === 0) {
        this.#loaded = null;
        await loaded?.model.close();
        const { models, report } = this.#options;
        this.#loaded = { run, checkpoint, model: models.serve(run, report) };
      }
    }
    this.#users++;
    return this.#loaded!.model;
  }

  /** The checkpoint that would be loaded now, so that what was trained since is noticed. */
  async #checkpointOf(run: string): Promise<string> {
    const folder = itemFolder(this.#options.library, 'runs', run);
    const [best, steps] = await Promise.all([listCheckpoints(folder, 'best'), listCheckpoints(folder)]);
    return best.at(-1)?.path ?? steps.at(-1)?.path ?? '';
  }

  #restWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#users > 0 || this.#closed) return;
    this.#idle = setTimeout(
      () => {
        const loaded = this.#loaded;
        if (this.#users > 0) return;
        this.#loaded = null;
        void loaded?.model.close();
      },
      this.#options.idleMilliseconds ?? 10 * 60_000,
    );
    this.#idle.unref();
  }
}

/** What a promise gives, or an end as soon as nobody waits for it. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const gone = () => reject(new HyenaError('interrupted', 'Stopped on request.'));
    if (signal.aborted) gone();
    signal.addEventListener('abort', gone, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone));
  });
}
