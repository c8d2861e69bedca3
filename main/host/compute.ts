import { readFileSync } from 'node:fs';
import path from 'node:path';
import { preferencesSchema } from '../contract/preferences.ts';
import { limitJobs } from '../workers/job-limit.ts';
import { startJob, type ComputeProcessOptions, type StartJob } from '../workers/start-job.ts';
import { processEnvironment } from '../library/environment.ts';

/** What a person set for compute processes, as the environment variables that those read. */
export function limitsOf(library: string): Record<string, string> {
  let preferences;
  try {
    preferences = preferencesSchema.parse(JSON.parse(readFileSync(path.join(library, 'preferences.json'), 'utf8')));
  } catch {
    return {};
  }
  const { threads, memory_limit_mib: memory } = preferences;
  return {
    ...(threads === null ? {} : { HYENA_THREADS: String(threads) }),
    ...(memory === null ? {} : { HYENA_MEMORY_LIMIT_MIB: String(memory) }),
  };
}

/**
 * Starts jobs in compute processes that find the devices which were set up beside the library's shelves, and keep to the limits set for a library, as they are when the job starts. What
 * the environment of this process says counts more. Short jobs run a few at a time; see {@link limitJobs}.
 */
export function libraryJobs(library: string, options: ComputeProcessOptions = {}): StartJob {
  const start: StartJob = (job, onEvent) => {
    const devices = { HYENA_DEVICES: path.join(library, 'devices') };
    const environment = { ...devices, ...limitsOf(library), ...(options.environment ?? processEnvironment) };
    return startJob(job, onEvent, { ...options, environment });
  };
  return limitJobs(start, { running: 4, waiting: 64 });
}
