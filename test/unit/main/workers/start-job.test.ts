import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startJob, type ComputeProcessOptions } from '../../../../main/workers/start-job.ts';
import { writeCheckpoint } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import { temporaryFolder } from '../../temporary.ts';

const entry = path.join(import.meta.dirname, 'programs', 'behaviour.mjs');

function start(run: string, options: ComputeProcessOptions = {}, library = '/nowhere') {
  const events: unknown[] = [];
  let messages: () => void = () => undefined;
  const firstEvent = new Promise<void>((resolve) => (messages = resolve));
  const job = startJob(
    { kind: 'train', library, run, resume: false },
    (event) => {
      events.push(event);
      messages();
    },
    { entry, ...options },
  );
  return { ...job, events, firstEvent };
}

describe('a job', () => {
  it('tells its events, then its result', async () => {
    const { result, events } = start('answer');
    expect(await result).toEqual({ fine: true });
    expect(events).toEqual(['one', 'two'].map((message) => ({ type: 'notice', message })));
  });

  it('fails with the error of its process, whole', async () => {
    await expect(start('error').result).rejects.toMatchObject({
      name: 'HyenaError',
      code: 'numerical',
      message: 'no number',
      kept: 'all',
      hint: 'rest',
    });
  });

  it('answers once: what comes after the answer is not told', async () => {
    const { result, events } = start('twice');
    expect(await result).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(events).toEqual([]);
  });

  it('fails where its process tells something malformed, which is then ended', async () => {
    const { result, pid } = start('malformed');
    await expect(result).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('malformed') as string,
    });
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });

  it('can be asked to stop, by message and, within a computation, by the lifeline', async () => {
    for (const [run, answer] of [
      ['stoppable', 'stopped by message'],
      ['deaf', 'stopped by lifeline'],
    ]) {
      const job = start(run);
      await job.firstEvent;
      job.stop();
      job.stop();
      expect(await job.result).toBe(answer);
      job.stop();
    }
  });

  it('is terminated on request while it computes and hears nothing, which is no fault of it', async () => {
    const job = start('deaf');
    await job.firstEvent;
    job.end?.();
    await expect(job.result).rejects.toMatchObject({
      code: 'interrupted',
      message: 'The compute process was terminated on request.',
      kept: 'No checkpoint had been saved.',
    });
    expect(isAlive(job.pid)).toBe(false);
  });
});

const isAlive = (pid: number | undefined): boolean => {
  try {
    return process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
};

describe('a process that dies', () => {
  it.each([
    ['exit', 'internal', /exit code 3.*Last output: last words/],
    ['kill', 'out-of-memory', /killed by the system/],
    ['crash', 'device', /crashed \(SIGSEGV\)/],
    ['memory', 'out-of-memory', /ran out of memory/],
  ])('a process that dies by %s is reported as %s', async (run, code, message) => {
    await expect(start(run).result).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it.each([
    ['that hangs from its start', 'hang'],
    ['whose main thread stands still', 'stalled'],
    ['that is halted as a whole, within a kernel too', 'stopped'],
  ])('%s is ended', async (_, run) => {
    const { result, pid } = start(run, { patienceSeconds: 0.4 });
    await expect(result).rejects.toMatchObject({
      code: 'device',
      message: expect.stringContaining('stopped responding') as string,
    });
    expect(isAlive(pid)).toBe(false);
  });

  it.each(['busy', 'long-step'])('is told from one that works for long: %s', async (run) => {
    expect(await start(run, { patienceSeconds: 0.6 }).result).toBe('at last');
  });

  it('leaves what it had saved, and how to go on is told', async () => {
    const library = await temporaryFolder();
    const folder = path.join(library, 'runs', 'kill');
    await mkdir(folder, { recursive: true });
    const file = '{}';
    await writeCheckpoint(folder, 12, 'step', {
      'config.json': file,
      'generation_config.json': file,
      'model.safetensors': file,
      'tokenizer.json': file,
      'optimizer.safetensors': file,
      'state.json': file,
    });
    await expect(start('kill', {}, library).result).rejects.toMatchObject({
      kept: expect.stringContaining('step 12') as string,
      command: 'hyena resume kill',
    });
    await expect(start('exit', {}, library).result).rejects.toMatchObject({
      kept: expect.stringContaining('No checkpoint') as string,
    });
  });

  it('a process that cannot be started is reported', async () => {
    await expect(start('answer', { node: '/no/such/node' }).result).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('Cannot start the compute process') as string,
    });
    const broken = path.join(await temporaryFolder(), 'broken.mjs');
    await writeFile(broken, 'throw new Error("does not load")');
    await expect(start('answer', { entry: broken }).result).rejects.toMatchObject({ code: 'internal' });
  });
});
