import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HyenaError } from '../../../main/contract/errors.ts';
import { startTask } from '../../../main/host/job-task.ts';
import { fakeJobs } from './fake-jobs.ts';

const schemas = { event: z.number(), result: z.string() };
const job = { kind: 'devices' } as const;

describe('a task', () => {
  it('tells its events in order, then its result', async () => {
    const { startJob } = fakeJobs({
      devices: (_job, emit) => {
        [1, 2, 3].forEach(emit);
        return Promise.resolve('done');
      },
    });
    const task = startTask(startJob, job, schemas);
    expect(await task.result).toBe('done');
    expect(task.events.history).toEqual([1, 2, 3]);
    expect(task.events.ended).toBe(true);
  });

  it('passes a failure on as what it was, after the events', async () => {
    const { startJob } = fakeJobs({
      devices: (_job, emit) => {
        emit(1);
        return Promise.reject(new HyenaError('device', 'It broke.'));
      },
    });
    const task = startTask(startJob, job, schemas);
    const seen: number[] = [];
    for await (const event of task.events.join()) seen.push(event);
    expect(seen).toEqual([1]);
    await expect(task.result).rejects.toMatchObject({ code: 'device', message: 'It broke.' });
  });

  it('fails loudly on an event or a result that breaks the contract', async () => {
    let stoppedByHost = false;
    const { startJob } = fakeJobs({
      devices: async (_job, emit, stopped) => {
        emit('three');
        await stopped;
        stoppedByHost = true;
        return 'done';
      },
    });
    await expect(startTask(startJob, job, schemas).result).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/^The event of a devices job is not as agreed/) as string,
    });
    expect(stoppedByHost).toBe(true);
    const wrong = fakeJobs({ devices: () => Promise.resolve(3) });
    await expect(startTask(wrong.startJob, job, schemas).result).rejects.toMatchObject({ code: 'internal' });
  });

  it('stops when it is asked to', async () => {
    const { startJob } = fakeJobs({
      devices: async (_job, _emit, stopped) => {
        await stopped;
        return 'stopped';
      },
    });
    const task = startTask(startJob, job, schemas);
    task.stop();
    expect(await task.result).toBe('stopped');
  });
});
