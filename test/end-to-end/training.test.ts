import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationResultSchema } from '../../main/contract/runs.ts';
import { toEnglish } from '../../main/contract/message.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { newestValidCheckpoint } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { readRun } from '../../main/library/runs/run-folder.ts';
import { ComputeLibrary, course } from './compute.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const programs = path.join(import.meta.dirname, 'programs');

/** Waits until something holds or a process has ended. */
async function until(holds: () => boolean, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  while (!over && !holds()) await sleep(2);
}

let place: ComputeLibrary;
let whole: unknown[];
let weights: string;
const weightsOf = async (run: string, step: number): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path.join(place.folder(run), 'checkpoints', `step-${step}`, 'model.safetensors')))
    .digest('hex');

beforeAll(async () => {
  place = await ComputeLibrary.make();
  await place.create('whole');
  await place.train('whole').result;
  whole = course(await place.metrics('whole'));
  weights = await weightsOf('whole', 40);
}, 120_000);
afterAll(() => place.remove());

/** How many kills; more with HYENA_THOROUGH=1. */
const thorough = process.env.HYENA_THOROUGH === '1';
const kills = thorough ? 1000 : 10;

describe('a run', () => {
  it('is a checkpoint as Hugging Face lays it out, with published names', async () => {
    const folder = path.join(place.folder('whole'), 'checkpoints', 'step-40');
    expect((await readdir(folder)).sort()).toEqual([
      'config.json',
      'generation_config.json',
      'manifest.json',
      'model.safetensors',
      'optimizer.safetensors',
      'state.json',
      'tokenizer.json',
    ]);
    const config = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({
      model_type: 'hyena',
      architectures: ['HyenaForCausalLM'],
      d_model: 8,
      vocab_size: 256,
    });
    const bytes = await readFile(path.join(folder, 'model.safetensors'));
    const header = bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE(0)));
    expect(header).toContain('"backbone.layers.0.mixer.filter_fn.implicit_filter.0.weight"');
  });

  it(
    'a run that is killed at any moment, again and again, gives the same losses bit for bit',
    async () => {
      await place.create('killed');
      let killed = 0;
      for (let sitting = 0; ; sitting++) {
        expect(sitting, 'it must come to its end').toBeLessThan(kills + 40);
        const { pid, result, events } = place.train('killed', sitting > 0);
        const ended = result.then(
          () => true,
          () => false,
        );
        if (killed < kills) {
          // Some during its start, most after some events: between steps, within them and while checkpoints are written.
          const enough = Math.floor(Math.random() * 14);
          await until(() => events.length >= enough, ended);
          await Promise.race([sleep(Math.random() * (enough === 0 ? 500 : 30)), ended]);
          if (pid !== undefined && isAlive(pid)) {
            process.kill(pid, 'SIGKILL');
            killed++;
          }
        }
        expect(events.filter(({ type }) => type === 'notice' || type === 'error')).toEqual([]);
        if (await ended) break;
        const { status } = await readRun(place.library, 'killed');
        expect(['new', 'interrupted', 'done']).toContain(status);
      }
      expect(killed).toBeGreaterThanOrEqual(5);
      expect(course(await place.metrics('killed'))).toEqual(whole);
      expect(await weightsOf('killed', 40)).toBe(weights);
    },
    thorough ? 3_600_000 : undefined,
  );

  it('a run whose newest checkpoint is damaged says so and goes on from the one before, with the same losses', async () => {
    await place.create('damaged');
    const first = place.train('damaged', false, {
      onEvent: (event) => event.type === 'step' && event.step === 23 && first.stop(),
    });
    expect((await first.result).reason).toBe('stopped');
    const newest = (await first.result).checkpoint ?? '';
    await truncate(path.join(newest, 'model.safetensors'), 1000);
    const second = place.train('damaged', true);
    await second.result;
    const [start, notice] = second.events.filter(({ type }) => type !== 'starting');
    expect(start).toMatchObject({ type: 'start', step: 20, resumed: true });
    expect(notice.type === 'notice' && toEnglish(notice.message)).toMatch(/damaged: model\.safetensors has 1000 bytes/);
    // What was damaged is kept aside: its other files may be worth something.
    expect(existsSync(path.join(path.dirname(newest), `damaged-${path.basename(newest)}`))).toBe(true);
    expect(course(await place.metrics('damaged'))).toEqual(whole);
  });

  it('a run on a full disk stops, says so, keeps its last checkpoint and goes on when there is room', async () => {
    await place.create('full');
    const failing = place.train('full', false, {
      nodeArguments: ['--import', path.join(programs, 'full-disk.mjs')],
      environment: { ...process.env, HYENA_TEST_DISK_BYTES: '400000' },
    });
    await expect(failing.result).rejects.toMatchObject({
      code: 'disk-full',
      kept: expect.stringMatching(/checkpoint of step \d+/) as string,
      command: 'hyena resume full',
    });
    expect((await newestValidCheckpoint(place.folder('full')))?.step).toBeGreaterThan(0);
    await place.train('full', true).result;
    expect(course(await place.metrics('full'))).toEqual(whole);
  });

  it('is trained by one process at a time', async () => {
    await place.create('busy', { training: { max_steps: 100_000 } });
    const first = place.train('busy');
    await expect.poll(() => first.events.length, { timeout: 20_000 }).toBeGreaterThan(3);
    await expect(place.train('busy', true).result).rejects.toMatchObject({ code: 'locked' });
    first.stop();
    expect((await first.result).reason).toBe('stopped');
  });

  it('is not begun anew, and not continued on other data', async () => {
    await expect(place.train('whole').result).rejects.toMatchObject({ code: 'already-exists' });
    await rm(path.join(place.library, 'datasets', 'other'), { recursive: true, force: true });
    const file = path.join(place.library, 'other.txt');
    await writeFile(file, 'Something else altogether. '.repeat(60));
    await place.addDataset('other', file);
    const record = path.join(place.folder('whole'), 'run.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace('"dataset": "pages"', '"dataset": "other"'));
    await expect(place.train('whole', true).result).rejects.toMatchObject({ code: 'configuration' });
    await writeFile(record, text);
  });
});

describe('a request to stop', () => {
  it('is not what Ctrl-C is to the compute process: the host decides', async () => {
    await place.create('interrupted');
    const job = place.train('interrupted');
    await expect.poll(() => job.events.length, { timeout: 20_000 }).toBeGreaterThan(3);
    process.kill(job.pid ?? 0, 'SIGINT');
    expect((await job.result).reason).toBe('budget');
    expect(course(await place.metrics('interrupted'))).toEqual(whole);
  });

  it('is understood where the host has disappeared: the run saves itself and ends', async () => {
    await place.create('orphan');
    const host = spawn(process.execPath, [path.join(programs, 'host.mjs'), place.library, 'orphan'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let worker = 0;
    for await (const line of createInterface({ input: host.stdout })) {
      const event = JSON.parse(line) as { type: string; pid?: number; step?: number };
      if (event.type === 'pid') worker = event.pid ?? 0;
      if (event.type === 'step' && event.step === 8) break;
    }
    host.kill('SIGKILL');
    await expect.poll(() => isAlive(worker), { timeout: 20_000 }).toBe(false);
    const { status, step, owner } = await readRun(place.library, 'orphan');
    expect({ status, owner }).toEqual({ status: 'stopped', owner: null });
    expect(step).toBeGreaterThanOrEqual(8);
    await place.train('orphan', true).result;
    expect(course(await place.metrics('orphan'))).toEqual(whole);
  });
});

describe('a trained model', () => {
  it('scores every token of a file after the first', async () => {
    const file = path.join(place.library, 'short.txt');
    for (const bytes of [2, 17, 100]) {
      await writeFile(file, 'The whale, the ship. '.repeat(5).slice(0, bytes));
      const { result } = startJob(
        {
          ...{ kind: 'evaluate', library: place.library, run: 'whole', device: 'portable' },
          source: { from: 'file', path: file },
        },
        () => undefined,
      );
      const { tokens, loss, bitsPerByte, perplexity } = evaluationResultSchema.parse(await result);
      expect(tokens).toBe(bytes - 1);
      expect(bitsPerByte).toBeCloseTo(loss / Math.LN2, 9);
      expect(perplexity).toBeCloseTo(Math.exp(loss), 9);
    }
  });
});
