import type { Job, JobKind } from '../../../../main/contract/jobs.ts';
import type { RunningJob, StartJob } from '../../../../main/workers/start-job.ts';

/** What a stand-in for a compute process does with a job: it may tell events, and answers or throws. */
export type FakeJob = (job: Job, emit: (event: unknown) => void, stopped: Promise<void>) => Promise<unknown>;

/** Starts stand-ins, by the kind of job, and remembers what was asked for. */
export function fakeJobs(kinds: Partial<Record<JobKind, FakeJob>>): { startJob: StartJob; jobs: Job[] } {
  const jobs: Job[] = [];
  const startJob: StartJob = (job, onEvent): RunningJob => {
    jobs.push(job);
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const run = kinds[job.kind];
    const result = run ? run(job, onEvent, stopped) : Promise.reject(new Error(`no stand-in for ${job.kind}`));
    return { pid: undefined, result, stop };
  };
  return { startJob, jobs };
}
