import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunConfiguration, runConfigurationSchema } from '../../main/contract/configuration.ts';
import { type RunEvent, runEventSchema } from '../../main/contract/events.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { withoutForeignKeys } from '../../main/contract/model-configuration.ts';
import { trainResultSchema, type TrainResult } from '../../main/contract/runs.ts';
import { type ComputeProcessOptions, startJob } from '../../main/workers/start-job.ts';
import { createRun, runFolder } from '../../main/library/runs/run-folder.ts';
import { readMetrics } from '../../main/library/runs/metrics-file.ts';
import { pages } from './command.ts';

/** A library with one small data set, and jobs run in it through the compute process as the host runs them. */
export class ComputeLibrary {
  readonly library: string;

  private constructor(library: string) {
    this.library = library;
  }

  static async make(): Promise<ComputeLibrary> {
    const place = new ComputeLibrary(await mkdtemp(path.join(tmpdir(), 'hyena-compute-')));
    const text = path.join(place.library, 'pages.txt');
    await writeFile(text, pages);
    await place.addDataset('pages', text);
    return place;
  }

  remove(): Promise<void> {
    return rm(this.library, { recursive: true, force: true });
  }

  async addDataset(name: string, file: string): Promise<void> {
    const job: Job = {
      ...{ kind: 'add-dataset', library: this.library, name, paths: [file] },
      ...{ tokenizer: 'bytes', validation: 0.1, field: null },
    };
    await startJob(job, () => undefined).result;
  }

  folder(run: string): string {
    return runFolder(this.library, run);
  }

  /** A new run of a model that trains in a moment, with dropout, so that whatever is random is in it. */
  async create(run: string, changes: ConfigurationChanges = {}): Promise<void> {
    await createRun(this.library, run, smallRun(changes));
  }

  /** Starts or resumes a run. */
  train(run: string, resume = false, options: ComputeProcessOptions & { onEvent?: (event: RunEvent) => void } = {}) {
    const events: RunEvent[] = [];
    const { pid, result, stop } = startJob(
      { kind: 'train', library: this.library, run, resume },
      (messages) => {
        const event = runEventSchema.parse(messages);
        events.push(event);
        options.onEvent?.(event);
      },
      options,
    );
    const checked: Promise<TrainResult> = result.then((value) => trainResultSchema.parse(value));
    checked.catch(() => undefined);
    return { pid, stop, events, result: checked };
  }

  async metrics(run: string): Promise<RunEvent[]> {
    return (await readMetrics(this.folder(run))).events;
  }
}

export interface ConfigurationChanges {
  from?: string;
  model?: Partial<RunConfiguration['model']>;
  training?: Partial<RunConfiguration['training']>;
}

function smallRun({ from, model, training }: ConfigurationChanges): RunConfiguration {
  return runConfigurationSchema.parse({
    dataset: 'pages',
    device: 'portable',
    ...(from !== undefined && { from }),
    model: {
      // Small filters, where the mixers that are chosen have any.
      ...withoutForeignKeys({
        ...{ d_model: 8, n_layer: 1, d_inner: 16, l_max: 16, filter_order: 8, emb_dim: 5, order: 3 },
        ...{ residual_dropout: 0.1, embedding_dropout: 0.1 },
        ...(model?.layers !== undefined && { layers: model.layers }),
        ...(model?.positions !== undefined && { positions: model.positions }),
      }),
      ...model,
    },
    training: {
      ...{ batch_size: 2, gradient_accumulation_steps: 2, max_steps: 40, learning_rate: 5e-3 },
      ...{ eval_interval: 7, eval_windows: 4, sample_interval: 9, sample_tokens: 6, sample_prompt: 'The ' },
      ...{ checkpoint_interval: 5, keep_checkpoints: 2, sequence_length_warmup_steps: 20, sequence_length_start: 4 },
      ...training,
    },
  });
}

/** What must be the same in a run that was interrupted and resumed: everything but times, memory and folders. */
export function course(events: readonly RunEvent[]): unknown[] {
  return events
    .filter(({ type }) => ['step', 'evaluation', 'sample', 'recovery'].includes(type))
    .map((event) => {
      if (event.type !== 'step') return event;
      const { step, loss, learningRate, gradientNorm, tokens } = event;
      return { step, loss, learningRate, gradientNorm, tokens };
    });
}
