import { describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { startTask } from '../../../../main/host/job-task.ts';
import { fakeJobs } from './fake-jobs.ts';

const job = { kind: 'report-devices' } as const;
const progress = (done: number) => ({ device: 'native', done, total: 3 });

describe('a task', () => {
  it('tells its events in order, then its result', async () => {
    const { startJob } = fakeJobs({
      'report-devices': (_job, emit) => {
        [1, 2, 3].map(progress).forEach((event) => emit(event));
        return Promise.resolve({ text: 'done' });
      },
    });
    const task = startTask(startJob, job);
    expect(await task.result).toEqual({ text: 'done' });
    expect(task.events.history).toEqual([1, 2, 3].map(progress));
    expect(task.events.ended).toBe(true);
  });

  it('passes a failure on as what it was, after the events', async () => {
    const { startJob } = fakeJobs({
      'report-devices': (_job, emit) => {
        emit(progress(1));
        return Promise.reject(new HyenaError('device', 'It broke.'));
      },
    });
    const task = startTask(startJob, job);
    const seen: unknown[] = [];
    for await (const event of task.events.join()) seen.push(event);
    expect(seen).toEqual([progress(1)]);
    await expect(task.result).rejects.toMatchObject({ code: 'device', message: 'It broke.' });
  });

  it('fails loudly on an event or a result that breaks the contract', async () => {
    let stoppedByHost = false;
    const { startJob } = fakeJobs({
      'report-devices': async (_job, emit, stopped) => {
        emit({ ...progress(3), total: 'three' });
        await stopped;
        stoppedByHost = true;
        return { text: 'done' };
      },
    });
    await expect(startTask(startJob, job).result).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/^The event of a report-devices job has an unexpected format/) as string,
    });
    expect(stoppedByHost).toBe(true);
    const wrong = fakeJobs({ 'report-devices': () => Promise.resolve(3) });
    await expect(startTask(wrong.startJob, job).result).rejects.toMatchObject({ code: 'internal' });
  });

  it('stops when it is asked to', async () => {
    const { startJob } = fakeJobs({
      'report-devices': async (_job, _emit, stopped) => {
        await stopped;
        return { text: 'stopped' };
      },
    });
    const task = startTask(startJob, job);
    task.stop();
    expect(await task.result).toEqual({ text: 'stopped' });
  });
});
