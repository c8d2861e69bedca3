import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../main/contract/jobs.ts';
import { limitJobs } from '../../../../main/workers/job-limit.ts';
import type { RunningJob } from '../../../../main/workers/start-job.ts';

/** Jobs that end when the test says so. */
function fakeJobs() {
  const started: { job: Job; end: (result: unknown) => void; fail: (error: Error) => void; heard: unknown[] }[] = [];
  const start = (job: Job): RunningJob => {
    const heard: unknown[] = [];
    const result = new Promise((resolve, reject) => started.push({ job, end: resolve, fail: reject, heard }));
    return { pid: started.length, result, stop: () => undefined, send: (message) => void heard.push(message) };
  };
  return { started, start };
}
const devices: Job = { kind: 'devices' };
const ignore = () => undefined;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a limit of jobs', () => {
  it('lets a few run, has more wait in order, and refuses the rest', async () => {
    const { started, start } = fakeJobs();
    const limited = limitJobs(start, { running: 2, waiting: 3 });
    const jobs = Array.from({ length: 5000 }, () => limited(devices, ignore));
    const outcomes = jobs.map(({ result }) => result.catch((error: { code: string }) => error.code));
    expect(started.length).toBe(2);
    expect(await Promise.all(outcomes.slice(5))).toEqual(Array.from({ length: 4995 }, () => 'usage'));
    started[0].end('first');
    await settle();
    expect(started.length).toBe(3);
    started[1].fail(new Error('second'));
    await settle();
    expect(started.length).toBe(4);
    for (let n = 2; n < 5; n++) {
      started[n].end(n);
      await settle();
    }
    expect(await Promise.all(outcomes.slice(0, 5))).toEqual(['first', undefined, 2, 3, 4]);
    limited(devices, ignore);
    limited(devices, ignore);
    expect(started.length).toBe(7);
  });

  it('does not start what was stopped while it waited, and passes on what was said to it', async () => {
    const { started, start } = fakeJobs();
    const limited = limitJobs(start, { running: 1, waiting: 3 });
    limited(devices, ignore);
    const stopped = limited(devices, ignore);
    const waiting = limited(devices, ignore);
    waiting.send?.('early');
    stopped.stop();
    await expect(stopped.result).rejects.toMatchObject({ code: 'interrupted' });
    expect(waiting.pid).toBeUndefined();
    started[0].end(0);
    await settle();
    waiting.send?.('late');
    expect(started.map(({ heard }) => heard)).toEqual([[], ['early', 'late']]);
    expect(waiting.pid).toBe(2);
  });

  it('counts neither training nor models that are held open', () => {
    const { started, start } = fakeJobs();
    const limited = limitJobs(start, { running: 1, waiting: 0 });
    const train: Job = { kind: 'train', library: 'l', run: 'r', resume: false };
    for (let n = 0; n < 3; n++) limited(train, ignore);
    limited(devices, ignore);
    expect(started.length).toBe(4);
  });
});
