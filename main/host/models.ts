import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import { chooseCheckpoint } from '../library/checkpoints/choose-checkpoint.ts';
import type { TemplateName } from '../contract/conversation.ts';
import type { EvaluationName } from '../contract/lab/evaluations.ts';
import type { Job } from '../contract/jobs.ts';
import type { Message } from '../contract/message.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { StartJob } from '../workers/start-job.ts';
import { plainTask, startTask, type JobTask, type Task } from './job-task.ts';
import type { ExportOptions } from './export/export-run.ts';
import { itemFolder } from './library.ts';
import type { MergeOptions } from './merge-adapters.ts';
import { ServedModel } from './serving.ts';

export type EvaluationSource = Job<'evaluate'>['source'];

/** Files to score, and how. */
export type ScoreRequest = Pick<Job<'score-sequences'>, 'paths'> &
  Partial<Pick<Job<'score-sequences'>, 'names' | 'device' | 'strands' | 'output'>>;
/** Variants of the records of files, and how they are scored. */
export type VariantsRequest = Pick<Job<'score-variants'>, 'paths'> &
  Partial<Pick<Job<'score-variants'>, 'names' | 'device' | 'strands' | 'variants' | 'vcf' | 'window'>>;

/** What text is continued besides the prompt, and how it is computed. */
export interface GenerationSource {
  /** Of the library, read before the prompt; a reading that was kept is opened. */
  document?: { id: string; at: string };
  /** How the prompt becomes a text; left out: as the model was trained. */
  template?: TemplateName;
  /** Numbers of state a channel of distilled filters; left out: the exact ones. */
  distilled?: number;
}

/** What work fails with that a person ends before a folder is complete. */
const exportStopped = (): HyenaError =>
  new HyenaError('interrupted', 'The export was stopped.', { kept: 'Nothing was written; the run is unchanged.' });

export interface TaskEvaluationRequest extends Partial<
  Pick<Job<'evaluate-task'>, 'shots' | 'limit' | 'stride' | 'seed'>
> {
  task: EvaluationName;
  file: string;
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
  evaluate(run: string, source: EvaluationSource, device = 'auto', anchors?: boolean): JobTask<'evaluate'> {
    itemFolder(this.#library, 'runs', run);
    if (source.from === 'dataset') itemFolder(this.#library, 'datasets', source.name);
    const resolved: EvaluationSource =
      source.from === 'file' ? { from: 'file', path: path.resolve(source.path) } : source;
    return startTask(this.#startJob, {
      ...{ kind: 'evaluate', library: this.#library, run, device, anchors },
      source: resolved,
    });
  }

  /** A published evaluation on a file. */
  evaluateTask(run: string, { file, ...request }: TaskEvaluationRequest, device = 'auto'): JobTask<'evaluate-task'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, {
      ...{ kind: 'evaluate-task', library: this.#library, run, device, shots: 0, seed: 0, ...request },
      ...{ path: path.resolve(file), name: file },
    });
  }

  /** Questions about texts of a file. @param run null: answered without a model */
  evaluateQuestions(
    run: string | null,
    { file, limit }: { file: string; limit?: number },
    device = 'auto',
  ): JobTask<'evaluate-questions'> {
    if (run !== null) itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, {
      ...{ kind: 'evaluate-questions', library: this.#library, run, device, limit },
      ...{ path: path.resolve(file), name: file },
    });
  }

  /** The likelihood of every token of the records of files. */
  score(run: string, request: ScoreRequest): JobTask<'score-sequences'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, {
      ...{ kind: 'score-sequences', library: this.#library, run },
      ...{ device: 'auto', strands: 'forward', output: null },
      ...request,
      paths: request.paths.map((one) => path.resolve(one)),
      names: request.names ?? request.paths,
    });
  }

  /** The log-likelihoods of both alleles of variants. */
  variants(run: string, request: VariantsRequest): JobTask<'score-variants'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, {
      ...{ kind: 'score-variants', library: this.#library, run },
      ...{ device: 'auto', strands: 'forward', variants: [] },
      ...request,
      paths: request.paths.map((one) => path.resolve(one)),
      names: request.names ?? request.paths,
      vcf: (request.vcf ?? []).map((one) => path.resolve(one)),
    });
  }

  /**
   * Continues a text, piece by piece.
   *
   * @param source what is read before the prompt, and how
   */
  generate(
    run: string,
    prompt: string,
    sampling: Sampling,
    device = 'auto',
    { document, template = 'auto', distilled }: GenerationSource = {},
  ): JobTask<'generate'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, {
      kind: 'generate',
      library: this.#library,
      run,
      device,
      prompt,
      template,
      sampling,
      ...(document && { document }),
      ...(distilled !== undefined && { distilled }),
    });
  }

  /** The file of the tokenizer that a run's model reads by. Throws a HyenaError `not-found` without a checkpoint. */
  async tokenizer(run: string): Promise<string> {
    const folder = itemFolder(this.#library, 'runs', run);
    const { path: checkpoint } = await chooseCheckpoint(folder, run, 'best', () => undefined);
    return path.join(checkpoint, 'tokenizer.json');
  }

  /** What the engine calls a tokenizer; `run:NAME` is the one that a run's model reads by. */
  async tokenizerChoice(choice: string): Promise<string> {
    return choice.startsWith('run:') ? await this.tokenizer(choice.slice('run:'.length)) : choice;
  }

  /** Fits a run's filters by state spaces of this many numbers per channel, and tells what that changes. */
  distill(run: string, state: number, device = 'auto'): JobTask<'distill'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, { kind: 'distill', library: this.#library, run, device, state });
  }

  /** What happens within a run's model while it reads a text. @param layer whose matrices are listed; left out: all */
  inside(
    run: string,
    text: string,
    { layer, device = 'auto' }: { layer?: number; device?: string } = {},
  ): JobTask<'inside'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, { kind: 'inside', library: this.#library, run, device, text, layer });
  }

  /** Makes a run with the adapters of a run merged into its weights. Throws as `mergeAdapters`. */
  async merge(run: string, options: MergeOptions = {}): Promise<{ run: string; step: number }> {
    itemFolder(this.#library, 'runs', run);
    const { mergeAdapters } = await import('./merge-adapters.ts');
    return await mergeAdapters(this.#library, run, options);
  }

  /** Makes a run of its own with a run's weights in a smaller type. @param name empty: <run>-<dtype>, or the next free one */
  quantise(
    run: string,
    dtype: Job<'quantise-model'>['dtype'],
    { name = null, checkpoint = 'best' }: Partial<Pick<Job<'quantise-model'>, 'name' | 'checkpoint'>> = {},
  ): JobTask<'quantise-model'> {
    itemFolder(this.#library, 'runs', run);
    return startTask(this.#startJob, { kind: 'quantise-model', library: this.#library, run, checkpoint, dtype, name });
  }

  /** Writes a run as other programs read it, into a new folder. It fails as {@link exportRun}. */
  export(
    run: string,
    options: Omit<ExportOptions, 'notify' | 'signal'>,
  ): Task<Message, { folder: string; step: number }> {
    itemFolder(this.#library, 'runs', run);
    return plainTask(async (notify, signal) => {
      // The writers of all layouts are loaded for exports alone.
      const { exportRun } = await import('./export/export-run.ts');
      return await exportRun(this.#library, run, { ...options, notify, signal });
    }, exportStopped());
  }

  /** A model that stays loaded for many requests. @param report called with what a person should know */
  serve(run: string, report: (message: string) => void, device = 'auto'): ServedModel {
    itemFolder(this.#library, 'runs', run);
    return new ServedModel(this.#startJob, { library: this.#library, run, device, report });
  }
}
