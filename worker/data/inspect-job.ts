import type { Job } from '../../main/contract/jobs.ts';
import type { Inspection } from '../../main/contract/views.ts';
import { inspectFiles } from './inspect.ts';

/** Does the job `inspect`. */
export function runInspect(
  job: Extract<Job, { kind: 'inspect' }>,
  { signal }: { signal: AbortSignal },
): Promise<Inspection> {
  return inspectFiles(job, signal);
}
