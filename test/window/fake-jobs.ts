import {
  proposeRate,
  rateAt,
  rateRange,
  smooth,
  type RateFinderResult,
  type RatePoint,
} from '../../main/contract/lab/rate-finder.ts';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../main/contract/events.ts';
import type { SetupResult } from '../../main/contract/device-setup.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { TrainResult } from '../../main/contract/runs.ts';
import { msg } from '../../main/contract/message.ts';
import type { RunningJob, StartJob } from '../../main/workers/start-job.ts';
import { runAddDataset } from '../../worker/data/datasets/job.ts';
import { inspectFiles } from '../../worker/data/inspect.ts';
import { importDocument } from '../../worker/documents/import.ts';
import { writeCheckpoint } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { requiredFiles, type CheckpointFile } from '../../main/library/checkpoints/manifest.ts';
import { readRunRecord, runFolder, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { doDocumentJob } from './fake-documents.ts';
import { FakeModel } from './fake-model.ts';

export interface FakeJobOptions {
  /** Milliseconds a step takes. */
  pace: number;
  /** What answers in chats; left out: one that writes a word every 20 ms. */
  model?: FakeModel;
  /** Milliseconds that a tenth of work on a document takes. */
  documentPace?: number;
}

/**
 * Does jobs within this process, so that windows can be tested without computing: data is read for real, training is
 * a curve that falls, with the same files and events as a compute process leaves.
 */
export function fakeWindowJobs(options: FakeJobOptions): StartJob {
  const model = options.model ?? new FakeModel({ pace: 20 });
  return (job, onEvent) => {
    if (job.kind === 'serve-model') return model.start(onEvent);
    const leaving = new AbortController();
    const work = doJob(job, onEvent, leaving.signal, options);
    return { pid: process.pid, result: work, stop: () => leaving.abort() } satisfies RunningJob;
  };
}

async function doJob(
  job: Job,
  emit: (event: unknown) => void,
  signal: AbortSignal,
  options: FakeJobOptions,
): Promise<unknown> {
  // As from another process: never before the caller listens.
  await sleep(20);
  switch (job.kind) {
    case 'add-dataset':
      return runAddDataset(job, { signal, emit });
    case 'inspect':
      return inspectFiles(job, signal);
    case 'devices':
      return {
        devices: [
          { name: 'native', testing: false, available: true, description: msg`C++ kernels with AVX-512 on 2 threads.` },
          {
            name: 'cuda',
            testing: false,
            available: false,
            description: msg`No NVIDIA driver was found.`,
            hint: msg`Install one.`,
          },
          { name: 'tensorflow', testing: false, available: false, description: msg`It is not set up.` },
        ],
        chosen: 'native',
        reason: msg`It is the fastest of those found.`,
      };
    case 'setup-device':
      return await setUp(job, emit, signal);
    case 'report-devices':
      emit({ device: 'native', done: 0, total: 2 });
      await sleep(300);
      emit({ device: 'portable', done: 1, total: 2 });
      await sleep(100);
      return { text: '# Devices\n\n## native\n\n- self-test: passed\n' };
    case 'bench':
      await sleep(100);
      return {
        what: job.what,
        device: job.device,
        deviceReason: msg`chosen`,
        precision: job.precision,
        parameters: 100_000,
        tokensPerSecond: 40_000 - job.length,
        stepMilliseconds: 80,
        stepMillisecondsBest: 75,
        peakMemoryMiB: 300,
        loss: 5,
        steps: job.steps,
      };
    case 'train':
      return await train(job, emit, signal, options);
    case 'import-document':
      emit({ type: 'progress', phase: 'importing', done: 0 });
      await sleep(options.documentPace ?? 0);
      return await importDocument(job.library, job.path, signal);
    case 'ask-document':
    case 'summarise-document':
    case 'write-summary':
    case 'map-document':
      return await doDocumentJob(job, emit, signal, options.documentPace ?? 5);
    case 'find-rate':
      return await findRate(emit);
    case 'evaluate':
    case 'evaluate-task':
    case 'evaluate-questions':
    case 'build-task':
    case 'scaling':
    case 'inside':
    case 'distill':
    case 'generate':
    case 'import-model':
    case 'quantise-model':
    case 'measure':
    case 'read-document':
    case 'score-sequences':
    case 'score-variants':
    case 'serve-model':
      throw new HyenaError('internal', `The stand-in does no ${job.kind} jobs.`);
  }
}

/** A loss that falls to a rate of about 0.03, then rises. */
async function findRate(emit: (event: unknown) => void): Promise<RateFinderResult> {
  const points: RatePoint[] = [];
  for (let step = 1; step <= rateRange.steps; step++) {
    const rate = rateAt(rateRange, step - 1);
    const loss = 5 - 2 / (1 + 3e-3 / rate) + 3 * rate;
    const point = { step, rate, loss, smoothed: smooth(points, loss) };
    points.push(point);
    emit(point);
    await sleep(1);
  }
  return {
    device: 'native',
    deviceReason: msg`It is the fastest of those found.`,
    points,
    proposed: proposeRate(points),
    seconds: 1,
  };
}

/** Downloads that take a second and come from nowhere. */
async function setUp(
  { setup: { device, action } }: Job<'setup-device'>,
  emit: (event: unknown) => void,
  signal: AbortSignal,
): Promise<SetupResult> {
  const answer = {
    ...{ device, action, folder: `/library/devices/${device}`, unchanged: false, diskBytes: 802e6 },
    downloads: [{ what: msg`the wheel of ${device}`, bytes: 259e6 }],
    ...{
      found: [],
      missing: device === 'cuda' ? [msg`No NVIDIA driver answers.`] : [],
      tensorflow: '2.20.0',
      kernels: 50,
    },
  };
  if (action !== 'install') return answer;
  for (let done = 0; done <= 10; done++) {
    if (signal.aborted) throw new HyenaError('interrupted', 'The download was stopped.', { kept: 'A part of it.' });
    emit({
      type: 'progress',
      stage: 'download',
      what: msg`the wheel`,
      done: done * 25.9e6,
      total: 259e6,
      unit: 'bytes',
    });
    await sleep(200);
  }
  return answer;
}

const sentences =
  'Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about a little.';

async function train(
  { library, run, until }: Job<'train'>,
  emit: (event: unknown) => void,
  signal: AbortSignal,
  { pace }: FakeJobOptions,
): Promise<TrainResult> {
  const folder = runFolder(library, run);
  let record = await readRunRecord(library, run);
  const first = record.step;
  const { training, model, dataset } = record.configuration;
  const totalSteps = training.max_steps ?? 4000;
  const owner = { pid: process.pid, host: hostname(), time: new Date().toISOString() };
  await writeFile(path.join(folder, 'lock'), JSON.stringify({ ...owner, processStart: null }));
  record = await updateRunRecord(library, record, {
    status: 'running',
    owner,
    device: 'native',
    kind: 'text',
    parameters: 330_000,
    totalSteps,
  });
  const tell = async (event: RunEvent) => {
    await appendFile(path.join(folder, 'metrics.jsonl'), `${JSON.stringify(event)}\n`);
    emit(event);
  };
  await tell({
    ...{ type: 'start', run, dataset, device: 'native', deviceReason: msg`It is the fastest of those found.` },
    ...{ parameters: 330_000, step: first, totalSteps, vocabularySize: 256, resumed: first > 0 },
  });
  const perStep = training.batch_size * model.l_max;
  let step = first;
  let loss = 5.5;
  let best = record.best;
  const contents = Object.fromEntries(requiredFiles.map((name) => [name, '{}'])) as Record<CheckpointFile, string>;
  const checkpoint = async () => {
    const place = await writeCheckpoint(folder, step, 'step', contents);
    record = await updateRunRecord(library, record, {
      ...{ step, loss, best, tokens: step * perStep, seconds: (step * pace) / 1000 },
      validationLoss: best?.loss ?? null,
    });
    await tell({ type: 'checkpoint', step, path: place, best: true });
  };
  const last = Math.min(totalSteps, until ?? Infinity);
  while (step < last && !signal.aborted) {
    await sleep(pace);
    step++;
    const noise = Math.sin(step * 12.9898) * 0.12;
    loss = 1.6 + 0.3 * training.seed + 3.9 * Math.exp(-step / 90) + noise;
    await tell({
      ...{
        type: 'step',
        step,
        loss,
        learningRate: 2e-3 * Math.min(1, step / 20),
        gradientNorm: 0.6 + Math.abs(noise) * 4,
      },
      ...{
        tokensPerSecond: (perStep * 1000) / pace,
        tokens: step * perStep,
        secondsLeft: ((totalSteps - step) * pace) / 1000,
      },
      ...{ milliseconds: pace, memoryMiB: 240 + Math.min(40, step / 5) },
    });
    if (step % 20 === 0 || step === until) {
      const validation = loss - noise + 0.05;
      best = { step, loss: validation };
      await tell({
        ...{ type: 'evaluation', step, loss: validation, perplexity: Math.exp(validation) },
        ...{ bitsPerByte: validation / Math.LN2, tokens: 10_000, best: true },
      });
    }
    if (step % 40 === 0)
      await tell({ type: 'sample', step, prompt: 'The whale', text: ` ${sentences.slice(0, 20 + (step % 90))}` });
    if (step % 50 === 0) await checkpoint();
  }
  await checkpoint();
  const reason = step < totalSteps ? 'stopped' : 'budget';
  await updateRunRecord(library, record, { status: step < totalSteps ? 'stopped' : 'done', owner: null, reason });
  await rm(path.join(folder, 'lock'), { force: true });
  const seconds = (step * pace) / 1000;
  const validationLoss = best?.loss ?? null;
  await tell({ type: 'done', step, reason, loss, validationLoss, seconds });
  return {
    run,
    step,
    reason,
    loss,
    validationLoss,
    fullValidationLoss: null,
    answers: null,
    best,
    seconds,
    checkpoint: null,
  };
}
