import { stat } from 'node:fs/promises';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { previewDataset } from '../../../worker/data/datasets/preview.ts';
import { readRunRecord, updateRunRecord } from '../../../worker/training/run-folder.ts';
import { deviceSetupSchema } from '../../contract/device-setup.ts';
import { HyenaError } from '../../contract/errors.ts';
import { told } from '../../contract/told.ts';
import { checkConfiguration } from '../../contract/settings.ts';
import type { RequestHandlers } from '../../contract/requests.ts';
import type { StreamHandlers } from '../../contract/streams.ts';
import { inspectionSchema, type Information, type RunView } from '../../contract/views.ts';
import type { Host } from '../host.ts';
import type { StartJob } from '../../workers/start-job.ts';
import { startTask } from '../job-task.ts';
import { chooseLibrary, isFixed, libraryFolder, systemLibrary } from '../library-place.ts';
import { importModel } from '../import-model.ts';
import { itemFolder } from '../library.ts';
import { moveToSystemTrash } from '../system-trash.ts';
import { chatRequests } from './chat-requests.ts';
import { followActivity } from './activity.ts';
import { Changes } from './changes.ts';
import { DeviceViews } from './device-views.ts';
import type { WindowHost } from './dispatcher.ts';
import { documentRequests } from './document-requests.ts';
import { estimateView } from './estimate.ts';
import { filterView } from './filters.ts';
import { Grants } from './grants.ts';
import { followMetrics } from './metrics-tail.ts';
import { PreferencesFile } from './preferences.ts';
import { RunViews } from './run-views.ts';
import { Signal } from './signal.ts';
import { Tasks, withDatasetEvent, withDeviceProgress, withSetupEvent } from './tasks.ts';
import { Training } from './training.ts';
import { Trash } from './trash.ts';
import { WrittenStreams } from './written-streams.ts';

export interface WindowHostOptions {
  host: Host;
  startJob: StartJob;
  version: string;
  shell: Information['shell'];
  /** Folder with the sample book. */
  resources: string;
  /** Asks a person for files with a dialog; absent where there is none. */
  chooseFiles?: (what: 'files' | 'folder') => Promise<string[]>;
  /** Shows a folder in the system's file manager; absent where there is none. */
  openFolder?: (folder: string) => Promise<void>;
  /** Moves something to the system's trash. */
  dispose?: (path: string) => Promise<void>;
  /** Told when a run has ended. */
  ended?: (run: RunView, error: HyenaError | null) => void;
  report: (error: HyenaError) => void;
}

/** Answers a window's requests with what the host does. */
export class LibraryWindows implements WindowHost {
  readonly grants = new Grants();
  readonly training: Training;
  readonly #options: WindowHostOptions;
  readonly #host: Host;
  readonly #changes = new Changes();
  readonly #activity = new Signal();
  readonly #tasks = new Tasks(() => this.#activity.raise());
  readonly #preferences: PreferencesFile;
  readonly #written = new WrittenStreams();
  readonly #trash: Trash;
  readonly #devices: DeviceViews;
  readonly #runs: RunViews;

  private constructor(options: WindowHostOptions) {
    this.#options = options;
    this.#host = options.host;
    const { library, runs, devices } = options.host;
    this.training = new Training(runs, library, {
      progress: () => this.#activity.raise(),
      changed: () => this.#touchRuns(),
      ended: (run, error) => void this.#ended(run, error),
    });
    this.#preferences = new PreferencesFile(library);
    this.#trash = new Trash(library, options.dispose ?? moveToSystemTrash, options.report);
    this.#devices = new DeviceViews(devices, library);
    this.#runs = new RunViews(library, runs, this.training);
    options.host.chats.changed = () => this.#changes.touch('chats');
    this.requests = {
      ...this.#libraryRequests,
      ...documentRequests({
        documents: options.host.documents,
        ...{ tasks: this.#tasks, grants: this.grants, trash: this.#trash, changes: this.#changes },
        ...{ written: this.#written, library },
      }),
      ...chatRequests({ host: options.host, trash: this.#trash }),
    };
  }

  static async open(options: WindowHostOptions): Promise<LibraryWindows> {
    const windows = new LibraryWindows(options);
    await windows.training.open();
    for (const { kind, name } of await windows.#trash.open()) if (kind === 'run') await windows.#fixName(name);
    return windows;
  }

  /** Ends everything in order: a run with a checkpoint, other work with nothing half made. */
  async close(): Promise<void> {
    this.#tasks.stopAll();
    await Promise.all([this.training.close(), this.#host.chats.close()]);
    await this.#trash.close();
  }

  /** Called when something else may have changed the library. */
  refresh(): void {
    this.#changes.touch('datasets');
    this.#changes.touch('chats');
    this.#changes.touch('documents');
    this.#touchRuns();
  }

  readonly streams: StreamHandlers = {
    activity: (_params, signal) => followActivity(this.training, this.#tasks, this.#activity, signal),
    changes: (_params, signal) => this.#changes.follow(signal),
    'chats.follow': ({ chat }, signal) => this.#host.chats.follow(chat, signal),
    'documents.written': ({ task }, signal) => this.#written.follow(task, signal),
    'runs.metrics': ({ run, cursor }, signal) =>
      followMetrics(path.join(itemFolder(this.#host.library, 'runs', run), 'metrics.jsonl'), cursor, signal),
  };

  readonly requests: RequestHandlers;

  readonly #libraryRequests: Omit<
    RequestHandlers,
    keyof ReturnType<typeof documentRequests> | keyof ReturnType<typeof chatRequests>
  > = {
    'app.information': () => this.#information(),
    'app.library': async ({ folder }) => {
      await chooseLibrary(folder);
      return await this.#information();
    },
    'preferences.get': () => this.#preferences.get(),
    'preferences.set': async (changes) => {
      const preferences = await this.#preferences.set(changes);
      this.#changes.touch('preferences');
      return preferences;
    },
    'files.choose': async ({ what }) => {
      const paths = (await this.#options.chooseFiles?.(what)) ?? [];
      return await Promise.all(paths.map((one) => this.grants.add(one)));
    },
    'files.sample': () => this.grants.add(this.#sampleBook),
    'files.inspect': async ({ grants, tokenizers: choices, field }) => {
      const { paths, names } = this.grants.named(grants);
      const tokenizers = await Promise.all(choices.map((choice) => this.#tokenizer(choice)));
      const task = startTask(
        this.#options.startJob,
        { kind: 'inspect', paths, names, tokenizers, field },
        { event: z.unknown(), result: inspectionSchema },
      );
      const found = await this.#tasks.follow('inspect', names[0], task, (view) => view).result;
      // The tokenizers by the names under which they were asked for.
      const named = (tokenizer: string) => choices[tokenizers.indexOf(tokenizer)] ?? tokenizer;
      return { ...found, tokenizers: found.tokenizers.map((one) => ({ ...one, tokenizer: named(one.tokenizer) })) };
    },
    'datasets.list': async () => (await this.#host.datasets.list()).datasets,
    'datasets.show': ({ name }) => this.#host.datasets.get(name),
    'datasets.preview': async ({ name, documents, characters }) => {
      await this.#host.datasets.get(name);
      return await previewDataset(this.#host.library, name, { documents, characters });
    },
    'datasets.add': async ({ name, grants, tokenizer: choice, validation, field }) => {
      const tokenizer = await this.#tokenizer(choice);
      const task = this.#host.datasets.add({ name, ...this.grants.named(grants), tokenizer, validation, field });
      const { id, result } = this.#tasks.follow('add-dataset', name, task, withDatasetEvent);
      result.then(
        () => this.#changes.touch('datasets'),
        () => undefined,
      );
      return { task: id };
    },
    'datasets.remove': async ({ name }) => {
      await this.#requireUnused(name);
      const removal = await this.#trash.put('dataset', name);
      this.#changes.touch('datasets');
      return removal;
    },
    'tasks.stop': ({ task }) => Promise.resolve(this.#tasks.stop(task)).then(() => ({})),
    'tasks.dismiss': ({ task }) => Promise.resolve(this.#tasks.dismiss(task)).then(() => ({})),
    'runs.list': () => this.#runs.list(),
    'runs.show': ({ run }) => this.#runs.get(run),
    'runs.checkpoints': ({ run }) => this.#runs.checkpoints(run),
    'runs.create': async ({ configuration, name, annotations, start }) => {
      checkConfiguration(configuration);
      await this.#host.datasets.get(configuration.dataset);
      const run = await this.#host.runs.create(configuration, name ?? undefined);
      if (annotations.tags.length > 0 || annotations.notes !== '') await this.#runs.annotate(run.name, annotations);
      return await this.#changed(run.name, () => (start ? this.training.start(run.name) : undefined));
    },
    'runs.import': async ({ grant }) => {
      const name = await importModel(this.#host.library, this.grants.resolve([grant])[0]);
      return await this.#changed(name);
    },
    'runs.start': ({ run }) => this.#changed(run, () => this.training.start(run)),
    'runs.lighten': ({ run }) => this.#changed(run, () => this.training.lighten(run)),
    'runs.pause': ({ run }) => this.#changed(run, () => this.training.pause(run)),
    'runs.stop': ({ run, when }) => this.#changed(run, () => this.training.stop(run, when)),
    'runs.rename': ({ run, to }) => this.#changed(to, () => (run === to ? undefined : this.#runs.rename(run, to))),
    'runs.annotate': ({ run, annotations }) => this.#changed(run, () => this.#runs.annotate(run, annotations)),
    'runs.colours': async ({ runs }) => Object.fromEntries(await this.#runs.colours(runs)),
    'runs.remove': async ({ run }) => {
      const removal = await this.#runs.whileFree(run, told`${run} is being trained, so it cannot be deleted.`, () =>
        this.#trash.put('run', run),
      );
      this.training.renamed(run, null);
      this.#touchRuns();
      return removal;
    },
    'runs.open': async ({ run }) => {
      const { path: folder } = await this.#host.runs.get(run);
      await this.#options.openFolder?.(folder);
      return { opened: this.#options.openFolder !== undefined, path: folder };
    },
    'queue.order': ({ runs }) => Promise.resolve(this.training.order(runs)).then(() => ({})),
    'trash.restore': async ({ token }) => {
      const { kind, name, title } = await this.#trash.restore(token);
      if (kind === 'run') await this.#fixName(name);
      this.#changes.touch(`${kind}s`);
      return { name: title };
    },
    'model.estimate': async ({ configuration }) => {
      const dataset = await this.#host.datasets.get(configuration.dataset).catch(() => null);
      const { memory_limit_mib } = await this.#preferences.get();
      const device = configuration.device === 'auto' ? this.#devices.automatic : configuration.device;
      const { runs } = await this.#host.runs.list();
      return estimateView(configuration, { dataset, runs, memoryLimitMiB: memory_limit_mib, device });
    },
    'model.filters': (params) => filterView(params, this.#host.runs),
    'devices.list': ({ again }) => this.#devices.list(again),
    'devices.plan': async ({ device }) => {
      const setup = deviceSetupSchema.parse({ device, action: 'plan' });
      return await this.#host.devices.setUp(setup).result;
    },
    'devices.setup': ({ device }) => {
      if (
        this.#tasks.views.some(
          ({ kind, subject, status }) => kind === 'setup-device' && subject === device && status === 'running',
        )
      )
        throw new HyenaError('locked', told`'${device}' is being set up already.`);
      const task = this.#host.devices.setUp(deviceSetupSchema.parse({ device }));
      const { id, result } = this.#tasks.follow('setup-device', device, task, withSetupEvent);
      result.then(
        () => this.#devicesChanged(),
        () => undefined,
      );
      return Promise.resolve({ task: id });
    },
    'devices.unset': async ({ device }) => {
      if (this.training.active)
        throw new HyenaError('locked', 'A run is training and may compute on it.', { hint: 'Pause the run first.' });
      await this.#host.devices.setUp(deviceSetupSchema.parse({ device, action: 'remove' })).result;
      await this.#devicesChanged();
      return {};
    },
    'devices.benchmarks': () => this.#devices.benchmarks(),
    'devices.benchmark': async ({ device }) => {
      if (this.training.active)
        throw new HyenaError('locked', 'A run is training; a benchmark beside it would tell nothing.', {
          hint: 'Pause the run first.',
        });
      const task = this.#devices.measure(device);
      const total = this.#devices.parts;
      return await this.#tasks.follow('benchmark', device, task, (view, done) => ({ ...view, done, total })).result;
    },
    'devices.report': async () => {
      if (this.training.active)
        throw new HyenaError('locked', 'A run is training; a benchmark beside it would tell nothing.', {
          hint: 'Pause the run first.',
        });
      return await this.#tasks.follow('report-devices', '', this.#host.devices.report(), withDeviceProgress).result;
    },
  };

  async #devicesChanged(): Promise<void> {
    await this.#devices.list(true).catch(() => undefined);
    this.#changes.touch('devices');
  }

  get #sampleBook(): string {
    return path.join(this.#options.resources, 'books', 'moby-dick.txt');
  }

  async #information(): Promise<Information> {
    const book = await stat(this.#sampleBook).catch(() => null);
    return {
      version: this.#options.version,
      library: this.#host.library,
      nextLibrary: isFixed() ? null : libraryFolder(),
      systemLibrary: systemLibrary(),
      platform: `${platform()} ${arch()}, Node.js ${process.versions.node}`,
      shell: this.#options.shell,
      cores: availableParallelism(),
      memoryMiB: totalmem() / (1024 * 1024),
      sampleBook: book ? { title: 'Moby-Dick; or, The Whale', bytes: book.size } : null,
    };
  }

  /** What the engine calls a tokenizer; `run:NAME` is the one that a run's model reads by. */
  async #tokenizer(choice: string): Promise<string> {
    return choice.startsWith('run:') ? await this.#host.models.tokenizer(choice.slice(4)) : choice;
  }

  /** Does something to a run, tells all windows, and answers with how the run stands then. */
  async #changed(run: string, work: () => Promise<void> | void = () => undefined): Promise<RunView> {
    try {
      await work();
    } finally {
      this.#touchRuns();
    }
    return await this.#runs.get(run);
  }

  #touchRuns(): void {
    this.#changes.touch('runs');
    this.#activity.raise();
  }

  async #ended(run: string, error: HyenaError | null): Promise<void> {
    if (error?.code === 'internal') this.#options.report(error);
    try {
      this.#options.ended?.(await this.#runs.get(run), error);
    } catch (thrown) {
      this.#options.report(HyenaError.from(thrown));
    }
  }

  async #requireUnused(dataset: string): Promise<void> {
    await this.#host.datasets.get(dataset).catch((thrown: unknown) => {
      // A damaged data set can be removed all the same.
      if (HyenaError.from(thrown).code !== 'damaged') throw thrown;
    });
    const { runs } = await this.#host.runs.list();
    const user = runs.find(({ owner, configuration }) => owner !== null && configuration.dataset === dataset);
    if (user)
      throw new HyenaError('locked', told`The run ${user.name} is being trained on ${dataset}.`, {
        kept: 'Nothing was deleted.',
        hint: 'Stop the run first.',
      });
  }

  /** A record says what its folder is called. */
  async #fixName(name: string): Promise<void> {
    const record = await readRunRecord(this.#host.library, name);
    if (record.name !== name) await updateRunRecord(this.#host.library, { ...record, name }, {});
  }
}
