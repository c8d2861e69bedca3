import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { RunEvent } from '../../main/contract/events.ts';
import type { TrainResult } from '../../main/contract/runs.ts';
import { type Cancellation, isInterruption } from '../process/cancellation.ts';
import { updateAverage } from '../../main/library/runs/average.ts';
import type { Checkpointer, SaveAs } from './checkpointer.ts';
import { metricsOf } from './evaluation.ts';
import type { Evaluate } from './evaluator.ts';
import { detectGradientAnomaly, lossDecay, detectLossAnomaly } from './loss-guard.ts';
import type { TokenBatch } from '../models/batch.ts';
import { type BatchSource, countedTokens, type Learner } from './learner.ts';
import type { MetricsFile } from '../../main/library/runs/metrics-file.ts';
import { Throughput } from './throughput.ts';
import type { TrainingPlan } from '../../main/contract/logic/training-plan.ts';
import { inWarmup, learningRate, type SchedulePosition } from './schedule.ts';
import type { TrainingState } from '../../main/library/runs/training-state.ts';

/** All that a run is made of; what is not given as data is given as functions, so that each can be tested alone. */
export interface TrainerParts {
  readonly run: string;
  readonly training: TrainingConfiguration;
  readonly plan: TrainingPlan;
  readonly learner: Learner;
  readonly batches: BatchSource;
  /** Seed of the dropout of the n-th batch. */
  readonly dropoutSeed: (draw: number) => number;
  /**
   * Scores the validation text: the usual windows, the same in every evaluation, for the curve and for choosing the
   * best; and `all` of it, where that is requested. Null if there is none.
   */
  readonly evaluate: Evaluate | null;
  /** Writes a sample of text; null if none is wanted. */
  readonly sample: ((step: number) => Promise<{ prompt: string; text: string }>) | null;
  readonly checkpointer: Checkpointer;
  readonly metrics: MetricsFile;
  /** Notifies the host; metrics.jsonl has it already. */
  readonly emit: (event: RunEvent) => void;
  /** Called after each checkpoint. */
  readonly onSaved?: (state: TrainingState) => Promise<void>;
  readonly cancellation: Cancellation;
  /** Step after which the run is evaluated and stops, to be continued if it is among the best; null: none. */
  readonly until: number | null;
  /** Seconds of a clock that never goes back, and stands while the process is paused. */
  readonly now: () => number;
}

export type EndReason = TrainResult['reason'];

/** This many batches without a learned token mean that the data hold next to none. */
const mostEmptyBatches = 10_000;

/** A step that was not taken, and why. */
interface Anomaly {
  kind: 'not-finite' | 'spike';
  reason: Message;
}

/**
 * The training loop. Between two steps the state says all there is to know: what is due after a step is found from
 * counters, so it does not matter whether the run was stopped and resumed in between.
 */
export class Trainer {
  readonly #parts: TrainerParts;
  readonly #throughput: Throughput;
  #state: TrainingState;
  /** Whether anything has changed since the last checkpoint to continue from. */
  #changed: boolean;
  #checkpoint: string | null;
  #clock: number;

  /**
   * @param state as at the start, or as taken from a checkpoint
   * @param checkpoint the folder it was taken from
   */
  constructor(parts: TrainerParts, state: TrainingState, checkpoint: string | null) {
    this.#parts = parts;
    this.#state = state;
    this.#throughput = new Throughput(state.pace);
    this.#checkpoint = checkpoint;
    this.#changed = checkpoint === null;
    this.#clock = parts.now();
  }

  get state(): TrainingState {
    return this.#state;
  }

  /**
   * Trains until the budget is spent, the run stops improving, or it is asked to stop; there is a checkpoint then.
   *
   * @throws HyenaError `numerical` where the run does not recover, `disk-full`, or what the device throws
   */
  async run(): Promise<TrainResult> {
    const { cancellation } = this.#parts;
    this.#clock = this.#parts.now();
    for (;;) {
      await nextTurn(); // Lets messages of the host in.
      try {
        cancellation.check();
        const ending = await this.#afterStep();
        if (ending !== null) return await this.#end(ending);
        await this.#step();
      } catch (error) {
        this.#parts.learner.discard();
        if (!isInterruption(error)) throw error;
        return await this.#end('stopped');
      }
    }
  }

  #ending(): Exclude<EndReason, 'stopped'> | null {
    const { training, plan } = this.#parts;
    const patience = training.early_stopping_patience;
    if (patience !== null && this.#state.evaluationsWithoutImprovement >= patience) return 'early-stopping';
    const { target_accuracy: target } = training;
    if (target !== null && (this.#state.answers?.accuracy ?? -1) >= target) return 'solved';
    return plan.isSpent(this.#state) ? 'budget' : null;
  }

  #change(changes: Partial<TrainingState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#changed = true;
  }

  /** Adds the time since the last call to what the run has spent. @returns it in seconds */
  #lap(): number {
    const now = this.#parts.now();
    const seconds = now - this.#clock;
    this.#clock = now;
    this.#state = { ...this.#state, seconds: this.#state.seconds + seconds };
    return seconds;
  }

  async #emit(event: RunEvent): Promise<void> {
    await this.#parts.metrics.append(event);
    this.#parts.emit(event);
  }

  /**
   * What is due after the steps taken so far: evaluation, sample, checkpoint. Doing it twice does nothing.
   *
   * @returns why the run ends here, or null
   */
  async #afterStep(): Promise<EndReason | null> {
    const { training, plan, until } = this.#parts;
    const { step } = this.#state;
    let best = false;
    // Before the sequences grow, the model is scored as it was on the shorter ones.
    const grows = step > 0 && plan.lengthAt(step) !== plan.lengthAt(step - 1);
    const waits = until !== null && step >= until;
    if (step > 0 && (step % training.eval_interval === 0 || grows || waits)) best = await this.#evaluate(false);
    const ending = this.#ending();
    if (ending !== null && step > 0) {
      best = (await this.#evaluate(true)) || best;
      await this.#sample();
    } else if (training.sample_interval !== null && step > 0 && step % training.sample_interval === 0)
      await this.#sample();
    // One that was saved when the run was stopped may lack what has been done now: a run rolls back to these.
    const regular = step % training.checkpoint_interval === 0 && this.#changed;
    if (regular || best) await this.#save({ step: regular, best });
    this.#throughput.addOther(this.#lap());
    this.#state = { ...this.#state, pace: this.#throughput.record };
    return ending ?? (waits ? 'stopped' : null);
  }

  /** @returns whether the model is the best so far */
  async #evaluate(full: boolean): Promise<boolean> {
    const { evaluate, cancellation, training } = this.#parts;
    const { step, evaluatedAt, fullyEvaluatedAt } = this.#state;
    // The usual windows are skipped where all of them are about to be scored.
    const willBeFull = !full && this.#parts.plan.isSpent(this.#state);
    if (evaluate === null || willBeFull || (full ? fullyEvaluatedAt : evaluatedAt) === step) return false;
    const {
      all,
      sampledScore: sampled,
      answers,
    } = await cancellation.interruptible(() => evaluate(full || training.eval_windows === null));
    // One measure for the curve and for the best: the score of all of the text stands beside it.
    const { loss, perplexity, bitsPerByte } = metricsOf(sampled);
    const whole = full ? { ...metricsOf(all), tokens: all.tokens } : undefined;
    const again = evaluatedAt === step;
    const { best: previous } = this.#state;
    const finite = Number.isFinite(loss) && Number.isFinite(whole?.loss ?? 0);
    const best = finite && loss < (previous?.loss ?? Infinity);
    const improved = finite && loss < (previous?.loss ?? Infinity) - training.early_stopping_min_delta;
    this.#change({
      validationLoss: finite ? loss : null,
      fullValidationLoss: finite && whole !== undefined ? whole.loss : null,
      answers: finite ? (answers ?? null) : null,
      evaluatedAt: step,
      fullyEvaluatedAt: full ? step : fullyEvaluatedAt,
      best: best ? { step, loss } : previous,
      evaluationsWithoutImprovement: improved ? 0 : this.#state.evaluationsWithoutImprovement + (again ? 0 : 1),
    });
    if (!finite)
      await this.#emit({
        type: 'notice',
        message: msg`After step ${step} the validation loss is not finite.`,
      });
    else
      await this.#emit({
        type: 'evaluation',
        step,
        loss,
        perplexity,
        bitsPerByte,
        tokens: sampled.tokens,
        answers,
        best,
        full: whole,
      });
    return best;
  }

  async #sample(): Promise<void> {
    const { sample, cancellation } = this.#parts;
    const { step, sampledAt } = this.#state;
    if (sample === null || sampledAt === step) return;
    const written = await cancellation.interruptible(() => sample(step));
    this.#change({ sampledAt: step });
    await this.#emit({ type: 'sample', step, ...written });
  }

  async #save(as: SaveAs): Promise<void> {
    this.#throughput.addOther(this.#lap());
    this.#state = { ...this.#state, pace: this.#throughput.record };
    const { state, path } = await this.#parts.checkpointer.save(this.#state, as, this.#parts.metrics);
    if (as.step) {
      this.#state = state;
      this.#changed = false;
      this.#checkpoint = path;
    }
    this.#parts.emit({ type: 'checkpoint', step: state.step, path, best: as.best });
    await this.#parts.onSaved?.(state);
  }

  async #end(reason: EndReason): Promise<TrainResult> {
    this.#lap();
    if (this.#changed) await this.#save({ step: true, best: false });
    // Of a run that time limits nobody could say so before.
    if (reason === 'budget' && this.#parts.plan.limitSeconds !== null && this.#state.warmupEnd === null)
      await this.#emit({
        type: 'notice',
        message: msg`The run ended during its warmup: the learning rate never reached ${this.#parts.training.learning_rate}. Shorten the warmup, or train longer.`,
      });
    const { step, loss, validationLoss, fullValidationLoss, answers, best, seconds } = this.#state;
    await this.#emit({ type: 'done', step, reason, loss, validationLoss, seconds });
    await this.#parts.metrics.sync();
    const { run } = this.#parts;
    const checkpoint = this.#checkpoint;
    return { run, step, reason, loss, validationLoss, fullValidationLoss, answers, best, seconds, checkpoint };
  }

  async #step(): Promise<void> {
    const { training, plan, learner, cancellation } = this.#parts;
    const batches = await this.#draw(plan.lengthAt(this.#state.step));
    const counted = batches.reduce((sum, batch) => sum + countedTokens(batch), 0);
    let loss = 0;
    await cancellation.interruptible(async () => {
      for (const [index, batch] of batches.entries()) {
        await nextTurn();
        const share = countedTokens(batch) / counted;
        if (share === 0) continue; // Nothing in it is learned.
        const seed = this.#parts.dropoutSeed(this.#state.batches + index);
        loss += share * (await learner.accumulate(batch, share, seed));
      }
    });
    const trouble = detectLossAnomaly(loss, this.#state.lossAverage, training.spike_factor);
    if (trouble !== null) return this.#recover(trouble);
    const position = this.#position();
    const scale = this.#learningRateScale(position);
    const gradientNorm = await learner.update(scale, this.#state.step + 1);
    const late = detectGradientAnomaly(gradientNorm);
    if (late !== null) return this.#recover(late);
    await this.#accept(batches, loss, gradientNorm, scale * training.learning_rate, position);
  }

  /**
   * The batches of the next step. Those that hold nothing to learn make no step: they are passed over, which depends on
   * the data alone, so that a run that is resumed passes over the same ones.
   *
   * @throws HyenaError `configuration` where batch after batch holds nothing to learn
   */
  async #draw(length: number): Promise<TokenBatch[]> {
    const { training, batches, cancellation } = this.#parts;
    const count = training.gradient_accumulation_steps;
    for (let tries = 0; tries < mostEmptyBatches; tries += count) {
      const first = this.#state.batches;
      const drawn = Array.from({ length: count }, (_, index) =>
        batches.batch(first + index, training.batch_size, length),
      );
      if (drawn.some((batch) => countedTokens(batch) > 0)) return drawn;
      this.#state = { ...this.#state, batches: first + count };
      await nextTurn();
      cancellation.check();
    }
    throw new HyenaError(
      'configuration',
      msg`${mostEmptyBatches} consecutive batches had no tokens that count in the loss.`,
      {
        hint: 'Train on chats with more or longer answers, or with a longer sequence_length.',
      },
    );
  }

  #position(): SchedulePosition {
    const { plan } = this.#parts;
    const { step, seconds, warmupEnd } = this.#state;
    const stepSeconds = this.#parts.now() - this.#clock;
    const progress = plan.progress({ step: step + 1, seconds: seconds + stepSeconds });
    return { step, totalSteps: plan.totalSteps, progress, warmupEnd };
  }

  /** What the configured learning rates are multiplied by at a step. */
  #learningRateScale(position: SchedulePosition): number {
    const { training, plan } = this.#parts;
    const scheduled = learningRate(training, position, plan.limitSeconds !== null);
    return (scheduled / training.learning_rate) * this.#state.learningRateScale;
  }

  async #accept(
    batches: TokenBatch[],
    loss: number,
    gradientNorm: number,
    rate: number,
    position: SchedulePosition,
  ): Promise<void> {
    const { training, plan } = this.#parts;
    const computed = batches.filter((batch) => countedTokens(batch) > 0);
    const tokens = computed.reduce((sum, { targets }) => sum + targets.length, 0);
    const seconds = this.#lap();
    this.#throughput.addStep(seconds, tokens);
    const { state } = this;
    const warm = state.warmupEnd === null && !inWarmup(training, position);
    this.#change({
      step: state.step + 1,
      batches: state.batches + batches.length,
      tokens: state.tokens + tokens,
      failures: 0,
      loss,
      lossAverage: updateAverage(state.lossAverage, loss, lossDecay),
      warmupEnd: warm ? plan.progress(state) : state.warmupEnd,
      pace: this.#throughput.record,
    });
    await this.#emit({
      type: 'step',
      step: this.#state.step,
      loss,
      learningRate: rate,
      gradientNorm,
      tokensPerSecond: this.#throughput.tokensPerSecond ?? 0,
      tokens: this.#state.tokens,
      secondsLeft: plan.secondsLeft(this.#state, this.#throughput.secondsPerToken),
      milliseconds: seconds * 1000,
      seconds: this.#state.seconds,
      memoryMiB: process.memoryUsage.rss() / 2 ** 20,
    });
  }

  /**
   * A step that must not count. The first number that is not finite drops the step: nothing has changed. The second in
   * a row, or a spike, means that the weights may be at fault: back to the last regular checkpoint with a lower rate.
   * Either way the batch is not drawn again.
   */
  async #recover(trouble: Anomaly): Promise<void> {
    const { training, learner, checkpointer, metrics } = this.#parts;
    learner.discard();
    this.#lap();
    const at = this.#state;
    const attempted = at.step + 1;
    const recoveries = at.recoveries + 1;
    if (recoveries > training.max_recoveries) throw await this.#giveUp(trouble, attempted);
    const batches = at.batches + training.gradient_accumulation_steps;
    if (trouble.kind === 'not-finite' && at.failures === 0) {
      this.#change({ batches, recoveries, failures: 1 });
      await this.#tellRecovery(attempted, 'skipped', msg`${trouble.reason}; the batch was skipped`, at.step);
      return;
    }
    const learningRateScale = at.learningRateScale * training.recovery_learning_rate_factor;
    const notices: Message[] = [];
    const back = await checkpointer.rollBack(at.step, (notice) => void notices.push(notice));
    const carried = {
      batches,
      batchSize: at.batchSize,
      recoveries,
      learningRateScale,
      failures: 0,
      seconds: at.seconds,
      pace: at.pace,
    };
    if (back === null) this.#change(carried);
    else {
      await metrics.rewind(back.metricsBytes, back.step);
      // The best model keeps its own folder, whatever course the run takes.
      const best = at.best !== null && at.best.step <= at.step && at.best.step > back.step ? at.best : back.best;
      this.#state = { ...back, ...carried, best };
      this.#changed = true;
    }
    await this.#tellRecovery(attempted, 'rolled-back', trouble.reason, this.#state.step);
    for (const notice of notices) await this.#emit({ type: 'notice', message: notice });
  }

  async #tellRecovery(step: number, action: 'skipped' | 'rolled-back', reason: Message, toStep: number): Promise<void> {
    const { learningRateScale } = this.#state;
    await this.#emit({
      type: 'recovery',
      step,
      action,
      reason,
      toStep,
      learningRateScale,
    });
  }

  async #giveUp({ reason }: Anomaly, step: number): Promise<HyenaError> {
    const { training, checkpointer } = this.#parts;
    const last = await checkpointer.describe();
    return new HyenaError(
      'numerical',
      training.max_recoveries === 0
        ? msg`At step ${step} ${reason}, and recovery is disabled (max_recoveries is 0).`
        : msg`At step ${step} ${reason}, after {2|one: one earlier recovery|other: ${training.max_recoveries} earlier recoveries}.`,
      {
        kept: last === null ? 'No checkpoint was available.' : msg`The checkpoint of step ${last.step} was kept.`,
        hint: 'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.',
      },
    );
  }
}
