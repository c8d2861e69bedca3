import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { hasDropout } from '../../main/contract/model-configuration.ts';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { trainingByName } from '../../main/contract/logic/parameter-specs.ts';
import { SafetensorsFile, writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { variable } from '../../main/library/environment.ts';
import type { Content } from '../../main/library/files/atomic.ts';
import { PythonProcess } from '../devices/torch/python-process.ts';
import type { TokenBatch } from '../models/batch.ts';
import type { LanguageModel } from '../models/language-model.ts';
import type { Learner, LearnerFile } from './learner.ts';

/** NaN and infinity come as text. */
const numberSchema = z.union([z.number(), z.string().transform((text) => (text.endsWith('inf') ? Infinity : NaN))]);

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/**
 * A language model that PyTorch trains, in a process of Python. The model of this process gives the weights that
 * training begins with, and takes those of PyTorch when it is asked to compute ({@link refreshModel}).
 */
export class TorchLearner implements Learner {
  readonly #model: LanguageModel;
  readonly #python: PythonProcess;
  readonly parameterCount: number;
  /** Whether PyTorch has weights; before, those of this process count. */
  #loaded = false;
  /** Whether the model of this process has PyTorch's weights. */
  #fresh = true;

  private constructor(model: LanguageModel, python: PythonProcess) {
    this.#model = model;
    this.#python = python;
    this.parameterCount = model.parameters.count();
  }

  /** @throws HyenaError `device` where PyTorch does not start or cannot train this model */
  static async open(model: LanguageModel, training: TrainingConfiguration, python: string): Promise<TorchLearner> {
    const child = new PythonProcess(python);
    const threads = variable('HYENA_THREADS');
    const parameters = trainingByName(modelSpecs(model.config), training);
    try {
      await child.ask({
        ...{ do: 'open', model: model.config, training, precision: training.precision },
        ...{ parameters, ...(threads && { threads: Number(threads) }) },
      });
    } catch (error) {
      child.kill();
      throw error;
    }
    return new TorchLearner(model, child);
  }

  async accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
    await this.#ready();
    const answer = await this.#python.ask(
      {
        ...{ do: 'accumulate', rows: batch.batchSize, length: batch.length, masked: batch.mask !== undefined, share },
        dropoutSeed: hasDropout(this.#model.config) ? seed : null,
      },
      ...dataOf(batch),
    );
    return numberSchema.parse(answer.loss);
  }

  async update(learningRateScale: number, step: number): Promise<number> {
    this.#fresh = false;
    const { norm } = await this.#python.ask({ do: 'update', scale: learningRateScale, step });
    return numberSchema.parse(norm);
  }

  discard(): void {
    // What goes wrong here is told by the next request.
    this.#python.ask({ do: 'discard' }).catch(() => undefined);
  }

  async score(batch: TokenBatch): Promise<Float32Array> {
    await this.#ready();
    const { data } = await this.#python.ask(
      { do: 'score', rows: batch.batchSize, length: batch.length },
      ...dataOf({ ...batch, mask: undefined }),
    );
    return new Float32Array(data.buffer, data.byteOffset, data.byteLength / Float32Array.BYTES_PER_ELEMENT);
  }

  contents(): Partial<Record<LearnerFile, Content>> {
    return {
      'model.safetensors': this.#saved('model.safetensors', 'weights'),
      'optimizer.safetensors': this.#saved('optimizer.safetensors', 'optimizer'),
    };
  }

  async restore(folder: string): Promise<void> {
    this.discard();
    const file = (name: LearnerFile) => path.join(folder, name);
    await this.#python.ask({
      ...{ do: 'load', weights: file('model.safetensors'), optimizer: file('optimizer.safetensors') },
    });
    this.#loaded = true;
    this.#fresh = false;
  }

  /** Gives the model of this process the weights that PyTorch has now. */
  async refreshModel(): Promise<void> {
    if (this.#fresh) return;
    await withFolder(async (folder) => {
      const weights = path.join(folder, 'model.safetensors');
      await this.#python.ask({ do: 'save', weights });
      const file = await SafetensorsFile.open(weights);
      try {
        await this.#model.parameters.load(file);
      } finally {
        await file.close();
      }
    });
    this.#fresh = true;
  }

  dispose(): void {
    this.#python.kill();
  }

  /** The first time, PyTorch gets the weights of this process. */
  async #ready(): Promise<void> {
    if (this.#loaded) return;
    await withFolder(async (folder) => {
      const weights = path.join(folder, 'model.safetensors');
      await writeSafetensors(weights, this.#model.parameters.toWrite());
      await this.#python.ask({ do: 'load', weights });
    });
    this.#loaded = true;
  }

  async *#saved(name: LearnerFile, which: 'weights' | 'optimizer'): AsyncGenerator<Uint8Array> {
    await this.#ready();
    const folder = await mkdtemp(path.join(tmpdir(), 'hyena-torch-'));
    try {
      const file = path.join(folder, name);
      await this.#python.ask({ do: 'save', [which]: file });
      yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Ids, targets and mask, row after row. */
const dataOf = ({ ids, targets, mask }: TokenBatch): Uint8Array[] => [
  bytesOf(ids),
  bytesOf(Int32Array.from(targets)),
  ...(mask === undefined ? [] : [bytesOf(Float32Array.from(mask))]),
];

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hyena-torch-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
