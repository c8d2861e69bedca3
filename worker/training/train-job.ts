import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toSettings, suggestReduction } from '../../main/contract/runtime-overrides.ts';
import { resolveModel, type ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { kindOfData } from '../../main/contract/datasets.ts';
import { HyenaError, messageOf } from '../../main/contract/errors.ts';
import { msg, joinMessages, type Message } from '../../main/contract/message.ts';
import type { RunEvent, StartingPhase } from '../../main/contract/events.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import type { Owner, RunRecord, TrainResult } from '../../main/contract/runs.ts';
import { isInterruption } from '../process/cancellation.ts';
import { listCheckpoints } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { basePath } from '../../main/library/checkpoints/manifest.ts';
import { configJson, generationConfigJson } from '../../main/library/checkpoints/config-json.ts';
import { learnedSpans } from '../data/answer-windows.ts';
import { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import { datasetFolder, TOKENIZER_FILE } from '../../main/library/datasets/layout.ts';
import type { Device } from '../devices/device.ts';
import { openDevice } from '../devices/index.ts';
import { measureInProcess } from '../devices/measuring.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import type { JobContext } from '../process/job-context.ts';
import { LanguageModel } from '../models/language-model.ts';
import { withMergedAdapters } from '../models/merged.ts';
import { adaptersOf } from '../../main/contract/logic/adapters.ts';
import { countParameters } from '../../main/contract/logic/model-parameters.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';
import { Checkpointer } from './checkpointer.ts';
import { datasetIdentity } from '../../main/library/datasets/identity.ts';
import { batchesOf, readDatasetText } from './dataset-text.ts';
import { evaluator } from './evaluator.ts';
import { Trainer } from './loop.ts';
import { rowEvaluator } from './row-evaluator.ts';
import { MetricsFile } from '../../main/library/runs/metrics-file.ts';
import type { Learner } from './learner.ts';
import { openLearner } from './open-learner.ts';
import { TrainingPlan } from '../../main/contract/logic/training-plan.ts';
import { readRunRecord, runFolder, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { lockRun } from '../../main/library/runs/run-lock.ts';
import { Sampler } from './sampler.ts';
import { checkInitialCheckpoint } from '../../main/library/runs/warm-start.ts';
import { keepInitialWeights, loadKeptWeights } from './warm-start/base.ts';
import { loadInitialCheckpoint } from './warm-start/load.ts';
import { initialState, withBatchesOf, type TrainingState } from '../../main/library/runs/training-state.ts';

type TrainJob = Job<'train'>;
type TrainContext = JobContext<JobEvent<'train'>>;

/**
 * Trains a run, or continues it, until its budget is spent or it is asked to stop. Every event is in metrics.jsonl
 * before it is reported; a failure is written there too, and thrown, not told as an event.
 *
 * @throws HyenaError `locked`, `already-exists` where a run that has been trained is to start again, or what stops it
 */
export async function runTrain(job: TrainJob, context: TrainContext): Promise<TrainResult> {
  const folder = runFolder(job.library, job.run);
  await readRunRecord(job.library, job.run);
  const lock = await lockRun(folder);
  try {
    return await new TrainingSession(job, context, await readRunRecord(job.library, job.run)).run(lock.owner);
  } finally {
    await lock.release();
  }
}

/** The data of a run, which fit its configuration, and what follows from them. */
interface OpenData {
  readonly reader: DatasetReader;
  readonly identity: string;
  readonly config: ResolvedModelConfiguration;
  readonly plan: TrainingPlan;
  /** The spans that windows are laid around; null where every token is learned. */
  readonly around: ReturnType<typeof learnedSpans> | null;
}

interface OpenedModel {
  readonly device: Device;
  /** Why it is this one. */
  readonly reason: Message;
  readonly model: LanguageModel;
  readonly learner: Learner;
}

/** Where training begins: at its start, or at its last checkpoint. */
interface Begun {
  readonly checkpointer: Checkpointer;
  readonly state: TrainingState;
  /** Its folder; null: at the start. */
  readonly checkpoint: string | null;
  readonly metrics: MetricsFile;
  readonly emit: (event: RunEvent) => Promise<void>;
}

/** One process's share of a run. */
class TrainingSession {
  readonly #job: TrainJob;
  readonly #context: TrainContext;
  readonly #folder: string;
  #record: RunRecord;
  #metrics: MetricsFile | null = null;
  #device: Device | null = null;
  #reported: StartingPhase | null = null;
  #starting = true;
  /** From the first step on. */
  #trainer: Trainer | null = null;
  /** What the next start is to tell. */
  readonly #notices: RunEvent[] = [];

  constructor(job: TrainJob, context: TrainContext, record: RunRecord) {
    this.#job = job;
    this.#context = context;
    this.#folder = runFolder(job.library, job.run);
    this.#record = record;
  }

  async run(owner: Owner): Promise<TrainResult> {
    const before = this.#record.status;
    const trained = (await listCheckpoints(this.#folder)).length > 0;
    if (trained && !this.#job.resume)
      throw new HyenaError('already-exists', msg`Run '${this.#job.run}' has already been trained.`, {
        hint: 'Resume it.',
        command: `hyena resume ${this.#job.run}`,
      });
    try {
      const { device = this.#record.configuration.device } = this.#job;
      const configuration = { ...this.#record.configuration, device };
      await this.#update({ status: 'running', owner, error: null, reason: null, configuration });
      const result = await this.#trainOnce();
      await this.#update({
        status: result.reason === 'stopped' ? 'stopped' : 'done',
        owner: null,
        reason: result.reason,
        step: result.step,
        seconds: result.seconds,
        loss: result.loss,
        validationLoss: result.validationLoss,
        fullValidationLoss: result.fullValidationLoss,
        answers: result.answers,
        best: result.best,
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
  #report(stage: StartingPhase['stage'], done: number | null = null): void {
    const shown = done === null ? null : Math.floor(100 * done) / 100;
    if (this.#reported?.stage === stage && this.#reported.done === shown) return;
    this.#reported = { stage, done: shown };
    this.#context.emit({ type: 'starting', ...this.#reported });
  }

  async #update(changes: Partial<RunRecord>): Promise<void> {
    this.#record = await updateRunRecord(this.#job.library, this.#record, changes);
  }

  /** Completes an error by what was kept and writes it down as far as the disk lets it. */
  async #fail(error: HyenaError): Promise<HyenaError> {
    const last = (await listCheckpoints(this.#folder).catch(() => [])).at(-1);
    const complete = new HyenaError(error.code, error.messages.message, {
      kept:
        error.messages.kept ??
        (last && msg`The checkpoint of step ${last.step} was kept.`) ??
        // Before the first step there is nothing that could have been kept.
        (this.#trainer ? 'No checkpoint had been saved.' : undefined),
      ...this.#remedy(error),
      cause: error,
    });
    // A full disk may refuse even this; the checkpoint counts, and the error itself is reported.
    await this.#metrics?.append({ type: 'error', ...complete.toReport() }).catch(() => undefined);
    const reached = this.#trainer ? summaryOf(this.#trainer.state) : {};
    await this.#update({ ...reached, status: 'failed', owner: null, error: complete.toReport() }).catch(
      () => undefined,
    );
    return complete;
  }

  #remedy({ code, messages: { hint }, command }: HyenaError): { hint?: Message; command?: string } {
    const resume = `hyena resume ${this.#job.run}`;
    if (code === 'disk-full') return { hint: msg`Free some disk space, then resume the run.`, command: resume };
    if (code !== 'out-of-memory') return { hint, command };
    const changes = suggestReduction(this.#record.configuration.training);
    return changes
      ? {
          hint: msg`Resume with less memory per step; the training stays the same otherwise.`,
          command: `${resume} ${toSettings(changes)}`,
        }
      : {
          hint: msg`Resume on another device, or train a new run with a shorter sequence_length or a smaller model.`,
          command: `${resume} --device NAME`,
        };
  }

  /** Trains; where the device is lost on the way, continues from the last checkpoint on it opened again, once. */
  async #trainOnce(): Promise<TrainResult> {
    try {
      return await this.#train();
    } catch (error) {
      if (!(this.#device?.lost?.() ?? false)) throw error;
      await this.#metrics?.close();
      this.#metrics = null;
      const last = (await listCheckpoints(this.#folder)).at(-1);
      const resumed = last
        ? msg`The run resumes from its checkpoint of step ${last.step}.`
        : msg`The run restarts from the beginning because no checkpoint had been saved.`;
      this.#notices.push({ type: 'notice', message: joinMessages([messageOf(error), resumed]) });
      return await this.#train();
    }
  }

  async #train(): Promise<TrainResult> {
    this.#starting = true;
    this.#report('data');
    const reader = await DatasetReader.open(this.#job.library, this.#record.configuration.dataset);
    try {
      const data = this.#openData(reader);
      const opened = await this.#openModel(data);
      try {
        const begun = await this.#resume(data, opened);
        return await this.#loop(data, opened, begun);
      } finally {
        opened.learner.dispose?.();
      }
    } finally {
      reader.close();
    }
  }

  /** While the run is prepared nothing is lost by stopping; a run that goes back to a checkpoint must do so wholly. */
  readonly #checkWhileStarting = (): void => {
    if (this.#starting) this.#context.cancellation.check();
  };

  /** Refuses data that the run cannot be trained on before anything is made. */
  #openData(reader: DatasetReader): OpenData {
    const { configuration } = this.#record;
    const { training } = configuration;
    const identity = this.#checkDataset(reader);
    const config = resolveModel(configuration.model, reader.tokenizer.vocabularySize);
    if (config.vocab_size < reader.tokenizer.vocabularySize)
      throw new HyenaError(
        'configuration',
        msg`vocab_size is ${config.vocab_size}, but the tokenizer of data set '${configuration.dataset}' has ${reader.tokenizer.vocabularySize} tokens.`,
        { hint: 'Leave vocab_size empty.' },
      );
    const plan = new TrainingPlan(training, config, reader.tokenCount('train'));
    const around =
      reader.hasMask('train') && reader.record.task === null
        ? learnedSpans(reader, 'train', this.#checkWhileStarting)
        : null;
    // A text that is too short, or holds nothing to learn, has no first batch.
    batchesOf(reader, training.seed, around).batch(0, 1, plan.sequenceLength);
    return { reader, identity, config, plan, around };
  }

  async #openModel({ config, reader }: OpenData): Promise<OpenedModel> {
    const { cancellation } = this.#context;
    const { configuration } = this.#record;
    this.#report('device');
    const { device, reason } = await openDevice(configuration.device, {
      configuration,
      measure: measureInProcess(configuration, this.#context.signal),
    });
    if (device.python !== undefined && reader.record.task !== null)
      throw new HyenaError('device', msg`Device '${device.name}' cannot train on the rows of a task.`, {
        hint: 'Use another device.',
      });
    if (this.#device === null) interruptKernels(device, cancellation, this.#context.heartbeat);
    this.#device = device;
    cancellation.check();
    const onProgress = (done: number) => {
      this.#checkWhileStarting();
      this.#report('weights', done);
    };
    const { training } = configuration;
    const model = LanguageModel.create(config, device, training.seed, onProgress, adaptersOf(training));
    return {
      device,
      reason,
      model,
      learner: await openLearner(model, training, this.#checkWhileStarting),
    };
  }

  /** Goes back to the last checkpoint, or begins; opens the metrics there and reports the start. */
  async #resume(data: OpenData, { model, device, reason, learner }: OpenedModel): Promise<Begun> {
    const { configuration } = this.#record;
    const { reader, identity, config, plan } = data;
    const parameters = countParameters(config).total;
    const checkpointer = await this.#checkpointer(data, learner);
    this.#report('checkpoint');
    const notices = this.#notices.splice(0);
    const notify = (notice: Message) => void notices.push({ type: 'notice', message: notice });
    if (model.adapters !== null) await loadKeptWeights(this.#folder, model, this.#checkWhileStarting);
    const resumed = await checkpointer.resume(notify);
    const state = withBatchesOf(configuration.training.batch_size, resumed?.state ?? initialState());
    // The first checkpoint, of step 0, keeps what was begun with.
    const begun = resumed === null ? await checkInitialCheckpoint(this.#job.library, configuration, notify) : null;
    if (begun) notify(await loadInitialCheckpoint(begun, model, device));
    if (begun && model.adapters !== null) {
      await keepInitialWeights(this.#folder, begun, model);
      notify(
        msg`Adapters of rank ${model.adapters.rank} are trained: ${learner.parameterCount} of ${parameters} parameters.`,
      );
    }
    const metrics = await MetricsFile.open(this.#folder, state.metricsBytes, state.step);
    this.#metrics = metrics;
    const emit = async (event: RunEvent) => {
      await metrics.append(event);
      this.#context.emit(event);
    };
    const chosen = { device: device.name, deviceReason: reason };
    await emit({
      type: 'start',
      run: this.#job.run,
      dataset: configuration.dataset,
      ...chosen,
      parameters,
      step: state.step,
      totalSteps: plan.totalSteps,
      vocabularySize: config.vocab_size,
      resumed: resumed !== null,
    });
    for (const notice of notices) await emit(notice);
    await this.#update({
      dataset: { name: configuration.dataset, identity },
      kind: kindOfData(reader.record),
      summaries: reader.record.statistics.summaries > 0,
      ...chosen,
      parameters,
      totalSteps: plan.totalSteps,
      ...summaryOf(state),
    });
    return { checkpointer, state, checkpoint: resumed?.path ?? null, metrics, emit };
  }

  async #checkpointer({ reader, config }: OpenData, learner: Learner): Promise<Checkpointer> {
    const { dataset, training } = this.#record.configuration;
    const sampling = { maxTokens: training.sample_tokens, temperature: training.sample_temperature };
    const constants = {
      'config.json': asJson(configJson(config, reader.tokenizer)),
      'generation_config.json': asJson(generationConfigJson(sampling, reader.tokenizer)),
      'tokenizer.json': await readFile(join(datasetFolder(this.#job.library, dataset), TOKENIZER_FILE)),
    };
    const { checkpoint_interval: interval, keep_checkpoints: keep } = training;
    return new Checkpointer({ folder: this.#folder, constants, interval, keep }, learner);
  }

  async #loop(
    { reader, plan, around }: OpenData,
    { model, learner }: OpenedModel,
    { checkpointer, state, checkpoint, metrics, emit }: Begun,
  ): Promise<TrainResult> {
    const { cancellation } = this.#context;
    const { training } = this.#record.configuration;
    const evaluate =
      reader.record.task === null
        ? evaluator(learner, readDatasetText(reader, 'validation'), plan.sequenceLength, training, cancellation)
        : rowEvaluator(model, learner, reader, training, cancellation);
    if (evaluate === null)
      await emit({
        type: 'notice',
        message:
          reader.tokenCount('validation') < 2
            ? msg`The data set has no validation split; evaluation is disabled.`
            : msg`The validation split contains no answers, so none of its tokens count; evaluation is disabled.`,
      });
    // What a task answers is measured; its rows are not texts to continue.
    const sampled = training.sample_interval !== null && reader.record.task === null;
    const sampler = !sampled ? null : new Sampler(model, reader, training);
    this.#trainer = new Trainer(
      {
        run: this.#job.run,
        training,
        plan,
        learner,
        batches: batchesOf(reader, training.seed, state.windows === undefined ? null : around),
        checkpointer,
        metrics,
        cancellation,
        until: this.#job.until ?? null,
        dropoutSeed: (draw) => derivedSeed(training.seed, 'dropout', draw),
        evaluate,
        sample:
          sampler &&
          (async (step) => {
            await learner.refreshModel?.();
            return withMergedAdapters(model, basePath(this.#folder), () =>
              sampler.sample(step, () => cancellation.check()),
            );
          }),
        emit: this.#context.emit,
        onSaved: (saved) => this.#update(summaryOf(saved)),
        now: this.#context.activeSeconds,
      },
      state,
      checkpoint,
    );
    this.#starting = false;
    return await this.#trainer.run();
  }

  #checkDataset(reader: DatasetReader): string {
    const identity = datasetIdentity(reader.record);
    const { dataset } = this.#record;
    if (dataset !== null && dataset.identity !== identity)
      throw new HyenaError(
        'configuration',
        msg`Data set '${reader.record.name}' is not the one that run '${this.#job.run}' started with.`,
        { hint: 'Train a new run on this data set.' },
      );
    return identity;
  }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const summaryOf = (state: TrainingState): Partial<RunRecord> => {
  const { step, tokens, seconds, loss, validationLoss, fullValidationLoss, answers, best } = state;
  return { step, tokens, seconds, loss, validationLoss, fullValidationLoss, answers, best };
};
