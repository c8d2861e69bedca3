import type { HyenaError } from '../../contract/errors.ts';
import type { Information, RunView } from '../../contract/views.ts';
import type { StartJob } from '../../workers/start-job.ts';
import type { Host } from '../host.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { DeviceViews } from './device-views.ts';
import type { ExperimentQueue } from './experiment-queue.ts';
import type { Grants } from './grants.ts';
import type { PreferencesFile } from './preferences.ts';
import type { RunViews } from './run-views.ts';
import type { Tasks } from './tasks.ts';
import type { Training } from './training.ts';
import type { Trash } from './trash.ts';

export interface WindowHostOptions {
  host: Host;
  startJob: StartJob;
  version: string;
  shell: Information['shell'];
  /** Folder with the sample book. */
  resources: string;
  /** Asks a person for files with a dialog; absent if there is none. */
  chooseFiles?: (what: 'files' | 'folder') => Promise<string[]>;
  /** Shows a folder in the system's file manager; absent if there is none. */
  openFolder?: (folder: string) => Promise<void>;
  /** Moves something to the system's trash. */
  dispose?: (path: string) => Promise<void>;
  /** Message when a run has ended. */
  ended?: (run: RunView, error: HyenaError | null) => void;
  report: (error: HyenaError) => void;
}

/** What requests are answered with; each group of them takes what it needs. */
export interface WindowParts {
  readonly options: WindowHostOptions;
  readonly host: Host;
  readonly grants: Grants;
  readonly tasks: Tasks;
  readonly trash: Trash;
  readonly changes: ChangeFeed;
  readonly training: Training;
  readonly preferences: PreferencesFile;
  readonly devices: DeviceViews;
  readonly runs: RunViews;
  readonly experiments: ExperimentQueue;
  /** Shows all windows that runs have changed. */
  readonly touchRuns: () => void;
}
