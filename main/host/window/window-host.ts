import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import type { RequestHandlers } from '../../contract/requests.ts';
import type { StreamHandlers } from '../../contract/streams.ts';
import { removeOldDownloads } from '../../library/downloads.ts';
import { itemFolder } from '../library.ts';
import { moveToSystemTrash } from '../system-trash.ts';
import { followActivity } from './activity.ts';
import { appRequests } from './app-requests.ts';
import { ChangeFeed } from './change-feed.ts';
import { chatRequests } from './chat-requests.ts';
import { datasetRequests } from './dataset-requests.ts';
import { deviceRequests } from './device-requests.ts';
import { DeviceViews } from './device-views.ts';
import type { WindowHost } from './dispatcher.ts';
import { documentRequests, followWriting } from './document-requests.ts';
import { Grants } from './grants.ts';
import { labRequests } from './lab-requests.ts';
import { ExperimentQueue } from './experiment-queue.ts';
import { experimentRequests } from './experiment-requests.ts';
import { followMetrics } from './metrics-tail.ts';
import { libraryRequests } from './library-requests.ts';
import { modelLibraryRequests } from './model-library-requests.ts';
import { modelRequests } from './model-requests.ts';
import { PreferencesFile } from './preferences.ts';
import { runRequests } from './run-requests.ts';
import { RunViews } from './run-views.ts';
import { VersionSignal } from './version-signal.ts';
import { ScoredSequences, sequenceRequests } from './sequence-requests.ts';
import { followSystemUse } from './system-use.ts';
import { taskRequests } from './task-requests.ts';
import { Tasks } from './tasks.ts';
import { Training } from './training.ts';
import { Trash } from './trash.ts';
import type { WindowHostOptions, WindowParts } from './window-parts.ts';

/** Answers a window's requests with what the host does. */
export class LibraryWindows implements WindowHost {
  readonly grants = new Grants();
  readonly training: Training;
  readonly requests: RequestHandlers;
  readonly streams: StreamHandlers;
  readonly #options: WindowHostOptions;
  readonly #changes = new ChangeFeed();
  readonly #activity = new VersionSignal();
  readonly #tasks = new Tasks(this.#activity);
  readonly #sequences = new ScoredSequences();
  readonly #trash: Trash;
  readonly #runs: RunViews;
  readonly #experiments: ExperimentQueue;

  private constructor(options: WindowHostOptions) {
    this.#options = options;
    const { host, report } = options;
    const { library, runs, devices, chats } = host;
    const experimentQueue = new ExperimentQueue(host.experiments, report);
    this.#experiments = experimentQueue;
    this.training = new Training(runs, library, {
      progress: () => this.#activity.raise(),
      changed: () => this.#touchRuns(),
      ended: (run, error) => void this.#ended(run, error),
      untilOf: (run) => experimentQueue.untilOf(run),
      report,
    });
    this.#trash = new Trash(library, options.dispose ?? moveToSystemTrash, report);
    this.#runs = new RunViews(library, runs, this.training);
    chats.changed = () => this.#changes.touch('chats');
    const parts: WindowParts = {
      options,
      host,
      grants: this.grants,
      tasks: this.#tasks,
      trash: this.#trash,
      changes: this.#changes,
      training: this.training,
      preferences: new PreferencesFile(library),
      devices: new DeviceViews(devices, library),
      runs: this.#runs,
      experiments: experimentQueue,
      touchRuns: () => this.#touchRuns(),
    };
    this.requests = {
      ...appRequests(parts),
      ...libraryRequests(parts),
      ...datasetRequests(parts),
      ...runRequests(parts),
      ...modelRequests(parts),
      ...modelLibraryRequests(parts),
      ...labRequests(parts),
      ...experimentRequests(parts),
      ...deviceRequests(parts),
      ...documentRequests(parts),
      ...chatRequests(parts),
      ...sequenceRequests(parts, this.#sequences),
      ...taskRequests(parts),
    };
    this.streams = {
      activity: (_params, signal) => followActivity(this.training, this.#tasks, this.#activity, signal),
      changes: (_params, signal) => this.#changes.follow(signal),
      'chats.follow': ({ chat }, signal) => chats.follow(chat, signal),
      'devices.use': (_params, signal) => followSystemUse(library, signal),
      'documents.written': ({ task }, signal) => followWriting(this.#tasks, task, signal),
      'runs.metrics': ({ run, cursor }, signal) =>
        followMetrics(path.join(itemFolder(library, 'runs', run), 'metrics.jsonl'), cursor, signal),
    };
  }

  static async open(options: WindowHostOptions): Promise<LibraryWindows> {
    const windows = new LibraryWindows(options);
    await windows.training.open();
    removeOldDownloads(options.host.library).catch((error: unknown) => options.report(HyenaError.from(error)));
    for (const { kind, name } of await windows.#trash.open())
      if (kind === 'run') await windows.#runs.nameAsFolder(name);
    return windows;
  }

  /** Ends everything in order: a run with a checkpoint, other work with nothing half made. */
  async close(): Promise<void> {
    this.#tasks.stopAll();
    await Promise.all([this.training.close(), this.#options.host.chats.close()]);
    await Promise.all([this.#trash.close(), this.#sequences.close()]);
  }

  /** Called when something else may have changed the library. */
  refresh(): void {
    this.#changes.touch('datasets');
    this.#changes.touch('chats');
    this.#changes.touch('documents');
    this.#touchRuns();
  }

  #touchRuns(): void {
    this.#changes.touch('runs');
    this.#activity.raise();
  }

  async #ended(run: string, error: HyenaError | null): Promise<void> {
    if (error?.code === 'internal') this.#options.report(error);
    try {
      this.#options.ended?.(await this.#runs.get(run), error);
      await this.#experiments.ended(run, error, this.training);
    } catch (thrown) {
      this.#options.report(HyenaError.from(thrown));
    }
  }
}
