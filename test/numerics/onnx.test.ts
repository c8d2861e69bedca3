import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runConfigurationSchema, type ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { runRecordSchema } from '../../main/contract/runs.ts';
import { makeExportFolder } from '../../main/host/export/export-folder.ts';
import { exportRun } from '../../main/host/export/export-run.ts';
import { writeOnnx } from '../../main/host/export/onnx/write.ts';
import { checkpointPath } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { configJson } from '../../main/library/checkpoints/config-json.ts';
import { writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { runFolder } from '../../main/library/runs/run-folder.ts';
import { bytesTokenizer } from '../../main/library/tokenizers/bytes.ts';
import { openDevice, type Device } from '../../worker/devices/index.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { openModel } from '../../worker/models/open-model.ts';
import { expectClose } from './compare.ts';
import { importModel } from './imports.ts';
import { lineageFolder } from './lineage.ts';
import { blockCases, mixerCases } from './mixers/index.ts';
import { configurationOf, idsOf } from './models.ts';

/** The exported graphs in onnxruntime against this program's own logits. */
const cases: readonly Record<string, unknown>[] = [
  ...mixerCases,
  ...blockCases,
  { modulate: false, train_positions: false, final_norm_epsilon: 0.1 },
  { layers: 'hyena,hyena-li,attention,h3', n_layer: 4, positions: 'rotary', tie_embeddings: false },
];
const tolerance = 1e-4;
const [rows, length] = [2, 24];

let folder: string;
let device: Device;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-onnx-'));
  ({ device } = await openDevice('reference'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const int64 = (values: ArrayLike<number>, shape: number[]) =>
  new ort.Tensor('int64', BigInt64Array.from(Array.from(values), BigInt), shape);

interface StateInput {
  input: string;
  output: string;
  shape: (number | string)[];
}

async function check(place: string, model: LanguageModel, config: ResolvedModelConfiguration): Promise<void> {
  const { vocab_size: vocabulary } = config;
  const ids = idsOf(rows * length, Math.min(vocabulary, 23));
  const expected = { shape: [rows, length, vocabulary], data: await model.logits(ids, rows) };
  const score = await ort.InferenceSession.create(path.join(place, 'score.onnx'));
  const whole = await score.run({ tokens: int64(ids, [rows, length]) });
  expectClose(
    'score.onnx',
    { shape: [...whole.logits.dims], data: whole.logits.data as Float32Array },
    expected,
    tolerance,
  );
  // Another length by the same graph, of one text.
  const short = await score.run({ tokens: int64(ids.subarray(0, 5), [1, 5]) });
  const beginning = { shape: [1, 5, vocabulary], data: expected.data.subarray(0, 5 * vocabulary) };
  expectClose(
    'a beginning',
    { shape: [...short.logits.dims], data: short.logits.data as Float32Array },
    beginning,
    tolerance,
  );

  const step = await ort.InferenceSession.create(path.join(place, 'step.onnx'));
  const states = JSON.parse(await readFile(path.join(place, 'states.json'), 'utf8')) as StateInput[];
  let state: Record<string, ort.Tensor> = {};
  for (const { input, shape } of states) {
    const sizes = [rows, ...shape.map((size) => (typeof size === 'string' ? 0 : size))];
    state[input] = new ort.Tensor('float32', new Float32Array(sizes.reduce((all, size) => all * size, 1)), sizes);
  }
  const logits = new Float32Array(rows * length * vocabulary);
  for (let position = 0; position < length; position++) {
    const tokens = int64([ids[position], ids[length + position]], [rows, 1]);
    const result = await step.run({ tokens, position: int64([position], [1]), ...state });
    const scores = result.logits.data as Float32Array;
    for (let row = 0; row < rows; row++)
      logits.set(scores.subarray(row * vocabulary, (row + 1) * vocabulary), (row * length + position) * vocabulary);
    state = Object.fromEntries(states.map(({ input, output }) => [input, result[output]]));
  }
  expectClose('step.onnx', { shape: expected.shape, data: logits }, expected, tolerance);
}

/** The folder of a model that was never trained. */
async function exported(name: string, model: LanguageModel, config: ResolvedModelConfiguration): Promise<string> {
  const checkpoint = path.join(folder, `checkpoint-${name}`);
  await mkdir(checkpoint);
  await writeSafetensors(path.join(checkpoint, 'model.safetensors'), model.parameters.toWrite(), { format: 'pt' });
  await writeFile(path.join(checkpoint, 'tokenizer.json'), JSON.stringify(bytesTokenizer.toJSON()));
  const configuration = runConfigurationSchema.parse({ dataset: 'none', model: config });
  const now = new Date().toISOString();
  const record = runRecordSchema.parse({
    ...{ format: 1, name: 'exported', created: now, updated: now, configuration, status: 'done', owner: null },
    ...{ dataset: null, device: null, deviceReason: null, parameters: null, step: 0, totalSteps: null, tokens: 0 },
    ...{ seconds: 0, loss: null, validationLoss: null, best: null, reason: null, error: null },
  });
  const run = { record, step: 0, checkpoint, config: configJson(config, bytesTokenizer), model: config };
  const place = path.join(folder, `exported-${name}`);
  await makeExportFolder(place, (write) => writeOnnx(run, write));
  return place;
}

describe('a model in ONNX', () => {
  it.each(cases.map((settings, index) => [JSON.stringify(settings), index] as const))(
    'gives the logits of %s, whole and token by token',
    async (_, index) => {
      const config = configurationOf(cases[index]);
      const model = LanguageModel.create(config, device, 3);
      const place = await exported(String(index), model, config);
      await check(place, model, config);
      model.dispose();
    },
  );

  it('scores texts that are longer than what powers of poles are tabled for', async () => {
    for (const layers of ['hyena-li', 'h3', 's4d']) {
      const config = configurationOf({ layers, l_max: 1024, ...(layers === 'hyena-li' && { modal_poles: 'complex' }) });
      const model = LanguageModel.create(config, device, 3);
      const place = await exported(`long-${layers}`, model, config);
      const ids = idsOf(700);
      const score = await ort.InferenceSession.create(path.join(place, 'score.onnx'));
      const { logits } = await score.run({ tokens: int64(ids, [1, 700]) });
      const expected = { shape: [1, 700, config.vocab_size], data: await model.logits(ids, 1) };
      expectClose(layers, { shape: [...logits.dims], data: logits.data as Float32Array }, expected, tolerance);
      model.dispose();
    }
  });

  it.each(['hyenadna_hf', 'stripedhyena1', 'evo2'])('gives the logits of an imported %s', async (source) => {
    const library = path.join(folder, 'library');
    const { run } = await importModel({ library, source: path.join(lineageFolder, source), name: source });
    const place = path.join(folder, `imported-${source}`);
    await exportRun(library, run!, { to: 'onnx', folder: place });
    const { model, config } = await openModel(checkpointPath(runFolder(library, run!), 0), device);
    await check(place, model, config);
    model.dispose();
  });
});
