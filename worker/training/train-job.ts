import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asSettings, lighter } from '../../main/contract/adaptation.ts';
import { resolveModel } from '../../main/contract/configuration.ts';
import { kindOfData } from '../../main/contract/datasets.ts';
import { HyenaError, said } from '../../main/contract/errors.ts';
import { told, english, asMessage, toldTogether, type Told } from '../../main/contract/told.ts';
import type { RunEvent, Starting } from '../../main/contract/events.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { Owner, RunRecord, TrainResult } from '../../main/contract/runs.ts';
import { isInterruption } from '../cancellation.ts';
import { listCheckpoints } from '../checkpoints/checkpoint-folder.ts';
import { configJson, generationConfigJson } from '../checkpoints/config-json.ts';
import { learnedSpans } from '../data/answer-windows.ts';
import { DatasetReader } from '../data/datasets/dataset-reader.ts';
import { datasetFolder, TOKENIZER_FILE } from '../data/datasets/layout.ts';
import type { Device } from '../devices/device.ts';
import { openDevice } from '../devices/index.ts';
import { measureInProcess } from '../devices/measuring.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { LanguageModel } from '../models/language-model.ts';
import { derivedSeed } from '../ops/random.ts';
import { Checkpointer } from './checkpointer.ts';
import { batchesOf, datasetIdentity, textOf } from './dataset-text.ts';
import { evaluator } from './evaluator.ts';
import { Trainer } from './loop.ts';
import { MetricsFile } from './metrics-file.ts';
import { ModelLearner } from './model-learner.ts';
import { TrainingPlan } from './plan.ts';
import { readRunRecord, runFolder, updateRunRecord } from './run-folder.ts';
import { lockRun } from './run-lock.ts';
import { Sampler } from './sampler.ts';
import { startOf } from './start-check.ts';
import { startFrom } from './start-from.ts';
import { initialState, withBatchesOf, type TrainingState } from './state.ts';

type TrainJob = Extract<Job, { kind: 'train' }>;

/**
 * Trains a run, or goes on with it, until its budget is spent or it is asked to stop. Every event is in metrics.jsonl
 * before it is told; a failure is written there too, and thrown, not told as an event.
 *
 * @throws HyenaError `locked`, `already-exists` where a run that has been trained is to start anew, or what stops it
 */
export async function runTrain(job: TrainJob, context: JobContext): Promise<TrainResult> {
  const folder = runFolder(job.library, job.run);
  await readRunRecord(job.library, job.run);
  const lock = await lockRun(folder);
  try {
    return await new TrainingSession(job, context, await readRunRecord(job.library, job.run)).run(lock.owner);
  } finally {
    await lock.release();
  }
}

/** One process's share of a run. */
class TrainingSession {
  readonly #job: TrainJob;
  readonly #context: JobContext;
  readonly #folder: string;
  #record: RunRecord;
  #metrics: MetricsFile | null = null;
  #device: Device | null = null;
  #reported: Starting | null = null;
  /** From the first step on. */
  #trainer: Trainer | null = null;
  /** What the next start is to tell. */
  readonly #notices: RunEvent[] = [];

  constructor(job: TrainJob, context: JobContext, record: RunRecord) {
    this.#job = job;
    this.#context = context;
    this.#folder = runFolder(job.library, job.run);
    this.#record = record;
  }

  async run(owner: Owner): Promise<TrainResult> {
    const before = this.#record.status;
    const trained = (await listCheckpoints(this.#folder)).length > 0;
    if (trained && !this.#job.resume)
      throw new HyenaError('already-exists', told`The run '${this.#job.run}' has been trained already.`, {
        hint: told`Go on with it: hyena resume ${this.#job.run}`,
      });
    try {
      const { device = this.#record.configuration.device } = this.#job;
      const configuration = { ...this.#record.configuration, device };
      await this.#update({ status: 'running', owner, error: null, reason: null, configuration });
      const result = await this.#trainOnce();
      await this.#update({
        ...{ status: result.reason === 'stopped' ? 'stopped' : 'done', owner: null, reason: result.reason },
        ...{ step: result.step, seconds: result.seconds, loss: result.loss },
        ...{ validationLoss: result.validationLoss, fullValidationLoss: result.fullValidationLoss, best: result.best },
      });
      return result;
    } catch (thrown) {
      if (isInterruption(thrown)) {
        // Asked to stop before the first step: nothing has changed.
        await this.#update({ status: before === 'running' ? 'interrupted' : before, owner: null });
        throw thrown;
      }
      throw await this.#fail(HyenaError.from(thrown));
    } finally {
      await this.#metrics?.close();
    }
  }

  /** Says what is prepared, at most once a hundredth. */
  #report(stage: Starting['stage'], done: number | null = null): void {
    const shown = done === null ? null : Math.floor(100 * done) / 100;
    if (this.#reported?.stage === stage && this.#reported.done === shown) return;
    this.#reported = { stage, done: shown };
    this.#context.emit({ type: 'starting', ...this.#reported } satisfies RunEvent);
  }

  async #update(changes: Partial<RunRecord>): Promise<void> {
    this.#record = await updateRunRecord(this.#job.library, this.#record, changes);
  }

  /** Completes an error by what was kept and writes it down as far as the disk lets it. */
  async #fail(error: HyenaError): Promise<HyenaError> {
    const last = (await listCheckpoints(this.#folder).catch(() => [])).at(-1);
    const hint = this.#remedy(error);
    const complete = new HyenaError(error.code, error.told.message, {
      kept:
        error.told.kept ??
        (last && told`The checkpoint of step ${last.step}: ${last.path}`) ??
        // Before the first step there is nothing that could have been kept.
        (this.#trainer ? 'There was no checkpoint yet.' : undefined),
      hint,
      cause: error,
    });
    // A full disk may refuse even this; the checkpoint counts, and the error itself is told.
    await this.#metrics?.append({ type: 'error', ...complete.toReport() }).catch(() => undefined);
    const reached = this.#trainer ? summaryOf(this.#trainer.state) : {};
    await this.#update({ ...reached, status: 'failed', owner: null, error: complete.toReport() }).catch(
      () => undefined,
    );
    return complete;
  }

  #remedy({ code, told: { hint } }: HyenaError): Told | undefined {
    const { run } = this.#job;
    if (code === 'disk-full') return told`Free some space, then: hyena resume ${run}`;
    if (code !== 'out-of-memory') return hint;
    const changes = lighter(this.#record.configuration.training);
    return changes
      ? told`Go on with less memory a step, and the same training otherwise: hyena resume ${run} ${asSettings(changes)}`
      : told`Go on with it on another device (hyena resume ${run} --device NAME), or train anew with a shorter sequence_length or a smaller model.`;
  }

  /** Trains; where the device is lost on the way, goes on from the last checkpoint on it opened again, once. */
  async #trainOnce(): Promise<TrainResult> {
    try {
      return await this.#train();
    } catch (error) {
      if (!(this.#device?.lost?.() ?? false)) throw error;
      await this.#metrics?.close();
      this.#metrics = null;
      const last = (await listCheckpoints(this.#folder)).at(-1);
      const goingOn = last
        ? told`The run goes on from its checkpoint of step ${last.step}.`
        : told`The run goes on from its start, for there was no checkpoint yet.`;
      this.#notices.push({ type: 'notice', ...asMessage(toldTogether([said(error), goingOn])) });
      return await this.#train();
    }
  }

  async #train(): Promise<TrainResult> {
    const { cancellation } = this.#context;
    const { configuration } = this.#record;
    const { training } = configuration;
    let starting = true;
    /** While the run is prepared nothing is lost by stopping; a run that goes back to a checkpoint must do so wholly. */
    const check = () => {
      if (starting) cancellation.check();
    };
    this.#report('data');
    const reader = await DatasetReader.open(this.#job.library, configuration.dataset);
    try {
      const identity = this.#checkDataset(reader);
      const config = resolveModel(configuration.model, reader.tokenizer.vocabularySize);
      if (config.vocab_size < reader.tokenizer.vocabularySize)
        throw new HyenaError(
          'configuration',
          told`vocab_size is ${config.vocab_size}, but the tokenizer of '${configuration.dataset}' has ${reader.tokenizer.vocabularySize} tokens.`,
          { hint: 'Leave vocab_size empty.' },
        );
      const plan = new TrainingPlan(training, config, reader.tokenCount('train'));
      const around = reader.hasMask('train') ? learnedSpans(reader, 'train', check) : null;
      // Refuses a text that is too short, or holds nothing to learn, before anything is made.
      batchesOf(reader, training.seed, around).batch(0, 1, plan.sequenceLength);
      this.#report('device');
      const { device, reason: deviceTold } = await openDevice(configuration.device, {
        configuration,
        measure: measureInProcess(configuration, this.#context.signal),
      });
      if (this.#device === null) interruptKernels(device, cancellation, this.#context.beat);
      this.#device = device;
      cancellation.check();
      const model = LanguageModel.create(config, device, training.seed, (done) => {
        check();
        this.#report('weights', done);
      });
      const learner = new ModelLearner(model, training, check);
      const tokenizerFile = join(datasetFolder(this.#job.library, configuration.dataset), TOKENIZER_FILE);
      const checkpointer = new Checkpointer(
        {
          folder: this.#folder,
          constants: {
            'config.json': asJson(configJson(config, reader.tokenizer)),
            'generation_config.json': asJson(
              generationConfigJson(
                { maxTokens: training.sample_tokens, temperature: training.sample_temperature },
                reader.tokenizer,
              ),
            ),
            'tokenizer.json': await readFile(tokenizerFile),
          },
          interval: training.checkpoint_interval,
          keep: training.keep_checkpoints,
        },
        learner,
      );
      this.#report('checkpoint');
      const notices = this.#notices.splice(0);
      const notify = (notice: Told) => void notices.push({ type: 'notice', ...asMessage(notice) });
      const resumed = await checkpointer.resume(notify);
      const state = withBatchesOf(training.batch_size, resumed?.state ?? initialState());
      // The first checkpoint, of step 0, keeps what was begun with.
      const begun = resumed === null ? await startOf(this.#job.library, configuration, notify) : null;
      if (begun) notices.push({ type: 'notice', ...asMessage(await startFrom(begun, model, device)) });
      const metrics = await MetricsFile.open(this.#folder, state.metricsBytes, state.step);
      this.#metrics = metrics;
      const tell = async (event: RunEvent) => {
        await metrics.append(event);
        this.#context.emit(event);
      };
      const start: RunEvent = {
        ...{ type: 'start', run: this.#job.run, dataset: configuration.dataset },
        ...{ device: device.name, deviceReason: english(deviceTold), deviceTold, parameters: learner.parameterCount },
        ...{ step: state.step, totalSteps: plan.totalSteps, vocabularySize: config.vocab_size },
        resumed: resumed !== null,
      };
      await tell(start);
      for (const notice of notices) await tell(notice);
      await this.#update({
        dataset: { name: configuration.dataset, identity },
        kind: kindOfData(reader.record),
        summaries: reader.record.statistics.summaries > 0,
        ...{
          device: device.name,
          deviceReason: english(deviceTold),
          deviceTold,
          parameters: learner.parameterCount,
          totalSteps: plan.totalSteps,
        },
        ...summaryOf(state),
      });
      const batches = batchesOf(reader, training.seed, state.windows === undefined ? null : around);
      const evaluate = evaluator(learner, textOf(reader, 'validation'), plan.sequenceLength, training, cancellation);
      if (evaluate === null)
        await tell({
          type: 'notice',
          ...asMessage(
            reader.tokenCount('validation') < 2
              ? told`The data set has no validation text: nothing is evaluated.`
              : told`No token of the validation text counts: it holds no answer, and nothing is evaluated.`,
          ),
        });
      const sampler = training.sample_interval === null ? null : new Sampler(model, reader, training);
      const trainer = new Trainer(
        {
          ...{ run: this.#job.run, training, plan, learner, batches, checkpointer, metrics, cancellation },
          dropoutSeed: (draw) => derivedSeed(training.seed, 'dropout', draw),
          evaluate,
          sample: sampler && ((step) => sampler.sample(step, () => cancellation.check())),
          tell: this.#context.emit,
          onSaved: (saved) => this.#update(summaryOf(saved)),
          now: this.#context.activeSeconds,
        },
        state,
        resumed?.path ?? null,
      );
      this.#trainer = trainer;
      starting = false;
      return await trainer.run();
    } finally {
      reader.close();
    }
  }

  #checkDataset(reader: DatasetReader): string {
    const identity = datasetIdentity(reader.record);
    const { dataset } = this.#record;
    if (dataset !== null && dataset.identity !== identity)
      throw new HyenaError(
        'configuration',
        told`The data set '${reader.record.name}' is not the one that the run '${this.#job.run}' was begun with.`,
        { hint: 'Train a new run on it.' },
      );
    return identity;
  }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const summaryOf = (state: TrainingState): Partial<RunRecord> => {
  const { step, tokens, seconds, loss, validationLoss, fullValidationLoss, best } = state;
  return { step, tokens, seconds, loss, validationLoss, fullValidationLoss, best };
};
