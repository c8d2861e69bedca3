import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobResult } from '../../main/contract/jobs.ts';
import { toBf16 } from '../../main/contract/logic/bf16.ts';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { parameterSize, type ParameterSpec } from '../../main/contract/logic/parameter-specs.ts';
import { isPackable, isQuantised } from '../../main/contract/logic/weight-format.ts';
import { msg } from '../../main/contract/message.ts';
import type { QuantiseEvent } from '../../main/contract/quantisation.ts';
import { chooseCheckpoint } from '../../main/library/checkpoints/choose-checkpoint.ts';
import { parseConfigJson } from '../../main/library/checkpoints/config-json.ts';
import { manifestFile } from '../../main/library/checkpoints/manifest.ts';
import { SafetensorsFile } from '../../main/library/checkpoints/safetensors.ts';
import { hasAdapters } from '../../main/library/checkpoints/weights.ts';
import { bytesInFile, weightsFilePieces, type WeightToWrite } from '../../main/library/checkpoints/weights-file.ts';
import { readJson } from '../../main/library/files/atomic.ts';
import { freeRunName } from '../../main/library/runs/free-name.ts';
import { newRunRecord, readRunRecord, runFolder } from '../../main/library/runs/run-folder.ts';
import type { JobContext } from '../process/job-context.ts';
import { writeNewRun } from './new-run.ts';

/** Numbers that are in memory at once. */
const numbersAtOnce = 1 << 20;
const weightsFile = 'model.safetensors';
/** What a training would resume from, and what is written anew. */
const leftOut = new Set([weightsFile, 'optimizer.safetensors', 'state.json', manifestFile]);

/**
 * Does the job `quantise-model`: a run of its own, whose only checkpoint has the weights of another run's in a smaller type.
 * It appears when all of it is on the disk, or not at all.
 *
 * @throws HyenaError `not-found` without a checkpoint, `bad-input` for weights that are quantised already or not finite,
 *   `already-exists`, `interrupted`, `disk-full`
 */
export async function runQuantiseModel(
  { library, run, checkpoint: choice = 'best', dtype, name }: Job<'quantise-model'>,
  { emit, signal, heartbeat }: Pick<JobContext<QuantiseEvent>, 'emit' | 'signal' | 'heartbeat'>,
): Promise<JobResult<'quantise-model'>> {
  const started = performance.now();
  const source = await readRunRecord(library, run);
  const notify = (message: Extract<QuantiseEvent, { type: 'notice' }>['message']) => emit({ type: 'notice', message });
  const { step, path } = await chooseCheckpoint(runFolder(library, run), run, choice, notify);
  if (isQuantised(source.weights))
    throw new HyenaError('bad-input', msg`The weights of run '${run}' are ${source.weights} already.`, {
      kept: 'Nothing was written.',
      hint: 'Quantise the run from which it was created.',
    });
  if (await hasAdapters(path))
    throw new HyenaError('bad-input', msg`Run '${run}' consists of adapters, which are not quantised.`, {
      kept: 'Nothing was written.',
      hint: 'Merge them into the weights first.',
      command: `hyena merge ${run}`,
    });
  const target = await freeRunName(library, name ?? `${run}-${dtype}`, name !== null);
  const config = join(path, 'config.json');
  const { model } = parseConfigJson(await readJson(config, z.unknown(), msg`The configuration`), config);
  const specs = modelSpecs(model);
  const stopped = () =>
    new HyenaError('interrupted', 'Quantising was stopped.', { kept: 'Nothing was written; the run is unchanged.' });
  const all = specs.reduce((sum, { shape }) => sum + parameterSize(shape), 0);
  let done = 0;
  const count = (numbers: number) => {
    if (signal.aborted) throw stopped();
    heartbeat();
    done += numbers;
    emit({ type: 'progress', done: Math.min(1, done / all) });
  };
  const file = await SafetensorsFile.open(join(path, weightsFile));
  try {
    const weights = specs.map((spec) => weightToWrite(file, spec, dtype, count));
    await writeNewRun({
      library,
      record: {
        ...newRunRecord(target, source.configuration),
        ...{ dataset: source.dataset, kind: source.kind, summaries: source.summaries, parameters: source.parameters },
        ...{ step, totalSteps: source.totalSteps, weights: dtype, origin: { run: source.name, step } },
      },
      fill: async (write) => {
        await write(weightsFile, weightsFilePieces(weights));
        for (const other of await readdir(path))
          if (!leftOut.has(other)) await write(other, await readFile(join(path, other)));
      },
      check: () => {
        if (signal.aborted) throw stopped();
      },
    });
    const bytes = weights.reduce((sum, weight) => sum + bytesInFile(weight), 0);
    const before = (await stat(join(path, weightsFile))).size;
    const seconds = (performance.now() - started) / 1000;
    return { run: target, origin: source.name, step, dtype, bytes, before, seconds };
  } finally {
    await file.close();
  }
}

function weightToWrite(
  file: SafetensorsFile,
  spec: ParameterSpec,
  dtype: Job<'quantise-model'>['dtype'],
  count: (numbers: number) => void,
): WeightToWrite {
  const { name, shape } = spec;
  // What was rounded before stays as it is.
  const isHalf = file.entry(name).dtype === 'BF16';
  const type = isPackable(spec) ? dtype : isHalf ? 'bf16' : 'fp32';
  const size = parameterSize(shape);
  const rowSize = size / (shape[0] ?? 1);
  const atOnce = Math.max(1, Math.floor(numbersAtOnce / Math.max(1, rowSize))) * rowSize;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < size; from += atOnce) {
      const values = await file.readFloats(name, from, Math.min(size, from + atOnce));
      const numbers = type === 'bf16' ? toBf16(values) : values;
      yield new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      count(values.length);
    }
  }
  return { name, shape, type, pieces };
}
