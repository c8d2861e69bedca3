import { join } from 'node:path';
import { HyenaError, messageOf } from '../../main/contract/errors.ts';
import { msg, joinMessages, type Message } from '../../main/contract/message.ts';
import {
  checkpointPath,
  removeIncompleteCheckpoints,
  newestValidCheckpoint,
  pruneBest,
  pruneCheckpoints,
  removeCheckpointsAfter,
  writeCheckpoint,
  listCheckpoints,
  quarantine,
  type CheckpointEntry,
  type CheckpointKind,
} from '../../main/library/checkpoints/checkpoint-folder.ts';
import { describeFallback } from '../../main/library/checkpoints/choose-checkpoint.ts';
import {
  adaptersFile,
  basePath,
  summarise,
  verifyCheckpoint,
  type CheckpointFile,
} from '../../main/library/checkpoints/manifest.ts';
import { readJson, type Content, type FileSummary } from '../../main/library/files/atomic.ts';
import { type Disk, nodeDisk } from '../../main/library/files/disk.ts';
import type { Learner, LearnerFile } from './learner.ts';
import type { MetricsFile } from '../../main/library/runs/metrics-file.ts';
import { trainingStateSchema, type TrainingState } from '../../main/library/runs/training-state.ts';

/** Files of a checkpoint that are the same in all checkpoints of a run. */
type ConstantFile = Exclude<CheckpointFile, LearnerFile | 'state.json'>;

export interface CheckpointerOptions {
  /** Of the run. */
  readonly folder: string;
  readonly constants: Record<ConstantFile, Content>;
  readonly interval: number;
  readonly keep: number;
  readonly disk?: Disk;
}

/** Which checkpoint is written: one to continue from, the best so far, or one that is both. */
export interface SaveAs {
  readonly step: boolean;
  readonly best: boolean;
}

/** Saves a run and takes it back. */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #disk: Disk;
  readonly #learner: Learner;
  /** Of a run that trains adapters: the weights that they belong to. */
  #base: FileSummary | null = null;

  constructor(options: CheckpointerOptions, learner: Learner) {
    this.#options = options;
    this.#disk = options.disk ?? nodeDisk;
    this.#learner = learner;
  }

  /** The newest checkpoint, told to people. */
  async describe(): Promise<{ step: number; path: string } | null> {
    return (await listCheckpoints(this.#options.folder)).at(-1) ?? null;
  }

  /**
   * Writes a checkpoint, then removes those that are too many. The metrics are flushed first, with the line that tells
   * of the checkpoint, so that the two agree whenever the power goes.
   *
   * @returns the state as saved and the folder
   * @throws the system's error (`ENOSPC`, …) with the earlier checkpoints untouched
   */
  async save(state: TrainingState, as: SaveAs, metrics: MetricsFile): Promise<{ state: TrainingState; path: string }> {
    const { folder, keep, interval } = this.#options;
    const path = checkpointPath(folder, state.step, as.step ? 'step' : 'best');
    const before = metrics.bytes;
    try {
      await metrics.append({ type: 'checkpoint', step: state.step, path, best: as.best });
      await metrics.sync();
      const saved = { ...state, metricsBytes: metrics.bytes };
      for (const kind of ['step', 'best'] as const) if (as[kind]) await this.#write(saved, kind);
      if (as.step) await pruneCheckpoints(folder, keep, interval, this.#disk);
      if (as.best) await pruneBest(folder, state.step, this.#disk);
      return { state: saved, path };
    } catch (error) {
      // Where this fails too, the line stays until the run is resumed, which cuts the metrics back to its checkpoint.
      await metrics.truncate(before).catch(() => undefined);
      throw error;
    }
  }

  async #write(state: TrainingState, kind: CheckpointKind): Promise<void> {
    const { folder, constants } = this.#options;
    const learned = this.#learner.contents();
    if (adaptersFile in learned) this.#base ??= await summarise(basePath(folder));
    const contents = { ...constants, ...learned, 'state.json': `${JSON.stringify(state, null, 2)}\n` };
    await writeCheckpoint(folder, state.step, kind, contents, this.#base, this.#disk);
  }

  /**
   * Takes the run back to its newest sound checkpoint. Newer ones that are damaged are put aside.
   *
   * @param notify receives what a person should know of them
   * @returns null if there is none to take
   */
  async resume(notify: (notice: Message) => void): Promise<{ state: TrainingState; path: string } | null> {
    const { folder } = this.#options;
    await removeIncompleteCheckpoints(folder, this.#disk);
    const damaged: { error: HyenaError; entry: CheckpointEntry }[] = [];
    const entry = await newestValidCheckpoint(folder, (error, one) => void damaged.push({ error, entry: one }));
    if (entry === null) return null;
    const state = await this.#take(entry.path);
    if (damaged.length > 0) {
      notify(
        describeFallback(
          damaged.map(({ error }) => messageOf(error)),
          entry,
        ),
      );
      for (const { entry: one } of damaged) notify(await this.#setAside(one));
    }
    await removeCheckpointsAfter(folder, state.step, this.#disk);
    return { state, path: entry.path };
  }

  async #setAside(entry: CheckpointEntry): Promise<Message> {
    return msg`The damaged checkpoint was kept as ${await quarantine(entry, this.#disk)}; delete it when you no longer need it.`;
  }

  /**
   * Takes the run back to the last regular checkpoint before a step, or to that of the step itself if there is none
   * before; newer ones are removed, damaged ones put aside. Which one it is does not depend on where the run was
   * stopped and resumed.
   *
   * @param notify receives what a person should know of damaged ones
   * @returns null if there is none
   */
  async rollBack(step: number, notify: (notice: Message) => void = () => undefined): Promise<TrainingState | null> {
    const { folder, interval } = this.#options;
    const regular = (await listCheckpoints(folder)).filter((entry) => entry.step % interval === 0).reverse();
    for (const entry of [...regular.filter((one) => one.step < step), ...regular.filter((one) => one.step === step)]) {
      const damage = await damageOf(entry.path);
      if (damage !== null) {
        notify(joinMessages([messageOf(damage), await this.#setAside(entry)]));
        continue;
      }
      const state = await this.#take(entry.path);
      await removeCheckpointsAfter(folder, entry.step, this.#disk);
      return state;
    }
    return null;
  }

  async #take(path: string): Promise<TrainingState> {
    const state = await readJson(join(path, 'state.json'), trainingStateSchema, msg`The state of the run`);
    await this.#learner.restore(path);
    return state;
  }
}

const damageOf = (path: string): Promise<HyenaError | null> =>
  verifyCheckpoint(path).then(
    () => null,
    (error: unknown) => HyenaError.from(error),
  );
