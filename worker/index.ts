import { processEnvironment } from '../main/library/environment.ts';
import { HyenaError } from '../main/contract/errors.ts';
import {
  type FromWorker,
  type Job,
  type JobEvent,
  type JobKind,
  type JobResult,
  toWorkerSchema,
} from '../main/contract/jobs.ts';
import { Cancellation } from './process/cancellation.ts';
import type { JobContext } from './process/job-context.ts';
import { openWatchdog } from './process/watchdog.ts';

/**
 * The compute process: plain Node with a channel to the host. It does one job, tells events, answers with exactly one
 * result or error, and ends. Modules are loaded for the job at hand alone: adding data needs no tensors.
 */
type Runner<K extends JobKind> = (job: Job<K>, context: JobContext<JobEvent<K>>) => Promise<JobResult<K>>;

const runners: { [K in JobKind]: () => Promise<Runner<K>> } = {
  'add-dataset': async () => (await import('./data/datasets/job.ts')).runAddDataset,
  'build-task': async () => (await import('./lab/build-task.ts')).runBuildTask,
  inspect: async () => (await import('./data/inspect-job.ts')).runInspect,
  train: async () => (await import('./training/train-job.ts')).runTrain,
  'find-rate': async () => (await import('./training/find-rate-job.ts')).runFindRate,
  evaluate: async () => (await import('./training/evaluate-job.ts')).runEvaluate,
  'evaluate-task': async () => (await import('./lab/evaluation/job.ts')).runEvaluateTask,
  'evaluate-questions': async () => (await import('./lab/evaluation/questions/job.ts')).runEvaluateQuestions,
  'score-sequences': async () => (await import('./sequences/score-job.ts')).runScore,
  'score-variants': async () => (await import('./sequences/variants-job.ts')).runVariants,
  inside: async () => (await import('./lab/inside-job.ts')).runInside,
  distill: async () => (await import('./generation/distill-job.ts')).runDistill,
  generate: async () => (await import('./generation/generate-job.ts')).runGenerate,
  'import-model': async () => (await import('./imports/import-job.ts')).runImportModel,
  'quantise-model': async () => (await import('./imports/quantise-job.ts')).runQuantiseModel,
  'import-document': async () => (await import('./documents/jobs.ts')).runImport,
  'read-document': async () => (await import('./documents/model-jobs.ts')).runRead,
  'ask-document': async () => (await import('./documents/model-jobs.ts')).runAsk,
  'summarise-document': async () => (await import('./documents/model-jobs.ts')).runSummarise,
  'write-summary': async () => (await import('./documents/write-job.ts')).runWrite,
  'map-document': async () => (await import('./documents/map-job.ts')).runMap,
  'serve-model': async () => (await import('./serving/serve-job.ts')).runServe,
  bench: async () => (await import('./benchmarks/bench-job.ts')).runBench,
  measure: async () => (await import('./benchmarks/measure-job.ts')).runMeasure,
  scaling: async () => (await import('./benchmarks/scaling-job.ts')).runScaling,
  'setup-device': async () => (await import('./setup/setup-job.ts')).runSetup,
  devices: async () => (await import('./devices/devices-job.ts')).runDevices,
  'report-devices': async () => (await import('./setup/report-devices-job.ts')).runReportDevices,
};

const watchdog = openWatchdog(processEnvironment);
const cancellation = new Cancellation(watchdog.stopFlag);
/** What the job does with what it is told; before it listens nobody tells it anything. */
let onMessage: (message: unknown) => void = () => undefined;
let started = false;
let answered = false;

function send(message: FromWorker, sent: () => void = () => undefined): void {
  if (process.connected && process.send) process.send(message, sent);
  else sent();
}

/** Reports the outcome, once, and ends the process when it is reported. */
function answer(message: FromWorker, exitCode: number): void {
  if (answered) return;
  answered = true;
  send(message, () => process.exit(exitCode));
}

function fail(thrown: unknown): void {
  answer({ type: 'error', error: HyenaError.from(thrown).toReport() }, 1);
}

async function run<K extends JobKind>(kind: K, job: Job<K>): Promise<void> {
  const runner = await runners[kind]();
  const result = await runner(job, {
    cancellation,
    signal: cancellation.signal,
    emit: (event) => send({ type: 'event', event }),
    heartbeat: watchdog.heartbeat,
    activeSeconds: watchdog.activeSeconds,
    onMessage: (listener) => {
      onMessage = listener;
    },
  });
  answer({ type: 'result', result }, 0);
}

process.on('message', (message) => {
  const parsed = toWorkerSchema.safeParse(message);
  if (!parsed.success) {
    fail(new HyenaError('internal', `Malformed message to the compute process: ${parsed.error.message}`));
  } else if (parsed.data.type === 'stop') {
    cancellation.request();
  } else if (parsed.data.type === 'message') {
    onMessage(parsed.data.message);
  } else if (started) {
    fail(new HyenaError('internal', 'The compute process received a second job.'));
  } else {
    started = true;
    run(parsed.data.job.kind, parsed.data.job).catch(fail);
  }
});
// Without a host nobody needs what is not finished: what is worth keeping is kept, and the process ends.
process.on('disconnect', () => {
  cancellation.request();
  if (!started) process.exit(1);
});
// Ctrl-C in a terminal reaches this process too: the host says what is to be done. The other two ask for an end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => cancellation.request());
process.on('SIGHUP', () => cancellation.request());
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
