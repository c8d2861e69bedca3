import { Chats } from './chats/chats.ts';
import { Datasets } from './datasets.ts';
import { Documents } from './documents.ts';
import { Devices } from './devices.ts';
import type { StartJob } from '../workers/start-job.ts';
import { createLibrary } from './library.ts';
import { Experiments } from './experiments.ts';
import { Lab } from './lab.ts';
import { Imports } from './imports.ts';
import { Models } from './models.ts';
import { Runs } from './runs.ts';
import { LibraryStorage } from './storage.ts';

/**
 * All that Hyena Studio can do, for whichever shell: it owns the library on disk and starts the compute processes, and
 * knows neither windows nor sockets nor terminals.
 */
export class Host {
  /** Folder of the library. */
  readonly library: string;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly models: Models;
  readonly imports: Imports;
  readonly devices: Devices;
  readonly documents: Documents;
  readonly chats: Chats;
  readonly lab: Lab;
  readonly experiments: Experiments;
  readonly storage: LibraryStorage;

  private constructor(library: string, startJob: StartJob, report: (message: string) => void) {
    this.library = library;
    this.datasets = new Datasets(library, startJob);
    this.runs = new Runs(library, startJob);
    this.models = new Models(library, startJob);
    this.imports = new Imports(library, startJob);
    this.devices = new Devices(startJob);
    this.documents = new Documents(library, startJob);
    this.lab = new Lab({ library, startJob, runs: this.runs, datasets: this.datasets });
    this.experiments = new Experiments({ library, runs: this.runs, datasets: this.datasets });
    this.storage = new LibraryStorage(library);
    this.chats = new Chats({ library, models: this.models, report });
  }

  /** Opens a library, making its folders where they are missing. */
  static async open(
    library: string,
    startJob: StartJob,
    report: (message: string) => void = () => undefined,
  ): Promise<Host> {
    await createLibrary(library);
    return new Host(library, startJob, report);
  }
}
