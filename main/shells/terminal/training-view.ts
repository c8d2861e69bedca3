import type { Answers, RunEvent } from '../../contract/events.ts';
import { perplexityOf } from '../../contract/logic/perplexity.ts';
import { toEnglish } from '../../contract/message.ts';
import { ProgressBar } from './bar.ts';
import { formatCount, formatDuration, formatLarge, formatNumber, formatPerplexity, wrap } from './format.ts';
import type { Output } from './output.ts';
import { printable } from './printable.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** What else a person should see beside a step. */
export type StepRemark = (event: EventOf<'step'>) => string | undefined;

/** Shows a run to a person while it trains: a bar, and above it evaluations, samples and whatever happens. */
export class TrainingView {
  readonly #output: Output;
  readonly #bar: ProgressBar;
  readonly #remark: StepRemark;
  #totalSteps: number | null = null;
  #validation: string | undefined;

  constructor(output: Output, remark: StepRemark = () => undefined) {
    this.#output = output;
    this.#remark = remark;
    this.#bar = new ProgressBar(output);
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case 'starting':
        return;
      case 'start':
        return this.#start(event);
      case 'step':
        return this.#step(event);
      case 'evaluation':
        return this.#evaluation(event);
      case 'sample':
        return this.#sample(event);
      case 'checkpoint':
        return;
      case 'recovery':
        return this.#bar.note(
          `step ${event.step}: ${toEnglish(event.reason)}; ` +
            (event.action === 'skipped'
              ? 'the step was skipped'
              : `rolled back to step ${event.toStep}, learning rate x ${formatNumber(event.learningRateScale, 3)}`),
        );
      case 'notice':
        return this.#bar.note(toEnglish(event.message));
      case 'done':
      case 'error':
        return this.#bar.stop();
    }
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar.stop();
  }

  #start({ run, dataset, device, deviceReason, parameters, step, totalSteps, resumed }: EventOf<'start'>): void {
    this.#totalSteps = totalSteps;
    const what = resumed ? `Resuming ${run} from step ${formatCount(step)}` : `Training ${run}`;
    this.#output.note(`${what} on ${dataset}: ${formatLarge(parameters)} parameters, device ${device}.`);
    this.#output.note(wrap(toEnglish(deviceReason), this.#output.progressWidth));
  }

  #step(event: EventOf<'step'>): void {
    const { step, loss, tokensPerSecond, secondsLeft } = event;
    const remark = this.#remark(event);
    this.#bar.update({
      share: this.#share(event),
      secondsLeft,
      parts: [
        `step ${formatCount(step)}${this.#totalSteps === null ? '' : `/${formatCount(this.#totalSteps)}`}`,
        ...(remark === undefined ? [] : [remark]),
        `loss ${formatNumber(loss, 3)}`,
        `ppl ${formatPerplexity(perplexityOf(loss))}`,
        `${formatLarge(tokensPerSecond)} tok/s`,
        ...(this.#validation === undefined ? [] : [this.#validation]),
      ],
    });
  }

  /** By steps where their number is known, else by time. */
  #share({ step, seconds, secondsLeft }: EventOf<'step'>): number | null {
    if (this.#totalSteps !== null) return step / this.#totalSteps;
    if (secondsLeft === null || seconds === undefined) return null;
    return seconds / Math.max(1e-9, seconds + secondsLeft);
  }

  #evaluation({ step, loss, perplexity, bitsPerByte, answers, best, full }: EventOf<'evaluation'>): void {
    this.#validation = answers ? `accuracy ${formatNumber(answers.accuracy, 3)}` : `val ${formatNumber(loss, 3)}`;
    this.#bar.note(
      `step ${formatCount(step)}: validation loss ${formatNumber(loss)}, perplexity ${formatPerplexity(perplexity)}, ` +
        `${formatNumber(bitsPerByte, 3)} bits per byte${best ? ' (best so far)' : ''}`,
    );
    if (answers) this.#bar.note(`step ${formatCount(step)}: ${describeAnswers(answers)}`);
    if (full)
      this.#bar.note(
        `step ${formatCount(step)}: full validation split (${formatCount(full.tokens)} tokens): ` +
          `loss ${formatNumber(full.loss)}, perplexity ${formatPerplexity(full.perplexity)}, ` +
          `${formatNumber(full.bitsPerByte, 3)} bits per byte`,
      );
  }

  #sample({ step, prompt, text }: EventOf<'sample'>): void {
    const written = wrap(printable(text), this.#output.progressWidth, '  | ');
    this.#bar.note(`step ${formatCount(step)}, output after ${printable(JSON.stringify(tail(prompt)))}:\n${written}`);
  }
}

/** Shares of right answers; the slices below, where a task has them. */
export function describeAnswers({ accuracy, rows, slices }: Answers): string {
  const percent = (share: number) => `${formatNumber(100 * share, 2)}%`;
  const parts = Object.entries(slices).map(([name, share]) => `\n  ${name}: ${percent(share)}`);
  return `accuracy ${percent(accuracy)} of answers, ${percent(rows)} of rows entirely right${parts.join('')}`;
}

/** The end of a long prompt. */
const tail = (prompt: string): string => (prompt.length > 40 ? `...${prompt.slice(-37)}` : prompt);

/** What came of a run, in a few lines. */
export function describeEnd(result: {
  run: string;
  step: number;
  reason: string;
  loss: number | null;
  validationLoss: number | null;
  fullValidationLoss: number | null;
  answers?: Answers | null;
  seconds: number;
}): [string, string][] {
  const { run, step, reason, loss, validationLoss, fullValidationLoss, answers = null, seconds } = result;
  const score = (one: number | null): string =>
    one === null ? '' : `${formatNumber(one)} (perplexity ${formatPerplexity(perplexityOf(one))})`;
  const reasons: Record<string, string> = {
    budget: 'budget reached',
    'early-stopping': 'validation loss stopped improving',
    solved: 'target accuracy reached',
    stopped: 'stopped on request, checkpoint saved',
  };
  return [
    ['run', run],
    ['ended', reasons[reason] ?? reason],
    ['steps', formatCount(step)],
    ['time', formatDuration(seconds)],
    ['training loss', loss === null ? '' : formatNumber(loss)],
    ['validation loss', score(validationLoss)],
    ['full validation loss', score(fullValidationLoss)],
    ['answers', answers === null ? '' : describeAnswers(answers)],
  ];
}
