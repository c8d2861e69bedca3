import type { Job, JobResult } from '../../main/contract/jobs.ts';
import { inspectFiles } from './inspect.ts';

/** Does the job `inspect`. */
export function runInspect(job: Job<'inspect'>, { signal }: { signal: AbortSignal }): Promise<JobResult<'inspect'>> {
  return inspectFiles(job, signal);
}
