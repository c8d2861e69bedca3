import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { cp, readdir, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEventSchema, type RunEvent } from '../../main/contract/events.ts';
import { bringBack } from '../../main/host/export/bring-back.ts';
import { exportRun } from '../../main/host/export/export-run.ts';
import { readMetrics } from '../../main/library/runs/metrics-file.ts';
import { toMessage } from '../../main/contract/message.ts';
import { readJson } from '../../main/library/files/atomic.ts';
import { readRun, readRunRecord, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { trainingStateSchema } from '../../main/library/runs/training-state.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { ComputeLibrary, type ConfigurationChanges } from '../end-to-end/compute.ts';
import { pythonWithTorch } from './python.ts';

/**
 * A hybrid with dropout, accumulation and a growing sequence length: all that a step depends on is in it. At ten times this
 * learning rate so small a model amplifies rounding: two devices of this program differ by 0.01 after a hundred steps.
 */
const changes: ConfigurationChanges = {
  model: { layers: 'hyena,attention,hyena-li', n_layer: 3, d_model: 16, n_head: 2, positions: 'rotary' } as never,
  training: {
    ...{ max_steps: 120, batch_size: 4, checkpoint_interval: 20, keep_checkpoints: 20, eval_interval: 20 },
    ...{ sample_interval: 40, learning_rate: 3e-4, sequence_length_warmup_steps: 60 },
  },
};
const threads = { ...process.env, OMP_NUM_THREADS: '1', HYENA_THREADS: '1' };

let place: ComputeLibrary;
let python: string;
/** The run that never left. */
let home: RunEvent[];

/** Losses by step, and the validation losses by step. */
const course = (events: readonly RunEvent[]) => ({
  steps: new Map(events.flatMap((event) => (event.type === 'step' ? [[event.step, event.loss] as const] : []))),
  evaluations: new Map(
    events.flatMap((event) => (event.type === 'evaluation' ? [[event.step, event.loss] as const] : [])),
  ),
});

/** The largest difference to the run that never left, over the steps of a stretch, each of which must be there. */
function difference(events: readonly RunEvent[], first: number, last: number, stayed = home): number {
  const [here, there] = [course(stayed), course(events)];
  let largest = 0;
  for (let step = first; step <= last; step++) {
    const [a, b] = [here.steps.get(step), there.steps.get(step)];
    if (a === undefined || b === undefined) throw new Error(`Step ${step} is missing.`);
    largest = Math.max(largest, Math.abs(a - b));
  }
  for (const [step, loss] of here.evaluations)
    if (step >= first && step <= last)
      largest = Math.max(largest, Math.abs(loss - (there.evaluations.get(step) ?? NaN)));
  return largest;
}

/** A copy of a run that never left, as it was after a step. */
async function copyAt(step: number, name: string, of = 'home'): Promise<void> {
  const folder = place.folder(name);
  await cp(place.folder(of), folder, { recursive: true });
  const checkpoints = path.join(folder, 'checkpoints');
  for (const one of await readdir(checkpoints))
    if (Number(/\d+/.exec(one)?.[0]) > step) await rm(path.join(checkpoints, one), { recursive: true });
  const record = await readRunRecord(place.library, name);
  await updateRunRecord(place.library, { ...record, name }, { status: 'stopped', step });
  const { metricsBytes } = await readJson(
    path.join(checkpoints, `step-${step}`, 'state.json'),
    trainingStateSchema,
    toMessage('The state'),
  );
  await truncate(path.join(folder, 'metrics.jsonl'), metricsBytes);
}

/** Starts the program of an exported folder with torchrun. */
function torchrun(folder: string, processes: number, parameters: readonly string[] = [], restarts = 0) {
  const child = spawn(
    python,
    [
      ...['-m', 'torch.distributed.run', '--standalone', '--nproc-per-node', String(processes)],
      ...['--max-restarts', String(restarts), 'train.py', '--device', 'cpu', '--threads', '1', ...parameters],
    ],
    { cwd: folder, env: { ...threads, PYTHONDONTWRITEBYTECODE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (told += text.toString()));
  const ended = new Promise<void>((resolve, reject) =>
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`torchrun ended with ${String(code)}:\n${told}`)),
    ),
  );
  return { ended, told: () => told };
}

const metricsOf = async (folder: string): Promise<RunEvent[]> => (await readMetrics(path.join(folder, 'run'))).events;

beforeAll(async () => {
  python = await pythonWithTorch();
  place = await ComputeLibrary.make();
  await place.create('home', changes);
  await place.train('home', false).result;
  home = await place.metrics('home');
}, 600_000);
afterAll(() => place.remove());

describe('a run that leaves for torchrun', () => {
  it('continues on two processes as if it had never left, and back at home again', { timeout: 600_000 }, async () => {
    await copyAt(20, 'leaves');
    const folder = path.join(place.library, 'leaves-away');
    expect(await exportRun(place.library, 'leaves', { to: 'torchrun', folder })).toEqual({ folder, step: 20 });
    await torchrun(folder, 2, ['--stop-at', '70']).ended;
    const away = await metricsOf(folder);
    expect(difference(away, 21, 70)).toBeLessThan(1e-3);

    expect(await bringBack(place.library, folder)).toEqual({ run: 'leaves', step: 70 });
    expect(await readRun(place.library, 'leaves')).toMatchObject({ status: 'stopped', step: 70, owner: null });
    await place.train('leaves', true).result;
    const whole = await place.metrics('leaves');
    // One curve from the first step to the last.
    expect(difference(whole, 1, 120)).toBeLessThan(1e-3);

    // It was trained here since: what lies away is no longer its continuation.
    await expect(bringBack(place.library, folder)).rejects.toMatchObject({ code: 'already-exists' });
    expect(await bringBack(place.library, folder, { name: 'another' })).toEqual({ run: 'another', step: 70 });
  });

  it('continues with sharded weights, and after its workers were killed', { timeout: 600_000 }, async () => {
    await copyAt(20, 'killed');
    const folder = path.join(place.library, 'killed-away');
    await exportRun(place.library, 'killed', { to: 'torchrun', folder });
    const running = torchrun(folder, 2, ['--parallel', 'fsdp', '--micro-batch', '2'], 2);
    while (!running.told().includes('step 50')) await Promise.race([sleep(20), running.ended]);
    const workers = spawnSync('pgrep', ['-f', 'train.py --device cpu'], { encoding: 'utf8' }).stdout.trim().split('\n');
    const mine = workers.filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes('LOCAL_RANK=1') &&
          readlinkSync(`/proc/${pid}/cwd`) === folder
        );
      } catch {
        return false;
      }
    });
    expect(mine.length).toBe(1);
    process.kill(Number(mine[0]), 'SIGKILL');
    await running.ended;
    expect(difference(await metricsOf(folder), 21, 120)).toBeLessThan(1e-3);
    expect(await bringBack(place.library, folder)).toEqual({ run: 'killed', step: 120 });
    expect(await readRun(place.library, 'killed')).toMatchObject({ status: 'done', reason: 'budget' });
  });

  it('starts there that was never trained here', { timeout: 600_000 }, async () => {
    await place.create('new', changes);
    const folder = path.join(place.library, 'new-away');
    expect(await exportRun(place.library, 'new', { to: 'torchrun', folder })).toMatchObject({ step: 0 });
    await torchrun(folder, 1, ['--stop-at', '28']).ended;
    expect(difference(await metricsOf(folder), 1, 28)).toBeLessThan(1e-3);
    expect(await bringBack(place.library, folder)).toEqual({ run: 'new', step: 28 });
  });
});

describe('the device torch', () => {
  it('trains as the other devices, stops, resumes and samples', { timeout: 600_000 }, async () => {
    await place.create('device', changes);
    const train = (resume: boolean, onStep: (step: number) => void = () => undefined) =>
      startJob({ kind: 'train', library: place.library, run: 'device', resume, device: 'torch' }, (told) => {
        const event = runEventSchema.parse(told);
        if (event.type === 'step') onStep(event.step);
      });
    const first = train(false, (step) => {
      if (step === 50) first.stop();
    });
    expect(await first.result).toMatchObject({ reason: 'stopped' });
    expect(await train(true).result).toMatchObject({ reason: 'budget', step: 120 });
    const events = await place.metrics('device');
    expect(difference(events, 1, 120)).toBeLessThan(1e-3);
    expect(events.filter(({ type }) => type === 'sample').length).toBeGreaterThan(2);
    expect(await readRun(place.library, 'device')).toMatchObject({ device: 'torch', status: 'done' });
  });
});

describe('Muon', () => {
  const withMuon = { ...changes, training: { ...changes.training, optimizer: 'muon' as const, max_steps: 60 } };

  it(
    'trains alike here, under torchrun with sharded weights, and on the device torch',
    { timeout: 600_000 },
    async () => {
      await place.create('muon', withMuon);
      await place.train('muon', false).result;
      const stayed = await place.metrics('muon');
      await copyAt(20, 'muon-leaves', 'muon');
      const folder = path.join(place.library, 'muon-away');
      expect(await exportRun(place.library, 'muon-leaves', { to: 'torchrun', folder })).toEqual({ folder, step: 20 });
      await torchrun(folder, 2, ['--parallel', 'fsdp', '--stop-at', '36']).ended;
      expect(difference(await metricsOf(folder), 21, 36, stayed)).toBeLessThan(1e-3);
      expect(await bringBack(place.library, folder)).toEqual({ run: 'muon-leaves', step: 36 });
      await place.train('muon-leaves', true).result;
      expect(difference(await place.metrics('muon-leaves'), 1, 60, stayed)).toBeLessThan(1e-3);

      await place.create('muon-new', withMuon);
      const away = path.join(place.library, 'muon-new-away');
      await exportRun(place.library, 'muon-new', { to: 'torchrun', folder: away });
      await torchrun(away, 1, ['--stop-at', '28']).ended;
      expect(difference(await metricsOf(away), 1, 28, stayed)).toBeLessThan(1e-3);

      await place.create('muon-device', withMuon);
      const job = {
        kind: 'train',
        library: place.library,
        run: 'muon-device',
        resume: false,
        device: 'torch',
      } as const;
      expect(await startJob(job, () => undefined).result).toMatchObject({ reason: 'budget', step: 60 });
      expect(difference(await place.metrics('muon-device'), 1, 60, stayed)).toBeLessThan(1e-3);
    },
  );
});
