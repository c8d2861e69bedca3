import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JobKind } from '../contract/jobs.ts';
import { preferencesSchema } from '../contract/preferences.ts';
import { limitJobs } from '../workers/job-limit.ts';
import { startJob, type ComputeProcessOptions, type StartJob } from '../workers/start-job.ts';
import { processEnvironment } from '../library/environment.ts';
import { hubTokenOf } from './hub-token.ts';

/** What a person set for compute processes, as the environment variables that those read. The token is for imports alone. */
export function settingsOf(library: string, kind: JobKind): Record<string, string> {
  const token = kind === 'import-model' ? hubTokenOf(library) : null;
  return { ...preferencesOf(library), ...(token === null ? {} : { HF_TOKEN: token }) };
}

function preferencesOf(library: string): Record<string, string> {
  let preferences;
  try {
    preferences = preferencesSchema.parse(JSON.parse(readFileSync(path.join(library, 'preferences.json'), 'utf8')));
  } catch {
    return {};
  }
  const { threads, memory_limit_mib: memory, hub, python } = preferences;
  return {
    ...(threads === null ? {} : { HYENA_THREADS: String(threads) }),
    ...(memory === null ? {} : { HYENA_MEMORY_LIMIT_MIB: String(memory) }),
    ...(hub === null ? {} : { HYENA_HUB: hub }),
    ...(python === null ? {} : { HYENA_PYTHON: python }),
  };
}

/**
 * Starts jobs in compute processes that find the devices which were set up beside the library's shelves, and keep to the settings of a library, as they are when the job starts. What
 * the environment of this process says counts more. Short jobs run a few at a time; see {@link limitJobs}.
 */
export function libraryJobs(library: string, options: ComputeProcessOptions = {}): StartJob {
  const start: StartJob = (job, onEvent) => {
    const devices = { HYENA_DEVICES: path.join(library, 'devices') };
    const environment = {
      ...devices,
      ...settingsOf(library, job.kind),
      ...(options.environment ?? processEnvironment),
    };
    return startJob(job, onEvent, { ...options, environment });
  };
  return limitJobs(start, { running: 4, waiting: 64 });
}
