import path from 'node:path';
import { chooseCheckpoint } from '../../worker/checkpoints/choose-checkpoint.ts';
import {
  distillationEventSchema,
  distillationResultSchema,
  type DistillationEvent,
  type DistillationResult,
} from '../contract/distillation.ts';
import type { TemplateName } from '../contract/conversation.ts';
import type { Job, Sampling } from '../contract/jobs.ts';
import type { EvaluateEvent, EvaluationResult, GenerateEvent, GenerateResult } from '../contract/runs.ts';
import {
  evaluateEventSchema,
  evaluationResultSchema,
  generateEventSchema,
  generateResultSchema,
} from '../contract/runs.ts';
import type { StartJob } from '../workers/start-job.ts';
import type { Task } from './job-task.ts';
import { startTask } from './job-task.ts';
import { itemFolder } from './library.ts';
import { ServedModel } from './serving.ts';

export type EvaluationSource = Extract<Job, { kind: 'evaluate' }>['source'];

/** What text is gone on with besides the prompt, and how it is computed. */
export interface GenerationSource {
  /** Of the library, read before the prompt; a reading that was kept is opened. */
  document?: { id: string; at: string };
  /** How the prompt becomes a text; left out: as the model was trained. */
  template?: TemplateName;
  /** Numbers of state a channel of distilled filters; left out: the exact ones. */
  distilled?: number;
}

/** What trained models do: score text and write it. */
export class Models {
  readonly #library: string;
  readonly #startJob: StartJob;

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
  }

  /** Loss of a run's best model on its own validation data, on that of another data set, or on a file. */
  evaluate(run: string, source: EvaluationSource, device = 'auto'): Task<EvaluateEvent, EvaluationResult> {
    itemFolder(this.#library, 'runs', run);
    if (source.from === 'dataset') itemFolder(this.#library, 'datasets', source.name);
    const resolved: EvaluationSource =
      source.from === 'file' ? { from: 'file', path: path.resolve(source.path) } : source;
    return startTask(
      this.#startJob,
      { kind: 'evaluate', library: this.#library, run, device, source: resolved },
      { event: evaluateEventSchema, result: evaluationResultSchema },
    );
  }

  /**
   * Goes on with a text, piece by piece.
   *
   * @param source what is read before the prompt, and how
   */
  generate(
    run: string,
    prompt: string,
    sampling: Sampling,
    device = 'auto',
    { document, template = 'auto', distilled }: GenerationSource = {},
  ): Task<GenerateEvent, GenerateResult> {
    itemFolder(this.#library, 'runs', run);
    return startTask(
      this.#startJob,
      {
        ...{ kind: 'generate', library: this.#library, run, device, prompt, template, sampling },
        ...(document && { document }),
        ...(distilled !== undefined && { distilled }),
      },
      { event: generateEventSchema, result: generateResultSchema },
    );
  }

  /** The file of the tokenizer that a run's model reads by. Throws a HyenaError `not-found` without a checkpoint. */
  async tokenizer(run: string): Promise<string> {
    const folder = itemFolder(this.#library, 'runs', run);
    const { path: checkpoint } = await chooseCheckpoint(folder, run, 'best', () => undefined);
    return path.join(checkpoint, 'tokenizer.json');
  }

  /** Fits a run's filters by state spaces of so many numbers a channel, and tells what that changes. */
  distill(run: string, state: number, device = 'auto'): Task<DistillationEvent, DistillationResult> {
    itemFolder(this.#library, 'runs', run);
    return startTask(
      this.#startJob,
      { kind: 'distill', library: this.#library, run, device, state },
      { event: distillationEventSchema, result: distillationResultSchema },
    );
  }

  /** A model that stays loaded for many requests. @param report told of what a person should know */
  serve(run: string, report: (message: string) => void, device = 'auto'): ServedModel {
    itemFolder(this.#library, 'runs', run);
    return new ServedModel(this.#startJob, { library: this.#library, run, device, report });
  }
}
