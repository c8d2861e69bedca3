import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { resolveModel, type ResolvedModelConfiguration } from '../../contract/configuration.ts';
import type { DatasetSplit } from '../../contract/datasets.ts';
import { kindOfData } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { modelSpecs } from '../../contract/logic/model-parameters.ts';
import { initialValues, momentNames, parameterSize, trainingByName } from '../../contract/logic/parameter-specs.ts';
import { TrainingPlan } from '../../contract/logic/training-plan.ts';
import { msg, type Message } from '../../contract/message.ts';
import type { RunRecord } from '../../contract/runs.ts';
import { listCheckpoints, newestValidCheckpoint } from '../../library/checkpoints/checkpoint-folder.ts';
import { configJson, generationConfigJson } from '../../library/checkpoints/config-json.ts';
import { makeManifest, manifestFile, verifyCheckpoint } from '../../library/checkpoints/manifest.ts';
import { safetensorsPieces, type TensorToWrite } from '../../library/checkpoints/safetensors.ts';
import { DatasetReader } from '../../library/datasets/dataset-reader.ts';
import { datasetIdentity } from '../../library/datasets/identity.ts';
import { datasetFolder, TOKENIZER_FILE } from '../../library/datasets/layout.ts';
import { samplePrompt } from '../../library/datasets/sample-prompt.ts';
import type { FileSummary } from '../../library/files/atomic.ts';
import { readRunRecord } from '../../library/runs/run-folder.ts';
import { lockRun } from '../../library/runs/run-lock.ts';
import { metricsPath } from '../../library/runs/metrics-file.ts';
import { initialState } from '../../library/runs/training-state.ts';
import { resourcePath } from '../../library/tokenizers/resources.ts';
import { programVersion } from '../installation.ts';
import { itemFolder } from '../library.ts';
import { asJson, contentOf, makeExportFolder, type WriteExported } from './export-folder.ts';
import { planFile, type TorchrunPlan } from './torchrun-plan.ts';

interface Leaving {
  readonly library: string;
  readonly run: string;
  readonly folder: string;
  readonly notify: (notice: Message) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The program as it goes along: what trains, how it is started, what it needs. */
const programFiles = [
  ...['train.py', 'learner.py', 'run_files.py', 'modeling_hyena_studio.py', 'requirements.txt'],
  ...['launch/one-node.sh', 'launch/several-nodes.sh', 'launch/job.slurm', 'launch/sky.yaml'],
];

/**
 * Writes a run into a folder with which its training continues anywhere with PyTorch: model, optimizer state, data,
 * configuration, history and a training program. The run stays as it is; while it is away it should not be trained here.
 *
 * @returns the step that it leaves at
 * @throws HyenaError `locked` while a process trains it, `not-found`, `damaged`, `already-exists`
 */
export async function writeTorchrun({ library, run, folder, notify, signal }: Leaving): Promise<number> {
  const home = itemFolder(library, 'runs', run);
  const lock = await lockRun(home);
  try {
    const record = await readRunRecord(library, run);
    const reader = await DatasetReader.open(library, record.configuration.dataset);
    try {
      return await leave({ library, home, record, reader, folder, notify, signal });
    } finally {
      reader.close();
    }
  } finally {
    await lock.release();
  }
}

interface Opened {
  readonly library: string;
  readonly home: string;
  readonly record: RunRecord;
  readonly reader: DatasetReader;
  readonly folder: string;
  readonly notify: (notice: Message) => void;
  readonly signal?: AbortSignal | undefined;
}

async function leave({ library, home, record, reader, folder, notify, signal }: Opened): Promise<number> {
  const { configuration } = record;
  const identity = datasetIdentity(reader.record);
  if (record.dataset !== null && record.dataset.identity !== identity)
    throw new HyenaError(
      'configuration',
      msg`Data set '${configuration.dataset}' is not the one that run '${record.name}' started with.`,
    );
  const model = resolveModel(configuration.model, reader.tokenizer.vocabularySize);
  const newest = await newestValidCheckpoint(home, ({ messages }) => notify(messages.message));
  if (newest === null && configuration.from !== null)
    throw new HyenaError('bad-input', msg`Run '${record.name}' starts from the weights of another run.`, {
      kept: 'Nothing was written.',
      hint: 'Start its training here; it can leave after its first checkpoint.',
      command: `hyena resume ${record.name}`,
    });
  if (configuration.training.lora_rank !== null)
    throw new HyenaError('bad-input', msg`Run '${record.name}' trains adapters, which the exported program does not.`, {
      kept: 'Nothing was written.',
      hint: 'Merge its adapters into a new run, and train that one elsewhere.',
      command: `hyena merge ${record.name}`,
    });
  if (reader.record.task !== null)
    throw new HyenaError(
      'bad-input',
      msg`Run '${record.name}' trains on the rows of a task, which the exported program does not.`,
      {
        kept: 'Nothing was written.',
      },
    );
  const step = newest?.step ?? 0;
  const data = datasetFolder(library, configuration.dataset);
  await makeExportFolder(
    folder,
    async (write) => {
      await write(planFile, asJson(planOf(record, model, reader, step)));
      await writeData(reader, data, model.vocab_size, write);
      const left: RunRecord = {
        ...record,
        ...{ status: 'stopped', owner: null, error: null, dataset: { name: configuration.dataset, identity } },
        ...{ kind: kindOfData(reader.record), summaries: reader.record.statistics.summaries > 0 },
      };
      await write('run/run.json', asJson(left));
      const metrics = await readFile(metricsPath(home)).catch(() => Buffer.alloc(0));
      await write('run/metrics.jsonl', metrics);
      if (newest) {
        const best = (await listCheckpoints(home, 'best')).at(-1);
        await copyCheckpoint(newest.path, `step-${newest.step}`, write);
        if (best && best.path !== newest.path && (await isSound(best.path)))
          await copyCheckpoint(best.path, `best-${best.step}`, write);
      } else await writeFirstCheckpoint({ record, model, reader, data }, write);
      for (const file of programFiles) await write(file, await readFile(resourcePath('torch', ...file.split('/'))));
      await write('README.md', readme(record, step));
    },
    signal,
  );
  return step;
}

const isSound = (checkpoint: string): Promise<boolean> =>
  verifyCheckpoint(checkpoint).then(
    () => true,
    () => false,
  );

function planOf(
  record: RunRecord,
  model: ResolvedModelConfiguration,
  reader: DatasetReader,
  step: number,
): TorchrunPlan {
  const { configuration } = record;
  const { training } = configuration;
  const plan = new TrainingPlan(training, model, reader.tokenCount('train'));
  const text = samplePrompt(training.sample_prompt, reader, model.l_max);
  const endOfText = reader.tokenizer.endOfText;
  const ids = Array.from(reader.tokenizer.encode(text));
  const { train, validation } = reader.record.splits;
  const filesOf = ({ tokens, shards, masks }: DatasetSplit) => ({
    tokens,
    shards: shards.map(({ file, tokens: count }) => ({ file, tokens: count })),
    masks: masks.map(({ file }) => ({ file })),
  });
  return {
    format: 1,
    kind: 'torchrun',
    version: programVersion,
    run: record.name,
    step,
    configuration,
    model,
    sequenceLength: plan.sequenceLength,
    totalSteps: plan.totalSteps,
    parameters: trainingByName(modelSpecs(model), training),
    sample: { text, ids: ids.length > 0 ? ids : [endOfText ?? 0] },
    endOfText,
    data: { dtype: reader.record.dtype, splits: { train: filesOf(train), validation: filesOf(validation) } },
  };
}

async function writeData(reader: DatasetReader, data: string, vocabulary: number, write: WriteExported): Promise<void> {
  const { splits } = reader.record;
  for (const { shards, masks } of [splits.train, splits.validation])
    for (const { file, sha256 } of [...shards, ...masks]) {
      const written = await write(`data/${file}`, contentOf(path.join(data, file)));
      if (written.sha256 !== sha256)
        throw new HyenaError(
          'damaged',
          msg`Data set '${reader.record.name}' is damaged: ${msg`the checksum of ${file} does not match`}.`,
          { kept: 'Nothing was written.', hint: 'Remove the data set and add its files again.' },
        );
    }
  await write(`data/${TOKENIZER_FILE}`, contentOf(path.join(data, TOKENIZER_FILE)));
  const { tokenizer } = reader;
  const bytes = Int32Array.from({ length: vocabulary }, (_, id) =>
    id < tokenizer.vocabularySize ? tokenizer.byteLengthOf([id]) : 0,
  );
  await write('data/token-bytes.bin', new Uint8Array(bytes.buffer));
}

async function copyCheckpoint(from: string, name: string, write: WriteExported): Promise<void> {
  const { files } = await verifyCheckpoint(from);
  for (const file of [...Object.keys(files), manifestFile])
    await write(`run/checkpoints/${name}/${file}`, contentOf(path.join(from, file)));
}

/** The checkpoint of step 0 of a run that was not trained here: the weights that its seed gives. */
async function writeFirstCheckpoint(
  {
    record,
    model,
    reader,
    data,
  }: { record: RunRecord; model: ResolvedModelConfiguration; reader: DatasetReader; data: string },
  write: WriteExported,
): Promise<void> {
  const { training } = record.configuration;
  const specs = modelSpecs(model);
  const weights = specs.map((spec): TensorToWrite => ({
    ...{ name: spec.name, dtype: 'F32', shape: spec.shape, data: () => initialValues(spec, training.seed) },
  }));
  const moments = specs
    .filter(({ group }) => group !== null)
    .flatMap((spec) =>
      momentNames(spec, training).map((name): TensorToWrite => ({
        ...{ name, dtype: 'F32', shape: spec.shape, data: () => new Float32Array(parameterSize(spec.shape)) },
      })),
    );
  const sampling = { maxTokens: training.sample_tokens, temperature: training.sample_temperature };
  const contents = {
    'config.json': asJson(configJson(model, reader.tokenizer)),
    'generation_config.json': asJson(generationConfigJson(sampling, reader.tokenizer)),
    'tokenizer.json': await readFile(path.join(data, TOKENIZER_FILE)),
    'model.safetensors': safetensorsPieces(weights, { format: 'pt' }),
    'optimizer.safetensors': safetensorsPieces(moments),
    'state.json': asJson({ ...initialState(), batchSize: training.batch_size }),
  };
  const files: Record<string, FileSummary> = {};
  for (const [name, content] of Object.entries(contents))
    files[name] = await write(`run/checkpoints/step-0/${name}`, content);
  await write(`run/checkpoints/step-0/${manifestFile}`, asJson(makeManifest(0, files)));
}

const readme = ({ name }: RunRecord, step: number): string => `# ${name}, from step ${step}

A training run of Hyena Studio ${programVersion} that continues with PyTorch. This folder holds all that it needs: the run with its
history and its checkpoints (\`run/\`), the data as tokens (\`data/\`), its configuration (\`hyena.json\`) and the training
program (\`train.py\`).

\`\`\`sh
pip install -r requirements.txt
torchrun --standalone --nproc-per-node gpu train.py
\`\`\`

The same command continues it after any stop, from the newest checkpoint. \`launch/\` has files for one node, several
nodes, Slurm and SkyPilot; with several nodes this folder must lie on a file system that all of them share.

| option                | meaning                                                                             |
| --------------------- | ----------------------------------------------------------------------------------- |
| \`--parallel fsdp\`     | shards weights, gradients and optimizer over the processes (FSDP2); default: DDP    |
| \`--precision\`         | fp32, tf32 or bf16-mixed; default: the run's                                        |
| \`--micro-batch N\`     | rows that a process computes together; the rest of the batch is accumulated         |
| \`--compile\`           | torch.compile                                                                       |
| \`--flash-fft-conv\`    | long convolutions by FlashFFTConv, where it is installed                            |
| \`--device\`            | cuda, mps or cpu; ROCm is called cuda                                               |
| \`--stop-at STEP\`      | stops there with a checkpoint                                                       |

Batch size, learning rate and all else come from the configuration of the run: each step takes the same tokens however
many processes there are. SIGTERM, SIGINT or SIGUSR1 ends the program with a checkpoint after the step.

Bring the run back into Hyena Studio, trained to its end or not, with \`hyena import FOLDER\`: its history, its
checkpoints and its chart continue there. Do not train it at home meanwhile.
`;
